"""Lists come in pages that a cursor turns: the millionth row costs no more than the first."""

from rest_framework.pagination import CursorPagination


class NewestFirstPagination(CursorPagination):
    """Newest first, 50 to a page, 200 at most (`page_size`)."""

    ordering: tuple[str, ...] = ("-created_at", "-id")
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

"""Lists come in pages that a cursor turns: the millionth row costs no more than the first."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request


class NewestFirstPagination(CursorPagination):
    """Newest first, 50 to a page, 200 at most (`page_size`)."""

    ordering: tuple[str, ...] = ("-created_at", "-id")
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def get_page_size(self, request: Request) -> int | None:
        """How many rows are asked for. Raises ValidationError."""
        given = request.query_params.get(self.page_size_query_param, "")
        if given and not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= self.max_page_size):
            raise ValidationError({self.page_size_query_param: [_("A number from 1 to %d.") % self.max_page_size]})
        return int(given) if given else self.page_size

    def decode_cursor(self, request: Request) -> Any:
        """Where the page begins. Raises ValidationError for what is no cursor: the list itself is there."""
        try:
            return super().decode_cursor(request)
        except NotFound as error:
            raise ValidationError({"cursor": [_("Take a cursor from `next` or `previous`, with the same ordering.")]}) from error

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """How they are described."""
        cursor = {"type": "string", "description": "from `next` or `previous`"}
        size = {"type": "integer", "minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        told = {self.cursor_query_param: cursor, self.page_size_query_param: size}
        return [{"name": name, "in": "query", "required": False, "schema": schema} for name, schema in told.items()]

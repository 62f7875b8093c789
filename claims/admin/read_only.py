"""Admin pages that only look: nobody adds, changes or deletes a row past the ledger."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.text import capfirst

from sources.admin import read_only

CAP = 2000  # rows: forty pages of fifty; whoever looks further filters or searches


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Pages that never count a big table: it counts as far as the cap and stops there."""

    object_list: Any

    @cached_property
    def count(self) -> int:
        """How many rows there are, as far as the cap."""
        return int(self.object_list.order_by()[:CAP].count())


class ReadOnlyAdmin(read_only.ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """For everybody with a role to see, and for nobody to write."""

    _get_obj_does_not_exist_redirect: Callable[[HttpRequest, Any, str], HttpResponse]  # Django's own, which its stubs leave out

    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # a facet is a count of the table for each choice
    list_per_page = 50
    list_max_show_all = 0
    sortable_by = ()
    actions_on_bottom = False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, under its own name."""
        context = {"title": capfirst(self.opts.verbose_name_plural), "cap": CAP, **(extra_context or {})}
        return super().changelist_view(request, context)

"""The search boxes of the desk: claims are searched for as over REST, and by who said them."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from claims.similarity import searching

LONGEST = 300  # as over REST


class Searched(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list with a box to search claims in; `claim_field` is where its rows say which claim they belong to."""

    claim_field = "pk"
    search_fields = ("pk",)  # for Django only to show the box: what is asked stands below
    search_help_text = _(
        "Every word, in whatever form, in the statement or the quote, or in the speaker's name. “A phrase” in quotation marks as it"
        " stands; -word: without this word."
    )

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> tuple[QuerySet[Any], bool]:
        """The rows of the claims that are found; says why where nothing can be searched for."""
        if not search_term.strip():
            return queryset, False
        if objection := _objection(search_term):
            self.message_user(request, objection, messages.ERROR)
            return queryset.none(), False
        if searching.unclosed(search_term):
            self.message_user(request, _UNCLOSED, messages.WARNING)
        return queryset.filter(**{f"{self.claim_field}__in": searching.among(search_term, speakers=True)}), False


_UNCLOSED = _("A quotation mark is not closed: its words were searched for one by one.")


def _objection(query: str) -> Any:
    if len(query) > LONGEST:
        return ngettext(
            "What is searched for is longer than %(number)s letter: a few words are enough.",
            "What is searched for is longer than %(number)s letters: a few words are enough.",
            LONGEST,
        ) % {"number": LONGEST}
    if searching.holds_no_word(query):
        return _("“%s” holds no word to search for.") % query.strip()
    return None

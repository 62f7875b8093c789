"""Documents in the desk: as the sources show them, and each read with its claims."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from claims.admin import articles, readings, versions
from claims.domain import dates_in_words
from sources.admin import DocumentAdmin
from sources.models import Document, Snapshot
from sources.text.edtf import ImpreciseDate

admin.site.unregister(Document)


@admin.register(Document)
class Articles(DocumentAdmin):
    """What was captured: its text with the claims marked, one click away."""

    list_display = ("__str__", "outlet", "day", "language", "created_at", "read_with_claims")
    change_list_template = "admin/claims/article/list.html"
    change_form_template = "admin/claims/article/document.html"

    def date_in_words(self, when: ImpreciseDate) -> str:
        """As the rest of the desk says dates."""
        return dates_in_words.readable(when)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        """With the newest text's id."""
        newest = Snapshot.objects.filter(document=OuterRef("pk")).order_by("-captured_at", "-id").values("pk")[:1]
        documents: QuerySet[Document] = super().get_queryset(request)
        return documents.annotate(newest_text=Subquery(newest))

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The list, and how far each reading in it is."""
        changes = super().get_changelist_instance(request)
        rows = list(changes.result_list)
        standing = readings.of_many([row.newest_text for row in rows if row.newest_text])
        for row in rows:
            row.reading = standing.get(row.newest_text)
        changes.result_list = rows
        return changes

    @admin.display(description=_("read with its claims"))
    def read_with_claims(self, document: Any) -> str:
        """The way to the article, and how far its reading is."""
        if document.newest_text is None:
            return "–"
        address = reverse("admin:sources_document_read", args=[document.pk])
        reading = getattr(document, "reading", None)
        state = format_html(' <span class="reading reading-{}">{}</span>', reading.standing, reading.label) if reading else ""
        return format_html('<a href="{}">{}</a>{}', address, _("Read with its claims"), state)

    def get_urls(self) -> list[Any]:
        """The article's page and what can be done on it, before the sources' own addresses."""
        view = self.admin_site.admin_view
        return [
            path("<uuid:document>/read/", view(self.read_view), name="sources_document_read"),
            path("<uuid:document>/changes/", view(self.changes_view), name="sources_document_changes"),
            path("<uuid:document>/read/<uuid:snapshot>/", view(self.read_view), name="sources_document_read_text"),
            path("<uuid:document>/read/<uuid:snapshot>/propose/", view(self.propose_view), name="sources_document_propose"),
            path("<uuid:document>/read/<uuid:snapshot>/again/", view(self.again_view), name="sources_document_again"),
            path("<uuid:document>/read/<uuid:snapshot>/<uuid:claim>/<slug:what>/", view(self.mark_view), name="sources_document_mark"),
            *super().get_urls(),
        ]

    def read_view(self, request: HttpRequest, document: UUID, snapshot: UUID | None = None) -> HttpResponse:
        """The article with its claims."""
        return articles.show(request, self, document, snapshot)

    def changes_view(self, request: HttpRequest, document: UUID) -> HttpResponse:
        """Two of its texts compared."""
        return versions.show(request, self, document)

    def mark_view(self, request: HttpRequest, document: UUID, snapshot: UUID, claim: UUID, what: str) -> HttpResponse:
        """Chosen words are a claim's quote or speaker."""
        return articles.mark(request, self, document, snapshot, claim, what)

    def propose_view(self, request: HttpRequest, document: UUID, snapshot: UUID) -> HttpResponse:
        """Chosen words are a claim."""
        return articles.propose(request, self, document, snapshot)

    def again_view(self, request: HttpRequest, document: UUID, snapshot: UUID) -> HttpResponse:
        """Read it once more."""
        return articles.read_again(request, self, document, snapshot)

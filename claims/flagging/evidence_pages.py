"""What the pages show now that claims were read on and lean on: for a whole batch in a handful of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F

from claims.domain.choices import Status
from claims.models import Claim, Evidence
from claims.rules.context import ChangedPage
from sources.models import Document, Snapshot, Watch


def around(claims: Sequence[Claim]) -> Mapping[UUID, tuple[ChangedPage, ...]]:
    """The pages of each claim that show another text than was read, or that are gone; its own first."""
    leaned = [(claim, read_in, document) for claim in claims for read_in, document in leaned_on(claim)]
    documents = {document.pk for _, _, document in leaned}
    if not documents:
        return {}
    watches = {watch.document_id: watch for watch in Watch.objects.filter(document__in=documents)}
    shown = _shown(documents, watches)
    odd = [
        (claim, read_in, document)
        for claim, read_in, document in leaned
        if shown[document.pk] != read_in or _is_gone(watches.get(document.pk))
    ]
    said = texts({id for _, read_in, document in odd if shown[document.pk] != read_in for id in (read_in, shown[document.pk])})
    leaning = _leaning({document.pk for _, _, document in odd})
    pages: dict[UUID, list[ChangedPage]] = defaultdict(list)
    for claim, read_in, document in odd:
        watch = watches.get(document.pk)
        gone = watch if _is_gone(watch) else None
        pages[claim.pk].append(
            ChangedPage(
                document=document.pk,
                name=document.title or document.url,
                own=read_in == claim.snapshot_id,
                read_in=read_in,
                before=said.get(read_in, ""),
                shows=shown[document.pk],
                text=said.get(shown[document.pk], ""),
                gone_since=gone.failing_since if gone else None,
                status=gone.status if gone else None,
                leaning=tuple(statement for other, statement in leaning.get(document.pk, ()) if other != claim.pk),
            )
        )
    return {claim: tuple(found) for claim, found in pages.items()}


def looked_at_by(documents: Collection[UUID]) -> list[UUID]:
    """The claims that were read on these documents, or lean on them: what a document's page shows changes what rules find on them."""
    # Two questions, each with its index: as one with an "or" it reads the whole table, for every text that is captured.
    read_on = Claim.objects.filter(document__in=documents).values_list("pk", flat=True)
    leaning = Evidence.objects.filter(snapshot__document__in=documents).values_list("claim", flat=True)
    return list({*read_on, *leaning})


def leaned_on(claim: Claim) -> Iterator[tuple[UUID, Document]]:
    """Its own text, then those of its evidence, each once; only of documents with an address, since no other says anything new."""
    own = claim.snapshot_id
    if own and claim.document and claim.document.url:
        yield own, claim.document
    told = {own}
    for piece in claim.evidence.all():
        if (snapshot := piece.snapshot) and not piece.withdrawn_at and snapshot.document.url and snapshot.pk not in told:
            told.add(snapshot.pk)
            yield snapshot.pk, snapshot.document


def _shown(documents: Iterable[UUID], watches: Mapping[UUID, Watch]) -> dict[UUID, UUID]:
    """Which text each page shows: what was last seen there, or what somebody has captured since."""
    rows = Snapshot.objects.filter(document__in=documents).order_by("document", "-captured_at", "-pk").distinct("document")
    newest: dict[UUID, tuple[UUID, datetime]] = {doc: (id, at) for doc, id, at in rows.values_list("document", "pk", "captured_at")}
    shown = {document: id for document, (id, _) in newest.items()}
    for document, watch in watches.items():
        if watch.snapshot_id and watch.seen_at and watch.seen_at >= newest[document][1]:
            shown[document] = watch.snapshot_id
    return shown


def texts(snapshots: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Snapshot.objects.filter(pk__in=snapshots).values_list("pk", "content__text"))


def _leaning(documents: Iterable[UUID]) -> dict[UUID, list[tuple[UUID, str]]]:
    """The published claims that name each document's texts as evidence."""
    found: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    rows = Evidence.objects.filter(snapshot__document__in=documents, withdrawn_at=None, claim__status=Status.PUBLISHED)
    named = rows.annotate(on=F("snapshot__document")).order_by("claim").values_list("on", "claim", "claim__statement").distinct()
    for document, claim, statement in named:
        found[document].append((claim, statement))
    return found


def _is_gone(watch: Watch | None) -> bool:
    return watch is not None and watch.gone_since is not None

"""Whom claims go back to: each claim's own account, the evidence that supports it, and the claims that say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from claims.domain.choices import Stance, Status
from claims.models import Claim
from claims.provenance import graph
from claims.provenance.graph import Account, Known, OriginsFound
from claims.similarity import judgements
from sources.fetching import addresses
from sources.models import NAMED_TYPES, Document, Outlet, Snapshot, SpeakerName
from sources.registry import names

Key = TypeVar("Key")
MOST = 200  # claims that say the same as one: beyond that nothing is learnt that an editor would not know
_ROUNDS = 5  # from the same to the same of the same, and so on
_HOSTS = 50  # sites that are looked up among the outlets' homepages at once
_TURNED_DOWN = (Status.REJECTED, Status.WITHDRAWN)


def origins_of(claims: Sequence[Claim]) -> dict[UUID, OriginsFound]:
    """The origins of each of these claims, which come as `Claim.objects.for_rules()` gives them.

    Asks a number of questions that does not grow with the batch; claims that nothing is linked to cost one, and one for texts.
    """
    same = joined([claim.pk for claim in claims])
    known = {claim.pk: claim for claim in claims}
    missing = {other for others in same.values() for other in others} - known.keys()
    known |= {claim.pk: claim for claim in Claim.objects.for_rules().filter(pk__in=missing)}
    return together({claim.pk: [claim, *(known[other] for other in same[claim.pk] if other in known)] for claim in claims})


def together(groups: Mapping[Key, Sequence[Claim]]) -> dict[Key, OriginsFound]:
    """The origins of groups of claims that say the same; the first of each group is the one that is asked about."""
    digests = _digests([claim for group in groups.values() for claim in group])
    told = {id: _told(group, digests) for id, group in groups.items()}
    # One account has one origin, whatever its names are known as.
    known = _known({hop for accounts in told.values() if len(accounts) > 1 for account in accounts for hop in account.hops})
    return {id: graph.fold_origins(accounts, known) for id, accounts in told.items()}


def joined(claims: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """For each claim, those that people judged to be the same or a repeat, or merged, and those of these in turn."""
    beside: dict[UUID, set[UUID]] = {}
    fresh = set(claims)
    for _round in range(_ROUNDS):
        if not fresh:
            break
        for claim, others in judgements.pairs(fresh).items():
            beside[claim] = {other for other, found in others.items() if found.joining}
        fresh = {other for others in beside.values() for other in others} - beside.keys()
    return {claim: reached(claim, beside) for claim in claims}


def reached(claim: UUID, beside: Mapping[UUID, Collection[UUID]]) -> list[UUID]:
    """The claims that one comes to from claim to claim, itself left out; the nearest first, and at most MOST."""
    found, seen = [claim], {claim}
    for at in found:
        fresh = sorted(set(beside.get(at, ())) - seen)
        seen.update(fresh)
        found += fresh[: MOST + 1 - len(found)]
    return found[1:]


def _told(group: Sequence[Claim], digests: Mapping[UUID, str]) -> list[Account]:
    counted = [claim for n, claim in enumerate(group) if n == 0 or claim.status not in _TURNED_DOWN]
    told = [account for n, claim in enumerate(counted) for account in _accounts(claim, digests, own=n == 0)]
    if len(told) == 1:
        return told
    # An address that one of them was read at is that one's outlet, not a site of its own.
    carriers = {account.document: account.hops[0] for account in told if account.text or account.id.startswith("claim:")}
    return [replace(each, hops=(carriers.get(each.document, each.hops[0]), *each.hops[1:])) if each.document else each for each in told]


def _accounts(claim: Claim, digests: Mapping[UUID, str], *, own: bool) -> Iterator[Account]:
    """The claim's own account, and those of the evidence that supports it."""
    text = digests.get(claim.snapshot_id, "") if claim.snapshot_id else ""
    yield Account(id=f"claim:{claim.pk}", hops=tuple(_hops(claim)), text=text, document=_same_page(claim.document), own=own)
    for piece in claim.evidence.all():
        if piece.stance != Stance.SUPPORTS or piece.withdrawn_at:
            continue
        if piece.snapshot:
            document, digest = piece.snapshot.document, bytes(piece.snapshot.content_id).hex()
            yield Account(id=f"evidence:{piece.key}", hops=(_carrier(document),), text=digest, document=_same_page(document))
        elif piece.url:
            yield Account(id=f"evidence:{piece.key}", hops=(addresses.host(piece.url),), document=_page(piece.url))


def _hops(claim: Claim) -> Iterator[str]:
    """The names from the carrier to the origin; unnamed speakers are nobody to lean on, so it stays with who quotes them."""
    carrier = _carrier(claim.document) or claim.source
    yield carrier
    hops = list(claim.attributions.all())
    if hops and hops[0].role == "publisher" and carrier:
        hops = hops[1:]
    unnamed = claim.speaker_type not in NAMED_TYPES
    for hop in hops:
        if not (unnamed and hop.role == "speaker"):
            yield hop.agent


def _carrier(document: Document | None) -> str:
    if document is None:
        return ""
    return document.outlet.name if document.outlet else addresses.host(document.url)


def _same_page(document: Document | None) -> str:
    if document is None:
        return ""
    return _page(document.url) if document.url else str(document.pk)


def _page(url: str) -> str:
    try:
        return addresses.canonical(url)
    except addresses.NotAnAddress:
        return url


def _digests(claims: Iterable[Claim]) -> dict[UUID, str]:
    """The digest of the text that each snapshot holds, without the text."""
    ids = {claim.snapshot_id for claim in claims if claim.snapshot_id}
    rows = Snapshot.objects.filter(pk__in=ids).values_list("pk", "content_id") if ids else ()
    return {id: bytes(digest).hex() for id, digest in rows}


def _known(said: Collection[str]) -> Known:
    """Which of these names are one and the same: spellings of one speaker, an outlet and its site, what has one Wikidata id."""
    keys = {graph.key(name): name for name in sorted(said)} | {_key(name): name for name in sorted(said)}
    keys.pop("", None)
    if not keys:
        return {}
    same = _Same()
    for outlet in Outlet.objects.filter(Q(folded__in=keys) | _sites(said)):
        same.add(outlet.name, [f"outlet:{outlet.pk}", f"wikidata:{outlet.wikidata}" if outlet.wikidata else ""])
        if outlet.homepage:
            same.add(addresses.host(outlet.homepage), [f"outlet:{outlet.pk}"], shown=outlet.name)
    spellings = SpeakerName.objects.filter(folded__in=keys).select_related("speaker__merged_into")
    for spelling in spellings:
        speaker = spelling.speaker
        while speaker.merged_into is not None:
            speaker = speaker.merged_into
        same.add(spelling.name, [f"speaker:{speaker.pk}", f"wikidata:{speaker.wikidata}" if speaker.wikidata else ""], shown=speaker.name)
    return same.known()


def _key(name: str) -> str:
    try:
        return names.key(name)
    except names.NoName:
        return ""


def _sites(said: Iterable[str]) -> Q:
    """The outlets whose homepage is on one of these hosts; a name with a dot and no blank may be one."""
    asked = Q(pk=None)
    for host in sorted(name for name in said if "." in name and " " not in name)[:_HOSTS]:
        asked |= Q(homepage__icontains=f"/{host}") | Q(homepage__icontains=f"/www.{host}")
    return asked


class _Same:
    """Names and ids that turn out to be one."""

    def __init__(self) -> None:
        self.under: dict[str, str] = {}
        self.shown: dict[str, set[str]] = defaultdict(set)
        self.names: set[str] = set()

    def add(self, name: str, ids: Iterable[str], *, shown: str = "") -> None:
        """The name is that of each of these."""
        if not (folded := graph.key(name)):
            return
        self.names.add(folded)
        self.shown[folded].add(shown or name)
        for id in filter(None, ids):
            one, other = self._root(f"name:{folded}"), self._root(id)
            self.under[max(one, other)] = min(one, other)

    def _root(self, at: str) -> str:
        while self.under.get(at, at) != at:
            at = self.under[at]
        return at

    def known(self) -> Known:
        """For each name the one that stands for all, and what it is called."""
        called: dict[str, set[str]] = defaultdict(set)
        for folded in self.names:
            called[self._root(f"name:{folded}")] |= self.shown[folded]
        roots = {folded: self._root(f"name:{folded}") for folded in self.names}
        return {folded: (root, min(called[root], key=lambda name: (len(name), name))) for folded, root in roots.items()}

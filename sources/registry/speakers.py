"""Which speaker is this name: found by any spelling, made once, merged where two turn out to be one."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from sources import roles
from sources.errors import Category, Refusal
from sources.models import NAMED_TYPES, SPELLED, Speaker, SpeakerName
from sources.registry import names, revisions
from sources.roles import Actor
from sources.text.folding import folded_words

CALLED = 500  # spellings of one name that a search goes on with


class NotNamed(Refusal, ValueError):
    """Only persons and organisations are kept as speakers; others are words on the claim."""

    sentence = _("Only persons and organisations are kept as speakers; others are words on the claim.")
    category, title, field = Category.INVALID, _("Not a named speaker"), "type"


class MergedIntoItself(Refusal, ValueError):
    """A speaker cannot be merged into itself."""

    sentence = _("A speaker cannot be merged into itself.")
    title = _("Merged into itself")


class NotMerged(Refusal, ValueError):
    """This speaker was not merged into another."""

    sentence = _("This speaker was not merged into another.")
    title = _("Not merged")


def find(name: str, *, type: str | None = None) -> Speaker | None:  # noqa: A002 - the newsroom's word
    """The speaker of this name in any known spelling, after merges; the one known longest where several share it."""
    spelled = SpeakerName.objects.filter(folded=names.key(name)).select_related("speaker").order_by("speaker_id")
    found = [canonical(spelling.speaker) for spelling in spelled]
    return next((speaker for speaker in found if type in (None, speaker.type)), None)


def called(words: str) -> list[UUID]:
    """The speakers one of whose spellings has all of these words, in any order, with whoever is one with them; the first hundreds."""
    sought = folded_words(words)
    if not sought:
        return []
    spelled = SpeakerName.objects.annotate(words=SPELLED).filter(words__contains=sought).values("speaker")[:CALLED]  # type: ignore[misc]
    found = set(canonical_ids({row["speaker"] for row in spelled}).values())
    return list(Speaker.objects.filter(Q(pk__in=found) | Q(merged_into__in=found)).values_list("pk", flat=True))


# Whom they were merged into is called so, too.
_CALLED = """
WITH RECURSIVE named(id) AS (
    SELECT speaker_id FROM sources_speakername WHERE regexp_split_to_array(folded, '\\W+') @> %s::text[]
    UNION SELECT s.merged_into_id FROM named n JOIN sources_speaker s ON s.id = n.id WHERE s.merged_into_id IS NOT NULL
) SELECT id FROM named
"""


def having_words(words: Sequence[str]) -> Q:
    """The speakers one of whose spellings, or of those merged into them, has all of these words (`folding.folded_words`)."""
    return Q(pk__in=RawSQL(_CALLED, [list(words)]))  # noqa: S611 - our own words


def canonical(speaker: Speaker) -> Speaker:
    """Whom this speaker was merged into in the end, or itself."""
    while speaker.merged_into is not None:
        speaker = speaker.merged_into
    return speaker


# From each of `speakers` on through merges: the last step of one is whom it was merged into in the end.
ONWARD = """onward(asked, id, steps) AS (
    SELECT id, id, 0 FROM sources_speaker WHERE id = ANY(%(speakers)s::uuid[])
    UNION ALL SELECT o.asked, s.merged_into_id, o.steps + 1 FROM onward o JOIN sources_speaker s ON s.id = o.id
    WHERE s.merged_into_id IS NOT NULL
)"""
_CANONICAL = f"WITH RECURSIVE {ONWARD} SELECT DISTINCT ON (asked) asked, id FROM onward ORDER BY asked, steps DESC"  # noqa: S608 - our own words


def canonical_ids(ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Whom each of these speakers was merged into in the end, or itself: `canonical` for many, in one query."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_CANONICAL, {"speakers": list(ids)})
        return dict(cursor.fetchall())


def find_or_make(name: str, type: str, title: str = "", *, by: Actor, wikidata: str = "") -> Speaker:  # noqa: A002
    """The speaker of this name and type; a new one where there is none. Raises NoName, NotNamed."""
    roles.must(by, "record")
    if type not in NAMED_TYPES:
        raise NotNamed(type)
    if known := find(name, type=type):
        return known
    with transaction.atomic():
        names.hold("speaker", names.key(name))
        if known := find(name, type=type):  # made while we waited
            return known
        speaker = Speaker.objects.create(name=names.clean(name), type=type, title=title[:300], wikidata=wikidata)
        _spell(speaker, name)
        revisions.record(speaker, by=by)
    return speaker


def revise(speaker: Speaker, *, by: Actor, reason: str = "", name: str | None = None, **changes: str) -> Speaker:
    """Changes a speaker's name (the old one stays a known spelling), `title`, `type` or `wikidata`."""
    roles.must(by, "source")
    if changes.get("type", NAMED_TYPES[0]) not in NAMED_TYPES:
        raise NotNamed(changes["type"])
    with transaction.atomic():
        speaker = Speaker.objects.select_for_update(of=("self",)).get(pk=speaker.pk)
        if name is not None:
            speaker.name = names.clean(name)
            _spell(speaker, name)
        for field in changes.keys() & {"title", "type", "wikidata"}:
            setattr(speaker, field, changes[field])
        speaker.save()
        revisions.record(speaker, by=by, reason=reason)
    return speaker


def merge(speaker: Speaker, into: Speaker, *, by: Actor, reason: str = "") -> Speaker:
    """Says that `speaker` is `into`; every spelling of the one then finds the other. Raises MergedIntoItself."""
    roles.must(by, "merge")
    with transaction.atomic():
        # Locked in one order, so that two merges of the same pair cannot wait for each other.
        locked = {s.pk: s for s in Speaker.objects.select_for_update(of=("self",)).filter(pk__in=[speaker.pk, into.pk]).order_by("pk")}
        merged, target = locked[speaker.pk], canonical(locked[into.pk])
        if target.pk == merged.pk:
            raise MergedIntoItself
        merged.merged_into = target
        merged.save(update_fields=["merged_into"])
        revisions.record(merged, by=by, reason=reason)
    return target


def unmerge(speaker: Speaker, *, by: Actor, reason: str = "") -> Speaker:
    """Takes a merge back: the speaker stands by itself again, with the spellings and claims it had. Raises NotMerged."""
    roles.must(by, "merge")
    with transaction.atomic():
        speaker = Speaker.objects.select_for_update(of=("self",)).get(pk=speaker.pk)
        if speaker.merged_into_id is None:
            raise NotMerged
        speaker.merged_into = None
        speaker.save(update_fields=["merged_into"])
        revisions.record(speaker, by=by, reason=reason)
    return speaker


def _spell(speaker: Speaker, name: str) -> None:
    SpeakerName.objects.get_or_create(speaker=speaker, folded=names.key(name), defaults={"name": names.clean(name)})

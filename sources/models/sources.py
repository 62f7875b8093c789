"""The tables of what was said and where: outlets, speakers, documents, snapshots, revisions, work owed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Q, Value
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from uuid_utils import compat

from sources.models.append_only import Appended
from sources.models.watches import Attention as Attention
from sources.models.watches import Feed as Feed
from sources.models.watches import FeedEntry as FeedEntry
from sources.models.watches import Host as Host
from sources.models.watches import OutletWatch as OutletWatch
from sources.models.watches import PageTurn as PageTurn
from sources.models.watches import Watch as Watch
from sources.text.edtf import ImpreciseDate
from sources.text.folding import folded_words


def new_id() -> UUID:
    """A UUIDv7: in the order of making, so that indexes grow at one end."""
    return compat.uuid7()


class Named(models.Model):
    """What an outlet and a speaker share."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=300)
    wikidata = models.CharField(_("Wikidata id"), max_length=20, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


# The words of a spelling, as the index of names asks for them.
SPELLED = Func(models.F("folded"), Value(r"\W+"), function="regexp_split_to_array", output_field=ArrayField(models.TextField()))


class Outlet(Named):
    """A newspaper, agency, broadcaster, ministry or site that publishes documents."""

    homepage = models.URLField(_("homepage"), max_length=500, blank=True)
    folded = models.CharField(max_length=300, editable=False)  # the name as compared: spelling variants folded

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        constraints = [models.UniqueConstraint(fields=["folded"], name="outlet_once_per_name")]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="outlet_newest"),  # outlets/
            GinIndex(SPELLED, name="outlet_words"),  # outlets/?q=
        ]


class SpeakerType(models.TextChoices):
    """What kind of somebody asserts a claim; unnamed ones have no Speaker row."""

    PERSON = "person", _("person")
    ORGANISATION = "organisation", _("organisation")
    UNNAMED_ROLE = "unnamed_role", _("unnamed, by role")
    UNNAMED_GROUP = "unnamed_group", _("unnamed group")
    NARRATOR = "narrator", _("the article itself")
    UNATTRIBUTED_PASSIVE = "unattributed_passive", _("nobody (passive)")


NAMED_TYPES = (SpeakerType.PERSON, SpeakerType.ORGANISATION)


class Speaker(Named):
    """A named person or organisation that says things."""

    type = models.CharField(_("type"), max_length=20, choices=[(t.value, t.label) for t in NAMED_TYPES])
    title = models.CharField(pgettext_lazy("speaker", "title"), max_length=300, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("merged into"))

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        indexes = [models.Index(fields=["-created_at", "-id"], name="speaker_newest")]  # speakers/


class SpeakerName(models.Model):
    """One spelling of a speaker's name; `folded` is how spellings are compared."""

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=300)
    folded = models.CharField(max_length=300, editable=False, db_index=True)

    class Meta:
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        constraints = [models.UniqueConstraint(fields=["speaker", "folded"], name="spelling_once_per_speaker")]
        indexes = [GinIndex(SPELLED, name="spelling_words")]  # whoever is called so: what the desk's search asks

    def __str__(self) -> str:
        return self.name


class TitleWords(ArrayField):  # type: ignore[type-arg]
    """The words of a document's title as they are compared, made of it whenever it is written."""

    def pre_save(self, model_instance: models.Model, add: bool) -> list[str]:
        """What is kept."""
        words = folded_words(model_instance.title)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, words)
        return words

    def deconstruct(self) -> Any:
        """To migrations it is an array like others."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.contrib.postgres.fields.ArrayField", args, kwargs


class Document(models.Model):
    """One published work: an outlet's article, statement, broadcast. Its texts over time are its snapshots."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # What makes it the same document: outlet + canonical address, else outlet + text (digest, hex).
    identity = models.CharField(max_length=64, unique=True, editable=False)
    outlet = models.ForeignKey(Outlet, models.PROTECT, null=True, blank=True, verbose_name=_("outlet"))
    url = models.URLField(pgettext_lazy("document", "address"), max_length=2000, blank=True)
    title = models.CharField(_("title"), max_length=1000, blank=True)
    words = TitleWords(models.TextField(), default=list, editable=False)
    authors = ArrayField(models.CharField(max_length=300), default=list, blank=True, verbose_name=_("authors"))
    language = models.CharField(_("language"), max_length=35, blank=True)  # BCP 47
    published = models.JSONField(_("published"), null=True, blank=True)  # an ImpreciseDate
    published_first = models.DateField(null=True, editable=False)
    published_last = models.DateField(null=True, editable=False)
    # A date found only by guessing is offered to an editor here, never silently taken.
    published_offered = models.JSONField(_("publication date, guessed"), null=True, blank=True)
    created_at = models.DateTimeField(_("captured"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="document_newest"),  # documents/ and the admin's list
            # documents/?outlet=, ?language= (a rare one would be looked for among all), ?published_after= and ?q=
            models.Index(fields=["outlet", "-created_at", "-id"], name="document_of_outlet"),
            models.Index(fields=["language", "-created_at", "-id"], name="document_in_language"),
            models.Index(fields=["published_first"], name="document_published"),
            GinIndex(fields=["words"], name="document_words"),
        ]

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        """With the words of the title wherever the title is saved."""
        if update_fields is not None and "title" in (given := set(update_fields)):
            update_fields = given | {"words"}
        super().save(*args, update_fields=update_fields, **options)

    def __str__(self) -> str:
        return self.title or self.url or str(self.id)

    @property
    def publication(self) -> ImpreciseDate | None:
        """When it was published, as precisely as known."""
        return msgspec.convert(self.published, ImpreciseDate) if self.published else None

    @property
    def published_on(self) -> date | None:
        """The day of publication where it is known to the day: the anchor of relative dates."""
        return self.published_first if self.published_first == self.published_last else None


class Content(Appended):
    """A text, kept once however many documents carry it. PostgreSQL refuses to change it."""

    digest = models.BinaryField(primary_key=True, max_length=32)  # SHA-256 of the text in UTF-8
    text = models.TextField()

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")


class Snapshot(Appended):
    """A document's text at one moment, verbatim. PostgreSQL refuses to change it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="snapshots", verbose_name=_("document"))
    content = models.ForeignKey(Content, models.PROTECT, related_name="snapshots")
    captured_at = models.DateTimeField(_("captured"), default=timezone.now, editable=False)
    captured_by = models.CharField(_("captured by"), max_length=150, blank=True)
    media_type = models.CharField(_("media type"), max_length=100, default="text/plain")
    raw = models.BinaryField(null=True, editable=False)  # the bytes as they came, where they were not the text itself
    raw_digest = models.BinaryField(max_length=32, null=True, editable=False)  # SHA-256 of those bytes
    extractor = models.CharField(max_length=100, blank=True, editable=False)  # what made the text of the bytes, and its version
    # How it came from the web: url (in the end), status, reason, version ("1.1"), headers (pairs, in order, as received), address
    # (the IP that answered), at, redirects (the addresses before). `raw` is what the headers speak of, without its encodings.
    fetched = models.JSONField(null=True, editable=False)

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        constraints = [models.UniqueConstraint(fields=["document", "content"], name="snapshot_once_per_text")]
        indexes = [models.Index(fields=["document", "-captured_at"], name="snapshot_newest_of_document")]

    def __str__(self) -> str:
        return f"{self.document} ({date_format(timezone.localtime(self.captured_at), 'DATETIME_FORMAT')})"

    @property
    def text(self) -> str:
        """The text, exactly as captured."""
        return self.content.text

    @property
    def digest(self) -> str:
        """SHA-256 of the text in UTF-8, in hex."""
        return bytes(self.content_id).hex()


class Revision(Appended):
    """One state of an outlet, a speaker or a document; only ever added to. `data` is the canonical JSON that `digest` is of."""

    class Subject(models.TextChoices):
        OUTLET = "outlet", _("outlet")
        SPEAKER = "speaker", _("speaker")
        DOCUMENT = "document", _("document")

    subject_type = models.CharField(max_length=10, choices=Subject.choices)
    subject_id = models.UUIDField()
    number = models.PositiveIntegerField()
    data = models.TextField()
    digest = models.BinaryField(max_length=32)
    by = models.CharField(max_length=150)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [models.UniqueConstraint(fields=["subject_id", "number"], name="revision_once_per_number")]


class Work(models.Model):
    """A piece of work that is owed. Celery's messages only wake a worker; this row is the truth."""

    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("key"), max_length=200, unique=True)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    leased_until = models.DateTimeField(_("leased until"), null=True)
    lease = models.UUIDField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("error"), blank=True)
    done_at = models.DateTimeField(_("done"), null=True)
    gave_up_at = models.DateTimeField(_("given up"), null=True)
    created_at = models.DateTimeField(_("owed since"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("work owed")
        verbose_name_plural = _("work owed")
        indexes = [
            # what `jobs.lease` asks: the due rows of a kind that are neither done nor given up
            models.Index(fields=["kind", "due_at"], name="work_owed", condition=Q(done_at=None, gave_up_at=None)),
            # the dead-letter list
            models.Index(fields=["-gave_up_at"], name="work_given_up", condition=Q(gave_up_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.key


class LastRun(models.Model):
    """When a periodic task last ran, and what came of it; one row each."""

    task = models.CharField(_("task"), max_length=100, primary_key=True)
    started_at = models.DateTimeField(_("started"))
    ended_at = models.DateTimeField(_("ended"))
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("last run")
        verbose_name_plural = _("last runs")

    def __str__(self) -> str:
        return self.task


class AnsweredQuerySet(models.QuerySet["Answered"]):
    """What was asked under keys."""

    def stale(self) -> AnsweredQuerySet:
        """What nobody is answered from any more."""
        return self.filter(at__lt=timezone.now() - Answered.LIFETIME)


class Answered(models.Model):
    """What was asked under an Idempotency-Key, and its answer, kept for a day: the same again is not done again."""

    key = models.CharField(max_length=200, primary_key=True)
    fingerprint = models.BinaryField(max_length=32)  # of what was asked, so that other content is refused
    status = models.PositiveSmallIntegerField()
    location = models.CharField(max_length=2000, default="")  # where it can be read what was done
    answer = models.BinaryField(null=True)  # encrypted: some show a secret this once; an erasure drops all
    at = models.DateTimeField(default=timezone.now)

    LIFETIME = timedelta(hours=24)
    objects = AnsweredQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["at"], name="answered_by_age")]  # what is pruned

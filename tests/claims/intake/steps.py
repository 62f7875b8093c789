"""A text, readers of several versions for it, and what tests ask of its claims."""

from dataclasses import replace

from claims import extraction, ledger
from claims.intake import reread as rereading
from claims.models import Claim, EventRecord
from claims.workflow import review
from sources.capturing.capture import capture
from sources.models import Revision, Speaker
from sources.text.edtf import ImpreciseDate
from tests import make

TEXT = (
    "قال وزير التجارة سالم الحربي إن المصنع سيفتتح أبوابه غدا.\n\n"
    "وقالت مديرة الميناء ليلى العمري إن الميناء سيستقبل 300 سفينة في عام 2035.\n\n"
    "وقال وزير النقل نبيل الشامي إن الجسر سيفتح في عام 2026.\n"
)
OLD, NEW = "2022-12-31", "2022-12-20"
REAL = extraction.read


def version(monkeypatch, name, edit=lambda drafts: drafts):
    """From now on the reader is this version, and makes of the drafts what `edit` does."""

    def read(text, **options):
        found = REAL(text, **options)
        return replace(found, claims=edit(list(found.claims)))

    monkeypatch.setattr(extraction, "READER_VERSION", name)
    monkeypatch.setattr(extraction, "read", read)


def captured(text=TEXT, **about):
    return capture(text, by=make.REPORTER, **({"outlet": "جريدة الميناء", "published": OLD, "language": "ar"} | about)).snapshot


def claim(word):
    return Claim.objects.get(quote__contains=word)


def due(when):
    """An edit: the claim about the ships is due then."""
    return lambda drafts: [replace(d, due=ImpreciseDate(edtf=when)) if "سفينة" in d.quote else d for d in drafts]


def without(word):
    return lambda drafts: [d for d in drafts if word not in d.quote]


def shorter(drafts):
    """Every quote without its last word."""
    cut = [d.quote.rpartition(" ")[0] for d in drafts]
    return [replace(d, quote=words, end=d.start + len(words)) for d, words in zip(drafts, cut, strict=True)]


def last(claim):
    return ledger.happenings([claim])[claim][-1].event


def written():
    return EventRecord.objects.count(), Revision.objects.count(), Speaker.objects.count(), Claim.objects.count()


def reread(snapshot, **options):
    return rereading.reread(snapshot.document_id, **options)


def accepted(row):
    review.accept(row.pk, by=make.REVIEWER)

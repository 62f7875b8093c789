"""A text is read for its claims: deterministic rules propose drafts, each with its offsets and its reasons; people decide."""

import re
from bisect import bisect_left, bisect_right
from datetime import date

from claims.extraction import date_roles, kinds
from claims.extraction.drafts import Draft, Reading
from sources.text.dates import find_dates
from sources.text.edtf import ImpreciseDate
from sources.text.folding import Folded, fold
from sources.text.language import language_of, opening_language
from sources.text.numbers import find_quantities
from sources.text.sentences import Sentence, paragraphs
from sources.text.speech import Memory, Reader, people_of

__all__ = ["READER_VERSION", "Draft", "Reading", "read"]

READER_VERSION = "3"
_READ = {"ar", "en"}
# «يقام النهائي الأحد، فمن يفوز؟»: told first, asked then; the clause that asks is left out.
_ASKS_LAST = re.compile("،\\s+(?:ف?هل|فمن|فكيف|فلماذا|فمتي)\\s")
_SPANS = {"second", "minute", "hour", "day", "week", "month", "year", "decade", "century"}


def read(text: str, *, published: date | ImpreciseDate | None = None, language: str | None = None, precise: bool = False) -> Reading:
    """Every claim, figure and date of a text. A text in neither Arabic nor English has none, and says so: `und`.

    `precise` leaves out every draft that has no cue ("said", "قال") or no named speaker: fewer claims, more of them right.
    """
    spoken = (language or language_of(text)).split("-")[0].lower()
    day = date_roles.day_of(published)
    if spoken not in _READ:
        return Reading("und", date_roles.stated(published), reader=READER_VERSION)
    dates = find_dates(text, day)
    taken = [(d.start or 0, d.end or 0) for d in dates]
    # «1444 هـ»: what is part of a date is no figure beside it; a span of time is one, «بعد أسبوع» as well as "three days ago".
    quantities = [q for q in find_quantities(text) if q.unit in _SPANS or not _within(taken, q.start, q.end)]
    folded = fold(text)
    lines = paragraphs(folded.text)
    body = [line for line in lines if line.kind == "body"]
    spans = [(bisect_left(folded.map, d.start or 0), bisect_left(folded.map, d.end or 0)) for d in dates]
    sentences = [sentence for line in body for sentence in line.sentences]
    tongues = [opening_language(folded.text[s.start : s.start + 80], spoken) for s in sentences]
    readers = {tongue: _reader(text, folded, sentences, tongues, spans, tongue) for tongue in sorted({*tongues, spoken})}
    drafting = kinds.Drafting(text, folded, quantities, dates, day)
    for sentence, tongue in zip(sentences, tongues, strict=True):
        if not sentence.question or (tongue == "ar" and _ASKS_LAST.search(folded.text, sentence.start, sentence.end)):
            reader = readers[tongue]
            drafting.add(list(reader.read(sentence)), sentence, reader.people)
    drafts = [draft for draft in drafting.drafts if draft.explicit] if precise else drafting.drafts
    return Reading(spoken, date_roles.stated(published), drafts, quantities, dates, READER_VERSION)


def _reader(text: str, folded: Folded, sentences: list[Sentence], tongues: list[str], spans: list[tuple[int, int]], tongue: str) -> Reader:
    """One that reads the sentences of its own language and knows whom they name."""
    told = [word for sentence, spoken in zip(sentences, tongues, strict=True) if spoken == tongue for word in sentence.words]
    return Reader(folded.text, people_of(text, folded, told, tongue), spans, Memory())


def _within(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Does one of the spans, which are in order, hold this place?"""
    nearest = bisect_right(spans, (start, end)) - 1
    return any(a <= start and end <= b for a, b in spans[max(0, nearest) : nearest + 2])

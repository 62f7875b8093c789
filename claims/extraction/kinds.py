"""What kind of claim it is, whether it is denied or negates, and how much checking it is worth, with the reasons."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

from claims.domain import denials
from claims.extraction import arabic_kinds, date_roles, english_kinds
from claims.extraction.drafts import Draft, Mention
from sources.text.arabic import particles, verbs
from sources.text.edtf import ImpreciseDate
from sources.text.folding import Folded, fold
from sources.text.language import opening_language
from sources.text.numbers import Quantity
from sources.text.people import People
from sources.text.sentences import Sentence, Word, words
from sources.text.speech import Said


def _set(text: str) -> frozenset[str]:
    return frozenset(fold(text).text.split())


_SUPERLATIVE = _set(
    "الأول الأولى الأكبر الأعلى الأدنى الأقوى الأسوأ الأفضل الأكثر الأقل الأطول أكبر أعلى أدنى أقوى أسوأ أفضل أطول أضخم "
    "first largest biggest highest lowest worst best strongest fastest longest smallest greatest record unprecedented most"
)
_FIRST_TIME = ("لاول مرة", "للمرة الاولي", "غير مسبوق", "المرة الاولي", "for the first time", "never before", "all-time")
_CALLS = _set("تابعوا شاركونا اشتركوا انضموا click subscribe follow join")


class Drafting:
    """Turns what is said into drafts, one article at a time."""

    def __init__(
        self, text: str, folded: Folded, quantities: Sequence[Quantity], dates: Sequence[ImpreciseDate], day: date | None = None
    ) -> None:
        self.text, self.folded, self.day = text, folded, day
        self.quantities = sorted(quantities, key=lambda q: q.start)
        self.starts = [q.start for q in self.quantities]
        self.dates = sorted((d for d in dates if d.start is not None), key=lambda d: d.start or 0)
        self.date_starts = [d.start or 0 for d in self.dates]
        self.drafts: list[Draft] = []
        self.told: dict[str, ImpreciseDate] = {}  # speaker -> when the article last said they spoke

    def add(self, parts: list[Said], sentence: Sentence, people: People) -> None:
        """The drafts of one sentence."""
        self.people = people
        scope: ImpreciseDate | None = None
        spoken: ImpreciseDate | None = None
        edges = self.folded.origin(sentence.start, sentence.end)
        contents = [self.folded.origin(p.start, p.end) for p in parts]
        outside = self._outside(contents, self._dates(*edges))
        for part, (start, end) in zip(parts, contents, strict=True):
            read = words(self.folded.text, part.start, part.end)
            dates, quantities = self._dates(start, end), self._quantities(start, end)
            narrated = part.mode == "narrator"
            self.language = opening_language(self.text[start:end], people.language)
            if narrated and not self._stands(read, quantities, dates):
                continue
            kind, why = self._kind(part, read, quantities, dates)
            if (
                kind in {"event", "assessment", "quantity"}
                and not self._happened(read)
                and date_roles.lies_ahead(self.text, dates, self.day)
            ):
                kind, why = "prediction", [*why, "date-ahead"]
            said_on = None if narrated else self._said_on(part, outside) or spoken
            spoken = said_on or spoken
            if dates:
                scope = date_roles.scope(self.text, dates)
            elif narrated and scope is not None:
                scope = date_roles.in_context(scope)
            denial, negated = self._denied(part, read)
            superlative = self._superlative(read)
            worth, reasons = _worth(part, kind, quantities, dates, superlative, read)
            self.drafts.append(
                Draft(
                    quote=self.text[start:end],
                    start=start,
                    end=end,
                    kind=kind,
                    polarity="negated" if negated else "affirmed",
                    denial=denial,
                    before=self.text[max(0, start - denials.BEFORE) : start],
                    superlative=superlative,
                    check_worthiness=worth,
                    why=[*why, *reasons],
                    speaker_type=part.speaker.type,
                    speaker_name=part.speaker.name,
                    speaker_title=part.speaker.title,
                    mention=self._mention(part.speaker.start, part.speaker.end),
                    mode=part.mode,
                    cue=self._mention(*part.cue) if part.cue else None,
                    reported_by=[part.reported_by] if part.reported_by else [],
                    said_on=said_on,
                    scope=date_roles.scope(self.text, dates) if dates else scope if narrated else None,
                    due=date_roles.due(kind, dates, self.day, self.text),
                    quantities=quantities,
                )
            )

    def _happened(self, read: list[Word]) -> bool:
        """Does the main verb tell of something past, whatever date it names: "approved a budget for 2025"?"""
        return self.language == "en" and english_kinds.tells_past(read)

    def _outside(self, contents: list[tuple[int, int]], dates: list[ImpreciseDate]) -> list[ImpreciseDate]:
        """The dates that stand in no content: they may tell when it was said."""
        spans = sorted(contents)
        opens = [start for start, _ in spans]
        free = []
        for when in dates:
            k = bisect_right(opens, when.start or 0) - 1
            if k < 0 or spans[k][1] <= (when.start or 0):
                free.append(when)
        return free

    def _mention(self, start: int | None, end: int | None) -> Mention | None:
        if start is None or end is None:
            return None
        first, last = self.folded.origin(start, end)
        return Mention(self.text[first:last], first, last)

    def _dates(self, start: int, end: int) -> list[ImpreciseDate]:
        near = self.dates[bisect_left(self.date_starts, start) : bisect_right(self.date_starts, end)]
        return date_roles.inside(near, start, end)

    def _quantities(self, start: int, end: int) -> list[Quantity]:
        near = self.quantities[bisect_left(self.starts, start) : bisect_right(self.starts, end)]
        return [q for q in near if q.end <= end]

    def _said_on(self, part: Said, outside: list[ImpreciseDate]) -> ImpreciseDate | None:
        who = part.speaker.name or ""
        near = self._dates(*self.folded.origin(part.start, part.end)) if part.frame == "position" else outside[:50]
        past = [d for d in near if self._near(part, d)]
        if past:
            self.told[who] = past[0]
            return past[0]
        return date_roles.in_context(self.told[who]) if who and who in self.told else None

    def _near(self, part: Said, when: ImpreciseDate) -> bool:
        if not part.around or when.start is None:
            return False
        start, end = self.folded.origin(*part.around)
        return start <= when.start <= end

    def _stands(self, read: list[Word], quantities: list[Quantity], dates: list[ImpreciseDate]) -> bool:
        """Is the narrator asserting something? A finite verb, or a figure with enough around it."""
        if len(read) < 3 or any(w.text.lower() in _CALLS for w in read[:2]):
            return False
        if self.language == "en":
            return True  # the reader of speech has looked for a finite verb
        texts = [w.text for w in read]
        if texts[0] in {"اذا", "لو", "هل", "ربما", "لعل"}:
            return False
        if any(verbs.form_of(t) and (i == 0 or texts[i - 1] not in particles.RELATIVES) for i, t in enumerate(texts)):
            return True
        commas = [i for i, t in enumerate(texts[:-1]) if t in particles.COMMAS]
        ranked = texts[0] in {"هو", "هي"} and (self._superlative(read) or bool(quantities))
        if ranked or any(verbs.may_be_verb(texts[i]) for i in [0, *(c + 1 for c in commas)]):
            return True
        return bool(dates) or (bool(quantities) and len(read) > 5)

    def _kind(self, part: Said, read: list[Word], quantities: list[Quantity], dates: list[ImpreciseDate]) -> tuple[str, list[str]]:
        if self.language == "en":
            return english_kinds.kind_of(part, read, [q.unit for q in quantities])
        return arabic_kinds.kind_of(
            part,
            read,
            [q.unit for q in quantities],
            self.people.roles,
            self.folded.text[max(0, part.start - 12) : part.start],
            dated=bool(dates),
        )

    def _denied(self, part: Said, read: list[Word]) -> tuple[bool, bool]:
        """Is it denied by the verb before it, and does it negate by its own words?

        Whose verb of denying stands in the quote, or is followed by what was said word for word, denies by these words.
        """
        negated = denials.negates([word.text.lower() for word in read])
        if part.sense not in denials.SENSES or part.cue is None:
            return False, negated
        if part.start <= part.cue[0] < part.end:
            return False, True
        ahead = self.folded.text[max(0, part.start - 24) : part.start]
        own_words = part.cue[0] >= part.end or ahead.rstrip(" \"'").endswith(":")
        return not (own_words or denials.CONTRAST.search(ahead)), negated

    def _superlative(self, read: list[Word]) -> bool:
        texts = [w.text.lower() for w in read]
        joined = " ".join(texts)
        if any(phrase in joined for phrase in _FIRST_TIME):
            return True
        return any(
            t in _SUPERLATIVE and not (t in {"اكثر", "اقل", "اعلي"} and n == "من") for t, n in zip(texts, [*texts[1:], ""], strict=True)
        )


def _worth(
    part: Said, kind: str, quantities: list[Quantity], dates: list[ImpreciseDate], superlative: bool, read: list[Word]
) -> tuple[float, list[str]]:
    """An additive score: what can be checked raises it, opinion lowers it. The reasons come with it."""
    base = {"quantity": 0.7, "event": 0.55, "prediction": 0.6, "commitment": 0.5, "assessment": 0.25, "position": 0.3}[kind]
    why = []
    for holds, gain, reason in (
        (bool(quantities), 0.15, "has-figure"),
        (bool(dates), 0.15, "has-date"),
        (superlative, 0.15, "superlative"),
        (part.speaker.type in {"person", "organisation"} and kind not in {"assessment", "position"}, 0.1, "named-speaker"),
        (part.speaker.type == "unattributed_passive", -0.15, "nobody-signs"),
        (len(read) < 5, -0.1, "short"),
    ):
        if holds:
            base += gain
            why.append(reason)
    return round(min(1.0, max(0.05, base)), 2), why

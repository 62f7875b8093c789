"""Does the clause around a date speak of what has been or of what is to come? Its verbs tell, the nearest first."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from sources.text.arabic.nouns import is_verbal_noun
from sources.text.arabic.verbs import form_of
from sources.text.dates import arabic, english
from sources.text.folding import fold

PAST, FUTURE = -1, 1
# What a word says of its clause: past and future for certain; a participle or past in -ed; a promise ("pledged", which is
# past beside its own date and future for every other); a present, which with a date is a plan; the start of another clause.
WEAK, PROMISE, PRESENT, TURN = -2, 2, 3, 4
BESIDE = 22  # letters between a verb's beginning and the date beside it
FAR = 250  # further away a verb tells nothing

_MARKS: dict[str, int] = {}
for _lang in (arabic, english):
    for _words, _mark in (
        (_lang.FUTURE_MARKS, FUTURE), (_lang.PAST_MARKS, PAST), (_lang.PROMISES, PROMISE), (_lang.PLANS, PRESENT), (_lang.TURNS, TURN),
    ):  # fmt: skip
        _MARKS.update(dict.fromkeys(fold(_words).text.split(), _mark))
_FORMS = {"past": PAST, "future": FUTURE, "present": PRESENT}
_TELLING = frozenset(fold(arabic.TELLING).text.split())


def mark(word: str) -> int:
    """What a word says of the tense of its clause; 0 for most."""
    bare = word[1:] if word[0] in "وف" and word not in _MARKS and len(word) > 3 else word
    if known := _MARKS.get(bare):
        return known
    if word.isascii():
        return WEAK if len(word) > 4 and word.endswith("ed") else 0
    form = form_of(word) if bare not in _TELLING else None
    if form is None or (form.tense == "past" and form.lemma != bare and bare.endswith("ا")):  # «نقصا» is seldom a dual
        return 0
    if form.lemma != bare and form.lemma.endswith(("ت", "وا")):  # «ولايته» has the shape of a verb only when cut
        return 0
    if form.tense == "past" and is_verbal_noun(bare):  # «استماع» is a hearing; «اختار» tells no more than nothing does
        return 0
    return _FORMS.get(form.tense, 0)


@dataclass(slots=True)
class Tenses:
    """The marks of a text in order, and where its clauses end: `ends` for certain, `commas` perhaps."""

    marks: list[tuple[int, int]] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    commas: list[int] = field(default_factory=list)

    def at(self, start: int, end: int, *, limit: bool = False) -> int:
        """1 where the clause around a date speaks of what is to come, -1 of what has been, 0 where nothing tells.

        The verb before the date decides, then the one after it, then one before the comma. A `limit` ("by May") is never the
        day of a promise itself.
        """
        floor, ceiling = _around(self.ends, start, end)
        soft_floor, soft_ceiling = _around(self.commas, start, end)
        if soft_ceiling - end <= 2 and soft_floor <= floor and start - floor < 16:  # «في مارس، سيعقد»: it opens its clause
            soft_ceiling = _around(self.commas, start, soft_ceiling + 1)[1]
        near = max(floor, soft_floor)
        return (
            self._before(start, max(near, start - FAR), limit)
            or self._after(end, min(ceiling, soft_ceiling, end + FAR))
            or (self._beyond(start, max(floor, start - FAR)) if near != floor else 0)
        )

    def _before(self, start: int, floor: int, limit: bool) -> int:
        weak, at = 0, bisect_left(self.marks, (start, -9))
        for place, said in reversed(self.marks[max(0, at - 8) : at]):
            if place <= floor:
                break
            if said in (PAST, FUTURE):
                return PAST if weak == PRESENT and said == PAST else PAST if said == PAST else FUTURE
            if start - place <= BESIDE and (said == WEAK or (said == PROMISE and not limit)):
                return PAST
            if said == PROMISE and weak != WEAK:
                return FUTURE
            weak = weak or said
        return {0: 0, WEAK: PAST}.get(weak, FUTURE)

    def _beyond(self, start: int, floor: int) -> int:
        """What a verb before the comma says: only a future one reaches so far."""
        at = bisect_left(self.marks, (start, -9))
        return int(at > 0 and self.marks[at - 1] >= (floor, FUTURE) and self.marks[at - 1][1] == FUTURE)

    def _after(self, end: int, ceiling: int) -> int:
        at = bisect_left(self.marks, (end, -9))
        if at == len(self.marks) or self.marks[at][0] >= ceiling:
            return 0
        return FUTURE if self.marks[at][1] in (FUTURE, PRESENT) else PAST


def _around(places: list[int], start: int, end: int) -> tuple[int, int]:
    before, after = bisect_left(places, start), bisect_left(places, end)
    return places[before - 1] if before else -1, places[after] if after < len(places) else end + FAR

"""Ratios: "one in five", «ثلاثة من كل عشرة», «خمس السكان»."""

from sources.text.numbers.figures import Figure, Readers
from sources.text.numbers.number_words import ARABIC_PART
from sources.text.numbers.numerals import Numeral, is_part

_OUT_OF = (
    ("out", "of", "every"),
    ("out", "of"),
    ("in", "every"),
    ("in",),
    ("of", "every"),
    ("من", "كل"),
    ("من", "بين", "كل"),
    ("من", "اصل", "كل"),
    ("لكل",),
)
_FIRST = {words[0] for words in _OUT_OF}
_MOST = 10  # more than ten of something is a count: "45 out of 120 seats"
_LARGEST = 10**6


def read(r: Readers, i: int, n: Numeral) -> Figure | None:
    """The ratio that opens with the numeral at token `i`."""
    t = r.tokens
    if part := is_part(n, t.word(n.after) if t.joined(n.after) else ""):
        return r.compared(i, Figure(n.start, n.end, n.after, part, "ratio"), "ratio")
    if n.definite and (part := ARABIC_PART.get(n.lone.removeprefix("ال"))):  # «بنحو الخمس»
        figure = r.compared(i, Figure(n.start, n.end, n.after, part, "ratio"), "ratio")
        return figure if figure.comparator != "exactly" else None
    if n.scale > 1 or n.share or n.value != int(n.value) or not 1 <= n.value <= _MOST or not t.joined(n.after):
        return None
    if t.word(n.after) not in _FIRST:
        return None
    for words in _OUT_OF:
        if all(t.word(n.after + k) == word and t.joined(n.after + k) for k, word in enumerate(words)):
            return _ratio(r, i, n, words)
    if n.value == 1 and n.spelled and t.word(n.after) == "من" and t.joined(n.after + 1):
        whole = r.grammar.numeral(n.after + 1)
        return _figure(r, i, n, whole) if whole and whole.spelled and whole.value >= 100 else None
    return None


def _ratio(r: Readers, i: int, n: Numeral, words: tuple[str, ...]) -> Figure | None:
    j = n.after + len(words)
    whole = r.grammar.numeral(j) if r.tokens.joined(j) else None
    if whole is None or whole.share or not n.value < whole.value <= _LARGEST:
        return None
    if words == ("in",) and (_is_time(r, whole) or (whole.value > 1000 and (n.value > 1 or whole.value <= 2100))):
        return None
    if words == ("لكل",) and whole.value < 10:
        return None
    return _figure(r, i, n, whole)


def _is_time(r: Readers, whole: Numeral) -> bool:
    """ "2 in 5 days": a span or a sum of money, and no ratio."""
    following = r.units.following(whole)
    return following is not None and following.kind in ("duration", "share", "money", "measure")


def _figure(r: Readers, i: int, n: Numeral, whole: Numeral) -> Figure:
    return r.compared(i, Figure(n.start, whole.end, whole.after, n.value / whole.value, "ratio"), "ratio")

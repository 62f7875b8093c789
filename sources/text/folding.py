"""A copy of a text with its spelling variants folded together, and the way back to the offsets of the original."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import regex

# One character for one: these move no offset, so str.translate does them all at once.
_LETTERS = {
    **dict.fromkeys("أإآٱٲٳٵ", "ا"),
    **dict.fromkeys("ىیۍې", "ي"),
    "ک": "ك",  # Persian keyboards
    **dict.fromkeys("«»“”„‟″", '"'),
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("\u00a0\u202f\u205f\u3000\u1680" + "".join(map(chr, range(0x2000, 0x200B))), " "),
    **{chr(zero + i): str(i) for zero in (0x0660, 0x06F0) for i in range(10)},
}
_FOLDED = str.maketrans(_LETTERS)

# Left out altogether: tashkeel and Quranic marks, tatweel, bidi and zero-width marks, the soft hyphen.
_SILENT = (
    "\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0640"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff\u00ad"
)
_FORMS = "\ufb1d-\ufdfd\ufe70-\ufefc\ufb00-\ufb06"  # presentation forms, Arabic and Latin ligatures
_LOOSE = rf"[\p{{M}}--[{_SILENT}]]"  # marks that may compose with the letter before them: hamza, madda, accents
_HAMZA = regex.compile("[\u0653-\u0655]")
_SHORT = 80  # characters
_ANY_SILENT = regex.compile(f"[{_SILENT}]+")
_ANY_LOOSE = regex.compile(_LOOSE, regex.V1)
# The plain pattern serves nearly every text; looking at each letter for loose marks costs three times as much.
_PLAIN = regex.compile(f"[{_SILENT}]++|[{_FORMS}]")
_WITH_LOOSE = regex.compile(rf"[{_SILENT}]++|[^{_SILENT}][{_SILENT}]*+{_LOOSE}[\p{{M}}{_SILENT}]*+|[{_FORMS}]", regex.V1)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is matched; `map[i]` is where its character i stands in the original, `map[len(text)]` its end."""

    text: str
    map: list[int]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the original of what stands at [start, end) here."""
        if start >= end:
            return self.map[start], self.map[start]
        # A ligature folds to several characters of one place: half of it is all of it.
        while end < len(self.text) and self.map[end] == self.map[end - 1]:
            end += 1
        return self.map[start], self.map[end]


_APART = regex.compile(r"\W+")


def folded_words(text: str) -> list[str]:
    """The words of a name or a title as they are compared, each once: spelling variants and case folded away."""
    return list(dict.fromkeys(word for word in _APART.split(fold(text).text.casefold()) if word))


def fold(text: str) -> Folded:
    """Fold spelling variants (hamza, alef, tashkeel, digits, quotes, spaces); ة, ؤ and ئ stay, as they tell words apart."""
    return _short(text) if len(text) <= _SHORT else _fold(text)


@lru_cache(maxsize=4096)
def _short(text: str) -> Folded:
    """Names and titles are asked about again and again."""
    return _fold(text)


def _fold(text: str) -> Folded:
    flat = text.translate(_FOLDED)
    pattern = _WITH_LOOSE if _ANY_LOOSE.search(flat) else _PLAIN
    pieces: list[str] = []
    places: list[int] = []
    done = 0
    for found in pattern.finditer(flat):
        start, end = found.span()
        pieces.append(flat[done:start])
        places.extend(range(done, start))
        done = end
        if said := _composed(found[0]):
            pieces.append(said)
            places.extend([min(start + i, end - 1) for i in range(len(said))])
    pieces.append(flat[done:])
    places.extend(range(done, len(flat) + 1))
    return Folded("".join(pieces), places)


@lru_cache(maxsize=4096)  # few clusters make up a text
def _composed(cluster: str) -> str:
    """The letters of one cluster; nothing for silent marks alone."""
    spoken = _ANY_SILENT.sub("", cluster)
    if not spoken:
        return ""
    whole = unicodedata.normalize("NFC", spoken)
    if _PLAIN.search(whole):
        whole = _ANY_SILENT.sub("", unicodedata.normalize("NFKC", whole))
    return _HAMZA.sub("", whole).translate(_FOLDED)

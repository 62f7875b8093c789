"""Who a noun phrase means: title and name apart, and short forms led back to the full name the article gave."""

import re

from sources.text import titles
from sources.text.arabic.names import countries
from sources.text.arabic.people import ArabicPeople
from sources.text.folding import Folded
from sources.text.sentences import Word
from sources.text.speaker import NARRATOR, PASSIVE, Speaker

__all__ = ["NARRATOR", "PASSIVE", "People", "Speaker", "is_mark"]


def is_mark(word: Word) -> bool:
    return not (word.text[0].isalnum() or word.text[0] == "_")


class People:
    """The persons and organisations an article names, and whom its short forms mean; Arabic ones in `arabic`."""

    def __init__(self, original: str, folded: Folded, words: list[Word], language: str) -> None:
        self.original, self.folded, self.language = original, folded, language
        self.names: dict[tuple[str, ...], str] = {}  # any ending of a full name -> the name as written
        self.roles: dict[tuple[str, ...], str] = {}
        self.arabic = ArabicPeople(words if language == "ar" else [], self.written, self._original)
        if language != "ar":
            self._read_english(words)

    def written(self, words: list[Word]) -> str:
        """Words as the article writes them, quotation marks left out."""
        kept = [self.original[slice(*self.folded.origin(w.start, w.end))] for w in words if w.text not in '"«»“”']
        joined = " ".join(kept).replace("\u0640", "")
        return re.sub(r" ([,،'’.)])", r"\1", joined).strip(" ,،")

    def _original(self, word: Word) -> str:
        return self.original[slice(*self.folded.origin(word.start, word.end))]

    def who(self, words: list[Word]) -> Speaker | None:
        """The speaker these words name; None for none."""
        words = [w for w in words if w.text not in {",", "،", "("}]
        if not words:
            return None
        return self._english(words)

    # ── English

    def _read_english(self, words: list[Word]) -> None:
        i, n = 0, len(words)
        while i < n:
            if not _capital(words[i].text):
                i += 1
                continue
            j = i
            while j < n and (
                _capital(words[j].text)
                or (j > i and words[j].text in {"bin", "al", "de", "van", "von", "der", "of"} and j + 1 < n and _capital(words[j + 1].text))
            ):
                if j > i and words[j - 1].end + 2 < words[j].start:
                    break
                j += 1
            run = words[i:j]
            k = 0
            while k < len(run) and (run[k].text.lower() in titles.EN_ROLES | titles.EN_MODIFIERS or run[k].text in _SENTENCE_OPENERS):
                k += 1
            nationality = (
                1 if k < len(run) and k + 1 < len(run) and any(w.text.lower() in titles.EN_ROLES for w in run[k + 1 : k + 4]) else 0
            )
            if nationality:
                last = max(m for m in range(k, min(k + 5, len(run))) if run[m].text.lower() in titles.EN_ROLES)
                k = last + 1
            name = run[k:]
            if 2 <= len(name) <= 4 and not any(w.text.lower() in titles.EN_ORGANISATIONS or w.text == "of" for w in name):
                self._remember(name)
                if k:
                    self.roles[tuple(w.text.lower() for w in run[:k] if w.text not in _SENTENCE_OPENERS)] = self.written(name)
            i = max(j, i + 1)

    def _remember(self, full: list[Word]) -> None:
        texts = [w.text for w in full]
        for k in range(len(texts)):
            self.names.setdefault(tuple(texts[k:]), self.written(full))

    def _english(self, words: list[Word]) -> Speaker | None:
        if words[0].text.lower() in {"the", "a", "an"} and len(words) > 1:
            article, core = words[0].text.lower(), words[1:]
        else:
            article, core = "", words
        start, end = words[0].start, words[-1].end
        as_read = self.written(words)
        lower = [w.text.lower() for w in core]
        if lower[0] in {"he", "she", "they", "it", "i", "we", "who"}:
            return None
        of = next((i for i, w in enumerate(lower) if w in {"of", "for", "at", "in", "from", "with", "on", "who"}), len(lower))
        if any(w in titles.EN_GROUPS for w in lower[:of]):
            return Speaker("unnamed_group", as_read, None, start, end)
        role = max((i for i in range(of) if lower[i] in titles.EN_ROLES), default=None)
        organisation = any(w in titles.EN_ORGANISATIONS for w in lower[:of])
        if role is not None and role + 1 < of and _capital(core[role + 1].text):
            name = core[role + 1 : of]
            known = self.names.get(tuple(w.text for w in name))
            return Speaker("person", known or self.written(name), self.written(core[: role + 1]), start, end)
        if role is not None and not (organisation and role == 0):
            known = self.roles.get(tuple(lower[: role + 1]))
            if known and article != "a":
                return Speaker("person", known, self.written(core), start, end)
            return Speaker("unnamed_role", self.written(core), None, start, end)
        if known := self.names.get(tuple(w.text for w in core)):
            return Speaker("person", known, None, start, end)
        if organisation or article or len(core) == 1 or len(core) > 4 or not all(_capital(w.text) for w in core):
            return Speaker("organisation", self.written(core), None, start, end)
        if " ".join(lower) in countries():
            return Speaker("organisation", self.written(core), None, start, end)
        return Speaker("person", self.written(core), None, start, end)


_SENTENCE_OPENERS = frozenset(
    [
        "The",
        "A",
        "An",
        "In",
        "On",
        "At",
        "But",
        "And",
        "However",
        "Meanwhile",
        "After",
        "Before",
        "When",
        "While",
        "As",
        "For",
        "He",
        "She",
        "They",
        "It",
        "His",
        "Her",
        "Their",
        "This",
        "That",
    ]
)


def _capital(word: str) -> bool:
    return word[:1].isupper()

"""The persons and bodies an article names: what both languages' readers ask of them."""

import re

from sources.text.folding import Folded
from sources.text.sentences import Word
from sources.text.speaker import NARRATOR, PASSIVE, Speaker

__all__ = ["NARRATOR", "PASSIVE", "People", "Speaker"]


class People:
    """Who is named, and who holds which office."""

    def __init__(self, original: str, folded: Folded, language: str) -> None:
        self.original, self.folded, self.language = original, folded, language
        self.names: dict[tuple[str, ...], str] = {}  # any ending of a full name -> the name as written
        self.roles: dict[tuple[str, ...], str] = {}  # words of a title -> the name that bore it last

    def written(self, words: list[Word]) -> str:
        """Words as the article writes them, quotation marks left out."""
        kept = [self.as_typed(w) for w in words if w.text not in '"«»“”']
        joined = " ".join(kept).replace("\u0640", "")
        return re.sub(r" ([,،'’.)])", r"\1", joined).replace("( ", "(").strip(" ,،")

    def as_typed(self, word: Word) -> str:
        """One word with its vowel signs and all."""
        return self.original[slice(*self.folded.origin(word.start, word.end))]

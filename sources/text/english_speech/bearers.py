"""Who bears a title and which body a noun stands for, found without a look at every name of the article."""

from collections.abc import Iterable


class Bearers:
    """The names behind the titles of an article, by the words of the title."""

    def __init__(self, held: Iterable[tuple[Iterable[str], str]]) -> None:
        self._by_word: dict[str, list[tuple[frozenset[str], str]]] = {}
        for words, name in held:
            title = frozenset(words)
            for word in title:
                self._by_word.setdefault(word, []).append((title, name))
        self._known: dict[frozenset[str], frozenset[str]] = {}

    def of(self, want: frozenset[str]) -> frozenset[str]:
        """The names whose title holds all these words; each set of words is looked up once, under its rarest word."""
        if (known := self._known.get(want)) is None:
            rarest = min((self._by_word.get(word, []) for word in want), key=len, default=[])
            known = self._known[want] = frozenset(name for title, name in rarest if want <= title)
        return known


class Bodies:
    """The bodies of an article in the order in which it names them."""

    def __init__(self, order: Iterable[tuple[tuple[str, ...], str]]) -> None:
        self.by_word: dict[str, str] = {}  # a word -> the first body with it in its name
        self.longer: dict[tuple[str, ...], str] = {}  # ("bank", "council") -> the first "Bank Council of …"
        for words, name in order:
            for k, word in enumerate(words):
                self.by_word.setdefault(word, name)
                if word == "of" and k > 1:
                    self.longer.setdefault(words[:k], name)

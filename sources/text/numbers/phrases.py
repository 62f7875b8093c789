"""Phrases of one or more words, found by their first or their last word."""

from collections.abc import Iterable

from sources.text.numbers.tokens import Tokens, key


class Phrases:
    """A table of phrases, the longest first; one look costs as many steps as phrases share a word."""

    def __init__(self, entries: Iterable[tuple[str, str]], *, backwards: bool = False) -> None:
        self.backwards = backwards
        self.table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, name in entries:
            words = tuple(key(phrase).split())
            self.table.setdefault(words[-1 if backwards else 0], []).append((words, name))
        for each in self.table.values():
            each.sort(key=lambda entry: -len(entry[0]))

    def ahead(self, tokens: Tokens, i: int) -> tuple[str, int] | None:
        """The phrase that opens at token `i`: its name and the token after it."""
        for words, name in self.table.get(tokens.word(i), ()):
            if all(
                tokens.word(i + n) == word and (tokens.hyphened(i + n) or tokens.gap(i + n) == "/") for n, word in enumerate(words) if n
            ):
                return name, i + len(words)
        return None

    def behind(self, tokens: Tokens, i: int, clitics: tuple[str, ...] = ()) -> tuple[str, int, int] | None:
        """The phrase that ends with token `i`: its name, its first token, and how many letters of that are a clitic."""
        for words, name in self.table.get(tokens.word(i), ()):
            first = i - len(words) + 1
            if first < 0 or not all(tokens.word(first + n) == word for n, word in enumerate(words) if n):
                continue
            if not all(tokens.hyphened(first + n) for n in range(1, len(words))):
                continue
            opening = tokens.word(first)
            if opening == words[0]:
                return name, first, 0
            for clitic in clitics:
                if opening == clitic + words[0]:
                    return name, first, len(clitic)
        if clitics:
            return self._alone(tokens, i, clitics)
        return None

    def _alone(self, tokens: Tokens, i: int, clitics: tuple[str, ...]) -> tuple[str, int, int] | None:
        """A phrase of one word with a clitic before it: «ونحو»."""
        word = tokens.word(i)
        for clitic in clitics:
            if word.startswith(clitic):
                for words, name in self.table.get(word[len(clitic) :], ()):
                    if len(words) == 1:
                        return name, i, len(clitic)
        return None


def lines(table: str) -> Iterable[tuple[str, str]]:
    """The entries of a table as text: a name, a colon, and its words; an underscore joins words into a phrase."""
    for line in table.strip().splitlines():
        name, _, words = line.partition(":")
        for word in words.split():
            yield word.replace("_", " "), name.strip()

"""One proposition each: where a stretch of words falls into clauses that can be checked apart."""

from collections.abc import Iterator

from sources.text.sentences import Word

_COMMAS = {"،", ",", "؛", ";"}


def english_clauses(words: list[Word], begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Word spans of the clauses of words[begin:end]: split at "and that", "; ", ", while", ", but"."""
    start = i = begin
    while i < end:
        text = words[i].text.lower()
        nxt = words[i + 1].text.lower() if i + 1 < end else ""
        after_comma = i > begin and words[i - 1].text in _COMMAS
        skip = 0
        if i > begin and text in {"and", "but"} and nxt == "that":
            skip = 2
        elif (
            (after_comma and text in {"while", "whereas", "although", "though", "but"})
            or (after_comma and text == "and" and any(w.text.lower() in ENGLISH_FINITE for w in words[i + 1 : i + 7]))
            or text == ";"
        ):
            skip = 1
        if skip and i - start > 2 and end - i > 3:
            yield start, i
            start = i + skip
            i += skip
            continue
        i += 1
    if start < end:
        yield start, end


ENGLISH_FINITE = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "should",
        "shall",
        "does",
        "did",
        "do",
        "rose",
        "fell",
        "grew",
        "said",
        "killed",
        "sent",
        "signed",
        "agreed",
        "won",
        "lost",
        "became",
        "began",
        "reached",
        "made",
        "took",
        "came",
        "went",
        "met",
        "visited",
        "increased",
        "decreased",
        "declined",
        "climbed",
        "dropped",
        "jumped",
        "ended",
        "started",
        "launched",
        "opened",
        "closed",
        "approved",
        "passed",
        "voted",
        "announced",
        "held",
        "struck",
        "hit",
        "died",
        "injured",
        "wounded",
        "arrested",
        "found",
        "showed",
        "remains",
        "stands",
        "expects",
        "plans",
        "continues",
        "produced",
        "exported",
        "imported",
        "bought",
        "sold",
        "raised",
        "cut",
    ]
)

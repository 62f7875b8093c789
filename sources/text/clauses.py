"""One proposition each: where a stretch of words falls into clauses that can be checked apart."""

from collections.abc import Iterator

from sources.text import lexicon
from sources.text.sentences import Word

_COMMAS = {"،", ",", "؛", ";"}
_CONNECTORS = {"بينما", "فيما", "كما", "حيث", "لكن", "ولكن", "وبينما", "وفيما", "وكما"}
_PAIRS = {
    ("في", "حين"),
    ("الا", "ان"),
    ("غير", "ان"),
    ("علما", "ان"),
    ("علما", "بان"),
    ("وذلك", "بعد"),
    ("وذلك", "عقب"),
    ("وذلك", "خلال"),
    ("وذلك", "قبل"),
    ("وذلك", "اثر"),
}
_TRIPLES = {("في", "الوقت", "الذي")}


def arabic_clauses(words: list[Word], begin: int, end: int, *, narrated: bool = False, together: bool = False) -> Iterator[tuple[int, int]]:
    """Word spans of the clauses of words[begin:end], connectors left out; `together` keeps "and that" in one."""
    start = begin
    i = begin
    while i < end:
        text = words[i].text
        nxt = words[i + 1].text if i + 1 < end else ""
        after_comma = i > begin and words[i - 1].text in _COMMAS
        skip = 0
        if i > begin and not together and text in lexicon.ARABIC_AND_THAT and not (text.endswith("ان") and _subjunctive(nxt)):
            skip = 1
        elif after_comma and tuple(w.text for w in words[i : i + 3]) in _TRIPLES:
            skip = 3
        elif after_comma and (text, nxt) in _PAIRS:
            skip = 2
        elif after_comma and text in _CONNECTORS:
            skip = 1
        elif after_comma and (opens_clause(text, nxt) or (text.startswith("ف") and text[1:] in {"في", "خلال", "منذ", "بعد"})):
            if i - start > 2:
                yield start, i - 1
            start = i
        if skip:
            if i - start > 2:
                yield start, i
            start = i + skip
            i += skip
            continue
        i += 1
    if start < end:
        yield start, end


def _subjunctive(word: str) -> bool:
    return (
        len(word) > 2
        and (word[0] in "ين" or (word[0] == "ت" and not word.endswith(("ة", "ا", "ات"))))
        and word not in lexicon.ARABIC_NOT_PRESENT
    )


def opens_clause(word: str, nxt: str) -> bool:
    """و and a finite verb: "and the bombers flew". The verb is in the lexicon, or looks like one and a noun follows."""
    if word[0] not in "وف" or len(word) < 4:
        return False
    return finite(word[1:], nxt) or (word[1:] in {"قد", "سوف", "لن", "لم", "كان", "كانت", "سيتم"})


def finite(word: str, nxt: str) -> bool:
    """Is this word a finite verb? By the lexicon, by the future's س, by the feminine ت before a definite noun."""
    if word in lexicon.ARABIC_PAST or (word in lexicon.ARABIC_VERBS and not lexicon.ARABIC_VERBS[word].participle):
        return True
    if word.startswith(("سي", "ست", "سن")) and len(word) > 4 and not word.endswith(("ة", "ات")):
        return True
    if word.endswith("ت") and len(word) > 3 and not word.endswith("ات") and word not in lexicon.ARABIC_NOT_PAST:
        return True
    return word[0] == "ي" and len(word) > 3 and word not in lexicon.ARABIC_NOT_PRESENT and not word.endswith(("ة", "ا"))


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

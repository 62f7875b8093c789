"""The propositions of a stretch of words: cut at the ends of sentences, at "and that", and where a new clause joins on."""

from collections.abc import Iterator

from sources.text.english_speech import grammar
from sources.text.english_speech.line import ENDS, Line
from sources.text.sentences import abbreviated

_JOINERS = frozenset(["and", "but", "while", "whereas", "although", "though", "yet"])
_WAITING = frozenset(["that", "as", "because", "if", "when", "while", "although", "since", "where", "after", "before"])
_NEGATIONS = frozenset(["no", "not", "never", "none"])
_BARE = frozenset(["be", "been", "being"])
_BLOCKERS = grammar.RELATIVES - {"what", "when", "where", "how", "why"}


def split(line: Line, begin: int, end: int, *, whole: bool = False, infinitives: bool = False) -> Iterator[tuple[int, int]]:
    """Word spans of the propositions of words[begin:end]; `whole` keeps each sentence in one piece, `infinitives` cuts
    before "and to". Questions are left out.
    """
    for first, last, question in _sentences(line, begin, end):
        if question:
            continue
        if whole:
            yield first, last
        else:
            yield from _clauses(line, first, last, infinitives)


def _sentences(line: Line, begin: int, end: int) -> Iterator[tuple[int, int, bool]]:
    start = begin
    for i in range(begin, end):
        text = line.words[i].text
        if text in ENDS and i > start:
            follows = i + 1
            while follows < end and line.words[follows].text in {'"', *ENDS}:
                follows += 1
            apart = follows >= end or line.words[follows].start > line.words[follows - 1].end
            if follows < end and (not apart or line.words[follows].text[:1].islower()):
                continue
            if (
                text == "."
                and follows < end
                and line.words[i].start == line.words[i - 1].end
                and abbreviated(line.words[i - 1].text, line.lower[follows])
            ):
                continue
            yield start, i, text == "?"
            start = follows
    if start < end:
        after = line.words[end].text if end < len(line.words) else ""
        yield start, end, after == "?"


def _clauses(line: Line, begin: int, end: int, infinitives: bool) -> Iterator[tuple[int, int]]:
    start = i = begin
    while i < end:
        skip = _cut(line, start, i, end, infinitives) if i > start + 1 and end - i > 2 and not line.quoted[i] else 0
        if skip:
            yield start, i
            start = i = i + skip
        else:
            i += 1
    if start < end:
        yield start, end


def _cut(line: Line, start: int, i: int, end: int, infinitives: bool) -> int:
    """How many words to leave out where a new proposition begins at word `i`; 0 where none does."""
    word, after = line.lower[i], line.word(i + 1)
    if word in {"and", "but"} and after == "that":
        return 2
    if infinitives and word == "and" and after == "to":
        return 1
    if word == ";":
        return 1 + (after in grammar.DISCOURSE)
    if not line.finite_in(start, i):
        return 0
    after_comma = line.comma(i - 1)
    if word in {"and", "but"} and (_turns(line, start, i + 1, end) or _denies_one(line, start, i + 1, end)):
        return 1
    if word == ":" and line.words[i].end < line.words[i + 1].start:
        return int(independent(line, i + 1, end))
    if word in _JOINERS:
        if not after_comma and _hangs(line, start, i):
            return 0
        return int(independent(line, i + 1, end, near=not after_comma) and not (not after_comma and _gapped(line, start, i, end)))
    return _adjoined(line, i, end) if after_comma else 0


def _adjoined(line: Line, i: int, end: int) -> int:
    """How many words to leave out where a subordinate clause behind a comma is a proposition of its own; 0 where it is none."""
    word = line.lower[i]
    if word == "even" and line.word(i + 1) == "as":
        return 2 * independent(line, i + 2, end)
    if word == "where":
        return int(independent(line, i + 1, end))
    if word in {"after", "before"} and not line.comma_in(i + 1, end):
        return int(independent(line, i + 1, end) and happened_in(line, i + 1, end))
    if word in {"which", "who"}:
        return int(happened(line, i + 1) and not _closes(line, i + 1, end))
    return 0


_TENSES = {
    **dict.fromkeys(grammar.MODALS, "modal"),
    **dict.fromkeys(grammar.HAVE, "perfect"),
    **dict.fromkeys(grammar.BE, "be"),
    **dict.fromkeys(grammar.DO, "do"),
}


def _turns(line: Line, start: int, i: int, end: int) -> bool:
    """ "passed within 830,000 km and will not be back": the same subject, but a tense of its own, so a matter of its own."""
    while i < end and line.lower[i] in grammar.ADVERBS - {"not", "never"}:
        i += 1
    tense = _TENSES.get(line.word(i), "")
    if not tense or end - i < 2 or not line.finite[i]:
        return False
    verb = next((k for k in range(start, i) if line.finite[k]), None)
    return verb is not None and _TENSES.get(line.lower[verb], "") != tense


def _denies_one(line: Line, start: int, i: int, end: int) -> bool:
    """ "uses no coal and recycles its water": of one subject, the one is not so and the other is, so two matters."""
    if i + 1 >= end or not line.finite[i] or line.lower[i] in grammar.AUXILIARIES | _BARE:
        return False
    verb = next((k for k in range(start, i) if line.finite[k]), None)
    if verb is None or line.lower[verb] in grammar.DO | grammar.MODALS:
        return False  # "did not sign and leave"
    near = line.lower[verb : i - 1]
    return (
        not _NEGATIONS.isdisjoint(near) and "only" not in near and _BLOCKERS.isdisjoint(near) and _NEGATIONS.isdisjoint(line.lower[i:end])
    )


def _hangs(line: Line, start: int, i: int) -> bool:
    """Does a relative pronoun or a conjunction wait for its verb before word `i`: "of which chemicals and machinery made up"?"""
    verb = next((k for k in range(i - 1, max(start, i - 24) - 1, -1) if line.finite[k]), start)
    return any(line.lower[k] in _BLOCKERS | _WAITING for k in range(verb + 1, i))


def happened(line: Line, i: int) -> bool:
    """Does the verb of a relative clause tell of something past: "which was awarded", "who arrived"?"""
    while i < line.n and line.lower[i] in grammar.ADVERBS:
        i += 1
    if i + 2 >= line.n or not line.finite[i]:
        return False
    word = line.lower[i]
    if word in {"has", "have"}:
        return line.lower[i + 1].endswith(("ed", "en")) or line.finite[i + 1] or line.lower[i + 1] in {"been", "sent", "made"}
    return word in {"was", "were", "had"} or (word not in grammar.AUXILIARIES and not word.endswith("s"))


def happened_in(line: Line, i: int, end: int) -> bool:
    """Is the first verb of a clause in the past?"""
    verb = next((k for k in range(i, end) if line.finite[k]), None)
    return verb is not None and happened(line, verb)


def _closes(line: Line, i: int, end: int) -> bool:
    """Does the relative clause stand in the middle, the verb of its noun behind its second comma?"""
    comma = next((k for k in range(i, min(end, i + 30)) if line.words[k].text == ","), None)
    return comma is not None and comma + 1 < end and (line.finite[comma + 1] or line.finite_in(comma + 1, min(end, comma + 3)))


def _gapped(line: Line, start: int, i: int, end: int) -> bool:
    """ "four people were killed and 11 others injured": the second clause lives on the verb of the first."""
    verb = next((k for k in range(i + 1, end) if line.finite[k]), end)
    if verb >= end or not line.lower[verb].endswith("ed"):
        return False
    return any(line.lower[k] in grammar.BE for k in range(max(start, i - 16), i))


def independent(line: Line, i: int, end: int, *, near: bool = False) -> bool:
    """Does a clause with a subject of its own begin at word `i`? `near`: nothing but "and" tells, so its verb must be close."""
    if i < end and line.words[i].text == '"':
        i += 1
    if i >= end or line.finite[i] or line.lower[i] in grammar.PREPOSITIONS - {"in", "on", "at", "about", "around", "as", "over", "up"}:
        return False
    commas = resume = 0
    for k in range(i, min(end, i + (9 if near else 30))):
        if line.finite[k]:
            return k > i and line.lower[k - 1] not in {"and", "but", "or"}
        if k < resume:
            continue
        if line.lower[k] in _BLOCKERS and k > i:
            close = next((m for m in range(k, min(end, k + 24)) if line.words[m].text == ","), None)
            if near or not line.comma(k - 1) or close is None:
                return False
            resume = close + 1  # its director, who resigned in March, is to …
            continue
        if near and k > i and (line.lower[k] in _WAITING or line.lower[k] == "to"):
            return False  # "and 3 ships to an exercise held in": no subject goes on with "to"
        if line.words[k].text == ",":
            commas += 1
            if near or commas > 4:
                return False
        elif line.words[k].text in {";", ":"}:
            return False
    return False

"""What the article says in its own voice: which clauses assert something, and where each begins."""

from collections.abc import Iterator

from sources.text.english_speech import clauses, grammar
from sources.text.english_speech.finite import PRESENT as BASES
from sources.text.english_speech.line import Line
from sources.text.english_speech.verbs import SILENCES

_CONCEDING = frozenset(["while", "although", "though", "whereas"])
_DROPPED = grammar.DISCOURSE | _CONCEDING
_HYPOTHETICAL = frozenset(
    ["if", "whether", "how", "what", "why", "who", "should", "suppose", "imagine", "let", "unless", "perhaps", "maybe"]
)
_WITHHELD = frozenset(["concede", "explain", "identify", "reveal", "name", "state", "announce"])
_REMAINING = frozenset(["remain", "remains", "remained"])
_REFUSING = frozenset(["declined", "refused", "declines", "refuses"])
_NOT = frozenset(["not", "could", "never"])
_MUTE = frozenset(
    "respond responded reply replied comment commented elaborate disclose disclosed specify reached provide".split()  # noqa: SIM905
)
_IMPERATIVES = frozenset(
    "click subscribe follow read sign join share watch listen get find download call contact see visit learn discover send tell".split()  # noqa: SIM905
)
_AFTER_IMPERATIVE = grammar.DETERMINERS | {
    "up",
    "out",
    "here",
    "more",
    "to",
    "for",
    "on",
    "us",
    "in",
    "now",
    "also",
    "me",
    "them",
    "him",
    "it",
} - {"at", "about", "around", "nearly", "almost"}
_FEARS = frozenset(["fears", "concerns", "worries", "speculation", "rumours", "rumors", "suspicions", "doubts"])
_REMINDING = frozenset(["recalled", "remembered", "noting", "noted"])
_POINTING = grammar.PERSONAL | {"there", "this", "that"}
_UNKNOWN = tuple(
    phrase.split()
    for phrase in (
        "it is not clear",
        "it is not known",
        "it is not yet",
        "it was not known",
        "it was not clear",
        "it is unclear",
        "it was unclear",
        "it remains unclear",
        "it remains to be seen",
        "it was not immediately clear",
    )
)


_PHRASES: dict[str, list[list[str]]] = {}  # what only joins sentences, by its first word
for _phrase in grammar.DISCOURSE_PHRASES:
    _PHRASES.setdefault(_phrase.split()[0], []).append(_phrase.split())


def claims(line: Line, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Word spans of what is asserted in words[begin:end]."""
    for first, last in clauses.split(line, begin, end):
        first = opening(line, first, last)
        while last > first and (line.comma(last - 1) or line.words[last - 1].text in '":'):
            last -= 1
        if last - first < 3 or (last - first == 3 and line.lower[first] in _POINTING):
            continue
        if line.finite_in(first, last) and not _mum(line, first, last) and not silent(line, first, last) and not _open(line, first, last):
            yield first, last


def opening(line: Line, first: int, last: int) -> int:
    """Past the words that only say how the sentence hangs together: "However,", "In contrast,"."""
    while first < last:
        if (
            line.comma(first)
            or (line.lower[first] in _DROPPED and not (line.lower[first] == "so" and line.word(first + 1) == "far"))
            or (line.words[first].text == '"' and line.closes.get(first, line.n) >= line.n)
        ):
            first += 1
            continue
        if (past := _reminder(line, first, last)) > first:
            return past
        phrase = next((p for p in _PHRASES.get(line.lower[first], ()) if line.lower[first : first + len(p)] == p), None)
        if phrase is None or not line.comma(first + len(phrase)):
            break
        first += len(phrase)
    return first


def _reminder(line: Line, first: int, last: int) -> int:
    """Past "It may be recalled that": only a way to begin."""
    if line.lower[first] != "it" or _REMINDING.isdisjoint(line.lower[first : first + 6]):
        return first
    return next((k + 1 for k in range(first, min(last, first + 7)) if line.lower[k] == "that"), first)


def silent(line: Line, first: int, last: int) -> bool:
    """Does it only tell that somebody did not speak: "declined to comment", "did not immediately respond"?"""
    for i in range(first, last):
        word = line.lower[i]
        if word == "return" and line.word(i + 1) in {"calls", "messages", "emails", "phone"}:
            return True
        if word in {"denies", "denied"} and line.word(i + 1) in {"this", "it", "that"} and i + 2 >= last:
            return True
        if word == "unavailable" or (word in _REFUSING and line.word(i + 1) in {"to", "further"} and line.word(i + 2) in SILENCES):
            return True
        if word in {"verified", "confirmed"} and "be" in line.lower[max(first, i - 3) : i] and "could" in line.lower[first:i]:
            return True
        if word in {"responded", "commented"} and line.lower[first] in {"neither", "nobody", "none", "no"}:
            return True
        if (word in _NOT or word.endswith("n't")) and _unsaid(line, i):
            return True
        if (word in _NOT or word.endswith("n't")) and not _MUTE.isdisjoint(line.lower[i + 1 : i + 5]):
            return True
    return False


def _mum(line: Line, first: int, last: int) -> bool:
    """Nothing happened but silence or not knowing: "did not concede", "had no comment", "the motive is unclear"."""
    verb = next((k for k in range(first, last) if line.finite[k]), last)
    after = line.lower[verb + 1 : min(last, verb + 6)]
    if (line.word(verb) in grammar.DO and after[:1] == ["not"]) or line.word(verb) in grammar.NEGATIVE_AUXILIARIES & grammar.DO:
        bare = next((w for w in after if w != "not" and w not in grammar.ADVERBS and not w.endswith("ly")), "")
        return bare in _WITHHELD and "that" not in after
    if line.word(verb) in _REFUSING:
        return after[:3] == ["to", "be", "drawn"]
    if line.lower[first] == "neither" and verb + 1 < last and line.lower[verb + 1] == "confirmed":
        return True
    if line.word(verb) in grammar.HAVE:
        if after[:2] == ["yet", "to"]:
            return bool(SILENCES.intersection(after[2:3]))
        return after[:1] == ["no"] and not {"comment", "immediate"}.isdisjoint(after[1:2])
    if line.word(verb) in grammar.BE | _REMAINING:
        told = [w for w in after if w == "not" or (w not in grammar.ADVERBS | {"yet"} and not w.endswith("ly"))]
        return told[:1] in (["unclear"], ["unknown"]) or (told[:1] == ["not"] and told[1:2] in (["clear"], ["known"]))
    return False


def calls(line: Line, first: int, last: int) -> bool:
    """A call on the reader or the public: "Please come forward", "Sign up here"."""
    if line.lower[first] == "please":
        return True
    imperative = line.lower[first] in _IMPERATIVES or (line.lower[first] in BASES and line.word(first + 1) not in grammar.PREPOSITIONS)
    return imperative and line.word(first + 1) in _AFTER_IMPERATIVE and not line.finite[first] and not line.finite[first + 1]


def _background(line: Line, first: int, last: int) -> bool:
    """What an encyclopaedia says: "X is a city in the north", "X sits on a fault"; a figure or a date makes it news."""
    verb = next((k for k in range(first, last) if line.finite[k]), None)
    if verb is None or any(line.lower[k][0].isdigit() or line.lower[k] in grammar.DAYS for k in range(first, last)):
        return False
    if line.lower[verb] in {"sits", "lies", "stretches", "straddles", "borders"}:
        return True
    return (
        line.lower[verb] in {"is", "are"}
        and line.word(verb + 1) in {"a", "an", "home", "located", "situated"}
        and line.lower[first] not in grammar.PERSONAL | {"this", "that"}
    )


def _unsaid(line: Line, i: int) -> bool:
    """ "has not said whether", "would not say if", "did not confirm": nothing was said."""
    near = line.lower[i + 1 : i + 6]
    if "confirm" in near[:2]:
        return True
    said = next((k for k in range(i + 1, min(line.n, i + 4)) if line.lower[k] in {"say", "said"}), None)
    return said is not None and line.word(said + 1) in {"whether", "if", "how", "when", "what", "why", "who", "where"}


def _open(line: Line, first: int, last: int) -> bool:
    """A condition, a doubt, a call on the reader: nothing is asserted."""
    if line.lower[first] in _HYPOTHETICAL or (
        line.lower[first] in {"asked", "pressed", "questioned"} and line.word(first + 1) not in grammar.AUXILIARIES
    ):
        return True
    if line.lower[first] == "there" and not _FEARS.isdisjoint(line.lower[first : min(last, first + 6)]):
        return True
    if _background(line, first, last) or any(line.lower[first : first + len(p)] == p for p in _UNKNOWN):
        return True
    return calls(line, first, last)

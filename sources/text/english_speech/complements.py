"""What follows a verb of reporting: who is told, when and where it was said, and then the first word of what is said."""

from dataclasses import dataclass

from sources.text.english_speech import grammar, phrases, roles
from sources.text.english_speech.line import Line
from sources.text.english_speech.verbs import VERBS, Verb

_FARTHEST = 26  # words between a verb and its "that"
_PLACES = frozenset(
    [
        "in",
        "at",
        "during",
        "on",
        "via",
        "by",
        "after",
        "before",
        "to",
        "from",
        "through",
        "following",
        "ahead",
        "as",
        "with",
        "over",
        "late",
        "early",
        "earlier",
        "later",
        "last",
        "this",
        "under",
        "behind",
    ]
)
_RUMOURS = ("report", "claim", "allegation", "suggestion", "rumour", "rumor", "accusation")
_WHOSE_HEARSAY = frozenset(["in", "by", "from", "on"])
_HEARSAY = frozenset([*(f"{word}s" for word in _RUMOURS), "speculation"])
_SINGLE_HEARSAY = _HEARSAY | {*_RUMOURS, "idea", "notion", "theory"}
# These report only with "that" or a quote: "wrote the paper", "found the body".
_ANNOUNCED_ONLY = frozenset(
    (  # noqa: SIM905
        "write read post hear discover determine observe mention reply respond comment continue repeat highlight underline wonder go"
    ).split()
)
_NO_CLAIM = frozenset(["whether", "if", "how", "why", "what", "where", "when", "who"])


@dataclass(frozen=True, slots=True)
class Complement:
    """Where what is said begins, whether "that", a colon or a quote announced it, and who was told."""

    begin: int
    explicit: bool
    quote: int | None = None  # the word index of the mark that opens a quote
    told: tuple[int, int] | None = None
    cited: tuple[int, int] | None = None  # whose the words are: "reported, citing two diplomats, that"


def after(line: Line, verb_at: int, verb: Verb, limit: int, particle: int = 0) -> Complement | None:
    """The complement of the verb at `verb_at`; None where it says nothing."""
    i = verb_at + 1 + particle
    told: tuple[int, int] | None = None
    cited: tuple[int, int] | None = None
    farthest = min(limit, i + _FARTHEST)
    while i < farthest:
        word = line.lower[i]
        if word == "that" and (explicit := _that(line, i)):
            return Complement(explicit, True, None, told, cited)
        if word == '"':
            return Complement(i + 1, True, i, told)
        if word == ":":
            quote = i + 1 if line.word(i + 1) == '"' else None
            return Complement(i + 2 if quote is not None else i + 1, True, quote, told) if i + 2 < limit else None
        if word == ",":
            past = _parenthesis(line, i, farthest)
            if past is None:
                return None
            if line.word(i + 1) in {"citing", "quoting"}:
                cited = (i + 2, past - 1)
            i = past
            continue
        past = _adverbial(line, i, limit)
        if past is None and "o" in verb.takes and told is None and (past := _addressee(line, i, limit)) is not None:
            told = (i, past)
        if past is None:
            break
        i = past
    if i >= limit or (line.mark(i) and line.words[i].text not in "$€£("):
        return None
    return _bare(line, i, verb, limit, told)


def _that(line: Line, i: int) -> int | None:
    """ "that" the complementiser: a clause follows, not "that day"."""
    if i + 2 >= line.n:
        return None
    return i if line.lower[i + 1] in grammar.AUXILIARIES else i + 1  # "say that is ruinous"


def _parenthesis(line: Line, i: int, limit: int) -> int | None:
    """Past ", however," or before a quote; None where the comma ends the matter."""
    if line.word(i + 1) == '"':
        return i + 1
    if line.word(i + 1) in {"that", "and"}:
        return i + 1 if line.word(i + 1) == "that" else None
    close = next((k for k in range(i + 1, limit) if line.words[k].text == ","), None)
    if close is not None and (line.word(close + 1) in {"that", '"'}) and not line.finite_in(i + 1, close):
        return close + 1
    return None


def _adverbial(line: Line, i: int, limit: int) -> int | None:
    """Past one adverbial of time, place or occasion; None where none stands."""
    word = line.lower[i]
    if (past := line.dated(i)) is not None:
        return past
    if word in grammar.ADVERBS - {"both", "all", "each", "about", "most"} or (
        word.endswith("ly") and word not in {"family", "only", "early", "italy", "july"}
    ):
        if word in {"not", "never"}:
            return None
        follows = line.word(i + 1)
        led = follows in {"that", '"', ":", ","} or follows in _PLACES or line.dated(i + 1) is not None
        return (
            i + 1
            if led or (word.endswith("ly") and word not in {"nearly", "roughly", "only"}) or word in {"later", "earlier", "also", "again"}
            else None
        )
    if word not in _PLACES or i + 1 >= limit or (word == "to" and not _someone(line, i + 1)):
        return None
    if word in {"earlier", "later"}:
        return i + 1
    if word in {"after", "before", "as", "following"} and not _occasion(line, i + 1, min(limit, i + 8)):
        return _clause_adverbial(line, i, limit)
    at = i + 1
    if line.word(at) in {"of", "to", "from"}:
        at += 1
    stop = phrases.end(line, at, limit)
    if (stop < limit and line.finite[stop]) or stop == limit:  # the phrase ran into the clause: it ends at its own noun
        stop = _own_end(line, at, stop)
    return stop if stop > at else None


def _someone(line: Line, i: int) -> bool:
    """After "to": somebody who is told, not a verb."""
    return line.capital(i) or line.lower[i] in grammar.DETERMINERS | grammar.ADDRESSEES or line.lower[i] in {"state", "local"}


def _occasion(line: Line, begin: int, end: int) -> bool:
    return any(line.lower[k] in grammar.OCCASIONS for k in range(begin, end))


def _own_end(line: Line, begin: int, stop: int) -> int:
    """The last word of a phrase of occasion or place that a clause without "that" follows."""
    for k in range(begin, stop):
        if line.lower[k] in grammar.OCCASIONS and not (k + 1 < stop and line.lower[k + 1] in grammar.OCCASIONS | grammar.OF):
            return k + 1
    k = begin
    if k < stop and line.lower[k] in grammar.ARTICLES:
        k += 1
    if k < stop and line.capital(k):
        while k < stop and (line.capital(k) or line.words[k].text in ".&"):
            k += 1
        return k
    return begin


def _clause_adverbial(line: Line, i: int, limit: int) -> int | None:
    """Past "after talks in Geneva" up to "that" or a quote; None where no such thing follows."""
    for k in range(i + 1, min(limit, i + 16)):
        if line.lower[k] == "that" or line.words[k].text == '"':
            return k
        if line.finite[k] or line.mark(k):
            return None
    return None


def _addressee(line: Line, i: int, limit: int) -> int | None:
    """Past whoever is told."""
    word = line.lower[i]
    for k in range(i + 1, min(limit, i + 12)):  # told ambassadors behind closed doors that
        if line.lower[k] == "that":
            return k
        if line.lower[k] in grammar.AUXILIARIES or line.mark(k) or _denies(line, k):
            break
    stop = phrases.end(line, i, limit)
    if word in {"him", "her", "them", "me", "us", "you", "reporters", "journalists"}:
        return i + 1 if word != "her" or stop == i + 1 or line.lower[i + 1] in grammar.DETERMINERS else stop
    if not (line.capital(i) or word in grammar.DETERMINERS or word in grammar.ADDRESSEES):
        if stop < limit and line.words[stop].text == '"' and (carrier := _carrier_end(line, i, stop)) < stop:
            return carrier  # told local radio managers "knew"
        return stop if stop < limit and (line.lower[stop] == "that" or line.words[stop].text in '":,') and stop > i else None
    if stop < limit and line.finite[stop]:
        for k in range(stop - 1, i - 1, -1):
            if (
                line.lower[k]
                in grammar.ADDRESSEES | grammar.OCCASIONS | roles.AGENCIES | roles.NEWSPAPERS | roles.BROADCASTERS | roles.BODIES
            ):
                return k + 1
        k = i
        while k < stop and (line.capital(k) or (k == i and word in grammar.ARTICLES)):
            k += 1
        return k if k > i + (word in grammar.ARTICLES) else None
    return stop if stop > i else None


def _denies(line: Line, k: int) -> bool:
    """ "told reporters he denied that": what follows is not what he told."""
    verb = VERBS.get(line.lower[k])
    return verb is not None and verb.sense in {"denial", "doubt"} and verb.form in {"past", "third"}


def _carrier_end(line: Line, begin: int, end: int) -> int:
    """Past the word for an outlet, where one stands before the end."""
    return next((k + 1 for k in range(begin, end) if line.lower[k] in roles.BODIES or line.lower[k] in grammar.ADDRESSEES), end)


_OPEN_CLAUSES = frozenset("at about around over up between more during under due in".split())  # noqa: SIM905
_OPEN_NOUNS = grammar.PREPOSITIONS - {"at", "about", "around", "over", "up", "between"}


def _bare(line: Line, i: int, verb: Verb, limit: int, told: tuple[int, int] | None) -> Complement | None:
    """A clause, an infinitive, a gerund or a noun phrase that nothing announces, where the verb takes one."""
    word = line.lower[i]
    if word in _NO_CLAIM or verb.lemma in _ANNOUNCED_ONLY or (word in grammar.PREPOSITIONS and word not in _OPEN_CLAUSES | {"to"}):
        return None
    if word == "to":
        return Complement(i, False, None, told) if "i" in verb.takes and i + 1 < limit else None
    if word.endswith("ing") and "g" in verb.takes:
        return Complement(i, False, None, told)
    if verb.sense == "denial":
        if word in {"this", "it", "that", "any", "all"} and (i + 1 >= limit or line.mark(i + 1)):
            return None
        i = _past_hearsay(line, i, limit)
    if verb.lemma == "add" and (word[0].isdigit() or line.mark(i) or not line.finite_in(i + 1, i + 8)):
        return None  # "added 3 gigawatts"
    clause = clause_at(line, i, limit)
    if ("z" in verb.takes and clause) or ("n" in verb.takes and word not in _OPEN_NOUNS and not line.adverb(i)):
        return Complement(i, False, None, told)
    if "t" in verb.takes and clause and verb.frame != "position" and _opens(line, i, verb):
        return Complement(i, False, None, told)
    return None


def hearsay(line: Line, begin: int, limit: int) -> Complement | None:
    """What "dismissed a rumour, spread online, that" denies: the clause behind the "that"."""
    noun = next((k for k in range(begin, min(limit, begin + 5)) if line.lower[k] in _SINGLE_HEARSAY), None)
    if noun is None or line.finite_in(begin, noun):
        return None
    that = noun + 1
    if line.word(that) == ",":
        that = 1 + next((k for k in range(that + 1, min(limit, that + 8)) if line.words[k].text == ","), limit)
    elif line.word(that) in _WHOSE_HEARSAY and not line.lower[noun].startswith(
        "suggest"
    ):  # "a report in the Harbour Post that the base had closed"
        that = next((k for k in range(that + 1, min(limit, that + 8)) if line.lower[k] == "that" or line.mark(k)), limit)
        if that + 1 >= limit or line.finite[that + 1]:
            return None
    return Complement(that + 1, True) if line.word(that) == "that" and that + 2 < limit else None


def _past_hearsay(line: Line, i: int, limit: int) -> int:
    """Past "reports of", "opposition claims that": what is denied stands behind them."""
    hearsay = next((k for k in range(i, min(limit, i + 4)) if line.lower[k] in _HEARSAY), None)
    if hearsay is not None and line.word(hearsay + 1) in {"of", "that"} and hearsay + 2 < limit:
        return hearsay + 2
    return i


def _opens(line: Line, i: int, verb: Verb) -> bool:
    """Does word `i` look like the head of a clause?"""
    word = line.lower[i]
    head = word in grammar.DETERMINERS or word in grammar.PERSONAL or line.capital(i) or word[0].isdigit()
    return head or (word.endswith("s") and len(word) > 3) or verb.form != "base"


def clause_at(line: Line, i: int, limit: int) -> bool:
    """Does a clause with its own subject and verb begin here, not a noun with a relative clause?"""
    if line.lower[i] in grammar.PERSONAL and i + 1 < limit:
        return True
    for k in range(i, min(limit, i + 28)):
        if k > i and line.finite[k]:
            return True
        if line.lower[k] in {"who", "which", "that"} and k > i:
            # A relative clause: the clause's own verb stands after the first verb of it.
            first = next((m for m in range(k + 1, min(limit, k + 12)) if line.finite[m]), None)
            return first is not None and line.finite_in(first + 1, min(limit, first + 14))
        if line.words[k].text == "," and k > i:
            close = next((m for m in range(k + 1, min(limit, k + 16)) if line.words[m].text == ","), None)
            return close is not None and close + 1 < limit and (line.finite[close + 1] or line.word(close + 1) in grammar.ADVERBS)
        if line.words[k].text == '"' and k > i and line.closes.get(k, 0) >= limit - 1:
            return line.finite_in(k, limit) and line.words[k + 1].text[:1].islower()
    return False

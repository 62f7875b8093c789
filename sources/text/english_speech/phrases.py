"""Noun phrases without a parser: where the one before a verb begins, where the one after it ends, and what stands beside it."""

from sources.text.english_speech import grammar
from sources.text.english_speech.line import Line
from sources.text.english_speech.roles import GROUPS, ROLES

LONGEST = 24
_STOPS = grammar.TIME_PREPOSITIONS | grammar.SUBORDINATORS | grammar.MODALS | grammar.HAVE | grammar.BE | grammar.DO
_NO_HEAD = (grammar.PREPOSITIONS - grammar.OF) | grammar.RELATIVES | grammar.SUBORDINATORS | grammar.DISCOURSE


def end(line: Line, begin: int, limit: int) -> int:  # noqa: C901 (one grammar, read top to bottom)
    """Where the noun phrase that opens at `begin` ends: a comma, a quote, a verb, a date, or a preposition that no head takes."""
    i = begin
    while i < min(limit, begin + LONGEST):
        word = line.lower[i]
        if line.mark(i):
            if line.words[i].text in "&$€£" or (
                line.words[i].text == "." and i + 1 < limit and line.words[i].end == line.words[i].start + 1 and _initial(line, i)
            ):
                i += 1
                continue
            if line.words[i].text == "(" and (close := _bracket(line, i, limit)):
                i = close
                continue
            break
        if i > begin:
            if line.dated(i) is not None or word in grammar.PERSONAL or word in grammar.RELATIVES:
                break
            if word in grammar.OF:
                if word in {"to", "on"} and not _complement(line, begin, i):
                    break
            elif word in grammar.PREPOSITIONS | _STOPS:
                if not (word == "in" and line.capital(i + 1) if i + 1 < limit else False):
                    break
            elif word in grammar.COORDINATORS:
                if word != "and" or i + 1 >= limit or line.finite_in(i + 1, min(limit, i + 6)):
                    break
            elif (word in grammar.ARTICLES and line.word(i - 1) not in grammar.OF | {"and", "in"}) or (
                line.finite[i] and not line.capital(i)
            ):
                break
        i += 1
    return i


def _initial(line: Line, i: int) -> bool:
    """The stop of an abbreviation inside a name: U.S. Treasury, J. Smith."""
    return line.words[i - 1].end == line.words[i].start and line.capital(i - 1) and len(line.words[i - 1].text) <= 4


def _bracket(line: Line, i: int, limit: int) -> int | None:
    """Past a short bracket: (IMF)."""
    return next((k + 1 for k in range(i + 1, min(i + 6, limit)) if line.words[k].text == ")"), None)


def _complement(line: Line, begin: int, i: int) -> bool:
    """ "envoy to Moscow", "adviser on trade": a role takes it."""
    return line.word(i - 1) in {
        "envoy",
        "ambassador",
        "adviser",
        "advisor",
        "spokesman",
        "commissioner",
        "expert",
        "rapporteur",
        "delegate",
        "secretary",
    }


def start(line: Line, end: int, least: int) -> int:  # noqa: C901 (one grammar, read top to bottom)
    """Where the noun phrase that ends before word `end` begins; `end` where there is none.

    Walks left over the noun and its adjectives to a determiner or the edge of the clause, and on through "of", "for", "at".
    """
    i = end
    lowest = max(least, end - LONGEST)
    while i > lowest:
        word = line.lower[i - 1]
        if line.mark(i - 1):
            text = line.words[i - 1].text
            if text == "&" or (text == "." and i - 1 > lowest and _initial(line, i - 1)):
                i -= 1
                continue
            if text == ")" and (opened := next((k for k in range(i - 2, max(i - 7, lowest - 1), -1) if line.words[k].text == "("), None)):
                i = opened
                continue
            break
        if word in grammar.PERSONAL:
            return i - 1 if i == end else i
        if word in grammar.COORDINATORS:
            if word == "and" and i < end and i - 1 > lowest and not line.finite_in(lowest, i - 1):
                i -= 1
                continue
            break
        if word in grammar.OF and i < end:
            if word in {"of", "for", "at"} or _complement(line, 0, i - 1) or (word in {"with", "from"} and _headed(line, i - 1, lowest)):
                i -= 1
                continue
            break
        if word in _NO_HEAD or word == "that":
            if word == "in" and line.capital(i) and _headed(line, i - 1, lowest) and i < end:
                i -= 1
                continue
            break
        if line.finite[i - 1] and not line.capital(i - 1):
            break
        if word in grammar.MODALS | grammar.BE | grammar.DO | grammar.HAVE:
            break
        i -= 1
        if word in grammar.ARTICLES | grammar.POSSESSIVES and line.word(i - 1) not in grammar.OF:
            break
    while i < end and (line.lower[i] in grammar.DISCOURSE or line.lower[i] in grammar.ADVERBS):
        i += 1
    return i


def _headed(line: Line, i: int, lowest: int) -> bool:
    """Does a role or a group stand before the preposition at `i`: "officials in Kyiv", "a scientist with NASA"?"""
    return i > lowest and (line.word(i - 1) in GROUPS or line.word(i - 1) in ROLES)


def subject(line: Line, verb: int, least: int) -> tuple[int, int, int]:
    """The subject of the verb at `verb`: (begin, end, edge); `edge` is where the phrase with its appositions begins.

    "Smith, the head of X, said" gives Smith with the edge at Smith, "the head of X, Jane Smith, said" gives Jane Smith.
    """
    stop = verb
    while stop > least and line.lower[stop - 1] in grammar.ADVERBS | grammar.HAVE | grammar.MODALS | {"did", "been"}:
        stop -= 1
    if stop > least and line.comma(stop - 1):
        return _apposed(line, stop - 1, least)
    begin = start(line, stop, least)
    if begin == stop:
        return verb, verb, verb
    edge = begin
    if begin - 1 > least and line.words[begin - 1].text == "," and line.capital(begin) and _role_before(line, begin - 1, least):
        edge = start(line, begin - 1, least)  # the company's chairman, Jane Smith
    return begin, stop, edge


def _role_before(line: Line, comma: int, least: int) -> bool:
    begin = start(line, comma, least)
    if begin >= comma or line.word(begin - 1) in grammar.PREPOSITIONS:
        return False
    head = next((k for k in range(begin, comma) if line.lower[k] in grammar.OF), comma)
    return any(line.lower[k] in ROLES for k in range(begin, head)) and not line.finite_in(begin, comma)


def _apposed(line: Line, comma: int, least: int) -> tuple[int, int, int]:
    """Before ", said": an apposition or a relative clause between commas, and before that the name."""
    opened = comma - 1
    lowest = max(least, comma - LONGEST - 16)
    commas = 0
    while opened >= lowest and line.words[opened].text != '"':
        if line.words[opened].text == "," and opened + 1 < comma:
            commas += 1
            begin = start(line, opened, least)
            inner = line.word(opened + 1)
            apposition = inner in grammar.RELATIVES or _is_noun_phrase(line, opened + 1, comma)
            if (
                begin < opened
                and apposition
                and (line.capital(begin) or line.lower[begin] in grammar.DETERMINERS or _roleish(line, begin, opened))
            ) and not _adverbial(line, begin, least):
                return begin, opened, begin
            if commas >= 3:
                break
        opened -= 1
    return comma + 1, comma + 1, comma + 1


def _roleish(line: Line, begin: int, end: int) -> bool:
    return any(line.lower[k] in ROLES or line.lower[k] in GROUPS for k in range(begin, end))


def _is_noun_phrase(line: Line, begin: int, end: int) -> bool:
    word = line.word(begin)
    if word.isdigit() and end - begin == 1:
        return True  # Jane Smith, 42, said
    return (word in grammar.DETERMINERS or word not in _NO_HEAD | grammar.COORDINATORS) and not line.finite_in(begin, begin + 2)


def _adverbial(line: Line, begin: int, least: int) -> bool:
    """Does a preposition lead into the phrase: "In March, …"?"""
    return begin > least and line.word(begin - 1) in grammar.PREPOSITIONS

"""Noun phrases without a parser: where the one before a verb begins, where the one after it ends, and what stands beside it."""

from sources.text.english_speech import grammar
from sources.text.english_speech.line import Line
from sources.text.english_speech.roles import GROUPS, ROLES

LONGEST = 24
_STOPS = grammar.TIME_PREPOSITIONS | grammar.SUBORDINATORS | grammar.MODALS | grammar.HAVE | grammar.BE | grammar.DO
_VERBAL = grammar.MODALS | grammar.BE | grammar.DO | grammar.HAVE
_NO_HEAD = (grammar.PREPOSITIONS - grammar.OF) | grammar.RELATIVES | grammar.SUBORDINATORS | grammar.DISCOURSE


def end(line: Line, begin: int, limit: int) -> int:  # noqa: C901 (one grammar, read top to bottom)
    """Where the noun phrase that opens at `begin` ends: a comma, a quote, a verb, a date, or a preposition that no head takes."""
    i = begin
    while i < min(limit, begin + LONGEST):
        word = line.lower[i]
        if line.mark(i):
            if (
                line.words[i].text in "&$€£"
                or (line.words[i].text == "'" and i > begin and line.words[i - 1].end == line.words[i].start)
                or (line.words[i].text == "." and i + 1 < limit and line.words[i].end == line.words[i].start + 1 and _initial(line, i))
            ):
                i += 1
                continue
            if line.words[i].text == "(" and (close := _bracket(line, i, limit)):
                i = close
                continue
            break
        if i > begin:
            if (line.dated(i) is not None and not line.word(i - 1).endswith("'s")) or word in grammar.PERSONAL or word in grammar.RELATIVES:
                break
            if word in grammar.OF:
                if word in {"to", "on"} and not _complement(line, i) and line.word(i - 1) not in {"close", "privy"}:
                    break
            elif word in {"by", "from"} and _gathered(line, begin, i):
                pass
            elif word in grammar.PREPOSITIONS | _STOPS:
                if not (word == "in" and line.capital(i + 1) if i + 1 < limit else False):
                    break
            elif word in grammar.COORDINATORS:
                if word != "and" or i + 1 >= limit or line.finite_in(i + 1, min(limit, i + 6)):
                    break
            elif (word in grammar.ARTICLES and line.word(i - 1) not in grammar.PREPOSITIONS | {"and"}) or (
                line.finite[i] and not line.capital(i)
            ):
                break
        i += 1
    return i


def named(line: Line, begin: int, end: int, limit: int) -> tuple[int, int]:
    """The words that name whom the phrase means: after "one protester," it is "student Ana Ilic"."""
    if end + 2 >= limit or line.words[end].text != "," or any(line.capital(k) for k in range(begin + 1, end)):
        return begin, end
    stop = next((k for k in range(end + 1, min(limit, end + 12)) if line.words[k].text in {",", '"'}), min(limit, end + 12))
    first = stop
    while first > end + 1 and line.capital(first - 1):
        first -= 1
    inside = range(end + 1, first)
    if stop - first < 2 or any(line.finite[k] or line.lower[k] in grammar.PREPOSITIONS | grammar.RELATIVES for k in inside):
        return begin, end
    return end + 1, stop


def _gathered(line: Line, begin: int, i: int) -> bool:
    """ "a poll by Ipsos", "figures compiled by the union": whose they are belongs to the name of data."""
    return any(line.lower[k] in grammar.DOCUMENTS for k in range(begin, i))


def _initial(line: Line, i: int) -> bool:
    """The stop of an abbreviation inside a name: U.S. Treasury, J. Smith."""
    return line.words[i - 1].end == line.words[i].start and line.capital(i - 1) and len(line.words[i - 1].text) <= 4


def _bracket(line: Line, i: int, limit: int) -> int | None:
    """Past a short bracket: (IMF)."""
    return next((k + 1 for k in range(i + 1, min(i + 6, limit)) if line.words[k].text == ")"), None)


_AFTER_PARTICIPLE = frozenset(["by", "for", "at", "from", "in", "of"])
_PARTICIPLES = frozenset(
    ["seen", "shown", "done", "given", "made", "taken", "written", "held", "led", "run", "sent", "drawn", "known", "sold", "cited"]
)
_RELEASED = frozenset(["released", "published", "issued", "unveiled", "obtained", "seen"])
_TAKE_TO = frozenset(
    ["envoy", "ambassador", "adviser", "advisor", "spokesman", "commissioner", "expert", "rapporteur", "delegate", "aide", "counsel"]
)


def _complement(line: Line, i: int) -> bool:
    """ "envoy to Moscow", "adviser on trade": a role takes it."""
    return line.word(i - 1) in _TAKE_TO


def start(line: Line, end: int, least: int) -> int:
    """Where the noun phrase that ends before word `end` begins; `end` where there is none.

    Walks left over the noun and its adjectives to a determiner or the edge of the clause, and on through "of", "for", "at".
    """
    i = end
    lowest = max(least, end - LONGEST)
    while i > lowest:
        word = line.lower[i - 1]
        if line.mark(i - 1):
            past = _past_mark(line, i, lowest, end)
        elif word in grammar.PERSONAL:
            return i - 1 if i == end else i
        elif word in grammar.COORDINATORS:
            past = (
                i - 1
                if word == "and" and i < end and i - 1 > lowest and not line.finite_in(_since_comma(line, i - 1, lowest), i - 1)
                else i
            )
        elif word in grammar.PREPOSITIONS and i < end:
            past = _link(line, i, lowest)
        elif word.endswith("ed") and i < end and (i - 1 == lowest or line.mark(i - 2)):
            past = i - 1  # revised data
        elif word in _NO_HEAD or word == "that" or (line.finite[i - 1] and not line.capital(i - 1)) or word in _VERBAL:
            past = i
        elif word in grammar.ARTICLES | grammar.POSSESSIVES:
            i -= 1
            past = _before_article(line, i, lowest)
        else:
            past = i - 1
        if past == i:
            break
        i = past
    while i < end and (line.lower[i] in grammar.DISCOURSE or line.lower[i] in grammar.ADVERBS):
        i += 1
    return i


def _before_article(line: Line, i: int, lowest: int) -> int:
    """On past an article: through "of the", and through "Saudi Arabia and the"; `i` where the phrase begins with it."""
    if line.word(i - 1) in grammar.PREPOSITIONS:
        return _link(line, i, lowest)
    named = line.word(i - 1) == "and" and i - 2 >= lowest and line.capital(i - 2)
    return i - 1 if named and not line.finite_in(_since_comma(line, i - 1, lowest), i - 1) else i


def _since_comma(line: Line, i: int, lowest: int) -> int:
    """The word behind the last comma before `i`."""
    return next((k + 1 for k in range(i - 1, lowest - 1, -1) if line.comma(k)), lowest)


def _past_mark(line: Line, i: int, lowest: int, end: int) -> int:
    """Past a mark inside a name: "&", the stop of "U.S.", a bracket; `i` where the mark ends the phrase."""
    text = line.words[i - 1].text
    if text == "'" and line.words[i - 2].end == line.words[i - 1].start and i < end:
        return i - 1  # the doctors' union
    if text == "&" or (text == "." and i - 1 > lowest and _initial(line, i - 1)):
        return i - 1
    if text == ")":
        return next((k for k in range(i - 2, max(i - 7, lowest - 1), -1) if line.words[k].text == "("), i)
    return i


def _link(line: Line, i: int, lowest: int) -> int:
    """Past the preposition before word `i` where it hangs on to a head: "of", "officials in Kyiv", "analysts polled by"; else `i`."""
    k = i - 1
    word, head = line.word(k), line.word(k - 1)
    dated = line.dated_before(k)
    if lowest < dated < k:
        head = line.word(dated - 1)
    if k <= lowest:
        return i
    if head in {"close", "familiar", "privy"}:
        return k - 1 if k - 1 > lowest else i
    if (
        min(k, dated) - 1 > lowest
        and (head.endswith("ed") or head in _PARTICIPLES)
        and word in _AFTER_PARTICIPLE
        and line.word(min(k, dated) - 2) not in _VERBAL
    ):
        return min(k, dated) - 1
    if dated < k:
        return i
    if word in {"of", "for", "at"} or _complement(line, k):
        return k
    if word in {"with", "from", "in", "by", "on"} and (head in GROUPS or head in ROLES or head in grammar.DOCUMENTS):
        return k
    return i


def subject(line: Line, verb: int, least: int) -> tuple[int, int, int]:
    """The subject of the verb at `verb`: (begin, end, edge); `edge` is where the phrase with its appositions begins.

    "Smith, the head of X, said" gives Smith with the edge at Smith, "the head of X, Jane Smith, said" gives Jane Smith.
    """
    stop = verb
    while stop > least:
        before = line.dated_before(stop)
        if before > least and before < stop:
            stop = before
        elif line.adverb(stop - 1) or line.lower[stop - 1] in grammar.HAVE | grammar.MODALS | {"did", "been"}:
            stop -= 1
        elif (had := _split_perfect(line, stop, least)) < stop:
            stop = had
        elif stop < verb and line.lower[stop - 1] in _RELEASED and stop - 2 > least:
            stop -= 1  # figures released on Thursday showed
        else:
            break
    if (
        stop - 2 > least
        and line.comma(stop - 1)
        and line.comma(stop - 3)
        and line.lower[stop - 2] in grammar.DISCOURSE | {"too", "for", "who"}
    ):
        stop -= 3  # The office, meanwhile, said
    if stop > least and line.comma(stop - 1):
        return _apposed(line, stop - 1, least)
    begin = start(line, stop, least)
    if begin == stop:
        return _related(line, stop, least) or (verb, verb, verb)
    if begin - 1 > least and line.finite[begin - 1] and (related := _related(line, stop, least)):
        return related
    edge = begin
    if begin - 1 > least and line.words[begin - 1].text == "," and line.capital(begin) and _role_before(line, begin - 1, least):
        edge = start(line, begin - 1, least)  # the company's chairman, Jane Smith
    return begin, stop, edge


def _split_perfect(line: Line, stop: int, least: int) -> int:
    """ "had earlier in the day announced": back to the auxiliary; `stop` where none is split."""
    for k in range(stop - 1, max(least, stop - 6), -1):
        if line.lower[k] in grammar.HAVE:
            return k if line.lower[k + 1] in {"earlier", "later", "in", "at", "on", "last", "previously", "since", "this"} else stop
        if line.mark(k) or line.finite[k]:
            break
    return stop


def _related(line: Line, stop: int, least: int) -> tuple[int, int, int] | None:
    """Before a relative clause without commas: "Officials who did not wish to be named said"."""
    for k in range(stop - 2, max(least, stop - 14), -1):
        if line.mark(k):
            return None
        if line.lower[k] in {"who", "which", "that"}:
            begin = start(line, k, least)
            return (begin, k, begin) if begin < k and line.finite_in(k + 1, stop) else None
    return None


def long_subject(line: Line, verb: int, least: int) -> tuple[int, int, int] | None:
    """A subject with phrases of its own: "Figures obtained by the paper under a new law"; all of the clause before the verb."""
    begin = verb
    while begin > max(least, verb - LONGEST) and not line.mark(begin - 1) and line.lower[begin - 1] not in grammar.COORDINATORS:
        begin -= 1
        if line.lower[begin] in grammar.AUXILIARIES or line.lower[begin] in grammar.RELATIVES:
            return None
    while begin < verb and line.lower[begin] in grammar.DISCOURSE:
        begin += 1
    if begin >= verb or line.lower[begin] in grammar.PREPOSITIONS | grammar.SUBORDINATORS or line.lower[begin].endswith("ing"):
        return None
    stop = end(line, begin, verb)
    return (begin, stop, begin) if stop > begin and not line.finite_in(begin, verb) else None


def _role_before(line: Line, comma: int, least: int) -> bool:
    begin = start(line, comma, least)
    if begin >= comma or line.word(begin - 1) in grammar.PREPOSITIONS:
        return False
    head = next((k for k in range(begin, comma) if line.lower[k] in grammar.OF), comma)
    return any(line.lower[k] in ROLES for k in range(begin, head)) and not line.finite_in(begin, comma)


def _apposed(line: Line, comma: int, least: int) -> tuple[int, int, int]:
    """Before ", said": an apposition or a relative clause between commas, and before that the name."""
    commas = 0
    for opened in range(comma - 1, max(least, comma - LONGEST - 16) - 1, -1):
        if line.words[opened].text == '"' or commas > 3:
            break
        if line.words[opened].text != ",":
            continue
        commas += 1
        begin = start(line, opened, least)
        if begin >= opened or not _apposition(line, opened + 1, comma) or _adverbial(line, begin, least):
            continue
        if line.capital(begin) or line.lower[begin] in grammar.DETERMINERS or _roleish(line, begin, opened):
            if _name(line, opened + 1, comma) and not _name(line, begin, opened):
                return opened + 1, comma, begin  # her deputy, Rob Roe, said
            return begin, opened, begin
    return comma + 1, comma + 1, comma + 1


def _name(line: Line, begin: int, end: int) -> bool:
    """Nothing but capitals, with the small words of names?"""
    small = {"de", "van", "von", "der", "bin", "al", "el", "la", "di", "da", ".", "-"}
    return begin < end and line.capital(begin) and all(line.capital(k) or line.lower[k] in small for k in range(begin, end))


def _roleish(line: Line, begin: int, end: int) -> bool:
    return any(line.lower[k] in ROLES or line.lower[k] in GROUPS for k in range(begin, end))


def _apposition(line: Line, begin: int, end: int) -> bool:
    """A noun phrase, a relative clause, a participle, an age: what may stand between a name and its verb."""
    word = line.word(begin)
    if word in grammar.RELATIVES or word.endswith(("ed", "ing")) or word in {"born", "known", "now", "then", "himself", "herself"}:
        return True
    if word in _NO_HEAD | grammar.COORDINATORS:
        occasion = any(line.lower[k] in grammar.OCCASIONS for k in range(begin, min(end, begin + 6)))
        return (word in {"also", "as", "and", "or"} or occasion) and not line.finite_in(begin, end)
    noun = word in grammar.DETERMINERS  # "a policeman nicknamed Barbecue who leads them"
    verb = next((k for k in range(begin, end) if line.finite[k] and not (noun and line.lower[k].endswith("ed"))), None)
    return verb is None or any(line.lower[k] in grammar.RELATIVES | {"that"} for k in range(begin, verb))


def _adverbial(line: Line, begin: int, least: int) -> bool:
    """Does a preposition lead into the phrase: "In March, …"?"""
    return begin > least and line.word(begin - 1) in grammar.PREPOSITIONS

"""Where reported words begin and end in a sentence: before the subject of a cue, and up to the next cue of the same level."""

from sources.text.english_speech import clauses, cues, grammar, narration, phrases, verbs
from sources.text.english_speech.cues import Cue
from sources.text.english_speech.line import Line
from sources.text.english_speech.roles import ROLES

_JOINS = frozenset(["and", "but", "while", "whereas", "although", "though", "yet", "or"])
_SUBORDINATE = _JOINS | {"after", "before", "when", "as", "because", "since", "once", "until", "if", "where"}
_SPANS = frozenset(["minutes", "hours", "days", "weeks", "months", "years", "day", "week", "month", "year", "shortly", "soon", "just"])
_NO_VERB = frozenset(["including", "excluding", "following", "involving", "according", "during"])
_ASIDES = frozenset(["which", "something"])
_MEASURES = frozenset(["percent", "cent", "point", "points", "million", "billion", "degrees", "kilometres", "kilometers"])
_RANKS = frozenset(["first", "last", "most", "least", "second", "third", "worst", "best", "same", "record"])
_ASKED = frozenset(["asked", "pressed", "questioned", "speaking", "quizzed"])
_NESTED = 14  # words in which the verb of a speech inside a speech stands


def empty(line: Line, begin: int, end: int) -> bool:
    """Nothing but marks and joining words?"""
    return end - begin < 4 and all(line.mark(k) or line.lower[k] in grammar.DISCOURSE | {"as", "that"} for k in range(begin, end))


def quote_ends(line: Line, edge: int, at: int) -> bool:
    """Does a quote close right before word `edge`?"""
    k = edge - 1
    while k > at and edge - k < 4 and line.comma(k):
        k -= 1
    return k > at and line.words[k].text == '"'


def comma_or_quote(line: Line, begin: int) -> int:
    """The next comma or quote, or the end; a name does not run on for longer than forty words."""
    return next((k for k in range(begin, min(line.n, begin + 40)) if line.words[k].text in {",", '"'}), line.n)


def past_title(line: Line, comma: int) -> int:
    """The comma behind ", an analyst at Beacon,": the title of a source in between; `comma` where there is none."""
    close = comma_or_quote(line, comma + 1)
    titled = any(line.lower[k] in ROLES for k in range(comma + 1, close))
    if comma >= line.n or close + 1 >= line.n or not titled or line.finite_in(comma + 1, close) or not line.finite_in(close + 1, line.n):
        return comma
    return close


def clause(line: Line, begin: int, end: int) -> bool:
    """Is there a whole clause here, not only an adverbial before the subject?"""
    if not line.finite_in(begin + 1, end):
        return False
    begin = narration.opening(line, begin, end)
    if begin >= end or not line.finite_in(begin + 1, end) or line.lower[begin] in _ASKED:
        return False
    return line.lower[begin] not in _SUBORDINATE or line.comma_in(begin, end)


def topic(line: Line, at: int) -> tuple[int, int] | None:
    """The noun phrase that a sentence of the narrator's opens with, past an adverbial: whom it is about."""
    begin = narration.opening(line, at, line.n)
    if begin < line.n and (line.lower[begin] in grammar.PREPOSITIONS | grammar.SUBORDINATORS or line.lower[begin].endswith(("ing", "ed"))):
        comma = next((k for k in range(begin, min(line.n, begin + 30)) if line.words[k].text == ","), line.n)
        begin = comma + 1
    if begin + 1 >= line.n or line.mark(begin):
        return None
    end = phrases.end(line, begin, line.n)
    return (begin, end) if end > begin else None


def main_subject(line: Line, begin: int, end: int) -> tuple[int, int] | None:
    """The subject of the first finite verb."""
    verb = next((k for k in range(begin, min(end, begin + 60)) if line.finite[k]), None)
    if verb is None:
        return None
    first, last, _ = phrases.subject(line, verb, begin)
    return (first, last) if first < last else None


def new_clause(line: Line, at: int) -> bool:
    """Does a clause of the same level begin here: "; …", "and prices rose"?"""
    if at >= line.n:
        return False
    if line.words[at].text == ";" or line.lower[at] in _JOINS:
        return True
    return line.comma(at) and line.word(at + 1) in _JOINS and clauses.independent(line, at + 2, line.n)


def past_relative(line: Line, comma: int) -> int | None:
    """Where ", who arrived on Monday" ends: a happening told in passing. None for anything else."""
    if line.word(comma + 1) not in {"who", "which"} or comma + 3 >= line.n:
        return None
    if not clauses.happened(line, comma + 2):
        return None
    return next((k for k in range(comma + 2, line.n) if line.words[k].text in {",", '"', ";"}), line.n)


def content_end(line: Line, begin: int, least: int, *, nested: bool) -> tuple[int, Cue | None]:
    """Where the words of a cue end; or else the cue inside them whose speaker answers for them: "Tass said X said that …"."""
    for i in range(begin, line.n):
        if i > least + 3 and (line.words[i].text in "–—" or _turned_back(line, i, least)) and _aside(line, i):
            return i, None
        if (
            line.lower[i] in {"and", "but"}
            and line.words[i - 1].text == '"'
            and not line.quoted[i]
            and i > least + 3
            and _lexical(line, i + 1)
        ):
            return i, None  # called it “a betrayal” and gave …
        if line.words[i].text == ";" and not line.quoted[i]:
            return i, None
        if line.words[i].text == ":" and line.word(i + 1) == '"' and i > least + 2:
            return i, None  # He rejected the plan: “…”
        if line.quoted[i] or line.mark(i):
            continue
        cue = cues.at(line, i, least, line.n)
        if cue is None or line.word(cue.edge) == "who":
            continue
        if nested and i < begin + _NESTED and _answers(cue, least):
            return i, cue
        if (stop := _stop(line, cue, least)) is not None and not (stop > i and line.quoted[stop - 1]):
            while stop > least and (line.comma(stop - 1) or line.word(stop - 1) in _JOINS):
                stop -= 1
            return max(stop, least), None
    return line.n, None


def act_end(line: Line, begin: int, end: int) -> int:
    """Where an act of speech that is the news ends: before the subject's next act, and before a clause set beside it."""
    for k in range(begin + 1, end - 1):
        if line.quoted[k]:
            continue
        if line.comma(k) and line.word(k + 1) in {"while", "whereas", "but"} and clauses.independent(line, k + 2, end):
            return k
        if line.lower[k] in grammar.RELATIVES | {"that", "after", "before"}:
            return end  # what follows may be of that clause
        if line.lower[k] == "and" and _lexical(line, k + 1) and not line.adverb(k - 1):
            return k
    return end


def without_aside(line: Line, begin: int, end: int) -> int:
    """A position ends before ", something Brazil has rejected" and ", which would make …"."""
    for k in range(begin + 3, end):
        if line.words[k].text == "," and not line.quoted[k] and (line.word(k + 1) in _ASIDES or _following(line, k, end)):
            return k
    return end


def _following(line: Line, comma: int, end: int) -> bool:
    """ "…, overshadowing gains in steel": what came of it."""
    word = line.word(comma + 1)
    return word.endswith("ing") and word not in _NO_VERB and not line.comma_in(comma + 1, end)


def relative_end(line: Line, begin: int, end: int) -> int:
    """Where the words of ", who thinks rates will fall, sold …" end: before the verb of whoever thinks."""
    return next((k for k in range(begin, end - 1) if line.words[k].text == "," and line.finite[k + 1] and not line.quoted[k]), end)


def without_gloss(line: Line, begin: int, end: int) -> int:
    """Words quoted in part end before ", the threshold under state law", which the article adds; "the highest since May" is news."""
    comma = next((k for k in range(end - 2, max(begin + 3, end - 12), -1) if line.words[k].text == "," and not line.quoted[k]), end)
    if not any(line.quoted[begin:comma]) or line.word(comma + 1) not in grammar.ARTICLES or line.finite_in(comma + 1, end):
        return end
    measured = any(line.words[k].text == "%" or line.lower[k] in _MEASURES for k in range(comma - 2, comma))
    ranked = any(line.lower[k].endswith("est") or line.lower[k] in _RANKS for k in range(comma + 2, min(end, comma + 6)))
    return comma if measured and not ranked else end


def without_day(line: Line, begin: int, end: int, cue: Cue) -> int:
    """ "announced the closure of a plant on Thursday": the day is that of the announcement, not of what is announced."""
    if _bare_noun(line, begin, end, cue):
        after = next((k for k in range(begin + 3, end) if line.lower[k] in {"after", "before"} and line.lower[k - 1] in _SPANS), None)
        if after is not None:  # a relief package on Tuesday, one week after …
            end = next((k for k in range(after, begin + 2, -1) if line.comma(k)), end)
        end = next(
            (
                k
                for k in range(begin + 2, end - 1)
                if line.comma(k) and line.word(k + 1).endswith("ing") and line.word(k + 1) not in _NO_VERB
            ),
            end,
        )
    if not _bare_noun(line, begin, end, cue) or cue.verb.sense:
        return end
    day = line.dated_before(end)
    return day if begin + 2 < day < end and any(line.lower[k] in grammar.DAYS for k in range(day, end)) else end


def mere_object(line: Line, cue: Cue) -> bool:
    """ "confirmed the injury in a statement": a thing is named, nothing said of it; the act itself is what is claimed."""
    complement = cue.complement
    if cue.verb.sense == "denial" and complement is not None and not complement.explicit and complement.begin == cue.at + 1:
        stop = next((k for k in range(complement.begin, line.n) if line.mark(k)), line.n)
        words = stop - complement.begin  # denied wrongdoing, denied all charges
        return words == 1 or (words == 2 and not line.word(complement.begin).endswith("ing"))
    if complement is None or complement.explicit or "n" not in cue.verb.takes or cue.verb.sense or cue.verb.lemma == "put":
        return False
    begin = complement.begin
    if line.word(begin) not in {"the", "his", "her", "its", "their", "this", "that"}:
        return False
    after = line.word(begin + 2)
    return begin + 2 >= line.n or after in {"in", "on", "at", "but", "and", "after", "during", "to"} or line.mark(begin + 2)


def _bare_noun(line: Line, begin: int, end: int, cue: Cue) -> bool:
    if cue.complement is None or cue.complement.explicit or "n" not in cue.verb.takes:
        return False
    comma = next((k for k in range(begin + 2, end) if line.comma(k)), end)
    return not line.finite_in(begin, comma)


def _lexical(line: Line, i: int) -> bool:
    """A past tense of its own verb, no report: what follows is an act, not words."""
    return i < line.n and line.finite[i] and line.lower[i] not in grammar.AUXILIARIES and line.lower[i] not in verbs.VERBS


def _aside(line: Line, i: int) -> bool:
    """A dash and an apposition that runs to the end is the narrator's: "… – a suggestion dismissed by Lagos"."""
    if line.words[i].text not in "–—":
        return True
    return line.word(i + 1) in grammar.ARTICLES and not any(line.words[k].text in "–—" for k in range(i + 1, min(line.n, i + 40)))


def _turned_back(line: Line, i: int, least: int) -> bool:
    """ "said that yields had dropped, and put the blame on …": the past tense is that of the speaker's own next act."""
    if line.lower[i] not in {"and", "but"} or not line.comma(i - 1) or i + 2 >= line.n or not line.finite[i + 1]:
        return False
    if line.lower[i + 1] in grammar.AUXILIARIES:
        return False
    verb = next((k for k in range(least, min(i, least + 40)) if line.finite[k]), None)
    return verb is not None and line.lower[verb] in grammar.MODALS | grammar.HAVE


def _answers(cue: Cue, begin: int) -> bool:
    """The first verb of the words is itself a report."""
    if cue.kind != cues.PLAIN or cue.begin == cue.end or cue.edge != begin or cue.verb.frame == "position" or cue.complement is None:
        return False
    return cue.complement.explicit or cue.verb.lemma in {"say", "tell"}


def _stop(line: Line, cue: Cue, least: int) -> int | None:
    """Where the words before this cue end; None where the cue is part of them."""
    if cue.kind in {cues.PARTICIPLE, cues.CITING}:
        return cue.at
    if cue.kind == cues.ACCORDING:
        return cue.at if line.comma(cue.at - 1) else None
    if cue.kind == cues.PASSIVE:
        return None
    stop = cue.edge if cue.begin < cue.end else cue.at
    if stop - 1 <= least:
        return None
    if line.word(stop - 1) == "whose" and cue.complement is not None:
        return stop - 1
    if cue.complement is not None or cue.verb.frame == "position":
        return stop if line.word(stop - 1) in _JOINS or line.words[stop - 1].text == ";" else None
    if cue.kind == cues.INVERTED or (cue.kind == cues.PLAIN and line.comma(stop - 1)):
        return stop
    return None


def lead_end(line: Line, at: int, edge: int) -> int | None:
    """Where a clause of the narrator's before the subject of a cue ends; None where there is only an adverbial."""
    end = edge
    while end > at and (line.comma(end - 1) or line.lower[end - 1] in _SUBORDINATE):
        end -= 1
    short = end - at < 4 and not (end - at > 1 and line.lower[edge - 1] in {"after", "as"} and line.finite[end - 1])
    if short or line.lower[at] in _SUBORDINATE - _JOINS or not line.finite_in(at, end):
        return None
    begin = narration.opening(line, at, end)
    if (
        begin >= end
        or line.lower[begin].endswith("ing")
        or line.lower[begin] in _ASKED
        or (line.lower[end - 1] in _SPANS and line.word(end) in {"after", "before", "since"})
    ):
        return None
    if line.lower[begin] in grammar.PREPOSITIONS and not line.comma_in(begin, end):
        return None  # a finite verb after a lone preposition belongs to a relative clause
    return end

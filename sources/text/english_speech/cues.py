"""The signs of reported speech in an English sentence: which verb reports, in which construction, and whose it is."""

from dataclasses import dataclass

from sources.text.english_speech import complements, grammar, phrases, roles, verbs
from sources.text.english_speech.complements import Complement
from sources.text.english_speech.line import Line
from sources.text.english_speech.verbs import Verb

# How a cue is built: "Smith said X" · "X, said Smith" · "…, adding that X" · "according to Smith" · "X is expected to" ·
# "was quoted as saying X" · "it was announced that X" · "…, citing Smith" · "put the toll at …"
PLAIN, INVERTED, PARTICIPLE, ACCORDING, PASSIVE, AS_SAYING, IMPERSONAL, CITING = range(8)
_BACK = 16


@dataclass(frozen=True, slots=True)
class Cue:
    """One sign of speech. `begin`, `end` are the words that name the speaker, `edge` where the whole phrase with them begins."""

    at: int
    kind: int
    verb: Verb
    begin: int
    end: int
    edge: int
    complement: Complement | None = None
    particle: int = 0
    carrier: tuple[int, int] | None = None


_SAY = verbs.VERBS["said"]
_ADDRESSED = frozenset(["told", "informed", "assured", "warned"])
_SUBORDINATING = (grammar.RELATIVES - {"whose", "when", "where"}) | {"as", "than", "if", "whether"}
_TELLS_TO = frozenset(["tell", "ask", "order", "instruct", "advise", "warn", "remind", "direct", "invite"])
_DISMISSING = frozenset(["dismiss", "reject", "refute", "rebut", "rubbish", "deny", "dispute"])
_TYING = frozenset(["attribute", "link"])  # "linked the outbreak to a farm"
_BY_VOTE = frozenset("voters electorate shareholders jurors jury members".split())  # noqa: SIM905
_CHAMBERS = frozenset("parliament senate house assembly congress council lawmakers mps senators legislature chamber".split())  # noqa: SIM905
_AIMED = frozenset(["hit", "push", "lash", "speak"])
# A share of people polled is a figure, not a speaker.
_SHARES = frozenset(
    ["%", "percent", "cent", "half", "third", "thirds", "two-thirds", "quarter", "quarters", "three-quarters", "majority", "fifth"]
)
_NUMERALS = frozenset(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
_NOBODY = frozenset(["no", "nobody", "none", "neither", "nothing", "few"])
_CLOSING = frozenset(
    [
        "say",
        "show",
        "suggest",
        "report",
        "understand",
        "indicate",
        "argue",
        "believe",
        "think",
        "warn",
        "reveal",
        "insist",
        "add",
        "explain",
        "note",
        "maintain",
        "write",
    ]
)
_WILL = frozenset(["will", "would"])
_ANNOUNCING = frozenset(["tell", "announce", "say", "warn", "pledge", "promise", "argue", "urge", "call", "unveil"])


def at(line: Line, i: int, least: int, limit: int) -> Cue | None:
    """The cue that word `i` is, if it is one; no look further back than `least`."""
    word = line.lower[i]
    if word == "according":
        return _according(line, i, limit)
    if word == "per" or (word == "as" and line.word(i + 1) == "per"):
        return _per(line, i, i + 1 + (word == "as"), limit)
    if word in {"citing", "quoting"} and line.comma(i - 1) and i + 1 < limit:
        return Cue(i, CITING, _SAY, i + 1, phrases.end(line, i + 1, limit), i - 1)
    if (word in verbs.PASSIVES or word in _ADDRESSED or word in verbs.LEARNT) and (passive := _passive(line, i, least, limit)):
        return passive
    particle, verb = 0, verbs.VERBS.get(word)
    if word in verbs.PHRASAL and (phrasal := verbs.PHRASAL[word].get(line.word(i + 1))):
        particle, verb = 1, phrasal
    if verb is not None and _incomplete(line, i, verb, particle, limit):
        return None
    if word in {"put", "puts", "peg", "pegs", "pegged"} and line.lower[i + 2 : i + 8].count("at") and line.word(i + 1) != "at":
        verb = Verb(word.removesuffix("ged").removesuffix("s"), "", "object")
    if word in {"emerged", "transpired"} and line.word(i - 1) == "it" and line.word(i + 1) == "that":
        return Cue(i, IMPERSONAL, _SAY, i, i, i - 1, Complement(i + 2, True))
    if word in {"heard", "told"} and (hearing := _hearing(line, i, least)):
        return hearing
    if verb is None or (line.capital(i) and i != least):
        return None
    before = line.word(i - 1) if i > least else ""
    if verb.participle:
        return _participle(line, i, verb, particle, before, least, limit)
    return _finite(line, i, verb, particle, before, least, limit)


def _incomplete(line: Line, i: int, verb: Verb, particle: int, limit: int) -> bool:
    """Without what makes it speech: "called police", "linked by road", "hit back" at nobody."""
    if verb.lemma == "call" and not particle:
        return not _names(line, i, limit)
    if verb.lemma in _TYING:
        return verb.form != "past" or "to" not in line.lower[i + 2 : min(limit, i + 12)]
    aimed = particle > 0 and verb.frame == "position" and verb.lemma in _AIMED
    return aimed and line.word(i + 2) not in {"at", "against", "on", "over"}


def _hearing(line: Line, i: int, least: int) -> Cue | None:
    """ "…, an inquiry was told on Monday", "…, the court heard": whoever spoke there is not named."""
    told = line.lower[i] == "told"
    verb_at = i - 1 if told else i
    if told and line.word(i - 1) not in {"was", "were"}:
        return None
    begin, end, edge = phrases.subject(line, verb_at, least)
    after = line.dated(i + 1) or i + 1
    if begin == end or not line.comma(edge - 1) or not (after >= line.n or line.mark(after)):
        return None
    return Cue(i, PLAIN, verbs.VERBS["heard"], begin, end, edge)


def _names(line: Line, i: int, limit: int) -> bool:
    """ "called the ruling a disgrace", "called it “reckless”": not "called police"."""
    near = range(i + 2, min(limit, i + 9))
    return any(line.words[k].text == '"' or line.lower[k] in {"a", "an"} for k in near)


def _barred(line: Line, i: int, verb: Verb, before: str, least: int) -> bool:
    """Negated, passive, a noun or an adjective: no act of speech."""
    if line.lower[i] in {"shown", "written"} and before not in grammar.HAVE | grammar.ADVERBS:
        return True
    if before.endswith("'s") and (verb.frame == "position" or verb.form == "base"):  # the ministry's proposed budget
        return True
    if before in grammar.NEGATORS | grammar.NEGATIVE_AUXILIARIES | grammar.ARTICLES | grammar.POSSESSIVES | grammar.BE | {
        "to",
        "by",
        "without",
    }:
        return True
    if line.word(i - 2) in grammar.BE and before in grammar.ADVERBS and i - 2 >= least:
        return True
    return before in grammar.MODALS and (verb.form != "base" or before not in _WILL or verb.lemma not in _ANNOUNCING)


def _governed(line: Line, edge: int, least: int) -> bool:
    return edge > least and line.word(edge - 1) in grammar.PREPOSITIONS


def _finite(line: Line, i: int, verb: Verb, particle: int, before: str, least: int, limit: int) -> Cue | None:
    if _barred(line, i, verb, before, least):
        return None
    if verb.lemma in _TELLS_TO and _bidding(line, i, limit):
        verb = Verb(verb.lemma, "", "position", "", verb.form)
    elif not verb.takes and verb.frame == "that":
        return None
    verb, complement = _complement(line, i, verb, limit, particle)
    begin, end, edge = phrases.subject(line, i, least)
    if (begin == end or _governed(line, edge, least)) and complement is not None and complement.explicit:
        begin, end, edge = phrases.long_subject(line, i, least) or (begin, end, edge)
    if begin == end:
        return _without_subject(line, i, verb, particle, before, complement, least, limit)
    within = line.word(edge - 1) == "which" and line.word(edge - 2) in {"in", "at", "during"}
    if edge > least and not within and line.word(edge - 1) in _SUBORDINATING:
        return None
    if line.lower[begin] in grammar.RELATIVES | grammar.NO_SPEAKERS or (
        edge > least and line.word(edge - 1) in grammar.PREPOSITIONS - {"after", "before", "since", "until", "as", "because", "despite"}
    ):
        return None
    if verb.form in {"base", "third"} and before not in _WILL and not _verbal(line, i, begin, end, verb, complement):
        return None
    if line.lower[begin] == "it" and end == begin + 1 and verb.lemma in {"mean", "read", "emphasise", "emphasize"}:
        return None
    if (
        any(line.words[k].text in _SHARES for k in range(begin, end))
        or (line.lower[end - 1] in _NUMERALS and not line.capital(end - 1))
        or line.lower[begin] in _NOBODY
        or line.lower[begin].endswith("ing")
    ):
        return None
    if line.word(edge - 1) == "nor" or _acts(line, i, verb, begin, end):
        return None
    return Cue(i, PLAIN, verb, begin, end, edge, complement, particle)


def _acts(line: Line, i: int, verb: Verb, begin: int, end: int) -> bool:
    """No speech but a deed: voters reject a bond, a chamber does by so many votes, a road is linked to another."""
    who = line.lower[begin:end]
    if verb.lemma == "find":  # found him guilty
        return "guilty" in line.lower[i + 1 : i + 8] and not line.finite_in(i + 1, i + 4)
    if verb.lemma == "link":
        return not any(w in roles.ROLES | roles.GROUPS | roles.BODIES for w in who)
    if verb.lemma not in {"reject", "endorse", "back", "dismiss"} or verb.form != "past":
        return False
    counted = not {"vote", "votes"}.isdisjoint(line.lower[i + 1 : i + 24])
    return not _BY_VOTE.isdisjoint(who) or (counted and not _CHAMBERS.isdisjoint(who))


def _complement(line: Line, i: int, verb: Verb, limit: int, particle: int) -> tuple[Verb, Complement | None]:
    """What the verb says, and the verb as it then reports: "dismissed a rumour that" denies."""
    if verb.lemma in _DISMISSING and (rumoured := complements.hearsay(line, i + 1 + particle, limit)) is not None:
        return Verb(verb.lemma, "t", "object", "denial", verb.form), rumoured
    complement = complements.after(line, i, verb, limit, particle) if verb.takes else None
    quoted = complement is not None and complement.quote is not None
    unsaid = verb.takes == "q" and not quoted
    shown = verb.lemma in {"show", "find"} and quoted  # had shown “no remorse”
    return verb, None if unsaid or shown else complement


def _without_subject(
    line: Line, i: int, verb: Verb, particle: int, before: str, complement: Complement | None, least: int, limit: int
) -> Cue | None:
    """ "…," said Smith; "…, who said"; "… and said": the subject stands behind, or before another verb."""
    may_invert = "q" in verb.takes and verb.lemma != "tell" and (verb.form != "base" or verb.lemma in {"say", "warn", "argue"})
    if may_invert and i > least and (line.comma(i - 1) or before == '"') and _may_speak(line, i + 1 + particle, limit):
        return Cue(i, INVERTED, verb, *phrases.named(line, i + 1, phrases.end(line, i + 1, limit), limit), i)
    if before == "who" and line.comma(i - 2) and complement is not None:
        opened = phrases.start(line, i - 2, least)
        who = (opened, i - 2) if opened < i - 2 else (i, i)
        return Cue(i, PLAIN, verb, *who, i - 1, complement, particle)
    first = i
    while first > least and (line.adverb(first - 1) or line.lower[first - 1] in grammar.HAVE):
        first -= 1
    if first > least and line.comma(first - 1) and line.word(first - 2) in {"and", "but"}:
        first -= 1
    if line.word(first - 1) in {"and", "but", "then"} and first > least and _speaks(line, i, verb, complement, limit, particle):
        return Cue(i, PLAIN, verb, first, first, first, complement, particle)
    return None


def _bidding(line: Line, i: int, limit: int) -> bool:
    """ "told Punjab to stop the fires": somebody and "to" with a verb."""
    for k in range(i + 1, min(limit, i + 9)):
        if line.lower[k] == "to":
            return k > i + 1 and not _someone_after(line, k + 1)
        if line.mark(k) or line.finite[k] or line.lower[k] in {"that", "whether", "if", "about", "for"}:
            return False
    return False


def _someone_after(line: Line, i: int) -> bool:
    return i >= line.n or line.capital(i) or line.lower[i] in grammar.DETERMINERS


def _verbal(line: Line, i: int, begin: int, end: int, verb: Verb, complement: Complement | None) -> bool:
    """A present tense, not a noun of the same spelling: "reports", "claims", "demands"."""
    if begin > 0 and line.finite[begin - 1]:  # denied opposition claims that
        return False
    if line.lower[begin] in _DISMISSING and line.word(begin - 1) in grammar.AUXILIARIES | {
        "not",
        "never",
        "to",
    }:  # did not reject claims that
        return False
    if verb.lemma in {"say", "tell", "argue", "insist", "believe", "think", "add", "expect"} or line.lower[i] in {"sees", "denies"}:
        return True
    if verb.frame == "position":
        return line.word(i + 1) in grammar.DETERMINERS or (i + 1 < line.n and line.capital(i + 1))
    if complement is None:  # …, official figures show
        return (
            (verb.form == "base" or verb.lemma in _CLOSING or line.capital(end - 1))
            and line.comma(begin - 1)
            and (i + 1 >= line.n or line.mark(i + 1))
        )
    return complement.explicit or complements.clause_at(line, complement.begin, line.n)


def _speaks(line: Line, i: int, verb: Verb, complement: Complement | None, limit: int, particle: int) -> bool:
    """A second verb with the same subject: "… and added that": it must be speech beyond doubt."""
    if verb.frame == "position":
        after = i + 1 + particle
        takes = line.word(after) in (grammar.DETERMINERS | grammar.PREPOSITIONS) - {"by"} or (after < limit and line.capital(after))
        bare = after < limit and not line.mark(after) and line.lower[after] not in grammar.PREPOSITIONS
        return takes or (bare and (particle > 0 or verb.form == "past"))
    if complement is None:
        return False
    return complement.explicit or verb.sense in {"commitment", "denial"} or ("n" not in verb.takes and verb.form in {"past", "third"})


def _may_speak(line: Line, i: int, limit: int) -> bool:
    """Can a speaker stand here, after "said"?"""
    if i >= limit:
        return False
    word = line.lower[i]
    if word in grammar.PERSONAL - {"it"} or (line.capital(i) and line.date_end(i) is None and word not in grammar.DAYS):
        return True
    if word in {"the", "a", "an", "one", "another", "its", "his", "her", "their", "two", "three", "some", "several", "many"}:
        return not line.finite_in(i + 1, min(limit, i + 3))
    return (
        word in roles.GROUPS
        or word in roles.ROLES
        or word in roles.MODIFIERS
        or line.word(i + 1) in roles.GROUPS
        or line.word(i + 1) in roles.ROLES
    )


def _participle(line: Line, i: int, verb: Verb, particle: int, before: str, least: int, limit: int) -> Cue | None:
    complement = complements.after(line, i, verb, limit, particle) if verb.takes else None
    if before == "as" and verb.lemma == "say":
        return _as_saying(line, i, verb, complement, least)
    if before in grammar.BE and i - 1 > least:  # Unions are calling for …
        begin, end, edge = phrases.subject(line, i - 1, least)
        if begin < end and (verb.frame == "position" or complement) and line.word(edge - 1) not in grammar.RELATIVES:
            return Cue(i, PLAIN, verb, begin, end, edge, complement, particle)
        return None
    if complement is not None and complement.explicit and (led := _with_whom(line, i, least)) is not None:
        return Cue(i, PLAIN, verb, led + 1, i, led, complement, particle)
    if not (line.comma(i - 1) or before in {"and", "while", '"'} or line.word(i - 1) in grammar.OCCASIONS) or i == least:
        return None
    if verb.frame == "position":
        return Cue(i, PARTICIPLE, verb, i, i, i, None, particle) if line.comma(i - 1) and verb.lemma != "blame" else None
    if complement is None or not (
        complement.explicit or complements.clause_at(line, complement.begin, limit) or ("n" in verb.takes and verb.sense)
    ):
        return None
    return Cue(i, PARTICIPLE, verb, i, i, i, complement, particle)


def _with_whom(line: Line, i: int, least: int) -> int | None:
    """The "with" of ", with analysts at Acme predicting that"; None where none leads in a speaker."""
    for k in range(i - 2, max(least, i - _BACK) - 1, -1):
        if line.mark(k) or line.finite[k]:
            return None
        if line.lower[k] == "with":
            return k if line.comma(k - 1) else None
    return None


def _as_saying(line: Line, i: int, verb: Verb, complement: Complement | None, least: int) -> Cue | None:
    """ "X was quoted by Tass as saying", "Tass quoted X as saying"."""
    quoted = next((k for k in range(i - 2, max(least, i - _BACK) - 1, -1) if line.lower[k] in {"quoted", "cited", "quotes"}), None)
    if quoted is None:
        return None
    begin, end, edge = phrases.subject(line, quoted - 1 if line.word(quoted - 1) in grammar.BE else quoted, least)
    if line.word(quoted - 1) in grammar.BE:
        named = [*range(quoted + 1, i - 1), *range(i + 1, min(i + 2, line.n))]
        by = next((k for k in named if line.lower[k] in {"by", "in"} and k + 1 < line.n), None)
        carrier = (by + 1, phrases.end(line, by + 1, i - 1 if by < i else line.n)) if by is not None else None
        return Cue(i, AS_SAYING, verb, begin, end, edge, complement, 0, carrier) if begin < end else None
    return Cue(i, AS_SAYING, verb, quoted + 1, i - 1, edge, complement, 0, (begin, end) if begin < end else None)


def _according(line: Line, i: int, limit: int) -> Cue | None:
    if line.word(i + 1) != "to" or i + 2 >= limit:
        return None
    return Cue(i, ACCORDING, _SAY, *phrases.named(line, i + 2, phrases.end(line, i + 2, limit), limit), i)


def _per(line: Line, i: int, begin: int, limit: int) -> Cue | None:
    """ "…, per data from the port": somebody or some record; "per day", "per cent", "per the rules" are none."""
    if (i and not line.comma(i - 1)) or begin + 1 >= limit or line.mark(begin):
        return None
    end = phrases.end(line, begin, limit)
    owned = (
        line.lower[begin] in grammar.DOCUMENTS or line.capital(begin) or any(line.lower[k] in grammar.DOCUMENTS for k in range(begin, end))
    )
    return Cue(i, ACCORDING, _SAY, begin, end, i) if owned else None


def _passive(line: Line, i: int, least: int, limit: int) -> Cue | None:
    """ "Prices are expected to rise", "the deal is said to be worth", "it was reported that"."""
    before = i - 1
    while before > least and line.lower[before] in grammar.ADVERBS | {"been", "be"}:
        before -= 1
    if before < least or line.lower[before] not in grammar.BE | {"has", "have", "had"} or (line.word(i - 1) in grammar.HAVE):
        return None
    if line.word(before - 1) in grammar.RELATIVES:
        return None
    sense = "prediction" if line.lower[i] in verbs.PREDICTING else ""
    verb = Verb(line.lower[i], "i", "that", sense)
    after, speaker = i + 1, (i, i)
    if line.word(after) == "by":
        stop = phrases.end(line, after + 1, limit)
        speaker, after = (after + 1, stop), stop
    if line.word(after) == "to" and after + 1 < limit and line.lower[i] in verbs.PASSIVES:
        return Cue(i, PASSIVE, verb, *speaker, before)
    told = line.lower[i] in _ADDRESSED
    after = line.dated(after) or after
    if (told or line.word(before - 1) == "it") and line.word(after) == "that":
        return Cue(i, IMPERSONAL, verb, *speaker, before - 1, Complement(after + 1, True))
    return None

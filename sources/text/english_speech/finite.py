"""Which English words can be the finite verb of a clause; no parser stands behind this, only word forms and their neighbours."""

# ruff: noqa: SIM905, E501 (lists of words read better as words)

from sources.text.english_speech import grammar

# Past forms that do not end in -ed.
PAST = frozenset(
    (
        "rose fell grew said told took gave made came went saw got knew began became held met won lost left kept led paid sold bought sent "
        "built spent cut hit put set let shut cost beat struck fought taught caught brought thought sought found stood understood ran drew "
        "threw flew broke spoke wrote drove rode chose froze swore wore tore bore sank swam sang rang shrank sprang slid shot fled fed bled "
        "bred dealt meant felt slept swept wept crept dug hung stuck swung spun lit ate forgave forgot hid bit shook mistook undertook "
        "withdrew overtook underwent upheld withheld foresaw oversaw lay laid read heard forecast broadcast quit split spread burst rebuilt "
        "sped leapt learnt burnt outlined retook overthrew overcame arose awoke strode wound ground bid ended"
    ).split()
)
# Of these the noun or the adjective is as common as the past tense.
_PAST_OR_NOUN = frozenset(
    "cut hit set put cost beat left lay shot split spread burst bid read wound ground felt found forecast lit rose shut".split()
)
# Verbs whose present tense the news uses; with -s they are third person, without it a plural's.
PRESENT = frozenset(
    (
        "say tell remain stand expect plan continue produce export import buy sell raise need want face show include involve allow require "
        "mean seem appear make take give come go run hold keep bring lead become begin start stop end rise fall grow increase decrease "
        "drop climb reach exceed account represent depend rely consist contain cover cost pay earn spend lose win fail succeed threaten "
        "suggest indicate believe think know hope fear live work serve help support oppose back host operate own employ manufacture supply "
        "provide offer receive get see hear feel look sound call name describe consider regard treat use build develop create launch open "
        "close move travel fly sail drive walk arrive leave return enter join meet visit speak talk discuss agree disagree decide choose "
        "vote elect govern rule control dominate influence affect impact cause prevent protect defend attack fight kill die suffer "
        "remember forget learn teach study write read publish report carry deliver send ship sit lie belong exist occur happen play "
        "compete try attempt seek aim intend refuse deny claim insist argue warn urge demand ask answer hit strike target test trade "
        "charge plead hear appeal qualify score beat finish rank range vary differ add reduce cut boost lift lower slow ease weaken "
        "strengthen improve worsen deteriorate recover rebound shrink expand extend last stretch span pose present form mark make "
        "comprise reflect highlight underline tend enjoy manage handle run stay keep turn grow pass follow precede lack share recycle"
    ).split()
)
_PRESENT_S = frozenset(
    w[:-1] + "ies" if w[-1] == "y" and w[-2] not in "aeiou" else w + ("es" if w.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    for w in PRESENT
) | {"has", "does", "is"}
_NOUNISH_ED = frozenset(
    "hundred need used speed seed feed breed weed deed shed bed red wed sacred naked wicked united embed exceed proceed indeed".split()
)
_NOT_AFTER = (
    grammar.ARTICLES
    | grammar.POSSESSIVES
    | frozenset(
        "of in on at for from by with to newly recently so-called more most very highly well between into over under per than".split()
    )
)
_TEAM = frozenset("play face host meet travel lead visit win lose need start begin finish take welcome entertain sit".split())
_GOES_ON = frozenset("keeps continues starts begins stops involves includes risks considers remains".split())
_SINGULAR = frozenset(["it", "he", "she", "which", "who", "that"])
_COPULAS = frozenset(["remain", "seem", "appear", "look", "stay", "become", "feel"])
_NO_SUBJECT = grammar.PREPOSITIONS | grammar.DETERMINERS | grammar.BE
_OBJECT_OPENS = grammar.ARTICLES | grammar.POSSESSIVES | {"both", "all", "each"}
_OBJECTS = grammar.DETERMINERS | grammar.PRONOUNS | {"him", "her", "them", "us", "me"}
_TIMES = frozenset("days weeks months years times hours minutes seconds decades nights mornings always perhaps others".split())
_AFTER_PRESENT = (
    grammar.DETERMINERS
    | grammar.PREPOSITIONS
    | grammar.PRONOUNS
    | frozenset(
        "him her them us me it far short back off out not that more less high low steady unchanged stable strong weak open closed".split()
    )
)


def is_finite(lower: list[str], i: int, limit: int, capitals: list[bool]) -> bool:
    """Can word `i` be a finite verb where it stands?"""
    word = lower[i]
    if word == "may" and capitals[i] and i + 1 < limit and lower[i + 1][:1].isdigit():
        return False
    if i and capitals[i]:
        return False  # May the month, Naveed the man
    if word in grammar.AUXILIARIES or ("'" in word and _contracted(word)):
        return True
    before = lower[i - 1] if i else ""
    if before in _NOT_AFTER and not (before == "than" and i > 1 and lower[i - 2] == "more" and word.endswith("ed")):
        return False
    after = lower[i + 1] if i + 1 < limit else ""
    named = i + 1 < limit and capitals[i + 1]
    if word in PAST:
        return (
            word not in _PAST_OR_NOUN
            or named
            or after in _AFTER_PRESENT
            or after[:1].isdigit()
            or after in {"$", "€", "£"}
            or _objects(after)
        )
    if word.endswith("ed") and len(word) > 3 and word not in _NOUNISH_ED:
        return after != "by" or before in grammar.ADVERBS or _measured(lower, i + 2, limit)
    if word in _PRESENT_S:
        if before[:1].isdigit() and not (len(before) == 4 and before.isdigit()):
            return False  # 3 ships are counted; 2022 marks something
        return (
            bool(before)
            and (before[0].isalnum() or before in {",", ")"})
            and (named or after in _AFTER_PRESENT or after[:1].isdigit() or not after or (after.endswith("ing") and word in _GOES_ON))
        )
    if word in PRESENT:
        return _plural_present(word, before, after, named, i > 0 and capitals[i - 1])
    if before in _SINGULAR and word.endswith("s") and not word.endswith(("ss", "us", "'s")) and len(word) > 3:
        return True  # that compares with
    return _acts(word, before, after)


def _plural_present(word: str, before: str, after: str, named: bool, after_name: bool) -> bool:
    """The present tense of a plural: "critics say", "36% oppose it" (not "a 9% drop in sales"), "England play Wales"."""
    if before in {"%", "percent", "cent"}:
        return after in _OBJECTS
    if before in {"—", "–"}:
        return after in grammar.ARTICLES
    if after_name and word in _TEAM:
        return named or after in grammar.ARTICLES | grammar.PREPOSITIONS
    if (
        word in _COPULAS
        and before.endswith("s")
        and after.endswith(("ed", "ing", "able", "ful", "ous", "ent", "ive", "al", "ic", "ary", "less"))
    ):
        return True  # fishers remain worried
    plural = (before.endswith("s") and not before.endswith("'s")) or before in {"they", "we", "i", "you", "who", "people", "police"}
    return (plural or before in grammar.ADVERBS) and (named or after in _AFTER_PRESENT or after[:1].isdigit() or _objects(after))


def _acts(word: str, before: str, after: str) -> bool:
    """ "The treaty commits both": an -s between a noun and a determiner, whatever the verb."""
    if not word.endswith("s") or word.endswith(("ss", "us", "is", "'s")) or len(word) < 4 or word in _TIMES:
        return False
    singular = before[:1].isalpha() and not before.endswith("s") and before not in _NO_SUBJECT
    return singular and before not in grammar.ADVERBS and after in _OBJECT_OPENS


def _measured(lower: list[str], i: int, limit: int) -> bool:
    """After "by": how much, not by whom. "contracted by 0.3%"."""
    return i < limit and (
        lower[i][:1].isdigit() or lower[i] in {"$", "more", "less", "nearly", "almost", "about", "around", "a", "as", "up"}
    )


def _objects(after: str) -> bool:
    """A plural stands after "cut", "hit", "set": they are verbs there, "a cut in", "the set" are not."""
    return after.endswith("s") and not after.endswith(("ss", "us", "'s")) and len(after) > 3


def _contracted(word: str) -> bool:
    """it's, they're, we'll, I've, he'd"""
    head, mark, tail = word.rpartition("'")
    if not mark:
        return False
    if tail in {"ll", "re", "ve", "m", "d"}:
        return bool(head)
    return tail == "s" and head in {"it", "he", "she", "that", "there", "what", "who", "here", "let"}

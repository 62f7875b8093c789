"""What kind of claim English words make: told by the main verb, its tense, and who is to act."""

# ruff: noqa: SIM905, E501 (lists of words read better as words)

from collections.abc import Sequence
from itertools import pairwise

from sources.text.english_speech import grammar
from sources.text.english_speech.finite import PAST, PRESENT, is_finite
from sources.text.sentences import Word
from sources.text.speech import Said

_FUTURE = frozenset("will would shall won't wouldn't 'll".split())
_OUGHT = frozenset("should must ought shouldn't mustn't".split())
_MAY = frozenset("may might could can can't cannot couldn't".split())
_ABOUT_TO = frozenset("expected set due likely scheduled going forecast projected predicted poised slated bound tipped".split())
_PLANNED = frozenset("scheduled due set slated planned expected".split())
_MEANS_TO = frozenset("plans plan planned aims aim intends intend hopes hope wants want seeks".split())
_BELIEVES = frozenset("believe believes expect expects think thinks hope forecast predict see foresee".split())
# Whom a pronoun can mean when its clause is about what the speaker will do.
_THEIRS = {
    "it": {"organisation"},
    "he": {"person", "unnamed_role", "unattributed_passive"},
    "she": {"person", "unnamed_role", "unattributed_passive"},
    "they": {"unnamed_group", "organisation"},
}
# What nobody does by deciding to.
_HAPPENS = frozenset(
    "be remain rise fall grow need cost become reach affect have happen see lose face stay win shrink slow drop climb increase decrease "
    "decline exceed continue last suffer feel know depend mean occur get come inherit average total recover worsen improve struggle "
    "soon likely probably only also have still hit peak top require miss feel hold result prove appear seem follow".split()
)
_CHANGES = frozenset(
    "rise fall grow drop slow shrink hit reach exceed lose gain face cost take jump climb decline double halve top become worsen spread last "
    "trigger lead force cause push send widen weaken strengthen collapse happen return resume begin start end".split()
)
_ACTORS = frozenset(
    "we i it he she they government company ministry bank firm group airline council party commission agency board country federation union "
    "administration cabinet president minister retailer police army military authorities team club university hospital regulator our my his "
    "plan".split()
)
_MAYBE = frozenset(["may", "might", "could"])
_NO_OUTCOME = frozenset("be have not well also only never still be yet".split())
_MOVED = frozenset(
    "stretched risen rose fallen fell grown grew increased shrunk shrank shortened lengthened dropped climbed jumped extended cut reduced".split()
)
_DECIDES = frozenset("rejected approved endorsed backed adopted vetoed ratified".split())
_TAGS = frozenset("said says added adds warned noted explained argued insisted".split())
_LINGERED = frozenset("remained seemed appeared looked felt stayed proved".split())
_FEELINGS = frozenset(
    "surprised convinced worried concerned satisfied pleased disappointed shocked delighted determined confused frustrated excited scared tired".split()
)
_WEIGHING = frozenset(
    "important great good bad strong crucial vital historic dangerous terrible excellent difficult serious significant confident disappointed "
    "proud essential disgrace disgraceful shame wrong right unfair fair best worst better worse brilliant poor unacceptable reckless broken weak "
    "robust remarkable tragic shocking absurd clear".split()
)
_TIME_UNITS = frozenset("second minute hour day week month year".split())
_STATES = frozenset("is are am isn't aren't be 's 're 'm".split())


def main_verb(read: Sequence[Word]) -> int | None:
    """The finite verb of the clause itself, not of a relative clause on its subject."""
    lower = [w.text.lower() for w in read]
    capitals = [w.text[:1].isupper() for w in read]
    inside = False
    for i, word in enumerate(lower):
        if i and word in {"who", "which", "that", "where"}:
            inside = True
        elif is_finite(lower, i, len(lower), capitals) and not _lags(lower, i, capitals):
            if not inside:
                return i
            inside = False
    return None


def _lags(lower: list[str], i: int, capitals: list[bool]) -> bool:
    """Between commas before the verb itself: "The firm, based in Leeds, plans", "Demand, she said, is"."""
    if lower[i] in _TAGS and lower[i + 1 : i + 2] == [","] and "," in lower[max(0, i - 9) : i]:
        return any(is_finite(lower, k, len(lower), capitals) for k in range(i + 2, min(len(lower), i + 9)))
    return (
        i > 0
        and lower[i - 1] == ","
        and lower[i].endswith("ed")
        and any(lower[k - 1] == "," and is_finite(lower, k, len(lower), capitals) for k in range(i + 1, len(lower)))
    )


def kind_of(part: Said, read: Sequence[Word], units: Sequence[str | None]) -> tuple[str, list[str]]:
    """The kind of what is said, with the reason."""
    if part.frame == "position":
        return ("assessment" if part.sense == "assessment" else "position"), ["position-verb"]
    if part.sense == "commitment":
        return "commitment", ["commitment-verb"]
    lower = [w.text.lower() for w in read]
    at = main_verb(read)
    verb, after = (lower[at], lower[at + 1 : at + 4]) if at is not None else ("", [])
    figures = any(unit not in _TIME_UNITS for unit in units) and not (len(units) == 1 and _a_pair(lower))
    if _is_future(lower, at, verb, after):
        if part.sense not in {"prediction", "denial"} and part.mode != "narrator" and _acts(lower, at, after, part.speaker.type):
            return "commitment", ["future", "own-action"]
        return "prediction", ["future"]
    if part.sense == "prediction":
        return "prediction", ["prediction-verb"]
    if verb in _OUGHT:
        return ("prediction", ["future"]) if any(w == "be" for w in after[:1]) and units else ("position", ["modal"])
    if verb in _MAY and after and (after[0] in _CHANGES or (verb in _MAYBE and after[0] not in _NO_OUTCOME and "but" not in lower[:at])):
        return "prediction", ["possibility"]
    if verb in _DECIDES and part.mode == "narrator":
        return "event", ["decision"]
    if figures or (units and _measures(lower)) or not _MULTIPLIED.isdisjoint(lower):
        return "quantity", ["figure"]
    return _by_tense(lower, at, verb, after, part)


def _a_pair(lower: list[str]) -> bool:
    """ "the two sides": known to be two, nothing is counted."""
    pair = any(a in {"the", "these", "both"} and b == "two" for a, b in pairwise(lower))
    return pair and not any(w[:1].isdigit() for w in lower)


def _measures(lower: list[str]) -> bool:
    """ "waits have stretched to 30 weeks": a span of time that is itself what changed."""
    return any(a in _MOVED and b in {"to", "from", "by"} and c[:1].isdigit() for a, b, c in zip(lower, lower[1:], lower[2:], strict=False))


def tells_past(read: Sequence[Word]) -> bool:
    """Is the main verb in the past or the perfect?"""
    at = main_verb(read)
    if at is None:
        return False
    verb = read[at].text.lower()
    if verb in {"has", "have", "had", "was", "were", "did"}:
        return True
    return verb not in grammar.AUXILIARIES and not verb.endswith("s") and verb not in _PRESENT_FORMS and "'" not in verb


def _is_future(lower: list[str], at: int | None, verb: str, after: list[str]) -> bool:
    if at is None:
        return False
    if verb in _FUTURE or verb.endswith("'ll"):
        return "have" not in after[:2] or verb.startswith("will") or "to" in after[:3]
    if verb in _STATES and after[:1] == ["to"] and after[1:2] != ["blame"]:
        return True
    if verb in _MEANS_TO and after[:1] == ["to"]:
        return True
    if verb in _BELIEVES:
        return any(w in _FUTURE or w.endswith("'ll") for w in lower[at + 1 : at + 14])
    return any(
        (w in _ABOUT_TO and n == "to" and (w != "forecast" or verb in grammar.BE))
        or (w in _PLANNED and n in {"for", "in", "on", "at", "by"})
        for w, n in zip(after, [*after[1:], *lower[at + 4 : at + 5]], strict=False)
    )


def _acts(lower: list[str], at: int | None, after: list[str], speaker: str) -> bool:
    """Is it the subject's own doing, and is the subject one that decides?"""
    if at is None or at > 6 or not any(w in _ACTORS for w in lower[:at]):
        return False
    if lower[0] in _THEIRS and speaker not in _THEIRS[lower[0]]:
        return False
    if any(w in _BELIEVES for w in [lower[at], *after[:1]]):
        return False
    doing = [w for w in after if w not in {"not", "never", "also", "now", "soon"}]
    return not doing or doing[0] not in _HAPPENS


def _by_tense(lower: list[str], at: int | None, verb: str, after: list[str], part: Said) -> tuple[str, list[str]]:
    if part.mode == "direct" and lower[:1] in (["we"], ["you"]) and verb not in {"will", "would"}:
        return "assessment", ["of-ourselves"]
    if at is None:
        return ("event", ["announced"]) if part.frame == "object" else ("assessment", ["no-verb"])
    weighing = any(w in _WEIGHING for w in lower) or verb in {"regarded", "considered", "viewed", "deemed"}
    following = next((w for w in after if w not in grammar.ADVERBS and w != "not"), "")
    if verb in _STATES and lower[at + 2 : at + 4] == ["to", "have"]:
        return "event", ["perfect"]
    if verb in _STATES or verb.endswith(("'s", "'re", "'m")):
        going_on = following.endswith("ing") and following not in _LIKE_ING and not weighing
        return "assessment", ["under-way" if going_on else "present-tense"]
    if verb in {"was", "were", "wasn't", "weren't"}:
        done = following not in _FEELINGS and (_participle(following) or following.endswith("ing"))
        return ("event", ["past-tense"]) if done and not weighing else ("assessment", ["past-state"])
    if verb in {"has", "have", "had", "hasn't", "haven't", "hadn't"}:
        if following == "been":
            following = next((w for w in after[after.index("been") + 1 :] if w not in grammar.ADVERBS and not w.endswith("ly")), "")
        done = _participle(following)
        if any(w.endswith("ing") for w in after) and "been" in after:
            return "assessment", ["under-way"]
        return ("event", ["perfect"]) if done else ("assessment", ["present-tense"])
    if verb in _MAY:
        return "assessment", ["possibility"]
    third = verb.endswith("s") and not verb.endswith("ss")
    if third or verb in _PRESENT_FORMS or (verb in PRESENT and verb not in PAST):
        return "assessment", ["present-tense"]
    if verb in _LINGERED:
        return "assessment", ["past-state"]
    return ("assessment", ["opinion-words"]) if weighing and part.mode != "narrator" else ("event", ["past-tense"])


_LIKE_ING = frozenset(
    "encouraging disappointing worrying challenging devastating alarming promising amazing interesting missing pending outstanding misleading "
    "lacking shocking exciting ongoing willing demanding concerning troubling staggering heartbreaking surprising during nothing something".split()
)
_MULTIPLIED = frozenset(["doubled", "tripled", "trebled", "quadrupled", "halved", "doubling", "halving", "tripling"])
_NOT_DONE = frozenset(["between", "even", "often", "open", "then", "when", "ten", "seven", "women", "men", "children", "been"])
_DONE = frozenset(
    "made taken given gone seen known begun become held met won lost left kept led paid sold bought sent built spent cut hit put set shut struck "
    "fought taught caught brought thought sought found stood run drawn thrown flown broken spoken written driven chosen shot fled fed dealt met "
    "done told said fallen risen grown shown hurt read laid split spread withdrawn overturned raised".split()
)
_PRESENT_FORMS = frozenset("do does don't doesn't need want know think believe feel remain seem appear mean say deserve understand".split())


def _participle(word: str) -> bool:
    """Can it be the participle of a verb: "killed", "taken", "withheld"?"""
    return word not in _NOT_DONE and (word.endswith(("ed", "en")) or word in _DONE or word in PAST)

"""The subject of a verb of speech: before it, after it, or in front of the whole sentence."""

from sources.text.arabic import particles, reporting, titles
from sources.text.arabic.nouns import is_verbal_noun
from sources.text.arabic.people import ArabicPeople
from sources.text.arabic.phrases import definite
from sources.text.arabic.reporting import Telling
from sources.text.arabic_speech import subjects
from sources.text.arabic_speech.complements import EMPHATIC, Complement
from sources.text.arabic_speech.line import Line

_BODIES = frozenset(word.removeprefix("ال") for word in titles.ORGANISATIONS)
_INTENT = particles.folded("نيته نيتها نيتهم نيتهما عزمه عزمها عزمهم اعتزامه اعتزامها اعتزامهم")


def verb_subject(
    line: Line, people: ArabicPeople, told: Telling, i: int, floor: int, content: Complement | None
) -> subjects.Subject | None:
    """Who speaks, of the verb at word i; None where the sentence does not say. What stands before `floor` belongs to another verb."""
    bound = content.announced_at if content else None
    if told.sense == "denial" and (denied := _denied_at(line, i)):
        bound = min(denied, bound or denied)
    if line.at(i - 1) in particles.RELATIVES:
        whose = subjects.antecedent(line, people, i - 1) or people.last
        return subjects.Subject(whose, i, i + 1) if whose else None
    if told.form and told.form.plural and line.texts[i].endswith(("وا", "نا")):
        return None  # رجحوا: whoever they are was named before
    prior = subjects.before(line, people, i, floor) if i > floor else None
    if prior and prior.end == i and line.texts[i][0] != "و":
        return prior
    if line.texts[i][0] == "ف" and (fronted := _fronted(line, people, i)):
        return fronted
    if line.at(i - 1) in {"قد", "فقد"} and i > 1:
        start = max(
            (k for k in range(max(0, i - 20), i) if line.texts[k] in {"كان", "وكان", "كانت", "وكانت", "كانوا", "وكانوا"}), default=None
        )
        if start is not None and start + 1 < i - 1 and (found := subjects.after(line, people, start + 1, i - 1)):
            return subjects.Subject(found.speaker, start, i)
    if line.at(i + 1) == "عن" and "عن" in line.texts[i + 3 : i + 9] and definite(line.at(i + 2)):
        return subjects.after(line, people, i + 2, bound)  # a preposition typed twice
    feminine = told.form is not None and told.form.gender == "f"
    follows = subjects.after(line, people, i + 1, bound, feminine=feminine)
    if follows and _disagrees(line, told, follows):
        return None  # «ووجه الحكومة»: whom, not who
    if follows is None and bound is not None and not line.mark(i + 1):
        follows = subjects.later(line, people, i + 1, bound)
    if follows and bound is None and (_action(line.texts[follows.start]) or not _somebody(line, people, follows)):
        return None
    return follows


def _denied_at(line: Line, i: int) -> int | None:
    """«نفى المتحدث صحة الأنباء», «نفى الوزير نفيا قاطعا», «نفى الرئيس نيته»: where who denies ends, and what is denied begins."""
    for k in range(i + 1, min(line.n, i + 16)):
        word, following = line.texts[k], line.at(k + 1)
        if (
            word in reporting.RUMOURS
            or word in EMPHATIC
            or word in _INTENT
            or (word == "صحة" and (following == "ما" or following in reporting.RUMOURS))
        ):
            return k
    return None


def _fronted(line: Line, people: ArabicPeople, i: int) -> subjects.Subject | None:
    """«أما النقيب، بحسب الصحيفة، فأكد»: the topic speaks, whatever stands between commas."""
    at = next((k for k in range(max(0, i - 40), i) if line.texts[k] in {"اما", "واما"}), None)
    comma = line.next_comma(at + 1, i) if at is not None else None
    if at is None or comma is None or not line.comma(i - 1) or comma == i - 1:
        return None
    found = subjects.after(line, people, at + 1, comma)
    return subjects.Subject(found.speaker, at, i) if found else None


def _disagrees(line: Line, told: Telling, found: subjects.Subject) -> bool:
    """A masculine verb before a feminine body: the body is its object."""
    head = line.texts[found.start]
    masculine = told.form is not None and told.form.gender == "m" and told.form.person == 3 and not told.form.plural
    return masculine and found.speaker.type == "organisation" and head.endswith("ة") and head.removeprefix("ال") in _BODIES


def _action(word: str) -> bool:
    return is_verbal_noun(word) and word not in titles.ORGANISATIONS | titles.ROLES | titles.DOCUMENTS


def _somebody(line: Line, people: ArabicPeople, found: subjects.Subject) -> bool:
    """Without a "that" only a noun that can speak is taken for the subject."""
    word = line.texts[found.start]
    return found.speaker.type != "organisation" or definite(word) or word not in people.heads or word in titles.ORGANISATIONS

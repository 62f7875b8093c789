"""Where a clause may begin with its verb, and what may stand between the verb and what is said."""

from sources.text.arabic import particles, reporting, verbs
from sources.text.arabic.nouns import is_verbal_noun
from sources.text.arabic.reporting import Telling
from sources.text.arabic_speech import subjects
from sources.text.arabic_speech.complements import Complement
from sources.text.arabic_speech.line import Line
from sources.text.arabic_speech.narration import past_links

LONGEST_LEAD = 60  # words


def follows_lead(line: Line, i: int) -> bool:
    """Does only an adverbial stand between the comma before i and the sentence, or the clause, before it?"""
    start = past_links(line, line.opening[i - 1], i - 1)
    plain = line.texts[start] if start < i - 1 else ""
    rest = plain[1:] if plain[:1] in "وف" else plain
    binds = (line.texts[start : i - 1][0:1] and past_links(line, start, i) >= i) or line.at(i - 2) in particles.ADVERBS
    return bool(binds) or (
        bool(plain) and (rest in particles.PREPOSITIONS or plain in particles.PREPOSITIONS or start in line.after_date or plain[0] in "بل")
    )


def dated_aside(line: Line, end: int) -> int | None:
    """«اتهم فرنسا، مساء الخميس، بـ…»: when it was done, between commas behind the object."""
    for k in range(end, min(line.n, end + 12)):
        if line.comma(k) and k + 1 in line.after_date:
            return line.after_date[k + 1]
    return None


def led(line: Line, told: Telling, j: int) -> bool:
    """Does one of the verb's own prepositions stand at j: «كشف عن», «أقر بإصابة»?"""
    word = line.at(j)
    return word in told.leads or ("ب" in told.leads and word[:1] == "ب" and is_verbal_noun(word[1:]))


def leads(line: Line, i: int) -> bool:
    return i == 0 or line.mark(i - 1)


def lead(line: Line, start: int, i: int, floor: int = 0) -> bool:
    """Only when, where and how between a clause's beginning and its verb."""
    if start >= i:
        return start == i and line.edge(i)
    if i - start > LONGEST_LEAD:
        return False
    word = line.texts[start]
    if word in particles.THAT or word in particles.AND_THAT:
        return False
    rest = word[1:] if word[0] in "وف" else word
    if floor and start and word[0] not in "وف" and line.comma(start - 1) and word not in particles.CONNECTORS and not line.comma(i - 1):
        return False  # «على مشروع قرار يدعو إلى»: within a clause
    adverbial = (
        word in particles.OPENERS
        or rest in particles.PREPOSITIONS
        or rest in particles.OPENERS
        or start in line.after_date
        or word[0] in "بل"
    )
    return adverbial and not line.finite_between(start, i)


def fits(line: Line, told: Telling, content: Complement, end: int, i: int, subject: subjects.Subject | None) -> bool:
    """Between the subject and its "that" stands only when, where and to whom."""
    at = content.announced_at
    if at <= end + 1:
        return True
    first = line.texts[end]
    if subject and line.edge(i) and subject.speaker.type in {"person", "unnamed_role", "unnamed_group"} and at - end < 25:
        return True
    near = at - end <= (6 if told.tied else 14)
    return (
        first in particles.PREPOSITIONS
        or first in particles.COMMAS
        or first in particles.NAME_ENDS
        or end in line.after_date
        or first in {"(", "-", "–", "—", '"'}
        or verbs.form_of(first) is not None
        or (line.texts[end - 1] != first and verbs.may_be_verb(first))
        or first[0] in "لب"
        or (near and not told.tied)
    )


def after_quote(line: Line, i: int, floor: int) -> bool:
    if line.texts[i][0] == "و" and not reporting.whole(line.texts[i]):
        return False  # «…»، وقال: a clause of its own
    k = i - 1
    while k > 0 and (line.comma(k) or line.texts[k] in {"-", "–", "—", ".", "هكذا"}):
        k -= 1
    return k > floor and line.texts[k] == '"' and k < i and line.opens.get(k, -1) >= floor

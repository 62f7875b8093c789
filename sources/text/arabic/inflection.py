"""Every form of an Arabic verb from its past and its present, spelled as folded text spells it."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """One inflected form: tense `past`, `present`, `future`; gender `m`, `f` or empty; person 1 to 3; more than one?"""

    lemma: str
    tense: str
    person: int = 3
    gender: str = ""
    plural: bool = False


def present_of(past: str) -> str:
    """The present of a regular verb: «اعلن» «يعلن», «تراجع» «يتراجع», «اجتمع» «يجتمع», «قدم» «يقدم»."""
    if len(past) > 3 and past.startswith("ا"):
        body = past[1:]
        if len(past) > 4 and past[-2] == "ا":  # اختار يختار, but استفاد يستفيد
            return "ي" + (body[:-2] + "ي" + body[-1] if past.startswith("است") else body)
        if len(past) == 4 and past[2] == "ا":  # اعاد يعيد
            return "ي" + body[0] + "ي" + body[2]
        return "ي" + body
    if len(past) == 3 and past[0] == "ا":  # اكد يؤكد
        return "يؤ" + past[1:]
    return "ي" + past


def forms(past: str, present: str) -> Iterator[tuple[str, Form]]:
    """Each spelling with what it says; no prefixes and no objects."""
    yield from _past(past, hamza=present[-1] in "ائ")
    for spelling, form in _present(past, present):
        yield spelling, form
        if spelling[0] in "يتنا":
            yield "س" + spelling, Form(past, "future", form.person, form.gender, form.plural)


def _past(past: str, *, hamza: bool = False) -> Iterator[tuple[str, Form]]:
    stem_ends = past[-1] == "ي" or (past[-1] == "ا" and len(past) == 3 and not hamza)
    weak = stem_ends and len(past) > 2
    stem = past[:-1] if weak else past
    yield past, Form(past, "past", 3, "m")
    yield stem + "ت", Form(past, "past", 3, "f")
    yield stem + "وا", Form(past, "past", 3, "m", plural=True)
    yield stem + "تا", Form(past, "past", 3, "f", plural=True)
    yield past + "ا", Form(past, "past", 3, "m", plural=True)
    closed = past if hamza else _closed(past)
    yield closed + "نا", Form(past, "past", 1, "", plural=True)
    yield closed + "ن", Form(past, "past", 3, "f", plural=True)


def _closed(past: str) -> str:
    """The stem before an ending that opens with a consonant: a hollow verb loses its ا, a last ى turns to ي."""
    if past[-1] == "ا" and len(past) == 3:
        return past[:-1] + "و"
    if len(past) >= 3 and past[-2] == "ا" and past[-1] not in "يا" and not (len(past) == 4 and past[0] != "ا"):
        return past[:-2] + past[-1]
    return past


def _present(past: str, present: str) -> Iterator[tuple[str, Form]]:
    body = present[1:]
    weak = body[-1] in "يوا"
    stem = body[:-1] if weak else body
    yield present, Form(past, "present", 3, "m")
    yield "ت" + body, Form(past, "present", 3, "f")
    yield "ن" + body, Form(past, "present", 1, "", plural=True)
    yield "ا" + body, Form(past, "present", 1)
    for ending in ("ون", "وا"):
        yield "ي" + stem + ending, Form(past, "present", 3, "m", plural=True)
    for ending in ("ان", "ا"):
        yield "ي" + body + ending, Form(past, "present", 3, "m", plural=True)
        yield "ت" + body + ending, Form(past, "present", 3, "f", plural=True)
    short = stem if weak else body[:-2] + body[-1] if len(body) > 2 and body[-2] in "وي" else ""
    if len(short) > 1:  # after لم: يقل, يعد, ينته
        yield "ي" + short, Form(past, "present", 3, "m")
        yield "ت" + short, Form(past, "present", 3, "f")


def verbal_noun(past: str) -> str | None:
    """The verbal noun of a derived verb: «اعلن» «اعلان», «قدم» none (its pattern is not told by the past)."""
    if len(past) < 4:
        return None
    if past.startswith("ت"):
        return past
    if past[0] != "ا":
        return None
    if past[-1] == "ي":  # انهي انهاء
        return past[:-1] + "اء"
    if past[-2] == "ا":  # اختار اختيار, اعاد اعادة, استفاد استفادة
        if past.startswith("است") or len(past) == 4:
            return past + "ة"
        return past[:-2] + "يا" + past[-1]
    return past[:-1] + "ا" + past[-1]

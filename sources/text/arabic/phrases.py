"""Where an Arabic noun phrase ends and what it names: title, name, body, group or document."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sources.text.arabic import names, titles, verbs
from sources.text.arabic.bodies import body_end, serves
from sources.text.arabic.looks import (
    CHARGED,
    TENS,
    definite,
    given_ahead,
    heads,
    is_body,
    is_mark,
    plain_noun,
    qualifies,
    stops,
    unprefixed,
)
from sources.text.arabic.name_ends import begins_name, name_end, past_place, run_of
from sources.text.arabic.nouns import is_verbal_noun
from sources.text.arabic.particles import NAME_ENDS
from sources.text.arabic.reporting import OCCASIONS

__all__ = ["Phrase", "body_end", "definite", "is_mark", "phrase", "stops", "unprefixed"]


_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Phrase:
    """words[start:end]; a person's title ends and name begins at `name`; `kind` says what is named."""

    start: int
    end: int
    kind: str  # person, role, group, organisation, document, other
    name: int

    @property
    def titled(self) -> bool:
        return self.name > self.start


def phrase(
    words: Sequence[str], at: int, limit: int, *, bounded: bool = False, known: Collection[str] = (), feminine: bool = False
) -> Phrase | None:
    """The noun phrase that opens at `at`. `bounded`: all up to `limit` is this phrase and what qualifies it.

    `feminine`: its verb is, so that an unknown name without a title is a city or a body, of one word («اتهمت موسكو كييف»).
    """
    limit = min(limit, at + _LONGEST)
    if at >= limit or is_mark(words[at]):
        return None
    head = words[at]
    if head in titles.GROUPS or head in titles.SOURCES or (head not in known and _many(words, at, limit)):
        return _group(words, at, limit)
    if head in titles.ROLES or head in titles.COUNTERPARTS:
        return _titled(words, at, limit, bounded, known)
    if head in titles.DOCUMENTS:
        return Phrase(at, body_end(words, at, limit, bounded=bounded), "document", at)
    if head in titles.ORGANISATIONS:
        return Phrase(at, body_end(words, at, limit, bounded=bounded), "organisation", at)
    if stops(head):
        return None
    return _other(
        words,
        at,
        at + 1
        if feminine and not bounded and not definite(head) and head not in names.GIVEN | names.NAME_PARTICLES and head not in known
        else limit,
        bounded,
        known,
    )


def _many(words: Sequence[str], at: int, limit: int) -> bool:
    """«معدو الدراسة», «مربو النحل»: a plural participle and those or that which it acts on."""
    head = words[at]
    if len(head) < 4 or head[0] != "م" or head[-1] != "و" or head in names.GIVEN or at + 1 >= limit:
        return False
    return definite(words[at + 1]) and words[at + 1] not in NAME_ENDS


def _group(words: Sequence[str], at: int, limit: int) -> Phrase:
    """«مصادر طبية في الشرطة», «محللون في بنوك استثمار»: whoever they are, no name."""
    i = at + 1
    if words[at] in {"عدد", "بعض", "وسائل", "احد"} and i < limit and words[i] in {"من", "كبير"}:
        i += 1
    while i < limit and not stops(words[i]) and not is_verbal_noun(words[i]) and not verbs.form_of(words[i]) and i - at < 5:
        if definite(words[i - 1]) and definite(words[i]) and words[i] in titles.ORGANISATIONS:
            break  # ناشد الأهالي السلطات
        if (definite(words[i - 1]) and i - 1 > at and not definite(words[i])) or (i + 1 < limit and words[i + 1] == "عدم"):
            break  # معدو الدراسة خسائر المنطقة; مصدر فضل عدم ذكر اسمه
        i += 1
    if i < limit and words[i] == '"' and (words[i - 1][-1] in "وي" or words[i - 1] == "مصادر"):  # محللو «بنك», مصادر «المدى»
        close = next((j for j in range(i + 1, min(i + 7, limit)) if words[j] == '"'), None)
        i = close + 1 if close is not None else i
    if i < limit and words[at] in titles.SOURCES and words[i][0] == "ب" and is_body(words[i][1:]):
        i = body_end(words, i, min(limit, i + 7), bounded=False)  # مصدر مسؤول بالبنك المركزي
    elif (
        i + 1 < limit
        and words[i] in {"في", "من", "لدي"}
        and (
            is_body(words[i + 1])
            or (words[i] == "في" and definite(words[i + 1]) and words[at] in titles.SOURCES and words[i + 1][2:] not in OCCASIONS)
        )
    ):
        i = body_end(words, i + 1, min(limit, i + 7), bounded=False)
    return Phrase(at, i, "role" if words[at] in titles.SOURCES else "group", at)


def _titled(words: Sequence[str], at: int, limit: int, bounded: bool, known: Collection[str]) -> Phrase:
    i = _title_end(words, at, limit, bounded, known)
    end = name_end(words, i, limit, bounded, known) if i < limit else i
    if end == i and words[at] in titles.HONORIFICS and definite(words[at]):
        k = i
        while k > at + 1 and definite(words[k - 1]) and words[k - 1] not in titles.ROLES and not qualifies(words[k - 1]):
            k -= 1
        if i - k == 1 and (k - 1 == at or qualifies(words[k - 1])):  # الوزير الحلاق: a family name with the article
            return Phrase(at, i, "person", k)
    if end == i and i > at + 1 and words[i - 1] in known and not qualifies(words[i - 1]) and not is_body(words[i - 2].removeprefix("ب")):
        return Phrase(at, i, "person", i - 1)
    if end > i:
        return Phrase(at, end, "person", i)
    if i + 1 < limit and words[i] in {"في", "لدي", "من"} and (is_body(words[i + 1]) or (words[i] == "في" and field(words, at, i + 1))):
        i = body_end(words, i + 1, limit, bounded=bounded)  # مسؤول في وزارة الصحة
    elif i < limit and words[i][0] == "ب" and is_body(words[i][1:]):
        i = body_end(words, i, limit, bounded=bounded)  # مسؤول بوزارة التموين
    return Phrase(at, i, "role", i)


def field(words: Sequence[str], at: int, i: int) -> bool:
    """«خبير في الأمن السيبراني»: what an unnamed one is versed in."""
    word = words[i]
    return (
        not definite(words[at])
        and definite(word)
        and word not in NAME_ENDS
        and word.removeprefix("ال") not in OCCASIONS
        and word[2:] not in names.GIVEN
        and word not in TENS
    )


def _title_end(words: Sequence[str], at: int, limit: int, bounded: bool, known: Collection[str]) -> int:
    """Past the head, its complements and adjectives, up to where a name begins."""
    i = at + 1
    waits = not definite(words[at]) and words[at] not in titles.COUNTERPARTS  # a construct noun waits for its complement
    of_person = False
    while i < limit:
        word = words[i]
        if word == '"':
            close = next((j for j in range(i + 1, min(i + 6, limit)) if words[j] == '"'), None)
            if close is None or close >= limit:
                return i
            if not waits:
                return i
            i, waits = close + 1, False
            continue
        if word == "(":
            close = next((j for j in range(i + 1, min(i + 6, limit)) if words[j] == ")"), None)
            if close is None or close + 1 >= limit or (not bounded and is_mark(words[close + 1])):
                return i
            i = close + 1
            continue
        if is_mark(word):
            return i
        if word in {"باسمه", "باسمها", "باسمهم", "باسمهما"}:
            i, waits = i + 1, False
            continue
        if i > at and i + 1 < limit and words[i + 1] in {"بن", "بنت"} and not definite(word) and word not in titles.OF:
            return i  # حمود بن عبدالرحمن
        if word in names.GIVEN and not of_person and not (waits and word in titles.OF):
            return i
        if word in titles.ROLES or word in titles.COUNTERPARTS:
            if (
                not waits
                and not definite(word)
                and word not in titles.AFTER_TITLE
                and not bounded
                and not words[i - 1].startswith("باسم")
                and not given_ahead(words, i + 1, limit, 5)
            ):
                return i
            i, waits = i + 1, not definite(word)
        elif word in titles.OF or (word in titles.ORGANISATIONS and not definite(word)):
            i, waits = i + 1, True
        elif word[0] == "ل" and word[1:] in titles.ROLES and not waits and definite(words[i - 1]):
            i, waits = i + 1, True  # النائب الأول لرئيس الوزراء
        elif word[0] == "و" and word[1:] in titles.ROLES and not waits and not definite(word[1:]):
            i, waits = i + 1, True  # نائب رئيس الوزراء ووزير النفط
        elif definite(word) and word not in NAME_ENDS:
            if not waits and (
                (is_verbal_noun(word) and not bounded and definite(words[i - 1]))
                or (word.endswith("ين") and definite(words[i - 1]) and not names.is_nisba(word))
            ):
                return i
            i, waits = i + 1, False
        elif not waits and serves(words, i, limit):
            i, waits = i + 1, not word.startswith("لل")
        elif word == "ل" and i + 1 < limit and words[i + 1] == '"':
            i, waits = i + 1, True  # الأمين العام لـ«حزب الله»
        elif (
            word[0] == "و"
            and not waits
            and (definite(words[i - 1]) or is_verbal_noun(word[1:]))
            and i + 1 < limit
            and definite(words[i + 1])
            and _coordinates(word)
        ):
            i, waits = i + 1, True  # الطوارئ وإدارة الكوارث, الاتصالات وتقنية المعلومات
        elif (word.startswith("وال") and len(word) > 5 and not waits and definite(words[i - 1].removeprefix("و").removeprefix("لل"))) or (
            word.startswith("وال") and words[i - 1].startswith(("لل", "وال"))
        ):
            i += 1
        elif waits and (word in titles.AFTER_TITLE or names.is_nisba(word)):
            i += 1  # مدير عام, مسؤول أميركي: still open for «عام الهيئة», closed for a name
            waits = i < limit and (definite(words[i]) or words[i] in titles.OF)
        elif not waits and word.endswith("ا") and word[:-1] in titles.AFTER_TITLE:
            i += 1  # مسؤولا أمنيا كبيرا
        elif not waits and (word in titles.AFTER_TITLE or (names.is_nisba(word) and not definite(words[at]))):
            i += 1
        elif (
            not waits
            and word[0] == "ل"
            and bounded
            and definite(words[i - 1])
            and len(word) > 4
            and word not in NAME_ENDS
            and 2 <= run_of(words, i + 1, limit) <= 4
        ):
            i += 1  # الرئيس التنفيذي لإيرباص غيوم فوري
        elif not waits and word.startswith("بال") and bounded and 2 <= run_of(words, i + 1, limit) <= 4:
            i += 1  # وزير الصحة بالولاية سعد آدم
        elif not waits and word[0] == "ب" and is_body(word[1:]):
            i = body_end(words, i, limit, bounded=bounded)  # الباحثة بجامعة حلب منى
        elif word in {"علي", "عن"} or (word[0] == "ب" and words[i - 1].removeprefix("ال").removesuffix("ة") in CHARGED):
            k = past_place(words, i if word in {"علي", "عن"} else i - 1, limit, known)
            if k is None:
                return i
            i, waits = k, False
        elif (
            word in {"في", "لدي", "من"} and (bounded or is_body(words[min(i + 1, limit - 1)])) and (k := past_place(words, i, limit, known))
        ):
            i, waits = k, False
        elif waits and not stops(word):
            if begins_name(words, i, limit, known):
                return i
            i, waits = i + 1, False
            if (
                i + 1 < limit
                and not stops(words[i])
                and words[i] not in names.GIVEN
                and words[i] not in known
                and words[i + 1] in names.GIVEN
            ):
                i += 1  # محاكم صفاقس فوزي
        elif (
            not waits
            and not stops(word)
            and (word in names.countries() or word.endswith("ة") or is_verbal_noun(word))
            and bounded
            and given_ahead(words, i + 1, limit)
        ):
            i += 1  # مدير صحة حلب سامر
        else:
            return i
    return i


def _coordinates(word: str) -> bool:
    """A second field of an office, glued to its و."""
    return (
        word[1:] in titles.OF
        or word[1:] in titles.ORGANISATIONS
        or (word.endswith("ة") and word not in verbs.KNOWN)
        or is_verbal_noun(word[1:])
    )


def _other(words: Sequence[str], at: int, limit: int, bounded: bool, known: Collection[str]) -> Phrase:
    """A name without a title, a country, or any other noun."""
    if (
        words[at] in names.GIVEN
        or words[at] in known
        or (words[at] in {"ام", "ابو", "ابي"} and at + 1 < limit and not is_mark(words[at + 1]))
    ):
        return Phrase(at, max(at + 1, name_end(words, at, limit, bounded, known)), "person", at)
    i = at + 1
    if definite(words[at]) and names.is_nisba(words[at]) and i < limit and (words[i] in names.GIVEN or words[i] in known):
        return Phrase(at, name_end(words, i, limit, bounded, known), "person", i)  # السويدي توني غوستافسون
    if definite(words[at]):
        k = i
        while k < min(limit, at + 3) and definite(words[k]):
            k += 1
        if k < limit and words[k] in names.GIVEN and words[at] not in titles.ORGANISATIONS:
            return Phrase(at, name_end(words, k, limit, bounded, known), "person", k)  # الناقد طارق الشناوي
        return Phrase(at, body_end(words, at, limit, bounded=bounded), "other", at)
    while (
        i < limit
        and i - at < 4
        and not stops(words[i])
        and not (heads(words[i]) and i - at > 1)
        and (bounded or not (is_verbal_noun(words[i]) or plain_noun(words[i])))
    ):
        i += 1
    return Phrase(at, i, "other", at)

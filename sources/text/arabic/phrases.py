"""Where an Arabic noun phrase ends and what it names: title, name, body, group or document; no dictionary of people."""

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
    thing,
    unprefixed,
)
from sources.text.arabic.nouns import is_verbal_noun
from sources.text.arabic.particles import NAME_ENDS
from sources.text.arabic.reporting import OCCASIONS

__all__ = ["Phrase", "body_end", "definite", "is_mark", "phrase", "stops", "unprefixed"]


_LONGEST_NAME = 6


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
    end = _name_end(words, i, limit, bounded, known) if i < limit else i
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
            and 2 <= _run(words, i + 1, limit) <= 4
        ):
            i += 1  # الرئيس التنفيذي لإيرباص غيوم فوري
        elif not waits and word.startswith("بال") and bounded and 2 <= _run(words, i + 1, limit) <= 4:
            i += 1  # وزير الصحة بالولاية سعد آدم
        elif not waits and word[0] == "ب" and is_body(word[1:]):
            i = body_end(words, i, limit, bounded=bounded)  # الباحثة بجامعة حلب منى
        elif word in {"علي", "عن"} or (word[0] == "ب" and words[i - 1].removeprefix("ال").removesuffix("ة") in CHARGED):
            k = _past_place(words, i if word in {"علي", "عن"} else i - 1, limit, known)
            if k is None:
                return i
            i, waits = k, False
        elif (
            word in {"في", "لدي", "من"}
            and (bounded or is_body(words[min(i + 1, limit - 1)]))
            and (k := _past_place(words, i, limit, known))
        ):
            i, waits = k, False
        elif waits and not stops(word):
            if _begins_name(words, i, limit, known):
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


def _run(words: Sequence[str], i: int, limit: int) -> int:
    """How many words from i on may be part of a name."""
    k = i
    while k < limit and not stops(words[k]) and not is_verbal_noun(words[k]):
        k += 1
    return k - i


def _coordinates(word: str) -> bool:
    """A second field of an office, glued to its و."""
    return (
        word[1:] in titles.OF
        or word[1:] in titles.ORGANISATIONS
        or (word.endswith("ة") and word not in verbs.KNOWN)
        or is_verbal_noun(word[1:])
    )


def _begins_name(words: Sequence[str], i: int, limit: int, known: Collection[str]) -> bool:
    """After an indefinite role: does a name begin here («لاعب كريم»), or its complement («محافظ حلب»)?"""
    return words[i] in known and i + 1 < limit and (words[i + 1] in known or words[i + 1].startswith("ال"))


def _last(words: Sequence[str], i: int, limit: int) -> bool:
    """A title as a family name: «كامل الوزير», «نادر خوري»."""
    following = words[i + 1] if i + 1 < limit else ""
    if definite(words[i]):
        return following not in names.GIVEN
    return not following or is_mark(following) or following in NAME_ENDS


def _past_place(words: Sequence[str], i: int, limit: int, known: Collection[str]) -> int | None:
    """«في بنك النيل سامر»: past the place, where a name or a rank follows it."""
    if i + 1 >= limit or words[i + 1] in OCCASIONS:
        return None
    first = i + 1
    if words[first] == '"':
        first = next((j for j in range(first + 1, min(first + 6, limit)) if words[j] == '"'), limit)
    for k in range(first + 1, min(limit, i + 9)):
        if is_mark(words[k]) or words[k] in NAME_ENDS:
            break
        if words[k] in names.GIVEN or (words[k] in titles.HONORIFICS and definite(words[k])) or words[k] in known:
            return k
    return _unknown_after(words, i, limit)


def _unknown_after(words: Sequence[str], i: int, limit: int) -> int | None:
    """«في سوريا سيلين شميت إن»: a place and then two or three words that can be nothing but a name."""
    place = words[i + 1]
    if place == '"':
        close = next((j for j in range(i + 2, min(i + 8, limit)) if words[j] == '"'), limit)
        run = _run(words, close + 1, limit)
        return close + 1 if 1 <= run <= 4 else None
    k = i + 2 if not (is_body(place) or definite(place)) else body_end(words, i + 1, limit, bounded=False)
    end = k
    while end < limit and not stops(words[end]) and not is_verbal_noun(words[end]):
        end += 1
    closed = end == limit or is_mark(words[end]) or words[end] in NAME_ENDS
    return k if 2 <= end - k <= 4 and not definite(words[k]) and not thing(words[k]) and closed else None


def _name_end(words: Sequence[str], i: int, limit: int, bounded: bool, known: Collection[str]) -> int:
    begin, parts = i, 0
    while i < limit and i - begin < _LONGEST_NAME + 2:
        word = words[i]
        if is_mark(word):
            break
        if word in names.NAME_PARTICLES and i + 1 < limit and not is_mark(words[i + 1]):
            i += 1 if words[i + 1] in names.NAME_PARTICLES else 2
            continue
        if i > begin and word in names.COMPOUNDS:
            i += 1  # حسام الدين, فاطمة الزهراء
            continue
        parts += 1
        if parts == 1 and len(word) > 4 and word.endswith(("ه", "ها", "هم")) and not definite(word) and word not in names.GIVEN:
            break  # الرئيس المنتهية ولايته
        if word in known or word in names.GIVEN:
            i += 1
            continue
        if stops(word) or (heads(word) and not (parts == 2 and _last(words, i, limit))):
            break
        if word.startswith(("لل", "بال", "كال", "وال")) and len(word) > 4:
            break
        if (
            parts > 1
            and not bounded
            and definite(word)
            and definite(words[i - 1])
            and words[i - 1] not in names.COMPOUNDS
            and words[i - 2] not in names.NAME_PARTICLES
        ):
            break  # سامر الحلاق الدول
        if parts > 2 and not bounded and word in names.countries():
            break  # اتهم النائب سامر الحلاق إسرائيل
        if parts > 2 and not bounded and not definite(word) and i + 1 < limit and definite(words[i + 1]):
            break  # فارس منصور أداء الحكومة
        if (
            (parts > 2 or words[i - 2] in names.NAME_PARTICLES)
            and i > begin + 1
            and not bounded
            and i + 1 < limit
            and len(words[i + 1]) > 4
            and words[i + 1].endswith(("ه", "ها", "هم"))
        ):
            break  # فيصل بن فرحان موقف بلاده
        if not bounded and len(word) > 4 and word.endswith("ا") and is_verbal_noun(word[:-1]):
            break  # ترأس الملك اجتماعا
        if parts > 1 and len(word) > 4 and not bounded and word.endswith(("ته", "تها", "اته", "اتها", "هم")):
            break  # توقعاته
        if not bounded and (
            (is_verbal_noun(word) and not (parts == 2 and word in _SURNAMES))
            or (parts > 2 and plain_noun(word))
            or (parts == 2 and thing(word) and not (i + 1 < limit and stops(words[i + 1])))
            or parts > 4
        ):
            break
        if not bounded and parts > 1 and definite(words[i - 1]) and words[i - 2] not in names.NAME_PARTICLES and not definite(word):
            break  # a family name with the article is the last part
        i += 1
    return min(i, limit)


# Verbal nouns that are family names too.
_SURNAMES = frozenset("حداد وفاء نجاح رفعت سعي جهاد كفاح نضال وصفي فتح شحن".split())


def _other(words: Sequence[str], at: int, limit: int, bounded: bool, known: Collection[str]) -> Phrase:
    """A name without a title, a country, or any other noun."""
    if (
        words[at] in names.GIVEN
        or words[at] in known
        or (words[at] in {"ام", "ابو", "ابي"} and at + 1 < limit and not is_mark(words[at + 1]))
    ):
        return Phrase(at, max(at + 1, _name_end(words, at, limit, bounded, known)), "person", at)
    i = at + 1
    if definite(words[at]) and names.is_nisba(words[at]) and i < limit and (words[i] in names.GIVEN or words[i] in known):
        return Phrase(at, _name_end(words, i, limit, bounded, known), "person", i)  # السويدي توني غوستافسون
    if definite(words[at]):
        k = i
        while k < min(limit, at + 3) and definite(words[k]):
            k += 1
        if k < limit and words[k] in names.GIVEN and words[at] not in titles.ORGANISATIONS:
            return Phrase(at, _name_end(words, k, limit, bounded, known), "person", k)  # الناقد طارق الشناوي
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

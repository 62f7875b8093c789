"""Where the name of a body ends: «وزارة الصحة والسكان», «منظمة هيومن رايتس ووتش», «الهيئة العامة للطيران»."""

from collections.abc import Sequence

from sources.text.arabic import names, titles, verbs
from sources.text.arabic.looks import CHARGED, PERIODS, definite, given_ahead, is_mark, plain_noun, stops
from sources.text.arabic.nouns import is_verbal_noun
from sources.text.arabic.particles import NAME_ENDS
from sources.text.arabic.reporting import OCCASIONS, RUMOURS


def body_end(words: Sequence[str], at: int, limit: int, *, bounded: bool = False) -> int:
    """Where the name of a body that opens at `at` ends."""
    i = at + 1
    waits = not definite(words[at])
    while i < limit:
        word = words[i]
        if word in {'"', "("}:
            mark = '"' if word == '"' else ")"
            close = next((j for j in range(i + 1, min(i + 7, limit)) if words[j] == mark), None)
            if word == '"' and not waits and definite(words[i - 1]):
                break  # «مكتب الوزير «رويترز»»: told to somebody
            if close is None or close >= limit or (word == "(" and not bounded and close + 1 < limit and is_mark(words[close + 1])):
                break
            i, waits = close + 1, False
            continue
        if is_mark(word):
            break
        if word == "صحة" and i + 1 < limit and words[i + 1] in RUMOURS:
            break  # «نفت الشركة صحة الأنباء»
        if word in RUMOURS and definite(words[i - 1]):
            break  # «نفت الوزارة الاتهامات»
        if word in titles.OF and word not in NAME_ENDS and (waits or not definite(words[i - 1])):
            i, waits = i + 1, True
        elif definite(word) and word not in NAME_ENDS:
            if (
                i - at > 2
                and not bounded
                and not waits
                and not definite(words[i - 1])
                and not definite(words[i - 2])
                and not names.is_nisba(word)
            ):
                break  # منظمة هيومن رايتس السلطات
            if not bounded and definite(words[i - 1]) and word in titles.ORGANISATIONS:
                break  # حملت النقابة الوزارة
            if i - at == 1 and not waits and not bounded and word.endswith("ين") and not names.is_nisba(word):
                break  # طالبت الهيئة المانحين
            if not waits and (
                (is_verbal_noun(word) and not bounded and definite(words[i - 1])) or (word in titles.ROLES and word != "العامل")
            ):
                break
            i, waits = i + 1, False
        elif not waits and serves(words, i, limit):
            i, waits = i + 1, not word.startswith("لل")
        elif (
            word[0] == "و"
            and not waits
            and (bounded or _for_somebody(words, at, i))
            and i + 1 < limit
            and definite(words[i + 1])
            and word[1:] in titles.OF
        ) or _second_field(words, i, limit, waits):
            i, waits = i + 1, True  # لطلبة الطب وطب الأسنان
        elif (word.startswith("وال") and len(word) > 5 and (definite(words[i - 1]) or words[i - 1].startswith(("لل", "وال")))) or (
            waits and word[0] == "و" and word[1:] in titles.OF
        ):
            i += 1
        elif word[0] == "ب" and words[i - 1].removeprefix("ال").removesuffix("ة") in CHARGED:
            i += 1  # المكتب المعني بالمخدرات
        elif word == "بلا" and i + 1 < limit:
            i, waits = i + 2, False  # أطباء بلا حدود
        elif waits and not stops(word):
            i, waits = i + 1, False
            for _ in range(2):
                if not definite(words[i - 1]) and i < limit and not stops(words[i]) and _goes_on(words[i], bounded):
                    i += 1
        else:
            break
    return i


def _second_field(words: Sequence[str], i: int, limit: int, waits: bool) -> bool:
    """«هيئة الرقابة ومكافحة الفساد»: a body of two fields."""
    word = words[i]
    if waits or word[0] != "و" or i + 1 >= limit or not definite(words[i - 1]) or not definite(words[i + 1]):
        return False
    return word.endswith("ة") and is_verbal_noun(word[1:])


def _for_somebody(words: Sequence[str], at: int, i: int) -> bool:
    """«اللجنة الوطنية لطلبة الطب وطب الأسنان»: whom the body is for may be two."""
    return any(words[k][0] == "ل" and len(words[k]) > 3 for k in range(at + 1, i))


def serves(words: Sequence[str], i: int, limit: int) -> bool:
    """«للطاقة», «لكرة القدم», «لتنسيق الشؤون»: what a body is for."""
    word = words[i]
    if word in PERIODS:
        return False
    if word.startswith("لل") and len(word) > 4:
        return True
    rest = word[1:]
    if word[0] != "ل" or len(rest) < 3:
        return False
    if rest in titles.CARRIERS:  # «المدير التنفيذي لوكالة الطاقة فاتح», but not «قال سامر لوكالة الأنباء»
        return given_ahead(words, i + 2, limit, 6) or (
            rest == "وكالة" and words[min(i + 1, limit - 1)] not in titles.CARRIERS and i + 3 < limit
        )
    if word in NAME_ENDS:
        return False
    if rest in titles.OF or rest in titles.ORGANISATIONS or rest in _PURPOSES:
        return rest not in OCCASIONS
    return i + 1 < limit and definite(words[i + 1]) and not is_verbal_noun(rest) and definite(words[i - 1]) and rest not in titles.ROLES


_PURPOSES = frozenset(
    [
        "دول",
        "تنسيق",
        "مكافحة",
        "حماية",
        "مراقبة",
        "تنمية",
        "رعاية",
        "دعم",
        "حقوق",
        "دراسات",
        "ابحاث",
        "احصاء",
        "تنظيم",
        "تطوير",
        "تشغيل",
        "بحوث",
        "انقاذ",
        "تخطيط",
        "تمويل",
        "ترويج",
        "سلامة",
    ]
)


def _goes_on(word: str, bounded: bool) -> bool:
    """A second indefinite word of a body's name: «نيويورك تايمز», «دونالد ترامب»."""
    if is_verbal_noun(word) or word in titles.ROLES or word in PERIODS or word.startswith(("لل", "بال", "ال")):
        return False
    return bounded or not (plain_noun(word) or len(word) < 4 or verbs.may_be_verb(word))

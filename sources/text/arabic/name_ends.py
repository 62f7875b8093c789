"""Where an Arabic name begins and where it ends; no dictionary of people stands behind it."""

from collections.abc import Collection, Sequence

from sources.text.arabic import names, titles
from sources.text.arabic.bodies import body_end
from sources.text.arabic.looks import definite, heads, is_body, is_mark, plain_noun, stops, thing
from sources.text.arabic.nouns import is_verbal_noun
from sources.text.arabic.particles import NAME_ENDS
from sources.text.arabic.reporting import OCCASIONS

_LONGEST_NAME = 6
# Verbal nouns that are family names too.
_SURNAMES = frozenset("حداد وفاء نجاح رفعت سعي جهاد كفاح نضال وصفي فتح شحن".split())


def run_of(words: Sequence[str], i: int, limit: int) -> int:
    """How many words from i on may be part of a name."""
    k = i
    while k < limit and not stops(words[k]) and not is_verbal_noun(words[k]):
        k += 1
    return k - i


def begins_name(words: Sequence[str], i: int, limit: int, known: Collection[str]) -> bool:
    """After an indefinite role: does a name begin here («لاعب كريم»), or its complement («محافظ حلب»)?"""
    return words[i] in known and i + 1 < limit and (words[i + 1] in known or words[i + 1].startswith("ال"))


def is_family_name(words: Sequence[str], i: int, limit: int) -> bool:
    """A title as a family name: «كامل الوزير», «نادر خوري»."""
    following = words[i + 1] if i + 1 < limit else ""
    if definite(words[i]):
        return following not in names.GIVEN
    return not following or is_mark(following) or following in NAME_ENDS


def past_place(words: Sequence[str], i: int, limit: int, known: Collection[str]) -> int | None:
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
        run = run_of(words, close + 1, limit)
        return close + 1 if 1 <= run <= 4 else None
    k = i + 2 if not (is_body(place) or definite(place)) else body_end(words, i + 1, limit, bounded=False)
    end = k
    while end < limit and not stops(words[end]) and not is_verbal_noun(words[end]):
        end += 1
    closed = end == limit or is_mark(words[end]) or words[end] in NAME_ENDS
    return k if 2 <= end - k <= 4 and not definite(words[k]) and not thing(words[k]) and closed else None


def name_end(words: Sequence[str], i: int, limit: int, bounded: bool, known: Collection[str]) -> int:
    """Where the name that begins at i ends; `bounded` where something behind it shows that it has to end by `limit`."""
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
        if stops(word) or (heads(word) and not (parts == 2 and is_family_name(words, i, limit))):
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

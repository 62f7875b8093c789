"""Figures that no number word tells: duals, «بعد أسبوع», «جندي واحد», "an hour and a half", «بالمئة 10»."""

from collections.abc import Callable
from decimal import Decimal

from sources.text.numbers import days, nouns
from sources.text.numbers.duals import dual
from sources.text.numbers.figures import Figure, Readers
from sources.text.numbers.measures import SINGLE
from sources.text.numbers.number_words import number_word
from sources.text.numbers.numerals import Numeral
from sources.text.numbers.tokens import key, keys

_PERCENT_FIRST = keys("بالمائة بالمئة percents")
_ONCE = {
    key(word): name
    for word, name in (
        ("ثانية", "second"), ("دقيقة", "minute"), ("ساعة", "hour"), ("يوم", "day"), ("أسبوع", "week"), ("شهر", "month"), ("عام", "year"),
        ("سنة", "year"), ("عقد", "decade"), ("قرن", "century"), ("يوما", "day"), ("أسبوعا", "week"), ("شهرا", "month"), ("عاما", "year"),
        ("عقدا", "decade"), ("قرنا", "century"),
    )
}  # fmt: skip
_ONCE_LEADS = keys("بعد وبعد قبل وقبل لمدة مدة طوال طيلة خلال منذ")
_COMPARED = ("more_than", "less_than", "about", "nearly", "at_least")
_ACCUSATIVE = keys("أسبوعا شهرا")  # «أمهلهم أسبوعا»; the others have other senses
_WHOLE = keys("كامل كاملة كاملا واحد واحدة واحدا")
# «في وقت واحد» and its like count nothing.
_NO_ONE = keys(
    "وقت آن صوت يد جانب اتجاه صف سقف مكان شيء شيئا أمر نفس كل أي طرف قلب جسد لسان موقف خندق مستوى نحو رأي إطار يوم مرة رقم دفعة كتلة وتيرة جملة"
)


_WITH_BL = keys(
    "لحظة لجنة ليلة لغة لعبة لائحة لوحة لقطة لاعب لقب لص بلدة بطاقة بوابة باخرة بندقية بارجة بناية بئر بيت بلد بند بنك برج باب بحار"
)
_PAIRS = {"pair": 2, "couple": 2, "single": 1}
_TIMES = {
    "twice": Decimal(2), "thrice": Decimal(3), "doubled": Decimal(2), "tripled": Decimal(3), "trebled": Decimal(3),
    "quadrupled": Decimal(4),
}  # fmt: skip
# «إلى ضعفها», «ضعفي ما كان»: twice as much; elsewhere the word is weakness.
_TWOFOLD = keys("ضعفها ضعفه ضعفهم ضعفي ضعفيها ضعفيه")
_TO = keys("إلى يعادل تعادل بلغ بلغت يبلغ تبلغ يساوي تساوي أو نحو حوالي")
_WHAT = keys("ما عدد حجم قيمة سعر مستوى معدل كلفة تكلفة")
# «ثلثهم»، «نصفها»: a part of those just named.
_OWN_PARTS = {
    key(stem + ending): value
    for stems, value in (("نصف", Decimal("0.5")), ("ثلث", Decimal(1) / 3), ("ربع", Decimal("0.25")), ("ثلثا ثلثي", Decimal(2) / 3))
    for stem in stems.split()
    for ending in ("ها", "هم", "هما", "هن", "ه")
}


def read(r: Readers, i: int) -> Figure | None:
    """The figure at token `i`, which is no number word; None for nearly every word."""
    word = r.tokens.texts[i]
    if word in ("a", "an"):
        return _article(r, i) or (_alone(r) if len(r.tokens) <= 3 and i == 0 else None)
    if word == "نص" and (found := _half(r, i)):
        return found
    if word in _TIMES:
        return r.compared(i, Figure(r.tokens.starts[i], r.tokens.ends[i], i + 1, _TIMES[word], "times"), "times")
    if word in _TWOFOLD and ((i and r.tokens.joined(i) and r.tokens.word(i - 1) in _TO) or r.tokens.word(i + 1) in _WHAT):
        return r.compared(i, Figure(r.tokens.starts[i], r.tokens.ends[i], i + 1, Decimal(2), "times"), "times")
    if word in _OWN_PARTS:
        return r.compared(i, Figure(r.tokens.starts[i], r.tokens.ends[i], i + 1, _OWN_PARTS[word], "ratio"), "ratio")
    if word.endswith(("ان", "ين")) and (found := _dual(r, i)):
        return found
    if len(r.tokens) <= 3 and i == 0 and (found := _alone(r)):
        return found
    if word in _ONCE and (found := _once(r, i)):
        return found
    if word in _PERCENT_FIRST:
        return _percent_first(r, i)
    if word in SINGLE and (found := _measure(r, i)):
        return found
    if r.tokens.word(i + 1) in ("واحد", "واحده", "واحدا"):
        return _one_behind(r, i)
    return None


def _half(r: Readers, i: int) -> Figure | None:
    """«نص مليون», «نص ساعة»: spoken; elsewhere the word is a text."""
    t = r.tokens
    scale = number_word(t.word(i + 1)) if t.joined(i + 1) else None
    if scale and scale.role == "scale" and not scale.lead:
        unit = r.units.following(Numeral(t.starts[i], t.ends[i + 1], i + 2, scale.value / 2, spelled=True, scale=scale.value))
        after = unit.after if unit else i + 2
        return r.compared(i, Figure(t.starts[i], t.ends[after - 1], after, scale.value / 2, unit.name if unit else None), "count")
    unit_of = SINGLE.get(t.word(i + 1)) if t.joined(i + 1) else None
    if unit_of is None or unit_of.kind not in ("duration", "measure"):
        return None
    return r.compared(i, Figure(t.starts[i], t.ends[i + 1], i + 2, Decimal("0.5"), unit_of.name), unit_of.kind)


def _alone(r: Readers) -> Figure | None:
    """A text that is nothing but «دولار» or "a pair of"."""
    t = r.tokens
    count = _PAIRS.get(" ".join(t.texts[: len(t)]).removeprefix("a ").removesuffix(" of"))
    if count:
        return Figure(t.starts[0], t.ends[len(t) - 1], len(t), Decimal(count), None)
    money = r.money.after(0) if r.money.is_noun(t.word(0)) else None
    return Figure(t.starts[0], t.ends[len(t) - 1], len(t), Decimal(1), money[0]) if money and money[1] == len(t) else None


def _dual(r: Readers, i: int) -> Figure | None:
    found = dual(r.tokens, i, r.money)
    if found is None:
        return None
    value, after = Decimal(2), found.after
    if found.kind != "count" and (more := r.grammar.fraction_after(after)):
        value, after = value + more[0], _past(r, more[1], found.unit)
    if r.tokens.word(i - 1) in ("بين", "وبين") and (upper := _upper(r, found.after)):
        return upper(found.start)
    if found.kind == "money" and (cents := r.units.cents(after)):
        value, after = value + cents[0], cents[1]
    return r.compared(i, Figure(found.start, r.tokens.ends[after - 1], after, value, found.unit), found.kind)


def _upper(r: Readers, j: int) -> Callable[[int], Figure] | None:
    """«بين نقطتين وثلاث نقاط مئوية»: the range that a dual opens."""
    if not r.tokens.word(j).startswith("و") or not r.tokens.joined(j):
        return None
    k = j + 1 if r.tokens.word(j) == "و" else j
    n = r.grammar.numeral(k) if r.grammar.opens(k) else None
    unit = r.units.following(n) if n and n.value > 2 else None
    if n is None or unit is None:
        return None
    end = r.tokens.ends[unit.after - 1]
    return lambda start: Figure(start, end, unit.after, Decimal(2), unit.name, "between", n.value)


def _past(r: Readers, after: int, unit: str) -> int:
    """«ساعة ونصف الساعة»: the unit again."""
    same = SINGLE.get(r.tokens.word(after).removeprefix("ال")) if r.tokens.joined(after) else None
    return after + 1 if same and same.name == unit else after


def _once(r: Readers, i: int) -> Figure | None:
    """«بعد أسبوع»: one of it; «ساعة ونصف»: one and a half; «عام كامل»."""
    t, word = r.tokens, r.tokens.texts[i]
    name = _ONCE[word]
    if (more := r.grammar.fraction_after(i + 1)) and more[0] < 1:
        after = _past(r, more[1], name)
        return r.compared(i, Figure(t.starts[i], t.ends[after - 1], after, 1 + more[0], name), "duration")
    behind = t.word(i + 1) if t.joined(i + 1) else ""
    if behind in _WHOLE:
        return r.compared(i, Figure(t.starts[i], t.ends[i + 1], i + 2, Decimal(1), name), "duration")
    if word in _ACCUSATIVE and not t.is_digits(i - 1) and behind not in ("ما", "بعد", "اخر"):
        return r.compared(i, Figure(t.starts[i], t.ends[i], i + 1, Decimal(1), name), "duration")
    led = i and t.joined(i) and t.word(i - 1) in _ONCE_LEADS
    if not led and t.joined(i) and not _named(behind) and not t.is_digits(i + 1):
        figure = r.compared(i, Figure(t.starts[i], t.ends[i], i + 1, Decimal(1), name), "duration")
        return figure if figure.comparator in _COMPARED else None
    if len(t) == 1 or (led and not t.is_digits(i + 1) and not _named(behind)):
        return Figure(t.starts[i], t.ends[i], i + 1, Decimal(1), name)
    return None


def _named(behind: str) -> bool:
    """«خلال شهر رمضان», «منذ عام 2010», «قبل يوم الجمعة»: a name or a date and no span."""
    return (
        behind.startswith("ال")
        or behind in days.MONTHS
        or (bool(behind) and not nouns.counts_nothing(behind) and behind not in ("تقريبا", "فقط", "واحد"))
    )


def _measure(r: Readers, i: int) -> Figure | None:
    """«لتر ونصف», «متر واحد»; a lone unit where it is the whole text."""
    t, unit = r.tokens, SINGLE[r.tokens.texts[i]]
    if unit.kind not in ("measure", "times") or len(t.texts[i]) < 2:
        return None
    if (more := r.grammar.fraction_after(i + 1)) and nouns.is_arabic(t.texts[i]):
        after = _past(r, more[1], unit.name)
        return r.compared(i, Figure(t.starts[i], t.ends[after - 1], after, 1 + more[0], unit.name), unit.kind)
    if len(t) == 1 and unit.kind == "measure":
        return Figure(t.starts[i], t.ends[i], i + 1, Decimal(1), unit.name)
    return None


def _one_behind(r: Readers, i: int) -> Figure | None:
    """«جندي واحد», «طائرة واحدة»: one, said after what it counts."""
    t, word = r.tokens, r.tokens.texts[i]
    if word[0] in "بل" and word not in SINGLE and word not in _WITH_BL:
        return None  # «لحضارة واحدة»
    bare = word[1:] if word[0] == "و" and len(word) > 3 and nouns.counts_nothing(word) else word
    if "في" in (t.word(i - 1), t.word(i - 2)):  # «في سرير واحد»: in the same one
        return None
    if not t.joined(i + 1) or not nouns.is_arabic(word) or word.startswith("ال") or bare in _NO_ONE or nouns.counts_nothing(bare):
        return None
    if (word[-1] == "ه") != (t.word(i + 1)[-1] == "ه") and not word.endswith("ا"):
        return None  # no agreement: «الأمم المتحدة واحدة من …»
    known = SINGLE.get(bare)
    start = t.starts[i] + len(word) - len(bare)
    unit = known.name if known else t.read(start, t.ends[i])
    return r.compared(i, Figure(start, t.ends[i + 1], i + 2, Decimal(1), unit), known.kind if known else "count")


def _article(r: Readers, i: int) -> Figure | None:
    """ "an hour and a half", "a dollar and 42 cents"; "a kilogram" where it is the whole text."""
    t = r.tokens
    if not t.joined(i + 1):
        return None
    unit = SINGLE.get(t.word(i + 1))
    money = r.money.after(i + 1) if r.money.is_noun(t.word(i + 1)) else None
    name, after = (unit.name, i + 2) if unit else money or ("", 0)
    if not name:
        return None
    extra = r.grammar.fraction_after(after) or (r.units.cents(after) if money else None)
    more, beyond = extra or (Decimal(0), after)
    kind = unit.kind if unit else "money"
    figure = r.compared(i, Figure(t.starts[i], t.ends[beyond - 1], beyond, 1 + more, name), kind)
    stands = extra or (i == 0 and after == len(t)) or (figure.comparator in _COMPARED and kind in ("duration", "measure", "money"))
    return figure if stands else None  # "more than an hour", but no "an hour later"


def _percent_first(r: Readers, i: int) -> Figure | None:
    """«بالمائة 10», "percents of twenty": the whole text, as elsewhere the word belongs to the figure before."""
    t = r.tokens
    k = i + 2 if t.word(i + 1) == "of" else i + 1
    if i or not t.joined(k):
        return None
    n = r.grammar.numeral(k)
    return Figure(t.starts[i], n.end, n.after, n.value, "percent") if n and n.after == len(t) else None

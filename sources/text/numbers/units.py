"""The unit after a number: a share, a currency, a measure, a span of time, or what is counted."""

from dataclasses import dataclass
from decimal import Decimal

from sources.text.numbers import measures, nouns
from sources.text.numbers.currencies import Money
from sources.text.numbers.number_words import number_word
from sources.text.numbers.numerals import Grammar, Numeral
from sources.text.numbers.tokens import Tokens, keys

_OF = ("من", "of")
_OUT_OF = (("of",), ("out", "of"), ("من", "اصل"), ("من", "اجمالي"), ("من", "مجموع"), ("من", "بين"), ("من",))
_THE = keys("the its his her their these those our all some")
_MORE = keys("additional more other new extra full further consecutive straight fewer away home past last next first")
SPANS = frozenset(word for word, unit in measures.SINGLE.items() if unit.kind == "duration")
_SHORT_WORDS = keys("tall long high wide deep away above below from of and or")
_ABOUT = keys("نحو حوالي قرابة أكثر من زهاء")
_SPAN_BEFORE = keys("منذ ومنذ خلال قبل وقبل بعد مدى طوال طيلة مدار عبر لمدة مدة امتداد طول من قرابة")
_SPAN_AFTER = keys("من الماضية الأخيرة المقبلة القادمة مضت خلت متتالية كاملة ونصف على الماضيين الأخيرين المقبلين")
_CHANGES = keys("cut cuts rise rises increase increases hike hikes reduction reductions move")
WITHIN = keys("vote member seat nation country judge person page room bed")
_OWN = ("ه", "ها", "هم", "هما", "هن", "نا")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, its kind (share, money, measure, duration, times, count, ratio) and the token after it."""

    name: str
    kind: str
    after: int


def spans(tokens: Tokens, first: int, after: int) -> bool:
    """Is what stands between tokens `first` and `after` a span of time, by the words around it?"""
    near = tokens.word(first - 1) if tokens.word(first - 1) not in _ABOUT else tokens.word(first - 2)
    behind = tokens.word(after) if tokens.joined(after) else ""
    return near in _SPAN_BEFORE or behind in _SPAN_AFTER or len(tokens) <= after


class Units:
    """Reads the unit that follows a numeral."""

    def __init__(self, tokens: Tokens, money: Money, grammar: Grammar) -> None:
        self.t, self.money, self.grammar = tokens, money, grammar

    def following(self, n: Numeral) -> Unit | None:
        """The unit right after the numeral, or none."""
        i = n.after
        if not self.t.hyphened(i):
            return None
        hyphen = not self.t.joined(i)
        if n.share and not hyphen:
            i = self._past_article(i)
        if found := self._compound(i, n, hyphen=hyphen) or self._measure(i, n, hyphen=hyphen):
            return found
        if (not hyphen or self.money.is_noun(self.t.word(i)) or self.money.cents(i)) and (found := self._money(i, n)):
            return found
        if n.share or hyphen or (self.t.glued(i) and self.t.word(i).isascii()):
            return None
        return self._counted(i, n)

    def _compound(self, i: int, n: Numeral, *, hyphen: bool) -> Unit | None:
        """ "25-basis-point", "a quarter point", "a 12-member panel": the unit inside an adjective."""
        word, further = self.t.word(i), self.t.word(i + 1)
        if n.share and word == "point" and (hyphen or self.t.glued(i + 1) or further in _CHANGES):
            return Unit("percentage_point", "share", i + 1)
        if not hyphen:
            return None
        if word in ("basis", "percentage") and further in ("point", "points") and self.t.hyphened(i + 1):
            return Unit(f"{word}_point", "share", i + 2)
        return Unit(word, "count", i + 1) if word in WITHIN and n.value > 1 else None

    def cents(self, j: int) -> tuple[Decimal, int] | None:
        """«20 دولارا و43 سنتا»: the hundredths of a currency that are added to it, and the token after them."""
        k = j + 1 if self.t.word(j) in ("و", "and") else j
        if not self.t.joined(k) or not self.grammar.opens(k):
            return None
        small = self.grammar.numeral(k)
        if small is None or not 0 < small.value < 100 or not self.t.joined(small.after) or self.money.cents(small.after) is None:
            return None
        return small.value / 100, small.after + 1

    def _past_article(self, i: int) -> int:
        """ "half an hour", "a quarter of a percentage point": where the unit opens, if one does."""
        k = i + 1 if self.t.word(i) == "of" and self.t.joined(i + 1) else i
        k = k + 1 if self.t.word(k) in ("a", "an", "one") and self.t.joined(k + 1) else k
        return k if k > i and (measures.PHRASES.ahead(self.t, k) or self.money.is_noun(self.t.word(k))) else i

    def _measure(self, i: int, n: Numeral, *, hyphen: bool) -> Unit | None:
        found = measures.PHRASES.ahead(self.t, i)
        if found is None:
            return None
        label, after = found
        unit, word = measures.measure(label), self.t.word(i)
        if after == i + 1 and not self._means_it(word, i, n, hyphen=hyphen):
            return None
        return Unit(unit.name, unit.kind, after)

    def _means_it(self, word: str, i: int, n: Numeral, *, hyphen: bool) -> bool:
        """Is a word with other senses the unit here? "5 m", "5 second-hand cars", «3 قدم»."""
        after = i + 1
        if word in ("c", "f"):
            return self.t.glued(i) and self.t.capital(i)
        if word in measures.ONLY_GLUED and not self.t.glued(i):
            return not self.t.joined(after) or self.t.word(after) in _SHORT_WORDS
        if word in ("second", "min") and (hyphen or (self.t.gap(after) or "").strip() == "-"):
            return word == "min" or self.t.word(after) not in ("hand", "half", "tier", "placed", "largest", "term", "round")
        if word == "°" and self.t.word(after) in ("c", "f") and self.t.joined(after):
            return False
        if word in ("عقد", "عقدا", "عقود") and not self._is_span(n, after):
            return False  # contracts
        return not (word in ("قدم", "ميل") and n.value < 3) and not (word == "quarters" and n.value == 3)

    def _is_span(self, n: Numeral, after: int) -> bool:
        """Does the sentence speak of time: «منذ ثلاثة عقود», «أربعة عقود من الحرب»?"""
        first = self.t.at(n.start)
        return spans(self.t, first, after)

    def _money(self, i: int, n: Numeral) -> Unit | None:
        word = self.t.word(i)
        if found := self.money.after(i):
            return None if word == "won" and n.scale == 1 and n.value < 100 else Unit(found[0], "money", found[1])
        cent = self.money.cents(i)
        if cent is None or (word in ("c", "sen", "p") and not self.t.glued(i) and self.t.joined(i + 1)):
            return None
        return Unit(cent, "money", i + 1)

    # ── what is counted

    def _counted(self, i: int, n: Numeral) -> Unit | None:
        word = self.t.word(i)
        if word == "more" and self.t.word(i + 1) == "than":
            return None  # "those under 30 more than tripled"
        if word in _MORE and self.t.joined(i + 1) and not nouns.is_noun_like(self.t, i):
            found = measures.PHRASES.ahead(self.t, i + 1)
            if found and found[0].startswith("duration:"):
                return Unit(measures.measure(found[0]).name, "duration", found[1])
            i += 1
        if word in ("out", *_OF) and (unit := self._of_many(i, n)):
            return unit
        if word in _OF and self.t.joined(i + 1):
            return self._some_of(i + 1, n)
        after = nouns.counted(self.t, i)
        return Unit(self.t.read(self.t.starts[i], self.t.ends[after - 1]), "count", after) if after else None

    def _of_many(self, i: int, n: Numeral) -> Unit | None:
        """ "62 of 78 drones", «45 من أصل 120 مقعدا», "two of its nine members": so many of what is counted after."""
        for words in _OUT_OF:
            k = i + len(words)
            if not all(self.t.word(i + m) == word and self.t.joined(i + m) for m, word in enumerate(words)):
                continue
            for _ in range(4):
                k += self.t.word(k) in _THE or self.t.word(k) in _MORE or self._owns(k)
            if not self.t.joined(k) or self.t.word(k) in ("a", "an") or not self.grammar.opens(k):
                continue
            whole = self.grammar.numeral(k)
            if whole is None or whole.share or not whole.value >= n.value:
                return None
            beyond = self.following(whole) if self.t.word(whole.after) not in ("out", *_OF) else None
            return Unit(beyond.name, "count", n.after) if beyond and beyond.kind == "count" else None
        return None

    def _owns(self, k: int) -> bool:
        """ "the hospital's": whose they are, before how many."""
        return self.t.word(k).endswith(("'s", "'")) and self.t.joined(k + 1) and self.grammar.opens(k + 1)

    def _some_of(self, i: int, n: Numeral) -> Unit | None:
        """«ثلاثة من الجنود», "three of the ships", «اثنين من معاونيه»: so many of those."""
        word = self.t.word(i)
        if n.value == 1 and n.spelled:
            return None
        if nouns.is_arabic(word):
            known = (word.startswith("ال") and len(word) > 4) or (word.endswith(_OWN) and len(word) > 4)
            of_known = self.t.joined(i + 1) and self.t.word(i + 1).startswith("ال")
            if (
                word.removeprefix("ال") in SPANS
                or number_word(word)
                or not (known or (of_known and not nouns.counts_nothing(word)))
                or word in nouns.PRONOUNS
            ):
                return None
            return Unit(self.t.read(self.t.starts[i], self.t.ends[i]), "count", i + 1)
        k = i + 1 if word in _THE and self.t.joined(i + 1) else i
        if k > i and (after := nouns.counted(self.t, k)):
            return Unit(self.t.read(self.t.starts[k], self.t.ends[after - 1]), "count", after)
        return None

"""Money: currencies by their names in the CLDR, their symbols and codes; which riyal is meant where none is named."""

from bisect import bisect_left
from collections import Counter
from functools import lru_cache

from babel import Locale
from babel.core import get_global

from sources.text.numbers.tokens import Tokens, key, keys

SYMBOLS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₪": "ILS", "₽": "RUB", "₺": "TRY", "₹": "INR", "₩": "KRW", "₦": "NGN", "₴": "UAH",
    "₾": "GEL", "₡": "CRC",
}  # fmt: skip
# What stands before a dollar sign: US$, C$, HK$ and their like.
DOLLARS = {"us": "USD", "c": "CAD", "ca": "CAD", "cad": "CAD", "a": "AUD", "au": "AUD", "aud": "AUD", "hk": "HKD", "s": "SGD", "nz": "NZD", "r": "BRL", "usd": "USD", "nt": "TWD"}  # fmt: skip
# A letter right before the digits, in a text that names the country: R10.6bn, N1,100.
_LETTERS = {
    "r": ("ZAR", keys("rand rands african africa johannesburg pretoria")),
    "n": ("NGN", keys("naira nigeria nigerian lagos abuja")),
    "ksh": ("KES", keys("kenya kenyan nairobi shilling shillings")),
    "ush": ("UGX", keys("uganda ugandan kampala shilling shillings")),
    "tsh": ("TZS", keys("tanzania tanzanian shilling shillings")),
    "k": ("ZMW", keys("zambia zambian kwacha lusaka")),
}
_ABBREVIATED = {"rs": "INR", "rm": "MYR", "rmb": "CNY", "dh": "AED", "dhs": "AED", "sr": "SAR", "le": "EGP", "chf": "CHF"}
# Codes that are words, too, and count only in capitals.
_ALSO_WORDS = {
    "all",
    "try",
    "top",
    "cup",
    "mad",
    "lak",
    "gel",
    "ron",
    "bam",
    "ern",
    "pen",
    "tnd",
    "sos",
    "bob",
    "cop",
    "sar",
    "rub",
    "den",
    "man",
    "mop",
    "php",
    "pln",
    "pab",
    "one",
}
# The forms of a currency's noun: CLDR gives one of them.
_FORMS = {
    "ريال": "ريال ريالا ريالات", "جنيه": "جنيه جنيها جنيهات", "دينار": "دينار دينارا دنانير دينارات", "درهم": "درهم درهما دراهم",
    "ليرة": "ليرة ليرات", "دولار": "دولار دولارا دولارات", "روبل": "روبل روبلا روبلات", "يوان": "يوان يوانا يوانات", "روبية": "روبية روبيات",
    "فرنك": "فرنك فرنكا فرنكات", "كرونة": "كرونة كرونات كرون", "كرونا": "كرونا", "شيكل": "شيكل شيكلا شواكل شيكلات شيقل شيقلا شواقل", "ين": "ين ينا",
    "يورو": "يورو اورو أورو يوروهات", "وون": "وون", "بيزو": "بيزو بيزوات", "شلن": "شلن شلنا شلنات", "تومان": "تومان تومانا", "راند": "راند",
    "dollar": "dollar dollars", "euro": "euro euros", "pound": "pound pounds quid", "riyal": "riyal riyals", "rial": "rial rials",
    "dinar": "dinar dinars", "dirham": "dirham dirhams", "lira": "lira liras lire", "ruble": "ruble rubles rouble roubles",
    "yuan": "yuan yuans renminbi", "yen": "yen", "rupee": "rupee rupees", "franc": "franc francs", "krona": "krona kronor", "krone": "krone kroner",
    "shekel": "shekel shekels", "won": "won", "peso": "peso pesos", "shilling": "shilling shillings", "rand": "rand", "real": "reais",
    "ringgit": "ringgit ringgits", "baht": "baht", "zloty": "zloty zlotys", "hryvnia": "hryvnia hryvnias", "naira": "naira",
    "rupiah": "rupiah", "forint": "forint forints", "tugrik": "tugrik tugriks", "lari": "lari", "bitcoin": "bitcoin bitcoins",
    "dong": "dong", "geneh": "geneh",
}  # fmt: skip
# The one meant where the text names no country. None: the noun itself is the unit.
_PLAIN = {
    "دولار": "USD", "يورو": "EUR", "روبل": "RUB", "يوان": "CNY", "شيكل": "ILS", "ين": "JPY", "روبية": "INR", "وون": "KRW", "تومان": "IRT", "جنيه": "EGP",    "راند": "ZAR", "dollar": "USD", "euro": "EUR", "pound": "GBP", "ruble": "RUB", "yuan": "CNY", "yen": "JPY", "rupee": "INR",
    "shekel": "ILS", "won": "KRW", "rand": "ZAR", "real": "BRL", "ringgit": "MYR", "baht": "THB", "zloty": "PLN", "hryvnia": "UAH",
    "naira": "NGN", "rupiah": "IDR", "forint": "HUF", "tugrik": "MNT", "lari": "GEL", "dong": "VND", "bitcoin": "XBT", "geneh": "EGP",
}  # fmt: skip
_EXTRA = {
    "جنيه استرليني": "GBP", "ليرة لبنانية": "LBP", "دولار اميركي": "USD", "دولار امريكي": "USD", "روبية هندية": "INR", "روبية باكستانية": "PKR",
    "وون كوري": "KRW", "شيكل إسرائيلي": "ILS", "تومان ايراني": "IRT", "فرنك افريقي": "XOF", "جنيه انجليزي": "GBP",
    "dollar us": "USD", "dollar american": "USD", "dollar u.s": "USD", "pound sterling": "GBP", "pound british": "GBP", "dirham uae": "AED",
    "dirham emirati": "AED", "rupee indian": "INR", "ruble russian": "RUB", "lira lebanese": "LBP", "lira syrian": "SYP", "yuan chinese": "CNY",
    "shekel israeli": "ILS", "ringgit malaysia": "MYR",
}  # fmt: skip
_CENTS = {key(w): name for w, name in {
    "سنت": "cent", "سنتا": "cent", "سنتات": "cent", "سينت": "cent", "سينتات": "cent", "cent": "cent", "cents": "cent", "¢": "cent", "c": "cent",
    "penny": "penny", "pence": "penny", "p": "penny", "قرش": "قرش", "قرشا": "قرش", "قروش": "قرش", "هللة": "هللة", "هللات": "هللة", "فلس": "فلس",
    "فلسا": "فلس", "فلوس": "فلس", "sen": "sen",
}.items()}  # fmt: skip


# A capital names its country, too; so does «المملكة» without a name.
_CITIES = {
    key(city): country
    for country, cities in {
        "سعود": "الرياض رياض جدة المملكة مملكة", "يمن": "صنعاء عدن تعز", "لبنان": "بيروت", "سور": "دمشق حلب", "عراق": "بغداد البصرة بصرة أربيل",
        "ترك": "أنقرة إسطنبول اسطنبول", "مصر": "القاهرة قاهرة الإسكندرية", "سودان": "الخرطوم خرطوم بورتسودان", "ليب": "طرابلس بنغازي",
        "مغرب": "الرباط رباط", "امارات": "دبي أبوظبي", "قطر": "الدوحة دوحة", "بحرين": "المنامة منامة", "ايران": "طهران", "جزاير": "وهران",
    }.items()
    for city in cities.split()
}  # fmt: skip
NEAR = 60  # tokens: about two sentences
_WORLDWIDE = keys("دولار يورو dollar euro")


def stem(adjective: str) -> str:
    """An adjective without what gender, number and case add: «سعودية»، «سعوديا»، "Saudi"."""
    word = adjective
    for ending in ("يه", "يا", "يين", "ي", "ه"):
        if word.endswith(ending) and len(word) - len(ending) >= 2 and not word.isascii():
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=8192)
def _country(word: str) -> str:
    """The beginning of a country's name or adjective: «السعودية» and «سعودي» begin alike; a capital's country is its own."""
    if word.isascii():
        return word[:4]  # "Turkey" and "Turkish"
    word = _unled(_CITIES.get(word) or _CITIES.get(_unled(word)) or word)
    return "" if word == "عمان" else stem(word)[:5]  # Amman, or Oman: only the adjective tells


def _unled(word: str) -> str:
    """The word without article and clitics."""
    for lead in ("وال", "بال", "لل", "ال", "و", "ب", "ل"):
        if word.startswith(lead) and len(word) - len(lead) > 2:
            return word[len(lead) :]
    return word


@lru_cache(maxsize=1)
def _usual() -> dict[str, str]:
    return {key(noun): code for noun, code in _PLAIN.items()}


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """Form → noun; (noun, stem of the adjective) → code."""
    nouns = {key(form): key(noun) for noun, forms in _FORMS.items() for form in forms.split()}
    national: dict[tuple[str, str], str] = {}
    tenders = get_global("territory_currencies").values()
    current = {code for each in tenders for code, _began, ended, tender in each if tender and ended is None}
    for locale in ("ar", "en"):
        for code, name in sorted(Locale(locale).currencies.items(), key=lambda item: (item[0] not in current, item[0])):
            words = key(name).split()
            if len(words) == 2 and "(" not in name:
                noun, adjective = words if locale == "ar" else (words[1], words[0])
                if noun in nouns:
                    national.setdefault((nouns[noun], stem(adjective)), code)
    for name, code in _EXTRA.items():
        noun, adjective = key(name).split()
        national[(nouns[noun], stem(adjective))] = code
    return nouns, national


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    known = {str(code).lower(): str(code) for code in Locale("en").currencies}
    return {**known, **_ABBREVIATED, "nis": "ILS", "irt": "IRT", "rmb": "CNY"}


class Money:
    """The currencies of one text; a riyal without a country is that of the country the text speaks of."""

    def __init__(self, tokens: Tokens) -> None:
        self.t = tokens
        self.nouns, self.national = _tables()
        self._words: frozenset[str] | None = None
        self._countries: dict[str, tuple[list[int], list[str], str | None]] = {}

    def before(self, i: int) -> tuple[str, int] | None:
        """A currency that stands before its figure at token `i`: "$", "US$", "EUR"; with the token after it."""
        word = self.t.word(i)
        if word in SYMBOLS:
            return SYMBOLS[word], i + 1
        if word in DOLLARS and self.t.word(i + 1) == "$" and self.t.joined(i + 1):
            return DOLLARS[word], i + 2
        if word in _LETTERS and self.t.glued(i + 1) and self.t.is_digits(i + 1) and self.t.capital(i):
            lettered, names = _LETTERS[word]
            if not names.isdisjoint(self._vocabulary()):
                return lettered, i + 1
        if (code := self._code(i)) and self.t.is_digits(i + 1) and self.t.joined(i + 1) and not (word == "cop" and self.t.glued(i + 1)):
            return code, i + 1
        return None

    def _vocabulary(self) -> frozenset[str]:
        if self._words is None:
            self._words = frozenset(self.t.texts)
        return self._words

    def after(self, i: int) -> tuple[str, int] | None:
        """A currency that stands after its figure, and the token after it."""
        word = self.t.word(i)
        if word in SYMBOLS:
            return SYMBOLS[word], i + 1
        if word in DOLLARS and self.t.word(i + 1) == "$" and self.t.glued(i + 1):
            return DOLLARS[word], i + 2
        if noun := self.nouns.get(word):
            return self._named(noun, i)
        noun = self.nouns.get(self.t.word(i + 1)) if self.t.joined(i + 1) and word.isascii() else None
        if noun and (code := self.national.get((noun, word))):
            return code, i + 2
        if word == "u" and self.t.word(i + 1) == "s" and self.nouns.get(self.t.word(i + 2)) == "dollar":
            return "USD", i + 3
        known = self._code(i)
        return (known, i + 1) if known else None

    def cents(self, i: int) -> str | None:
        return _CENTS.get(self.t.word(i))

    def is_noun(self, word: str) -> bool:
        return word in self.nouns

    def unit(self, noun_form: str, i: int) -> tuple[str, int]:
        """The currency of a noun whose adjective may stand at token `i`."""
        return self._named(self.nouns[noun_form], i - 1)

    def _named(self, noun: str, i: int) -> tuple[str, int]:
        adjective = self.t.word(i + 1) if self.t.joined(i + 1) else ""
        if adjective and (code := self.national.get((noun, stem(adjective)))):
            after = i + 2
            if self.t.word(after) in ("جديد", "new") and self.t.joined(after):
                after += 1
            return code, after
        return self._meant(noun, i) or _usual().get(noun) or next((n for n in _FORMS if key(n) == noun), noun), i + 1

    def _meant(self, noun: str, i: int) -> str | None:
        """The currency of that noun whose country was named last before token `i`, and not long before; else the one named most."""
        if noun in _WORLDWIDE:
            return None
        if noun not in self._countries:
            self._countries[noun] = self._named_countries(noun)
        places, codes, most = self._countries[noun]
        k = bisect_left(places, i) - 1
        return codes[k] if k >= 0 and i - places[k] <= NEAR else most

    def _named_countries(self, noun: str) -> tuple[list[int], list[str], str | None]:
        """Where the text names a country with such a currency, which, and the one it names most."""
        stems = {_country(adjective): code for (n, adjective), code in self.national.items() if n == noun and len(adjective) >= 3}
        places, codes = [], []
        for place, word in enumerate(self.t.texts):
            if word[:1].isalpha() and (code := stems.get(_country(word))):
                places.append(place)
                codes.append(code)
        return places, codes, Counter(codes).most_common(1)[0][0] if codes else None

    def _code(self, i: int) -> str | None:
        word = self.t.word(i)
        code = _codes().get(word)
        if code is None or not word:
            return None
        if (word in _ALSO_WORDS or len(word) == 2) and word != "dh" and not self._capitals(i):
            return None
        if word == "rs":
            return self._meant("rupee", i) or code  # of India where the text names no other country
        return code if len(word) == 3 or self._capitals(i) or word in ("rs", "dh", "dhs", "rm") else None

    def _capitals(self, i: int) -> bool:
        return self.t.folded.text[self.t.starts[i] : self.t.ends[i]].isupper() or self.t.word(i) == "rs"

"""Number words, scales, comparators and units of Arabic and English, as folded text has them."""

from decimal import Decimal

# Arabic, after folding: the stem without و or ب; both cases and genders.
ONES: dict[str, int] = {
    **dict.fromkeys(["ثلاث", "ثلاثة", "three"], 3),
    **dict.fromkeys(["اربع", "اربعة", "four"], 4),
    **dict.fromkeys(["خمس", "خمسة", "five"], 5),
    **dict.fromkeys(["ست", "ستة", "six"], 6),
    **dict.fromkeys(["سبع", "سبعة", "seven"], 7),
    **dict.fromkeys(["ثمان", "ثماني", "ثمانية", "eight"], 8),
    **dict.fromkeys(["تسع", "تسعة", "nine"], 9),
    **dict.fromkeys(["اثنان", "اثنين", "اثنتان", "اثنتين", "اثنا", "اثني", "اثنتا", "اثنتي", "two"], 2),
    **dict.fromkeys(["عشر", "عشرة", "ten"], 10),
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
# "one" alone is mostly an article or an adjective: it counts only inside a longer number ("twenty-one", "احد عشر").
INSIDE: dict[str, int] = {"احد": 1, "احدي": 1, "واحد": 1, "واحدة": 1, "one": 1}
TENS: dict[str, int] = {
    **{
        f"{stem}{end}": 10 * n
        for n, stem in enumerate(("عشر", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"), 2)
        for end in ("ون", "ين")
    },
    **dict(zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)),
}
HUNDREDS: dict[str, int] = {
    **dict.fromkeys(["مئة", "مائة", "مية", "hundred"], 100),
    **dict.fromkeys(["مئتان", "مئتين", "مائتان", "مائتين", "مئتا", "مئتي"], 200),
    **{
        f"{stem}{hundred}": 100 * n
        for n, stems in enumerate((("ثلاث",), ("اربع",), ("خمس",), ("ست",), ("سبع",), ("ثمان", "ثماني"), ("تسع",)), 3)
        for stem in stems
        for hundred in ("مئة", "مائة")
    },
}
SCALES: dict[str, int] = {
    **dict.fromkeys(["الف", "الفا", "الاف", "thousand", "thousands", "k"], 10**3),
    **dict.fromkeys(["مليون", "مليونا", "ملايين", "million", "millions", "mn", "m"], 10**6),
    **dict.fromkeys(["مليار", "مليارا", "مليارات", "بليون", "بلايين", "billion", "billions", "bn", "b"], 10**9),
    **dict.fromkeys(["تريليون", "تريليونا", "تريليونات", "ترليون", "trillion", "trillions", "tn"], 10**12),
}
GLUED = {"k", "m", "b", "bn", "mn", "tn"}  # scales that count only when glued to a figure or a currency sign
DUAL_SCALES: dict[str, int] = {
    **dict.fromkeys(["الفان", "الفين", "الفا", "الفي"], 2 * 10**3),
    **dict.fromkeys(["مليونان", "مليونين", "مليوني"], 2 * 10**6),
    **dict.fromkeys(["ملياران", "مليارين", "ملياري"], 2 * 10**9),
    **dict.fromkeys(["تريليونان", "تريليونين"], 2 * 10**12),
}
DUAL_SCALES.pop("الفا")
FRACTIONS: dict[str, Decimal] = {
    "نصف": Decimal("0.5"), "half": Decimal("0.5"), "ثلث": Decimal(1) / 3, "ربع": Decimal("0.25"), "ثلثا": Decimal(2) / 3, "ثلثي": Decimal(2) / 3,
}  # fmt: skip

# Before the number, as patterns of folded text.
BEFORE: list[tuple[str, str]] = [
    ("less_than", r"(?:ب)?(?:اقل من|دون|ادني من)|(?:less|fewer|lower) than|under|below"),
    ("at_most", r"(?:ب)?ما لا يزيد (?:علي|عن)|علي (?:الاكثر|اقصي تقدير)|لا (?:يزيد|تزيد|يتجاوز|تتجاوز) (?:علي|عن)?|لن (?:يتجاوز|تتجاوز)|at most|no more than|not more than|a maximum of"),
    ("at_least", r"(?:ب)?ما لا يقل عن|لا (?:يقل|تقل) عن|علي الاقل|at least|no (?:less|fewer) than|not less than|a minimum of"),
    ("more_than", r"(?:ب)?اكثر من|ما يزيد (?:علي|عن)|(?:ب)?ازيد من|يزيد (?:علي|عن)|تزيد (?:علي|عن)|(?:ي|ت)?تجاوزت? |فوق|اعلي من|(?:more|greater|higher) than|over|above|exceed(?:s|ed|ing)|in excess of"),
    ("nearly", r"(?:ما )?يقارب|تقارب|ما يقرب من|قرابة|يناهز|زهاء|nearly|almost|close to"),
    ("up_to", r"حتي|ما يصل الي|يصل الي حد|up to|as (?:many|much) as"),
    ("about", r"(?:ب)?نحو|(?:ب)?حوالي|تقريبا|ما يعادل|في حدود|about|around|roughly|approximately|some|an estimated"),
]  # fmt: skip
AFTER: list[tuple[str, str]] = [
    ("about", r"تقريبا|or so|approximately"),
    ("at_least", r"علي الاقل|فاكثر|او اكثر|at least|or more"),
    ("at_most", r"علي الاكثر|at most|or less"),
]
PERCENT = r"%|٪|(?:في|ب) ?الم(?:ئة|ائة|ية)|بالم(?:ئة|ائة|ية)|per ?cent(?:age points?)?|نقطة مئوية"
CURRENCIES: dict[str, str] = {
    **dict.fromkeys(["دولار", "دولارا", "دولارات", "dollar", "dollars", "$"], "USD"),
    **dict.fromkeys(["يورو", "euro", "euros", "€"], "EUR"),
    **dict.fromkeys(["pound", "pounds", "£"], "GBP"),
    **dict.fromkeys(["روبل", "روبلا", "روبلات", "ruble", "rubles", "rouble", "roubles"], "RUB"),
    **dict.fromkeys(["يوان", "يوانا", "yuan", "renminbi"], "CNY"),
    **dict.fromkeys(["yen", "¥"], "JPY"),
    **dict.fromkeys(["روبية", "rupee", "rupees"], "INR"),
    **dict.fromkeys(["شيكل", "شيقل", "shekel", "shekels"], "ILS"),
    **{code.lower(): code for code in ["USD", "EUR", "GBP", "SAR", "AED", "EGP", "QAR", "KWD", "JPY", "CNY", "RUB", "TRY"]},
}
# A currency whose country follows: «مليون ريال سعودي», «جنيه مصري», «دينار كويتي».
NATIONAL: dict[str, dict[str, str]] = {
    "ريال": {"سعودي": "SAR", "قطري": "QAR", "عماني": "OMR", "يمني": "YER", "ايراني": "IRR", "": "SAR"},
    "جنيه": {"مصري": "EGP", "استرليني": "GBP", "سوداني": "SDG", "": "EGP"},
    "دينار": {"كويتي": "KWD", "عراقي": "IQD", "اردني": "JOD", "بحريني": "BHD", "جزائري": "DZD", "تونسي": "TND", "ليبي": "LYD", "": "KWD"},
    "درهم": {"اماراتي": "AED", "مغربي": "MAD", "": "AED"},
    "ليرة": {"تركية": "TRY", "سورية": "SYP", "لبنانية": "LBP", "": "TRY"},
    "دولار": {"اميركي": "USD", "امريكي": "USD", "كندي": "CAD", "استرالي": "AUD", "": "USD"},
}
DURATIONS: dict[str, str] = {
    **dict.fromkeys(["يوم", "يوما", "ايام", "day", "days"], "day"),
    **dict.fromkeys(["اسبوع", "اسبوعا", "اسابيع", "week", "weeks"], "week"),
    **dict.fromkeys(["شهر", "شهرا", "اشهر", "شهور", "month", "months"], "month"),
    **dict.fromkeys(["سنة", "سنوات", "سنين", "عام", "عاما", "اعوام", "year", "years"], "year"),
    **dict.fromkeys(["ساعة", "ساعات", "hour", "hours"], "hour"),
    **dict.fromkeys(["دقيقة", "دقائق", "minute", "minutes"], "minute"),
}
DUAL_DURATIONS: dict[str, str] = {
    "يومين": "day", "يومان": "day", "اسبوعين": "week", "اسبوعان": "week", "شهرين": "month", "شهران": "month",
    "سنتين": "year", "سنتان": "year", "عامين": "year", "عامان": "year", "ساعتين": "hour", "ساعتان": "hour",
}  # fmt: skip

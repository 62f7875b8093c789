"""The words of reporting: verbs with their inflected forms, participles, nominal cues and where a name must end."""

# ruff: noqa: SIM905 (lists of words read better as words)

from dataclasses import dataclass

from sources.text.folding import fold


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a reporting verb.

    `frame` is what may follow it: `that` (a clause or a quote), `object` (a clause, a quote or a plain noun),
    `position` (the act itself is the news), `topic` (a subject is raised, nothing is claimed), `relay` (another's words).
    """

    lemma: str
    frame: str
    sense: str = ""  # prediction, commitment, denial or doubt, where the verb itself tells
    participle: bool = False
    bare: bool = True  # may open a clause without "that" or a quote
    plural: bool = False


# past / present / participle (indefinite accusative); "-" for none
_ARABIC = {
    "that": """
        قال/يقول/قائلا ذكر/يذكر/ذاكرا افاد/يفيد/- صرح/يصرح/مصرحا اضاف/يضيف/مضيفا اوضح/يوضح/موضحا تابع/يتابع/متابعا اردف/يردف/مردفا
        استطرد/يستطرد/مستطردا اكمل/يكمل/مكملا استدرك/يستدرك/مستدركا زعم/يزعم/زاعما ادعي/يدعي/مدعيا اعتبر/يعتبر/معتبرا راي/يري/-
        ابلغ/يبلغ/- اخبر/يخبر/- كتب/يكتب/- غرد/يغرد/- اعترف/يعترف/معترفا اقر/يقر/مقرا نوه/ينوه/منوها المح/يلمح/ملمحا
        علق/يعلق/معلقا ختم/يختم/- اختتم/يختتم/- واصل/يواصل/مواصلا طمان/يطمئن/مطمئنا اظهر/يظهر/- بين/يبين/مبينا اعتقد/يعتقد/معتقدا
        روي/يروي/- شرح/يشرح/شارحا خلص/يخلص/- استنتج/يستنتج/مستنتجا عقب/يعقب/معقبا رد/يرد/- جزم/يجزم/جازما
        اشار/يشير/مشيرا لفت/يلفت/لافتا شدد/يشدد/مشددا كشف/يكشف/كاشفا حذر/يحذر/محذرا سجل/يسجل/مسجلا اورد/يورد/-""",
    "object": """
        اعلن/يعلن/معلنا اكد/يؤكد/مؤكدا""",
    "position": """
        انتقد/ينتقد/منتقدا ندد/يندد/منددا ادان/يدين/مدينا رفض/يرفض/رافضا دعا/يدعو/داعيا طالب/يطالب/مطالبا حث/يحث/حاثا اتهم/يتهم/متهما
        اعرب/يعرب/معربا عبر/يعبر/معبرا ابدي/يبدي/مبديا رحب/يرحب/مرحبا اشاد/يشيد/مشيدا استنكر/يستنكر/مستنكرا شجب/يشجب/- ناشد/يناشد/مناشدا
        هدد/يهدد/مهددا ايد/يؤيد/مؤيدا عارض/يعارض/- استهجن/يستهجن/- حمل/يحمل/محملا اقترح/يقترح/مقترحا""",
    "topic": """
        تطرق/يتطرق/متطرقا تحدث/يتحدث/متحدثا ناقش/يناقش/- بحث/يبحث/- استعرض/يستعرض/مستعرضا تناول/يتناول/متناولا""",
    "relay": """
        نقل/ينقل/- نسب/ينسب/-""",
}
_ARABIC_SENSE = {
    "prediction": "توقع/يتوقع/متوقعا رجح/يرجح/مرجحا تنبا/يتنبا/متنبئا قدر/يقدر/مقدرا",
    "doubt": "استبعد/يستبعد/مستبعدا",
    "denial": "نفي/ينفي/نافيا انكر/ينكر/منكرا كذب/يكذب/-",
    "commitment": "تعهد/يتعهد/متعهدا وعد/يعد/واعدا التزم/يلتزم/ملتزما اقسم/يقسم/-",
}
# These are everyday words too (a preposition, a noun, "to follow"): only "that", a quote or a colon makes them speech.
_TIED = set(
    fold(
        "تابع بين ذكر عبر رد قدر حمل سجل كتب واصل اظهر علق عقب راي وعد بحث نقل كشف اورد نسب اكمل حذر شرح ختم اقر رفض طالب اقترح كذب عارض"
    ).text.split()
)


def _arabic_forms() -> dict[str, Verb]:
    forms: dict[str, Verb] = {}
    for frame, entries in [*_ARABIC.items(), *(("object", entries) for entries in _ARABIC_SENSE.values())]:
        sense = next((s for s, e in _ARABIC_SENSE.items() if e is entries), "")
        for entry in entries.split():
            past, present, participle = (fold(part).text for part in entry.split("/"))
            bare = past not in _TIED
            for form, plural in _finite(past, present):
                for prefix in ("", "و", "ف"):
                    forms.setdefault(prefix + form, Verb(past, frame, sense, bare=bare, plural=plural))
            if participle != "-":
                for form in _participles(participle):
                    for prefix in ("", "و"):
                        forms.setdefault(prefix + form, Verb(past, frame, sense, participle=True, bare=frame != "that"))
    return forms


def _finite(past: str, present: str) -> list[tuple[str, bool]]:
    stem = past.removesuffix("ي")
    forms = [(past, False), (stem + "ت", False), (stem + "وا", True), (past + "ا", True), (stem + "تا", True)]
    if present != "-":
        body = present[1:]
        forms += [(present, False), ("ت" + body, False), ("ي" + body + "ون", True), ("ي" + body + "ان", True), ("ت" + body + "ان", True)]
    return [(form, plural) for form, plural in forms if len(form) > 2 or form == past]


def _participles(accusative: str) -> list[str]:
    stem = accusative.removesuffix("ا")
    if stem.endswith("ي") or stem == accusative:
        return [accusative]
    return [accusative, stem + "ة", stem + "ين"]


ARABIC_VERBS = _arabic_forms()
for _homograph in fold(
    "بينت بينا عبرا ردا قدرت حملت يعد تعد تري رد يرد ذكرا علقا عقبت عقب نقلا قدرا وعدا حملا كذبا يظهر تظهر تابعة وتابعة علما كتبا بحثا"
).text.split():
    # Nouns, prepositions and "is counted as" are far commoner than the verb in these spellings.
    ARABIC_VERBS.pop(_homograph, None)

ARABIC_THAT = frozenset(
    prefix + form for form in fold("أن أنه أنها أنهم أنهما أنهن أني أنني أننا أنك").text.split() for prefix in ("", "ب", "ل", "و")
) - {"وان", "وانه", "وانها", "وانهم", "وانهما", "واننا", "واني"}
ARABIC_AND_THAT = frozenset(
    prefix + form for form in fold("أن أنه أنها أنهم أنهما أننا أنني").text.split() for prefix in ("و", "وب", "فيما و")
)

# "according to": what follows is a name.
ARABIC_ACCORDING = frozenset(fold("بحسب حسب وفق وفقا طبقا حسبما بحسبما وبحسب ووفق ووفقا وحسب").text.split())

# Expectation nobody signs: (first words) then "that"
ARABIC_IMPERSONAL = frozenset(
    fold("المتوقع المرجح المنتظر المقرر المرتقب المحتمل المفترض يتوقع يُرجح يعتقد يقال قيل تردد يُزعم").text.split()
)

# No name goes on past one of these.
ARABIC_NAME_ENDS = frozenset(
    fold(
        "في من الى عن على مع خلال بعد قبل منذ حتى عبر عند لدى ضد نحو حول دون بدون اثناء عقب اثر امام بين ضمن كما حيث بينما فيما "
        "لكن الا ان انه انها بان بانه اذ اذا لان كي قد لقد سوف لم لن لا ما ليس ليست كان كانت يكون تكون هو هي هم هذا هذه ذلك تلك "
        "الذي التي الذين اللذين هناك هنا كل جميع بعض امس اليوم غدا صباح مساء ظهر مؤخرا سابقا لاحقا ايضا كذلك فقط انذاك حينها بشأن "
        "بسبب بشكل بحق بانهم خاصة وذلك وهو وهي وقد كذلك ازاء تجاه رغم مساء قوله قولها قولهم بدوره بدورها مباشرة يوم السبت الاحد "
        "الاثنين الثلاثاء الاربعاء الخميس الجمعة للصحفيين للصحافيين لوكالة لقناة لصحيفة لموقع لإذاعة لشبكة إنه إنها إنهم يناير "
        "فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر جملة وفق بحسب حسب وفقا نقلا ردا تعليقا معلقا على ثم "
        "او أو"
    ).text.split()
)
ARABIC_ADVERBS_FIRST = frozenset(
    fold(
        "في من الى عن على مع خلال بعد قبل منذ حتى عبر عند لدى ضد نحو حول وفي ومن وخلال وبعد وقبل ومنذ وعلى وعن ومع بدوره بدورها "
        "كما لكن ولكن بينما فيما حيث اذ و ف ثم امس اليوم وامس واليوم كذلك ايضا وكان كان كانت وكانت قد وقد الا اما بحسب وفق كل وكل "
        "يوم ويوم اثر عقب وعقب ضمن وضمن ردا وردا بدوره وبدوره وبدورها ففي هذا وهذا وذلك اذا واذا لو ولو رغم ورغم بسبب وبسبب عندما "
        "حين حينما بهدف بغية سعيا هناك نعم لا ما اي الامر ما الذي التي وهو وهي و- - مضيفا حسب ان وان انه"
    ).text.split()
)
ARABIC_NEGATIONS = frozenset(fold("لم لا لن ما ولم ولا ولن وما فلم").text.split())
ARABIC_RELATIVES = frozenset(fold("الذي التي الذين اللذان اللذين اللتين والذي والتي ما مما كما وكما حسبما حيث").text.split())
ARABIC_FUTURE_WORDS = frozenset(fold("سوف وسوف لن ولن سيتم ستتم").text.split())

# Finite verbs of the news, third person past: a clause after a comma that opens with one of them is a new claim.
_PAST = fold(
    "ارسل وصل ارتفع انخفض تراجع زاد نما بلغ سجل شهد وقع اطلق بدا انتهى قتل اصيب جرح هاجم قصف شن نفذ استهدف دمر اعتقل اوقف "
    "احتجز حكم قضى صدر اصدر نشر كشف عقد التقى زار غادر عاد توجه هبط حلق اجتمع شارك حضر استقبل وافق اقر رفض صوت انتخب فاز خسر "
    "حقق تجاوز استمر واصل توقف اغلق فتح افتتح دخل خرج انسحب انضم استأنف الغى اجل مدد علق فرض رفع خفض قرر طلب منح قدم تسلم سلم "
    "استلم حصل دفع باع اشترى استورد صدر انتج صنع بنى هدم انهار غرق احترق اندلع انفجر ضرب اصاب ادى تسبب اسفر خلف ترك نقل انتقل "
    "تحول اصبح صار ظل بقي كان تولى عين اقال استقال توفي مات ولد ظهر اظهر اختفى عثر اكتشف سعى حاول تمكن نجح فشل عمل تعاون اتفق "
    "اختلف تعرض واجه شكل مثل ضم احتل تصدر تقدم تأخر سبق لحق تلقى ابرم وقعت انشأ اسس استثمر انفق خصص وزع استكمل اكمل انجز انهى "
    "اجرى جرى تم قاد ترأس التزم خرق انتهك هدد ردت رد ساعد دعم ساند استخدم اعتمد امتنع غير عدل استعاد فقد انقطع عرض تضمن شمل "
    "تراوح قفز هوى صعد استقر تضاعف اتسع تقلص كبد تكبد ربح اضاف ضبط صادر احبط طرد استدعى سحب اعاد كلف احال حذف منع سمح حظر بث "
    "عبر نزح لجأ فر هرب اجبر اضطر اتخذ وضع اخذ جاء اتى ذهب مر شارف اقترب ابتعد لقي ارجع احتفل انطلق"
).text.split()


def _past_forms() -> frozenset[str]:
    forms: set[str] = set()
    for verb in _PAST:
        stem = verb.removesuffix("ي")
        forms.update((verb, stem + "ت", stem + "وا", stem + "تا", verb + "ا" if not verb.endswith("ا") else verb))
    return frozenset(form for form in forms if len(form) > 1) - frozenset(
        fold(
            "مثل سبق غير عبر رفع دعم طلب عرض وضع منع حكم بث خلف ضم مر عاما عملا مثلا رفعا دعما حكما قدما نقلا فورا علما منعا عقدا بدا "
            "اخذا تما ترك ضرب اجل فتح"
        ).text.split()
    )


ARABIC_PAST = _past_forms()
ARABIC_NOT_PRESENT = frozenset(
    fold(
        "يوم يوما يومين يونيو يوليو يناير يمين يمينا يسار يورو يهود يهودي يهودية يوسف يحيى ياسر ياسين يعقوب يونس يوميا ياباني "
        "يابانية يد يدا يدين يمني يمنية يوناني يونانية يزيد يعني"
    ).text.split()
)
# Feminine-looking endings in ت that are no verbs.
ARABIC_NOT_PAST = frozenset(
    fold(
        "بيت وقت صوت كويت بنت تحت ليست موت زيت انترنت بنت سبت ثابت صامت ميت توقيت تثبيت تصويت بيروت حضرموت ست بنيت الت هيهات "
        "عنكبوت سكوت تفاوت توفت مؤقت ذات ملتفت حديت نت"
    ).text.split()
)

# ── English ────────────────────────────────────────────────────────────────────────────────────────────────────────
_ENGLISH = {
    "that": """
        say/says/said/saying add/adds/added/adding tell/tells/told/telling state/states/stated/stating note/notes/noted/noting
        explain/explains/explained/explaining claim/claims/claimed/claiming argue/argues/argued/arguing insist/insists/insisted/insisting
        report/reports/reported/reporting acknowledge/acknowledges/acknowledged/acknowledging admit/admits/admitted/admitting
        believe/believes/believed/believing
        suggest/suggests/suggested/suggesting reveal/reveals/revealed/revealing write/writes/wrote/writing
        stress/stresses/stressed/stressing emphasize/emphasizes/emphasized/emphasizing emphasise/emphasises/emphasised/emphasising
        tweet/tweets/tweeted/tweeting remark/remarks/remarked/remarking
        declare/declares/declared/declaring assert/asserts/asserted/asserting
        maintain/maintains/maintained/maintaining allege/alleges/alleged/alleging indicate/indicates/indicated/indicating
        conclude/concludes/concluded/concluding caution/cautions/cautioned/cautioning reply/replies/replied/replying
        continue/continues/continued/continuing underline/underlines/underlined/underlining point/points/pointed/pointing
        show/shows/showed/showing find/finds/found/finding estimate/estimates/estimated/estimating think/thinks/thought/thinking
        warn/warns/warned/warning reiterate/reiterates/reiterated/reiterating concede/concedes/conceded/conceding""",
    "object": "announce/announces/announced/announcing confirm/confirms/confirmed/confirming",
    "position": """
        criticise/criticises/criticised/criticising criticize/criticizes/criticized/criticizing condemn/condemns/condemned/condemning
        reject/rejects/rejected/rejecting accuse/accuses/accused/accusing urge/urges/urged/urging welcome/welcomes/welcomed/welcoming
        praise/praises/praised/praising denounce/denounces/denounced/denouncing oppose/opposes/opposed/opposing
        demand/demands/demanded/demanding express/expresses/expressed/expressing""",
}
_ENGLISH_SENSE = {
    "prediction": """expect/expects/expected/expecting predict/predicts/predicted/predicting
        forecast/forecasts/forecast/forecasting project/projects/projected/projecting""",
    "denial": "deny/denies/denied/denying",
    "commitment": "promise/promises/promised/promising pledge/pledges/pledged/pledging vow/vows/vowed/vowing",
}
# Everyday words that report only with "that" or a quote.
_ENGLISH_TIED = set(
    (
        "report note show find state continue point project forecast reveal indicate think believe stress estimate promise pledge "
        "write claim suggest maintain warn acknowledge reply remark"
    ).split()
)


def _english_forms() -> dict[str, Verb]:
    forms: dict[str, Verb] = {}
    for frame, entries in [*_ENGLISH.items(), *(("object", entries) for entries in _ENGLISH_SENSE.values())]:
        sense = next((s for s, e in _ENGLISH_SENSE.items() if e is entries), "")
        for entry in entries.split():
            base, third, past, ing = entry.split("/")
            bare = base not in _ENGLISH_TIED
            forms[ing] = Verb(base, frame, sense, participle=True, bare=bare)
            for form in (base, third, past):
                forms[form] = Verb(base, frame, sense, bare=bare)
    return forms


ENGLISH_VERBS = _english_forms()

"""The verbs and nouns of reporting in every form, with what may follow each."""

from dataclasses import dataclass
from functools import lru_cache

from sources.text.arabic.inflection import Form, forms, present_of
from sources.text.folding import fold


@dataclass(frozen=True, slots=True)
class Telling:
    """One way of reporting.

    `frame` is what may follow: `that` (a clause or a quote), `object` (these or a plain noun), `position` (the act itself is
    the news), `topic` (a subject is raised, nothing is claimed), `relay` (another's words), `naming` (X is described as Y).
    `leads` are the prepositions that may open what is told.
    """

    lemma: str
    frame: str
    sense: str = ""  # prediction, commitment, denial or doubt, where the verb itself tells
    tied: bool = False  # an everyday word too: only "that", a quote or a colon makes it speech
    leads: frozenset[str] = frozenset()
    participle: bool = False
    form: Form | None = None


# frame or sense -> past[/present][+preposition that opens what is told][*]; * marks an everyday word
_VERBS = {
    "that": """
        قال/يقول ذكر* افاد/يفيد+ب افصح+عن صرح+ب اضاف/يضيف اوضح تابع* اردف استطرد اكمل* استدرك ادعي/يدعي+ب* اعتبر راي/يري* ابلغ* اخبر* كتب* غرد
        اعترف+ب اقر/يقر+ب* نوه+الي+ب المح+الي علق* ختم* اختتم* واصل* طمان/يطمئن اظهر* بين* اعتقد روي/يروي* شرح خلص+الي* استنتج عقب* رد* جزم+ب
        اشار/يشير+الي لفت+الي نبه+الي+من شدد+علي كشف+عن* حذر+من سجل* اورد* لاحظ* راهن* وجد/يجد* تساءل*
        اجاب/يجيب زاد/يزيد* خاطب* حسم* ابرز* استشهد* سال* شهد* اجمع+علي* قدر بشر+ب* المح+الي استرسل دافع* ايقن* اثبت* دل+علي* دون* نشر*
        اضاء* المح وثق* رصد* فسر* اكتفي/يكتفي* فصل* مضي/يمضي* سخر* رجا* تمني/يتمني اعاد* ذكّر+ب* حاجج جادل""",
    "object": "اعلن+عن اكد+علي زعم قدر*",
    "prediction": "توقع رجح تنبا/يتنبا+ب تكهن+ب خمن استشرف* احتمل*",
    "doubt": "استبعد",
    "denial": "نفي/ينفي انكر كذب* دحض* فند",
    "commitment": "تعهد+ب وعد/يعد+ب التزم+ب* اقسم+علي* تكفل+ب* توعد+ب",
    "position": """
        انتقد ندد ادان/يدين رفض* دعا/يدعو طالب* حث اتهم اعرب عبر* ابدي/يبدي رحب اشاد/يشيد استنكر شجب ناشد هدد ايد عارض* استهجن حمل* اقترح* امل/يامل*
        هاجم* ثمن* استغرب هنا/يهنئ عزي/يعزي طلب* اوصي/يوصي* نصح* شكر* جدد* ساند* لام/يلوم وبخ دان/يدين احتج* تضامن* دافع* استنفر* وجه* اهاب/يهيب اشتكي/يشتكي* شكا/يشكو* شكك* عزا/يعزو* ارجع* لوح* برر* امهل*""",
    "topic": "تطرق تحدث استعرض تناول*",
    "relay": "نقل* نسب* اقتبس*",
    "naming": "وصف/يصف* شبه*",
}
_SENSES = {"prediction", "doubt", "denial", "commitment"}
# Participles in the accusative, opening a clause of their own: "adding that"
_PARTICIPLES = {
    "that": """اكتفي:مكتفيا عد:عادا ذكر:مذكرا قال:قائلا ذكر:ذاكرا صرح:مصرحا اضاف:مضيفا اوضح:موضحا تابع:متابعا اردف:مردفا استطرد:مستطردا اكمل:مكملا استدرك:مستدركا زعم:زاعما ادعي:مدعيا
        اعتبر:معتبرا اعترف:معترفا اقر:مقرا نوه:منوها المح:ملمحا علق:معلقا واصل:مواصلا طمان:مطمئنا بين:مبينا اعتقد:معتقدا شرح:شارحا استنتج:مستنتجا جزم:جازما
        اشار:مشيرا لفت:لافتا نبه:منبها شدد:مشددا كشف:كاشفا حذر:محذرا خلص:خالصا ابرز:مبرزا ذكر:مذكرا افاد:مفيدا رد:رادا بشر:مبشرا برر:مبررا عزا:عازيا
        ختم:مختتما تمني:متمنيا تساءل:متسائلا اجاب:مجيبا اعاد:معيدا دل:مدللا استشهد:مستشهدا دلل:دالا""",
    "object": "اعلن:معلنا اكد:مؤكدا",
    "prediction": "توقع:متوقعا رجح:مرجحا تنبا:متنبئا قدر:مقدرا",
    "doubt": "استبعد:مستبعدا",
    "denial": "نفي:نافيا انكر:منكرا",
    "commitment": "تعهد:متعهدا وعد:واعدا التزم:ملتزما توعد:متوعدا",
    "position": """انتقد:منتقدا ندد:منددا ادان:مدينا رفض:رافضا دعا:داعيا طالب:مطالبا حث:حاثا اتهم:متهما اعرب:معربا عبر:معبرا ابدي:مبديا رحب:مرحبا اشاد:مشيدا
        استنكر:مستنكرا ناشد:مناشدا هدد:مهددا ايد:مؤيدا حمل:محملا ثمن:مثمنا اقترح:مقترحا امل:املا استغرب:مستغربا لوح:ملوحا برر:مبررا هنا:مهنئا""",
    "topic": "تطرق:متطرقا تحدث:متحدثا استعرض:مستعرضا تناول:متناولا",
    "relay": "نقل:ناقلا",
    "naming": "وصف:واصفا",
}
_TO_THAT = frozenset({"الي", "علي", "عن", "من", "في"})


def _entries() -> tuple[dict[str, Telling], dict[str, Telling]]:
    finite: dict[str, Telling] = {}
    participles: dict[str, Telling] = {}
    leads: dict[str, frozenset[str]] = {}
    for group, entries in _VERBS.items():
        frame, sense = ("object", group) if group in _SENSES else (group, "")
        for entry in entries.split():
            tied = entry.endswith("*")
            word, *lead = entry.rstrip("*").split("+")
            past, _, present = (fold(part).text for part in word.partition("/"))
            leads[past] = leads.get(past, frozenset()) | frozenset(lead)
            for spelling, form in forms(past, present or present_of(past)):
                if form.tense != "future" and len(spelling) > 1:
                    finite.setdefault(spelling, Telling(past, frame, sense, tied, leads[past], form=form))
    for group, entries in _PARTICIPLES.items():
        frame, sense = ("object", group) if group in _SENSES else (group, "")
        for entry in entries.split():
            past, _, accusative = entry.partition(":")
            stem = accusative.removesuffix("ا")
            for spelling in (accusative, stem + "ة", stem + "ين", *((stem[:-1] + "ية",) if stem.endswith("ي") else ())):
                if len(spelling) > 3:
                    told = Telling(past, frame, sense, leads=leads.get(past, frozenset()), participle=True)
                    participles.setdefault(spelling, told)
    return finite, participles


_FINITE, _ACCUSATIVE = _entries()
# In these spellings a noun, a preposition or another verb is far commoner.
for _noun in fold(
    "بينت بينا بينوا عبرا ردا حملت يعد تعد رد يرد ذكرا علقا عقبت عقب عقبا نقلا قدرا وعدا حملا كذبا يظهر تظهر كتبا بحثا بين عبر "
    "علي اعد نعد ينهي دل سال نسب نسبت وعد ذكر طلب نجد يجد تجد وجد وجدت وجدوا امل شهد شهدت يشهد تشهد نشهد اقدر ان نشر نشرت طالب اجمعوا تحدث "
    "لام يقل تقل نصف تدين يدين ندين هنا هنات رجا تكون نوه نقدر احتمل تعزي يعزي عزي انهت وجه وجهت يوجه توجه حمل دون جدد جددت تجدد اعاد اعادت يعيد تعيد نعيد نفيا"
).text.split():
    if _noun not in {
        "تحدث",
        "وعد",
        "ذكر",
        "وجهت",
        "وجه",
        "وعدت",
        "حمل",
        "حملت",
        "طالب",
        "طلب",
        "تدين",
        "يدين",
        "شهد",
        "وجد",
        "وجدت",
        "رد",
        "عبر",
        "نشر",
        "جدد",
        "جددت",
        "امل",
        "اعاد",
        "اعادت",
    }:
        _FINITE.pop(_noun, None)


@lru_cache(maxsize=65536)
def telling(word: str) -> Telling | None:
    """The report that this word makes; a glued و or ف is passed over."""
    for core in (word, word[1:] if word[0] in "وف" and len(word) > 3 and word != "فدان" else ""):
        if core in _ACCUSATIVE:
            return _ACCUSATIVE[core]
        if core in _FINITE:
            return _FINITE[core]
    for owner in ("ها", "هم", "ه"):  # «وصفها بأنها», «اتهمه»
        for core in (word, word[1:] if word[0] in "وف" else ""):
            told = _FINITE.get(core.removesuffix(owner)) if core.endswith(owner) and len(core) - len(owner) > 2 else None
            if told and (told.frame == "naming" or (told.frame == "position" and not told.tied)) and told.form and told.form.person == 3:
                return told
    return None


def whole(word: str) -> bool:
    """Is it a word of reporting as it stands, its و or ف a root letter («واصفا»)?"""
    return word in _ACCUSATIVE or word in _FINITE


def lead_to_that(word: str) -> bool:
    """«إلى أن», «على أن»: a preposition between a verb and its "that"."""
    return word in _TO_THAT


# «قوله», «تأكيده»: a verbal noun of saying with its owner
SAYING = frozenset(
    noun + owner for noun in fold("قول تأكيد إشارة اعتقاد إعلان تصريح وصف اشارت تشديد").text.split() for owner in ("ه", "ها", "هم", "هما")
)
# «في تصريحات», «خلال مؤتمر صحفي»: where words fell; what follows tells no claim
OCCASIONS = frozenset(
    fold(
        "تصريح تصريحات تصريحاته تصريحاتها بيان بيانه بيانها مؤتمر مقابلة كلمة كلمته كلمتها خطاب خطابه خطابها حديث حديثه حديثها حوار تقرير تقريرها تقريره تغريدة منشور جلسة رسالة افادة "
        "لقاء لقائه لقائها اجتماع اجتماعه وقت ختام مستهل بداية مداخلة ندوة اتصال برنامج مذكرة تدوينة إحاطة إيجاز تعليق تعليقه جولة زيارة زيارته تصريحين "
        "بيانين مقطع تسجيل رد معرض سياق افتتاح اعقاب قمة منتدى ملتقى حفل احتفال مراسم اول احدث ثاني آخر أعقاب إطار وقفة مناظرة مقال خطبة نشرة نشرتها "
        "مؤتمره مؤتمرها ختامه حفلة مرافعة شهادة شهادته منشورات صفحته صفحتها حسابه حسابها موقعه موقعها منصة"
    ).text.split()
)
# What people tell that nobody signs: «نفى صحة الأنباء»
RUMOURS = frozenset(
    fold(
        "الأنباء الأخبار المعلومات التقارير الادعاءات الشائعات المزاعم أنباء أخبار شائعات مزاعم تقارير معلومات ادعاءات الاتهامات اتهامات الإشاعات إشاعات"
    ).text.split()
)
# Whom one does it to stands behind whoever does it: «اتهم النائب سامر عيد القضاة بـ»
UPON = frozenset(fold("اتهم حمل انتقد هاجم ادان دان حث ناشد طالب شكر").text.split())
# A noun of saying that opens a clause by itself: «بحسب», «وفقا لـ»
ACCORDING = frozenset(fold("بحسب حسب وفق وفقا طبقا حسبما بحسبما وبحسب ووفق ووفقا وحسب وفقما استنادا نقلا ونقلا").text.split())
# Documents that tell: «أظهرت بيانات», «قال تقرير»
DOCUMENTS = frozenset(
    fold(
        "تقرير بيانات بيان دراسة استطلاع إحصاءات إحصائيات أرقام وثيقة وثائق نتائج مسح مذكرة أبحاث بحث تقديرات مؤشر مؤشرات سجلات تحليل تقارير دراسات نشرة كشوف "
        "لائحة رسالة إحصائية معطيات توقعات معلومات تحقيق تحقيقات أدلة صور كشف حصيلة إحصاء رسائل"
    ).text.split()
)
# Expectation nobody signs: «من المتوقع أن»; and the passive that reports
EXPECTED = frozenset(
    fold(
        "المتوقع المرجح المنتظر المقرر المرتقب المحتمل المفترض متوقع مرجح منتظر مقرر مرتقب المؤكد الممكن المستبعد المخطط المزمع المأمول"
    ).text.split()
)
PASSIVE_TELLING = frozenset(
    fold(
        "يُتوقع تُتوقع يُرجّح يُرجح يُعتقد يُقال قيل تردد يُزعم يُنتظر يُفترض يُقدر تُقدر يُخشى ذُكر يُذكر يُشار أُعلن أُفيد وُصف وصفت يُوصف توصف يُعد أُشيع عُلم عُرف يُستبعد اعتُبر"
    ).text.split()
)

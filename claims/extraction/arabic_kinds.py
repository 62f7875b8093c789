"""What kind of claim Arabic words make: told by the verb, its tense, and who is to act."""

from collections.abc import Mapping, Sequence

from sources.text.arabic import particles, verbs
from sources.text.arabic.inflection import Form
from sources.text.arabic.nouns import is_verbal_noun
from sources.text.arabic.particles import folded
from sources.text.arabic.people import bare
from sources.text.folding import fold
from sources.text.sentences import Word
from sources.text.speech import Said

_TIME_UNITS = folded("ثانية دقيقة ساعة يوم أسبوع شهر سنة عام") | {"second", "minute", "hour", "day", "week", "month", "year"}
_OUGHT = folded("يجب ينبغي يتعين لابد مستعدة مستعد مستعدون نريد نرفض نطالب نرغب نأمل نتمنى ضرورة وجوب لزوم")
# Words that weigh rather than tell, without article and ending.
_WEIGHING = folded(
    "مهم أهمية متانة قوي ناجح عظيم جيد سيئ خطير ممتاز رائع تاريخي حليف استعراض استقرار إيجابي سلبي صعب هادئ عادل نزيه قاس استحق خيانة خان كارثي حرص اهتمام ارتياح مأساوي مثالي ضعيف أفضل أسوأ أخطر "
    "ممكن مستحيل واضح طبيعي مقلق مطمئن ضروري كاف غير صحيح خاطئ صائب فاشل جدير كبش وشك كارثة مأساة إنجاز فخور سعيد حزين مؤسف ظالم مجحف متوازن مسؤول متميز متواضع مخيب محرج منصف متسرع حاسم بطولي شجاع ثقة "
    "هش معقد حساس غامض مستفز مبالغ مذهل صادم متين مشرف مرفوض مقبول غريب عبثي كاذب باطل"
)
_ENDINGS = ("ات", "ين", "ون", "ان", "ة", "ا", "ه")
_PARTS = folded("نصف ثلث ربع ثلثي ثلثا ثلثاها خمس عشر النصف الثلث الربع العشر الخمس ضعف ضعفي أضعاف بالضعف للضعف الضعف واحدة")

_BECOMES = folded("كان بات أصبح صار ظل")
# What nobody does by deciding to.
_HAPPENS = folded(
    "كان وصل بلغ ارتفع انخفض تراجع زاد نما تجاوز استمر شهد فقد خسر تأثر تضرر عانى واجه أصبح بقي ظل أدى تسبب استقر تضاعف اتسع تقلص نفد ازداد تحسن تدهور تفاقم احتاج استغرق مر فاز تغير شكل كلف تطلب بات عاد نقص غمر "
    "سقط هطل انتهى بدأ تأخر حصل نال ضم ساد طال"
)
_OURS = folded(
    "بلاده بلادها بلادنا حكومته حكومتها شركته شركتها الشركة وزارته وزارتها الحكومة الوزارة الدولة الهيئة البلدية المجموعة المجمع البنك المصرف فريقه فريقها حزبه حزبها كتلته كتلتها مؤسسته هيئته المنظمة البرنامج النادي الاتحاد "
    "السلطات المحكمة الجيش إدارته قواته قواتها بلديته جامعته الجامعة المؤسسة المستشفى الصندوق النقابة الحركة"
)


def kind_of(  # noqa: C901 (the order of the questions is the point)
    part: Said, read: Sequence[Word], units: Sequence[str | None], roles: Mapping[tuple[str, ...], str], before: str, *, dated: bool
) -> tuple[str, list[str]]:
    """The kind of what is said, with the reason."""
    texts = [w.text for w in read]
    if part.frame == "naming":
        return "assessment", ["naming-verb"]
    if part.frame == "position":
        return "position", ["position-verb"]
    if part.sense == "commitment":
        return "commitment", ["commitment-verb"]
    narrated = part.mode == "narrator"
    if (acting := _intends(texts)) is not None:
        return "commitment", ["intends", acting]
    future = _future(texts)
    if future is not None and not narrated and part.sense not in {"prediction", "doubt"} and _own(part, texts, future, roles, before):
        return "commitment", ["future", "own-action"]
    if part.sense in {"prediction", "doubt"} or future is not None:
        return "prediction", ["prediction-verb" if future is None else "future"]
    if any(t in _OUGHT for t in texts[:6]):
        return "position", ["modal"]
    if _may(texts):
        return "prediction", ["may"]
    if (
        any(unit not in _TIME_UNITS for unit in units)
        or any(t in _PARTS for t in texts)
        or ("كل" in texts and any(t.startswith("واحد") for t in texts))
    ):
        return "quantity", ["figure"]
    if units and not any((form := verbs.form_of(t)) and form.tense == "past" for t in texts):
        return "quantity", ["duration"]
    weighing = any(_stem(t) in _WEIGHING for t in texts)
    if weighing and not narrated:
        return "assessment", ["opinion-words"]
    if narrated and texts[0] in particles.STATIVE:
        return "assessment", ["state"]
    if narrated and dated and "منذ" not in texts and (first := verbs.form_of(texts[0])) and first.tense == "present":
        return "prediction", ["present-tense", "has-date"]  # «يحل المنتخب ضيفا في 21 مارس»
    return _by_tense(texts, part, narrated, weighing=weighing)


_IS_NOT = folded("ليس ليست ليسوا لسنا لست وليس وليست فليس")


def _by_tense(texts: list[str], part: Said, narrated: bool, *, weighing: bool) -> tuple[str, list[str]]:
    forms = [form for t in texts if t not in _IS_NOT and (form := verbs.form_of(t))]
    if any(t in {"يزال", "تزال", "يزالون"} for t in texts[:6]):
        return "event", ["still-so"]
    if texts[0] in {"جري", "جرت", "تم", "تمت"}:
        return "event", ["took-place"]  # «جرى استعراض»
    if not narrated and len(forms) == 1 and forms[0].lemma in _BECOMES:
        return "assessment", ["state"]
    if (
        any(form.tense == "past" for form in forms)
        or any(t in {"لم", "ولم"} for t in texts)
        or (verbs.may_be_verb(texts[0]) and not forms and texts[1:2] and texts[1].startswith("ال"))
    ):
        return "event", ["past-tense"]
    if narrated and not weighing:
        return "event", ["told"]
    if not forms and (part.frame == "object" or part.sense or (is_verbal_noun(texts[0]) and not weighing and not _says_how(texts, part))):
        return "event", ["announced"]
    if forms and texts[0][0] in "نا" and (first := verbs.form_of(texts[0])) is not None and first.person == 1:
        return "event", ["own-doing"]
    return "assessment", ["present-tense"]


def _says_how(texts: list[str], part: Said) -> bool:
    """«الطلب مرتفع»: a noun with the article and what it is like, in somebody's own quoted words."""
    return part.mode == "direct" and texts[0].startswith("ال")


def _stem(word: str) -> str:
    core = word.removeprefix("و").removeprefix("ال") if len(word) > 4 else word
    for ending in _ENDINGS:
        if core.endswith(ending) and len(core) - len(ending) > 2 and core not in _WEIGHING:
            return core.removesuffix(ending)
    return core


def _intends(texts: list[str]) -> str | None:
    """«تعتزم الحكومة إنشاء»: who means to act, says so."""
    if texts[0] in {"كان", "كانت"}:
        return None
    return next((t for t in texts[:5] if t.removeprefix("و") in folded("يعتزم تعتزم ينوي تنوي يعتزمون نعتزم ننوي")), None)


def _future(texts: list[str]) -> tuple[int, Form | None] | None:
    """The future verb and where it stands, among the first words."""
    for i, text in enumerate(texts[:9]):
        if text in particles.RELATIVES:
            return None
        if text in particles.FUTURE:
            return i, verbs.form_of(texts[i + 1]) if i + 1 < len(texts) else None
        if (form := verbs.form_of(text)) is not None and form.tense == "future":
            return i, form
    return None


def _may(texts: list[str]) -> bool:
    for i, text in enumerate(texts[:-1]):
        if text in {"قد", "وقد", "ربما"} and (form := verbs.form_of(texts[i + 1])) and form.tense == "present":
            return form.lemma != "كان"
    return False


def _own(part: Said, texts: list[str], future: tuple[int, Form | None], roles: Mapping[tuple[str, ...], str], before: str) -> bool:
    """Does the speaker control the outcome: we, the speaker's own body or country, an act rather than a change?"""
    at, form = future
    if form is not None and form.person == 1:
        return True
    if form is not None and form.lemma in _HAPPENS and texts[at] != "لن":
        return False
    if at == 0:  # «أنه سيمنح»: the speaker
        return before.rstrip(' "').endswith(("انه", "انها", "انهم", "انهما", "اننا", "انني"))
    if any(t in _OURS for t in texts[: min(3, at)]):
        return True
    title = fold(part.speaker.title or part.speaker.name or "").text
    heads = {bare(w.removeprefix("ل")) for w in title.split()}
    known = {bare(w)[:3] for w in title.split() if w.startswith("ال") and w.endswith(("ي", "ية"))}
    for key, name in roles.items():
        if name == part.speaker.name:
            known |= {w[:3] for w in key[1:] if w.endswith(("ي", "ية"))}
            heads |= {w.removeprefix("ل") for w in key[1:]}
    if part.speaker.type == "organisation" and at <= 1:
        return False
    return bare(texts[0])[:3] in known or (texts[0].startswith("ال") and bare(texts[0]) in heads)

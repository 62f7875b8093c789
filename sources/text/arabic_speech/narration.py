"""The article's own voice: what it asserts between and beside what others say, and what is no claim."""

from sources.text.arabic import particles, reporting, verbs
from sources.text.arabic.phrases import definite, is_mark
from sources.text.arabic_speech.clauses import clauses, unglued
from sources.text.arabic_speech.line import Line
from sources.text.utterances import Said, trimmed

_DANGLING = particles.folded(
    "إذ الذي التي الذين فيما وفيما بينما وبينما حيث كما وكما لكن ولكن لكنه لكنها ولكنه ولكنها قد وقد ثم بعدما عندما وهو وهي ما و"
)
_LINKS = particles.folded(
    "كما لكن ولكن فيما بينما حيث ايضا كذلك وكذلك وبينما وفيما الا غير ان وذلك ذلك ثم و وكما وقد علما بان بيد اما واما فان وان"
)


def narrated(line: Line, begin: int, end: int, *, tail: bool = False) -> list[Said]:
    """The clauses of a stretch that nobody in the text says."""
    said: list[Said] = []
    if line.texts[-1] == ":" and begin == 0 and end == line.n:
        return said  # a byline, or what only announces
    opens = past_links(line, begin, end)
    if opens < end and line.texts[opens] in particles.CONDITIONS:
        return said  # what would follow if
    for first, last in clauses(line, begin, end, told=False):
        first = past_links(line, first, last)
        last = without_links(line, first, last)
        if last - first < (5 if tail else 3 if verbs.form_of(line.texts[min(first, line.n - 1)]) else 4):
            continue
        start, stop = trimmed(line.text, line.words[first].start, line.words[last - 1].end)
        if start < stop and not _no_claim(line, first, last):
            said.append(Said(unglued(line, first, start), stop))
    return said


def without_links(line: Line, first: int, last: int) -> int:
    """Where a clause ends, the words left out that only lead to the next one."""
    while first < last and (line.texts[last - 1] in _DANGLING or (is_mark(line.texts[last - 1]) and line.texts[last - 1] not in '"%٪)')):
        last -= 1
    return last


def past_links(line: Line, first: int, last: int) -> int:
    """Past conjunctions and «من جهة أخرى،»."""
    moved = True
    while moved and first < last:
        moved = False
        if line.texts[first].endswith("سرعان") and line.at(first + 1) == "ما":
            first, moved = first + 2, True
            continue
        if line.texts[first] in _LINKS or (is_mark(line.texts[first]) and line.texts[first] not in '"('):
            first, moved = first + 1, True
            continue
        comma = next((k for k in range(first, min(last, first + 7)) if line.comma(k)), None)
        if comma == first + 1 and line.texts[first].endswith("يا") and len(line.texts[first]) > 3:
            first, moved = comma + 1, True  # «ميدانيا،»
            continue
        if comma is not None and line.texts[first].removeprefix("و") == "علي" and line.at(first + 1).endswith("صعيد"):
            first, moved = comma + 1, True  # «على الصعيد الميداني،»
            continue
        if comma is not None:
            words = line.texts[first:comma]
            plain = (words[0].removeprefix("و") if len(words[0]) > 2 else words[0], *words[1:])
            if tuple(words) in particles.MARKERS or plain in particles.MARKERS:
                first, moved = comma + 1, True
    return first


def lead_only(line: Line, begin: int, end: int) -> bool:
    """Does a stretch before a cue only bind, or say when and where the words fell?"""
    first = past_links(line, begin, end)
    if end - first < 4:
        return True
    word = line.texts[first]
    rest = word[1:] if word[0] in "وف" and len(word) > 2 else word
    if word in particles.PREPOSITIONS or rest in particles.PREPOSITIONS or first in line.after_date:
        pieces = [k for k in range(first, end) if line.comma(k)]
        return not any(verbs.form_of(line.at(k + 1)) for k in pieces if k + 1 < end)
    return False


def _no_claim(line: Line, first: int, last: int) -> bool:
    """Conditions, guesses, and the present tense of what always holds."""
    word = line.texts[first]
    if word in particles.CONDITIONS or (word in _WELL_KNOWN and line.at(first + 1) == "ان"):
        return True
    texts = line.texts[first:last]
    if word in {"وهو", "وهي", "هو", "هي"} and (len(texts) > 1 and texts[1] in particles.STATIVE):
        return True
    if texts[0] in particles.NEGATIONS and any(text.removeprefix("ال") in {"تعليق", "تعقيب", "رد"} for text in texts[1:9]):
        return True
    if any(text in _KEEP_SILENT for text in texts[:2]) and any(text in _SPEECH for text in texts[1:6]):
        return True
    for i, text in enumerate(texts[:-1]):
        if text in particles.NEGATIONS and (
            texts[i + 1] in _UNKNOWN or (texts[i + 1] in _ISSUED and {"اي", "بعد"} & set(texts[i + 2 : i + 5]))
        ):
            return True
        if text in particles.NEGATIONS and (told := reporting.telling(texts[i + 1])) and not told.sense:
            return True
    if first == 0:
        plain = word[1:] if word[0] == "و" and word not in verbs.KNOWN else word
        form = verbs.form_of(plain)
        if plain in particles.STATIVE:
            return not (_ranked(line, first, last) and any(k in line.after_date for k in range(first, last)))
        if form and form.tense == "present" and plain not in {"يتم", "تتم"} and plain not in particles.INTENDS:
            return not any(k in line.after_date and line.at(k - 1) != "منذ" for k in range(first, last))
    if first == 0 and _always(line, first, last):
        return True
    return definite(word) and not line.finite_between(first, last) and first == 0 and not any(t[0].isdigit() for t in texts)


def _ranked(line: Line, first: int, last: int) -> bool:
    return any(text in _MOST for text in line.texts[first:last])


_MOST = particles.folded("الأكبر الأعلى الأدنى الأول الأولى أكبر أعلى أدنى أول الأسوأ أسوأ الأفضل أطول الأطول")
_KEEP_SILENT = particles.folded("امتنع وامتنع امتنعت وامتنعت رفض ورفض رفضت ورفضت أحجم أحجمت وأحجمت اعتذر واعتذر اعتذرت تعذر وتعذر يتعذر")
_SPEECH = particles.folded("التعليق الإفصاح الإدلاء الرد الحديث الكشف التصريح الحصول")
_WELL_KNOWN = particles.folded("معلوم ومعلوم معروف ومعروف")
_ISSUED = particles.folded("يصدر تصدر يرد ترد يعلن تعلن يعقب تعقب")
_UNKNOWN = particles.folded("يعرف تعرف يتضح تتضح يتسن يتبين يتسنى يتحدد يحدد تحدد")


def _always(line: Line, first: int, last: int) -> bool:
    """Only the present tense, no figure and no day: what is so at all times is background."""
    if line.texts[first].removeprefix("و") in particles.INTENDS or line.at(first + 1) in {"يزال", "تزال", "زال", "زالت"}:
        return False
    if any(text in {"لم", "ولم"} for text in line.texts[first:last]):
        return False
    forms = [form for text in line.texts[first:last] if (form := verbs.form_of(text)) and not (form.lemma == text and text[0] == "ت")]
    told = any(form.tense != "present" for form in forms) or any(text[0].isdigit() for text in line.texts[first:last])
    return bool(forms) and not told and not any(k in line.after_date for k in range(first, last))

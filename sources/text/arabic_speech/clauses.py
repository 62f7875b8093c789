"""One proposition each: where a stretch of Arabic words falls into clauses that can be checked apart."""

from collections.abc import Iterator

from sources.text.arabic import particles, reporting, titles, verbs
from sources.text.arabic.nouns import is_verbal_noun
from sources.text.arabic.phrases import definite, is_mark
from sources.text.arabic_speech.line import Line

_W_NOUNS = particles.folded(
    "وزير وزيرة وزارة وزراء وكالة وكالات وكيل وكيلة ولاية ولايات وفد وضع وقت وثيقة وثائق واشنطن وسط وحدة وحدات ولي وفاة وصول ورشة وسائل ورقة وجود وباء وسيط وقود والد والدة والي واحد واحدة "
    "وطن وظيفة وديعة واردات ودائع وزن وصف وقائع وظائف وادي وفيات وائل وليد وسام وداد وديع وجدي ويليام ويكيبيديا واتساب وول وجبة وجبات وقف وعد وعود وعي ورد وفرة وتيرة وتر وجه وجهة وردة ورود واقع وارد وهران وجدة واسط وفق وفقا وراء "
    "ورثة وسطاء وكلاء ولادة ولاء ولد وحيد واثق وهم وهن وهج وصفة وصاية وظيفي وطني وطنية وزاري وزارية وحي وقوع وقعة واجهة واجب وردات وقفة وارسو وست ويلز والت واين ويك وينغ ووهان"
) - particles.folded("وهم وهن")
_NOMINAL = particles.folded(
    "وهو وهي وهم وهناك وثمة ولدى ولدينا ولديه ولديها ولديهم وليس وليست وهذا وهذه وأمامنا وعلينا ولم ولن وقد وكان وكانت وسوف وأنا ونحن"
)
# «، دُمر منها 500»: what points back
_BACK = particles.folded("منها منهم منه خلاله خلالها فيه فيها خلالهما إثرها بينهم بينها")
_ASKS = particles.folded("فهل هل فمن فكيف فلماذا فمتى وهل")
_LEFT_OUT = particles.folded(
    "يحدد تحدد يوضح توضح يكشف تكشف يذكر تذكر يورد تورد يسمي تسمي يفصح تفصح يعطي تعطي يقدم تقدم يدلي تدلي يخوض تخوض"
)
_HONOURED = particles.folded("سموه سموها معاليه معاليها سعادته سعادتها فخامته جلالته دولته فضيلته")
_TIME_CLAUSES = particles.folded("حين إذ عندما بعدما حيث فيما بينما كما وحين وعندما وبعدما")


def clauses(line: Line, begin: int, end: int, *, split_that: bool = True, told: bool = True) -> Iterator[tuple[int, int]]:
    """Word spans of the clauses of words[begin:end], connectors left out; one that asks is left out too."""
    start = begin
    if told:
        start = begin = begin + (_but(line, begin, end) == 1)
    subjunctive = begin < end and _present(line.texts[begin])
    i = begin
    while i < end:
        skip = _break(line, begin, i, end, subjunctive=subjunctive, split_that=split_that, told=told)
        if skip is None:
            i += 1
            continue
        if i - start > 1 and line.texts[i - 1] not in {"؟", "?"} and line.texts[i] not in {"؟", "?"}:
            yield start, i
        start = i = i + skip + _but(line, i + skip, end) if skip else i
        if not skip:
            i += 1
    if start < end and line.texts[end - 1] not in {"؟", "?"} and not (end - start > 1 and line.texts[end - 2] in {"؟", "?"}):
        yield start, end


def _counts(line: Line, i: int, end: int) -> bool:
    """«، ما يرفع الحصيلة إلى 40»: a figure of its own."""
    return any(line.texts[k][0].isdigit() for k in range(i, min(end, i + 9)))


def _but(line: Line, i: int, end: int) -> int:
    """How many words of «لكن», «غير أن» open a clause: they join it to another and are no part of it."""
    if i + 3 >= end:
        return 0
    if (line.texts[i], line.texts[i + 1]) in {("غير", "ان"), ("الا", "ان"), ("بيد", "ان")}:
        return 2
    return 1 if line.texts[i] in {"لكن", "ولكن"} else 0


def _break(line: Line, begin: int, i: int, end: int, *, subjunctive: bool, split_that: bool, told: bool) -> int | None:
    """How many words a break at i swallows; None for no break."""
    if i == begin:
        return None
    word, after = line.texts[i], line.at(i + 1) if i + 1 < end else ""
    if word in {".", "؟", "?", "!", "؛", ";", "…", "\u06d4"} or (word == ":" and after.startswith("ف")):
        return 1
    if split_that and word in particles.AND_THAT and (subjunctive or word not in {"وان", "وبان"} or not _present(after)):
        return 1
    if (
        word[0] == "ف"
        and word not in verbs.KNOWN
        and word[1:] in verbs.KNOWN
        and (form := verbs.form_of(word[1:]))
        and form.tense == "past"
        and word[1:] not in particles.NAME_ENDS
    ):
        return 0  # «فاصطدم به»
    if (
        word == "قبل"
        and after == "ان"
        and i - begin > 3
        and (form := verbs.form_of(line.at(i + 2)))
        and form.lemma != "كان"
        and not line.quoted[i]
    ):
        return None if line.texts[begin].endswith(("كان", "كانت")) else 2  # «قبل أن يفرج عنهم»
    if word in {"فيما", "بينما"} and i - begin > 2 and not line.quoted[i] and _clause_follows(line, i + 1, end):
        return 1
    if _goes_forward(line, i - begin, i):
        return 0  # «وستعوض الفائض»
    if not (line.comma(i - 1) or (is_mark(line.texts[i - 1]) and line.texts[i - 1] in {'"', ")", "-", "–", "—"} and word[0] == "و")):
        return None
    if (word, after, line.at(i + 2)) == ("في", "الوقت", "الذي"):
        return 3
    if (word, after) in particles.CONNECTOR_PAIRS:
        return 2
    if word in _ASKS:
        return 0
    if word == "ثم" and _clause_follows(line, i + 1, end):
        return 1
    if word in {"قبل", "وقبل", "بعد"} and after == "ان" and verbs.form_of(line.at(i + 2)):
        return 2
    if word in particles.CONNECTORS and word not in {"كما", "حيث", "فيما"}:
        return 1
    if word == "كما" and line.comma(i - 1) and verbs.may_be_verb(after) and (definite(line.at(i + 2)) or line.at(i + 2) in _HONOURED):
        return 1  # «، كما بحث سموه»
    if word in _TIME_CLAUSES and (_clause_follows(line, i + 1, end) or (word in {"فيما", "وفيما"} and not is_mark(after))):
        return 1
    if word in {"مما", "ما"} and (form := verbs.form_of(after)) and (form.tense == "past" or _counts(line, i, end)):
        return 0  # «، ما أدى إلى»
    if told and word in {"وهو", "وهي"} and line.quoted[i]:
        return None
    if word[0] in "وف" and _opens(line, begin, i, end):
        return 0
    if line.comma(i - 1) and after in _BACK and word in verbs.KNOWN and (form := verbs.form_of(word)) and form.tense == "past":
        return 0  # «، دُمر منها 500»
    if line.comma(i - 1) and word == "لم" and line.at(i + 2) in _BACK and verbs.form_of(after):
        return 0  # «، لم يُسترد منها»
    if told and (word, after) == ("دون", "ان") and line.comma(i - 1) and line.at(i + 2) in _LEFT_OUT and not line.quoted[i]:
        return 0  # «، دون أن يحدد»: the narrator's
    if (word, after) in {("من", "دون"), ("دون", "ان")} and line.at(i - 2) == '"':
        return 1  # what the narrator adds to a quote
    if word == '"' and line.comma(i - 1) and (after, line.at(i + 2)) in particles.CONNECTOR_PAIRS:
        return 1
    return None


def _goes_forward(line: Line, so_far: int, i: int) -> bool:
    """A second verb, in the future, joined without a comma."""
    word = line.texts[i]
    form = verbs.form_of(word[1:]) if word[0] == "و" and so_far > 2 and word[1:] in verbs.KNOWN and not line.quoted[i] else None
    return form is not None and form.tense == "future"


def _present(word: str) -> bool:
    form = verbs.form_of(word)
    return bool(form and form.tense == "present")


def _clause_follows(line: Line, i: int, end: int) -> bool:
    return i < end and (verbs.form_of(line.texts[i]) is not None or (i + 1 < end and line.texts[i] in particles.TENSES))


def _opens(line: Line, begin: int, i: int, end: int) -> bool:
    """After a comma: و or ف and a clause of its own: "and the bombers flew", "and the files held no proof"."""
    word = line.texts[i]
    if word in _W_NOUNS:
        return False
    if word in _NOMINAL and i + 2 < end:
        return True
    if word == "ولا" and _present(line.at(i + 1)) and line.texts[begin] not in particles.NEGATIONS:
        return True
    rest = word[1:]
    if word not in verbs.KNOWN or rest in verbs.KNOWN:
        if verbs.form_of(rest) and not (rest in particles.NAME_ENDS and rest not in particles.TENSES):
            return True
        if (
            verbs.may_be_verb(rest)
            and i + 1 < end
            and (_names_somebody(line.texts[i + 1]) or _verbal_like(line, begin, i) or line.texts[i + 1].endswith(("ته", "ها", "هم")))
        ):
            return True
    if definite(rest) or (rest in titles.ROLES or rest in titles.ORGANISATIONS):
        for k in range(i + 1, min(i + 6, end)):
            if is_mark(line.texts[k]):
                return False
            if verbs.form_of(line.texts[k]) and line.texts[k] in verbs.KNOWN:
                return line.texts[k - 1] not in particles.RELATIVES
    if not verbs.may_be_verb(rest) and not is_verbal_noun(rest) and definite(line.at(i + 1)):  # «وراتب المعلم لا يتجاوز»
        for k in range(i + 2, min(i + 5, end)):
            if is_mark(line.texts[k]) or line.texts[k] in particles.RELATIVES or line.texts[k] in particles.PREPOSITIONS:
                break
            if line.texts[k] in {"لا", "لم", "لن"} or (line.texts[k] in verbs.KNOWN and verbs.form_of(line.texts[k])):
                return True
    if rest not in particles.PREPOSITIONS:
        return False
    comma = line.next_comma(i, end)
    if line.finite_between(i + 1, min(end, comma if comma is not None else i + 40)):
        return True
    return comma is not None and comma < i + 8 and comma + 1 < end and verbs.form_of(line.texts[comma + 1]) is not None


def _verbal_like(line: Line, begin: int, i: int) -> bool:
    """Did the clause before open with a verb too («ارتفع سعر النفط، وتراجع سعر الغاز»)?"""
    first = line.texts[begin]
    form = verbs.form_of(first)
    following = line.texts[i + 1]
    noun = not definite(following) and following not in particles.NAME_ENDS and not is_mark(following)
    return bool(form and form.tense == "past") and noun and definite(line.at(i + 2))


def _names_somebody(word: str) -> bool:
    return word in titles.ROLES or word in titles.ORGANISATIONS or (definite(word) and not is_verbal_noun(word))


def unglued(line: Line, i: int, start: int) -> int:
    """The offset past a و or ف glued to the word at i, where a clause opens with it."""
    word = line.words[i]
    text = word.text
    if start != word.start or len(text) < 3 or text[0] not in "وف":
        return start
    rest = text[1:]
    if text in verbs.KNOWN or reporting.whole(text):
        return start
    if text[0] == "و":
        return start if text in _W_NOUNS or (text.startswith("وا") and text in titles.CARRIERS) else start + 1
    known = rest in particles.OPENERS or definite(rest) or rest in particles.THAT or rest in particles.TENSES or reporting.telling(rest)
    form = verbs.form_of(rest)
    return start + 1 if known or (form and (rest in verbs.KNOWN or form.tense == "future")) else start

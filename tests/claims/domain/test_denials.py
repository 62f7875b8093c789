"""What denies and what negates: the statement of each as it reads in a list, in both languages."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import extraction
from claims.domain import denials

# text, statement, polarity, denial
DENIED = [
    ("نفى وزير الري حسام قنديل أن تكون مصر قد خفضت حصة المزارعين.", "نفى حسام قنديل أن تكون مصر قد خفضت حصة المزارعين", "affirmed"),
    ("ونفت هيئة الموانئ أن الرصيف الشمالي انهار.", "نفت هيئة الموانئ أن الرصيف الشمالي انهار", "affirmed"),
    ("نفى المدير العام عادل منصور أنه تلقى رشوة من الشركة.", "نفى عادل منصور أنه تلقى رشوة من الشركة", "affirmed"),
    ("نفت وزارة الصحة تسلّم أي شحنة من اللقاحات الفاسدة.", "نفت وزارة الصحة تسلّم أي شحنة من اللقاحات الفاسدة", "affirmed"),
    ("نفى محافظ البنك المركزي وجود أي خلاف مع الحكومة.", "نفى محافظ البنك المركزي وجود أي خلاف مع الحكومة", "affirmed"),
    ("أنكر النائب كريم ناصر مشاركته في الاجتماع السري.", "نفى كريم ناصر مشاركته في الاجتماع السري", "affirmed"),
    ("نفى المتحدث باسم الجيش صحة الأنباء عن انسحاب القوات من المدينة.", "نفى المتحدث باسم الجيش انسحاب القوات من المدينة", "affirmed"),
    ("نفت الشركة ما تداولته صفحات عن ندرة الوقود في العاصمة.", "نفت الشركة ندرة الوقود في العاصمة", "affirmed"),
    ("فندت الوزارة الادعاءات بأن المصنع لوث النهر.", "نفت الوزارة أن المصنع لوث النهر", "affirmed"),
    ("قالت الوزيرة ليلى العمري إن الموازنة أقرت، نافية وجود عجز فيها.", "نفت ليلى العمري وجود عجز فيها", "affirmed"),
    ("وأضاف الوزير نافيا أن تكون بلاده قد انسحبت من الاتفاق.", "نفى الوزير أن تكون بلاده قد انسحبت من الاتفاق", "affirmed"),
    ("نفى أن تكون المفاوضات قد انهارت.", "نُفي أن تكون المفاوضات قد انهارت", "affirmed"),
    ("نُفي أن تكون السفينة قد غرقت.", "نُفي أن تكون السفينة قد غرقت", "affirmed"),
    ("نفى المتحدث نفيا قاطعا أن تكون بلاده قد زودت أي طرف بالسلاح.", "نفى المتحدث أن تكون بلاده قد زودت أي طرف بالسلاح", "affirmed"),
    ("نفت النقابة أن تكون قد دعت إلى إضراب يوم الأحد.", "نفت النقابة أن تكون قد دعت إلى إضراب يوم الأحد", "affirmed"),
    ("وتنفي طهران سعيها إلى امتلاك سلاح نووي.", "نفت طهران سعيها إلى امتلاك سلاح نووي", "affirmed"),
    ("نفى رئيس النادي سامي حداد نيته إقالة المدرب.", "نفى سامي حداد نيته إقالة المدرب", "affirmed"),
    ("استبعد وزير المالية سامي الخطيب رفع أسعار الوقود هذا العام.", "استبعد سامي الخطيب رفع أسعار الوقود هذا العام", "affirmed"),
    ("استبعدت الوزارة أن ترتفع الأجور في مارس.", "استبعدت الوزارة أن ترتفع الأجور في مارس", "affirmed"),
    ("نفى الوزير ألا تكون الشركة قد دفعت الضرائب.", "نفى الوزير ألا تكون الشركة قد دفعت الضرائب", "negated"),
    ("كما نفت شركة الشحن أنها لم تدفع الرسوم.", "نفت شركة الشحن أنها لم تدفع الرسوم", "negated"),
    ("Wang denied that China had supplied weapons to the rebels.", "Wang denied that China had supplied weapons to the rebels", "affirmed"),
    ("The minister, Lena Hart, denied that the company was insolvent.", "Lena Hart denied that the company was insolvent", "affirmed"),
    ("Officials denied the airport had been sold to a rival.", "Officials denied that the airport had been sold to a rival", "affirmed"),
    ("Wang denied supplying weapons to the rebels.", "Wang denied supplying weapons to the rebels", "affirmed"),
    ("The company denied any involvement in the spill last year.", "The company denied any involvement in the spill last year", "affirmed"),
    ("Harbour Freight denied having paid the inspectors in 2021.", "Harbour Freight denied having paid the inspectors in 2021", "affirmed"),
    ("The ministry rejected claims that the river had been poisoned.", "The ministry denied that the river had been poisoned", "affirmed"),
    ("The bank dismissed reports that it was cutting 500 jobs.", "The bank denied that it was cutting 500 jobs", "affirmed"),
    ("A spokesman denied a report in the Post that the base had closed.", "A spokesman denied that the base had closed", "affirmed"),
    ("Hart denied the allegation that she had lied to parliament.", "Hart denied that she had lied to parliament", "affirmed"),
    ("Hart denied allegations she had lied to parliament.", "Hart denied allegations she had lied to parliament", "affirmed"),
    ("Hart denied reports were leaked to the press.", "Hart denied that reports were leaked to the press", "affirmed"),
    ("He denied that he had taken a bribe of $5,000.", "It was denied that he had taken a bribe of $5,000", "affirmed"),
    ("The company said the mine was safe, denying that it leaked acid.", "The company denied that it leaked acid", "affirmed"),
    ("The firm denied that it had said the mine was safe.", "The firm denied that it had said the mine was safe", "affirmed"),
    ("Lena Hart denied that nobody had warned the crew.", "Lena Hart denied that nobody had warned the crew", "negated"),
    ("Lena Hart doubted that rates would fall in 2028.", "Lena Hart doubted that rates would fall in 2028", "affirmed"),
    ("The bank denied raising rates would hurt exporters.", "The bank denied that raising rates would hurt exporters", "affirmed"),
]  # fmt: skip
NEGATED = [
    ("قال وزير الصحة إن أي مستشفى لم يغلق هذا العام.", "أي مستشفى لم يغلق هذا العام"),
    ("قالت الهيئة إنه لم يتم إغلاق أي رصيف منذ مارس.", "لم يتم إغلاق أي رصيف منذ مارس"),
    ("أكد المدير عدم وجود أي خلل في المفاعل.", "عدم وجود أي خلل في المفاعل"),
    ("نفى الوزير: «لم نتلق أي طلب من الشركة».", "لم نتلق أي طلب من الشركة"),
    ("«لم نبع أي قطعة سلاح لهذا البلد»، نفى الوزير سامي الخطيب.", "لم نبع أي قطعة سلاح لهذا البلد"),
    ("أكد المحافظ أنه لا صحة لما يتردد عن إغلاق المعبر.", "لا صحة لما يتردد عن إغلاق المعبر"),
    ("قال الباحث سامي الخطيب إنه لم يثبت أن الدواء يسبب السرطان.", "لم يثبت أن الدواء يسبب السرطان"),
    ("ليس صحيحا أن الحكومة باعت المطار، بحسب الوزير سامي الخطيب.", "ليس صحيحا أن الحكومة باعت المطار"),
    ("لن ترتفع الأسعار قبل نهاية العام، بحسب وزير المالية.", "لن ترتفع الأسعار قبل نهاية العام"),
    ("The minister said that no hospital had been closed.", "no hospital had been closed"),
    ("The minister said the hospital had not been closed in 2020.", "the hospital had not been closed in 2020"),
    ("“We never sold arms to them,” the minister, Lena Hart, denied.", "We never sold arms to them"),
    ("There is no truth to reports that the mayor has resigned.", "There is no truth to reports that the mayor has resigned"),
    ("Tom Reed said there was no truth in claims that the mayor had left.", "there was no truth in claims that the mayor had left"),
    ("It has not been proved that the drug causes cancer.", "It has not been proved that the drug causes cancer"),
    ("It was denied that the talks had collapsed.", "It was denied that the talks had collapsed"),
    ("“It is not true that we paid the inspectors,” said Harbour Freight.", "It is not true that we paid the inspectors"),
    ("Not a single ship left the port in May, the agency said.", "Not a single ship left the port in May"),
    ("The mayor denied wrongdoing.", "The mayor denied wrongdoing"),
    ("Nobody denied that prices rose 5% in May.", "Nobody denied that prices rose 5% in May"),
]
NO = re.compile(
    r"(?<!\w)(?:نفى|نفت|نُفيت?|استُبعدت?|استبعدت?|لم|لن|لا|ليس|ألا|عدم)(?!\w)|\b(?:denied|doubted|not|no|nobody|never)\b", re.IGNORECASE
)  # fmt: skip


def read(text):
    return extraction.read(text, published=None).claims


@pytest.mark.parametrize(("text", "statement", "polarity"), DENIED, ids=[text[:50] for text, *_ in DENIED])
def test_what_is_denied_says_so_and_its_quote_stays_as_it_was_denied(text, statement, polarity):
    draft = next(draft for draft in read(text) if draft.denial)
    assert (draft.statement, draft.polarity) == (statement, polarity)
    assert text[draft.start : draft.end] == draft.quote
    assert len(NO.findall(draft.statement)) == 1 + len(NO.findall(draft.quote)), "denied once, in words of its own"
    assert len(NO.findall(draft.quote)) == (polarity == "negated")


@pytest.mark.parametrize(("text", "statement"), NEGATED, ids=[text[:50] for text, _ in NEGATED])
def test_what_negates_by_its_own_words_keeps_them(text, statement):
    (draft,) = read(text)
    assert (draft.statement, draft.polarity, draft.denial) == (statement, "negated", False)
    assert draft.statement == draft.quote


def test_two_things_denied_at_once_are_denied_each():
    told = [draft.statement for draft in read("نفى الوزير أن تكون الحكومة قد باعت المطار وأن تكون قد تفاوضت مع الشركة.")]
    assert told == ["نفى الوزير أن تكون الحكومة قد باعت المطار", "نفى الوزير أن تكون قد تفاوضت مع الشركة"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Police denied that they had fired, but 12 people were killed.", [("they had fired", True), ("12 people were killed", False)]),
        ("Wang denied that China had sent arms and said talks would go on.", [("China had sent arms", True), ("talks would go on", False)]),
        (
            "نفى الوزير أن تكون الحكومة باعت المطار، لكن الشركة دفعت مليون دولار.",
            [("تكون الحكومة باعت المطار", True), ("الشركة دفعت مليون دولار", False)],
        ),
        (
            "نفى الوزير أن تكون الحكومة باعت المطار، مؤكدا أن المفاوضات مستمرة.",
            [("تكون الحكومة باعت المطار", True), ("المفاوضات مستمرة", False)],
        ),
    ],
)
def test_what_is_set_against_a_denial_is_not_denied(text, told):
    assert [(draft.quote, draft.denial) for draft in read(text)] == told


@pytest.mark.parametrize("text", ["لم يستبعد الوزير سامي الخطيب رفع الأجور.", "The ministry did not deny that the mine leaked acid."])
def test_a_denial_that_is_denied_is_none(text):
    assert not any(draft.denial for draft in read(text))


@pytest.mark.parametrize("text", [text for text, *_ in DENIED])
def test_the_proposition_is_found_behind_its_statement(text):
    draft = next(draft for draft in read(text) if draft.denial)
    assert denials.proposition(draft.statement, draft.quote, denial=True) == draft.quote
    without_quote = denials.proposition(draft.statement, None, denial=True, speaker=draft.speaker_name or "")
    assert without_quote.endswith(draft.quote)
    assert without_quote != draft.statement
    assert denials.proposition(draft.statement, None, denial=False) == draft.statement


@pytest.mark.parametrize(
    ("quote", "given", "statement"),
    [
        ("مشاركة الجيش في المعارك", {"cue": "نفى"}, "نُفيت مشاركة الجيش في المعارك"),
        ("وقوع أضرار في السفينة", {"cue": "نفى"}, "نُفي وقوع أضرار في السفينة"),
        ("paying the inspectors", {"cue": "denied"}, "Paying the inspectors was denied"),
        ("any part in the deal that was signed in May", {"cue": "denied"}, "Any part in the deal that was signed in May was denied"),
    ],
)
def test_what_nobody_is_named_for_was_denied(quote, given, statement):
    assert denials.statement(quote, before="", speaker_type="unattributed_passive", speaker="", **given) == statement


NAMES = st.sampled_from(["Hart", "ministry", "the board", "وانغ وين", "الوزارة", "مصدر أمني"])
ENGLISH = ["it had paid", "paying the crew", "any part in the deal", "no ship had left"]
ARABIC = ["تكون السفينة قد غرقت", "وجود أي خلاف", "لم تدفع الرسوم", "الرصيف انهار"]
QUOTES = st.sampled_from(ENGLISH + ARABIC)
RUN_UP = st.sampled_from(["", "denied ", "denied that ", "نفى أن ", "نفت أنها ", "، وأن ", "نفى "])
CUES = st.sampled_from(["denied", "rejected", "doubted", "نفى", "ونفت", "نافية", "استبعد", ""])


@given(quote=QUOTES, before=RUN_UP, speaker=NAMES, type=st.sampled_from(["person", "unnamed_role", "unattributed_passive"]), cue=CUES)
def test_whoever_denies_whatever_it_is_denied_once(quote, before, speaker, type, cue):  # noqa: A002
    told = denials.statement(quote, before=before, speaker_type=type, speaker=speaker, cue=cue)
    assert len(NO.findall(told)) == 1 + len(NO.findall(quote))
    assert told.lower().endswith(quote.lower()) or told.startswith(quote[0].upper() + quote[1:])
    assert ((speaker in told) or (speaker.removeprefix("the ") in told)) == (type != "unattributed_passive")


def test_a_quotation_that_the_quote_cuts_open_is_closed_in_the_statement():
    told = denials.statement("the deal was “dead", before="denied that ", speaker_type="person", speaker="Hart", cue="denied")
    assert told == "Hart denied that the deal was “dead”"


# Whoever is said not to deny, not yet, or no more, does not deny.
UNDONE = [
    "لا أحد نفى أن المصنع أغلق عام 2022.",
    "لا أحد ينكر أن المصنع أغلق عام 2022.",
    "ليس هناك من ينفي أن المصنع أغلق عام 2022.",
    "لم يعد الوزير ينفي أن المصنع أغلق عام 2022.",
    "لم يسبق أن نفى الوزير أن المصنع أغلق عام 2022.",
    "ليس صحيحا أن الوزير نفى أن المصنع أغلق عام 2022.",
    "رفض المتحدث نفي أن البنك تكبد خسائر بلغت 5 مليارات دولار.",
    "تجنب الوزير نفي أن المصنع أغلق عام 2022.",
    "تعذر على الوزير نفي أن المصنع أغلق عام 2022.",
    "قلما نفى الوزير أن المصنع أغلق عام 2022.",
    "إذا نفى الوزير أن المصنع أغلق عام 2022 فسوف يقال.",
]  # fmt: skip


@pytest.mark.parametrize("text", UNDONE)
def test_a_denial_that_is_itself_denied_is_none(text):
    assert [draft.statement for draft in read(text) if draft.denial] == []


@pytest.mark.parametrize(
    "text",
    [
        "من دون أن يحضر المؤتمر نفى الوزير أن المصنع أغلق عام 2022.",
        "رفض الوزير الاستقالة لكنه نفى أن المصنع أغلق عام 2022.",
        "لم يحضر الوزير الجلسة ونفى الوزير أن المصنع أغلق عام 2022.",
    ],
)
def test_a_denial_beside_what_was_not_done_stays_one(text):
    assert [draft.statement for draft in read(text) if draft.denial] == ["نفى الوزير أن المصنع أغلق عام 2022"]


@pytest.mark.parametrize("plan", ["نيته الترشح لولاية ثانية", "عزمه إقالة الوزير", "نيته عدم الترشح"])
def test_who_denies_a_plan_is_not_the_plan(plan):
    [draft] = read(f"نفى الرئيس {plan}.")
    assert (draft.statement, draft.speaker_name) == (f"نفى الرئيس {plan}", "الرئيس")


@pytest.mark.parametrize("told", ["told reporters he denied", "told the agency that he denied", "told a newspaper she denied"])
def test_what_is_told_to_be_denied_is_denied(told):
    [draft] = read(f"The minister {told} that the bank had lost $3bn.")
    assert (draft.statement, draft.denial) == ("The minister denied that the bank had lost $3bn", True)


@pytest.mark.parametrize("verb", ["did not reject", "would not dismiss", "refused to deny"])
def test_claims_that_nobody_rejects_are_said_by_no_verb(verb):
    for draft in read(f"The minister {verb} claims that the bank lost $3bn."):
        assert draft.statement != "the bank lost $3bn"

"""A correction notice is found in the new text, and nothing else is taken for one."""

import pytest

from sources.text import corrections

BEFORE = "المرفأ يستقبل سفنا جديدة\nقال الوزير إن 200 سفينة ستصل في الربيع."


@pytest.mark.parametrize(
    "line",
    [
        "تصحيح: ورد في الخبر أن العدد 200، والصواب 150.",
        "تنويه: حُذفت فقرة من هذا الخبر.",
        "* تصويب – العدد الصحيح هو 150 سفينة",
        "(تنويه: صُحح العدد)",
        "اعتذار: نشرنا رقما غير صحيح.",
        "تنويه وتصحيح: العدد 150.",
        "جرى تعديل هذا الخبر لتصحيح عدد السفن.",
        "تم تصحيح هذا المقال في الثانية ظهرا.",
        "عُدّل هذا التقرير بعد نشره.",
        "جاء في نسخة سابقة من هذا المقال خطأ في عدد السفن.",
        "Correction: the port expects 150 ships.",
        "CORRECTION – the port expects 150 ships.",
        "Clarification: the minister spoke of spring.",
        "Editor’s note: the number of ships has changed.",
        "This article was amended on 3 January to give the right number of ships.",
        "This story has been corrected.",
        "The headline was later corrected.",
        "An earlier version of this article misstated the number of ships.",
        "A previous version of this story incorrectly gave the number of ships.",
    ],
)
def test_a_notice_is_named(line):
    assert corrections.notice(BEFORE, f"{BEFORE}\n\n{line}") == line


@pytest.mark.parametrize(
    "line",
    [
        "تصحيح المسار الاقتصادي يبدأ من الموانئ، قال الوزير.",
        "توضيح الخطة يحتاج إلى وقت.",
        "وقدّم الوزير اعتذارا للمسافرين.",
        "Correction of prices will take years, the minister said.",
        "Corrections officers went on strike.",
        "The law was amended in January.",
        "The report of the committee was amended twice.",
        "The minister corrected the figures.",
        "This article is about ships.",
    ],
)
def test_news_of_corrections_is_none(line):
    assert corrections.notice(BEFORE, f"{BEFORE}\n{line}") == ""


def test_a_notice_that_was_there_before_is_no_news():
    old = f"{BEFORE}\nتصحيح: العدد 150."
    assert corrections.notice(old, f"{old}\nوأضاف الوزير.") == ""
    assert corrections.notice(old, f"{old}\nتصحيح: العدد 140.") == "تصحيح: العدد 140."


def test_a_label_on_a_line_of_its_own_goes_with_what_it_labels():
    assert corrections.notice(BEFORE, f"{BEFORE}\nتصحيح\nالعدد الصحيح 150.") == "تصحيح العدد الصحيح 150."
    assert corrections.notice(f"{BEFORE}\nCorrection:\nOne.", f"{BEFORE}\nCorrection:\nTwo.") == "Correction: Two."


def test_a_long_notice_is_cut():
    assert len(corrections.notice("", "تصحيح: " + "كلمة " * 500)) == corrections.LONGEST

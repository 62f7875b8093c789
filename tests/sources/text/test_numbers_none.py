"""Numbers that count nothing: dates, names, ages, scores and hours are no figures."""

import pytest

from tests.sources.text.figures import said

NONE = """
the older study (12) again
سبيكة من عيار 18
الخط الساخن 1919
بلدان مجاورة
the hotline 1800
في عام 2023
منذ 2011
بين عامي 2015 و2020
في 5 ديسمبر
يومي 5 و6 نوفمبر
14 من الشهر الجاري
قاذفات (Tu-95) و(H-6K)
طائرة من طراز إف-16
جائحة كوفيد-19
مجموعة العشرين
مجموعة السبع
قمة مجموعة الـ20
القرار 1701
المادة 51 من الميثاق
القناة 12 الإسرائيلية
القناة الـ12
رقم 5
الرئيس بوتين
في الصين
بين البلدين
حين عاد
محمد علي (45 عاما)
البالغ من العمر 58 عاما
توفي عن عمر ناهز 80 عاما
سامي حداد، 45 عاما، وصل
عشرات القتلى
آلاف المتظاهرين
ملايين الدولارات
بضعة آلاف
الساعة 10 صباحا
الساعة 15:30
عند الساعة 14:00 بتوقيت غرينتش
نصف النهائي
الربع الأول
النصف الثاني من العام
ربع النهائي
القرن الحادي والعشرين
المركز الثالث
لأول مرة
أحد المسؤولين
واحدة من أهم
2-1
بنتيجة 3-2
+966 11 555 1234
فلسطين وأفغانستان
السفينتان
البلدين
بيان وزارة الخارجية
عدوان جديد
يوم الاثنين
الأحد المقبل
من ناحية ثانية
هجري 1444 هـ
بروتين وروتين
في وقت واحد
سكان لبنان
المرتبة الـ12 عالميا
الدقيقة 67 من المباراة
القانون رقم 182 لسنة 2023
اللاعب البالغ 24 عاما
الفرقة 36 واللواء 401
شرطيين ومدنيين
ميدان وبرلمان وإنسان
خلال السنوات الخمس الماضية
بين الساعة 10 و12
من 1990 حتى 2000
مسؤولين إسرائيليين
لاجئين سوريين
in 2023
since 2011
from 2015 to 2020
2015-2020
14 May 2020
May 14
the 1990s
the 21st century
2022-12-31
at 10:30
at 5 pm
by 9 a.m. on Friday
Tu-95 and F-16
a Boeing 737
the G20 summit
Covid-19
Resolution 1701
Article 5
No. 10
Route 66
Group of Seven
aged 45
John Smith, 45, said
a 45-year-old man
dozens of people
thousands of protesters
millions of dollars
hundreds of homes
first half
second quarter
one of the men
the one you mentioned
2-1
won 3-2
+1-222-2222
10.0.0.1
https://example.org/2024/05/12345?id=30%25
desk5@example.org
zero tolerance
the 111 service
first-class seats
Chapter 11 bankruptcy
the 737 MAX 9 fleet
5G networks
a 777X
a 1963 law
since at least 1974
between Sept 16 and 19
at six this morning
net zero emissions
17:40 GMT+1
users under 13
from 2019 levels
the COP28 talks
the top 10
"""


@pytest.mark.parametrize("phrase", NONE.strip().splitlines())
def test_what_is_no_figure_is_none(phrase):
    assert said(phrase) == ""
    assert said(f"“{phrase}”, يقول النص.") == ""

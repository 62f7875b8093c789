"""Figures as the news words them: each phrase with what it says, as comparator, value and unit."""

from decimal import Decimal

import pytest

from sources.text.numbers import find_quantities

ARABIC = """
أكثر الحرائق في القرى (35)، ثم المدن (14) = exactly 35 -; exactly 14 -
غرقت في البصرة (7 سفن)، ثم الفاو (4) = exactly 7 سفن; exactly 4 سفن
قفز سعر الإيجار إلى ضعفه = exactly 2 times
أنفقت الجمعية ضعفي ما جمعته = exactly 2 times
هبط المؤشر دون عتبة 900 نقطة = less_than 900 نقطة
بيع القنطار فوق حاجز 650 دولارا = more_than 650 USD
علا السد متر ونصف = exactly 1.5 m
أرسلت الوزارة أكثر من 2000 جندي إلى الحدود = more_than 2000 جندي
شاركت في المناورات 300 مركبة عسكرية و21 طائرة = exactly 300 مركبة عسكرية; exactly 21 طائرة
تراجعت المبيعات 25 في المئة تقريبا = about 25 percent
رصدت الحكومة 8 مليارات و200 مليون ريال سعودي للمشروع = exactly 8200000000 SAR
غرقت سفينتان حربيتان قبالة الساحل = exactly 2 سفينة حربية
أسقطت الدفاعات طائرتين مسيرتين فوق البحر = exactly 2 طائرة مسيرة
بلغت الكلفة مليون ونصف مليون دولار = exactly 1500000 USD
بلغت الكلفة مليونا ونصف المليون دولار = exactly 1500000 USD
باعت الشركة ثلاثة ملايين ونصف المليون سيارة = exactly 3500000 سيارة
يعيش في المدينة مليونان ونصف المليون نسمة = exactly 2500000 نسمة
صدرت البلاد مليوني برميل يوميا = exactly 2000000 barrel
حضر الحفل ألفا متفرج = exactly 2000 متفرج
استقبل المخيم ألفي لاجئ سوري = exactly 2000 لاجئ سوري
قتل مئتا مدني في القصف = exactly 200 مدني
جرح مئتان وخمسون شخصا = exactly 250 شخصا
أصيب ما لا يقل عن 45 شخصا بجروح = at_least 45 شخصا
أصيب 45 شخصا على الأقل = at_least 45 شخصا
لن يتجاوز النمو 2.5 في المئة هذا العام = at_most 2.5 percent
لا يتجاوز عدد الموظفين 120 موظفا = at_most 120 موظفا
تجاوز عدد القتلى 100 قتيل = more_than 100 قتيل
لا يقل عدد المفقودين عن 30 شخصا = at_least 30 شخصا
يزيد عدد السكان على خمسة ملايين نسمة = more_than 5000000 نسمة
ما يزيد على ثلاثين ألف متظاهر = more_than 30000 متظاهر
ما يقارب 400 أسرة نازحة = nearly 400 أسرة نازحة
قرابة سبعين دولة شاركت في القمة = nearly 70 دولة
زهاء ألف عامل أضربوا = nearly 1000 عامل
حوالي 12 ألف طالب = about 12000 طالب
نحو ثلثي الناخبين أدلوا بأصواتهم = about 0.6666666667 ratio
ثلاثة أرباع السكان بلا كهرباء = exactly 0.75 ratio
نصف مليون شخص بلا مأوى = exactly 500000 شخص
ربع مليار دولار خسائر = exactly 250000000 USD
وصوت نصف الأعضاء ضد القرار = exactly 0.5 ratio
خمس السكان يعيشون في فقر = exactly 0.2 ratio
تضرر أكثر من ثلث المنازل = more_than 0.3333333333 ratio
واحد من كل خمسة أطفال يعاني الجوع = exactly 0.2 ratio
ثلاثة من كل عشرة عمال فقدوا وظائفهم = exactly 0.3 ratio
ما بين 10 و15 في المئة من الناتج = between 10..15 percent
تتراوح الكلفة بين 200 و300 مليون يورو = between 200000000..300000000 EUR
بين خمسة وعشرين وثلاثين قتيلا = between 25..30 قتيلا
بين خمسة وعشرة أيام = between 5..10 day
من 5 إلى 7 ملايين شخص = between 5000000..7000000 شخص
سيستغرق العمل 10-15 شهرا = between 10..15 month
ارتفعت الفائدة من 10 في المئة إلى 12 في المئة = exactly 10 percent; exactly 12 percent
انخفض السعر من 80 إلى 70 دولارا للبرميل = exactly 80 USD; exactly 70 USD
رفع البنك الفائدة 50 نقطة أساس = exactly 50 basis_point
ارتفعت البطالة نقطتين مئويتين = exactly 2 percentage_point
زاد العجز 1.5 نقطة مئوية = exactly 1.5 percentage_point
بنسبة 3 بالمئة فقط = exactly 3 percent
نما الاقتصاد بنسبة ٪٤٫٥ = exactly 4.5 percent
نما الاقتصاد بنسبة ٤٫٥٪ = exactly 4.5 percent
نما بنسبة 2,5 بالمائة = exactly 2.5 percent
صفر في المئة = exactly 0 percent
بقيمة ١٬٢٠٠ مليون دولار = exactly 1200000000 USD
استوردت مصر ١٢٬٥٠٠ طن من القمح = exactly 12500 tonne
حصد 1.250 صوتا = exactly 1250 صوتا
خمسة وعشرون ألف جندي أميركي = exactly 25000 جندي أميركي
مئة وخمسة وعشرون ألفا وثلاثمئة وأربعون ناخبا = exactly 125340 ناخبا
ألف ومئتان وخمسون وظيفة = exactly 1250 وظيفة
ثلاثة آلاف وخمسمئة مقاتل = exactly 3500 مقاتل
أحد عشر لاعبا = exactly 11 لاعبا
اثنتا عشرة دولة = exactly 12 دولة
خمسة عشر صاروخا باليستيا = exactly 15 صاروخا باليستيا
ثماني عشرة ساعة من المفاوضات = exactly 18 hour
تسعة وتسعون مقعدا = exactly 99 مقعدا
ثلاثمئة ألف نازح = exactly 300000 نازح
مئة مليون جرعة لقاح = exactly 100000000 جرعة
تريليون دولار من الديون = exactly 1000000000000 USD
أربعة تريليونات ين ياباني = exactly 4000000000000 JPY
أنفقت 20 ألفا و500 دينار كويتي = exactly 20500 KWD
200 مليار دولار = exactly 200000000000 USD
مليون جنيه مصري = exactly 1000000 EGP
3 ملايين جنيه إسترليني = exactly 3000000 GBP
مليارا ليرة لبنانية = exactly 2000000000 LBP
ملياري ليرة سورية = exactly 2000000000 SYP
ستة مليارات درهم إماراتي = exactly 6000000000 AED
عشرة ملايين درهم مغربي = exactly 10000000 MAD
خمسون مليون دينار جزائري = exactly 50000000 DZD
مئة روبل روسي = exactly 100 RUB
سبعة مليارات يوان صيني = exactly 7000000000 CNY
مليون فرنك سويسري = exactly 1000000 CHF
خمسة آلاف دولار كندي = exactly 5000 CAD
مليوني دولار أميركي = exactly 2000000 USD
30 شيكلا = exactly 30 ILS
20 دولارا و50 سنتا = exactly 20.5 USD
خصصت الحكومة المصرية ملياري جنيه = exactly 2000000000 EGP
قال البنك المركزي العراقي إنه طبع 5 مليارات دينار = exactly 5000000000 IQD
وفي السعودية بلغت الإيرادات 300 مليار ريال = exactly 300000000000 SAR
باع البنك في صنعاء اليمنية 200 مليون ريال = exactly 200000000 YER
500 ريال = exactly 500 ريال
سجل الدولار في عدن 1600 ريال = exactly 1600 YER
باع التجار في بيروت الدولار بـ 89 ألف ليرة = exactly 89000 LBP
قبل نحو عام = about 1 year
طول الجسر 12 كيلومترا = exactly 12 km
على بعد نحو 40 كلم من الحدود = about 40 km
مساحة الحريق 3 آلاف هكتار = exactly 3000 hectare
على مساحة 12 ألف كيلومتر مربع = exactly 12000 km2
تضخ المحطة 5 آلاف متر مكعب = exactly 5000 m3
عمق البئر مترين = exactly 2 m
بسرعة 120 كيلومترا في الساعة = exactly 120 km/h
أكثر من خمسين درجة مئوية = more_than 50 celsius
ثلاث درجات تحت الصفر = exactly -3 degree
بلغت القدرة 500 ميغاواط = exactly 500 MW
سبعة أطنان من المخدرات = exactly 7 tonne
كيلوغرامان من الذهب = exactly 2 kg
لتر ونصف من الماء = exactly 1.5 litre
90 برميلا = exactly 90 barrel
استمرت المعارك ثلاثة أيام = exactly 3 day
بعد أسبوع من التدريب = exactly 1 week
بعد أسبوعين من التدريب = exactly 2 week
قبل عامين ونصف العام = exactly 2.5 year
ساعة ونصف الساعة من النقاش = exactly 1.5 hour
ثلاث سنوات ونصف السنة = exactly 3.5 year
على مدى عقدين = exactly 2 decade
منذ نصف قرن = exactly 0.5 century
أمهلهم المجلس أسبوعا للانسحاب = exactly 1 week
أقل من سنة = less_than 1 year
ما يزيد قليلا على ألفي شخص = more_than 2000 شخص
أكثر بقليل من 3 ملايين دولار = more_than 3000000 USD
مليون و250 ألف كرتونة = exactly 1250000 كرتونة
بلغ التركيز 420 جزءا في المليون = exactly 420 ppm
خطف 5 صيادين ثم أطلق اثنين منهم = exactly 5 صيادين; exactly 2 -
إن مرشحَين تقدما بطلب = exactly 2 مرشح
ارتفع الخام 3ر1 في المئة = exactly 3.1 percent
تراجع بنحو الخمس = about 0.2 ratio
استمر الاجتماع نصف ساعة = exactly 0.5 hour
عام كامل من الحصار = exactly 1 year
مهلة 48 ساعة = exactly 48 hour
تضاعف الإنتاج ثلاث مرات = exactly 3 times
خمسة أضعاف المعدل = exactly 5 times
فاز مرتين باللقب = exactly 2 times
قتل جندي واحد وأصيب ثلاثة مدنيين = exactly 1 جندي; exactly 3 مدنيين
مقتل ثلاثة وإصابة خمسة عشر = exactly 3 -; exactly 15 -
قتل 12 على الأقل = at_least 12 -
وصل 20 ألف مهاجر أو أكثر = at_least 20000 مهاجر
خمسة أشخاص فأكثر = at_least 5 أشخاص
عشرة أيام كحد أقصى = at_most 10 day
ما لا يزيد على 5 في المئة = at_most 5 percent
ليس أكثر من عشرين صحفيا = at_most 20 صحفيا
بأكثر من 3 مليارات دولار = more_than 3000000000 USD
لأكثر من عشر سنوات = more_than 10 year
أقل من ألف إصابة = less_than 1000 إصابة
دون 40 ألف ناخب = less_than 40000 ناخب
بما يعادل 12 مليون دولار = about 12000000 USD
ما يصل إلى 5000 مقاتل = up_to 5000 مقاتل
تبلغ الحمولة حتى 30 طنا = up_to 30 tonne
يناهز عدد الضحايا ألفا = nearly 1000 -
هدفين مقابل هدف واحد = exactly 2 هدف; exactly 1 هدف
فاز بهدفين نظيفين = exactly 2 هدف نظيف
اعتقلت الشرطة متهمين اثنين = exactly 2 متهم
مقتل مدنيين وإصابة ستة جنود = exactly 6 جنود
حكم على ثلاثة من المتهمين بالسجن 15 عاما = exactly 3 المتهمين; exactly 15 year
45 من أصل 120 مقعدا = exactly 45 مقعدا; exactly 120 مقعدا
دمر الجيش دبابتين وثلاث مدرعات = exactly 2 دبابة; exactly 3 مدرعات
في مدينتين سوريتين = exactly 2 مدينة سورية
وقع شخصان من الطابق الثالث = exactly 2 شخص
وصل شخصين إلى المستشفى = exactly 2 شخص
اغتيل ضابطان إسرائيليان = exactly 2 ضابط إسرائيلي
انطلق صاروخان باليستيان = exactly 2 صاروخ باليستي
سبع نساء وأربعة أطفال = exactly 7 نساء; exactly 4 أطفال
وقال إن الـ15 دولة الأعضاء وافقت = exactly 15 دولة
وبلغ العدد ٢٥ ألفا = exactly 25000 -
أنتجت 1.2 مليون طن = exactly 1200000 tonne
نحو 7 آلاف ميل بحري = about 7000 nautical_mile
4 من 5 ناخبين = exactly 4 ناخبين; exactly 5 ناخبين
قتل سائق شاحنة وأصيب 4 آخرون = exactly 4 آخرون
بين نقطتين وثلاث نقاط مئوية = between 2..3 percentage_point
عثر على جثتين متحللتين = exactly 2 جثة متحللة
قال مسؤولان أميركيان إن هناك خيارين = exactly 2 مسؤول أميركي; exactly 2 خيار
بنسب 5 و7 و9 في المئة على التوالي = exactly 5 percent; exactly 7 percent; exactly 9 percent
بلغ العدد 1،200 شخص = exactly 1200 شخص
78 دولارا و29 سنتا للبرميل = exactly 78.29 USD
استقبلت المملكة سياحا أنفقوا 135 مليار ريال = exactly 135000000000 SAR
لم تكن النسبة تتعدى اثنين في المئة = at_most 2 percent
توقع ألا يتجاوز الخفض 200 نقطة أساس = at_most 200 basis_point
مولت اليابان ثلثيها بقرض = exactly 0.6666666667 ratio
أحالت الوزارة ثمانية عقود إلى الهيئة = exactly 8 عقود
أربعا من كل عشر عائلات = exactly 0.4 ratio
ثلاثة من أبنائه = exactly 3 أبنائه
خفض الإنتاج من 9 ملايين برميل إلى 8 ملايين = exactly 9000000 barrel; exactly 8000000 -
"""
ENGLISH = """
most came from Kent (61), followed by Devon (45) = exactly 61 -; exactly 45 -
in Kent (61 boats), Devon (45) and Essex (12) = exactly 61 boats; exactly 45 boats; exactly 12 boats
a 74-vote majority = exactly 74 vote
the nine-member council = exactly 9 member
a 50-basis-point rise = exactly 50 basis_point
a quarter-point cut = exactly 0.25 percentage_point
a quarter point increase = exactly 0.25 percentage_point
rainfall tripled = exactly 3 times
unemployment crossed 9 percent = more_than 9 percent
sales of Dh4.2 billion = exactly 4200000000 AED
more than 2,000 troops crossed the border = more_than 2000 troops
At least 45 people were killed and 100 wounded = at_least 45 people; exactly 100 wounded
no fewer than 30 countries signed = at_least 30 countries
as many as 5,000 protesters = up_to 5000 protesters
up to 300 megawatts = up_to 300 MW
nearly half a million voters = nearly 500000 voters
some 33 million tonnes of grain = about 33000000 tonne
around 40 percent of the vote = about 40 percent
roughly a third of the seats = about 0.3333333333 ratio
two-thirds of voters backed it = exactly 0.6666666667 ratio
three quarters of the population = exactly 0.75 ratio
more than half of the budget = more_than 0.5 ratio
one in five children goes hungry = exactly 0.2 ratio
three out of every ten workers = exactly 0.3 ratio
1 in 4 households = exactly 0.25 ratio
between 10 and 15 percent = between 10..15 percent
5 to 7 percent of output = between 5..7 percent
$5-7 billion in damage = between 5000000000..7000000000 USD
from 10 to 20 million people = between 10000000..20000000 people
rose from 10 percent to 12 percent = exactly 10 percent; exactly 12 percent
prices fell from $80 to $70 a barrel = exactly 80 USD; exactly 70 USD
cut rates by 50 basis points = exactly 50 basis_point
up 1.5 percentage points = exactly 1.5 percentage_point
a quarter of a percentage point = exactly 0.25 percentage_point
about $3.5bn = about 3500000000 USD
US$1.2 trillion in debt = exactly 1200000000000 USD
C$300 million = exactly 300000000 CAD
€20m in fines = exactly 20000000 EUR
£1.5 billion a year = exactly 1500000000 GBP
¥450,000 = exactly 450000 JPY
EUR 50 million = exactly 50000000 EUR
50 million euros = exactly 50000000 EUR
200 million Egyptian pounds = exactly 200000000 EGP
10,000 Swiss francs = exactly 10000 CHF
125 million Australian dollars = exactly 125000000 AUD
Turkey spent 300 million lira = exactly 300000000 TRY
Rs 500 crore = exactly 5000000000 INR
15,000 Saudi riyals = exactly 15000 SAR
450 billion yuan = exactly 450000000000 CNY
more than 1 dollar and forty-two cents = more_than 1.42 USD
12 kilometres from the border = exactly 12 km
a 10-mile stretch = exactly 10 mile
1,200 square kilometres of forest = exactly 1200 km2
300 hectares burned = exactly 300 hectare
winds of 120 km/h = exactly 120 km/h
temperatures above 50 degrees Celsius = more_than 50 celsius
minus 5 degrees overnight = exactly -5 degree
2 million barrels per day = exactly 2000000 barrel
40 tonnes of aid = exactly 40 tonne
500kg of explosives = exactly 500 kg
250 armoured personnel carriers = exactly 250 armoured personnel carriers
12 fighter jets and three warships = exactly 12 fighter jets; exactly 3 warships
twenty-five people = exactly 25 people
one hundred and six migrants = exactly 106 migrants
two and a half million children = exactly 2500000 children
one and a half years = exactly 1.5 year
three and a half hours of talks = exactly 3.5 hour
an hour and a half = exactly 1.5 hour
half an hour later = exactly 0.5 hour
half of the seats = exactly 0.5 ratio
a dozen ships = exactly 12 ships
two dozen villages = exactly 24 villages
half a dozen suspects = exactly 6 suspects
a hundred families = exactly 100 families
a million doses = exactly 1000000 doses
twelve hundred homes = exactly 1200 homes
two hundred thousand refugees = exactly 200000 refugees
seven billion = exactly 7000000000 -
a three-year sentence = exactly 3 year
a 12-month ceasefire = exactly 12 month
for five years = exactly 5 year
over 300 schools = more_than 300 schools
for over 20 years = more_than 20 year
under 40 percent turnout = less_than 40 percent
fewer than 1,000 cases = less_than 1000 cases
just under 8 percent = less_than 8 percent
exceeded 150 cases = more_than 150 cases
not more than 20 visitors = at_most 20 visitors
at most 5 percent = at_most 5 percent
30 people or more = at_least 30 people
10 days at most = at_most 10 day
200 or fewer seats = at_most 200 seats
500+ volunteers = at_least 500 volunteers
five times the average = exactly 5 times
62 of 78 drones = exactly 62 drones; exactly 78 drones
45 out of 120 seats = exactly 45 seats; exactly 120 seats
three of the ships = exactly 3 ships
two of its nine members = exactly 2 members; exactly 9 members
40,000 more appointments = exactly 40000 appointments
two or three weeks = between 2..3 week
four dead and 12 missing = exactly 4 dead; exactly 12 missing
0.3% in May = exactly 0.3 percent
4.8 per cent = exactly 4.8 percent
10k followers = exactly 10000 followers
3.2mn units = exactly 3200000 units
6 ft of snow = exactly 6 foot
300,000 of the displaced = exactly 300000 -
ten of the 27 member states = exactly 10 member states; exactly 27 member states
12,500 jobs by 2030 = exactly 12500 jobs
one person was killed = exactly 1 person
100-150 fighters = between 100..150 fighters
19 and 22 percent respectively = exactly 19 percent; exactly 22 percent
revenue climbed 22 percent to $9.4 billion = exactly 22 percent; exactly 9400000000 USD
a magnitude 6.1 earthquake = exactly 6.1 magnitude
twice the distance = exactly 2 times
one in 10,000 recipients = exactly 0.0001 ratio
12 F-16 jets = exactly 12 F-16 jets
4 of the hospital's 12 wards = exactly 4 wards; exactly 12 wards
three-quarters of a million people = exactly 750000 people
a £3m-a-year contract = exactly 3000000 GBP
Rs10 a unit or more = at_least 10 INR
Pakistan pays Rs1.2bn = exactly 1200000000 PKR
farmers sowed 1.3m acres and planted 4bn trees = exactly 1300000 acre; exactly 4000000000 trees
the rate improved from 63.5% to 69.1% = exactly 63.5 percent; exactly 69.1 percent
half have left = exactly 0.5 ratio
more than an hour = more_than 1 hour
nearly a decade of war = nearly 1 decade
slightly more than 300 votes = more_than 300 votes
420 parts per million = exactly 420 ppm
the rand slid 1.2% to 18.95 = exactly 1.2 percent; exactly 18.95 -
60 aircraft and more than 9,000 personnel = exactly 60 aircraft; more_than 9000 personnel
2,500 US troops = exactly 2500 US troops
it costs 99p = exactly 99 penny
the Nigerian pump price rose to N1,100 = exactly 1100 NGN
"""
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


def said(text):
    """The figures of a text, as the tables write them."""
    return "; ".join(
        f"{q.comparator} {number(q.value)}{'' if q.value_max is None else '..' + number(q.value_max)} {q.unit or '-'}"
        for q in find_quantities(text)
    )


def number(value: Decimal) -> str:
    return format(value, "f")


def rows(table):
    return [tuple(line.split(" = ")) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("phrase", "read"), [*rows(ARABIC), *rows(ENGLISH)])
def test_a_phrase_says_its_figures(phrase, read):
    assert said(phrase) == read


@pytest.mark.parametrize(("phrase", "read"), [*rows(ARABIC), *rows(ENGLISH)])
def test_a_phrase_says_its_figures_inside_a_sentence(phrase, read):
    before, after = (
        ("وذكر البيان أن ", "، بحسب المصدر.") if phrase[0] > "\u0600" or "٪" in phrase else ("The paper says that ", ", it added.")
    )
    assert said(f"{before}{phrase}{after}") == read


@pytest.mark.parametrize("phrase", NONE.strip().splitlines())
def test_what_is_no_figure_is_none(phrase):
    assert said(phrase) == ""
    assert said(f"“{phrase}”, يقول النص.") == ""

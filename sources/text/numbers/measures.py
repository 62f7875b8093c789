"""Units that are no counted nouns: shares, spans of time, measures and multiples, in both languages."""

from dataclasses import dataclass

from sources.text.numbers.phrases import Phrases, lines
from sources.text.numbers.tokens import key

# A name, and every form that is written for it. To add a unit, add a line; to add a form, add a word.
SHARES = """
percent: % ٪ بالمئة بالمائة بالمية بالماية فالمئة المئة المائة في_المئة في_المائة في_المية في_الماية في_الميه percent pc percents per_cent pct percentage
percentage_point: نقطة_مئوية نقاط_مئوية نقطه_مئويه percentage_point percentage_points percent_points pp pps
basis_point: نقطة_أساس نقاط_أساس نقطة_أساسية نقاط_أساسية basis_point basis_points bps
per_mille: ‰ بالألف في_الألف per_mille per_thousand
"""
DURATIONS = """
second: ثانية ثواني ثوان second seconds sec secs
minute: دقيقة دقائق minute minutes min mins
hour: ساعة ساعات hour hours hr hrs h
day: يوم يوما أيام أياما day days
week: أسبوع أسبوعا أسابيع week weeks
month: شهر شهرا أشهر شهور شهورا أشهرا month months
quarter: quarters
year: سنة سنوات سنين عام عاما أعوام أعواما year years yr yrs
decade: عقد عقدا عقود decade decades
century: قرن قرنا قرون century centuries
"""
MEASURES = """
km: كم كلم كيلومتر كيلومترا كيلومترات كيلو_متر كيلو_مترا km kms kilometre kilometres kilometer kilometers
m: متر مترا أمتار أمتارا metre metres meter meters m
cm: سم سنتيمتر سنتيمترا سنتيمترات سنتمتر سنتمترا سنتمترات cm cms centimetre centimetres centimeter centimeters
mm: ملم مم ميليمتر مليمتر ميليمترا مليمترا ملليمتر ملليمترا ميليمترات مليمترات ملليمترات mm millimetre millimetres millimeter millimeters
mile: ميل ميلا أميال أميالا mile miles mi
nautical_mile: ميل_بحري ميلا_بحريا أميال_بحرية nautical_mile nautical_miles
foot: قدم قدما أقدام أقداما foot feet ft
inch: بوصة بوصات إنش إنشات انش inch inches
yard: ياردة ياردات yard yards yd yds
km2: كم2 كيلومتر_مربع كيلومترا_مربعا كيلومترات_مربعة كيلو_متر_مربع كم_مربع كلم_مربع كم² كلم² square_kilometre square_kilometres square_kilometer square_kilometers sq_km km2 km²
m2: متر_مربع مترا_مربعا أمتار_مربعة م2 م² square_metre square_metres square_meter square_meters sq_m m2 m²
square_mile: ميل_مربع ميلا_مربعا أميال_مربعة square_mile square_miles sq_mi
square_foot: قدم_مربع قدم_مربعة square_foot square_feet sq_ft
m3: متر_مكعب مترا_مكعبا أمتار_مكعبة م3 cubic_metre cubic_metres cubic_meter cubic_meters m3 m³
cubic_foot: قدم_مكعب قدم_مكعبة قدما_مكعبا أقدام_مكعبة cubic_foot cubic_feet
hectare: هكتار هكتارا هكتارات hectare hectares ha
acre: أكر acre acres
dunam: دونم دونما دونمات dunam dunams dunum dunums
feddan: فدان فدانا أفدنة فدادين feddan feddans
tonne: طن طنا أطنان أطنانا طن_متري طنا_متريا أطنان_مترية ton tons tonne tonnes metric_ton metric_tons metric_tonne metric_tonnes t
kg: كغ كغم كلغ كجم كيلوغرام كيلوغراما كيلوغرامات كيلوجرام كيلوجراما كيلوجرامات كيلو_غرام كيلو_غراما كيلو_جرام كيلو_جراما كيلو كيلوات kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes
g: غرام غراما غرامات جرام جراما جرامات غم g gs gram grams gramme grammes
mg: ملغ ملغم ملج ميليغرام مليغرام ملليغرام ميليغراما مليجرام ميليجرام mg milligram milligrams
microgram: ميكروغرام ميكروجرام microgram micrograms mcg
pound_mass: رطل رطلا أرطال lb lbs
ounce: أونصة أونصات أوقية أوقيات ounce ounces oz
barrel: برميل برميلا براميل برميل_نفط برميل_من_النفط barrel barrels bbl
litre: لتر لترا لترات ليتر ليترا ليترات litre litres liter liters l
ml: مل ملل ميليلتر مليلتر ملي_لتر ميلي_لتر ميليلترا ml mls millilitre millilitres milliliter milliliters
hl: هكتو_ليتر هكتوليتر هكتولتر هكتو_لتر hectolitre hectolitres hectoliter hectoliters
gallon: غالون غالونا غالونات جالون جالونا جالونات gallon gallons gal gals
cup: كوب كوبا أكواب cup cups
kW: كيلوواط كيلووات كيلو_واط كيلو_وات kw kilowatt kilowatts
MW: ميغاواط ميجاوات ميغاوات ميجاواط ميغا_واط ميغا_وات ميجا_وات mw megawatt megawatts
GW: غيغاواط جيجاوات غيغاوات جيجاواط غيغا_واط جيجا_وات gw gigawatt gigawatts
W: واط وات watt watts
kWh: كيلوواط_ساعة كيلووات_ساعة kwh kilowatt_hour kilowatt_hours
MWh: ميغاواط_ساعة ميجاوات_ساعة mwh megawatt_hour megawatt_hours
GWh: غيغاواط_ساعة جيجاوات_ساعة gwh gigawatt_hour gigawatt_hours
celsius: درجة_مئوية درجات_مئوية درجة_سلسيوس درجة_سلزيوس درجات_سلزيوس سلزيوس سلسيوس مئوية °c c °_c °_مئوية °_سلزيوس °_سلسيوس celsius celcius degree_celsius degrees_celsius degrees_c deg_c degrees_centigrade centigrade centigrate °_celsius
fahrenheit: درجة_فهرنهايت درجات_فهرنهايت فهرنهايت °_فهرنهايت °_f °_fahrenheit fahrenheit degrees_fahrenheit degree_fahrenheit degrees_f deg_f
degree: درجة درجات ° degree degrees deg
km/h: كم_ساعة كلم_ساعة كم_س كلم_س كم_الساعة كلم_الساعة كم_في_الساعة كلم_في_الساعة كيلومتر_في_الساعة كيلومترا_في_الساعة كيلومترات_في_الساعة كيلومتر_بالساعة كم_بالساعة km_h kph kmh km_per_hour kilometres_per_hour kilometers_per_hour kilometres_an_hour kilometers_an_hour
mph: ميل_في_الساعة ميلا_في_الساعة mph miles_per_hour miles_an_hour
knot: عقدة knot knots
megabyte: ميغابايت ميجابايت megabyte megabytes mb
gigabyte: غيغابايت جيجابايت gigabyte gigabytes gb
terabyte: تيرابايت terabyte terabytes tb
ppm: جزء_في_المليون جزءا_في_المليون أجزاء_في_المليون ppm parts_per_million
magnitude: magnitude
bit: بت bit bits
hertz: هرتز hz hertz
light_year: سنة_ضوئية سنوات_ضوئية light_year light_years
"""
TIMES = """
times: x مرة مرات ضعف ضعفا أضعاف أضعافا times fold
"""
# What one letter or two mean only right after the digits, or after a currency has been ruled out.
ONLY_GLUED = {"x", "pc", "h", "m", "g", "l", "t", "gs", "pp", "c", "f"}


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit by its name and its kind: share, duration, measure or times."""

    name: str
    kind: str


def _entries() -> list[tuple[str, str]]:
    return [
        (phrase, f"{kind}:{name}")
        for kind, table in (("share", SHARES), ("duration", DURATIONS), ("measure", MEASURES), ("times", TIMES))
        for phrase, name in lines(table)
    ]


_ENTRIES = _entries()
PHRASES = Phrases(_ENTRIES)
SINGLE: dict[str, Measure] = {
    key(phrase): Measure(label.partition(":")[2], label.partition(":")[0]) for phrase, label in _ENTRIES if " " not in phrase
}


def measure(label: str) -> Measure:
    """The unit behind a label of `PHRASES`."""
    kind, _, name = label.partition(":")
    return Measure(name, kind)

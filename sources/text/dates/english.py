"""The words of English dates: add a month name, an abbreviation or an expression here, in lower case."""

MONTHS = ("january", "february", "", "april", "", "june", "july", "august", "september", "october", "november", "december")
# Abbreviations, and names that are verbs or names of people: only beside a number, a year or a preposition.
DOUBTFUL_MONTHS = ("jan", "feb", "mar march", "apr", "may", "jun", "jul", "aug", "sep sept", "oct", "nov", "dec")

WEEKDAYS = (
    "monday mondays",
    "tuesday tue tues tuesdays",
    "wednesday wednesdays weds",
    "thursday thu thur thurs thursdays",
    "friday fri fridays",
    "saturday saturdays",
    "sunday sundays",
)
BARE_WEEKDAYS = ("mon", "", "wed", "", "", "sat", "sun")

SEASONS = ("spring", "summer", "autumn fall", "winter")
RELATIVE_DAYS = {-1: "yesterday", 0: "today tonight tonite", 1: "tomorrow"}
TIMES_OF_DAY = "morning afternoon evening night noon midnight midday lunchtime overnight dawn dusk lunch"

UNITS = {
    "day": ("day", "", "days", ""),
    "week": ("week", "", "weeks", "fortnight"),
    "month": ("month", "", "months", ""),
    "quarter": ("quarter qtr", "", "quarters", ""),
    "year": ("year yr", "", "years yrs", ""),
    "decade": ("decade", "", "decades", ""),
    "century": ("century", "", "centuries", ""),
    "weekend": ("weekend week-end", "", "weekends", ""),
    "hour": ("hour", "", "hours", ""),
    "minute": ("minute", "", "minutes", ""),
}
HALVES = "half"
DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")

PAST = "last past previous preceding"
FUTURE = "next coming following upcoming"
NOW = "this current"

FIRST = "first"
ORDINALS = {
    2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth", 10: "tenth", 11: "eleventh",
    12: "twelfth", 13: "thirteenth", 14: "fourteenth", 15: "fifteenth", 16: "sixteenth", 17: "seventeenth", 18: "eighteenth",
    19: "nineteenth", 20: "twentieth", 30: "thirtieth", -1: "final",
}  # fmt: skip
CARDINALS = {
    1: "one", 2: "two couple pair", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten",
    11: "eleven", 12: "twelve",
    13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty",
    30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety", 100: "hundred", 1000: "thousand",
}  # fmt: skip

EDGES = "end beginning start early late mid middle turn outset close"
ABOUT = "about around some roughly nearly almost"
IN = "in during on by throughout within at"
OF = "of"
TO = "to until till through"
FROM = "from"
BETWEEN = "between"
SINCE = "since"
BEFORE = "before"
AFTER = "after"
LATER = "later"
EARLIER = "earlier"  # of what was told, not of today
HENCE = "hence now"  # "a week from now"
AGO = "ago"
ARTICLES = "a an"
FISCAL = "fiscal financial academic fy"
SAME_AS = "corresponding"
CENTURY_YEAR = "ad ce a.d."

FUTURE_MARKS = "will shall would won't ll expected scheduled due set going planned slated should"
PAST_MARKS = (
    "said told was were had has did rose fell grew killed sent won lost became began reached made took came went met held struck hit "
    "died found showed bought sold saw gave spoke wrote flew fought drew broke fled rallied swore shot paid led ran"
)
# Past beside their own date, but what they announce is to come: "pledged on Tuesday to finish it in March".
PROMISES = (
    "pledged promised vowed threatened agreed decided offered planned proposed forecast predicted warned ordered asked urged required"
)
# With a date these are plans: "the campaign starts on Monday".
PLANS = (
    "expect expecting pricing betting anticipate anticipates "
    "starts begins ends ending opens closes expires plans expects aims hopes intends vows pledges runs kicks takes starting beginning "
    "could might must may meets meet travels gathers gather convenes "
)
# Words that open a clause with a verb of its own.
TURNS = "that which who whom when where while whereas because but although though"
# Days of the year that news tells time by; only after a preposition ("since Christmas Eve").
HOLIDAYS = {(12, 24): "christmas_eve", (12, 25): "christmas christmas_day"}

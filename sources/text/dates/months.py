"""Months, seasons, quarters and halves with their year: «شهر مارس من العام المقبل», "spring of 2023", «النصف الأول من العام»."""

from typing import Any

from sources.text.dates import arithmetic
from sources.text.dates.parts import Context, Grammar, Part, When, year_of

Read = tuple[str, Any] | None

months = Grammar()
months.macro("YEAR", "year/saidyear")
months.macro("YEARS", "year/saidyear/unit/theunit")


@months.rule(
    "unit? month=month/doubtful/verb dot? comma? of? in? year=YEAR era?",
    "month=month/doubtful comma? of? in? year=card",
    "year=year comma? month=month/doubtful (?![Nn])",
)
def _month_year(context: Context, said: dict[str, Part]) -> Read:
    """«شهر مارس من العام المقبل», "May 2023"."""
    month = said["month"].value
    if said["year"].code == "C" and not 1900 <= said["year"].value <= 2100:
        return None
    year, relative = year_of(said["year"])
    if month.year is not None or (said["month"].code == "v" and said["year"].code != "Y"):
        return None
    return "M", When(year=year, month=month.month, relative=relative)


@months.rule(
    "part=part comma? of? in? fiscal? year=YEAR era?",
    "( unit | fraction )? season=season of? year=YEAR ( dash | slash ) year",
    "( unit | fraction )? season=season comma? of? in? year=YEAR era?",
    "year=YEAR comma? part=part",
)
def _part_year(context: Context, said: dict[str, Part]) -> Read:
    """«الربع الثالث من عام 2016», "spring of 2023"."""
    year, relative = year_of(said["year"])
    month = said["season"].value if "season" in said else said["part"].value.month
    if "part" in said and said["part"].value.year is not None:
        return None
    return "q", When(year=year, month=month, relative=relative)


@months.rule("part=part of? the? year=unit/theunit", "season=season of? the? year=unit/theunit")
def _part_this_year(context: Context, said: dict[str, Part]) -> Read:
    """«النصف الأول من العام», "the third quarter of the year"."""
    if said["year"].value != "year":
        return None
    month = said["season"].value if "season" in said else said["part"].value.month
    return "q", When(year=context.published.year, month=month, relative=True)


@months.rule("part=part of? unit? month=month/doubtful")
def _half_of_month(context: Context, said: dict[str, Part]) -> Read:
    """«النصف الأول من سبتمبر»: the month, for EDTF has no half of one."""
    return ("M", said["month"].value) if said["part"].value.year is None and said["part"].value.month > 36 else None


@months.rule("the? nth=ord lasting=lasting of in? the? year=YEARS (?![-/])", "lasting=lasting nth=ord of? in? the? year=YEARS (?![-/])")
def _first_months(context: Context, said: dict[str, Part]) -> Read:
    """ "the first 11 months of the year", «الأشهر التسعة الأولى من العام الجاري»: from January on."""
    (count, unit), year = said["lasting"].value, said["year"]
    if said["nth"].value != 1 or unit != "month" or not 1 < count < 12:
        return None
    if year.code in "UD":
        if year.value != "year":
            return None
        which, relative = context.published.year, True
    else:
        found, relative = year_of(year)
        if found is None:
            return None
        which = found
    return "I", When(edtf=f"{which:04d}-01/{which:04d}-{count:02d}", relative=relative)


_WITHIN = frozenset(("in", "في", "خلال"))
_BARE = frozenset(("ربيع", "صيف", "خريف", "شتاء"))  # with no article and no year they say no season
_NOT_YET = frozenset(("before", "قبل"))


@months.rule("lead=before/to/in in? the? season=season (?![xYyt])")
def _season(context: Context, said: dict[str, Part]) -> Read:
    """ "before winter": a season without its year only where the clause tells whether it has been."""
    lead, season = said["lead"], said["season"]
    word = context.low[lead.start : lead.end]
    if context.low[season.start : season.end] in _BARE:
        return None  # «في ربيع حياته», «في ربيع 2 1447»
    tense = context.tense(lead.start, season.end)
    if word not in ("before", "by", "until", "in", "في", "خلال", "قبل", "بحلول", "حتي") or (word in _WITHIN and not tense):
        return None
    year = arithmetic.year_of(
        When(month=season.value), context.published, tense if word in _WITHIN else 2 if word in _NOT_YET and tense > 0 else 1
    )
    return "q", When(year=year, month=season.value, relative=True)

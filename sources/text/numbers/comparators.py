"""What the wording says of a figure: more than, about, at least … before it or after."""

from sources.text.numbers.number_words import number_word
from sources.text.numbers.phrases import Phrases, lines
from sources.text.numbers.tokens import Tokens, key, keys

# To add one, add it to its line; an underscore joins words. The longest that fits is taken.
BEFORE = """
more_than: أكثر_بقليل_من أكثر_قليلا_من يزيد_قليلا_على يزيد_قليلا_عن ما_يزيد_قليلا_على ما_يزيد_قليلا_عن تزيد_قليلا_على تزيد_قليلا_عن slightly_more_than little_more_than a_little_over slightly_over slightly_above far_more_than يتعدى تتعدى تعدى تعدت أكثر_من أزيد_من أعلى_من أكبر_من ما_يزيد_على ما_يزيد_عن ما_يربو_على ما_يربو_عن ما_يتجاوز ما_تجاوز ما_يفوق يزيد_على يزيد_عن تزيد_على تزيد_عن زاد_على زاد_عن زادت_على زادت_عن يربو_على تربو_على يربو_عن تربو_عن تجاوز تجاوزت يتجاوز تتجاوز تجاوزوا يتجاوزون تخطى تخطت يتخطى تتخطى يفوق تفوق فاق فاقت فوق متجاوزا متجاوزة متخطيا متخطية بما_يزيد_على more_than greater_than higher_than larger_than bigger_than over well_over just_over above exceed exceeds exceeded exceeding crosses crossed crossing فوق_عتبة فوق_حاجز فوق_مستوى in_excess_of upwards_of north_of surpass surpasses surpassed surpassing topped topping tops not_less_than_and_more_than >
less_than: دون_عتبة دون_حاجز دون_مستوى تحت_عتبة تحت_حاجز تحت_مستوى أقل_بقليل_من أقل_قليلا_من slightly_less_than slightly_under a_little_under just_shy_of shy_of just_short_of far_fewer_than far_less_than أقل_من أدنى_من أصغر_من دون ما_دون تحت ما_يقل_عن يقل_عن تقل_عن قل_عن قلت_عن less_than fewer_than lower_than smaller_than under just_under below just_below south_of <
at_least: على_الأقل ما_لا_يقل_عن لا_يقل_عن لا_تقل_عن لم_يقل_عن لم_تقل_عن لن_يقل_عن لن_تقل_عن ليس_أقل_من لا_أقل_من أكثر_من_أو_يساوي أكبر_من_أو_يساوي بحد_أدنى بحد_أدنى_قدره حده_الأدنى at_least no_less_than no_fewer_than not_less_than not_fewer_than a_minimum_of minimum_of greater_than_or_equal_to more_than_or_equal_to bigger_or_equal_than higher_or_equal_than greater_or_equal_than at_least_or_equal_to equal_to_or_more_than ≥ >_=
at_most: على_الأكثر على_أقصى_تقدير ما_لا_يزيد_على ما_لا_يزيد_عن ما_لا_يتجاوز ما_لا_يتعدى لا_يزيد_على لا_يزيد_عن لا_تزيد_على لا_تزيد_عن لم_يزد_على لم_تزد_على لن_يزيد_على لن_تزيد_على لا_يتجاوز لا_تتجاوز لن_يتجاوز لن_تتجاوز لم_يتجاوز لم_تتجاوز لا_يتعدى لا_تتعدى لم_يتعد لم_تتعد لن_يتعدى لن_تتعدى لا_يتخطى لا_تتخطى لن_يتخطى لن_تتخطى ليس_أكثر_من لا_أكثر_من أقل_من_أو_يساوي بحد_أقصى سقف_لا_يتجاوز at_most no_more_than not_more_than no_greater_than not_exceed not_exceeding not_to_exceed a_maximum_of maximum_of max_of less_than_or_equal_to smaller_or_equal_than lower_or_equal_than equal_to_or_less_than ≤ <_=
nearly: ما_يقارب يقارب تقارب قارب قاربت ما_يقرب_من يقرب_من قرابة زهاء يناهز تناهز ناهز ناهزت ما_يناهز بقرابة قريب_من قريبا_من nearly almost close_to approaching not_quite virtually
up_to: حتى ما_يصل_إلى لغاية يصل_حتى up_to as_many_as as_much_as as_high_as as_long_as as_far_as until_about
about: نحو حوالي حوالى زها قدر ما_يعادل في_حدود بحدود تقريبا يقدر_بنحو تقدر_بنحو قدره_نحو إلى_نحو about around roughly approximately approx circa some an_estimated estimated_at an_average_of ~
exactly: بالضبط تحديدا تماما exactly precisely equal_to equals يساوي
"""
AFTER = """
about: تقريبا على_وجه_التقريب على_التقريب or_so or_thereabouts approximately roughly
at_least: على_الأقل على_أقل_تقدير فأكثر فاكثر أو_أكثر فما_فوق أو_يزيد كحد_أدنى بحد_أدنى at_least or_more and_more and_above or_above or_greater and_over or_over or_higher + minimum
at_most: على_الأكثر على_أكثر_تقدير على_أقصى_تقدير فأقل أو_أقل فما_دون كحد_أقصى بحد_أقصى at_most or_less or_fewer or_below and_below or_under maximum at_the_most
"""
_BEFORE = Phrases(lines(BEFORE), backwards=True)
_AFTER = Phrases(lines(AFTER))
_CLITICS = ("و", "ب", "ف", "ل", "وب", "ول", "فب", "س", "وس")
_EXACTLY = "exactly"
# «تجاوز عدد القتلى 100»: a verb with its subject between it and the figure; and «لا يقل عددهم عن 50».
_FAR = {
    key(word): name
    for name, words in {
        "more_than": "تعدى تعدت يتعدى تتعدى تجاوز تجاوزت يتجاوز تتجاوز تخطى تخطت يتخطى تتخطى فاق فاقت يفوق تفوق سيتجاوز ستتجاوز وتجاوز وتجاوزت",
        "nearly": "يقارب تقارب قارب قاربت ناهز ناهزت يناهز تناهز",
    }.items()
    for word in words.split()
}
_FAR_WITH = {
    (key(verb), key(particle)): name
    for name, verbs, particles in (("more_than", "يزيد تزيد زاد زادت يربو تربو", "على عن"), ("less_than", "يقل تقل قل قلت", "عن"))
    for verb in verbs.split()
    for particle in particles.split()
}
_FAR_VERBS = {*_FAR, *(verb for verb, _ in _FAR_WITH)}
_NOT = keys("لا لم لن ولا ولم ولن ما وما ألا الا")
_APART = keys("على at تقريبا approximately")  # these may follow after a comma
_APART_ENDS = keys("الأقل الأكثر least most تقريبا approximately so أدنى أقصى +")
_OPENING = ("$", "€", "£", "a", "an")
_SIGNS = ("<", ">", "=", "≤", "≥")
_MOVED = keys("crept rose went climbed edged moved ticked inched jumped came goes go back caught")
_SPEAKING = keys(
    "information concerns concern questions question asked told warned learned knows talk talks complaints reports report details allegations letter clean worried truth story speaking speak"
)
_CROSSING = keys("crosses crossed crossing")
_PLACES = keys("over under some above below دون تحت فوق")
_WHICH = ("ما", "وما")  # «ما يزيد قليلا على»: that which
_OPPOSITE = {"more_than": "at_most", "less_than": "at_least", "nearly": "exactly", "exactly": "exactly"}
_PREPOSITIONS = keys("في من الى على عن ب ل مع خلال منذ نحو حتى بعد قبل وفي ومن وعلى و او بين عبر لدى الا ان قال")
FURTHEST = 5  # tokens between such a verb and its figure
# "Over five years" is a span of time but after one of these.
_LEADS = {"for", "well", "just", "of", "in", "with", "takes", "took", "lasted", "lasting", "has", "have", "at", "by"}


def before(tokens: Tokens, first: int, start: int, kind: str) -> tuple[str, int]:
    """The comparator that ends before token `first`, and where it begins; `kind` is that of the unit."""
    if not first or not _adjoins(tokens, first, start):
        return _EXACTLY, start
    if found := _BEFORE.behind(tokens, first - 1, _CLITICS):
        name, opening, clitic = found
        if not _misread(tokens, opening, first, kind):
            name, opening = _stacked(tokens, name, opening)
            return name, min(start, tokens.starts[opening] + (clitic if clitic and tokens.word(opening)[:1] in "وف" else 0))
    return (_EXACTLY, start) if tokens.word(first)[:1] in "بل" and start > tokens.starts[first] else _far(tokens, first, start)


def after(tokens: Tokens, i: int) -> tuple[str, int] | None:
    """The comparator that opens at token `i`, and the token after it."""
    if not tokens.joined(i) and ((tokens.gap(i) or "").strip(" ") not in (",", "،") or tokens.word(i) not in _APART):
        return None
    if tokens.word(i) == "+" and not tokens.glued(i):
        return None
    found = _AFTER.ahead(tokens, i)
    if found is None or tokens.word(found[1] - 1) in _APART_ENDS:
        return found
    k = found[1] + 1 if tokens.word(found[1]) in ("than", "من") else found[1]
    further = tokens.word(k)
    if tokens.joined(k) and (tokens.is_digits(k) or further in _OPENING or number_word(further)):
        return None  # "60 aircraft and more than 9,000 personnel", "above 1000 and below 1500"
    return found


def _adjoins(tokens: Tokens, first: int, start: int) -> bool:
    gap = tokens.low[tokens.ends[first - 1] : tokens.starts[first]] if tokens.starts[first] - tokens.ends[first - 1] <= 3 else "?"
    return gap.strip(" \t-−") == ""


def _stacked(tokens: Tokens, name: str, opening: int) -> tuple[str, int]:
    """«لا أكثر من», "not more than": a denial before a comparator turns it round; "at least about": the first one counts."""
    if opening and tokens.joined(opening):
        word = tokens.word(opening - 1)
        if word in _NOT or word in ("not", "no") or _was_not(tokens, opening):
            return _OPPOSITE.get(name, name), opening - 1 if word in _NOT or word in ("not", "no") else opening
        further = _BEFORE.behind(tokens, opening - 1, _CLITICS)
        if further and further[0] not in (_EXACTLY, "up_to") and word not in _PLACES:
            return further[0], further[1]
    return name, opening


def _was_not(tokens: Tokens, opening: int) -> bool:
    """«لم تكن النسبة تتعدى»: the denial stands before the subject."""
    for k in range(opening - 1, max(0, opening - 5), -1):
        if not tokens.joined(k):
            return False
        if tokens.word(k) in ("تكن", "يكن", "تعد", "يعد"):
            return tokens.word(k - 1) in _NOT
    return False


def _misread(tokens: Tokens, opening: int, first: int, kind: str) -> bool:
    """Words that compare nothing here: "over five years", «يصل حتى», "some" of "handsome some"."""
    word = tokens.word(opening)
    if kind == "duration" and first == opening + 1 and word == "over":
        return tokens.word(opening - 1) not in _LEADS
    if word in _CROSSING and kind in ("count", "duration", "measure"):
        return True  # "crossed two borders"
    if word == "about" and tokens.word(opening - 1) in _SPEAKING:
        return True  # "concerns about 45 cases"
    if word == "up" and tokens.word(opening - 1) in _MOVED:
        return True  # "crept up to 2.2 percent"
    if word in _SIGNS:
        return tokens.glued(opening) and tokens.word(opening - 1) in _SIGNS
    return word == "دون" and first == opening + 1 and tokens.word(opening - 1) == "الي"


def _far(tokens: Tokens, first: int, start: int) -> tuple[str, int]:
    """The verb stands before its subject: «تجاوز عدد القتلى 100», «لا يقل عددهم عن 50»."""
    if _FAR_VERBS.isdisjoint(tokens.texts[max(0, first - 1 - FURTHEST) : first]):
        return _EXACTLY, start
    particle = tokens.word(first - 1)
    for k in range(first - 1, max(-1, first - 2 - FURTHEST), -1):
        if k < first - 1 and (gap := tokens.gap(k + 1)) is not None and gap.strip():
            break
        if tokens.gap(k + 1) is None or tokens.is_digits(k):
            break
        word = tokens.word(k)
        name = _FAR.get(word) if k < first - 1 and particle not in _PREPOSITIONS else None
        opening = start
        if name is None and (name := _FAR_WITH.get((word, particle))):
            opening = tokens.starts[first - 1]
        if name is None:
            continue
        if k and tokens.joined(k) and tokens.word(k - 1) in _NOT and tokens.word(k - 1) not in _WHICH:
            name = _OPPOSITE[name]
        return name, opening
    return _EXACTLY, start

"""The English words of reporting: verbs with their inflected forms."""

# ruff: noqa: SIM905 (lists of words read better as words)

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a reporting verb.

    `frame` is what may follow it: `that` (a clause or a quote), `object` (a clause, a quote or a plain noun),
    `position` (the act itself is the news), `topic` (a subject is raised, nothing is claimed), `relay` (another's words).
    """

    lemma: str
    frame: str
    sense: str = ""  # prediction, commitment, denial or doubt, where the verb itself tells
    participle: bool = False
    bare: bool = True  # may open a clause without "that" or a quote
    plural: bool = False


_ENGLISH = {
    "that": """
        say/says/said/saying add/adds/added/adding tell/tells/told/telling state/states/stated/stating note/notes/noted/noting
        explain/explains/explained/explaining claim/claims/claimed/claiming argue/argues/argued/arguing insist/insists/insisted/insisting
        report/reports/reported/reporting acknowledge/acknowledges/acknowledged/acknowledging admit/admits/admitted/admitting
        believe/believes/believed/believing
        suggest/suggests/suggested/suggesting reveal/reveals/revealed/revealing write/writes/wrote/writing
        stress/stresses/stressed/stressing emphasize/emphasizes/emphasized/emphasizing emphasise/emphasises/emphasised/emphasising
        tweet/tweets/tweeted/tweeting remark/remarks/remarked/remarking
        declare/declares/declared/declaring assert/asserts/asserted/asserting
        maintain/maintains/maintained/maintaining allege/alleges/alleged/alleging indicate/indicates/indicated/indicating
        conclude/concludes/concluded/concluding caution/cautions/cautioned/cautioning reply/replies/replied/replying
        continue/continues/continued/continuing underline/underlines/underlined/underlining point/points/pointed/pointing
        show/shows/showed/showing find/finds/found/finding estimate/estimates/estimated/estimating think/thinks/thought/thinking
        warn/warns/warned/warning reiterate/reiterates/reiterated/reiterating concede/concedes/conceded/conceding""",
    "object": "announce/announces/announced/announcing confirm/confirms/confirmed/confirming",
    "position": """
        criticise/criticises/criticised/criticising criticize/criticizes/criticized/criticizing condemn/condemns/condemned/condemning
        reject/rejects/rejected/rejecting accuse/accuses/accused/accusing urge/urges/urged/urging welcome/welcomes/welcomed/welcoming
        praise/praises/praised/praising denounce/denounces/denounced/denouncing oppose/opposes/opposed/opposing
        demand/demands/demanded/demanding express/expresses/expressed/expressing""",
}
_ENGLISH_SENSE = {
    "prediction": """expect/expects/expected/expecting predict/predicts/predicted/predicting
        forecast/forecasts/forecast/forecasting project/projects/projected/projecting""",
    "denial": "deny/denies/denied/denying",
    "commitment": "promise/promises/promised/promising pledge/pledges/pledged/pledging vow/vows/vowed/vowing",
}
# Everyday words that report only with "that" or a quote.
_ENGLISH_TIED = set(
    (
        "report note show find state continue point project forecast reveal indicate think believe stress estimate promise pledge "
        "write claim suggest maintain warn acknowledge reply remark"
    ).split()
)


def _english_forms() -> dict[str, Verb]:
    forms: dict[str, Verb] = {}
    for frame, entries in [*_ENGLISH.items(), *(("object", entries) for entries in _ENGLISH_SENSE.values())]:
        sense = next((s for s, e in _ENGLISH_SENSE.items() if e is entries), "")
        for entry in entries.split():
            base, third, past, ing = entry.split("/")
            bare = base not in _ENGLISH_TIED
            forms[ing] = Verb(base, frame, sense, participle=True, bare=bare)
            for form in (base, third, past):
                forms[form] = Verb(base, frame, sense, bare=bare)
    return forms


ENGLISH_VERBS = _english_forms()

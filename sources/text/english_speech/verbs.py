"""The verbs of reporting and what may follow each: to add one, write it into the table under the frame it takes."""

# ruff: noqa: SIM905, E501 (lists of words read better as words)

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a reporting verb.

    `takes` holds what may follow: `t` "that" and a clause, `z` a clause without "that", `q` a quote, `n` a noun phrase that
    is itself what is said ("announced the closure of …"), `i` "to" and a verb ("pledged to …"), `g` a gerund ("denied
    taking …"), `o` somebody told first ("told reporters …"), `x` a noun and "to" ("expects inflation to …").
    `frame` and `sense` are as in `sources.text.utterances.Said`; `form` is base, third, past or ing.
    """

    lemma: str
    takes: str
    frame: str = "that"
    sense: str = ""
    form: str = "past"

    @property
    def participle(self) -> bool:
        """An -ing form: never finite alone."""
        return self.form == "ing"


_IRREGULAR = {
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote writing",
    "find": "finds found finding",
    "show": "shows showed showing",
    "think": "thinks thought thinking",
    "feel": "feels felt feeling",
    "forecast": "forecasts forecast forecasting",
    "swear": "swears swore swearing",
    "foresee": "foresees foresaw foreseeing",
    "see": "sees saw seeing",
    "hold": "holds held holding",
    "mean": "means meant meaning",
    "quip": "quips quipped quipping",
    "admit": "admits admitted admitting",
    "post": "posts posted posting",
    "bet": "bets bet betting",
    "rebut": "rebuts rebutted rebutting",
    "refer": "refers referred referring",
    "slam": "slams slammed slamming",
    "commit": "commits committed committing",
    "put": "puts put putting",
    "plan": "plans planned planning",
    "oppose": "opposes opposed opposing",
    "undertake": "undertakes undertook undertaking",
    "understand": "understands understood understanding",
    "signal": "signals signalled signalling",
    "go": "goes went going",
    "hear": "hears heard hearing",
    "hit": "hits hit hitting",
    "rule": "rules ruled ruling",
    "flag": "flags flagged flagging",
    "term": "terms termed terming",
    "dub": "dubs dubbed dubbing",
    "read": "reads read reading",
    "reckon": "reckons reckoned reckoning",
}

# takes: verbs
_REPORTS = {
    "ztq": "add",
    "tzq": "say state explain argue insist declare assert maintain allege acknowledge concede caution remark reiterate stress "
    "emphasize emphasise contend reckon testify tweet recount quip boast complain joke reveal disclose recall hint",
    "q": "ask order instruct direct invite laugh shout cry sigh smile muse snap shrug grin groan whisper exclaim chant enthuse",
    "tq": "go-on gather learn hear note conclude underline underscore highlight reply respond write post continue comment believe think feel fear suggest "
    "indicate signal imply mean observe mention hope agree wonder demonstrate tell-of discover rule judge decide determine ascertain understand calculate assume "
    "read repeat",
    "tzqo": "tell inform assure remind notify advise",
    "tzqn": "announce confirm unveil",
    "ztqi": "claim",
    "tqn": "report",
    "tzqg": "admit",
    "tn": "find show flag calculate",
    "tzn": "estimate",
}
_SENSES = {
    ("prediction", "tzqn"): "predict forecast",
    ("prediction", "tn"): "project foresee anticipate",
    ("prediction", "tznxi"): "expect",
    ("denial", "tzqgn"): "deny",
    ("doubt", "tgn"): "doubt",
    ("commitment", "tzqin"): "pledge promise",
    ("commitment", "tzqi"): "vow swear",
    ("commitment", "tig"): "guarantee undertake",
}
_POSITIONS = (
    "criticise criticize condemn reject accuse dispute term dub urge welcome praise denounce oppose demand express voice hail applaud slam blast "
    "decry deplore lament blame thank endorse back dismiss defend challenge protest rebuke ridicule question "
    "warn-of threaten call-for call-on call-upon appeal-to appeal-for object-to lash-out hit-out speak-out apologise-for apologize-for "
    "complain-about complain-of express voice describe characterise characterize label brand liken urge encourage ask-for "
    "congratulate commend salute mourn castigate censure rubbish refute rebut recommend propose advocate insist-on caution-against "
    "advise-against argue-for argue-against rule-out play-down hit-back push-back brush-aside brush-off shrug-off wave-away talk-down back-down "
    "downplay attribute link distance-from call push-for plead-for press-for disagree-with agree-with"
)
_ASSESSING = frozenset("term dub describe characterise characterize label brand liken call".split())
# May follow a position verb as words said after all: "demanded that", "recommended that".
_POSITION_THAT = frozenset("complain lament protest".split())


def _forms(base: str) -> list[tuple[str, str]]:
    """(form, name of the form) for a verb's base form; the regular spelling unless the table knows better."""
    if base in _IRREGULAR:
        third, past, ing = _IRREGULAR[base].split()
    else:
        stem = base.removesuffix("e")
        after_consonant = base[-1] == "y" and base[-2] not in "aeiou"
        third = base[:-1] + "ies" if after_consonant else base + ("es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s")
        past = base[:-1] + "ied" if after_consonant else stem + "ed"
        ing = stem + "ing"
    return [(base, "base"), (third, "third"), (past, "past"), (ing, "ing")]


def _table() -> tuple[dict[str, Verb], dict[str, dict[str, Verb]]]:
    plain: dict[str, Verb] = {}
    phrasal: dict[str, dict[str, Verb]] = {}

    def put(entry: str, takes: str, frame: str, sense: str) -> None:
        base, _, particle = entry.partition("-")
        for form, name in _forms(base):
            verb = Verb(base, takes, frame, sense, name)
            if particle:
                phrasal.setdefault(form, {})[particle] = verb
            else:
                plain[form] = verb

    for takes, entries in _REPORTS.items():
        for entry in entries.split():
            put(entry, takes, "object" if takes in {"tzqn", "tqn"} else "that", "")
    for (sense, takes), entries in _SENSES.items():
        for entry in entries.split():
            put(entry, takes, "object", sense)
    for entry in _POSITIONS.split():
        base = entry.partition("-")[0]
        put(entry, "t" if base in _POSITION_THAT else "", "position", "assessment" if entry in _ASSESSING else "")
    put("warn", "tzqo", "that", "")
    put("point-out", "tq", "that", "")
    put("see", "n", "object", "prediction")
    put("put", "n", "object", "")
    return plain, phrasal


VERBS, PHRASAL = _table()
VERBS["shown"] = VERBS["showed"]
VERBS["written"] = VERBS["wrote"]
for _homograph in (
    "back",
    "blame",
    "brand",
    "label",
    "challenge",
    "question",
    "post",
    "plan",
    "put",
    "see",
    "saw",
    "seeing",
    "putting",
    "lament",
    "terms",
    "term",
    "flag",
    "flags",
    "reading",
    "findings",
):
    # A noun, an adverb or a sight is far commoner than the act of speech in this spelling.
    VERBS.pop(_homograph, None)

# Passive with nobody who signs it: "is expected to", "are believed to", "was reported to".
PASSIVES = frozenset(
    "expected believed said reported thought understood estimated forecast projected predicted alleged known considered feared "
    "rumoured rumored claimed presumed tipped likely".split()
)
# "It was learnt that", "it emerged that": nobody signs what follows.
LEARNT = frozenset("learnt learned announced confirmed revealed disclosed established discovered stated noted found agreed".split())
PREDICTING = frozenset("expected forecast projected predicted tipped likely".split())
# Speech acts that say nothing when they are refused.
SILENCES = frozenset(
    "comment say give disclose provide elaborate respond reply confirm specify answer name identify explain reveal discuss".split()
)

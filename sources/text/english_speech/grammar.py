"""The closed classes of English: the few hundred words that tell where a noun phrase, a clause or an adverbial begins."""

# ruff: noqa: E501 (lists of words)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ACRONYMS = _set("WHO US IT AM ALL AN AS AT BE BY DO NO OR SO UP HE")


def lower(word: str) -> str:
    """A word in lower case, but the acronyms that would then read as small words: WHO, US, IT."""
    return word if word in _ACRONYMS else word.lower()


ARTICLES = _set("the a an")
POSSESSIVES = _set("his her its their our my your")
DETERMINERS = (
    ARTICLES
    | POSSESSIVES
    | _set("this that these those some any no each every all both several many most few another other more two three four five six seven")
    | _set("eight nine ten one dozens hundreds thousands millions about around nearly almost at")
)
PRONOUNS = _set("i he she it they we you who there these those this that everyone nobody someone anyone")
PERSONAL = _set("i he she it they we you")
NO_SPEAKERS = _set("there what whatever nothing everything")
PREPOSITIONS = _set(
    "in on at to for from by with of about against into over under between among during after before since until through throughout "
    "across near amid despite without within per via than as around behind beyond towards toward onto off up following including "
    "regarding concerning like unlike below above alongside outside inside ahead because due besides versus"
)
# What may hang on to the head of a name: "the head of", "a spokesman for", "an analyst at".
OF = _set("of for at with from to on against")
TIME_PREPOSITIONS = _set("on in at during after before since until by from late early last this earlier later ahead following amid when as")
SUBORDINATORS = _set(
    "if when while as although though because since unless until after before whereas once whether despite amid following given "
    "instead rather even even-though except provided"
)
COORDINATORS = _set("and but or nor yet")
RELATIVES = _set("who which that whose whom where when what why how")
MODALS = _set("will would can could may might must shall should won't wouldn't can't cannot couldn't mustn't shouldn't 'll")
HAVE = _set("has have had hasn't haven't hadn't having 've")
BE = _set("is are was were be been being am isn't aren't wasn't weren't 's 're 'm")
DO = _set("do does did don't doesn't didn't")
AUXILIARIES = MODALS | (HAVE - {"having"}) | (BE - {"be", "been", "being"}) | DO
NEGATORS = _set("not never n't no nor neither hardly scarcely")
NEGATIVE_AUXILIARIES = frozenset(w for w in AUXILIARIES if w.endswith("n't")) | {"cannot"}
# Between a subject and its verb, or an auxiliary and its participle.
ADVERBS = _set(
    "also later earlier then repeatedly again previously recently further himself herself themselves itself now already still just only "
    "even soon today yesterday too initially subsequently separately reportedly publicly privately openly formally officially jointly "
    "once twice first long often never not always widely largely mainly mostly likely probably apparently currently immediately "
    "both all each rather quickly swiftly sharply slightly strongly firmly flatly angrily briefly simply clearly ultimately eventually finally"
)
# Openers that say how a sentence hangs together: no part of what it claims.
DISCOURSE = _set(
    "but and however meanwhile yet still so also moreover furthermore nevertheless nonetheless besides instead therefore thus hence "
    "separately additionally elsewhere likewise similarly indeed conversely or then overall"
)
DISCOURSE_PHRASES = (
    "in contrast",
    "by contrast",
    "on the other hand",
    "in addition",
    "at the same time",
    "for his part",
    "for her part",
    "for its part",
    "for their part",
    "in turn",
    "in a separate development",
    "in other news",
    "in response",
    "as a result",
    "in fact",
    "of course",
    "for example",
    "for instance",
    "on the one hand",
    "in the meantime",
    "even so",
    "if anything",
    "that said",
)
DAYS = _set("monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow tonight")
# Nouns that a reporting adverbial is built on: "in a statement", "at a news conference", "during a visit".
OCCASIONS = _set(
    "statement interview report post speech conference briefing letter email e-mail message tweet video address note paper article "
    "column memo filing blog blogpost press-conference call podcast hearing rally meeting visit broadcast event ceremony debate session "
    "summit forum testimony remarks comments remark comment presentation bulletin update release document ruling verdict court column "
    "editorial essay thread notice advisory outlook study survey assessment announcement questions question reporters journalists trip "
    "sermon show programme program phone telephone text talks tour press"
)
# Those that are told something.
ADDRESSEES = _set(
    "reporters journalists lawmakers mps investors shareholders analysts parliament congress delegates supporters employees staff "
    "senators him her them me us you members colleagues viewers listeners followers diplomats ministers voters residents families "
    "customers worshippers students state-run state-owned"
)
# Data that "show" and "suggest": their word counts as theirs who gathered it.
DOCUMENTS = _set(
    "calculations calculation tally count measurements modelling simulations surveys data figures report study survey poll polls statistics research analysis review documents results estimates projections index "
    "numbers statement census records audit findings forecast forecasts inquiry investigation assessment bulletin filing images footage "
    "letter paper reports studies surveys document tests minutes model models ruling"
)

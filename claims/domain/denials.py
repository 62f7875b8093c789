"""A denial in words: the statement of one, which says that it denies, and the proposition that it denies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sources.text.arabic import particles, reporting, verbs
from sources.text.arabic.nouns import is_verbal_noun
from sources.text.english_speech import grammar
from sources.text.english_speech import verbs as english_verbs
from sources.text.english_speech.finite import is_finite
from sources.text.folding import fold
from sources.text.language import opening_language
from sources.text.sentences import Word, words

BEFORE = 40  # letters before a quote that tell how it hangs on its verb: as many as a claim's `prefix` keeps
SENSES = frozenset({"denial", "doubt"})
_NOBODY = frozenset({"unattributed_passive", "narrator"})
_QUOTES = " \t\n\r\u00a0\"'“”„«»‘’"
_NEGATION = frozenset(
    fold(
        "لم لن لا ليس ليست ليسوا لست ينفي no not never n't cannot won't didn't doesn't isn't wasn't don't aren't neither nor "
        "nobody none nothing"
    ).text.split()
)
# «عدم وجود», «ألا تكون»: they negate what they open, and mean something else further on.
_OPENS_NEGATED = frozenset(fold("عدم ألا").text.split())
# "denied that it had fired, but 12 people died": what follows is not denied.
CONTRAST = re.compile(
    r"(?:\b(?:but|while|although|though|yet|however)|(?<!\w)(?:و?لكن|و?بينما|و?فيما|الا ان|غير ان))[,،\s]*$", re.IGNORECASE
)
_INTENT = frozenset(fold("نيته نيتها نيتهم نيتهما عزمه عزمها عزمهم اعتزامه اعتزامها اعتزامهم").text.split())
_FEMININE = re.compile("(?:ة|اء|ت(?:ه|ها|هم|هما|نا))$")
_AS_A_CLAUSE = frozenset("he she it they we you i there this these those".split())  # noqa: SIM905
_THINGS = frozenset(["nothing", "anything", "everything", "something"])
_HEARSAY = frozenset("allegations claims reports rumours rumors accusations suggestions speculation".split())  # noqa: SIM905
_SUBORDINATING = frozenset(
    "that which who whom whose where when after before because if while as since until unless whether than how what why".split()  # noqa: SIM905
)
# A statement that somebody else has written, or this module: who denies, and that it is a denial.
_FRAME = re.compile(
    r"\s*(?:[وف]?(?:نفى|نفت|نُفي|نفي|ينفي|تنفي|أنكر|أنكرت|استبعد|استبعدت|استُبعد)(?:\s[^،.؟!]{1,200}?)?\s+(?=ب?أن(?:ه|ها|هم|هما|هن|ني|نا)?\s)"
    r"|(?:[^.?!]{1,200}?\s)?(?:den(?:ies|ied|y)|doubt(?:s|ed)?)\s+(?:(?:\w+\s+){0,4}that\s+)?)",
    re.IGNORECASE,
)
_THAT = re.compile(r"\s*ب?أن(?:ه|ها|هم|هما|هن|ني|نا)?\s+")
_DENIED_BEHIND = re.compile(r"\s+(?:was|were)\s+(?:denied|doubted)\s*$")
_VERB = re.compile("[وف]?(?:نفى|نفت|نُفيت?|نفي|استبعدت?|استُبعدت?) ")


def statement(quote: str, *, before: str, speaker_type: str, speaker: str, mention: str = "", cue: str = "") -> str:
    """The sentence that says who denies what: «نفى الوزير أن …», "The minister denied that …"; nobody named: «نُفي أن …».

    `quote` is what is denied, `before` the text that runs up to it, `speaker` the name as kept and `mention` the words of the
    text for it, `cue` the verb as read: its gender is the speaker's, and a verb of doubt stays one.
    """
    who = "" if speaker_type in _NOBODY else speaker.strip()
    if opening_language(quote, "en") == "ar":
        return _closed(_arabic(quote, before, who, cue))
    return _closed(_english(quote, before, _named(who, mention), cue))


def _closed(told: str) -> str:
    """With the mark that ends a quotation within it, where the quote was cut before that."""
    opened, ends = max((told.rfind(opens), ends) for opens, ends in ("«»", "“”", '""'))
    return told + ends if opened >= 0 and (told.count('"') % 2 if ends == '"' else told.rfind(ends) < opened) else told


def negates(said: Sequence[str]) -> bool:
    """Do the first of these words, folded and in lower case, negate what they say?"""
    if any(word in _OPENS_NEGATED for word in said[:1]) or "denied that" in " ".join(said[:5]):
        return True
    return any(word in _NEGATION for word in said[:4])


def negated(quote: str) -> bool:
    """Does a proposition negate by its own words?"""
    return negates([word.text.lower() for word in _words(quote)])


def sense_of(cue: str) -> str:
    """`denial` or `doubt` where a verb of the reader's says so, else nothing."""
    if (arabic := reporting.telling(fold(cue).text.strip() or "-")) and arabic.sense in SENSES:
        return arabic.sense
    english = english_verbs.VERBS.get(cue.strip().lower())
    return english.sense if english and english.sense in SENSES else ""


def proposition(claimed: str, quote: str | None, *, denial: bool, speaker: str = "") -> str:
    """What is compared: the quote, else the statement; of a denial without the words that deny."""
    if quote and quote.strip():
        return quote
    return _unframed(claimed, speaker) if denial else claimed


# ── Arabic


def _arabic(quote: str, before: str, who: str, cue: str) -> str:
    doubt = sense_of(cue) == "doubt"
    that = _arabic_that(quote, before)
    told = f"{that} {quote}" if that else quote
    who = who.removesuffix(f" {that}") if that else who  # a name may have been read one word too far
    if not who:
        passive = "استُبعد" if doubt else "نُفي"
        first = fold(quote).text.split(maxsplit=1)[:1]
        return f"{passive}{'ت' if not that and first and _FEMININE.search(first[0]) else ''} {told}"
    active = ("استبعد", "استبعدت") if doubt else ("نفى", "نفت")
    return f"{active[_feminine(cue, who)]} {who} {told}"


def _arabic_that(quote: str, before: str) -> str:
    """The "that" which the proposition hangs on, with the pronoun joined to it («أنه»); nothing before a noun: «نفى وجود خلاف»."""
    last = before.rstrip(_QUOTES).split()[-1:]
    core = fold(last[0]).text.strip("\"':،") if last else ""
    if core in particles.THAT | particles.AND_THAT and not core.removeprefix("و").startswith("ل"):
        return "أ" + core.removeprefix("و").removeprefix("ب").removeprefix("ا")
    if core in _INTENT:
        return last[0]  # «نفى نيته إقالة المدرب»: the plan, not the deed
    first = next((word.text for word in _words(quote)), "")
    if first in particles.THAT or first == "الا" or is_verbal_noun(first):
        return ""
    form = verbs.form_of(first)
    acts = first[:1] in {"ي", "ت"} and verbs.may_be_verb(first) and not first.endswith(("ة", "ات"))
    return "أن" if form is not None or acts or first in particles.NEGATIONS else ""


def _feminine(cue: str, who: str) -> bool:
    """Is the verb feminine, as the text has it; else by the look of the noun."""
    told = reporting.telling(fold(cue).text.strip() or "-")
    if told and told.form is not None and told.form.person == 3:
        return told.form.gender == "f"
    if told and told.participle:
        return fold(cue).text.endswith("ة")
    return fold(who).text.split()[0].endswith("ة")


# ── English


def _named(who: str, mention: str) -> str:
    """With the article that the text gives it: "The ministry"; a name has none."""
    if not who or not who[0].islower():
        return who
    full = mention.strip() if who in mention and len(mention) <= len(who) + 12 else f"the {who}"
    return full[0].upper() + full[1:]


def _english(quote: str, before: str, who: str, cue: str) -> str:
    verb = "doubted" if sense_of(cue) == "doubt" else "denied"
    if _is_clause(quote, before):
        return f"{who or 'It was'} {verb} that {quote}"
    return f"{who} {verb} {quote}" if who else f"{quote[0].upper()}{quote[1:]} was {verb}"


def _is_clause(quote: str, before: str) -> bool:
    """A sentence of its own, not what was done or is the case: "it had paid", not "paying", not "any part in it"."""
    if before.rstrip(_QUOTES).lower().endswith((" that", "\nthat")):
        return True
    said = [word.text for word in _words(quote)]
    lower = [grammar.lower(word) for word in said]
    if not lower or lower[0] in _AS_A_CLAUSE:
        return bool(lower)
    opened = begun = 0
    at = list(_verbs(lower, [word[:1].isupper() for word in said]))
    if lower[0] in _HEARSAY and 1 not in at:
        return False  # "denied allegations she had lied"
    for i in at:
        opened += any(word in _SUBORDINATING for word in lower[begun:i])
        if not opened:
            return True
        opened, begun = opened - 1, i  # "the man who sold arms": the verb is the clause's that was opened
    return False


def _verbs(lower: list[str], capitals: list[bool]) -> Iterator[int]:
    """Where finite verbs stand, one for "had been closed". Behind a gerund only those count that can be nothing else."""
    gerund = lower[0].endswith("ing") and lower[0] not in _THINGS
    first = 2 if lower[0] in grammar.DETERMINERS else 0  # "a report in the paper": no verb
    for i, word in enumerate(lower):
        sure = word in grammar.AUXILIARIES and not (i and capitals[i])  # the month of May
        if not sure and (gerund or i < first or not word[0].isalpha() or not is_finite(lower, i, len(lower), capitals)):
            continue
        before = next((k for k in range(i - 1, -1, -1) if lower[k] not in grammar.ADVERBS), -1)
        if before < 0 or lower[before] not in grammar.AUXILIARIES:
            yield i


# ── the proposition behind a statement


def _unframed(claimed: str, speaker: str) -> str:
    if behind := _DENIED_BEHIND.search(claimed):
        return claimed[: behind.start()]
    if frame := _FRAME.match(claimed):
        rest = claimed[frame.end() :]
        return _THAT.sub("", rest, count=1) if _THAT.match(rest) else rest
    head = _VERB.match(claimed)
    if head and speaker and claimed[head.end() :].startswith(f"{speaker} "):
        return claimed[head.end() + len(speaker) + 1 :]
    return claimed


def _words(text: str) -> list[Word]:
    folded = fold(text).text
    return words(folded, 0, len(folded))

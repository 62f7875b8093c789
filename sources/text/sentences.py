"""Paragraphs, sentences and words of a text, with their offsets; headings and site boilerplate told apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from sources.text import quotes
from sources.text.datelines import dateline_end

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_WORD = re.compile(r"\w+(?:[-'.&/,]\w+)*|[^\w\s]")
_SPOKEN = re.compile(r"\w")
_STOP = re.compile(r"[.!?؟…۔]+[\"')\]]*(?=\s|$)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"])(?:[\w]|ا\.د|ا\.م|Mr|Mrs|Ms|Dr|Prof|Gen|Sens?|Reps?|Gov|Lt|Col|Sgt|Capt|St|Jr|Sr|vs|No|Inc|Ltd|Co|Corp|U\.S|U\.K|U\.N|E\.U"
    r"|a\.m|p\.m|i\.e|e\.g|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|approx|etc)$"
)
_BOILERPLATE = re.compile(
    r"^\W*(?:مقالات (?:ذات صلة|مشابهة|اخري)|مواضيع ذات|اخبار ذات صلة|"
    r"ذات صلة|زر الذهاب|اقرا (?:ايضا|المزيد|كذلك)|شاهد ايضا|قد يهمك|تابعنا|تابعوا|"
    r"اشترك|شارك (?:هذا|المقال|الخبر)|المصدر\s*[:：]|المصادر\s*:|حقوق (?:النشر|الطبع)|جميع الحقوق|نسخ الرابط|وسوم|كلمات مفتاحية|الوسوم|"
    r"تحرير\s*:|اعداد\s*:|مصدر الصورة|صورة ارشيفية|اعلان$|انقر هنا|"
    r"related (?:articles|stories|topics|news)|read (?:more|also|next)|more on this|share (?:this|on|via)|"
    r"subscribe|sign up|follow us|back to top|"
    r"advertisement|copyright|©|all rights reserved|tags?\s*:|source\s*:|photo\s*:|image (?:source|caption|credit)|click here|"
    r"(?:an earlier version of )?this (?:article|story|report) (?:was|has|misstated)|elements of this story|"
    r"(?:correction|clarification)\s*:|"
    r"(?:reporting|writing|editing) by|most (?:read|popular)|recommended|leave a comment|cookie)",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"contributed (?:to|reporting)|reporting by|^[_*=~-]{3,}$", re.IGNORECASE)
_DATELINE = re.compile(
    r"^[^\n،:\"()]{2,50}?\s*\([^)\n]{2,30}\)\s*[-–—:]+\s+"  # GENEVA, March 3 (Reuters) -, القاهرة (رويترز) -
    r"|^[A-Z][A-Z .'-]{2,30},?[^\n.:\"]{0,25}?\s[–—-]{1,2}\s+"  # LONDON, Monday —
    r"|^(?:[A-Z][\w.'-]+ ?){1,3}(?:, [A-Z][a-z]+ \d{1,2})?(?::| [–—]) (?=[A-Z])"  # New Delhi:, Geneva –
)
# A title run into its article: what follows a dateline or a byline is the body.
_HEADED = re.compile(
    r"^[^.!?\n]{10,160}?\s(?:[A-Z]{3,}[A-Z .'-]*(?:, (?:[A-Z][a-z]+\.?,? ?)?(?:[A-Z][a-z]+ \d{1,2})?)?\s*\([^)]{2,30}\)\s*[-–—]+\s+"
    r"|By [A-Z][\w'-]+ [A-Z][\w'-]+(?:, [A-Z][a-z]+)?\s(?=[A-Z])|[A-Z]\w+ [–—] (?=[A-Z]))"
    r"|^[^.!?\n]{10,160}?[a-z\d%]\s(?=(?:The|An|In|At least|More than|Some|One in|Two|Three) [A-Za-z\d])"
)
_UNFINISHED = frozenset(
    "a an and as at but by for from in into is of on or said says tell tells that the to told was with".split()  # noqa: SIM905
)
_ENDED = re.compile(r"[.!?؟…۔:؛;,،][\"')\]]*\s*$")
HEADING_WORDS = 14
HEADLINE_WORDS = 22  # what stands first, and unfinished, is the headline
LONGEST = 400  # words and marks between two stops: prose has no such sentence, so nothing is proposed from it
MOST_QUOTES = 60  # marks of quotation between two stops


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: a quote is never cut."""

    start: int
    end: int
    words: list[Word]
    question: bool = False


@dataclass(slots=True)
class Paragraph:
    """One line of a text; `kind` is body, heading or boilerplate."""

    start: int
    end: int
    kind: str
    sentences: list[Sentence] = field(default_factory=list)


_SHORT = frozenset(
    (  # noqa: SIM905
        "mr mrs ms dr prof gen sen sens rep reps gov lt col sgt capt st jr sr vs no inc ltd co corp u.s u.k u.n e.u a.m p.m i.e e.g "
        "jan feb mar apr aug sept sep oct nov dec approx etc"
    ).split()
)


def abbreviated(word: str, following: str) -> bool:
    """Does the stop after `word` belong to it, so that no sentence ends there?"""
    return len(word) == 1 or word.lower() in _SHORT or (following[:1].islower() and "." in word)


def words(text: str, start: int, end: int) -> list[Word]:
    """The words and marks between two offsets."""
    return [Word(found[0], *found.span()) for found in _WORD.finditer(text, start, end)]


def paragraphs(text: str) -> list[Paragraph]:
    """Every line that holds something, its sentences read only where it is body."""
    lines = [span for found in _LINE.finditer(text) if (span := _stripped(text, *found.span())) and span[0] < span[1]]
    read = []
    for start, end in lines:
        kind = _kind(text[start:end], alone=len(lines) == 1, first=len(lines) > 1 and start == lines[0][0])
        if kind == "body":
            start = _body_start(text, start, end, alone=len(lines) == 1)
        paragraph = Paragraph(start, end, kind)
        if kind == "body":
            found = _sentences(text, start, end)
            # On one line with the news the words of the site are told by their sentence.
            paragraph.sentences = [s for s in found if len(lines) > 1 or _kind(text[s.start : s.end], alone=True) == "body"]
        read.append(paragraph)
    return read


def _body_start(text: str, start: int, end: int, *, alone: bool) -> int:
    """Past a dateline; in a text without line breaks also past what it heads, title and byline."""
    if dateline := _DATELINE.match(text[start : min(end, start + 120)]):
        return start + dateline.end()
    if told := dateline_end(text[start : min(end, start + 120)]):
        return start + told
    if alone and (heading := _HEADED.match(text[start : min(end, start + 300)])) and _title(heading[0]):
        return start + heading.end()
    return start


def _title(words: str) -> bool:
    """Can this be a title? No quote opens in it, and it does not break off after a small word."""
    return '"' not in words and words.split()[-1] not in _UNFINISHED


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _kind(line: str, *, alone: bool, first: bool = False) -> str:
    short = len(line) < 200
    if short and (_BOILERPLATE.match(line) or _CREDIT.search(line)):
        return "boilerplate"
    # A text of one line has no headings: nothing stands below it. Position alone never makes a heading:
    # what stands first may only be longer.
    if short and not alone and not _ENDED.search(line) and len(line.split()) <= (HEADLINE_WORDS if first else HEADING_WORDS):
        return "heading"
    return "body"


def _sentences(text: str, start: int, end: int) -> Iterator[Sentence]:
    quoted = iter(quotes.spans(text, start, end))
    inside = next(quoted, None)
    opens, held = start, 1
    for stop in _STOP.finditer(text, start, end):
        while inside and inside[1] < stop.start():
            inside = next(quoted, None)
        if inside and inside[0] <= stop.start() and stop.end() <= inside[1]:
            held += 1
            continue
        if stop.end() < end and text[stop.end() : stop.end() + 2].strip()[:1].islower():
            continue  # no sentence begins with a small letter: “Why?” he asked; (R-Mo.) and
        if stop[0].startswith(".") and stop.end() < end and _ABBREVIATION.search(text[max(opens, stop.start() - 8) : stop.start()]):
            continue
        if sentence := _sentence(text, opens, stop.end(), held):
            yield sentence
        opens, held = stop.end(), 1
    if sentence := _sentence(text, opens, end, held):
        yield sentence


def _sentence(text: str, start: int, end: int, held: int) -> Sentence | None:
    """What stands between two stops; None for what is no prose. `held` counts the sentences in it, as a quote is never cut."""
    start, end = _stripped(text, start, end)
    if start >= end or not _SPOKEN.search(text, start, end) or text.count('"', start, end) > held * MOST_QUOTES:
        return None
    read = [Word(found[0], *found.span()) for found in islice(_WORD.finditer(text, start, end), held * LONGEST + 1)]
    if len(read) > held * LONGEST:
        return None
    return Sentence(start, end, read, question=text[start:end].rstrip("\"') ").endswith(("?", "؟")))

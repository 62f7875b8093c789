"""Quotes inside quotes: «…» within "…", which folding makes one sign, and who is quoted there."""

from sources.text.arabic import reporting
from sources.text.arabic.people import ArabicPeople
from sources.text.arabic_speech import subjects
from sources.text.arabic_speech.line import Line
from sources.text.sentences import Word
from sources.text.speaker import Speaker

INNER = "'"  # how an inner mark is read
_CLOSES = {"«": "»", "“": "”", "„": "“", '"': '"', "‹": "›"}


def marked(people: ArabicPeople, words: list[Word]) -> list[Word]:
    """The words, inner quotation marks told from outer ones by how they are typed; as they are where the marks do not pair."""
    if sum(word.text == '"' for word in words) < 4:
        return words
    opened: list[str] = []
    found: list[Word] = []
    for word in words:
        if word.text == '"':
            typed = people.as_typed(word)
            if opened and _CLOSES[opened[-1]] == typed:
                opened.pop()
                inner = bool(opened)
            elif typed in _CLOSES and typed not in opened:
                inner = bool(opened)
                opened.append(typed)
            else:
                return words
            if inner:
                found.append(Word(INNER, word.start, word.end))
                continue
        found.append(word)
    return words if opened else found


def inner_speech(line: Line, people: ArabicPeople, first: int, last: int) -> tuple[int, Speaker] | None:
    """«قال لي أحد الوزراء: '…'» within a quote: where its words begin, and whose they are."""
    mark = next((k for k in range(first + 2, min(last, first + 14)) if line.texts[k] == INNER and line.texts[k - 1] == ":"), None)
    if mark is None:
        return None
    verb = next((k for k in range(first, mark - 1) if (told := reporting.telling(line.texts[k])) and told.frame != "position"), None)
    found = subjects.after(line, people, verb + 1, mark - 1) if verb is not None else None
    return (mark + 1, found.speaker) if found else None

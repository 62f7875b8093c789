"""What a text is found by: its words without endings, and its letters without marks."""

import re
from functools import lru_cache

import snowballstemmer

from sources.text.folding import fold

_ADDRESS = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/|t\.co/)\S+", re.IGNORECASE)
# How a post is often quoted: — Name (@account) 3 May 2021
_SIGNATURE = re.compile(r"\s[—–-]+\s[^—–]{1,80}\(@\w+\)[^\n]{0,30}$")
_TAG = re.compile(r"[#@](\w+)")
_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])|_")
_WORD = re.compile(r"\w+")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_HAMZA = str.maketrans("ؤئة", "ويه")
# The article with what may be joined before it, longest first; then endings, one of them.
_BEFORE = ("وال", "بال", "كال", "فال", "لل", "ال")
_AFTER = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_ENGLISH = snowballstemmer.stemmer("english")


def cleaned(text: str) -> str:
    """A text without addresses and the line that says who posted it; #TagsLikeThis and @accounts as words."""
    text = _SIGNATURE.sub(" ", _ADDRESS.sub(" ", text).rstrip())
    return _TAG.sub(lambda tag: " " + _JOINED.sub(" ", tag[1]) + " ", text)


def plain(text: str) -> str:
    """Its words in one spelling, lower case, with nothing but blanks between: what is compared letter by letter."""
    return " ".join(_WORD.findall(fold(text).text.lower()))


def terms(plain_text: str) -> list[str]:
    """The stems of a text that is plain already, in its order."""
    return [_stem(word) for word in plain_text.split()]


@lru_cache(maxsize=100_000)  # a newsroom's vocabulary: stemming is most of the work
def _stem(word: str) -> str:
    return _arabic(word) if _ARABIC.match(word) else str(_ENGLISH.stemWord(word))


def _arabic(word: str) -> str:
    """Without article and ending, as light10 does (Larkey, Ballesteros and Connell, 2002): roots would join too much."""
    word = word.translate(_HAMZA)
    if len(word) > 3 and word[0] == "و":
        word = word[1:]
    for before in _BEFORE:
        if word.startswith(before) and len(word) - len(before) >= 2:
            word = word[len(before) :]
            break
    for after in _AFTER:
        if word.endswith(after) and len(word) - len(after) >= 2:
            word = word[: -len(after)]
    return word

"""What a text is found by: its words without endings, and its letters without marks."""

import re
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

from sources.text.folding import fold

_WORD = re.compile(r"\w+")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_HAMZA = str.maketrans("ؤئة", "ويه")
# The article with what may be joined before it, longest first; then endings, one of them.
_BEFORE = ("وال", "بال", "كال", "فال", "لل", "ال")
_AFTER = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_ENGLISH = snowballstemmer.stemmer("english")


def plain(text: str) -> str:
    """Its words in one spelling, lower case, with nothing but blanks between: what is compared letter by letter."""
    return " ".join(_WORD.findall(fold(text).text.lower()))


def significant(stems: Iterable[str]) -> list[str]:
    """Those of the stems that something can be found by: all but the smallest words, unless there are no others."""
    stems = list(stems)
    return [stem for stem in stems if stem not in _SMALL] or stems


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


# Words that hold a sentence together. Each stands in every tenth text or oftener, and makes a third of all that is written: the rows by
# which texts are found do without them. They count where texts are put in order.
_SMALL = frozenset(
    terms(
        plain(
            """
            a an the this that these those it its he she they we you i his her their our your my him them us me who which what
            is are was were be been being am has have had do does did will would can could may might shall should must
            of in on at by for from to with as into about after before over under between against during through
            and or but if than then so because while when where there here not no nor only also just more most some any all both each
            في من على إلى عن مع بعد قبل بين عند حتى منذ خلال حول ضد دون غير كل بعض أي
            أن إن أنه إنه أنها إنها أنهم بأن لأن كأن لكن ولكن بل أو أم ثم إذا لو لما كما قد لقد هل ما ماذا لا لم لن ليس ليست
            هو هي هم هن نحن أنت أنا هذا هذه ذلك تلك هؤلاء هناك هنا الذي التي الذين اللذين
            كان كانت كانوا يكون تكون له لها لهم به بها بهم فيه فيها عليه عليها منه منها
            """
        )
    )
)

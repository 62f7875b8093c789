"""Denials that are themselves denied: «لا أحد نفى أن», «رفض نفي أن». Nobody denies by them, and nothing is claimed."""

from itertools import pairwise

from sources.text.arabic import particles
from sources.text.arabic_speech.line import Line

# Who does these to a denial does not deny: «رفض نفي أن», «تجنب نفي أن», «من دون نفي أن».
_SHUNS = particles.folded("رفض رفضت يرفض ترفض تجنب تجنبت تفادى تفادت تعذر امتنع امتنعت أحجم أحجمت دون بدون")
_NO_MORE = particles.folded("يعد تعد يعودوا يعودا")
_ANYBODY = particles.folded("أحد أحدا لأحد من")
_SELDOM = particles.folded("قلما نادرا قليلا")
_UNTRUE = particles.folded("صحيحا الصحيح يسبق يثبت")
_REACH = 6  # words before the verb in which what undoes it stands


def undone(line: Line, i: int) -> bool:
    """Is it said that nobody denies, or not yet, or no more: «لا أحد نفى أن», «إذا نفى», «لم يعد ينفي», «رفض نفي أن»?"""
    if line.texts[i][0] == "و" or line.edge(i):
        return False
    first = max((k + 1 for k in range(max(0, i - _REACH), i) if line.mark(k)), default=max(0, i - _REACH))
    before, last = line.texts[first:i], line.at(i - 1)
    negated = any(word in particles.NEGATIONS or word == "غير" for word in before)
    if last in particles.CONDITIONS | _SELDOM or (last == "ما" and line.at(i - 2) in _SELDOM) or (negated and last in _ANYBODY):
        return True
    noun = line.at(i + 1) in particles.THAT | {"صحة", "وجود"} and not last.startswith("لكن")  # «نفى» and «نفي» are folded alike
    if noun and line.texts[i].removeprefix("ال") in {"نفي", "انكار"} and any(word.removeprefix("و") in _SHUNS for word in before):
        return True
    pairs = pairwise(before)
    return any(
        (one in particles.NEGATIONS and two in _NO_MORE) or (negated and one in _UNTRUE and two in particles.THAT) for one, two in pairs
    )

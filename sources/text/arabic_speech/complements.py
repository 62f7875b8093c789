"""What a verb of speech governs: a clause after "that", words after a colon or in quotes, or a plain noun."""

from dataclasses import dataclass

from sources.text.arabic import particles, reporting, titles, verbs
from sources.text.arabic.nouns import is_verbal_noun
from sources.text.arabic.phrases import definite
from sources.text.arabic.reporting import Telling
from sources.text.arabic_speech.line import Line

_REACH = 45  # words between a verb and its "that"
_BEFORE_THAT = frozenset(
    {"قبل", "بعد", "دون", "اجل", "منذ", "بدون", "مع", "رغم", "حتي", "شريطة", "بشرط", "الا", "غير", "بيد", "علما", "شانه", "شانها", "الي"}
)
_NAMED_THINGS = particles.folded(
    "منصة موقع صحيفة قناة شبكة مجلة وكالة إذاعة حزب حركة شركة برنامج منتخب لقناة لصحيفة لشبكة لموقع لإذاعة لبرنامج لمجلة تطبيق تيار التيار كتائب سرايا جماعة منظمة تنظيم ملعب فندق مؤسسة مركز نادي فريق عملية حملة مبادرة كتاب فيلم مؤتمر منتدى"
)


@dataclass(frozen=True, slots=True)
class Complement:
    """Where what is said begins; `close` ends it where it is a quote."""

    announced_at: int
    begin: int
    close: int | None = None
    skip: int = 0


def announced(line: Line, j: int, verb_at: int, told: Telling) -> Complement | None:
    """Content after "that", a colon or an opening quote, near enough behind the verb."""
    k = j
    while k < min(line.n, verb_at + _REACH):
        word = line.texts[k]
        if word in particles.THAT or (word == "الا" and _negates(line, k)):
            if line.at(k - 1) in _BEFORE_THAT and line.at(k - 1) not in told.leads and line.at(k - 1) != "الي":
                k += 1
                continue
            return _clause(line, k)
        if word == ":":
            return _after_colon(line, k)
        if word == '"':
            close = line.closes.get(k, line.n)
            if _only_a_name(line, k, close):
                k = close + 1
                continue
            return Complement(k, k + 1, close) if told.frame in {"that", "object"} else None
        if word in {"؛", ".", "؟"} or (_other_verb(line, k) and k > j):
            return None
        k += 1
    return None


def _negates(line: Line, k: int) -> bool:
    form = verbs.form_of(line.at(k + 1))
    return bool(form and form.tense == "present")


def _clause(line: Line, k: int) -> Complement:
    return Complement(k, k if line.texts[k] == "الا" else k + 1)


def _after_colon(line: Line, k: int) -> Complement:
    if line.at(k + 1) == '"':
        return Complement(k, k + 2, line.closes.get(k + 1, line.n))
    return Complement(k, k + 1)


def _only_a_name(line: Line, opened: int, close: int) -> bool:
    """منصة "إكس" إن: the quote names a thing and is not what is said."""
    before = line.at(opened - 1)
    return close - opened <= 6 and (
        before in _NAMED_THINGS
        or before in titles.ORGANISATIONS
        or before in titles.OF
        or before in titles.ROLES
        or before in {"ل", "ب"}
        or line.at(close + 1) in particles.THAT
    )


def _other_verb(line: Line, k: int) -> bool:
    """Another act of speech begins before any content."""
    other = reporting.telling(line.texts[k])
    if other is None or not line.edge(k):
        return False
    return not other.tied if not other.participle else other.frame != "position" or True


def told_object(line: Line, j: int, told: Telling) -> Complement | None:
    """A plain noun told of: «أعلنت … اكتمال», «أشار إلى تراجع», «تعهد بتقديم»."""
    j = past_occasions(line, j)
    word = line.at(j)
    if not word:
        return None
    if word in told.leads:
        return Complement(j, j + 1) if _tells(line, j + 1, told) else None
    if "ب" in told.leads and word[0] == "ب" and _tells_word(line, j, word[1:], told):
        return Complement(j, j, skip=1)
    if told.frame == "object" or (told.participle and told.frame == "that" and not told.leads):
        return Complement(j, j) if _tells(line, j, told) else None
    return None


def _tells(line: Line, j: int, told: Telling) -> bool:
    return _tells_word(line, j, line.at(j), told)


def _tells_word(line: Line, j: int, word: str, told: Telling) -> bool:
    """Does a proposition begin with this noun, or is it only a thing?"""
    if not word or line.mark(j) or line.n - j < 2:
        return False
    if is_verbal_noun(word) or told.sense:
        return True
    if definite(word) or verbs.form_of(word):
        return False
    stop = line.next_comma(j, line.n) or line.n
    return stop - j >= 4


def past_occasions(line: Line, j: int) -> int:
    """Past dates, asides between commas and «في مؤتمر صحفي»."""
    for _ in range(4):
        word = line.at(j)
        if line.comma(j):
            after = line.at(j + 1)
            aside = (
                after in particles.PREPOSITIONS
                or j + 1 in line.after_date
                or after in titles.ROLES
                or after in reporting.ACCORDING
                or after in particles.NAME_ENDS
            )
            closing = line.next_comma(j + 1, min(line.n, j + 24)) if aside else None
            j = closing + 1 if closing is not None else j + 1
        elif j in line.after_date:
            j = line.after_date[j]
        elif word in {"في", "خلال", "عبر", "عقب", "علي", "امام"} and line.at(j + 1).removeprefix("ال") in reporting.OCCASIONS:
            closing = line.next_comma(j, min(line.n, j + 16))
            if closing is None:
                return _past_occasion(line, j)
            j = closing + 1
        elif word in {"رسميا", "ايضا", "كذلك", "مجددا", "مؤخرا", "علنا", "بدوره", "بدورها"}:
            j += 1
        else:
            break
    return j


def _past_occasion(line: Line, j: int) -> int:
    k = j + 2
    while k < min(line.n, j + 6) and not is_verbal_noun(line.texts[k]) and line.texts[k] not in {"عن", "الي"}:
        k += 1
    return k

"""What a verb of speech governs: a clause after "that", words after a colon or in quotes, or a plain noun."""

from dataclasses import dataclass

from sources.text.arabic import particles, reporting, titles, verbs
from sources.text.arabic.nouns import is_verbal_noun
from sources.text.arabic.phrases import definite
from sources.text.arabic.reporting import Telling
from sources.text.arabic_speech.line import Line

_REACH = 45  # words between a verb and its "that"
# Everyday words that bring in a quote without a colon.
_QUOTING = particles.folded("تابع كتب علق رد ختم ذكر تساءل اكمل واصل اجاب عقب زاد روى ابلغ سال")
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
    plain = False  # a plain noun is told of: quotes in it are its own
    while k < min(line.n, verb_at + _REACH):
        word = line.texts[k]
        if line.bracketed[k]:
            k += 1
            continue
        plain = plain or _tells_noun(line, j, k, told)
        if word in particles.THAT or (word in {"الا", "بالا"} and _negates(line, k)):
            if word.startswith("لان") and _that_behind(line, k + 1, verb_at):
                k += 1
                continue  # «لأنه غير مخول، إن»: why there is no name
            if line.at(k - 1) in _BEFORE_THAT and line.at(k - 1) not in told.leads and line.at(k - 1) != "الي":
                k += 1
                continue
            return _clause(line, k)
        if word == ":":
            return _after_colon(line, k)
        if word == '"':
            close = line.closes.get(k, line.n)
            if not plain and not _only_a_name(line, k, close) and not _alias(line, close, k, told):
                quotes = told.frame in {"that", "object"} and (not told.tied or told.lemma in _QUOTING)
                return Complement(k, k + 1, close) if quotes else None
            k = close + 1
            continue
        if word in {"؛", ".", "؟"} or (k > j and (_other_verb(line, k) or (line.comma(k - 1) and word in particles.CONNECTORS))):
            return None
        k += 1
    return None


def _that_behind(line: Line, begin: int, verb_at: int) -> bool:
    """Does the verb's own "that" stand behind the next comma?"""
    comma = line.next_comma(begin, min(line.n, verb_at + _REACH))
    return comma is not None and line.at(comma + 1) in particles.THAT and not line.at(comma + 1).startswith("لان")


def _alias(line: Line, close: int, opened: int, told: Telling) -> bool:
    """«كشفت الهيئة "نزاهة"، الأحد، عن»: a second name behind the first, the verb's own object still to come."""
    if close - opened > 3 or not line.comma(close + 1):
        return False
    return any(line.at(m) in told.leads or line.at(m) in particles.THAT for m in range(close + 1, close + 9))


def _tells_noun(line: Line, j: int, k: int, told: Telling) -> bool:
    """Does the verb's plain object begin at k: «كشف عن رصد», «أعلن إغلاق»?"""
    word = line.texts[k]
    if "ب" in told.leads and word[0] == "ب" and k >= j and is_verbal_noun(word[1:]):
        return True
    if word in told.leads and k > j and line.at(k + 1) not in particles.THAT:
        return is_verbal_noun(line.at(k + 1)) or line.comma(k - 1)
    action = k > j and is_verbal_noun(word) and not definite(word) and line.at(k - 1) not in particles.PREPOSITIONS
    return told.frame == "object" and action and word not in titles.ORGANISATIONS and word not in titles.OF


def _negates(line: Line, k: int) -> bool:
    form = verbs.form_of(line.at(k + 1))
    following = line.at(k + 1)
    shaped = following[:1] in {"ي", "ت"} and verbs.may_be_verb(following) and not following.endswith(("ا", "ة", "ات"))
    return bool(form and form.tense == "present") or (shaped and not is_verbal_noun(following))


def _clause(line: Line, k: int) -> Complement:
    if line.texts[k] == "بالا":
        return Complement(k, k, skip=1)
    return Complement(k, k if line.texts[k] == "الا" else k + 1)


def _after_colon(line: Line, k: int) -> Complement:
    if line.at(k + 1) == '"':
        return Complement(k, k + 2, line.closes.get(k + 1, line.n))
    return Complement(k, k + 2 if line.at(k + 1) in particles.THAT else k + 1)


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
        or (line.comma(close + 1) and line.at(close + 2) in particles.THAT)
        or (before in particles.PREPOSITIONS and (close - opened <= 4 or not line.mark(close + 1)))
        or (close - opened <= 5 and not line.mark(close + 1) and not ((told := reporting.telling(line.at(close + 1))) and told.participle))
    )


def _other_verb(line: Line, k: int) -> bool:
    """Another act of speech begins before any content."""
    other = reporting.telling(line.texts[k])
    if other is None:
        return False
    if other.participle and other.sense in {"denial", "doubt"}:
        return True  # «وأضاف الوزير نافيا أن»: what follows is denied, wherever the word stands
    if not line.edge(k):  # a second "said" without a relative before it
        return not other.tied and not other.participle and other.frame in {"that", "object"} and line.at(k - 1) not in particles.RELATIVES
    return not other.tied if not other.participle else other.frame != "position" or True


def told_object(line: Line, j: int, told: Telling) -> Complement | None:
    """A plain noun told of: «أعلنت … اكتمال», «أشار إلى تراجع», «تعهد بتقديم»."""
    j = past_occasions(line, j)
    word = line.at(j)
    if not word:
        return None
    if word in told.leads:
        return Complement(j, j + 1) if _tells(line, j + 1, told) else None
    if told.sense == "denial" and (
        "ما" in {word, line.at(j + 1)} or word in reporting.RUMOURS or (word == "صحة" and line.at(j + 1) in reporting.RUMOURS)
    ):
        # «نفى ما تداولته صفحات عن ندرة», «صحة الأنباء المتداولة بشأن بيع»
        about = next((k for k in range(j + 1, min(line.n, j + 12)) if line.texts[k] in {"عن", "بشان", "حول", "بخصوص"}), None)
        return Complement(about, about + 1) if about is not None and about + 2 < line.n else None
    if "ب" in told.leads and word == "بما" and verbs.may_be_verb(line.at(j + 1)):
        return Complement(j, j, skip=1)  # «منوها بما حققته»
    if "ب" in told.leads and word[0] == "ب" and _tells_word(line, j, word[1:], told):
        return Complement(j, j, skip=1)
    if told.lemma == "قدر" and _sum_ahead(line, j):
        return Complement(j, j)  # «قدّر معدو الدراسة خسائر المنطقة بنحو 20 مليارا»
    if told.frame == "object" or (told.participle and told.frame == "that" and not told.leads):
        return Complement(j, j) if _tells(line, j, told) else None
    return None


def _tells(line: Line, j: int, told: Telling) -> bool:
    return _tells_word(line, j, line.at(j), told)


def _tells_word(line: Line, j: int, word: str, told: Telling) -> bool:
    """Does a proposition begin with this noun, or is it only a thing?"""
    if not word or line.mark(j) or line.n - j < 2:
        return False
    if word in particles.NAME_ENDS or word in particles.NEGATIONS:
        return False
    if is_verbal_noun(word) or told.sense:
        return True
    stop = line.next_comma(j, line.n) or line.n
    if verbs.form_of(word):
        return False
    return stop - j >= 4 and (not definite(word) or any(line.texts[k][0].isdigit() for k in range(j, stop)))


def _sum_ahead(line: Line, j: int) -> bool:
    """Does a noun with its figure stand at j?"""
    if line.mark(j) or line.at(j) in particles.NAME_ENDS or line.at(j).endswith(("ه", "ها")) or verbs.form_of(line.at(j)):
        return False
    return any(line.texts[k][0].isdigit() for k in range(j + 1, min(line.n, j + 10)))


def past_occasions(line: Line, j: int) -> int:
    """Past dates, asides between commas, and when, where and to whom it was said."""
    limit = min(line.n, j + 30)
    while j < limit:
        word = line.texts[j]
        if line.comma(j):
            closing = None if _goes_on(line, j + 1) else line.next_comma(j + 1, limit)
            if closing is not None and not (_aside(line, j + 1) or _goes_on(line, closing + 1)):
                closing = None
            j = closing + 1 if closing is not None else j + 1
        elif j in line.after_date:
            j = line.after_date[j]
        elif word in _PLACE and (k := _past_place(line, j, limit)) is not None:
            j = k
        elif word in _MANNER:
            j += 1
        elif word in EMPHATIC:
            j += 2  # «نفيا قاطعا»
        elif word == '"' and line.closes.get(j, line.n) - j <= 3 and line.comma(line.closes.get(j, line.n) + 1):
            j = line.closes[j] + 1
        elif line.bracketed[j]:
            while j < line.n and line.bracketed[j]:
                j += 1
        elif word in {"المعروف", "المعروفة"} and line.closes.get(j + 2):
            j = line.closes[j + 2] + 1
        else:
            break
    return j


_PLACE = frozenset(
    {"في", "خلال", "عبر", "عقب", "امام", "بعد", "قبل", "مع", "لدي", "اثناء", "منذ", "ردا", "تعليقا", "للصحفيين", "للصحافيين"}
)
_MANNER = particles.folded("رسميا أيضا كذلك مجددا مؤخرا علنا بدوره بدورها صراحة اليوم أمس قطعيا بشدة جملة وتفصيلا")
EMPHATIC = particles.folded("نفيا إنكارا تكذيبا بشكل")


def _goes_on(line: Line, j: int) -> bool:
    """Behind an aside («، المدرجة في السوق،», «، فضل عدم ذكر اسمه،») the verb's own object goes on."""
    word = line.at(j)
    if word[:1] == "ب" and is_verbal_noun(word[1:]):
        return True
    return (is_verbal_noun(word) and not definite(word)) or (line.at(j) in {"عن", "من", "الي", "علي"} and is_verbal_noun(line.at(j + 1)))


def _aside(line: Line, j: int) -> bool:
    word = line.at(j)
    return (
        word in particles.PREPOSITIONS
        or j in line.after_date
        or word in titles.ROLES
        or word in reporting.ACCORDING
        or word in particles.NAME_ENDS
    )


def _past_place(line: Line, j: int, limit: int) -> int | None:
    """Past a preposition and its noun, up to a comma or an action."""
    k = j + 2
    while k < limit and not line.comma(k):
        if is_verbal_noun(line.texts[k]) or (line.texts[k] in {"عن", "الي", "علي", "من"} and is_verbal_noun(line.at(k + 1))):
            return k
        k += 1
    return k if k < line.n else None

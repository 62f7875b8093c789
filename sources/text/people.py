"""Who a noun phrase means: title and name apart, and short forms led back to the full name the article gave."""

# ruff: noqa: SIM905 (lists of words read better as words)

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale

from sources.text import lexicon, titles
from sources.text.folding import Folded
from sources.text.sentences import Word

_MARK = re.compile(r"\W+")
_LONGEST_NAME = 5
# Verbal nouns by their pattern, without the article: what is announced or expected, never a name.
_VERBAL_NOUN = re.compile(
    r"ا[^ا]{1}ت?[^ا]{1,2}ا[^اية]|ان[^ا]{2}ا[^ا]|است[^ا]{1,2}ا[^ا]ة?|ت[^ا]{2}ي[^اين]|ت[^ا]ا[^ا]{2}|ا[^ا]{2}ا[^ا]|قيام|مقتل|اصابة|زيادة|نمو|بدء|وصول|وقف|رفع|خفض|سحب|وفاة|"
    r"دخول|خروج|هبوط|صعود|سقوط|فوز|تحقيق|عودة|زيارة|وجود|حصول|حدوث|عقد|منح|فرض|ضبط|فتح|طرح|بيع|شراء|نشر|دعم|نقل|صدور|فقدان|نجاح|فشل|حجم|عدد|ان"
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: `type` as the claims know it, `name` as the article's fullest form, the mention's offsets here."""

    type: str
    name: str | None = None
    title: str | None = None
    start: int | None = None
    end: int | None = None


NARRATOR = Speaker("narrator")
PASSIVE = Speaker("unattributed_passive")


@cache
def _countries() -> frozenset[str]:
    from sources.text.folding import fold

    return frozenset(fold(name).text.split("(")[0].strip() for name in Locale("ar").territories.values()) | frozenset(
        name.lower() for name in Locale("en").territories.values()
    )


def is_mark(word: Word) -> bool:
    return not (word.text[0].isalnum() or word.text[0] == "_")


def bare(word: str) -> str:
    """A title word without its article, to compare."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def ends_name(word: str) -> bool:
    """A word no Arabic name goes on past."""
    if word in lexicon.ARABIC_NAME_ENDS or word in lexicon.ARABIC_THAT or word in lexicon.ARABIC_AND_THAT or word[0].isdigit():
        return True
    if word in titles.ROLES or word in titles.COUNTERPARTS or word in titles.GROUPS:
        return True
    verb = lexicon.ARABIC_VERBS.get(word)
    if verb and (verb.bare or verb.participle):
        return True
    if word[0] in "بلكو" and (word[1:3] == "ال" or (word.endswith("ة") and len(word) > 4) or word[1:] in lexicon.ARABIC_NAME_ENDS):
        return True
    if word.startswith("لل") and len(word) > 4:
        return True
    if word[0] in "بل" and len(word) > 4 and _VERBAL_NOUN.fullmatch(word[1:]):  # محمد الشريف بتعويض الأسر
        return True
    return (
        word.startswith(("سي", "ست")) and len(word) > 4 and word not in {"ستيفن", "سيرغي", "ستيف", "سيلفيو", "ستيفان", "سيباستيان"}
    ) or bool(_VERBAL_NOUN.fullmatch(word))


def phrase_end(words: list[Word], at: int, limit: int) -> tuple[int, int]:  # noqa: C901 (one grammar, read top to bottom)
    """Where the title and the whole noun phrase that opens at `at` end (word indices): titles, articles, then a name."""
    i = at
    head = bare(words[i].text) if i < limit else ""
    titled = i < limit and (words[i].text in titles.ROLES or words[i].text in titles.COUNTERPARTS)
    organised = not titled and i < limit and words[i].text in titles.ORGANISATIONS
    open_construct = False  # the last noun still waits for its complement
    if titled or organised:
        open_construct = not words[i].text.startswith("ال") and words[i].text not in titles.COUNTERPARTS and head == words[i].text
        i += 1
    while i < limit and (titled or organised):
        word = words[i].text
        if word == '"' and i + 1 < limit:  # وكالة "أسوشيتد برس" الأميركية
            close = next((j for j in range(i + 1, min(i + 6, limit)) if words[j].text == '"'), None)
            if close is None:
                break
            i, open_construct = close + 1, False
            continue
        if is_mark(words[i]):
            break
        if word in titles.OF or word in titles.AFTER_TITLE or (word in titles.ROLES and not word.startswith("ال") and open_construct):
            i, open_construct = i + 1, word not in titles.AFTER_TITLE
        elif word.startswith("ال") and len(word) > 3 and word not in lexicon.ARABIC_NAME_ENDS:
            i, open_construct = i + 1, False
        elif titled and word.startswith("لل") and len(word) > 4 and not open_construct:
            i += 1  # الأمين العام للأمم المتحدة
        elif titled and word == "في" and i + 2 < limit and words[i + 1].text.startswith("ال") and _named(words, i + 2, limit):
            i += 2  # كبيرة الاقتصاديين في البنك
        elif word.startswith("وال") and len(word) > 4 and not open_construct and words[i - 1].text.startswith("ال"):
            i += 1  # وزارة الصحة والسكان
        elif open_construct and not ends_name(word):
            i, open_construct = i + 1, False
        else:
            break
    title_end = i if titled else at
    if organised:
        return at, i
    name_from = i
    while i < limit and i - name_from < _LONGEST_NAME and not is_mark(words[i]) and not ends_name(words[i].text):
        i += 1
    return title_end, i


def _named(words: list[Word], at: int, limit: int) -> bool:
    """Does a name follow, past further definite words?"""
    while at < limit and words[at].text.startswith("ال"):
        at += 1
    return at < limit and not is_mark(words[at]) and not ends_name(words[at].text)


class People:
    """The persons and organisations an article names, and whom its short forms mean."""

    def __init__(self, original: str, folded: Folded, words: list[Word], language: str) -> None:
        self.original, self.folded, self.language = original, folded, language
        self.names: dict[tuple[str, ...], str] = {}  # any ending of a full name -> the name as written
        self.titles: dict[str, str] = {}
        self.roles: dict[tuple[str, ...], str] = {}
        self.organisations: dict[tuple[str, ...], str] = {}
        if language == "ar":
            self._read_arabic(words)
        else:
            self._read_english(words)

    def written(self, words: list[Word]) -> str:
        """Words as the article writes them, quotation marks left out."""
        kept = [self.original[slice(*self.folded.origin(w.start, w.end))] for w in words if w.text not in '"«»“”']
        joined = " ".join(kept).replace("\u0640", "")
        return re.sub(r" ([,،'’.)])", r"\1", joined).strip(" ,،")

    # ── Arabic

    def _read_arabic(self, words: list[Word]) -> None:
        last_role: tuple[str, ...] = ()
        found: list[tuple[tuple[str, ...], list[Word]]] = []
        i, n = 0, len(words)
        while i < n:
            word = _unprefixed(words[i].text)
            if word in titles.ROLES or word in titles.COUNTERPARTS:
                held = [Word(word, words[i].start, words[i].end), *words[i + 1 : i + 16]]
                title_end, end = phrase_end(held, 0, len(held))
                key = tuple(bare(w.text) for w in held[:title_end])
                if word in titles.COUNTERPARTS:
                    key = (*(last_role[:-1] if len(last_role) > 1 else last_role), *key[1:])
                elif key:
                    last_role = key
                if end > title_end:
                    found.append((key, held[title_end:end]))
                i += max(title_end, 1)
            elif word in titles.ORGANISATIONS:
                held = [Word(word, words[i].start, words[i].end), *words[i + 1 : i + 16]]
                _, end = phrase_end(held, 0, len(held))
                if end > 2:
                    name = [w for w in held[:end] if not is_mark(w)]
                    for k in range(1, len(name) - 1):
                        self.organisations.setdefault(
                            tuple(w.text for w in name[k:]), self.written([words[i], *held[1:end]])[len(words[i].text) - len(word) :]
                        )
                i += max(end, 1)
            else:
                i += 1
        self._settle(found)

    def _settle(self, found: list[tuple[tuple[str, ...], list[Word]]]) -> None:
        """Of several readings of one name ("X Y visits", "X Y yesterday") the part they share is the name."""
        groups: dict[tuple[str, ...], list[tuple[tuple[str, ...], list[Word]]]] = {}
        for key, name in found:
            groups.setdefault(tuple(w.text for w in name[:2]), []).append((key, name))
        for members in groups.values():
            shortest = min((name for _, name in members), key=len)
            length = 0
            while length < len(shortest) and len({name[length].text for _, name in members}) == 1:
                length += 1
            full = shortest[:length]
            if not full:
                continue
            self._remember(full)
            for key, _ in members:
                if key:
                    self.roles[key] = self.written(full)

    def _remember(self, full: list[Word]) -> None:
        texts = [w.text for w in full]
        for k in range(len(texts)):
            self.names.setdefault(tuple(texts[k:]), self.written(full))

    def who(self, words: list[Word]) -> Speaker | None:
        """The speaker these words name; None for none."""
        words = [w for w in words if w.text not in {",", "،", "("}]
        if not words:
            return None
        return self._arabic(words) if self.language == "ar" else self._english(words)

    def _arabic(self, words: list[Word]) -> Speaker | None:
        first = words[0].text
        start, end = words[0].start, words[-1].end
        as_read = self.written(words)
        if first.startswith("و") and (_unprefixed(first) != first):
            first = _unprefixed(first)
            words = [Word(first, words[0].end - len(first), words[0].end), *words[1:]]
            start, as_read = words[0].start, self.written(words)
        if first in titles.GROUPS:
            return Speaker("unnamed_group", as_read, None, start, end)
        if first in titles.ROLES or first in titles.COUNTERPARTS:
            return self._titled(words, as_read)
        if first in titles.ORGANISATIONS:
            _, stop = phrase_end(words, 0, len(words))
            plain = tuple(w.text for w in words if not is_mark(w))
            name = self.organisations.get(plain, self.written(words[:stop]) if stop else as_read)
            return Speaker("organisation", name, None, start, words[stop - 1].end if stop else end)
        return self._known(words) or Speaker(self._guess(words), as_read, None, start, end)

    def _titled(self, words: list[Word], as_read: str) -> Speaker:
        start, end = words[0].start, words[-1].end
        title_end, stop = phrase_end(words, 0, len(words))
        stop = stop or len(words)
        if stop > title_end:
            known = self._known(words[title_end:stop])
            name = known.name if known else self.written(words[title_end:stop])
            indefinite = bare(words[0].text) == words[0].text and title_end == 1
            if indefinite and not known:  # مسؤول أميركي: an adjective, not a name
                return Speaker("unnamed_role", as_read, None, start, end)
            return Speaker("person", name, self.written(words[:title_end]), start, words[stop - 1].end)
        key = tuple(bare(w.text) for w in words[:title_end])
        if (bare(words[0].text) != words[0].text or title_end > 1) and (name := self._role(key)):
            return Speaker("person", name, as_read, start, end)
        return Speaker("unnamed_role", as_read, None, start, end)

    def _role(self, key: tuple[str, ...]) -> str | None:
        if key in self.roles:
            return self.roles[key]
        if key[0] in {"متحدث", "ناطق", "مسؤول", "مصدر"} and len(key) > 1:
            return None
        close = {name for known, name in self.roles.items() if known[0] == key[0] and set(key) <= set(known)}
        return close.pop() if len(close) == 1 else None

    def _known(self, words: list[Word]) -> Speaker | None:
        texts = tuple(w.text for w in words if not is_mark(w))
        for length in range(len(texts), 0, -1):
            for person, names in ((True, self.names), (False, self.organisations)):
                if texts[:length] in names:
                    return Speaker(
                        "person" if person else "organisation",
                        names[texts[:length]],
                        None,
                        words[0].start,
                        words[length - 1].end if len(texts) == len(words) else words[-1].end,
                    )
        return None

    def _guess(self, words: list[Word]) -> str:
        text = " ".join(w.text for w in words)
        if text in _countries() or len(words) == 1 or words[0].text.startswith("ال"):
            return "organisation"
        return "person" if len(words) <= 4 else "organisation"

    # ── English

    def _read_english(self, words: list[Word]) -> None:
        i, n = 0, len(words)
        while i < n:
            if not _capital(words[i].text):
                i += 1
                continue
            j = i
            while j < n and (
                _capital(words[j].text)
                or (j > i and words[j].text in {"bin", "al", "de", "van", "von", "der", "of"} and j + 1 < n and _capital(words[j + 1].text))
            ):
                if j > i and words[j - 1].end + 2 < words[j].start:
                    break
                j += 1
            run = words[i:j]
            k = 0
            while k < len(run) and (run[k].text.lower() in titles.EN_ROLES | titles.EN_MODIFIERS or run[k].text in _SENTENCE_OPENERS):
                k += 1
            nationality = (
                1 if k < len(run) and k + 1 < len(run) and any(w.text.lower() in titles.EN_ROLES for w in run[k + 1 : k + 4]) else 0
            )
            if nationality:
                last = max(m for m in range(k, min(k + 5, len(run))) if run[m].text.lower() in titles.EN_ROLES)
                k = last + 1
            name = run[k:]
            if 2 <= len(name) <= 4 and not any(w.text.lower() in titles.EN_ORGANISATIONS or w.text == "of" for w in name):
                self._remember(name)
                if k:
                    self.roles[tuple(w.text.lower() for w in run[:k] if w.text not in _SENTENCE_OPENERS)] = self.written(name)
            i = max(j, i + 1)

    def _english(self, words: list[Word]) -> Speaker | None:
        if words[0].text.lower() in {"the", "a", "an"} and len(words) > 1:
            article, core = words[0].text.lower(), words[1:]
        else:
            article, core = "", words
        start, end = words[0].start, words[-1].end
        as_read = self.written(words)
        lower = [w.text.lower() for w in core]
        if lower[0] in {"he", "she", "they", "it", "i", "we", "who"}:
            return None
        of = next((i for i, w in enumerate(lower) if w in {"of", "for", "at", "in", "from", "with", "on", "who"}), len(lower))
        if any(w in titles.EN_GROUPS for w in lower[:of]):
            return Speaker("unnamed_group", as_read, None, start, end)
        role = max((i for i in range(of) if lower[i] in titles.EN_ROLES), default=None)
        organisation = any(w in titles.EN_ORGANISATIONS for w in lower[:of])
        if role is not None and role + 1 < of and _capital(core[role + 1].text):
            name = core[role + 1 : of]
            known = self.names.get(tuple(w.text for w in name))
            return Speaker("person", known or self.written(name), self.written(core[: role + 1]), start, end)
        if role is not None and not (organisation and role == 0):
            known = self.roles.get(tuple(lower[: role + 1]))
            if known and article != "a":
                return Speaker("person", known, self.written(core), start, end)
            return Speaker("unnamed_role", self.written(core), None, start, end)
        if known := self.names.get(tuple(w.text for w in core)):
            return Speaker("person", known, None, start, end)
        if organisation or article or len(core) == 1 or len(core) > 4 or not all(_capital(w.text) for w in core):
            return Speaker("organisation", self.written(core), None, start, end)
        if " ".join(lower) in _countries():
            return Speaker("organisation", self.written(core), None, start, end)
        return Speaker("person", self.written(core), None, start, end)


_SENTENCE_OPENERS = frozenset(
    ("The A An In On At But And However Meanwhile After Before When While As For He She They It His Her Their This That").split()
)


def _capital(word: str) -> bool:
    return word[:1].isupper()


def _unprefixed(word: str) -> str:
    """A word without the و, ف, ل or ب glued to it, only where what is left opens a title or a body's name."""
    if len(word) > 4 and word not in titles.ROLES and word not in titles.ORGANISATIONS:
        for rest in (word[1:], "ال" + word[2:] if word.startswith("لل") else ""):
            if word[0] in "وفلب" and (
                rest in titles.ROLES or rest in titles.ORGANISATIONS or rest in titles.COUNTERPARTS or rest in titles.GROUPS
            ):
                return rest
    return word

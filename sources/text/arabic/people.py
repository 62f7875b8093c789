"""Who an Arabic noun phrase means: the persons and bodies an article names, and its short forms led back to them."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from sources.text.arabic import names, titles
from sources.text.arabic.phrases import Phrase, definite, is_mark, phrase, unprefixed
from sources.text.arabic.reporting import UPON, telling
from sources.text.folding import Folded, fold
from sources.text.people import People
from sources.text.sentences import Word
from sources.text.speaker import Speaker

_LIKE_PREPOSITIONS = frozenset({"علي", "وعلي", "امام"})
_NEAREST = 40  # bearers of a title looked at: the article means one of the last
_LOOK = 26  # words after a title within which its name must stand


@dataclass(slots=True)
class _Named:
    """A person or body the article has named, with the words of title and name."""

    title: tuple[str, ...]
    words: list[Word]


def bare(word: str) -> str:
    """A word without its article, to compare titles."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


class ArabicPeople(People):
    """The persons, bodies and unnamed voices of one Arabic article."""

    def __init__(self, original: str, folded: Folded, words: list[Word]) -> None:
        super().__init__(original, folded, "ar")
        self.both = "ى" in original  # does its typist tell ى from ي?
        self.parts: set[str] = set()  # words that are part of a name
        self.bodies: dict[tuple[str, ...], str] = {}  # beginnings and endings of a body's name -> the name
        self.heads: dict[str, list[tuple[int, str]]] = {}  # «الوزارة» -> the ministries named, and where
        self.by_head: dict[str, list[tuple[int, tuple[str, ...], str]]] = {}
        self.bearers: list[tuple[int, tuple[str, ...], str]] = []  # where, title, name
        self.honoured: list[tuple[int, str, tuple[str, ...]]] = []  # where, «سعادة», the words of the name
        self.signed: dict[str, Speaker] = {}  # «معطيات» -> the body behind those told of last
        self.last: Speaker | None = None  # who spoke last, whom «المسؤول» means
        self.unnamed: dict[str, str] = {}  # «متحدث» -> the fullest words for an unnamed one
        self._read(words)

    # ── the whole article, once

    def _read(self, words: list[Word]) -> None:
        words = self.spelled(words)
        texts = [w.text for w in words]
        found: list[_Named] = []
        i, n = 0, len(words)
        last: tuple[str, ...] = ()
        while i < n:
            plain = unprefixed(texts[i])
            if (plain == "لي" and i and telling(texts[i - 1])) or not (
                plain in titles.ROLES or plain in titles.COUNTERPARTS or plain in titles.ORGANISATIONS or plain in names.GIVEN
            ):
                i += 1
                continue
            held = [plain, *texts[i + 1 : i + _LOOK]]
            read = phrase(held, 0, len(held))
            if read is None:
                i += 1
                continue
            if self._holds_object(texts, i, read):
                read = Phrase(read.start, read.end - 1, read.kind, read.name)
            glued = 0 if plain == texts[i] else max(0, words[i].end - words[i].start - len(plain))
            real = [Word(plain, words[i].start + glued, words[i].end), *words[i + 1 : i + read.end]]
            if read.kind == "person":
                key = tuple(bare(t) for t in held[: read.name])
                if key and plain in titles.COUNTERPARTS:
                    key = (*last[:1], *key[1:])
                last = key or last
                found.append(_Named(key, real[read.name : read.end]))
                self._honour(texts, i, found[-1])
                if not read.titled or plain in titles.HONORIFICS:
                    self._apposition(words, texts, i + read.end, found[-1])
            elif read.kind == "organisation":
                self._body(held[: read.end], real)
            elif read.kind == "role":
                last = tuple(bare(t) for t in held[: read.end])
                if not definite(plain) and read.end > 1:
                    self.unnamed.setdefault(plain, self.written(real))
                named = self._after_comma(words, texts, i + read.end)
                if named:
                    found.append(_Named(last, named))
            i += max(read.name if read.kind == "person" else read.end, 1)
        self._settle(found)

    def _holds_object(self, texts: list[str], at: int, read: Phrase) -> bool:
        """«اتهم النائب سامر عيد القضاة بـ»: the last word is whom he accuses."""
        end = at + read.end
        if read.kind != "person" or read.end - read.name < 3 or not definite(texts[end - 1]) or texts[end - 2] in names.NAME_PARTICLES:
            return False
        if texts[end - 1] in names.COMPOUNDS or end >= len(texts) or texts[end][0] != "ب" or len(texts[end]) < 2:
            return False
        before = next((k for k in range(at - 1, max(-1, at - 10), -1) if is_mark(texts[k]) or telling(texts[k])), None)
        told = telling(texts[before]) if before is not None else None
        return told is not None and told.lemma in UPON

    def _after_comma(self, words: list[Word], texts: list[str], at: int) -> list[Word]:
        """«وزير الطاقة، الأمير فهد، …»: the name that follows its title."""
        if at + 2 >= len(texts) or texts[at] not in {"،", ","}:
            return []
        held = texts[at + 1 : at + 9]
        read = phrase(held, 0, len(held))
        if read is not None and read.kind == "role" and at + 1 + read.end < len(texts) and texts[at + 1 + read.end] in {"،", ","}:
            return self._after_comma(words, texts, at + 1 + read.end)  # «الوزير الأول، وزير المالية، أيمن»
        if read is None or read.kind not in {"person", "other"} or read.end - read.name < 2 or definite(held[read.name]):
            return []
        if at + 1 + read.end >= len(texts) or texts[at + 1 + read.end] not in {"،", ",", "ان"}:
            return []
        return words[at + 1 + read.name : at + 1 + read.end]

    def _honour(self, texts: list[str], at: int, named: _Named) -> None:
        """«سعادة المهندس سالم», «صاحب السمو الشيخ زيد»: whom «سعادته», «سموه» means from here on."""
        honour = next(
            (bare(texts[k]).removeprefix("و") for k in range(max(0, at - 2), min(len(texts), at + 2)) if bare(texts[k]) in titles.HONOURS),
            None,
        )
        if honour:
            self.honoured.append((named.words[0].start, honour, tuple(w.text for w in named.words)))

    def _apposition(self, words: list[Word], texts: list[str], at: int, named: _Named) -> None:
        """«سامر الحلاق، وزير الزراعة، …»: the title that follows its name."""
        if at < len(texts) and texts[at] in titles.ROLES and not definite(texts[at]):
            at -= 1  # «سالم الحوسني وكيل وزارة النقل»
        elif not (at < len(texts) and texts[at] in {"،", ",", "(", "-", "–"}):
            return
        if at + 1 < len(texts) and texts[at + 1] in titles.ROLES:
            held = texts[at + 1 : at + 15]
            read = phrase(held, 0, len(held))
            if read and read.kind == "role":
                named.title = tuple(bare(t) for t in held[: read.end])

    def _settle(self, found: list[_Named]) -> None:
        """Of several readings of one name ("X Y visits", "X Y yesterday") the part they share is the name."""
        groups: dict[tuple[str, ...], list[_Named]] = {}
        for named in found:
            if len(named.words) > 1:
                groups.setdefault(tuple(w.text for w in named.words[:2]), []).append(named)
        for members in groups.values():
            shortest = min((m.words for m in members), key=len)
            length = 2
            while length < len(shortest) and len({m.words[length].text for m in members}) == 1:
                length += 1
            if shortest[length - 1].text in names.NAME_PARTICLES and length < len(shortest):
                length += 1
            full = shortest[:length]
            name = self.written(full)
            self._remember([w.text for w in full], name)
            for member in members:
                if member.title:
                    self.roles[member.title] = name
                    self.bearers.append((member.words[0].start, member.title, name))
        for named in found:
            if len(named.words) == 1 and named.title:
                known = self.names.get((named.words[0].text,))
                if known:
                    self.roles[named.title] = known
                    self.bearers.append((named.words[0].start, named.title, known))
        self.bearers.sort()
        for where, title, name in self.bearers:
            for head in {title[0], title[-1]}:
                self.by_head.setdefault(head, []).append((where, title, name))

    def _remember(self, texts: Sequence[str], name: str) -> None:
        for k in range(len(texts)):
            self.names.setdefault(tuple(texts[k:]), name)
        self.parts.update(t for t in texts if t not in names.NAME_PARTICLES)

    def _body(self, held: list[str], real: list[Word]) -> None:
        plain = [t for t in held if not is_mark(t)]
        name = self.written(real)
        if len(plain) < 2:
            return
        for k in range(1, len(plain)):
            ending = tuple(plain[k:])
            if len(ending) > 1 or (len(plain) == 2 and not definite(plain[1]) and plain[1] not in names.countries()):
                self.bodies.setdefault(ending, name)
        head = bare(plain[0])
        self.heads.setdefault("ال" + head, []).append((real[0].start, name))

    def spelled(self, words: list[Word]) -> list[Word]:
        """The words: «د.» one of them, the name «علي» told from the preposition where the typist does."""
        words = _ranks_whole(words)
        if not self.both:
            return words
        return [Word(names.spelled(w.text, self.as_typed(w)), w.start, w.end) if w.text in _LIKE_PREPOSITIONS else w for w in words]

    def as_typed(self, word: Word) -> str:
        """The word as typed, «للهيئة» read as «الهيئة» where the article was asked for."""
        typed = super().as_typed(word)
        return "ا" + typed[1:] if word.text.startswith("ال") and typed.startswith("لل") else typed

    def passive(self, word: Word) -> bool:
        """Is it vowelled as a passive («ذُكر», «أُعلن»)?"""
        return "\u064f" in self.as_typed(word)[:3]

    # ── one phrase

    def speaker(self, words: Sequence[Word], read: Phrase) -> Speaker:
        """Whom a phrase over these words means."""
        mine = list(words[read.start : read.end])
        start, end = mine[0].start, mine[-1].end
        if read.kind == "person":
            return self._person(words, read, start, end)
        if read.kind == "role":
            return self._role([w.text for w in mine], self.written(mine), start, end)
        if read.kind == "group":
            return Speaker("unnamed_group", _nominative(self.written(mine)), None, start, end)
        if read.kind in {"organisation", "document"}:
            opened = next((k for k, w in enumerate(mine) if w.text == "(" and k > 1), len(mine))
            mine = mine[:opened]
            return Speaker("organisation", self._body_name([w.text for w in mine], self.written(mine), start), None, start, end)
        return self._other([w.text for w in mine], self.written(mine), start, end)

    def person(self, words: list[Word]) -> str:
        """The full name of somebody named in these words."""
        return self._person(words, Phrase(0, len(words), "person", 0), words[0].start, words[-1].end).name or ""

    def _person(self, words: Sequence[Word], read: Phrase, start: int, end: int) -> Speaker:
        title = self.written(list(words[read.start : read.name])) or None
        texts = tuple(w.text for w in words[read.name : read.end] if not is_mark(w.text))
        for length in range(len(texts), 0, -1):
            if texts[:length] in self.names:
                return Speaker("person", self.names[texts[:length]], title, start, words[read.name + length - 1].end)
        return Speaker("person", self.written(list(words[read.name : read.end])), title, start, end)

    def _role(self, texts: list[str], as_read: str, start: int, end: int) -> Speaker:
        key = tuple(bare(t) for t in texts)
        known = definite(texts[0]) or any(definite(t) for t in texts[1:]) or (len(texts) == 2 and texts[1] in self.parts)
        if known and (name := self._bearer(key, start)):
            return Speaker("person", name, as_read, start, end)
        if definite(texts[0]) and len(texts) == 1 and bare(texts[0]) in _ANYBODY and self.last and self.last.type == "person":
            return Speaker("person", self.last.name, as_read, start, end)
        if definite(texts[0]) and len(texts) == 1 and bare(texts[0]) in self.unnamed:
            return Speaker("unnamed_role", self.unnamed[bare(texts[0])], None, start, end)
        return Speaker("unnamed_role", _accusative_off(texts, as_read), None, start, end)

    def _bearer(self, key: tuple[str, ...], at: int) -> str | None:
        """Who bears this title: the nearest named before, else the first after."""
        spokesman = key[0] in {"متحدث", "متحدثة", "ناطق", "ناطقة", "مسؤول", "مسؤولة", "مصدر"}
        named = self.by_head.get(key[0], [])
        here = bisect_left(named, (at, (), ""))
        nearest = [*reversed(named[max(0, here - _NEAREST) : here]), *named[here : here + _NEAREST]]
        for _, known, name in nearest:
            if known == key or (not (spokesman and len(key) > 1) and set(key) <= set(known) and (known[0] == key[0] or len(key) == 1)):
                return name
        return None

    def bearer(self, heads: Sequence[str], at: int) -> Speaker | None:
        """The person named last before `at` with one of these titles anywhere in theirs."""
        here = bisect_left(self.bearers, (at, (), ""))
        named = self.bearers[max(0, here - _NEAREST) : here]
        name = next((name for _, title, name in reversed(named) if any(head in title for head in heads)), None)
        return Speaker("person", name) if name else None

    def honoured_before(self, honour: str, at: int) -> Speaker | None:
        """The person named last before `at` with this honour in front."""
        for where, known, words in reversed(self.honoured):
            if where < at and known == honour:
                return Speaker("person", self.names.get(words) or next((n for k, n in self.names.items() if k == words[: len(k)]), None))
        return None

    def _body_name(self, texts: list[str], as_read: str, at: int) -> str:
        plain = [t for t in texts if not is_mark(t)]
        if len(plain) == 1 and definite(plain[0]):
            return self._nearest(plain[0], at) or as_read
        return self.bodies.get(tuple(plain), as_read)

    def _nearest(self, head: str, at: int) -> str | None:
        """The body of this sort named last before, else the first after."""
        named = self.heads.get(head)
        if not named:
            return None
        return named[max(0, bisect_left(named, (at, "")) - 1)][1]

    def _other(self, texts: list[str], as_read: str, start: int, end: int) -> Speaker:
        key = tuple(t for t in texts if not is_mark(t))
        if key in self.names:
            return Speaker("person", self.names[key], None, start, end)
        if key in self.bodies or texts[0] in self.heads:
            name = self.bodies.get(key) or (self._nearest(texts[0], start) if len(key) == 1 else None)
            return Speaker("organisation", name or as_read, None, start, end)
        joined = " ".join(key)
        if joined in names.countries() or len(key) == 1 or definite(key[0]) or len(key) > 4:
            return Speaker("organisation", as_read, None, start, end)
        return Speaker("person", as_read, None, start, end)


_ANYBODY = frozenset(
    "مسؤول مسؤولة متحدث متحدثة مصدر قيادي قيادية دبلوماسي دبلوماسية خبير خبيرة محلل محللة باحث باحثة مسئول ناطق ناطقة ناشط ناشطة".split()
)


def _ranks_whole(words: list[Word]) -> list[Word]:
    """«د.», «أ.د.» before a name as one word that stands for the rank."""
    found: list[Word] = []
    for i, word in enumerate(words):
        if word.text == "." and found and found[-1].end == word.start and i + 1 < len(words):
            rank, following = _SHORT_RANKS.get(found[-1].text.removeprefix("و").removeprefix("ل")), words[i + 1]
            if rank and not is_mark(following.text) and 0 <= following.start - word.end <= 1 and _names(found[-1].text, following.text):
                found[-1] = Word(rank, found[-1].start + len(found[-1].text) - len(_bare_rank(found[-1].text)), word.end)
                continue
        found.append(word)
    return found


def _names(short: str, following: str) -> bool:
    """A glued و makes a word of it («ود»), so that only a given name shows the rank."""
    return short in _SHORT_RANKS or following in names.GIVEN


def _bare_rank(short: str) -> str:
    return short if short in _SHORT_RANKS else short[1:]


_SHORT_RANKS = {"د": "الدكتور", "ا": "الأستاذ", "م": "المهندس", "ا.د": "الدكتور", "ا.م": "الدكتور", "ا.م.د": "الدكتور", "ش": "الشيخ"}
_SHORT_RANKS = {short: fold(rank).text for short, rank in _SHORT_RANKS.items()}


def _accusative_off(texts: list[str], words: str) -> str:
    """«مسؤولا أمنيا» (after «إن») as the subject it is: «مسؤول أمني»."""
    parts = words.split(" ")
    if len(parts) != len(texts) or fold(parts[0]).text.removesuffix("ا") not in titles.ROLES or not fold(parts[0]).text.endswith("ا"):
        return words
    return " ".join(re.sub("[اًً]+$", "", part) if fold(part).text.endswith("ا") else part for part in parts)


def _nominative(words: str) -> str:
    """«متعاملين أوروبيين» as the subject it is: «متعاملون أوروبيون»."""
    parts = words.split(" ")
    if parts[0].endswith("ين") and fold(parts[0][:-2] + "ون").text in titles.GROUPS:
        parts = [part[:-2] + "ون" if part.endswith("ين") else part for part in parts]
    return " ".join(parts)

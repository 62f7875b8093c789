"""Speech in an Arabic sentence: verb or participle or "according to", its subject, and the clause or quote it governs."""

from bisect import bisect_left
from dataclasses import dataclass

from sources.text import lexicon, titles
from sources.text.clauses import arabic_clauses, finite
from sources.text.people import PASSIVE, People, Speaker, bare, ends_name, is_mark, phrase_end
from sources.text.sentences import Sentence, Word
from sources.text.utterances import Memory, Said, mode_of, quote_end, trimmed

_REACH = 26  # words between a verb and its "that"
_COMMAS = {"،", ",", "؛", ";"}
_OCCASIONS = {
    "تصريح",
    "تصريحات",
    "بيان",
    "مؤتمر",
    "مقابلة",
    "كلمة",
    "خطاب",
    "حديث",
    "حوار",
    "تقرير",
    "تغريدة",
    "منشور",
    "جلسة",
    "رسالة",
    "افادة",
    "لقاء",
    "اجتماع",
    "وقت",
    "ختام",
    "مستهل",
    "بداية",
}
_HIS_SAYING = {"قوله", "قولها", "قولهم", "قولهما", "تاكيده", "تاكيدها"}
_PREPOSITIONS = {
    "في",
    "خلال",
    "على",
    "علي",
    "الي",
    "عن",
    "من",
    "عبر",
    "امام",
    "عقب",
    "بعد",
    "قبل",
    "مع",
    "لدي",
    "اثناء",
    "منذ",
    "حول",
    "ل",
    "ضد",
}


@dataclass(slots=True)
class Cue:
    """One act of speech found: its word, its subject's words, where its content lies (word indices)."""

    at: int
    opens: int  # where its clause begins
    content: int
    quote_close: int | None
    verb: lexicon.Verb
    speaker: Speaker | None
    carried: bool = False
    reported_by: str | None = None
    ends: int | None = None


def read(text: str, sentence: Sentence, people: People, dates: list[tuple[int, int]], memory: Memory) -> list[Said]:
    """What is said in one sentence, in order."""
    return _Reading(text, sentence, people, dates, memory).said()


def _without_object(word: str) -> tuple[str, ...]:
    return (word, word[:-1], word[:-2]) if word.endswith(("ه", "ها", "هم")) else (word,)


class _Reading:
    def __init__(self, text: str, sentence: Sentence, people: People, dates: list[tuple[int, int]], memory: Memory) -> None:
        self.text, self.words, self.people, self.memory = text, sentence.words, people, memory
        self.n = len(self.words)
        self.dates = dates
        self.quoted = [False] * self.n
        inside = False
        for i, word in enumerate(self.words):
            if word.text == '"':
                inside = not inside
            self.quoted[i] = inside

    def said(self) -> list[Said]:
        cues = self._cues()
        found: list[Said] = []
        done = 0
        for k, cue in enumerate(cues):
            if cue.ends is not None and cue.content < cue.at:  # "…, according to X"
                found += self._content(cue, max(done, cue.content), cue.at)
                done = cue.ends
                continue
            if cue.opens > done and not self._adverbial_lead(done, cue.opens):
                found += self._narrated(done, cue.opens)
            limit = cues[k + 1].opens if k + 1 < len(cues) else self.n
            end = min(cue.quote_close, limit) if cue.quote_close is not None else limit
            if cue.verb.frame != "topic":
                found += self._content(cue, cue.content, end)
            done = max(done, limit if cue.quote_close is None or limit - end < 3 else end)
        if done < self.n:
            found += self._narrated(done, self.n) if not cues else self._tail(cues[-1], done)
        return found

    # ── cues

    def _cues(self) -> list[Cue]:
        cues: list[Cue] = []
        i = 0
        while i < self.n:
            cue = None if self.quoted[i] or self.words[i].text == '"' else self._cue(i, cues[-1].content if cues else 0)
            if cue is None:
                i += 1
                continue
            cues.append(cue)
            if cue.speaker and cue.speaker is not PASSIVE:
                self.memory.speaker = cue.speaker
            i = max(i + 1, (cue.ends or 0), cue.content + 1 if cue.content > i else 0)
        return cues

    def _cue(self, i: int, floor: int) -> Cue | None:
        word = self.words[i].text
        before = self.words[i - 1].text if i else ""
        if word in lexicon.ARABIC_ACCORDING:
            return self._according(i, floor)
        if (cue := self._impersonal(i)) is not None:
            return cue
        verb = lexicon.ARABIC_VERBS.get(word)
        if verb is None or before in lexicon.ARABIC_NEGATIONS or (before in lexicon.ARABIC_RELATIVES and before not in {"كما", "وكما"}):
            return None
        if verb.frame == "relay":
            return self._relay(i, verb)
        return self._verb(i, verb, floor)

    def _verb(self, i: int, verb: lexicon.Verb, floor: int) -> Cue | None:  # noqa: C901 (the order of the readings is the point)
        subject = self._subject_after(i, verb)
        j = subject[1] if subject else i + 1
        bound = self._bound(j, i)
        opens = i
        if bound is None and subject and i > 3 and self.words[i - 1].text in _COMMAS and self.words[i - 2].text == '"':
            opened = next((k for k in range(i - 3, max(-1, i - 60), -1) if self.words[k].text == '"'), None)
            if opened is not None and opened >= floor and verb.frame in {"that", "object"}:  # "…"، قال الزعيم
                return Cue(i, opened, opened + 1, None, verb, self.people.who(self.words[slice(*subject)]), ends=j)
        speaker = self.people.who(self.words[slice(*subject)]) if subject else None
        if speaker is None and (earlier := self._subject_before(i, floor)) and not verb.participle:
            speaker = self.people.who(self.words[slice(*earlier)])
            opens = earlier[0] if speaker else i
        carried = speaker is None
        at_clause_start = (
            i == 0 or opens < i or self.words[i - 1].text in _COMMAS or self.words[i].text[0] in "وف" or self._only_adverbs_before(i)
        )
        if bound is None or not self._adverbial(j, bound):
            if verb.participle and verb.frame == "that" and self._clause_edge(i):
                content = self._object(j)
            elif (
                verb.bare
                and at_clause_start
                and verb.frame in {"object", "position", "topic"}
                and (not verb.participle or self._clause_edge(i))
            ):
                content = opens if verb.frame == "position" and not subject else i if verb.frame == "position" else self._object(j)
            elif bound is None or not verb.bare or bound - i > 14:
                return None
            else:
                content = bound + 1
        elif verb.frame == "position":
            content = min(i, opens)
        else:
            content = bound + 1
        if content >= self.n:
            return None
        speaker = speaker or self.memory.speaker
        if carried and (not verb.participle and not self._refers_back(i, verb)):
            speaker = PASSIVE if bound is not None and bound == i + 1 and verb.sense == "prediction" else speaker
        if speaker is None:
            speaker = PASSIVE
        close = None
        if verb.frame != "position" and content < self.n and bound is not None and content == bound + 1:
            content, close = self._quoted_from(content, bound)
        return Cue(i, opens, content, close, verb, speaker, carried)

    def _quoted_from(self, content: int, bound: int) -> tuple[int, int | None]:
        """A colon or bare quote gives the words in quotes; after "that" a quote is only part of the clause."""
        if self.words[bound].text == '"':
            return content, quote_end(self.words, bound, self.n)
        if self.words[bound].text == ":" and self.words[content].text == '"':
            return content + 1, quote_end(self.words, content, self.n)
        return content, None

    def _refers_back(self, i: int, verb: lexicon.Verb) -> bool:
        return self.words[i].text[0] in "وف" and self.words[i].text[1:] in lexicon.ARABIC_VERBS

    def _clause_edge(self, i: int) -> bool:
        return i > 0 and (self.words[i - 1].text in _COMMAS or self.words[i].text.startswith("و") or self.words[i - 1].text == '"')

    def _only_adverbs_before(self, i: int) -> bool:
        return i <= 2 and all(w.text in lexicon.ARABIC_ADVERBS_FIRST or is_mark(w) for w in self.words[:i])

    def _bound(self, j: int, verb_at: int) -> int | None:
        """Where the content is announced: "that", a colon or an opening quote."""
        k = j
        while k < min(self.n, verb_at + _REACH):
            word = self.words[k].text
            if word in lexicon.ARABIC_THAT or word == ":":
                return k
            if word == '"':
                close = quote_end(self.words, k, min(self.n, k + 6))
                named = self.words[k - 1].text in titles.ORGANISATIONS or self.words[k - 1].text in titles.CARRIERS
                announced = close + 1 < self.n and self.words[close].text == '"' and self.words[close + 1].text in lexicon.ARABIC_THAT
                if named or announced:  # منصة "إكس" إن
                    k = close + 1
                    continue
                return k
            other = lexicon.ARABIC_VERBS.get(word)
            if (other and (other.bare or other.participle) and self._clause_edge(k)) or word == "؛":
                return None
            k += 1
        return None

    def _adverbial(self, j: int, bound: int) -> bool:
        """Between a subject and "that" only when, where and to whom may stand."""
        if bound - j <= 1:
            return True
        first = self.words[j].text
        return (
            first in _PREPOSITIONS or first in _COMMAS or first in lexicon.ARABIC_NAME_ENDS or self._date_at(j) is not None
            or first.startswith(("ل", "ب", "(")) or first in titles.ROLES
        )  # fmt: skip

    def _object(self, j: int) -> int:
        """Where a noun object begins, dates and occasions passed over."""
        while j < self.n:
            word = self.words[j].text
            if word in _COMMAS:
                j += 1
            elif (past := self._date_at(j)) is not None:
                j = past
            elif word in {"في", "خلال", "عبر", "عقب", "علي"} and j + 1 < self.n and bare(self.words[j + 1].text) in _OCCASIONS:
                comma = next((k for k in range(j, min(self.n, j + 12)) if self.words[k].text in _COMMAS), None)
                j = comma if comma is not None else j + 2
                if comma is None:
                    break
            elif word in {"الي", "علي", "عن", "من"}:
                return j + 1
            else:
                break
        return j

    def _date_at(self, j: int) -> int | None:
        """The word after a date that begins at word j (or one word on, "يوم", "في"), else None."""
        for ahead in (0, 1):
            if j + ahead >= self.n:
                return None
            start = self.words[j + ahead].start
            k = bisect_left(self.dates, (start, 0))
            if (
                k < len(self.dates)
                and self.dates[k][0] == start
                and (ahead == 0 or self.words[j].text in {"يوم", "مساء", "صباح", "ظهر", "في"})
            ):
                return next((m for m in range(j, self.n) if self.words[m].start >= self.dates[k][1]), self.n)
        return None

    # ── subjects

    def _subject_after(self, i: int, verb: lexicon.Verb) -> tuple[int, int] | None:
        if verb.participle:
            return None
        k = i + 1
        # A preposition typed twice ("أعربت عن X عن قلقها"): the subject stands between.
        if (
            k < self.n
            and self.words[k].text == "عن"
            and any(w.text == "عن" for w in self.words[k + 2 : k + 8])
            and self.words[i + 2].text.startswith("ال")
        ):
            k += 1
        if k >= self.n or is_mark(self.words[k]) or self._date_at(k) is not None:
            return None
        _, end = phrase_end(self.words, k, self.n)
        if end == k:
            if self.words[k].text in titles.GROUPS:
                end = k + 1
                while end < self.n and end < k + 4 and not is_mark(self.words[end]) and not ends_name(self.words[end].text):
                    end += 1
                return k, end
            return None
        # وزير الطاقة، الأمير X، إن
        if end + 2 < self.n and self.words[end].text in _COMMAS and self.words[k].text in titles.ROLES and self._date_at(end + 1) is None:
            _, stop = phrase_end(self.words, end + 1, self.n)
            if (
                stop > end + 1
                and stop < self.n
                and (self.words[stop].text in _COMMAS or self.words[stop].text in lexicon.ARABIC_THAT)
                and self.words[end + 1].text not in lexicon.ARABIC_VERBS
            ):
                return k, stop
        return k, end

    def _subject_before(self, i: int, floor: int) -> tuple[int, int] | None:
        stop = i - 1 if i and self.words[i - 1].text in _COMMAS else i
        start = stop
        while start > max(floor, stop - 16) and self.words[start - 1].text not in {*_COMMAS, ":", "؛", "."}:
            start -= 1
        while start < stop and self.words[start].text in {"لكن", "ولكن", "فيما", "بينما", "كما", "و", "("}:
            start += 1
        if not 0 < stop - start <= 14:  # a longer stretch is no subject, and looking further would cost the square
            return None
        first = self.words[start].text
        if (
            first in lexicon.ARABIC_ADVERBS_FIRST
            or first in lexicon.ARABIC_NAME_ENDS
            or first in lexicon.ARABIC_VERBS
            or first in lexicon.ARABIC_PAST
            or first[0].isdigit()
        ):
            return None
        return start, stop

    # ── other ways of telling

    def _according(self, i: int, floor: int) -> Cue | None:
        k = i + 1
        if k < self.n and self.words[k].text in {"ل", "ما", "لما"}:
            k += 1
        if k < self.n and k > i + 1 and any(form in lexicon.ARABIC_VERBS for form in _without_object(self.words[k].text)):
            k += 1
        while k < self.n and self.words[k].text in {"به", "عنه", "عن"}:
            k += 1
        if k >= self.n or is_mark(self.words[k]):
            return None
        words = [self._without_preposition(self.words[k]), *self.words[k + 1 : min(self.n, k + 40)]]
        comma = next((m for m, w in enumerate(words) if w.text in _COMMAS or w.text == "."), len(words))
        _, end = phrase_end(words, 0, len(words))
        speaker = self.people.who(words[: min(end or comma, comma)] or words[:1])
        verb = lexicon.Verb("وفق", "that")
        if speaker is None or speaker.type not in {"person", "organisation", "unnamed_role", "unnamed_group"}:
            return None
        if i <= 1 or (i - floor <= 1 and floor):
            if comma >= len(words) - 1:
                return None
            return Cue(i, i, k + comma + 1, None, verb, speaker)
        start = floor
        return Cue(i, start, start, None, verb, speaker, ends=k + max(end, 1)) if start < i else None

    def _without_preposition(self, word: Word) -> Word:
        text = word.text
        if text.startswith("لل") and len(text) > 4:
            return Word("ال" + text[2:], word.start, word.end)
        if text.startswith("ل") and len(text) > 3 and self.words and not text.startswith(("لي", "لو", "لن", "لا")):
            return Word(text[1:], word.start + 1, word.end)
        return word

    def _impersonal(self, i: int) -> Cue | None:
        word, before = self.words[i].text, self.words[i - 1].text if i else ""
        if (
            word.startswith("وصف")
            and before in {"فيما", "ما"}
            and self.words[i + 1 : i + 2]
            and self.words[i + 1].text in {"بانه", "بانها"}
        ):
            return Cue(i, i - 1, i, None, lexicon.Verb("وصف", "that"), PASSIVE)
        tied = before in {"من", "ومن"} and word in lexicon.ARABIC_IMPERSONAL
        if not tied or (i > 1 and not (is_mark(self.words[i - 2]) or self.words[i - 2].text in {"كما", "لكن"})):
            return None
        that = next((k for k in range(i + 1, min(self.n, i + 6)) if self.words[k].text in lexicon.ARABIC_THAT), None)
        if that is None or that + 1 >= self.n:
            return None
        return Cue(i, i - 1, that + 1, None, lexicon.Verb("توقع", "that", "prediction"), PASSIVE)

    def _relay(self, i: int, verb: lexicon.Verb) -> Cue | None:
        """وَنقلت وكالة X عن Y قوله إن: Y speaks, X carries."""
        about = next((k for k in range(i + 1, min(self.n, i + 10)) if self.words[k].text == "عن"), None)
        if about is None or about + 1 >= self.n:
            return None
        saying = next(
            (
                k
                for k in range(about + 2, min(self.n, about + 18))
                if self.words[k].text in _HIS_SAYING or self.words[k].text in lexicon.ARABIC_THAT
            ),
            None,
        )
        if saying is None:
            return None
        bound = self._bound(saying, saying)
        if bound is None or bound + 1 >= self.n:
            return None
        carrier = self.people.who(self.words[i + 1 : about])
        speaker = self.people.who(self.words[about + 1 : saying])
        content, close = self._quoted_from(bound + 1, bound)
        return Cue(i, i, content, close, verb, speaker or PASSIVE, reported_by=carrier.name if carrier else None)

    # ── content

    def _content(self, cue: Cue, begin: int, end: int) -> list[Said]:
        cue_span = (self.words[cue.at].start, self.words[cue.at].end)
        around = (
            self.words[cue.opens].start,
            self.words[max(cue.content, cue.opens)].start if cue.content > cue.at else self.words[min(end, self.n - 1)].end,
        )
        said = []
        speaker = cue.speaker or PASSIVE
        for first, last in arabic_clauses(self.words, begin, end, together=cue.verb.frame == "position"):
            start, stop = trimmed(self.text, self.words[first].start, self.words[last - 1].end)
            if cue.verb.frame == "position" or first == 0:
                start = _unglued(self.text, self.words[first], start)
            if last - first >= 2 and start < stop:
                mode = mode_of(self.text, start, stop)
                said.append(
                    Said(start, stop, speaker, mode, cue_span, cue.verb.frame, cue.verb.sense, cue.carried, cue.reported_by, around)
                )
        return said

    def _adverbial_lead(self, begin: int, end: int) -> bool:
        """In a statement, on Friday, …: it only says when and where the words fell."""
        first = self.words[begin].text
        if first not in _PREPOSITIONS and first[1:] not in _PREPOSITIONS:
            return False
        pairs = (
            (self.words[k].text, self.words[k + 1].text if k + 1 < end else "")
            for k in range(begin + 1, end)
            if self.words[k - 1].text in _COMMAS
        )
        return not any(finite(word, after) for word, after in pairs)

    def _tail(self, cue: Cue, done: int) -> list[Said]:
        """After a closed quote a further clause is the narrator's; a few words are none."""
        return self._narrated(done, self.n) if self.n - done > 5 else []

    def _narrated(self, begin: int, end: int) -> list[Said]:
        said = []
        for first, last in arabic_clauses(self.words, begin, end, narrated=True):
            first = _past_connectors(self.words, first, last)
            start, stop = trimmed(self.text, self.words[first].start, self.words[last - 1].end) if first < last else (0, 0)
            if last - first >= 4 and start < stop and not _refused(self.words[first:last]):
                said.append(Said(_unglued(self.text, self.words[first], start), stop))
        return said


def _unglued(text: str, word: Word, start: int) -> int:
    """Past a و or ف glued to a first word that is known without it."""
    if start != word.start or word.text[0] not in "وف" or len(word.text) < 3:
        return start
    rest = word.text[1:]
    known = (
        rest in lexicon.ARABIC_PAST
        or rest in lexicon.ARABIC_VERBS
        or rest in lexicon.ARABIC_ADVERBS_FIRST
        or rest in lexicon.ARABIC_NAME_ENDS
    )
    verbal = rest.startswith(("ال", "سي", "ست")) or (rest.endswith("ت") and len(rest) > 3)
    if known or verbal or rest in titles.ROLES or rest in titles.ORGANISATIONS:
        return start + 1 if word.text not in lexicon.ARABIC_PAST else start
    return start


_CONNECTORS = {
    "كما",
    "لكن",
    "ولكن",
    "فيما",
    "بينما",
    "حيث",
    "ايضا",
    "كذلك",
    "وكذلك",
    "وبينما",
    "وفيما",
    "الا",
    "غير",
    "ان",
    "وذلك",
    "ذلك",
    "ثم",
    "و",
}
_MARKERS = (
    {"من", "جهة", "اخري"},
    {"في", "المقابل"},
    {"من", "ناحية", "اخري"},
    {"من", "جانبه"},
    {"من", "جهته"},
    {"الي", "ذلك"},
    {"في", "هذا", "السياق"},
    {"في", "السياق", "ذاته"},
    {"في", "سياق", "متصل"},
    {"علي", "صعيد", "اخر"},
)


def _past_connectors(words: list[Word], first: int, last: int) -> int:
    while first < last and (words[first].text in _CONNECTORS or is_mark(words[first])):
        first += 1
    comma = next((k for k in range(first, min(last, first + 4)) if words[k].text in _COMMAS), None)
    if comma is not None:
        marker = {w.text for w in words[first:comma]}
        if any(marker == known or {w.removeprefix("و") for w in marker} == known for known in _MARKERS):
            return comma + 1
    return first


def _refused(words: list[Word]) -> bool:
    """A speech act that did not happen: "did not disclose", "declined to comment"."""
    texts = [w.text for w in words]
    for i, word in enumerate(texts[:-1]):
        if word in lexicon.ARABIC_NEGATIONS and texts[i + 1] in lexicon.ARABIC_VERBS:
            return True
        if word.lstrip("و") in {"رفض", "رفضت", "امتنع", "امتنعت"} and bare(texts[i + 1]) in {"تعليق", "افصاح", "كشف", "عن"}:
            return True
    return False

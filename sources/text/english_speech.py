"""Speech in an English sentence: "X said that …", "…, said X", "…," X said, "according to X"."""

from bisect import bisect_left

from sources.text import lexicon
from sources.text.clauses import english_clauses
from sources.text.people import PASSIVE, People, Speaker
from sources.text.sentences import Sentence
from sources.text.utterances import Memory, Said, mode_of, quote_end, trimmed

_COMMAS = {",", ";", "–", "—"}
_ADVERBIAL = frozenset(
    [
        "in",
        "on",
        "at",
        "after",
        "before",
        "during",
        "while",
        "when",
        "as",
        "according",
        "meanwhile",
        "however",
        "with",
        "by",
        "for",
        "from",
        "since",
        "despite",
        "although",
        "if",
        "under",
        "over",
        "amid",
        "following",
        "earlier",
        "later",
        "separately",
        "there",
        "here",
        "yesterday",
        "today",
    ]
)
_OPENERS = frozenset(["but", "and", "however", "meanwhile", "while", "yet", "still", "so", "also"])
_LEFT_OF_VERB = frozenset(
    [
        "also",
        "later",
        "earlier",
        "then",
        "has",
        "have",
        "had",
        "repeatedly",
        "again",
        "previously",
        "recently",
        "further",
        "himself",
        "herself",
        "themselves",
        "would",
        "will",
        "could",
        "did",
        "that",
        "who",
        "which",
    ]
)
_BETWEEN = frozenset(
    [
        "on",
        "in",
        "at",
        "to",
        "during",
        "after",
        "before",
        "late",
        "early",
        "earlier",
        "later",
        "yesterday",
        "today",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "last",
        "this",
        "via",
        "by",
        "from",
        "for",
        "with",
        "reporters",
        "lawmakers",
        "journalists",
        "parliament",
        "again",
        "out",
        "that",
    ]
)
_BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "'s", "'re"])
_NOT = frozenset(
    ["not", "never", "didn't", "doesn't", "don't", "n't", "hasn't", "haven't", "refused", "declined", "won't", "wouldn't", "to"]
)
_SUBJECT_ENDS = frozenset(
    [
        "in",
        "on",
        "at",
        "during",
        "after",
        "before",
        "to",
        "as",
        "while",
        "when",
        "who",
        "which",
        "told",
        "adding",
        "from",
        "late",
        "early",
        "yesterday",
        "today",
    ]
)


def read(text: str, sentence: Sentence, people: People, dates: list[tuple[int, int]], memory: Memory) -> list[Said]:
    """What is said in one sentence, in order."""
    return _Reading(text, sentence, people, dates, memory).said()


class _Reading:
    def __init__(self, text: str, sentence: Sentence, people: People, dates: list[tuple[int, int]], memory: Memory) -> None:
        self.text, self.words, self.people, self.dates, self.memory = text, sentence.words, people, dates, memory
        self.lower = [w.text.lower() for w in self.words]
        self.n = len(self.words)
        while self.n and self.words[self.n - 1].text in ".!":
            self.n -= 1
        self.quoted, inside = [False] * len(self.words), False
        for i, word in enumerate(self.words):
            inside = inside != (word.text == '"')
            self.quoted[i] = inside

    def said(self) -> list[Said]:
        if not self.n:
            return []
        for i in range(self.n):
            if self.quoted[i] or self.words[i].text == '"':
                continue
            found = self._according(i) if self.lower[i] == "according" else self._verb(i)
            if found is not None:
                return found
        if self.words[0].text == '"' and self.memory.speaker:
            close = quote_end(self.words, 0, self.n)
            return self._content(1, close, self.memory.speaker, None, carried=True)
        if any(word in {"declined", "refused"} and self.lower[i + 1 : i + 2] == ["to"] for i, word in enumerate(self.lower[: self.n])):
            return []
        return self._narrated(0, self.n)

    # ── cues

    def _verb(self, i: int) -> list[Said] | None:
        verb = lexicon.ENGLISH_VERBS.get(self.lower[i])
        before = self.lower[i - 1] if i else ""
        if verb is None or before in _NOT or self.words[i].text[0].isupper() or (verb.participle and before != ","):
            return None
        if before in _BE or (i > 1 and before in {"widely", "also", "now"} and self.lower[i - 2] in _BE):
            return self._expected(i, verb)
        if before in {"which", "that"} and verb.frame != "that":
            return None
        content, close, bound = self._after(i, verb)
        begins, ends = self._subject_before(i)
        inverted = begins == ends and i > 0 and (before in {",", '"'}) and i + 1 < self.n and self._names(i + 1)
        if inverted:
            stop = self._subject_end(i + 1)
            speaker = self._remember(self.people.who(self.words[i + 1 : stop]))
            return self._before(i, i, speaker, i) + self._rest(stop, speaker, i)
        if begins == ends and i > 0:
            return None
        speaker = self._remember(self.people.who(self.words[begins:ends])) if begins < ends else self._remember(None)
        after = content is None or content >= self.n
        earlier = begins > 2 and self.words[begins - 1].text in {",", '"'} and any(w not in _ADVERBIAL for w in self.lower[:1])
        if earlier and (after or self.words[begins - 1].text == '"' or (begins > 3 and self.words[begins - 2].text == '"')) and not bound:
            return self._before(begins, begins, speaker, i) + (self._rest(content, speaker, i) if content is not None else [])
        if after or content is None:
            return None
        if not verb.bare and not bound:
            return None
        if verb.frame == "position":
            return self._lead(begins) + self._content(begins, self.n, speaker, i, verb=verb, whole=True)
        head = self._content(content, close if close is not None else self._participle(content), speaker, i, verb=verb)
        tail = self._rest(close + 1, speaker, i) if close is not None else self._added(content, speaker)
        return self._lead(begins) + head + tail

    def _after(self, i: int, verb: lexicon.Verb) -> tuple[int | None, int | None, bool]:
        """Where the content begins, where its quote closes, and whether "that" or a quote announced it."""
        j = i + 1
        if verb.lemma == "point":
            if j >= self.n or self.lower[j] != "out":
                return None, None, False
            j += 1
        limit = min(self.n, i + 18)
        k = j
        while k < limit:
            word = self.lower[k]
            if word == "that" and (k == j or self._between(j, k)):
                return k + 1, None, True
            if word == '"' and (k == j or self.words[k - 1].text in {",", ":"} or self._between(j, k)):
                if self.words[k - 1].text in {",", ":"} or k == j or verb.lemma == "tell":
                    close = quote_end(self.words, k, self.n)
                    return (k + 1, close, True) if close - k > 4 or close >= self.n - 1 else (k, None, True)
                break
            if word == ":":
                return k + 1, None, True
            if lexicon.ENGLISH_VERBS.get(word) and k > j:
                break
            k += 1
        j = self._past_adverbials(j)
        if verb.lemma == "tell" and j < self.n:
            j = next(
                (m for m in range(j, min(self.n, j + 6)) if self.lower[m] in {"the", "that", "he", "she", "they", "it", ","} and m > j), j
            )
        return (j if j < self.n else None), None, False

    def _between(self, j: int, k: int) -> bool:
        return k - j <= 12 and (
            self.lower[j] in _BETWEEN
            or self.lower[j] in {",", "the", "a"}
            or self._date_end(j) is not None
            or self.words[j].text[0].isupper()
        )

    def _past_adverbials(self, j: int) -> int:
        while j < self.n:
            past = self._date_end(j) or (self._date_end(j + 1) if self.lower[j] in {"on", "in", "late", "early", "last"} else None)
            if past:
                j = past
            elif self.lower[j] == "in" and self.lower[j + 1 : j + 2] in (["a"], ["an"], ["his"], ["her"], ["its"], ["their"]):
                j += 3
                while j < self.n and self.lower[j] in {
                    "with",
                    "to",
                    "on",
                    "statement",
                    "interview",
                    "report",
                    "post",
                    "speech",
                    "published",
                    "released",
                    "issued",
                }:
                    j += 2 if self.lower[j] in {"with", "to"} else 1
            elif self.lower[j] == ",":
                j += 1
            else:
                break
        return j

    def _date_end(self, j: int) -> int | None:
        if j >= self.n:
            return None
        k = bisect_left(self.dates, (self.words[j].start, 0))
        if k < len(self.dates) and self.dates[k][0] == self.words[j].start:
            return next((m for m in range(j, self.n) if self.words[m].start >= self.dates[k][1]), self.n)
        return None

    def _expected(self, i: int, verb: lexicon.Verb) -> list[Said] | None:
        """ "Prices are expected to rise": nobody signs it."""
        if verb.sense == "prediction" and self.lower[i + 1 : i + 2] == ["to"]:
            return self._content(0, self.n, PASSIVE, i, verb=verb)
        return None

    def _according(self, i: int) -> list[Said] | None:
        if self.lower[i + 1 : i + 2] != ["to"] or i + 2 >= self.n:
            return None
        comma = next((k for k in range(i + 2, min(self.n, i + 40)) if self.words[k].text == ","), self.n)
        speaker = self._remember(self.people.who(self.words[i + 2 : self._subject_end(i + 2, comma)]))
        if i <= 1:
            return self._content(comma + 1, self.n, speaker, i) if comma + 3 < self.n else None
        return self._content(0, i, speaker, i)

    # ── subjects

    def _names(self, j: int) -> bool:
        return self.words[j].text[0].isupper() or self.lower[j] in {"the", "a", "an", "one", "he", "she"}

    def _subject_end(self, j: int, limit: int | None = None) -> int:
        limit = self.n if limit is None else limit
        return next(
            (
                k
                for k in range(j, limit)
                if self.words[k].text in {",", '"', "."} or (k > j and (self.lower[k] in _SUBJECT_ENDS or self._date_end(k) is not None))
            ),
            limit,
        )

    def _subject_before(self, i: int) -> tuple[int, int]:
        end = i
        while end and self.lower[end - 1] in _LEFT_OF_VERB:
            end -= 1
        start = self._segment(end)
        if start == end and end > 1 and self.words[end - 1].text == ",":  # Smith, the head of X, said
            apposition = self._segment(end - 1)
            name = self._segment(apposition - 1) if apposition > 1 and self.words[apposition - 1].text == "," else apposition
            start, end = (name, apposition - 1) if apposition > name else (apposition, end - 1)
            if start < end and self.lower[start] in _ADVERBIAL:
                start, end = apposition, i - 1
        while start < end and self.lower[start] in _OPENERS:
            start += 1
        if start < end and (self.lower[start] in _ADVERBIAL or end - start > 16):
            return end, end
        return start, end

    def _segment(self, end: int) -> int:
        start = end
        while start > max(0, end - 20) and self.words[start - 1].text not in {*_COMMAS, '"', ":"}:
            start -= 1
        return start

    def _remember(self, speaker: Speaker | None) -> Speaker:
        if speaker is None:
            return self.memory.speaker or PASSIVE
        self.memory.speaker = speaker
        return speaker

    # ── content

    def _before(self, end: int, opens: int, speaker: Speaker, cue: int) -> list[Said]:
        """The words before "…, X said"."""
        while end and self.words[end - 1].text in {",", '"'}:
            end -= 1
        start = 0
        if self.words[0].text == '"' or (self.quoted[end - 1] if end else False):
            start = next((k + 1 for k in range(end - 1, -1, -1) if self.words[k].text == '"'), 0)
        return self._content(start, end, speaker, cue)

    def _rest(self, begin: int | None, speaker: Speaker, cue: int) -> list[Said]:
        """A second quote after the cue: "…," X said. "…"."""
        if begin is None:
            return []
        opened = next((k for k in range(begin, self.n) if self.words[k].text == '"'), None)
        if opened is None or opened - begin > 10:
            return []
        return self._content(opened + 1, quote_end(self.words, opened, self.n), speaker, cue)

    def _participle(self, begin: int) -> int:
        """Where ", adding that" begins, else the end."""
        for k in range(begin + 1, self.n):
            verb = lexicon.ENGLISH_VERBS.get(self.lower[k])
            if verb and verb.participle and self.words[k - 1].text == "," and not self.quoted[k] and k + 2 < self.n:
                return k
        return self.n

    def _added(self, begin: int, speaker: Speaker) -> list[Said]:
        k = self._participle(begin)
        if k + 2 >= self.n:
            return []
        return self._content(k + 2 if self.lower[k + 1] in {"that", '"', ":"} else k + 1, self.n, speaker, k)

    def _lead(self, end: int) -> list[Said]:
        """A whole clause before the subject of the cue, where it is the narrator's."""
        return self._narrated(0, end) if end > 7 and self.lower[0] not in _ADVERBIAL else []

    def _content(
        self,
        begin: int,
        end: int,
        speaker: Speaker,
        cue: int | None,
        *,
        verb: lexicon.Verb | None = None,
        whole: bool = False,
        carried: bool = False,
    ) -> list[Said]:
        verb = verb or lexicon.Verb("say", "that")
        mark = (self.words[cue].start, self.words[cue].end) if cue is not None else None
        around = (self.words[0].start, self.words[self.n - 1].end)
        said = []
        for first, last in [(begin, end)] if whole else english_clauses(self.words, begin, end):
            if last - first < 3:
                continue
            start, stop = trimmed(self.text, self.words[first].start, self.words[last - 1].end)
            if start < stop:
                said.append(
                    Said(start, stop, speaker, mode_of(self.text, start, stop), mark, verb.frame, verb.sense, carried, None, around)
                )
        return said

    def _narrated(self, begin: int, end: int) -> list[Said]:
        said = []
        for first, last in english_clauses(self.words, begin, end):
            while first < last and (self.lower[first] in _OPENERS or self.words[first].text in _COMMAS):
                first += 1
            if last - first >= 4:
                start, stop = trimmed(self.text, self.words[first].start, self.words[last - 1].end)
                said.append(Said(start, stop))
        return said

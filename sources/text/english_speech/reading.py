"""The road through one English sentence, from cue to cue: what was said before each, after it, and by whom."""

from dataclasses import replace

from sources.text.english_speech import clauses, cues, grammar, narration, phrases
from sources.text.english_speech.carriers import carrier_in, is_carrier
from sources.text.english_speech.cues import Cue
from sources.text.english_speech.line import Line
from sources.text.people import PASSIVE, Speaker
from sources.text.utterances import Said, mode_of, trimmed

_SUBORDINATE = frozenset(
    [
        "after",
        "before",
        "when",
        "as",
        "because",
        "since",
        "while",
        "although",
        "though",
        "whereas",
        "once",
        "until",
        "if",
        "and",
        "but",
        "where",
        "yet",
    ]
)
_JOINS = frozenset(["and", "but", "while", "whereas", "although", "though", "yet", "or"])


class Sentence:
    """Reads one sentence; `said` is what was found, in order."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.found: list[Said] = []
        self.speaker: Speaker | None = None
        self.around = line.span(0, line.n) if line.n else (0, 0)

    def read(self) -> list[Said]:
        """What is said in the sentence, each by whom."""
        line = self.line
        at = 0
        tail = False  # behind a cue that has had its content: the rest of its phrase asserts nothing
        while at < line.n:
            cue = self._next(at, line.n)
            if cue is None:
                self._rest(at, tail)
                break
            at, tail = self._take(cue, at, tail)
        return self.found

    def _next(self, begin: int, limit: int) -> Cue | None:
        line = self.line
        for i in range(begin, limit):
            if not line.quoted[i] and not line.mark(i) and (cue := cues.at(line, i, begin, limit)) is not None:
                return cue
        return None

    # ── one cue

    def _take(self, cue: Cue, at: int, tail: bool) -> tuple[int, bool]:
        """Read what belongs to the cue; where to go on, and whether that is still the cue's own phrase."""
        line = self.line
        if cue.kind == cues.ACCORDING:
            return self._according(cue, at)
        if cue.kind == cues.CITING:
            return self._citing(cue, at, tail)
        if cue.kind == cues.PASSIVE:
            return self._passive(cue, at)
        if cue.kind == cues.IMPERSONAL:
            assert cue.complement is not None
            self._lead(at, cue.edge, tail)
            return self._content(cue, cue.complement.begin, self._who(cue.begin, cue.end) or PASSIVE)
        if cue.kind == cues.INVERTED:
            speaker = self._speaker(cue)
            self._before(at, cue.at, speaker, cue)
            return self._tail(cue.end)
        if cue.kind == cues.PARTICIPLE:
            return self._participle(cue, at, tail)
        if cue.verb.frame == "position" and not (cue.complement and cue.complement.explicit and "t" in cue.verb.takes):
            return self._position(cue, at, tail)
        quote_before = self._quote_ends(cue.edge, at)
        if quote_before or cue.complement is None:
            if not quote_before and not (line.comma(cue.edge - 1) and self._clause(at, cue.edge - 1)):
                return self._no_cue(cue, at, tail)
            if self._carried_off(cue):
                return self._tail(cue.at + 1)
            speaker = self._speaker(cue)
            self._before(at, cue.edge, speaker, cue)
            if cue.complement is not None and cue.complement.explicit:
                return self._content(cue, cue.complement.begin, speaker)
            return self._tail(cue.at + 1)
        self._lead(at, cue.edge, tail)
        return self._content(cue, cue.complement.begin, self._speaker(cue))

    def _no_cue(self, cue: Cue, at: int, tail: bool) -> tuple[int, bool]:
        """A verb that reports nothing here: read on as if it were any other, up to the next cue."""
        line = self.line
        following = self._next(cue.at + 1, line.n)
        while following is not None:
            edge = following.edge if following.begin < following.end or following.kind == cues.INVERTED else following.at
            if edge > at and following.kind != cues.PASSIVE:
                return self._take(replace(following), at, tail)
            following = self._next(following.at + 1, line.n)
        self._rest(at, tail)
        return line.n, False

    def _carried_off(self, cue: Cue) -> bool:
        """ "…, Reuters reported" after somebody else's words: it only carries them."""
        line = self.line
        if self.found and self.found[-1].mode != "narrator" and cue.begin < cue.end and is_carrier(line.lower[cue.begin : cue.end]):
            last = self.found[-1]
            if not last.reported_by and line.words[cue.edge].start >= last.end:
                self.found[-1] = replace(last, reported_by=self._name(cue.begin, cue.end))
                return True
        return False

    def _according(self, cue: Cue, at: int) -> tuple[int, bool]:
        line = self.line
        comma = next(
            (k for k in range(cue.end, line.n) if (line.words[k].text in {",", '"'} and not line.quoted[k]) or line.words[k].text == '"'),
            line.n,
        )
        if cue.at - at <= 1:  # According to X, …
            speaker = self._remember(self._who(cue.begin, cue.end))
            return self._content(cue, comma + 1, speaker) if comma + 2 < line.n else (line.n, False)
        last = self.found[-1] if self.found else None
        if last is not None and last.mode != "narrator" and not self._clause(at, cue.at):
            if is_carrier(line.lower[cue.begin : cue.end]):
                self.found[-1] = replace(last, reported_by=self._name(cue.begin, cue.end))
            return self._tail(cue.end)
        speaker = self._remember(self._who(cue.begin, cue.end))
        if not line.finite_in(at, cue.at) and comma < line.n:  # The attack, according to police, killed …
            return self._content(cue, at, speaker, skip=comma + 1)
        self._before(at, cue.at, speaker, cue)
        return self._tail(cue.end)

    def _citing(self, cue: Cue, at: int, tail: bool) -> tuple[int, bool]:
        """ "…, citing two officials": theirs are the words that an outlet carries."""
        line = self.line
        source = self._who(cue.begin, cue.end)
        last = self.found[-1] if self.found else None
        if last is None or source is None or (source.type == "organisation" and not line.capital(cue.end - 1) and not source.title):
            if not tail and last is None:
                self._narrate(at, cue.edge)
            return self._tail(cue.end)
        if (
            last.mode != "narrator"
            and last.speaker.name
            and (is_carrier(last.speaker.name.lower().split()) or source.type.startswith("unnamed"))
        ):
            carrier = last.speaker.name if is_carrier(last.speaker.name.lower().split()) else last.reported_by
            self.found = [replace(s, speaker=source, reported_by=carrier) if s.cue == last.cue else s for s in self.found]
            self._remember(source)
        return self._tail(cue.end)

    def _passive(self, cue: Cue, at: int) -> tuple[int, bool]:
        """ "Prices are expected to rise": the whole clause, and nobody signs it unless "by" tells who."""
        line = self.line
        speaker = self._who(cue.begin, cue.end) if cue.begin < cue.end else None
        begin = narration.opening(line, at, cue.at)
        pieces = list(clauses.split(line, begin, cue.at))
        for first, last in pieces[:-1]:
            self._narrate(first, last)
        return self._content(cue, pieces[-1][0] if pieces else begin, speaker or PASSIVE, nested=False, least=cue.at + 1)

    def _participle(self, cue: Cue, at: int, tail: bool) -> tuple[int, bool]:
        """ "…, adding that": whoever spoke before; in the narrator's sentence its subject."""
        line = self.line
        speaker = self.speaker
        if speaker is None:
            first = next((k for k in range(at, cue.at) if line.finite[k]), cue.at)
            begin, end, _ = phrases.subject(line, first, at)
            speaker = self._who(begin, end) if begin < end else None
        if not tail:
            self._lead(at, cue.at, tail)
        if cue.verb.frame == "position":
            return self._content(cue, cue.at, self._remember(speaker), whole=True)
        assert cue.complement is not None
        return self._content(cue, cue.complement.begin, self._remember(speaker))

    def _position(self, cue: Cue, at: int, tail: bool) -> tuple[int, bool]:
        """ "X condemned the attack": the act is the news, so its verb is part of what is claimed."""
        if self._quote_ends(cue.edge, at):
            self._before(at, cue.edge, self._speaker(cue), cue)
            return self._tail(cue.at + 1)
        self._lead(at, cue.edge, tail)
        return self._content(cue, cue.edge, self._speaker(cue), whole=True, nested=False, least=cue.at + 1)

    # ── who

    def _who(self, begin: int, end: int) -> Speaker | None:
        return self.line.people.who(self.line.words[begin:end]) if begin < end else None

    def _name(self, begin: int, end: int) -> str:
        speaker = self._who(begin, end)
        return speaker.name if speaker and speaker.name else ""

    def _speaker(self, cue: Cue) -> Speaker:
        if cue.begin == cue.end:
            return self._remember(self.speaker)
        return self._remember(self._who(cue.begin, cue.end))

    def _remember(self, speaker: Speaker | None) -> Speaker:
        speaker = speaker or self.line.memory.speaker or PASSIVE
        if speaker is not PASSIVE:
            self.line.memory.speaker = self.speaker = speaker
        return speaker

    # ── what

    def _quote_ends(self, edge: int, at: int) -> bool:
        """Does a quote close right before word `edge`?"""
        line = self.line
        k = edge - 1
        while k > at and line.comma(k):
            k -= 1
        return k > at and line.words[k].text == '"'

    def _clause(self, begin: int, end: int) -> bool:
        """Is there a whole clause here, not only an adverbial before the subject?"""
        line = self.line
        begin = narration.opening(line, begin, end)
        if begin >= end or not line.finite_in(begin + 1, end):
            return False
        return not (line.lower[begin] in _SUBORDINATE and not any(line.words[k].text == "," for k in range(begin, end)))

    def _before(self, at: int, edge: int, speaker: Speaker, cue: Cue) -> None:
        """The words before "…, X said"."""
        line = self.line
        end = edge
        while end > at and (line.comma(end - 1) or line.words[end - 1].text == '"'):
            end -= 1
        begin = narration.opening(line, at, end)
        opened = next((k for k in range(begin, end) if line.words[k].text == '"' and not line.quoted[k]), None)
        direct = opened is not None and line.closes.get(opened, -1) >= end and (opened == begin or not line.finite_in(begin, opened))
        if direct and opened is not None:
            begin = opened + 1
        self._add(begin, end, speaker, cue, whole=direct)

    def _tail(self, end: int) -> tuple[int, bool]:
        """After "said X": past its apposition, to where the speech goes on; only a quote, a cue or a new clause counts."""
        line = self.line
        for k in range(end, line.n):
            if line.words[k].text == '"' and not line.quoted[k]:
                return self._second_quote(k)
            if line.comma(k) or line.lower[k] in _JOINS:
                if line.word(k + 1) in _JOINS and clauses.independent(line, k + 2, line.n):
                    return k + 1, False
                if line.words[k].text == ";":
                    return k + 1, False
            if k > end and not line.mark(k) and cues.at(line, k, end, line.n) is not None:
                cue = cues.at(line, k, end, line.n)
                if cue is not None and (
                    cue.kind in {cues.PARTICIPLE, cues.CITING} or (cue.complement is not None and cue.complement.explicit)
                ):
                    return end, True
        return line.n, False

    def _second_quote(self, opened: int) -> tuple[int, bool]:
        """ "…," X said. "…": the same speaker goes on."""
        line = self.line
        close = line.closes.get(opened, line.n)
        if self.speaker is not None and close - opened > 2:
            said = self.found[-1] if self.found else None
            self._add(opened + 1, close, self.speaker, None, whole=True)
            if said is not None and self.found[-1] is not said:
                self.found[-1] = replace(self.found[-1], cue=said.cue)
        return close + 1, True

    def _content(
        self,
        cue: Cue,
        begin: int,
        speaker: Speaker,
        *,
        whole: bool = False,
        nested: bool = True,
        skip: int | None = None,
        least: int | None = None,
    ) -> tuple[int, bool]:
        """What follows the cue, up to the next cue of the same level."""
        line = self.line
        carrier = ""
        complement = cue.complement
        if complement and complement.told and is_carrier(line.lower[slice(*complement.told)]):
            carrier = carrier_in(line, *complement.told)
        if cue.carrier is not None:
            carrier = self._name(*cue.carrier)
        if complement is not None and complement.quote is not None:
            close = line.closes.get(complement.quote, line.n)
            if close >= line.n or line.mark(close + 1) if close + 1 < line.n else True:
                self._add(complement.quote + 1, close, speaker, cue, whole=True, carrier=carrier)
                return self._tail(close + 1) if close + 1 < line.n else (line.n, False)
            begin = complement.quote
        end, onward = self._content_end(skip or least or begin, begin)
        if nested and (inner := self._nested(begin, end)) is not None:
            outer = speaker
            self.found_before = len(self.found)
            at, tail = self._content(inner, inner.complement.begin if inner.complement else inner.edge, self._speaker(inner), nested=False)
            if outer.name and is_carrier(outer.name.lower().split()):
                self.found[self.found_before :] = [replace(s, reported_by=outer.name) for s in self.found[self.found_before :]]
            return at, tail
        self._add(begin, end, speaker, cue, whole=whole, carrier=carrier)
        return onward, onward < line.n and not self._fresh(onward)

    def _fresh(self, at: int) -> bool:
        """Does a new clause begin here, not the tail of the last?"""
        return self.line.lower[at] in _JOINS or self.line.words[at].text == ";"

    def _nested(self, begin: int, end: int) -> Cue | None:
        """ "Tass said the minister said that …": the inner speaker answers for it."""
        line = self.line
        for i in range(begin + 1, min(end, begin + 14)):
            if line.quoted[i] or line.mark(i):
                continue
            cue = cues.at(line, i, begin, end)
            if cue is not None:
                plain = cue.kind == cues.PLAIN and cue.begin < cue.end and cue.edge == begin and cue.verb.frame != "position"
                return (
                    cue if plain and cue.complement is not None and (cue.complement.explicit or cue.verb.lemma in {"say", "tell"}) else None
                )
            if line.finite[i]:
                return None
        return None

    def _content_end(self, begin: int, least: int) -> tuple[int, int]:
        """Where the words of this cue end, and where to go on reading."""
        line = self.line
        i = begin
        while i < line.n:
            if line.quoted[i] or line.mark(i):
                i += 1
                continue
            cue = cues.at(line, i, least, line.n)
            if cue is None:
                i += 1
                continue
            edge = cue.edge if cue.begin < cue.end else cue.at
            if cue.kind in {cues.PARTICIPLE, cues.CITING, cues.ACCORDING}:
                stop = cue.at
                if cue.kind == cues.ACCORDING and not line.comma(stop - 1):
                    i += 1
                    continue
            elif cue.kind == cues.PASSIVE:
                i += 1
                continue
            else:
                stop = edge
                joined = line.word(stop - 1) in _JOINS | {";"} and stop - 1 > least
                last = (
                    cue.complement is None
                    and line.comma(stop - 1)
                    and cue.kind in {cues.PLAIN, cues.INVERTED}
                    and cue.verb.frame != "position"
                )
                if not (joined and (cue.complement is not None or cue.verb.frame == "position")) and not last:
                    i += 1
                    continue
            onward = stop
            while stop > least and (line.comma(stop - 1) or line.word(stop - 1) in _JOINS):
                stop -= 1
            return stop, max(onward, stop, begin)
        return line.n, line.n

    def _lead(self, at: int, edge: int, tail: bool) -> None:
        """A whole clause before the subject of the cue is the narrator's."""
        line = self.line
        if tail:
            return
        end = edge
        while end > at and (line.comma(end - 1) or line.lower[end - 1] in _SUBORDINATE):
            end -= 1
        if end - at > 3 and (line.lower[at] not in _SUBORDINATE - _JOINS) and not self._adverbial(at, end):
            self._narrate(at, end)

    def _adverbial(self, at: int, end: int) -> bool:
        """Only a phrase before the subject: a finite verb in it belongs to a relative clause."""
        line = self.line
        begin = narration.opening(line, at, end)
        if begin >= end or line.lower[begin].endswith("ing"):
            return True
        return line.lower[begin] in grammar.PREPOSITIONS and not any(line.words[k].text == "," for k in range(begin, end))

    def _narrate(self, begin: int, end: int) -> None:
        line = self.line
        for first, last in narration.claims(line, begin, end):
            start, stop = trimmed(line.text, *line.span(first, last))
            if start < stop:
                self.found.append(Said(start, stop))

    def _rest(self, at: int, tail: bool) -> None:
        """No further cue: a quote without one is still the last speaker's, the rest the narrator's."""
        line = self.line
        if line.words[at].text == '"' and at == 0 and line.memory.speaker and line.closes.get(at, 0) >= line.n - 1:
            self._add(1, line.closes[at], line.memory.speaker, None, whole=True, carried=True)
        elif not tail and not self._wholly_silent(at):
            self._narrate(at, line.n)

    def _wholly_silent(self, at: int) -> bool:
        return narration.silent(self.line, at, self.line.n) and self.line.n - at < 30

    def _add(
        self, begin: int, end: int, speaker: Speaker, cue: Cue | None, *, whole: bool = False, carried: bool = False, carrier: str = ""
    ) -> None:
        line = self.line
        mark = line.span(cue.at, cue.at + 1 + cue.particle) if cue is not None and cue.at + cue.particle < line.n else None
        frame, sense = (cue.verb.frame, cue.verb.sense) if cue is not None else ("that", "")
        if begin >= end:
            return
        for first, last in clauses.split(line, begin, min(end, line.n), whole=whole):
            while first < last and (line.comma(first) or (line.lower[first] in {"and", "but", "that"} and last - first > 3)):
                first += 1
            if last - first < 2 or (last - first < 3 and not line.finite_in(first, last)):
                continue
            start, stop = trimmed(line.text, *line.span(first, last))
            if start < stop:
                mode = mode_of(line.text, start, stop)
                self.found.append(Said(start, stop, speaker, mode, mark, frame, sense, carried, carrier or None, self.around))

"""The road through one English sentence, from cue to cue: what was said before each, after it, and by whom."""

from sources.text.english_speech import bounds, clauses, cues, grammar, narration, phrases
from sources.text.english_speech.carriers import is_carrier
from sources.text.english_speech.cues import Cue
from sources.text.english_speech.findings import Findings
from sources.text.english_speech.line import Line
from sources.text.people import PASSIVE, Speaker
from sources.text.utterances import Said

# Where to go on reading, and whether that is still the phrase of the last cue, which asserts nothing itself.
Place = tuple[int, bool]


class Sentence:
    """Reads one sentence; `found` is what it yields."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.found = Findings(line)
        self.speaker: Speaker | None = None

    def read(self) -> list[Said]:
        """What is said in the sentence, each by whom."""
        line = self.line
        at = seek = 0
        tail = False
        while at < line.n:
            cue = self._next(seek, at)
            if cue is None:
                self._rest(at, tail)
                break
            place = self._take(cue, at, tail)
            if place is None:
                seek = cue.at + 1
            else:
                at, tail = place
                seek = at = max(at, cue.at + 1 if place[0] <= cue.at and cue.kind != cues.PASSIVE else at)
        if self.speaker is None:
            self._about()
        return self.found.said

    def _next(self, seek: int, least: int) -> Cue | None:
        line = self.line
        for i in range(seek, line.n):
            if not line.quoted[i] and not line.mark(i) and (cue := cues.at(line, i, least, line.n)) is not None:
                return cue
        return None

    def _take(self, cue: Cue, at: int, tail: bool) -> Place | None:
        """Read what belongs to the cue; None where it turns out to report nothing."""
        if cue.kind == cues.ACCORDING:
            return self._according(cue, at)
        if cue.kind == cues.CITING:
            return self._citing(cue)
        if cue.kind == cues.PASSIVE:
            return self._passive(cue, at)
        if cue.kind == cues.PARTICIPLE:
            return self._participle(cue, at, tail)
        if cue.kind == cues.INVERTED:
            self._before(at, cue.at, self._speaker(cue, at), cue)
            return self._tail(cue.end)
        if cue.kind == cues.IMPERSONAL and cue.complement is not None:
            self._lead(at, cue.edge, tail)
            return self._content(cue, cue.complement.begin, self._who(cue.begin, cue.end) or PASSIVE)
        if cue.verb.lemma in {"put", "peg"} or (
            cue.verb.frame == "position" and not (cue.complement and cue.complement.explicit and "t" in cue.verb.takes)
        ):
            return self._position(cue, at, tail)
        return self._plain(cue, at, tail)

    # ── one way of reporting each

    def _plain(self, cue: Cue, at: int, tail: bool) -> Place | None:
        """ "Smith said that …", "…, Smith said"."""
        line = self.line
        after_quote = bounds.quote_ends(line, cue.edge, at)
        colon = cue.complement is not None and line.words[cue.complement.begin - 2].text == ":"
        if (
            not after_quote
            and cue.complement is not None
            and not (colon and line.comma(cue.edge - 1) and bounds.clause(line, at, cue.edge - 1))
        ):
            self._lead(at, cue.edge, tail)
            begin = cue.edge if cue.begin < cue.end and bounds.mere_object(line, cue) else cue.complement.begin
            return self._content(cue, begin, self._speaker(cue, at), least=cue.complement.begin)
        if not after_quote and bounds.empty(line, at, cue.edge) and self.found.last() is not None:
            return self._closing(cue)
        if not after_quote and not (line.comma(cue.edge - 1) and bounds.clause(line, at, cue.edge - 1)):
            return self._medial(cue, at)
        speaker = PASSIVE if cue.verb.lemma == "hear" else self._speaker(cue, at)
        self._before(at, cue.edge, speaker, cue)
        if cue.carrier is not None:
            self.found.carried_by(self._name(*cue.carrier))
        if cue.complement is not None and cue.complement.explicit:
            return self._content(cue, cue.complement.begin, speaker)
        return self._tail(cue.at + 1)

    def _medial(self, cue: Cue, at: int) -> Place | None:
        """ "The vessel, investigators said, was too fast": the whole sentence with what is put between."""
        line = self.line
        after = cue.at + 1 + cue.particle
        between = line.comma(cue.edge - 1) and line.comma(after) and line.finite_in(after + 1, line.n) and cue.begin < cue.end
        if not between or line.finite_in(at, cue.edge) or cue.verb.frame == "position" or "q" not in cue.verb.takes:
            return None
        return self._content(cue, narration.opening(line, at, cue.edge), self._speaker(cue, at), nested=False, least=after + 1)

    def _closing(self, cue: Cue) -> Place | None:
        """After words already read: "…, Reuters reported" carries them; words that nobody signed are signed now."""
        line = self.line
        if cue.begin == cue.end:
            return None
        if is_carrier(line.lower[cue.begin : cue.end]):
            self.found.carried_by(self._name(cue.begin, cue.end))
        else:
            self.found.signed_by(self._speaker(cue, cue.edge))
        return self._tail(cue.at + 1)

    def _according(self, cue: Cue, at: int) -> Place:
        line = self.line
        comma = bounds.comma_or_quote(line, cue.end)
        speaker = self._who(cue.begin, cue.end)
        if speaker is not None and speaker.type == "person":
            comma = bounds.past_title(line, comma)
        if bounds.empty(line, at, cue.at) and self.found.last() is None:  # According to X, …
            return self._content(cue, comma + 1, self._remember(speaker)) if comma + 2 < line.n else (line.n, False)
        if self.found.last() is not None and not bounds.clause(line, at, cue.at):
            if is_carrier(line.lower[cue.begin : cue.end]):
                self.found.carried_by(speaker.name if speaker and speaker.name else "")
            elif speaker is not None:
                self.found.signed_by(self._remember(speaker))
            return self._tail(cue.end)
        if not line.finite_in(at, cue.at) and comma < line.n:  # The attack, according to police, killed …
            return self._content(cue, at, self._remember(speaker), least=comma + 1)
        self._before(at, cue.at, self._remember(speaker), cue)
        return self._tail(cue.end)

    def _citing(self, cue: Cue) -> Place | None:
        """ "…, citing two officials": theirs are the words that an outlet carries."""
        line = self.line
        source, last = self._who(cue.begin, cue.end), self.found.last()
        if last is None:
            return None
        if source is not None and (source.type != "organisation" or line.capital(cue.end - 1) or source.title):
            carrier = last.speaker.name if last.speaker.name and is_carrier(last.speaker.name.lower().split()) else ""
            if carrier or source.type.startswith("unnamed"):
                self.found.said_by(self._remember(source), carrier)
        return self._tail(cue.end)

    def _passive(self, cue: Cue, at: int) -> Place:
        """ "Prices are expected to rise": the whole clause, and nobody signs it unless "by" tells who."""
        line = self.line
        begin = narration.opening(line, at, cue.at)
        pieces = [piece for piece in clauses.split(line, begin, min(line.n, cue.at + 6)) if piece[0] <= cue.at]
        for first, last in pieces[:-1]:
            self.found.narrate(first, last)
        begin = narration.opening(line, pieces[-1][0], cue.at) if pieces else begin
        return self._content(cue, begin, self._who(cue.begin, cue.end) or PASSIVE, nested=False, least=cue.at + 1)

    def _participle(self, cue: Cue, at: int, tail: bool) -> Place:
        """ "…, adding that": whoever spoke before; in the narrator's sentence its subject."""
        self._lead(at, cue.at, tail)
        if cue.verb.lemma == "mean" and cue.complement is not None:  # the article's own conclusion
            end, _ = bounds.content_end(self.line, cue.complement.begin, cue.complement.begin, nested=False)
            self.found.narrate(cue.complement.begin, end)
            return end, True
        speaker = self._speaker(cue, 0)
        if cue.complement is None or cue.verb.frame == "position":
            return self._content(cue, cue.at, speaker, whole=True, least=cue.at + 1, nested=False)
        return self._content(cue, cue.complement.begin, speaker)

    def _position(self, cue: Cue, at: int, tail: bool) -> Place:
        """ "X condemned the attack": the act is the news, so its verb is part of what is claimed."""
        line = self.line
        if bounds.quote_ends(line, cue.edge, at):
            self._before(at, cue.edge, self._speaker(cue, at), cue)
            return self._tail(cue.at + 1)
        begin = narration.opening(line, at, cue.edge)
        if (
            tail
            or line.finite_in(begin, cue.edge)
            or (begin < cue.edge and line.lower[begin].endswith("ing"))
            or cue.edge - begin > 8
            or not line.comma(cue.edge - 1)
        ):
            self._lead(at, cue.edge, tail)
            begin = cue.edge
        return self._content(cue, begin, self._speaker(cue, at), whole=True, nested=False, least=cue.at + 1)

    # ── who

    def _who(self, begin: int, end: int) -> Speaker | None:
        return self.line.people.who(self.line.words[begin:end]) if begin < end else None

    def _name(self, begin: int, end: int) -> str:
        speaker = self._who(begin, end)
        return speaker.name if speaker and speaker.name else ""

    def _speaker(self, cue: Cue, at: int) -> Speaker:
        """Whose the words are; of "… and said", ", adding", the subject of what went before."""
        if self.speaker is not None and self.line.word(cue.edge) == "who":
            return self._remember(self.speaker)
        if cue.begin < cue.end:
            return self._remember(self._who(cue.begin, cue.end))
        if self.speaker is None and (subject := bounds.main_subject(self.line, 0, cue.at)):
            return self._remember(self._who(*subject))
        return self._remember(self.speaker)

    def _remember(self, speaker: Speaker | None) -> Speaker:
        speaker = speaker or self.line.memory.speaker or PASSIVE
        if speaker is not PASSIVE:
            self.line.memory.speaker = self.speaker = speaker
            self.line.people.heard(speaker)
        return speaker

    # ── what

    def _before(self, at: int, edge: int, speaker: Speaker, cue: Cue) -> None:
        """The words before "…, X said"."""
        line = self.line
        end = edge
        while end > at and (line.comma(end - 1) or line.words[end - 1].text == '"'):
            end -= 1
        begin = narration.opening(line, at, end)
        opened = next((k for k in range(begin, end) if line.words[k].text == '"' and not line.quoted[k]), None)
        direct = opened is not None and line.closes.get(opened, -1) >= end and (opened == begin or not line.finite_in(begin, opened))
        self.found.add(opened + 1 if direct and opened is not None else begin, end, speaker, cue, whole=direct)

    def _tail(self, end: int) -> Place:
        """After "said X": past its apposition, to where the speech goes on; only a quote, a cue or a new clause counts."""
        line = self.line
        for k in range(end, line.n):
            if line.quoted[k]:
                continue
            if line.words[k].text == '"':
                return self._second_quote(k)
            if line.comma(k) and line.word(k + 1) == "who" and (told := cues.at(line, k + 2, end, line.n)) and told.complement is not None:
                return end, True
            if line.comma(k) and (past := bounds.past_relative(line, k)):
                self.found.narrate(k + 2, past)
                return past, True
            if (
                line.comma(k)
                and line.word(k + 1) in {"and", "but"}
                and self.speaker is not None
                and clauses.independent(line, k + 2, line.n)
            ):
                return self._goes_on(k)
            if line.words[k].text == ";" or ((line.comma(k) or k == end) and bounds.new_clause(line, k)):
                return k, False
            if k > end and not line.mark(k) and (cue := cues.at(line, k, end, line.n)) is not None:
                goes_on = cue.kind in {cues.PARTICIPLE, cues.CITING} or (cue.complement is not None and cue.complement.explicit)
                if goes_on or cue.kind == cues.ACCORDING:
                    return end, True
        return line.n, False

    def _goes_on(self, comma: int) -> Place:
        """ "…, X warned, and imports could be needed": still X, unless the clause has a speaker of its own."""
        line = self.line
        begin = comma + 2
        for i in range(begin + 1, min(line.n, begin + 14)):
            if not line.quoted[i] and not line.mark(i) and (cue := cues.at(line, i, begin, line.n)) is not None:
                if cue.edge <= begin or cue.kind == cues.PASSIVE:
                    return comma, False
                break
        assert self.speaker is not None
        end, _ = bounds.content_end(line, begin, begin, nested=False)
        self.found.add(begin, end, self.speaker, None)
        return end, end < line.n and not bounds.new_clause(line, end)

    def _second_quote(self, opened: int) -> Place:
        """ "…," X said. "…": the same speaker goes on."""
        line = self.line
        close = line.closes.get(opened, line.n)
        if (
            self.speaker is not None
            and close - opened > 2
            and not (not line.finite_in(opened, close) and self.found.runs_on(opened, close))
        ):
            self.found.add(opened + 1, close, self.speaker, None, whole=True)
        return close + 1, True

    def _content(
        self, cue: Cue, begin: int, speaker: Speaker, *, whole: bool = False, nested: bool = True, least: int | None = None
    ) -> Place:
        """What follows the cue, up to the next cue of the same level."""
        line = self.line
        complement = cue.complement
        carrier = self._name(*cue.carrier) if cue.carrier is not None else ""
        if complement and complement.told and is_carrier(line.lower[slice(*complement.told)]):
            carrier = self._name(*complement.told)
            self._remember(speaker)
        if complement is not None and complement.quote is not None:
            close = line.closes.get(complement.quote, line.n)
            if close + 1 >= line.n or line.mark(close + 1) or line.lower[close + 1] in grammar.COORDINATORS | {"while"}:
                self.found.add(complement.quote + 1, close, speaker, cue, whole=True, carrier=carrier)
                return self._tail(close + 1) if close + 1 < line.n else (line.n, False)
            begin = complement.quote
        # "denied that he had said it": whoever speaks in what is denied said nothing.
        nested = nested and cue.verb.sense not in {"denial", "doubt"}
        end, inner = bounds.content_end(line, least or begin, begin, nested=nested)
        if line.word(cue.edge) == "who":
            end = bounds.relative_end(line, begin, end)
        if whole and complement is None:
            end = bounds.act_end(line, least or begin, end)
        if inner is not None and inner.complement is not None:
            first = len(self.found.said)
            place = self._content(inner, inner.complement.begin, self._speaker(inner, begin), nested=False)
            if speaker.name and is_carrier(speaker.name.lower().split()) and len(self.found.said) > first:
                self.found.carried_by(speaker.name)
            return place
        if complement is not None and complement.cited is not None and (source := self._who(*complement.cited)) is not None:
            carrier, speaker = speaker.name or carrier, self._remember(source)
        kept = bounds.without_aside(line, begin, end) if whole else bounds.without_day(line, begin, end, cue)
        if not whole:
            kept = min(kept, bounds.without_gloss(line, begin, end))
        self.found.add(begin, kept, speaker, cue, whole=whole, carrier=carrier)
        if end + 1 < line.n and line.words[end].text == ":" and line.words[end + 1].text == '"':
            return self._second_quote(end + 1)
        return end, end < line.n and not bounds.new_clause(line, end)

    def _lead(self, at: int, edge: int, tail: bool) -> None:
        """A whole clause before the subject of the cue is the narrator's."""
        if not tail and (end := bounds.lead_end(self.line, at, edge)) is not None:
            self.found.narrate(at, end)

    def _rest(self, at: int, tail: bool) -> None:
        """No further cue: a quote without one is still the last speaker's, the rest the narrator's."""
        line = self.line
        if line.words[at].text == '"' and at == 0 and line.closes.get(at, 0) >= line.n - 1:
            self.found.add(1, line.closes[at], line.memory.speaker or PASSIVE, None, whole=True, carried=True)
        elif not tail:
            self._narrated(at)

    def _narrated(self, at: int) -> None:
        """The narrator's words; a quote in them is spoken by whoever the sentence is about."""
        line = self.line
        quote = next(
            (k for k in range(at + 1, line.n) if line.words[k].text == '"' and not line.quoted[k] and line.words[k - 1].text == ":"), None
        )
        if quote is not None and (self.speaker or self._about()) is not None:
            self.found.narrate(at, quote - 1)
            self._second_quote(quote)
        elif line.words[at].text == '"' and self._unverbed_quote(at):
            pass
        else:
            self.found.narrate(at, line.n)

    def _about(self) -> Speaker | None:
        """The person a sentence without speech is about: a quote that follows it, or "he", is most likely theirs."""
        line = self.line
        about = bounds.topic(line, 0) if line.n else None
        who = self._who(*about) if about else None
        if who is None or who.type != "person" or who.name not in line.people.named:
            return None
        return self._remember(who)

    def _unverbed_quote(self, at: int) -> bool:
        """“It was a write-off,” is how Priya Roe puts it: no verb of speech, but a quote and one name."""
        line = self.line
        close = line.closes.get(at, line.n)
        if close >= line.n - 2 or line.words[close - 1].text != "," or not line.finite_in(at, close):
            return False
        begin = next((k for k in range(close + 1, line.n - 1) if line.capital(k) and line.capital(k + 1)), None)
        if begin is None:
            return False
        speaker = self._remember(self._who(begin, phrases.end(line, begin, line.n)))
        self.found.add(at + 1, close, speaker, None, whole=True)
        return True

"""What one English sentence yields: spans cut into propositions and kept with their speakers, in order."""

from dataclasses import replace

from sources.text.english_speech import clauses, grammar, narration
from sources.text.english_speech.cues import Cue
from sources.text.english_speech.line import Line
from sources.text.people import PASSIVE, Speaker
from sources.text.utterances import Said, mode_of, trimmed

# With a verb after it one of these makes a sentence of two words: "Nobody listens."
_SUBJECTS = grammar.PERSONAL | {"nobody", "everybody", "everyone", "everything", "nothing"}


class Findings:
    """Collects the claims of a sentence."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.said: list[Said] = []
        self.around = line.span(0, line.n) if line.n else (0, 0)

    def add(
        self, begin: int, end: int, speaker: Speaker, cue: Cue | None, *, whole: bool = False, carried: bool = False, carrier: str = ""
    ) -> None:
        """Words that somebody said; `whole` for a quote, whose sentences are kept in one piece."""
        line = self.line
        if begin >= end:
            return
        mark = line.span(cue.at, cue.at + 1 + cue.particle) if cue is not None and cue.at + cue.particle < line.n else None
        frame, sense = (cue.verb.frame, cue.verb.sense) if cue is not None else ("that", "")
        infinitives = line.lower[begin] == "to" or (cue is not None and "i" in cue.verb.takes)
        for first, last in clauses.split(line, begin, min(end, line.n), whole=whole, infinitives=infinitives):
            first = _opening(line, first, last)
            if whole:
                first = _discourse(line, first, last)
            if self._fragment(first, last, whole, bool(sense)):
                continue
            start, stop = trimmed(line.text, *line.span(first, last))
            if start < stop:
                mode = mode_of(line.text, start, stop)
                self.said.append(Said(start, stop, speaker, mode, mark, frame, sense, carried, carrier or None, self._around(cue)))

    def _fragment(self, first: int, last: int, whole: bool, tied: bool) -> bool:
        """Too little to be a claim, a call on the public, or word of somebody's silence."""
        line = self.line
        if last - first < 2 or (whole and narration.calls(line, first, last)):
            return True
        if last - first == 2 and not line.finite_in(first, last) and line.lower[first] != "to" and not tied:
            return not (whole and line.lower[first] in _SUBJECTS)
        return not whole and narration.silent(line, first, min(last, first + 10))

    def _around(self, cue: Cue | None) -> tuple[int, int]:
        """Where the act of speech is told: up to its complement or the next comma, and no "who has led it since 2020"."""
        line = self.line
        if cue is None:
            return self.around
        comma = next((k for k in range(cue.at + 1, line.n) if line.words[k].text in {",", '"', ";"}), line.n)
        if cue.verb.frame == "position":
            dated = line.dated_before(comma)
            spoken = dated < comma and any(line.lower[k] in grammar.DAYS for k in range(dated, comma))
            until = comma if spoken else cue.at + 1
        elif cue.complement is not None and (cue.complement.explicit or line.finite_in(cue.complement.begin, comma)):
            until = min(max(cue.complement.begin, cue.at + 1), line.n)
        else:
            until = comma
        after = line.words[until - 1].end
        if any(line.lower[k] in {"who", "which", "that", "whose"} for k in range(cue.end, min(cue.at, cue.end + 24))):
            return line.words[cue.at].start, after
        return self.around[0], after

    def narrate(self, begin: int, end: int) -> None:
        """Words of the article's own."""
        line = self.line
        for first, last in narration.claims(line, begin, end):
            start, stop = trimmed(line.text, *line.span(first, last))
            if start < stop:
                self.said.append(Said(start, stop))

    def runs_on(self, opened: int, close: int) -> bool:
        """A fragment in quotes after "…, according to X, “before Christmas”" completes the words before; False where none do."""
        last, line = self.last(), self.line
        if last is None or last.mode == "direct" or line.text[last.end : last.end + 2].strip() != "," or close <= opened + 1:
            return False
        end = trimmed(line.text, last.start, line.words[close - 1].end)[1]
        self.said[-1] = replace(last, end=end, mode="mixed")
        return True

    def last(self) -> Said | None:
        """What was found last; None where it is the narrator's."""
        return self.said[-1] if self.said and self.said[-1].mode != "narrator" else None

    def carried_by(self, name: str) -> None:
        """The last words came by way of an outlet."""
        last = self.last()
        if last is not None and not last.reported_by and name:
            self.said = [replace(s, reported_by=name) if s.cue == last.cue and s.mode != "narrator" else s for s in self.said]

    def signed_by(self, speaker: Speaker) -> bool:
        """The last words, which nobody signed, are this speaker's; False where somebody had signed them."""
        last = self.last()
        if last is None or last.speaker is not PASSIVE:
            return False
        self.said = [replace(s, speaker=speaker) if s.speaker is PASSIVE else s for s in self.said]
        return True

    def said_by(self, speaker: Speaker, carrier: str) -> None:
        """The last words are not the outlet's but its source's."""
        last = self.last()
        if last is not None:
            self.said = [replace(s, speaker=speaker, reported_by=carrier or s.reported_by) if s.cue == last.cue else s for s in self.said]


def _opening(line: Line, first: int, last: int) -> int:
    """Past a comma or an "and" that led into the words."""
    while last - first > 3:
        joined = line.lower[first] in {"and", "but"} or (line.lower[first] == "that" and not line.finite[first + 1])
        if not (line.comma(first) or joined):
            break
        first += 1
    return first


def _discourse(line: Line, first: int, last: int) -> int:
    """Past "Even so," and "However," at the head of a quote."""
    for k in range(first, min(first + 4, last - 3)):
        if line.comma(k):
            words = " ".join(line.lower[first:k])
            return k + 1 if words in grammar.DISCOURSE or words in grammar.DISCOURSE_PHRASES else first
    return first

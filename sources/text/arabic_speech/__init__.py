"""Speech in an Arabic sentence: verb or participle or "according to", its subject, and the clause or quote it governs."""

from dataclasses import replace
from itertools import pairwise

from sources.text.arabic import particles
from sources.text.arabic.people import ArabicPeople
from sources.text.arabic_speech.clauses import clauses, unglued
from sources.text.arabic_speech.cues import Cue, cues
from sources.text.arabic_speech.line import Line
from sources.text.arabic_speech.narration import lead_only, narrated, without_links
from sources.text.arabic_speech.nesting import inner_speech, marked
from sources.text.people import PASSIVE
from sources.text.sentences import Sentence
from sources.text.utterances import Memory, Said, mode_of, trimmed

__all__ = ["read"]


def read(text: str, sentence: Sentence, people: ArabicPeople, dates: list[tuple[int, int]], memory: Memory) -> list[Said]:
    """What is said in one sentence, in order."""
    line = Line(text, marked(people, people.spelled(sentence.words)), dates)
    if not line.n:
        return []
    found: list[Said] = []
    acts = cues(line, people, memory)
    if not acts and line.texts[0] == '"' and memory.speaker:
        return _carried(line, memory)
    done = 0
    for carried, cue in pairwise(acts):
        if cue.carried and not cue.since and (cue.told.participle or carried.void):
            cue.since = carried.since or carried.opens + 1
    for k, cue in enumerate(acts):
        following = acts[k + 1].opens if k + 1 < len(acts) else line.n
        if cue.backward:
            found = _backward(line, people, cue, found, done)
            done = max(done, cue.after)
            continue
        if cue.opens > done and not lead_only(line, done, cue.opens):
            found += narrated(line, done, cue.opens)
        end = min(following, cue.close) if cue.close is not None else following
        if not cue.void:
            found += _content(line, people, cue, cue.content, max(end, cue.content))
        done = max(done, following if cue.close is None else end)
    if done < line.n:
        found += narrated(line, done, line.n, tail=bool(acts))
    return found


def _backward(line: Line, people: ArabicPeople, cue: Cue, found: list[Said], done: int) -> list[Said]:
    """What stands before the cue is its own: a quote, or the narrator's clauses since the last cue."""
    if cue.trailing:
        if done >= cue.opens:  # «من المرجح أن …، وفق ما أفاد به فلان»
            signed = cue.speaker or PASSIVE
            return [replace(s, speaker=signed) if s.mode != "narrator" and s.speaker.type == "unattributed_passive" else s for s in found]
        own = narrated(line, done, cue.opens)
        since = _last_connector(line, done, cue.opens)
        return found + [_said_by(line, cue, s) if s.start >= since else s for s in own]
    return found + _content(line, people, cue, cue.content, cue.close or cue.at)


def _last_connector(line: Line, begin: int, end: int) -> int:
    """Where the last "while" of a stretch stands: what is before it is not theirs who are named after it."""
    at = [
        k
        for k in range(begin + 1, end)
        if line.comma(k - 1) and (line.texts[k] in {"بينما", "فيما"} or (line.texts[k], line.at(k + 1)) == ("في", "حين"))
    ]
    return line.words[at[-1]].start if at else 0


def _said_by(line: Line, cue: Cue, said: Said) -> Said:
    span = (line.words[cue.at].start, line.words[cue.at].end)
    around = (span[0], line.words[min(cue.after, line.n) - 1].end)
    mode = mode_of(line.text, said.start, said.end)
    return Said(said.start, said.end, cue.speaker or PASSIVE, mode, span, cue.told.frame, cue.told.sense, False, cue.reported_by, around)


def _content(line: Line, people: ArabicPeople, cue: Cue, begin: int, end: int) -> list[Said]:
    """The clauses of what is said, each a claim."""
    if begin >= end:
        return []
    span = (line.words[cue.at].start, line.words[cue.at].end)
    around = (
        (span[0], line.words[min(cue.after, line.n) - 1].end)
        if cue.backward
        else (
            line.words[cue.since - 1 if cue.since else cue.opens].start,
            line.words[min(max(cue.content, cue.opens, cue.aside), line.n - 1)].start,
        )
    )
    position = cue.told.frame in {"position", "naming"}
    said = []
    if line.texts[begin] in {"فان", "فانه", "فانها"} and end - begin > 2:
        begin += 1
    for first, last in clauses(line, begin, end, split_that=not position):
        if (line.texts[first] in particles.CONDITIONS and not position) or (line.texts[first] == "دون" and first > begin):
            continue
        last = without_links(line, first, last)
        speaker = cue.speaker or PASSIVE
        if inner := inner_speech(line, people, first, last):
            first, speaker = inner
        start, stop = trimmed(line.text, line.words[first].start + (cue.skip if first == begin else 0), line.words[last - 1].end)
        if first > begin or position or (cue.carried and cue.close is not None and cue.at == cue.opens == begin - 1):
            start = unglued(line, first, start)
        if last - first >= 2 and start < stop and first >= 2 and line.texts[first - 2] in {"علما", "يذكر"} and not position:
            said.append(Said(start, stop))  # what the narrator adds
        elif last - first >= 2 and start < stop:
            sense = "" if cue.affirmed else cue.told.sense
            sense = "prediction" if cue.affirmed else sense
            mode = mode_of(line.text, start, stop)
            said.append(Said(start, stop, speaker, mode, span, cue.told.frame, sense, cue.carried, cue.reported_by, around))
    return said


def _carried(line: Line, memory: Memory) -> list[Said]:
    """A quote that goes on in a new sentence or paragraph is still the last speaker's."""
    said = []
    close = line.closes.get(0, line.n)
    for first, last in clauses(line, 1, close):
        start, stop = trimmed(line.text, line.words[first].start, line.words[last - 1].end)
        if last - first >= 2 and start < stop and memory.speaker and line.texts[first] not in particles.CONDITIONS:
            said.append(Said(unglued(line, first, start), stop, memory.speaker, mode_of(line.text, start, stop), None, "that", "", True))
    return said

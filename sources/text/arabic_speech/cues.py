"""Acts of speech in a sentence: verb, participle or "according to", its subject, and where its content lies."""

from dataclasses import replace

from sources.text.arabic import particles, reporting, titles, verbs
from sources.text.arabic.people import ArabicPeople
from sources.text.arabic.reporting import Telling
from sources.text.arabic_speech import subjects
from sources.text.arabic_speech.complements import Complement, announced, past_occasions, told_object
from sources.text.arabic_speech.cue import Cue
from sources.text.arabic_speech.edges import after_quote, dated_aside, fits, follows_lead, lead, leads, led
from sources.text.arabic_speech.line import Line
from sources.text.arabic_speech.narration import past_links
from sources.text.arabic_speech.negated_denials import undone
from sources.text.arabic_speech.relays import according, impersonal, nominal, relayed, told_to
from sources.text.arabic_speech.verb_subjects import verb_subject
from sources.text.speaker import PASSIVE, Speaker
from sources.text.utterances import Memory

__all__ = ["Cue", "cues"]

_LINKS = particles.folded("بعدما وبعدما عندما إذ قد فقد وقد حيث وحيث فيما وفيما بينما وبينما كما لكن ولكن")
_WOULD_HAVE = particles.folded("يكون تكون يكونوا كان كانت كانوا قد")
_MOST_TRIES = 300  # words of reporting in one sentence; no prose has more
# What is warned of as about to come.
_RUNS_OUT = particles.folded(
    "نفاد انهيار انقطاع توقف ارتفاع تراجع انخفاض تفاقم تفشي انتشار انزلاق تدهور تحول موجة كارثة عودة نقص حدوث وقوع اندلاع ازدياد"
)
_BLAME = particles.folded("مسؤولية المسؤولية مسؤوليته مسؤوليتها مسؤوليتهم تبعات تبعة مسؤوليات وزر")
_BELIEFS = particles.folded("ثقته ثقتها ثقتهم قناعته قناعتها اعتقاده اعتقادها يقينه يقينها اقتناعه اقتناعها")
_WORDS = particles.folded("الكلمات العبارة العبارات الجملة الجمل")
_SHOWS = Telling("بين", "that")
_CONTENT_REFUSED = particles.folded("تعليق افصاح اعلان كشف ادلاء رد حديث خوض اجابة تاكيد تحديد ذكر نفي انكار")


def cues(line: Line, people: ArabicPeople, memory: Memory) -> list[Cue]:
    """All of a sentence, in order; who spoke last is remembered for the next sentence."""
    found: list[Cue] = []
    i = 0
    floor = 0
    tries = 0
    while i < line.n and tries < _MOST_TRIES:
        if line.quoted[i] or line.bracketed[i]:
            i += 1
            continue
        tries += reporting.telling(line.texts[i]) is not None
        cue = _cue(line, people, memory, i, floor)
        if cue is None:
            i += 1
            continue
        found.append(cue)
        if cue.backward and not cue.trailing and (more := _resumed(line, cue)):
            found.append(more)
            cue = replace(more, speaker=cue.speaker)
        if cue.speaker and cue.speaker.name:
            people.last = cue.speaker
            if not cue.trailing:
                memory.speaker = cue.speaker
        floor = max(floor, cue.content if cue.content > cue.at else cue.after)
        i = max(i + 1, _past_what_is_denied(line, cue))
    return found


def _past_what_is_denied(line: Line, cue: Cue) -> int:
    """Where the next act of speech may stand: not in the verb that is denied, «نفى أن يكون قد قال إن»."""
    k = cue.after
    if cue.void or cue.affirmed or cue.told.sense not in {"denial", "doubt"} or line.at(k - 1) not in particles.THAT:
        return k
    while line.at(k) in _WOULD_HAVE:
        k += 1
    return k + 1 if reporting.telling(line.at(k)) else k


def _resumed(line: Line, cue: Cue) -> Cue | None:
    """«"…"، قال فلان، "…"»: the second half of the quote."""
    opened = next((k for k in range(cue.after, min(line.n, cue.after + 8)) if line.texts[k] == '"'), None)
    if opened is None or not line.mark(opened - 1) or opened in line.opens or opened not in line.closes:
        return None
    if any(reporting.telling(line.texts[k]) for k in range(cue.after, opened)):
        return None
    close = line.closes[opened]
    return Cue(opened, opened, opened + 1, cue.told, cue.speaker, carried=True, close=close, after=close)


def _cue(line: Line, people: ArabicPeople, memory: Memory, i: int, floor: int) -> Cue | None:
    word = line.texts[i]
    if word in reporting.ACCORDING and (past := _within_topic(line, i)):
        return Cue(i, i, past, _SHOWS, None, void=True, after=past)
    if word in reporting.ACCORDING or (
        word == "علي" and (line.at(i + 1) == "حد" or (line.at(i + 1) == "ما" and reporting.telling(line.at(i + 2))))
    ):
        return according(line, people, memory, i, floor)
    if cue := nominal(line, people, i):
        return cue
    if cue := impersonal(line, people, i):
        return cue
    if word == "بهذه" and line.at(i + 1) in _WORDS and (quoted := after_quote(line, i, floor)):
        return _closing(line, memory, _SHOWS, i, floor, subjects.after(line, people, i + 3, None)) if quoted else None
    if word in {"بين", "وبين", "تبين", "يبين"} and line.at(i + 1) in particles.THAT and i + 2 < line.n:
        return Cue(i, i if line.edge(i) or floor == 0 else floor, i + 2, _SHOWS, memory.speaker or PASSIVE, carried=True, after=i + 2)
    if word.removeprefix("و") in {"بين", "بينت"} and line.edge(i) and _shown_by(line, people, i):
        return _verb(line, people, memory, _SHOWS, i, floor)
    if (named := _suffixed(line, people, i)) is not None:
        return named
    told = reporting.telling(word)
    if told is None or (told.form is not None and not _acts(line, people, told, i, floor)):
        return None
    if told.participle:
        return _participle(line, people, memory, told, i, floor)
    if told.frame == "relay":
        return relayed(line, people, told, i)
    return _verb(line, people, memory, told, i, floor)


def _within_topic(line: Line, i: int) -> int | None:
    """«أما النقيب، بحسب الصحيفة، فأكد»: where the aside ends."""
    comma = line.next_comma(i, line.n)
    if comma is None or not line.comma(i - 1) or not any(line.texts[k] in {"اما", "واما"} for k in range(max(0, i - 20), i)):
        return None
    word = line.at(comma + 1)
    return comma if word[:1] == "ف" and reporting.telling(word) else None


def _shown_by(line: Line, people: ArabicPeople, i: int) -> bool:
    """«وبين الوزير أن»: the verb rather than "between"."""
    word = line.at(i + 1)
    somebody = (
        word in people.parts or word in titles.ROLES or word in titles.ORGANISATIONS or word in titles.GROUPS or word in titles.DOCUMENTS
    )
    return (
        somebody
        and any(line.at(k) in particles.THAT for k in range(i + 2, i + 14))
        and not any(line.at(k)[:1] == "و" for k in range(i + 2, i + 4))
    )


def _suffixed(line: Line, people: ArabicPeople, i: int) -> Cue | None:
    """«وهو ما نفاه الوزير»: nothing new is said, but who spoke is told."""
    word = line.texts[i]
    if line.at(i - 1) not in {"ما", "مما"} or not word.endswith(("ه", "ها")):
        return None
    stem = word.removesuffix("ها") if word.endswith("ها") else word[:-1]
    told = reporting.telling(stem[:-1] + "ي" if stem.endswith("ا") else stem)
    if (told and told.frame == "naming") or stem.startswith(("سم", "اسم")) or line.at(i + 1)[:1] == "ب":
        return None  # «ما وصفته بـ"الفضيحة"» is part of what is told
    found = subjects.after(line, people, i + 1, None) if told and not told.participle else None
    return Cue(i, i, found.end, told, found.speaker, void=True, after=found.end) if told and found else None


def _acts(line: Line, people: ArabicPeople, told: Telling, i: int, floor: int) -> bool:
    """Is the word a verb here, and does somebody speak by it now?"""
    before = line.at(i - 1)
    plain = line.texts[i]
    if before in particles.THAT and told.form and told.form.tense == "present":
        return line.at(i - 2) == "قبل" and line.at(i + 1) in {":", '"', *particles.THAT}  # «قبل أن يضيف: "…"»
    if before in particles.RELATIVES:
        tells = line.at(i + 1) in particles.THAT or line.at(i + 2) in particles.THAT  # «الذي أكد أن»
        return tells or (told.sense == "commitment" and not told.tied)
    if told.lemma == "حمل" and told.form and told.form.tense == "present" and not _BLAME & set(line.texts[i + 1 : i + 12]):
        return False  # «وتحمل نقوشا»
    if before in {"ما", "مما", "بما", "مثلما"}:
        return False
    if before in particles.PREPOSITIONS and before not in {"بعد", "خلال"} and plain == told.lemma:
        return False  # عن بحث
    if i and line.comma(i - 1) and line.texts[0] in {"اذ", "واذ"} and line.opening[i] == i and line.opening[i - 1] < i - 4:
        return True  # «وإذ لفت إلى …، أشار إلى»
    if i and line.comma(i - 1) and plain[0] not in "وف" and not follows_lead(line, i):
        found = subjects.before(line, people, i, floor)
        apart = found is not None and (told.frame in {"that", "object"} or found.start < line.opening[i - 1])
        return apart or after_quote(line, i, floor)  # «، طلب عدم ذكر اسمه،»
    if told.tied and plain == told.lemma and i and not line.edge(i) and before not in _LINKS and before not in particles.PRONOUNS:
        return lead(line, line.opening[i], i, floor) or subjects.before(line, people, i, floor) is not None
    return True


def _participle(line: Line, people: ArabicPeople, memory: Memory, told: Telling, i: int, floor: int) -> Cue | None:
    """«، مضيفا أن», «مشيرة إلى تراجع»: the clause of whoever spoke."""
    tells = line.at(i + 1) in particles.THAT or (reporting.lead_to_that(line.at(i + 1)) and line.at(i + 2) in particles.THAT)
    if not (line.edge(i) or i in {1, 2} or told.lemma == "قال" or tells) or (i == 0 and line.texts[i][0] != "و"):
        return None
    speaker = (None if floor else _doer(line, people)) or memory.speaker or PASSIVE
    if told.frame == "topic":
        return Cue(i, i, i + 1, told, speaker, carried=True, void=True, after=i + 1)
    if told.frame == "naming" and (named := announced(line, i + 1, i, told)) and named.announced_at - i < 6:
        return _with(named, Cue(i, i, named.begin, Telling(told.lemma, "that"), speaker, carried=True))
    if (
        told.frame == "position"
        and (said := announced(line, i + 1, i, _SHOWS))
        and said.close is not None
        and line.texts[said.announced_at] == ":"
    ):
        return _with(said, Cue(i, i, said.begin, _SHOWS, speaker, carried=True))  # «مهنئا الفائز: "…"»
    if told.lemma == "حذر" and line.at(i + 1) == "من" and line.at(i + 2) in _RUNS_OUT:
        return Cue(i, i, i + 2, Telling(told.lemma, "object", "prediction", participle=True), speaker, carried=True, after=i + 2)
    if told.lemma == "حذر" and line.at(i + 1) == "من" and line.at(i + 2) not in particles.THAT:
        return Cue(i, i, i, Telling(told.lemma, "position", participle=True), speaker, carried=True, after=i + 1)
    believed = announced(line, i + 2, i, _SHOWS) if told.frame == "position" and line.at(i + 2) in _BELIEFS else None
    if believed and believed.close is None and believed.announced_at - i <= 4:  # «معربا عن ثقته بأن»
        return _with(believed, Cue(i, i, believed.begin, _SHOWS, speaker, carried=True))
    if told.frame in {"position", "naming"}:
        return Cue(i, i, i, told, speaker, carried=True, after=i + 1)
    content = announced(line, i + 1, i, told) or told_object(line, i + 1, told)
    if content is None or content.begin >= line.n:
        return None
    return _with(content, Cue(i, i, content.begin, told, speaker, carried=True))


def _doer(line: Line, people: ArabicPeople) -> Speaker | None:
    """«رفع المدير توقعاته، مرجحا أن»: who does what the sentence tells first."""
    start = past_links(line, 0, line.n)
    if start + 1 >= line.n or not verbs.may_be_verb(line.texts[start]):
        return None
    found = subjects.after(line, people, start + 1, None)
    if found is None:
        return None
    body = line.texts[found.start] in titles.ORGANISATIONS
    return found.speaker if body or found.speaker.type in {"person", "unnamed_role"} else None


def _with(content: Complement, cue: Cue) -> Cue:
    cue.content, cue.close, cue.skip = content.begin, content.close, content.skip
    cue.after = content.begin
    return cue


def _verb(line: Line, people: ArabicPeople, memory: Memory, told: Telling, i: int, floor: int) -> Cue | None:
    negated = line.at(i - 1) in particles.NEGATIONS
    if negated and told.sense != "doubt":
        return None if told.tied else _unsaid(line, told, i)
    if told.sense == "denial" and undone(line, i):
        return _unsaid(line, told, i)
    content = announced(line, i + 1, i, told)
    subject = verb_subject(line, people, told, i, floor, content)
    opens = _opens(line, i, subject, floor)
    if after_quote(line, i, floor) and (content is None or subject is not None):
        return _closing(line, memory, told, i, floor, subject)
    end = max(i + 1, subject.end) if subject and subject.start > i else i + 1
    carrier = None
    if subject and (quoted := _quoting(line, people, end, content)):
        carrier, subject = subject.speaker.name, subjects.Subject(quoted, subject.start, subject.end)
    at_edge = (
        (subject is not None and subject.start < i)
        or line.edge(opens)
        or lead(line, opens, i, floor)
        or line.at(i - 1) in {"قد", "فقد", "وقد", "ان", "بان", *_LINKS, *particles.PRONOUNS, *particles.RELATIVES}
    )
    if content is not None and not fits(line, told, content, end, i, subject):
        content = None
    speaker = subject.speaker if subject else memory.speaker
    if subject is None and line.at(i - 1) in {"حيث", "وحيث"}:
        speaker = _doer(line, people) or speaker
    if subject is None and not floor and i > 2:
        speaker = _doer(line, people) or speaker
    carried = subject is None
    linked = (line.at(opens - 2), line.at(opens - 1)) in particles.CONNECTOR_PAIRS
    if content is None and not linked and (line.at(opens - 1) in particles.THAT or line.at(opens - 1) in particles.AND_THAT):
        return None  # within what another says: «إن واشنطن حذرت بكين من…»
    if told.frame == "topic":
        return Cue(i, opens, end, told, speaker, void=True, after=end) if at_edge and subject else None
    if told.frame == "naming" and content is None and not any(w[0] == "ب" for w in line.texts[end : end + 6]):
        return None
    if told.lemma == "هدد" and content is not None and content.announced_at <= end + 1:
        told = Telling(told.lemma, "that", "commitment", form=told.form)
    if told.lemma == "حذر" and content is None and line.at(past_occasions(line, end)) == "من":
        told = Telling(told.lemma, "position", form=told.form)  # the warning itself is the news
    if told.frame in {"position", "naming"}:
        if not at_edge or (told.tied and not (line.edge(i) or line.at(i - 1) in _LINKS or (subject and subject.start < i))):
            return None
        if told.lemma == "رفض" and _refuses_to_speak(line, end):
            return _unsaid(line, told, i, speaker)
        if speaker is None:
            return None
        if told.lemma == "اهاب" and told.form and told.form.tense == "present":  # what the public is asked to do
            return Cue(i, i, end, told, speaker, void=True, after=line.n)
        begin = subject.start if subject and subject.start < i and line.at(subject.start - 1) not in {"اما", "واما"} else i
        if begin < i and any(line.comma(k) for k in range(begin, i)):
            begin = i  # «مهندس، رفض ذكر اسمه، شكك في الرواية»
        return Cue(i, opens, begin, told, speaker, carried=carried, after=end, aside=dated_aside(line, end) or past_occasions(line, end))
    if content is None:
        if (
            (told.tied and not led(line, told, past_occasions(line, end)) and not (told.lemma == "قدر" and subject))
            or not at_edge
            or (carried and line.texts[i][0] not in "وف" and opens == i and not leads(line, i) and line.at(i - 1) not in particles.PRONOUNS)
        ):
            return None
        content = told_object(line, end, told)
        if content is None and speaker and told.sense == "doubt" and not negated:  # «استبعد الوزير أي مفاوضات»: the act is the news
            return Cue(i, opens, i, Telling(told.lemma, "position", form=told.form), speaker, carried=carried, after=end)
        if content is None and subject and not told.tied:  # «أعلن الوزير، في مؤتمر، النتائج»: who speaks is told, and no more
            return Cue(i, opens, end, told, speaker, void=True, after=end)
    if content is None or content.begin >= line.n:
        return None
    return _with(
        content,
        Cue(
            i,
            opens,
            content.begin,
            told,
            speaker or PASSIVE,
            carried=carried,
            affirmed=negated,
            reported_by=carrier or told_to(line, people, end, content.announced_at),
        ),
    )


def _quoting(line: Line, people: ArabicPeople, end: int, content: Complement | None) -> Speaker | None:
    """«ذكرت وكالة X، نقلا عن Y، أن»: Y speaks."""
    for k in range(end, min(end + 6, content.announced_at if content else line.n - 2)):
        if (line.texts[k], line.at(k + 1)) in {("نقلا", "عن"), ("علي", "لسان")}:
            limit = line.next_comma(k, line.n) or (content.announced_at if content else None)
            found = subjects.after(line, people, k + 2, limit)
            if found and found.speaker.type == "unnamed_role" and line.texts[k + 2].endswith(("ها", "هم", "ته")):
                return None  # «على لسان ممثلتها»: the body speaks
            return found.speaker if found else None
    return None


def _unsaid(line: Line, told: Telling, i: int, speaker: Speaker | None = None) -> Cue:
    """ "Did not disclose", "declined to comment": no claim comes of it."""
    return Cue(i, _opens(line, i, None, 0), i + 1, told, speaker, void=True, after=i + 1)


def _refuses_to_speak(line: Line, end: int) -> bool:
    return any(line.at(k).removeprefix("ال") in _CONTENT_REFUSED for k in range(end, min(line.n, end + 2)))


def _opens(line: Line, i: int, subject: subjects.Subject | None, floor: int) -> int:
    """Where the clause of the verb opens: its subject before it, or the adverbs that lead to it."""
    if subject and subject.start < i:
        return subject.start
    start = line.opening[i]
    if floor <= start < i and lead(line, start, i, floor):
        return start
    if start > floor and line.comma(start - 1) and start == i:  # «وفي مؤتمر صحفي، قال»
        adverb = line.opening[start - 1]
        if adverb >= floor and lead(line, adverb, start - 1):
            return adverb
    return i


def _closing(line: Line, memory: Memory, told: Telling, i: int, floor: int, subject: subjects.Subject | None) -> Cue | None:
    """ "…"، قال الزعيم: the words stand before the verb."""
    close = next(k for k in range(i - 1, -1, -1) if line.texts[k] == '"')
    opened = line.opens[close]
    if told.frame in {"position", "topic", "relay"}:
        return None
    speaker = subject.speaker if subject else memory.speaker
    end = subject.end if subject and subject.start > i else i + 1
    return Cue(
        i, opened, opened + 1, told, speaker or PASSIVE, carried=subject is None, close=close, after=end, trailing=False, backward=True
    )

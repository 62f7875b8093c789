"""Speech without a verb of its own: "according to", "quoting X as saying", "it is expected", "the report says"."""

from sources.text.arabic import particles, reporting, titles, verbs
from sources.text.arabic.nouns import is_verbal_noun
from sources.text.arabic.people import ArabicPeople
from sources.text.arabic.phrases import unprefixed
from sources.text.arabic.reporting import Telling
from sources.text.arabic_speech import subjects
from sources.text.arabic_speech.complements import announced
from sources.text.arabic_speech.cue import Cue
from sources.text.arabic_speech.line import Line
from sources.text.speaker import PASSIVE, Speaker
from sources.text.utterances import Memory

_ACCORDING = Telling("وفق", "that")
_EXPECTED = Telling("توقع", "that", "prediction")
_REPORTED = Telling("ذكر", "that")
_SAYS = Telling("جاء", "that")
_AND_ACCORDING = particles.folded("وبحسب ووفق ووفقا وحسب ونقلا")
_OWN = particles.folded("قوله قولها قولهم تعبيره تعبيرها وصفه وصفها تعبيرهم رأيه رأيها زعمه زعمها زعمهم")
_FORECAST = particles.folded("يتوقع تتوقع يرجح ترجح ينتظر يستبعد يخشي يفترض يقدر تقدر")


def according(line: Line, people: ArabicPeople, memory: Memory, i: int, floor: int) -> Cue | None:
    """«بحسب X، …» and «…، وفق ما ذكر X»."""
    k = i + 1
    if line.texts[i] == "علي":
        k = i + 2  # على حد قول
    own = line.at(k) in _OWN
    if line.at(k) in _THEIRS and (comma := line.mark(k + 1) and line.comma(k + 1)) and i == line.opening[i] and k + 3 < line.n:
        return Cue(i, i, k + 1 + comma, _ACCORDING, memory.speaker or PASSIVE, after=k + 2)  # «ووفقا لهم، فإن»
    while (
        not own
        and k < line.n
        and (
            line.texts[k] in {"ل", "ما", "لما", "قول", "تعبير", "وصف", "به", "عنه", "عنها", "عن", "بها", "حد", "الي", "علي", "فيه"}
            or _saying(line.texts[k])
            or k in line.after_date
            or line.texts[k] in {"انذاك", "حينها", "سابقا", "اخر", "احدث"}
        )
    ):
        k = line.after_date.get(k, k + 1)
    if k >= line.n or (line.mark(k) and line.texts[k] != '"'):
        return None
    clause_end = line.next_comma(k, min(line.n, k + 40))
    subject = Speaker("") if own else None
    found = None
    if not own:
        found = subjects.after(line, people, _past_prefix(line, k), clause_end, inside=True)
        if found is None:
            return None
        subject = _signed(line, people, found, clause_end) or found.speaker
        if line.texts[found.start].removeprefix("ال") in _PAGES:
            subject = _body_before(line, people, i, floor) or PASSIVE
    opens_clause = i == line.opening[i] and (i <= 1 or i == floor or (line.texts[i] in _AND_ACCORDING and line.mark(i - 1)))
    if opens_clause and not own and clause_end is not None and clause_end + 2 < line.n:
        return Cue(i, i, clause_end + 1, _ACCORDING, subject, after=clause_end + 1)
    before = line.opening[i - 1] if i and line.comma(i - 1) else i
    if found and clause_end is not None and floor <= before < i and _goes_through(line, before, i, clause_end):
        begin = before + 1 if line.texts[before] in {"اذ", "حيث"} else before
        return Cue(i, begin, begin, _ACCORDING, subject, after=clause_end + 1)  # «أدت، وفقا لفلان، إلى نزوح»
    if opens_clause and not own and found and found.end + 3 < line.n and i == 0:
        begin = found.end + 1 if line.at(found.end) in particles.THAT else found.end
        return Cue(i, i, begin, _ACCORDING, subject, after=begin)
    end = max(k + 1, found.end if found else 0)
    speaker = (memory.speaker or PASSIVE) if own else subject
    return Cue(i, i, floor, _ACCORDING, speaker, after=end, backward=True, trailing=True)


_THEIRS = frozenset({"له", "لها", "لهم", "لهما"})
_PAGES = particles.folded("تحديث تحديثات جدول لوحة شاشة موقعه موقعها صفحته صفحتها نشرته نشرتها قائمة")


def _body_before(line: Line, people: ArabicPeople, i: int, floor: int) -> Speaker | None:
    """«في البنك، بحسب آخر تحديث على موقعه»: the body whose page it is."""
    for k in range(i - 1, max(floor, i - 30) - 1, -1):
        if unprefixed(line.texts[k]) in titles.ORGANISATIONS:
            found = subjects.after(line, people, k, i, inside=True)
            return found.speaker if found else None
    return None


def _signed(line: Line, people: ArabicPeople, found: subjects.Subject, limit: int | None) -> Speaker | None:
    """«وفقا للسعر المعلن من مؤسسة البترول»: the body behind a thing that cannot speak."""
    if (
        found.speaker.type not in {"person", "organisation"}
        or not line.texts[found.start].startswith("لل")
        or unprefixed(line.texts[found.start]) != line.texts[found.start]
    ):
        return None
    for k in range(found.start + 1, min(limit or line.n, found.start + 7)):
        if line.texts[k] in titles.ORGANISATIONS:
            body = subjects.after(line, people, k, limit)
            return body.speaker if body else None
    return None


def _goes_through(line: Line, before: int, i: int, closing: int) -> bool:
    """Does one clause stand on both sides of the aside?"""
    following = line.at(closing + 1)
    form = verbs.form_of(line.texts[before]) or verbs.form_of(line.at(before + 1))
    goes_on = following in particles.PREPOSITIONS or (
        following[:1] not in "وف" and verbs.form_of(following) is None and following not in particles.CONNECTORS
    )
    return form is not None and i - before <= 6 and bool(following) and goes_on


def _saying(word: str) -> bool:
    told = reporting.telling(word)
    return bool(told and not told.participle) or any(
        reporting.telling(word.removesuffix(end)) is not None for end in ("ه", "ته", "ها") if word.endswith(end)
    )


def _past_prefix(line: Line, k: int) -> int:
    return k


def impersonal(line: Line, people: ArabicPeople, i: int) -> Cue | None:
    """«من المتوقع أن», «يُعتقد أن», «وذُكر أن», «فيما وُصف بأنه»: nobody signs."""
    word, before = line.texts[i], line.at(i - 1)
    plain = word[1:] if word[0] in "وف" and len(word) > 3 else word
    if plain in {"وصف", "يوصف", "توصف", "وصفت"} and before in {"فيما", "ما", "بما"} and line.at(i + 1) in particles.THAT:
        return Cue(i, i - 1, i, Telling("وصف", "naming"), PASSIVE, after=i + 2)
    if plain in reporting.EXPECTED and before in {"من", "ومن"}:
        if line.at(i - 2) in {"كان", "وكان", "كانت", "وكانت"}:
            return None  # «كان من المقرر»: what was to be
        that = next((k for k in range(i + 1, min(line.n, i + 8)) if line.texts[k] in particles.THAT or line.texts[k] == "الا"), None)
        if is_verbal_noun(line.at(i + 1)) and (that is None or that > i + 4):
            return Cue(i, i - 1, i + 1, _EXPECTED, PASSIVE, after=i + 1)
        if that is not None and that + 1 < line.n and line.at(that - 1) not in {"قبل", "بعد", "دون"}:
            begin = that if line.texts[that] == "الا" else that + 1
            return Cue(i, i - 1, begin, _EXPECTED, PASSIVE, after=begin)
        return None
    if plain in _FORECAST and line.at(i + 1) in titles.GROUPS | titles.ROLES | titles.ORGANISATIONS | titles.SOURCES:
        return None  # «ويتوقع محللون أن»
    voiced = people.passive(line.words[i]) if plain in reporting.PASSIVE_TELLING else False
    if plain in reporting.PASSIVE_TELLING and (line.edge(i) or before in {"كما", "وكما"}) and (voiced or plain not in _ACTIVE_TOO):
        that = next((k for k in range(i + 1, min(line.n, i + 5)) if line.texts[k] in particles.THAT or line.texts[k] == "الا"), None)
        if that is not None and that + 1 < line.n:
            background = plain in {"يذكر", "يشار"}
            told = _EXPECTED if plain in _FORECAST else _REPORTED
            begin = that if line.texts[that] == "الا" else that + 1
            return Cue(i, i, begin, told, PASSIVE, after=line.n if background else begin, void=background)
    return None


_ACTIVE_TOO = particles.folded("ذكر أعلن أفاد وصف وصفت عرف علم يذكر اعتبر يتوقع تتوقع يرجح ترجح يعتقد يقدر تقدر يزعم يستبعد ينتظر") - {
    "يتوقع",
    "يعتقد",
    "ينتظر",
    "يرجح",
    "يذكر",
    "يقدر",
}


def nominal(line: Line, people: ArabicPeople, i: int) -> Cue | None:
    """«جاء في تقرير X أن», «ورد في البيان أن»."""
    word = line.texts[i].removeprefix("و")
    if word not in {"جاء", "ورد", "جاءت", "وردت", "رد"} or line.at(i + 1) not in {"في", "علي", "ضمن"} or line.at(i - 1) in {"ما", "كما"}:
        return None
    content = announced(line, i + 2, i, _SAYS)
    if content is None or content.begin >= line.n:
        return None
    found = subjects.after(line, people, i + 2, content.announced_at)
    speaker = found.speaker if found else PASSIVE
    return Cue(i, i, content.begin, _SAYS, speaker, close=content.close, after=content.begin)


def relayed(line: Line, people: ArabicPeople, told: Telling, i: int) -> Cue | None:
    """«نقلت وكالة X عن Y قوله إن»: Y speaks, X carries."""
    about = next((k for k in range(i + 1, min(line.n, i + 14)) if line.texts[k] in {"عن", "الي", "عنه", "عنها", "عنهم"}), None)
    if about is None or about + 1 >= line.n:
        return None
    content = announced(line, about + 1, about, _SAYS)
    if content is None or content.begin >= line.n:
        return None
    stop = next((k for k in range(about + 1, content.announced_at) if line.texts[k] in reporting.SAYING), content.announced_at)
    if line.texts[about] in {"عنه", "عنها", "عنهم"}:
        carrier = subjects.after(line, people, about + 1, stop)
        return Cue(
            i,
            i,
            content.begin,
            told,
            people.last or PASSIVE,
            carried=True,
            reported_by=_name(carrier),
            close=content.close,
            after=content.begin,
        )
    carrier = subjects.after(line, people, i + 1, about) if about > i + 1 else None
    found = subjects.after(line, people, about + 1, stop)
    speaker = found.speaker if found else PASSIVE
    return Cue(i, i, content.begin, told, speaker, reported_by=_name(carrier), close=content.close, after=content.begin)


def _name(found: subjects.Subject | None) -> str | None:
    return found.speaker.name if found else None


def told_to(line: Line, people: ArabicPeople, begin: int, end: int) -> str | None:
    """The outlet that heard it: «لصحيفة الميزان», «في مقابلة مع قناة المدى»."""
    for k in range(begin, min(end, begin + 20)):
        plain = line.texts[k].removeprefix("ل") if line.texts[k].startswith("ل") and not line.texts[k].startswith("لل") else line.texts[k]
        if plain in _OUTLETS and (plain != line.texts[k] or line.at(k - 1) in _HEARD):
            heard = subjects.after(line, people, k, end, inside=True)
            return heard.speaker.name if heard else None
    return None


_OUTLETS = particles.folded("وكالة صحيفة قناة شبكة مجلة إذاعة موقع تلفزيون")
_HEARD = particles.folded("مع عبر على مع")

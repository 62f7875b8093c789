"""Who speaks: the noun phrase after a verb, before it, or told earlier, with its title or name set off by commas."""

from dataclasses import dataclass

from sources.text.arabic import nouns, particles, phrases, reporting, titles, verbs
from sources.text.arabic.people import ArabicPeople
from sources.text.arabic.phrases import Phrase, definite, is_mark, phrase, unprefixed
from sources.text.arabic_speech.line import Line
from sources.text.sentences import Word
from sources.text.speaker import Speaker

_BEFORE = 24
# Figures tell, but nobody signs them.
_FIGURES = particles.folded("بيانات أرقام مؤشرات سجلات صور معطيات تقديرات إحصاءات إحصائيات حصيلة معلومات توقعات أدلة كشوف")
# Whom «سموه» means: the nearest who bears one of these.
_HIGHNESS = {
    "سموه": ("امير", "شيخ"), "سموها": ("اميرة", "شيخة"), "معاليه": ("وزير",), "معاليها": ("وزيرة",), "فخامته": ("رئيس",), "دولته": ("رئيس",),
    "جلالته": ("ملك",), "سعادته": ("سفير", "وزير"), "سعادتها": ("سفيرة", "وزيرة"), "سيادته": ("رئيس",),
}  # fmt: skip
_ONE_OF_THEM = frozenset({"احدهم", "احداهن", "احداهما", "بعضهم", "احدهما", "جميعهم"})
_CALLED = particles.folded("يدعى ويدعى تدعى وتدعى اسمه واسمه اسمها واسمها يسمى وتسمى")
_ASIDE = frozenset({"،", ",", "-", "–", "—"})
_SIGNED_BY_SPEAKER = particles.folded("الرسالة البيان التقرير التغريدة المنشور التدوينة الخطاب الكلمة")
_LINKS = particles.folded("لكن ولكن اما واما الا ان غير بيد فيما بينما وبينما وفيما كما و حيث فان وان بان ف كذلك")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who, and the words taken: words[start:end]."""

    speaker: Speaker
    start: int
    end: int


def after(line: Line, people: ArabicPeople, i: int, bound: int | None, *, inside: bool = False, feminine: bool = False) -> Subject | None:
    """The subject that opens at word i; up to `bound` all belongs to it or qualifies it."""
    if meant := _honoured(line, people, i):
        return Subject(meant, i, i + 1)
    if line.at(i) in titles.HONOURS and (definite(line.at(i + 1)) or line.at(i + 1) in {"ولي", "رئيس", "وزير"}):
        i += 1  # «معالي الوزير»
    if line.at(i) in {"لي", "لنا", "له", "لها", "لهم"} and not line.mark(i + 1):
        i += 1  # «قال لي أحدهم»
    if quoted := _named_in_quotes(line, people, i, bound):
        return quoted
    while i < line.n and i in line.after_date and (bound is None or line.after_date[i] < bound):
        i = line.after_date[i]  # قال أمس الوزير
    limit = bound if bound is not None else line.n
    if i >= limit or line.mark(i):
        return None
    read = _phrase(line, people, i, limit, bounded=bound is not None, inside=inside, feminine=feminine)
    if (
        read is None
        or (
            read.kind == "other"
            and nouns.owned(line.texts[i]) != line.texts[i]
            and line.texts[i].endswith(("ه", "ها", "هم"))
            and line.texts[i] not in _ONE_OF_THEM
        )
        or (
            bound is None
            and not inside
            and read.kind in {"other", "group"}
            and definite(line.texts[i])
            and line.texts[i].endswith(("ين", "تين"))
        )
    ):
        return None  # اتهم خصومه
    if read.kind == "document":
        return _document(line, people, read, limit)
    end, speaker = _apposed(line, people, read, limit)
    return Subject(speaker, i, end)


def _honoured(line: Line, people: ArabicPeople, i: int) -> Speaker | None:
    """«سعادته», «سموه»: the last who was named with that honour, else with such an office, else who spoke last."""
    word = line.at(i)
    for owner in ("هم", "ها", "ه"):
        honour = word.removesuffix(owner)
        honour = honour[:-1] + "ة" if honour.endswith("ت") else honour
        if word.endswith(owner) and honour in titles.HONOURS:
            at = line.words[i].start
            return people.honoured_before(honour, at) or people.bearer(_HIGHNESS.get(word, ()), at) or people.last
    return None


def _named_in_quotes(line: Line, people: ArabicPeople, i: int, bound: int | None) -> Subject | None:
    """«كانت «قطر للطاقة» قد نفت»: a body named by its name alone."""
    close = line.closes.get(i, line.n)
    if bound is None or close >= bound or not 1 < close - i <= 6:
        return None
    return Subject(people.speaker(line.words[i + 1 : close], Phrase(0, close - i - 1, "organisation", 0)), i, close + 1)


def later(line: Line, people: ArabicPeople, i: int, bound: int) -> Subject | None:
    """«قال في تصريح لرويترز مسؤول في الوزارة إن»: a subject behind when and where it was said."""
    for k in range(i + 1, bound):
        word, before = line.texts[k], line.texts[k - 1]
        head = word in titles.ROLES or word in titles.GROUPS or word in titles.SOURCES or word in people.parts
        if (
            head
            and before not in particles.PREPOSITIONS
            and (definite(before) or is_mark(before) or before.startswith("ل") or k in line.date_ends)
        ):
            return after(line, people, k, bound)
    return None


def before(line: Line, people: ArabicPeople, i: int, floor: int) -> Subject | None:
    """The subject that stands before its verb at i: «وكالة الأنباء قالت إن»."""
    start = max(floor, line.opening[i - 1] if i and line.comma(i - 1) else line.opening[i])
    stop = i - 1 if i and line.comma(i - 1) else i
    if stop < i:  # «أما المدرب سامي، الذي حضر، فقال»
        start = max(floor, _sentence_of(line, stop))
    if line.comma(start - 1) and 0 < stop - start <= 5 and (opens := line.opening[start - 1]) >= floor:
        named = _phrase(line, people, start, stop, bounded=True)
        earlier = next((k for k in range(opens, start) if line.texts[k] not in _LINKS and not is_mark(line.texts[k])), start)
        title = _phrase(line, people, earlier, start - 1, bounded=True) if named and named.end == stop and earlier < start - 1 else None
        if title and title.kind == "role":  # «نقيب المعلمين في المدارس الخاصة، أنطوان شديد، شكك»
            start = opens
    while start < stop and (line.texts[start] in _LINKS or is_mark(line.texts[start])):
        start += 1
    if not 0 < stop - start <= _BEFORE:
        return None
    plain = unprefixed(line.texts[start])
    if (
        plain in particles.OPENERS
        or plain in particles.PRONOUNS
        or (reporting.telling(plain) and plain not in people.parts and not definite(plain))
        or plain[0].isdigit()
    ):
        return None
    if plain.endswith("يا") and line.comma(start + 1):
        return None  # «إنسانيا، حذر»
    read = _phrase(line, people, start, stop, bounded=True)
    if read is None or (verbs.form_of(plain) and read.kind == "other"):
        return None
    end, speaker = _apposed(line, people, read, stop + 1)
    rest = line.texts[end:stop]
    if (
        end >= stop
        or (rest and rest[0] in {"،", ","} and stop < i and (verbs.may_be_verb(line.at(end + 1)) or reporting.telling(line.at(end + 1))))
        or (rest and ((rest[0] in {"،", ","} and line.at(end + 1) in particles.RELATIVES) or rest[0] in {"(", "-", "–"}))
    ):
        return Subject(speaker, start, i)
    return None


def antecedent(line: Line, people: ArabicPeople, relative: int) -> Speaker | None:
    """Whom «الذي» takes up: the nearest title or body before it."""
    stop = relative - 1 if line.comma(relative - 1) else relative
    for length in range(min(4, stop), 1, -1):  # a full name the article knows: «…للبيئة نبيل عيسى، الذي»
        if (name := people.names.get(tuple(line.texts[stop - length : stop]))) is not None:
            return Speaker("person", name, None, line.words[stop - length].start, line.words[stop - 1].end)
    for k in range(stop - 1, max(-1, stop - 9), -1):
        plain = unprefixed(line.texts[k])
        if plain in titles.ROLES or plain in titles.ORGANISATIONS:
            read = _phrase(line, people, k, stop, bounded=True, inside=True)
            if read and read.end == stop:
                return speaker_of(line, people, read)
    return None


def _sentence_of(line: Line, i: int) -> int:
    """Where the stretch opens that a relative clause between commas interrupts."""
    start = line.opening[i]
    return (
        line.opening[start - 1]
        if start and (line.at(start) in particles.RELATIVES or verbs.may_be_verb(line.at(start)) or reporting.telling(line.at(start)))
        else start
    )


def _phrase(
    line: Line, people: ArabicPeople, i: int, limit: int, *, bounded: bool, inside: bool = False, feminine: bool = False
) -> Phrase | None:
    word = line.texts[i]
    plain = unprefixed(word) if inside or word[0] in "وف" else word
    if plain.endswith("ا") and plain[:-1] in titles.ROLES:
        plain = plain[:-1]  # «إن مسؤولا»
    for owner in ("ها", "هم", "ه", "نا"):
        stem = plain.removesuffix(owner)
        stem = stem[:-1] + "ة" if stem.endswith("ت") else stem
        if plain.endswith(owner) and stem in titles.ROLES:
            plain = "ال" + stem  # «مديرها العام», «كاتبتها الجهوية»
            break
    held = [plain, *line.texts[i + 1 : min(limit, i + 30)]]
    stop = next((k for k in range(1, len(held)) if i + k in line.after_date), len(held))
    read = phrase(held, 0, stop, bounded=bounded, known=people.parts, feminine=feminine)
    return Phrase(read.start + i, read.end + i, read.kind, read.name + i) if read else None


def held_words(line: Line, read: Phrase) -> list[Word]:
    """The words of a phrase, the first without what is glued to it."""
    first = line.words[read.start]
    plain = unprefixed(first.text)
    if plain != first.text:
        first = Word(plain, max(first.start, first.end - len(plain)), first.end)
    return [first, *line.words[read.start + 1 : read.end]]


def speaker_of(line: Line, people: ArabicPeople, read: Phrase) -> Speaker:
    """Whom the phrase means."""
    return people.speaker(held_words(line, read), Phrase(0, read.end - read.start, read.kind, read.name - read.start))


def _apposed(line: Line, people: ArabicPeople, read: Phrase, limit: int) -> tuple[int, Speaker]:
    """«وزير الطاقة، الأمير فهد بن سالم، إن»; «سامر الحلاق، وزير الزراعة، إن»: a name or a title set off from the other."""
    speaker = speaker_of(line, people, read)
    kind, end = read.kind, read.end
    titled = [people.written(held_words(line, read))]
    if read.kind == "role" and read.end + 1 < limit and line.texts[read.end] in _CALLED:  # «شاهد يدعى كرار»
        stop = next((k for k in range(read.end + 1, limit) if is_mark(line.texts[k]) or line.texts[k] in particles.NAME_ENDS), limit)
        if stop > read.end + 1:
            named = people.person(line.words[read.end + 1 : stop])
            return stop, Speaker("person", named, titled[0], speaker.start, line.words[stop - 1].end)
    for _ in range(3):
        if kind == "role" and end < limit and line.texts[end] in {"في", "لدي"} and line.at(end + 1) not in reporting.OCCASIONS:
            place = phrases.body_end(line.texts, end + 1, min(limit, end + 7))
            end = place if place < limit and line.texts[place] in _ASIDE else end  # «نقيب المعلمين في المدارس الخاصة، أنطوان»
        if end < limit and line.texts[end] == "(":  # «(أونروا)»
            close = next((k for k in range(end, min(limit, end + 8)) if line.texts[k] == ")"), None)
            if close is None:
                break
            end = close + 1
        if end + 1 >= limit or line.texts[end] not in _ASIDE or end + 1 in line.after_date:
            break
        if line.at(end + 1) in _CALLED and end + 2 < limit:  # «أحدهم، ويدعى كرار:»
            stop = next(
                (k for k in range(end + 2, min(limit + 1, line.n)) if is_mark(line.texts[k]) or line.texts[k] in particles.THAT), end + 2
            )
            return stop, Speaker("person", people.person(line.words[end + 2 : stop]), titled[0], speaker.start, line.words[stop - 1].end)
        second = _phrase(line, people, end + 1, limit, bounded=False)
        if second is None:
            break
        closed = second.end >= line.n or is_mark(line.texts[second.end]) or line.texts[second.end] in particles.THAT
        if kind == "role" and second.kind == "role":  # two offices, the name to come
            titled.append(people.written(held_words(line, second)))
            end = second.end
        elif (
            (kind == "role" or (kind == "other" and second.kind == "person"))
            and second.kind in {"person", "other"}
            and closed
            and second.end - second.name > 1
        ):
            named = people.person(held_words(line, second)[second.name - second.start :])
            return second.end, Speaker("person", named, "، ".join(titled), speaker.start, line.words[second.end - 1].end)
        elif kind in {"person", "other"} and second.kind == "role":
            closing = line.next_comma(second.end, min(limit, second.end + 12))
            title = people.written(held_words(line, second))
            type_ = "person" if read.end - read.name > 1 else speaker.type
            found = Speaker(type_, speaker.name, speaker.title or title, speaker.start, speaker.end)
            return (closing if closing is not None else second.end), found
        else:
            break
    return end if kind == "role" and end < limit and line.texts[end] in _ASIDE and end != read.end else read.end, speaker


def _document(line: Line, people: ArabicPeople, read: Phrase, limit: int) -> Subject:
    """«تقرير لصندوق النقد», «بيانات نشرها الجهاز»: the body that signs; without one the document's own words."""
    last = min(limit, read.start + 12)
    body = next((k for k in range(read.start + 1, last) if _signs(line, people, k)), None)
    if body is not None:
        signed = _phrase(line, people, body, limit, bounded=False, inside=True)
        if signed is not None:
            who = speaker_of(line, people, signed)
            people.signed[line.texts[read.start].removeprefix("ال")] = who
            return Subject(who, read.start, max(read.end, signed.end))
    words = line.words[read.start : read.end]
    head = words[0].text.removeprefix("ال")
    if definite(words[0].text) and head in people.signed:
        return Subject(people.signed[head], read.start, read.end)  # «المعطيات ذاتها»: signed by whom it was said before
    if words[0].text in _SIGNED_BY_SPEAKER and people.last:
        return Subject(people.last, read.start, read.end)
    if (len(words) == 1 and definite(words[0].text)) or head in _FIGURES:
        return Subject(Speaker("unattributed_passive", None, None, words[0].start, words[0].end), read.start, read.end)
    return Subject(speaker_of(line, people, read), read.start, read.end)


def _signs(line: Line, people: ArabicPeople, k: int) -> bool:
    plain = unprefixed(line.texts[k])
    return (plain in titles.ORGANISATIONS and plain not in titles.DOCUMENTS) or plain in people.heads

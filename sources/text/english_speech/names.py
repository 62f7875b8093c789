"""The names an English article uses: every run of capitals, told apart into persons and bodies, with their short forms."""

from dataclasses import dataclass, field

from sources.text.english_speech import grammar, roles
from sources.text.folding import Folded
from sources.text.sentences import Word

_LINKS = frozenset(
    ["of", "for", "and", "&", "the", "de", "van", "von", "der", "den", "bin", "al", "el", "la", "di", "da", "du", "ben", "y", "abu", "ibn"]
)
_PARTICLES = frozenset(["de", "van", "von", "der", "den", "bin", "al", "el", "la", "di", "da", "du", "ben", "y", "abu", "ibn"])
_OPENERS = (
    (grammar.DETERMINERS | grammar.PREPOSITIONS | grammar.PRONOUNS | grammar.SUBORDINATORS | grammar.COORDINATORS | grammar.DISCOURSE)
    | frozenset(
        [
            "if",
            "is",
            "was",
            "its",
            "their",
            "there",
            "here",
            "more",
            "last",
            "next",
            "once",
            "even",
            "only",
            "speaking",
            "asked",
            "both",
            "police",
            "officials",
        ]
    )
    | grammar.DAYS
)

# Titles that take "of" and "for": what stands behind is the office, and then a name.
_OFFICES = frozenset(["minister", "secretary", "chancellor", "governor", "ambassador", "envoy", "commissioner", "chairman", "director"])


@dataclass(slots=True)
class Names:
    """Short forms and the full name each stands for."""

    people: dict[tuple[str, ...], str] = field(default_factory=dict)  # any ending of a full name -> the name as written
    bodies: dict[tuple[str, ...], str] = field(default_factory=dict)  # an acronym, or the whole name -> the name as written
    roles: list[tuple[frozenset[str], str]] = field(default_factory=list)  # words of a title -> who bears it
    order: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    persons: list[tuple[int, str]] = field(default_factory=list)  # where each person is named
    mentions: list[tuple[int, str]] = field(default_factory=list)  # where each body is named  # bodies as they are first named


def capital(word: Word) -> bool:
    """Does it begin with a capital letter?"""
    return word.text[:1].isupper()


def written(original: str, folded: Folded, words: list[Word]) -> str:
    """Words as the article writes them, on one line, brackets and quotation marks left out."""
    kept: list[str] = []
    depth, end = 0, -1
    for w in words:
        if w.text in {"(", ")"}:
            depth += 1 if w.text == "(" else -1
            continue
        if depth or w.text == '"':
            continue
        said = original[slice(*folded.origin(w.start, w.end))]
        kept.append(said if end == w.start or not kept else f" {said}")
        end = w.end
    return "".join(kept).strip(" ,.")


def is_body(words: list[Word]) -> bool:
    """Do these words name a body: Ministry of Trade, Acme Inc?"""
    return any(grammar.lower(w.text).removesuffix("'s") in roles.BODIES for w in words) or (
        len(words) == 1 and len(words[0].text) > 1 and words[0].text.isupper()
    )


def split_title(run: list[Word]) -> int:
    """How many words of a run of capitals are a title: Finance Minister Jane Doe -> 2."""
    last = 0
    for k, w in enumerate(run):
        word = grammar.lower(w.text)
        if word in roles.ROLES and k + 1 < len(run):
            last = k + 1
            while last < len(run) - 1 and run[last].text == ".":
                last += 1
        elif word.endswith("'s") and k + 1 < len(run) and not is_body(run[k + 1 :]):
            last = k + 1
    return last


def read(original: str, folded: Folded, words: list[Word]) -> Names:
    """Collect the names of an article."""
    names = Names()
    plain = {w.text for w in words if w.text[:1].islower()}
    i, n = 0, len(words)
    while i < n:
        if not capital(words[i]):
            i += 1
            continue
        fresh = i == 0 or words[i - 1].text in {".", '"', "!", "?", ":"} or words[i - 1].end + 1 < words[i].start
        if grammar.lower(words[i].text) in _OPENERS or (
            fresh and grammar.lower(words[i].text) in plain and not (i + 1 < n and capital(words[i + 1]))
        ):
            i += 1
            continue
        j = _run(words, i, n)
        _take(names, original, folded, words, i, j)
        i = j
    return names


def _run(words: list[Word], i: int, n: int) -> int:
    j = i + 1
    while j < n and j - i < 12:
        gap = words[j].start - words[j - 1].end
        if gap > 1:
            break
        if capital(words[j]) or (
            words[j].text == "."
            and gap == 0
            and len(words[j - 1].text) <= 4
            and j + 1 < n
            and capital(words[j + 1])
            and _abbreviated(words[j - 1])
        ):
            j += 1
        elif (
            grammar.lower(words[j].text) in _LINKS
            and j + 1 < n
            and (capital(words[j + 1]) or (words[j + 1].text == "the" and j + 2 < n and capital(words[j + 2])))
        ):
            if (
                words[j].text in {"and", "for", "of", "&", "the"}
                and (not is_body(words[i:j]) or grammar.lower(words[j - 1].text) in _OFFICES)
                and not (words[j].text == "of" and j - i == 1 and words[i].text.lower() not in roles.ROLES)
            ):
                break
            j += 1
        else:
            break
    return j


def _abbreviated(word: Word) -> bool:
    return len(word.text) == 1 or word.text in {
        "U.S",
        "U.K",
        "U.N",
        "E.U",
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Gen",
        "Sen",
        "Rep",
        "Gov",
        "Lt",
        "Col",
        "St",
        "Prof",
    }


def _take(names: Names, original: str, folded: Folded, words: list[Word], i: int, j: int) -> None:
    run = words[i:j]
    said = written(original, folded, run)
    if 1 < len(run) < 4 and grammar.lower(run[-1].text) in _OFFICES:  # Union Minister
        return
    if len(run) > 2 and _office(words, i) and _of_cabinet(words, i) and is_body(run) and not is_body(run[1:]):
        _person(names, original, folded, words, i, i + 1, j)  # Minister for Railways Anand Rao
        return
    if is_body(run):
        title = split_title(run)
        if title and 1 < len(run) - title <= 3 and not is_body(run[title:]):
            _person(names, original, folded, words, i, i + title, j)
            return
        names.mentions.append((run[0].start, said))
        key = (*(w.text for w in run[:-1]), run[-1].text.removesuffix("'s"))
        said = said.removesuffix("'s").removesuffix("’s")
        if key not in names.bodies and len(run) > 1:
            names.bodies[key] = said
            names.order.append((tuple(w.lower() for w in key), said))
        if j + 2 < len(words) and words[j].text == "(" and words[j + 2].text == ")" and words[j + 1].text.isupper():
            names.bodies[(words[j + 1].text,)] = said
        return
    title = split_title(run)
    if not title and len(run) > 2 and _office(words, i):
        title = next((k for k, w in enumerate(run[:-2]) if w.text.lower() not in roles.MODIFIERS), len(run) - 2)
        title = title or _of_cabinet(words, i)  # State for Ports Anand Rao
    name = run[title:]
    if len(name) > 1 and not title and i > 0 and words[i - 1].text in {"the", "The"}:  # the Eastern Cape
        names.bodies.setdefault(tuple(w.text for w in run), said)
        return
    if j + 2 < len(words) and words[j].text == "(" and words[j + 2].text == ")" and words[j + 1].text.isupper() and len(run) > 1:
        names.bodies[(words[j + 1].text,)] = said
        names.bodies[tuple(w.text for w in run)] = said
        return
    if name and len(name) <= 5 and not any(w.text == "of" for w in name):
        _person(names, original, folded, words, i, i + title, j)


def _office(words: list[Word], i: int) -> bool:
    """ "Minister for Housing …", "Secretary of State for Health …": an office goes before these capitals."""
    return i > 1 and words[i - 1].text in {"for", "of", "and"} and any(w.text.lower() in roles.ROLES for w in words[max(0, i - 5) : i - 1])


def _of_cabinet(words: list[Word], i: int) -> bool:
    """Is it an office that never goes without the name of its field: "Minister for Ports …"?"""
    return any(w.text.lower() in {"minister", "secretary"} for w in words[max(0, i - 5) : i - 1])


def _person(names: Names, original: str, folded: Folded, words: list[Word], i: int, at: int, j: int) -> None:
    name = words[at:j]
    aged = (
        j + 2 < len(words)
        and words[j].text == ","
        and ((words[j + 1].text.isdigit() and words[j + 2].text == ",") or words[j + 1].text == "who")
    )
    if len(name) > 1 or (aged and i == at and (name[0].text,) not in names.people):
        said = written(original, folded, name)
        if said.endswith(("'s", "’s")):
            said = said[:-2]
        texts = [w.text.removesuffix("'s") for w in name]
        for k in range(len(texts)):
            if texts[k].lower() not in _PARTICLES or k == 0:
                names.people.setdefault(tuple(texts[k:]), said)
                if k and texts[k - 1].lower() in _PARTICLES:
                    names.people.setdefault(tuple(texts[k - 1 :]), said)
    else:
        known = names.people.get((name[0].text.removesuffix("'s"),))
        if known is None:
            return
        said = known
    names.persons.append((name[0].start, said))
    for title in (_before(words, i, at), _after(words, j)):
        if title and any(w in roles.ROLES - roles.HONORIFICS for w in title):
            names.roles.append((title, said))


def _before(words: list[Word], i: int, at: int) -> frozenset[str]:
    """The title that stands before a name, in capitals or not, or before a comma: "the chairman, Jane Roe,"."""
    title = {grammar.lower(w.text).removesuffix("'s") for w in words[i:at]}
    k = i - 1
    if k >= 0 and words[k].text == "," and not title:
        k -= 1
    least = max(-1, i - 9)
    while k > least and words[k].text[0].isalnum() and grammar.lower(words[k].text) not in grammar.ARTICLES | grammar.BE | {"said"}:
        if k + 1 < len(words) and words[k + 1].start - words[k].end > 1:
            break
        title.add(grammar.lower(words[k].text).removesuffix("'s"))
        k -= 1
    return frozenset(title) - grammar.PREPOSITIONS - grammar.ARTICLES


def _after(words: list[Word], j: int) -> frozenset[str]:
    """The title between commas after a name: "Jane Roe, the finance minister,"."""
    title: set[str] = set()
    if j + 1 < len(words) and words[j].text == ",":
        for w in words[j + 1 : j + 9]:
            if not w.text[0].isalnum() or grammar.lower(w.text) in grammar.RELATIVES | grammar.HAVE | grammar.BE:
                break
            title.add(grammar.lower(w.text).removesuffix("'s"))
    return frozenset(title) - grammar.PREPOSITIONS - grammar.ARTICLES

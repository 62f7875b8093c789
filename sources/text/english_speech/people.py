"""Whom an English noun phrase means: title and name apart, roles and bodies led back to the name the article gave."""

# ruff: noqa: SIM905 (lists of words read better as words)

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from babel import Locale

from sources.text.english_speech import grammar, names, roles
from sources.text.english_speech.bearers import Bearers, Bodies
from sources.text.folding import Folded
from sources.text.people import People, Speaker
from sources.text.sentences import Word

_CUT = frozenset("of for at in from with on who to by familiar close privy briefed aware against under".split())
_COMPANIES = frozenset(
    (
        "company firm group retailer airline carmaker automaker manufacturer maker lender broadcaster operator producer developer chain "
        "supermarket insurer miner utility conglomerate startup start-up business carrier supplier giant brand"
    ).split()
)


_NEAR = 600  # letters between a name and a description of who bears it
_PUBLIC = frozenset(
    "ministry government commission parliament court council police union central house senate department fund nations".split()
)


@cache
def _places() -> frozenset[str]:
    return frozenset(name.lower() for name in Locale("en").territories.values())


def _unbracketed(words: list[Word]) -> list[Word]:
    """Without "(34)" and "(ONS)"."""
    kept, depth = [], 0
    for word in words:
        if word.text in {"(", ")"}:
            depth += 1 if word.text == "(" else -1
        elif depth <= 0:
            kept.append(word)
    return kept


def _lowered(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w.lower() for w in words)


def lower_of(word: Word) -> str:
    """The word in lower case, acronyms aside."""
    return grammar.lower(word.text)


def _epithet(word: str) -> bool:
    """ "the Italian", "the 42-year-old": whoever was named last."""
    return word.endswith("-year-old") or (
        word[:1].isupper() and word.endswith(("ian", "ean", "ese", "ish", "man", "woman", "iard", "lander"))
    )


def _without_client(words: list[Word]) -> list[Word]:
    """ "Ipsos for this newspaper": who did it, not for whom."""
    client = (k for k in range(1, len(words) - 1) if lower_of(words[k]) == "for" and not names.capital(words[k + 1]))
    return words[: next(client, None)]


class EnglishPeople(People):
    """The persons and bodies an English article names, and who spoke last of each sort."""

    def __init__(self, original: str, folded: Folded, words: list[Word]) -> None:
        self.original, self.folded, self.language = original, folded, "en"
        self.known = names.read(original, folded, words)
        self.names = self.known.people
        self.titles: dict[str, str] = {}
        self.roles = {tuple(sorted(title)): name for title, name in self.known.roles}
        self.bearers, self.bodies = Bearers(self.known.roles), Bodies(self.known.order)
        self.last: dict[str, Speaker] = {}
        self.named = frozenset(self.known.people.values())

    def who(self, words: list[Word]) -> Speaker | None:
        """The speaker these words name; None for none."""
        words = _unbracketed([w for w in words if w.text not in {",", '"'}])
        if not words:
            return None
        speaker = self.pronoun(grammar.lower(words[0].text)) if len(words) == 1 else None
        if speaker is None and grammar.lower(words[0].text) not in grammar.PERSONAL | grammar.NO_SPEAKERS:
            speaker = self._phrase(words)
        return speaker

    def heard(self, speaker: Speaker) -> None:
        """Remember who spoke, for the pronouns and short forms that follow."""
        self.last[speaker.type] = speaker

    def pronoun(self, word: str) -> Speaker | None:
        """Whom he, she or it means: the last of that sort who spoke."""
        sort = {"he": ("person", "unnamed_role"), "she": ("person", "unnamed_role"), "it": ("organisation",)}.get(word, ())
        found = next((self.last[kind] for kind in sort if kind in self.last), None)
        alone = self.last.get("organisation")
        if found is None and word in {"he", "she"} and alone and alone.name and " " not in alone.name and alone.name[:1].isupper():
            return alone  # a surname that nothing told from a body
        return found

    def _written(self, words: Sequence[Word]) -> str:
        return names.written(self.original, self.folded, list(words))

    def _phrase(self, words: list[Word]) -> Speaker | None:
        start, end = words[0].start, words[-1].end
        article = (
            grammar.lower(words[0].text)
            if grammar.lower(words[0].text) in grammar.ARTICLES | grammar.POSSESSIVES and len(words) > 1
            else ""
        )
        core = words[1:] if article in grammar.ARTICLES else words
        while len(core) > 1 and grammar.lower(core[0].text) in grammar.DISCOURSE:
            core = core[1:]
        lower = [grammar.lower(w.text) for w in core]
        cut = next((i for i, w in enumerate(lower) if i and w in _CUT), len(core))
        head = core[:cut]
        if known := self._recognised(core, lower, cut, start, end):
            return known
        k = len(head)
        while k and (
            names.capital(head[k - 1])
            or head[k - 1].text in {".", "&"}
            or (k < len(head) and grammar.lower(head[k - 1].text) in {"bin", "al", "de", "van", "von", "der", "ben", "el", "abu"})
        ):
            k -= 1
        run, before = head[k:], head[:k]
        joined = next((i for i, w in enumerate(head) if i and w.text == "and"), None)
        if joined is not None and run and not names.is_body(head):
            return self._several(words, head, joined, start, end)
        if run and before and grammar.lower(before[-1].text) not in grammar.POSSESSIVES:
            return self._named(run, before, core, cut, start, end)
        if run and not before:
            title = names.split_title(run)
            if title and not names.is_body(run[title:]):
                return self._person(run[title:], run[:title], start, end)
        return self._unnamed(core, head, lower, cut, article, start, end)

    def _recognised(self, core: list[Word], lower: list[str], cut: int, start: int, end: int) -> Speaker | None:
        """Somebody or some body whom the article names elsewhere, or a name that an office or an honorific leads to."""
        head = core[:cut]
        for i in range(cut + 1, len(core) - 1):
            if lower[i] in roles.HONORIFICS and names.capital(core[i + 1]):  # minister for water Dr Shazia Roe
                return self._person(core[i + 1 :], core[: i + 1], start, end)
        if titled := self._after_role(core, lower, cut, start, end):
            return titled
        for last in range(len(core), cut, -1):
            if (whole := self.known.bodies.get(tuple(w.text for w in core[:last]))) is not None:
                return Speaker("organisation", whole, None, start, end)
        if known := self._full(head):
            return Speaker(known[0], known[1], None, start, end)
        return self._after_office(core, cut, start, end) if cut < len(core) and lower_of(head[-1]) in roles.ROLES else None

    def _after_role(self, core: list[Word], lower: list[str], cut: int, start: int, end: int) -> Speaker | None:
        """ "Bank of Zambia governor Denny Roe": a title, and then a name, stand behind a body whose name has an "of"."""
        if cut >= len(core) or any(w in roles.ROLES | roles.GROUPS for w in lower[:cut]):
            return None
        k = len(core)
        while k > cut + 1 and (names.capital(core[k - 1]) or core[k - 1].text == ".") and lower[k - 1] not in roles.ROLES:
            k -= 1
        run = core[k:]
        if not 1 < len(run) <= 4 or lower[k - 1] not in roles.ROLES or k - 1 <= cut + 1 or names.is_body(run):
            return None
        if any(w in {"and", *grammar.ARTICLES} for w in lower[cut + 2 : k]):
            return None
        return self._person(run, core[:k], start, end)

    def _full(self, head: list[Word]) -> tuple[str, str] | None:
        key = tuple(w.text for w in head)
        if key in self.known.people:
            return "person", self.known.people[key]
        if key in self.known.bodies:
            return "organisation", self.bodies.longer.get(_lowered(key)) or self.known.bodies[key]
        return None

    def _after_office(self, core: list[Word], cut: int, start: int, end: int) -> Speaker | None:
        """ "Minister for Housing Declan Roe": a name that the article knows stands behind the office."""
        for k in range(cut + 1, len(core) - 1):
            name = self.known.people.get(tuple(w.text for w in core[k:]))
            if name is not None:
                return Speaker("person", name, self._written(core[:k]), start, end)
        return None

    def _several(self, words: list[Word], head: list[Word], joined: int, start: int, end: int) -> Speaker | None:
        """Two at once: the first of two persons with their titles, else both as they stand."""
        if joint := self._two_offices(head, joined, start, end):
            return joint
        first = self._phrase(head[:joined])
        if first is not None and first.type == "person" and (first.title or self._of_a_house(head[joined + 1 :])):
            return Speaker(first.type, first.name, first.title, start, end)
        both = [w for i, w in enumerate(head) if i or grammar.lower(w.text) != "both"]
        return Speaker("organisation", self._written(both), None, start, end)

    def _two_offices(self, head: list[Word], joined: int, start: int, end: int) -> Speaker | None:
        """ "co-founder and chief executive Lina Roe", "Acme founder and CEO Lina Roe": one person with two offices."""
        k = len(head)
        while k > joined + 1 and names.capital(head[k - 1]) and lower_of(head[k - 1]) not in roles.ROLES:
            k -= 1
        second = [lower_of(w) for w in head[joined + 1 : k]]
        if lower_of(head[joined - 1]) not in roles.ROLES or not second or second[-1] not in roles.ROLES or k >= len(head):
            return None
        if any(w not in roles.ROLES | roles.MODIFIERS for w in second) or names.is_body(head[k:]):
            return None
        return self._person(head[k:], head[:k], start, end)

    def _of_a_house(self, words: list[Word]) -> bool:
        """ "Acme's Paul Stone": a name that its house leads to."""
        return any(lower_of(w).endswith("'s") for w in words[:-1]) and not names.is_body(words)

    def _named(self, run: list[Word], before: list[Word], core: list[Word], cut: int, start: int, end: int) -> Speaker:
        """Small words and then a name: "chief executive Jane Roe", "news agency Xinhua"."""
        last = grammar.lower(before[-1].text)
        carrier = any(last in heads for heads in roles.CARRIER_HEADS.values()) or last in roles.BODIES
        if names.is_body(run) or carrier:
            if carrier:
                return Speaker("organisation", self._written(run), None, start, end)
            return Speaker("organisation", self._written(core[:cut]), None, start, end)
        title = names.split_title(run)
        return self._person(run[title:], [*before, *run[:title]], start, end)

    def _person(self, name: list[Word], title: list[Word], start: int, end: int) -> Speaker:
        while name and name[0].text == ".":
            name = name[1:]
        known = self.known.people.get(tuple(w.text for w in name))
        return Speaker("person", known or self._written(name), self._written(title) or None, start, end)

    def _unnamed(self, core: list[Word], head: list[Word], lower: list[str], cut: int, article: str, start: int, end: int) -> Speaker:
        said = self._written(core)
        while cut > 1 and lower[cut - 1] in {
            "seen",
            "obtained",
            "released",
            "published",
            "compiled",
            "reviewed",
            "conducted",
            "issued",
            "carried",
        }:
            cut -= 1
        noun = next((w for w in reversed(lower[:cut]) if w.isalpha() or "-" in w or "'" in w), "")
        if any(w in roles.GROUPS for w in lower[:cut]):
            return Speaker("unnamed_group", said, None, start, end)
        if noun in grammar.DOCUMENTS and (owner := self._owner(core, head, cut)):
            return Speaker("organisation", owner, None, start, end)
        if noun in roles.ROLES and not (
            len(head) > 1 and all(names.capital(w) for w in head) and names.split_title(head) == 0 and names.is_body(head[-1:])
        ):
            definite = article == "the" or names.capital(core[0]) or article in grammar.POSSESSIVES or core[0].text.endswith("'s")
            if definite and (name := self._bearer(lower, noun) or self._described(lower, start)):
                return Speaker("person", name, said, start, end)
            return Speaker("unnamed_role", said, None, start, end)
        if article == "the" and len(head) == 1 and (name := self._described(lower, start)):
            return Speaker("person", name, said, start, end)
        if article == "the" and len(head) == 1 and "person" in self.last and _epithet(head[0].text):
            return Speaker("person", self.last["person"].name, said, start, end)
        if article == "the" and len(head) == 1 and not names.capital(head[0]) and (body := self._body(noun, start)):
            return Speaker("organisation", body, None, start, end)
        single = len(head) > 1 and all(names.capital(w) for w in head) and not article and len(head) <= 4
        kind = "person" if single and not names.is_body(head) and said.lower() not in _places() else "organisation"
        return Speaker(kind, self._written(head) if kind == "person" else said, None, start, end)

    def _owner(self, core: list[Word], head: list[Word], cut: int) -> str | None:
        """Whose the data are: "data from the Office for National Statistics", "Commerce Department figures", "a poll by Ipsos"."""
        for k in range(cut, len(core) - 1):
            owns = grammar.lower(core[k].text) in ({"by", "from", "of"} if k == cut else {"by", "from"})
            if (
                owns
                and lower_of(core[k - 1]) not in {"seen", "obtained", "reviewed"}
                and any(names.capital(w) for w in core[k + 1 : k + 6])
            ):
                rest = core[k + 1 :]
                if grammar.lower(rest[0].text) in grammar.ARTICLES:
                    rest = rest[1:]
                rest = _without_client(rest)
                known = self._full(rest)
                owner = None if known else self._phrase(rest)
                return known[1] if known else owner.name if owner else self._written(rest)
        owned = [w for w in head[:cut] if names.capital(w)]
        if owned and head[0] is owned[0] and names.is_body(owned):
            return self._written(owned).removesuffix("'s").removesuffix("’s")
        return None

    def _bearer(self, lower: list[str], noun: str) -> str | None:
        """Who bears a title: the one name whose title holds all its words."""
        want = {
            w.removesuffix("'s").removesuffix("’s") for w in lower if w not in grammar.PREPOSITIONS | grammar.ARTICLES and w[0].isalnum()
        }
        found = self.bearers.of(frozenset({noun, *want}))
        if len(found) == 1:
            return next(iter(found))
        last = self.last.get("person")
        if last and last.name in found:
            return last.name
        near = self.bearers.of(frozenset({noun})) if len(want) == 1 else frozenset()
        return next(iter(near)) if len(near) == 1 else None

    def _described(self, lower: list[str], at: int) -> str | None:
        """Whom "the 58-year-old farmer" means: the person named last before it, who alone can be so described."""
        if not any(w.endswith("-year-old") for w in lower):
            return None
        before = self.known.persons[: bisect_left(self.known.persons, (at, ""))]
        return before[-1][1] if before and at - before[-1][0] < _NEAR else None

    def _body(self, noun: str, at: int) -> str | None:
        """The body that "the ministry" or "the company" stands for."""
        last = self.last.get("organisation")
        if last and last.name and noun in last.name.lower().split():
            return last.name
        if noun in self.bodies.by_word:
            return self.bodies.by_word[noun]
        if noun not in _COMPANIES:
            return None
        here = bisect_left(self.known.mentions, (at, ""))
        near = [name for where, name in self.known.mentions[max(0, here - 3) : here] if at - where < 400]
        if last and last.name and not _PUBLIC.intersection(last.name.lower().split()):
            return last.name
        private = [name for name in near if not _PUBLIC.intersection(name.lower().split())]
        return private[-1] if private else last.name if last else None

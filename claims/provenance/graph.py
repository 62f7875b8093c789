"""Whom a claim goes back to: accounts that lean on one another fold into the origins that lean on nobody else.

Each account is a chain of names, from the one that carries it to the one that it names last. All chains together make a
graph of who has it from whom. An origin is where the ways end: a name that has it from nobody, or names that have it only
from one another, which is a circle. (In the terms of graphs: the strongly connected components that no edge leaves.)
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from sources.registry import names

# Said of nobody in particular: an account that ends here is the word of whoever says so.
_NOBODY = frozenset(
    names.key(name)
    for name in (
        "مصدر", "مصادر", "المصدر", "المصادر", "مصدر مطلع", "مصادر مطلعة", "مصدر مسؤول", "مصادر رسمية", "مصادر محلية", "تقارير",
        "تقارير إعلامية", "وسائل إعلام", "وسائل الإعلام", "وسائل إعلام محلية", "مسؤول", "مسؤولون",
        "source", "sources", "a source", "official sources", "officials", "media", "local media", "media reports", "reports",
    )
)  # fmt: skip
_BEFORE, _AFTER = ("the ", "وكالة "), (" news agency", " agency")  # what some put beside a name and others leave out


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account of what is claimed: a claim's own or a piece of evidence, with the names from its carrier to its source."""

    id: str
    hops: tuple[str, ...]
    text: str = ""  # digest of the text it stands in: the same words elsewhere are a copy
    document: str = ""
    own: bool = False  # the account that is asked about


@dataclass(frozen=True, slots=True)
class Lead:
    """An account, and through which names it comes to the origin."""

    account: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """One that has it from nobody else, with all that leads there; several names where they are a circle or carry one text."""

    names: tuple[str, ...]
    circle: tuple[str, ...]  # who has it from whom, back to the first; empty where it is none
    leads: tuple[Lead, ...]

    @property
    def key(self) -> str:
        """The same for other spellings of its names; at most 200 characters."""
        return "|".join(sorted(map(key, self.names)))[:200]


@dataclass(frozen=True, slots=True)
class OriginsFound:
    """What the accounts come to: the independent origins, and the accounts that are the own document over again."""

    independent: tuple[Origin, ...]
    returning: tuple[str, ...] = ()

    @property
    def only(self) -> Origin | None:
        """The one that everything goes back to; None where there are several, or none."""
        return self.independent[0] if len(self.independent) == 1 else None

    @property
    def count(self) -> int:
        """How many independent origins; a circle is none."""
        return sum(not origin.circle for origin in self.independent)

    @property
    def accounts(self) -> int:
        """How many accounts lead anywhere."""
        return len({lead.account for origin in self.independent for lead in origin.leads})


Known = Mapping[str, tuple[str, str]]  # a name's key → what is the same for all names of that one, and the name to show


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """The name as compared: spelling variants folded, as is what some put beside it; empty for nobody in particular."""
    try:
        folded = names.key(name)
    except names.NoName:
        return ""
    if folded in _NOBODY:
        return ""
    for word in _BEFORE:
        folded = folded.removeprefix(word) or folded
    for word in _AFTER:
        folded = folded.removesuffix(word) or folded
    return folded


def fold_origins(accounts: Iterable[Account], known: Known | None = None) -> OriginsFound:
    """Folds the accounts into their independent origins; the order in which they come makes no difference.

    `known` says which names are one and the same by the tables of speakers and outlets. A copy of what is there already
    (the same text, or another chain to the same name) adds no origin.
    """
    accounts = list(accounts)
    if len(accounts) == 1 and (told := _alone(accounts[0])) is not None:
        return told
    graph = _Graph(known or {})
    for account in sorted(accounts, key=lambda account: (account.id, account.hops)):
        graph.add(account)
    return graph.folded()


def _alone(account: Account) -> OriginsFound | None:
    """One account has one origin, and most claims have one account; None where a name stands in it twice."""
    said = [(key(name), " ".join(name.split())) for name in account.hops]
    chain = [label for n, (folded, label) in enumerate(said) if folded and (not n or folded != said[n - 1][0])]
    if len({folded for folded, _ in said if folded}) != len(chain):
        return None
    return OriginsFound((Origin((chain[-1],), (), (Lead(account.id, tuple(chain)),)),)) if chain else OriginsFound(())


class _Graph:
    """Who has it from whom."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.labels: dict[str, Counter[str]] = defaultdict(Counter)
        self.chains: list[tuple[Account, tuple[str, ...]]] = []
        self.edges: dict[str, set[str]] = defaultdict(set)
        self.one: dict[str, str] = {}  # carriers of one text that names no source are one node

    def add(self, account: Account) -> None:
        """One more chain; a name that stands twice in a row is once."""
        chain: list[str] = []
        for name in account.hops:
            if not (folded := key(name)):
                continue
            node, label = self.known.get(folded, (folded, ""))
            self.labels[node][label or " ".join(name.split())] += 1
            if chain[-1:] != [node]:
                chain.append(node)
        if chain:
            self.chains.append((account, tuple(chain)))

    def folded(self) -> OriginsFound:
        """The origins, and what leads to each."""
        self._copies()
        for _account, chain in self.chains:
            for a, b in pairwise(chain):
                self._edge(a, b)
        origins = [self._origin(sorted(group)) for group in self._ends()]
        return OriginsFound(tuple(sorted(origins, key=lambda origin: origin.names)), self._returning())

    def _copies(self) -> None:
        """A text that is carried twice has one source: what one account says of it holds of the others; a page likewise."""
        carried: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
        for account, chain in self.chains:
            for what in (("text", account.text), ("document", account.document)):
                if what[1]:
                    carried[what].append(chain)
        for chains in carried.values():
            sources = {chain[-1] for chain in chains if len(chain) > 1}
            bare = sorted({chain[0] for chain in chains if len(chain) == 1})
            for carrier in bare if sources else ():
                for source in sources:
                    self._edge(carrier, source)
            for carrier in () if sources else bare[1:]:
                one, other = self._node(bare[0]), self._node(carrier)
                if one != other:
                    self.one[other] = one
        edges, self.edges = self.edges, defaultdict(set)
        for a, targets in edges.items():  # edges made before two carriers became one
            for b in targets:
                self._edge(a, b)

    def _node(self, name: str) -> str:
        while name in self.one:
            name = self.one[name]
        return name

    def _edge(self, a: str, b: str) -> None:
        a, b = self._node(a), self._node(b)
        if a != b:
            self.edges[a].add(b)

    def _nodes(self) -> list[str]:
        return sorted({self._node(name) for _account, chain in self.chains for name in chain})

    def _ends(self) -> list[set[str]]:
        """Where the ways end: names from which every way leads back to them."""
        reached = {node: self._reached(node) for node in self._nodes()}
        ends = {frozenset(found) for found in reached.values() if all(reached[other] == found for other in found)}
        return [set(end) for end in ends]

    def _reached(self, node: str) -> frozenset[str]:
        found, left = {node}, [node]
        while left:
            for other in self.edges.get(left.pop(), ()):
                if other not in found:
                    found.add(other)
                    left.append(other)
        return frozenset(found)

    def _origin(self, group: Sequence[str]) -> Origin:
        members = set(group)
        leads = []
        for account, chain in self.chains:
            onward = self._way([self._node(chain[-1])], members)
            if onward is not None:
                leads.append(Lead(account.id, self._path([*chain, *onward[1:]])))
        carriers = [name for name in sorted(self.labels) if self._node(name) in members]
        return Origin(tuple(sorted(map(self._label, carriers))), self._circle(group), tuple(sorted(leads, key=lambda lead: lead.account)))

    def _path(self, nodes: Iterable[str]) -> tuple[str, ...]:
        told: list[str] = []
        for label in map(self._label, nodes):
            if told[-1:] != [label]:
                told.append(label)
        return tuple(told)

    def _circle(self, group: Sequence[str]) -> tuple[str, ...]:
        """The shortest way from the first name back to itself."""
        if len(group) < 2:
            return ()
        first = group[0]
        ways = [way for other in sorted(self.edges[first]) if (way := self._way([other], {first}))]
        return self._path([first, *min(ways, key=lambda way: (len(way), way))])

    def _way(self, begin: list[str], to: set[str]) -> list[str] | None:
        """The shortest way from where `begin` ends to one of these; None where there is none."""
        seen, ways = {begin[-1]}, [begin]
        for way in ways:
            if way[-1] in to:
                return way
            fresh = sorted(self.edges.get(way[-1], set()) - seen)
            seen.update(fresh)
            ways += [[*way, other] for other in fresh]
        return None

    def _label(self, node: str) -> str:
        """The name most often read, the first by the alphabet where several are."""
        return min(self.labels[node].items(), key=lambda item: (-item[1], item[0]))[0]

    def _returning(self) -> tuple[str, ...]:
        own = [account for account, _chain in self.chains if account.own]
        texts, documents = ({getattr(a, what) for a in own} - {""} for what in ("text", "document"))
        others = (account for account, _chain in self.chains if not account.own)
        return tuple(sorted(other.id for other in others if other.text in texts or other.document in documents))

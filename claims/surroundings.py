"""What a rule may know of other claims and of sources beside the claim that it looks at."""

from dataclasses import dataclass

from claims.models import Claim, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Another claim near this one: by its words (`score` and `shared` as matching gives them), by a judgement of people, or both."""

    claim: Claim  # with its parts
    score: float | None = None
    shared: float | None = None
    judged: frozenset[str] = frozenset()  # what people have said the two are to each other


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The surroundings of one claim. A part that no rule asked for is empty; flagging has a provider for each."""

    neighbours: tuple[Neighbour, ...] = ()  # nearest first
    grounds: tuple[Claim, ...] = ()  # what it was judged to be derived from; of what was merged, the claim that goes on
    verdicts: tuple[Verdict, ...] = ()  # its own, first to last, where evidence was withdrawn: others ask for none


ALONE = Around()  # a claim with nothing around it

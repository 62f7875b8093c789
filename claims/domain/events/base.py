"""What every event is: a frozen dataclass of plain values, registered under its name."""

from dataclasses import dataclass, field
from typing import ClassVar, TypeVar, dataclass_transform

TYPES: dict[str, type["Event"]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened. `schema` is the version of the payload's shape."""

    schema: ClassVar[int] = 1

    @property
    def type(self) -> str:
        """The name it is stored under."""
        return type(self).__name__


E = TypeVar("E", bound=Event)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def event(made: type[E]) -> type[E]:
    """A frozen dataclass of plain values that the ledger can hold."""
    frozen = dataclass(frozen=True, slots=True, kw_only=True)(made)
    TYPES[frozen.__name__] = frozen
    return frozen

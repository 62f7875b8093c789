"""What of a claim the reader reads, field by field, and when two readings of a field differ."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from claims.domain.fields import FIELDS, SetBy, Type, names_of
from claims.domain.untouched import PLACE

Plain = dict[str, Any]  # field → JSON value, as events hold them

NAMES = frozenset(name for name, field in FIELDS.items() if field.set_by in (SetBy.READER, SetBy.BOTH) and not field.with_quote)
# How the reader came to it: of use while a draft waits, and nothing that people are asked about.
ASIDE = frozenset({"why", "check_worthiness"})


def _edtf(when: Any) -> Any:
    return (when or {}).get("edtf")


def _speaker(speaker: Any) -> Any:
    """As read. Whom the desk takes the name for now, and where it stands, is no difference in who speaks."""
    return speaker["type"], speaker["name"], speaker["title"]


def _hops(hops: Any) -> Any:
    """But for the publisher, whose name may have changed."""
    return [(hop["agent"], hop["role"], hop["cue"], hop["mode"]) for hop in hops if hop["role"] != "publisher"]


def _figures(figures: Any) -> Any:
    values = [(figure["value"], figure["value_max"]) for figure in figures]
    numbers = [tuple(Decimal(value) if value is not None else None for value in pair) for pair in values]
    return [(*pair, f["text"], f["unit"] or "", f["comparator"], f["role"]) for pair, f in zip(numbers, figures, strict=True)]


_DATES = names_of(Type.DATE)
_SEEN: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_DATES, _edtf),
    "speaker": _speaker,
    "attributions": _hops,
    "quantities": _figures,
    "check_worthiness": lambda worth: None if worth is None else Decimal(worth),
}


def names(one: Plain, other: Plain) -> set[str]:
    """The fields in which two readings differ. A quote is other words, or the same at another place."""
    differ = {name for name in NAMES if _seen(name, one) != _seen(name, other)}
    return differ | {"quote"} if any(one[name] != other[name] for name in ("start", "end")) else differ


def _seen(name: str, said: Plain) -> Any:
    return _SEEN[name](said[name]) if name in _SEEN else said[name]


def wanted_fields(wanted: Iterable[str], new: Plain) -> Plain:
    """These fields as they are to be; a quote with its place."""
    chosen = set(wanted)
    return {name: new[name] for name in sorted(chosen | set(PLACE) if "quote" in chosen else chosen)}


def beside(now: Plain, new: Plain) -> Plain:
    """The new reading with what the desk has come to know of the publisher meanwhile."""
    publishers = [hop for hop in now["attributions"] if hop["role"] == "publisher"]
    return new | {"attributions": [*publishers, *(hop for hop in new["attributions"] if hop["role"] != "publisher")]}


def in_words(name: str, value: Any) -> str:
    """A field's value in a line that says what is read otherwise."""
    match name:
        case _ if name in _DATES:
            return str(_edtf(value) or "—")
        case "speaker":
            return " ".join(part for part in (value["title"], value["name"]) if part) or value["type"]
        case "attributions":
            return " › ".join(hop["agent"] for hop in value) or "—"
        case "quantities":
            return "; ".join(_figure(figure) for figure in value) or "—"
        case "why":
            return ", ".join(value) or "—"
    return "—" if value in (None, "") else str(value)


def _figure(figure: Plain) -> str:
    values = "–".join(f"{Decimal(figure[name]):f}" for name in ("value", "value_max") if figure[name] is not None)
    return " ".join(part for part in (figure["comparator"], values, figure["unit"]) if part)

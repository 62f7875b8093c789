"""Days that a calendar subscribes to, as iCalendar (RFC 5545): whole days, over the span in which something may come true."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

OCTETS = 75  # of a line, without its break (3.1)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that is expected from `first` to `last`, both included. `uid` and `changed_at` stay as they are until it changes."""

    uid: str
    first: date
    last: date
    changed_at: datetime
    sequence: int
    summary: str
    description: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()


def dump(name: str, entries: Iterable[Entry]) -> bytes:
    """A calendar of that name."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Isnad//Due claims//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    for entry in entries:
        lines += _event(entry)
    return b"".join(folded(line) for line in [*lines, "END:VCALENDAR"])


def _event(entry: Entry) -> Iterator[str]:
    changed = f"{entry.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTART;VALUE=DATE:{_day(entry.first)}"
    if entry.last < date.max:  # the day after the last (3.6.1); without it, the first day alone
        yield f"DTEND;VALUE=DATE:{_day(entry.last + timedelta(days=1))}"
    yield f"SUMMARY:{text(entry.summary)}"
    if entry.description:
        yield f"DESCRIPTION:{text(entry.description)}"
    if entry.url:
        yield f"URL:{entry.url}"
    if entry.categories:
        yield f"CATEGORIES:{','.join(text(category) for category in entry.categories)}"
    yield "TRANSP:TRANSPARENT"  # nobody is busy because of it
    yield "END:VEVENT"


def text(value: str) -> str:
    """A TEXT value (3.3.11): backslash, semicolon, comma and line breaks escaped, other control characters left out."""
    plain = _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A content line, folded after at most 75 octets and never within a character (3.1)."""
    pieces, piece = [], b""
    for letter in line:
        octets = letter.encode("utf-8", "replace")
        if len(piece) + len(octets) > OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")  # strftime leaves out the noughts of early years

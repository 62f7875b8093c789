"""What the environment decides, read once, with a sentence for nonsense."""

import os
from collections.abc import Iterable
from pathlib import Path


class Nonsense(SystemExit):
    """A setting that cannot be meant: stops the start with one sentence."""


def text(name: str, default: str = "") -> str:
    """The variable `name`, or the content of the file that `NAME_FILE` points at."""
    if file := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise Nonsense(f"{name}_FILE points at {file}, which cannot be read: {error.strerror}.") from error
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on; False for 0, false, no, off."""
    value = text(name, "1" if default else "0").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise Nonsense(f"{name} is {value!r}: it takes 1 or 0.")


def number(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    """A whole number not below `least` and not above `most`."""
    return _number(name, text(name, str(default)), least, most)


def numbers(name: str, default: str, *, least: int = 0, most: int | None = None) -> list[int]:
    """A list of at least one such number."""
    found = [_number(name, word, least, most) for word in word_list(name, default)]
    if not found:
        raise Nonsense(f"{name} is empty: it takes whole numbers from {least}.")
    return found


def _number(name: str, value: str, least: int, most: int | None) -> int:
    if not (value.isdecimal() and value.isascii()) or int(value) < least or (most is not None and int(value) > most):
        raise Nonsense(f"{name} is {value!r}: it takes a whole number from {least}{'' if most is None else f' to {most}'}.")
    return int(value)


def choice(name: str, default: str, *, of: Iterable[str]) -> str:
    """One of the words that are known, however its letters are written."""
    value, known = text(name, default), {word.lower(): word for word in of}
    if value.lower() not in known:
        *others, last = known.values()
        raise Nonsense(f"{name} is {value!r}: it takes {', '.join(others)} or {last}.")
    return known[value.lower()]


def word_list(name: str, default: str = "") -> list[str]:
    """A list, separated by commas or blanks."""
    return text(name, default).replace(",", " ").split()

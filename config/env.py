"""What the environment decides, read once, with a sentence for nonsense."""

import os
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


def number(name: str, default: int, *, least: int = 0) -> int:
    """A whole number not below `least`."""
    value = text(name, str(default))
    if not value.isdecimal() or int(value) < least:
        raise Nonsense(f"{name} is {value!r}: it takes a whole number from {least}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A list, separated by commas or blanks."""
    return text(name, default).replace(",", " ").split()

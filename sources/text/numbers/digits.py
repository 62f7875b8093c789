"""A number written in digits: its separators told apart, its groups joined."""

from decimal import Decimal

import regex

from sources.text.numbers.tokens import Tokens

LONGEST = 24  # more digits than this are a code; the record keeps thirty before the point

_UNGROUPED = str.maketrans({",": None, "٬": None, "،": None, "٫": "."})
_GROUPED = regex.compile(r"\d{1,3}(?:[,٬،]\d{3})++(?:[.٫]\d++)?+")
_DOTTED = regex.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}+(?:,\d++)?+")
_PLAIN = regex.compile(r"\d*+(?:[.٫ر]\d++)?+")  # «3ر1»: as the Kuwaiti agency writes it
_COMMA = regex.compile(r"(?:\d++,\d{1,2}|\d++,\d{4,}+|0,\d++)")
_INDIAN = regex.compile(r"\d{1,2}(?:,\d{2})*+,\d{3}")
_POINT_GROUPS = regex.compile(r"[1-9]\d{0,2}(?:\.\d{3})++")


def value_of(written: str) -> Decimal | None:
    """What digits come to: 1,200.5 and ١٬٢٠٠٫٥ and 1.200.000 and 2,5; None where the separators fit no number."""
    if len(written) > LONGEST + 8:
        return None
    if _PLAIN.fullmatch(written):
        bare = written.replace("٫", ".").replace("ر", ".")
    elif _GROUPED.fullmatch(written) and not written.startswith("0"):
        bare = written.translate(_UNGROUPED)
    elif _COMMA.fullmatch(written):
        bare = written.replace(",", ".")
    elif _DOTTED.fullmatch(written):
        bare = written.replace(".", "").replace(",", ".")
    elif _INDIAN.fullmatch(written):
        bare = written.replace(",", "")
    else:
        return None
    if not bare.replace(".", "").isdecimal():  # digits of scripts newer than this Python
        return None
    value = Decimal(bare)
    return value if value < Decimal(10) ** LONGEST else None


def thousands(written: str) -> Decimal | None:
    """2.500 where nothing but whole things can be meant; None where the dot can only be a decimal point."""
    bare = written.replace(".", "")
    return Decimal(bare) if _POINT_GROUPS.fullmatch(written) and bare.isdecimal() else None


def grouped(tokens: Tokens, i: int) -> tuple[Decimal | None, int]:
    """The number at token `i`, with the groups of three that spaces set apart («40 000»), and the token after it."""
    written = tokens.texts[i]
    value = value_of(written)
    if value is None or not written.isdigit() or len(written) > 3 or written.startswith("0"):
        return value, i + 1
    j, whole = i + 1, written
    while tokens.is_digits(j) and tokens.gap(j) == " " and (group := _group(tokens.texts[j])) and len(whole) < LONGEST:
        whole += tokens.texts[j]
        j += 1
        if group == "last":
            break
    if j > i + 1 and tokens.is_digits(j) and tokens.gap(j) == " ":  # more digits follow: no grouping at all
        return value, i + 1
    return (Decimal(whole.replace("٫", ".")), j) if j > i + 1 else (value, j)


def _group(written: str) -> str:
    if len(written) == 3 and written.isdigit():
        return "more"
    return "last" if regex.fullmatch(r"\d{3}[.٫]\d+", written) else ""

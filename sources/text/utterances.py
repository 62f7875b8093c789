"""What reading a sentence for speech yields, and what is remembered between sentences."""

from dataclasses import dataclass

from sources.text.people import NARRATOR, Speaker

EDGE = " \t\n\r,،;:؛.!?؟…\"'()[]-–—"


@dataclass(frozen=True, slots=True)
class Said:
    """Words and who says them. Offsets are those of the folded text; `around` is where the act of speech is told."""

    start: int
    end: int
    speaker: Speaker = NARRATOR
    mode: str = "narrator"
    cue: tuple[int, int] | None = None
    frame: str = ""
    sense: str = ""
    carried: bool = False
    reported_by: str | None = None
    around: tuple[int, int] | None = None


@dataclass(slots=True)
class Memory:
    """Who spoke last, and whether a quote is still open."""

    speaker: Speaker | None = None
    cue: tuple[int, int] | None = None


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the marks and spaces at either end; a bracket or quote opened inside stays closed."""
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    if end < len(text) and text[end] == ")" and "(" in text[start:end] and text.rfind("(", start, end) > text.rfind(")", start, end):
        end += 1
    return start, end


def mode_of(text: str, start: int, end: int) -> str:
    """direct when all of it stands in quotes, mixed when some does, else indirect."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    inside = text[start:end].count('"')
    if not inside and '"' in before and '"' in after:
        return "direct"
    return "mixed" if inside or '"' in before or '"' in after else "indirect"

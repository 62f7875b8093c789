"""Which of a text's dates belongs to what: when it was said, what time it speaks of, when it falls due."""

from datetime import date

from sources.text.edtf import Basis, ImpreciseDate

UNSTATED = ImpreciseDate(edtf=None, basis=Basis.UNSTATED)


def day_of(published: date | ImpreciseDate | None) -> date | None:
    """The anchor of relative dates: the day of publication where it is one exact day."""
    if isinstance(published, ImpreciseDate):
        return published.first if published.first == published.last else None
    return published


def stated(published: date | ImpreciseDate | None) -> str | None:
    """The publication date as given."""
    if isinstance(published, ImpreciseDate):
        return published.edtf
    return published.isoformat() if published else None


def inside(dates: list[ImpreciseDate], start: int, end: int) -> list[ImpreciseDate]:
    """The dates that stand within a span and say when."""
    return [d for d in dates if d.edtf and d.start is not None and d.end is not None and start <= d.start and d.end <= end]


def in_context(when: ImpreciseDate) -> ImpreciseDate:
    """The same date, taken over from another sentence."""
    return ImpreciseDate(edtf=when.edtf, text=when.text, start=when.start, end=when.end, basis=Basis.CONTEXT)


def due(kind: str, dates: list[ImpreciseDate]) -> ImpreciseDate | None:
    """When a prediction or a commitment can be judged. A horizon the text does not give is never invented."""
    if kind not in {"prediction", "commitment"}:
        return None
    return max(dates, key=lambda d: (d.last is not None, d.last)) if dates else UNSTATED

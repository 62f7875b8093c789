"""Does the ledger still hold what it says? The first thing that is wrong is named, and what holds can be proved to others."""

from collections.abc import Iterator

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import ledger
from claims.models import Checkpoint, Tile, Verification
from claims.transparency import checkpoints, external_copy, faults, log, public_bundles, source_checks
from claims.transparency.faults import Fault, Progress, silent
from claims.tree.leaves import WIDTH

__all__ = ["Fault", "Progress", "silent", "verified", "verify"]


def verify(since: int | None = None, progress: Progress = silent, processes: int = 1) -> Fault | None:
    """The first fault, or None. Whole: all that was ever kept, and that the tables equal a replay.

    With `since` only what was sealed after that position: rows, tree, signed heads, and the texts and revisions that it vouches
    for. More than one of `processes` is for commands only: workers are one to a core already.
    """
    return _verified(since, progress, processes)[0]


def _verified(since: int | None, progress: Progress, processes: int) -> tuple[Fault | None, int]:
    """The first fault, or None, and how many positions were gone through: others may have come in the meantime."""
    ledger.seal()
    seen = _seen()  # before the length is asked: what comes in between is no cut
    start, stop = 0 if since is None else since + 1, checkpoints.length()
    checks = [log.wrong(start, stop, progress, processes), _cut_off(stop, seen), source_checks.by_events(start)]
    if since is None:
        checks += [source_checks.unsealed(), source_checks.texts(), source_checks.raw(), source_checks.states_of_sources()]
        checks += [source_checks.beside(), source_checks.copies(progress), public_bundles.wrong(), source_checks.guards()]
    return next((fault for check in checks for fault in check), None), stop


def verified(*, whole: bool, progress: Progress = silent, processes: int = 1) -> Verification:
    """Verifies, and keeps what came of it: wholly, or since the last time that nothing was wrong."""
    started = timezone.now()
    last = Verification.objects.order_by("-finished_at").first()
    # A fault that a whole verification found is not forgotten by the hourly one, which would not see it.
    whole = whole or (last is not None and last.whole and not last.ok)
    since = None if whole else Verification.objects.filter(ok=True).aggregate(through=Max("through"))["through"]
    fault, stop = _verified(since, progress, processes)
    return Verification.objects.create(
        started_at=started,
        finished_at=timezone.now(),
        whole=since is None,
        through=stop - 1,
        ok=fault is None,
        fault=str(fault or ""),
        position=fault.position if fault else None,
    )


def _seen() -> list[tuple[int, str]]:
    """How long the log was seen to be, and by whom."""
    through = Verification.objects.filter(ok=True).aggregate(through=Max("through"))["through"]
    tile = Tile.objects.filter(level=0).aggregate(last=Max("index"))["last"]
    return [
        (Checkpoint.objects.aggregate(size=Max("size"))["size"] or 0, _("a signed head in the database")),
        (external_copy.reach(), str(external_copy.folder())),
        (0 if through is None else through + 1, _("a verification")),
        (0 if tile is None else (tile + 1) * WIDTH, _("the tree that is kept")),
    ]


def _cut_off(length: int, seen: list[tuple[int, str]]) -> Iterator[Fault]:
    size, kept = max(seen)
    if size > length:
        yield faults.cut(length, size, kept)

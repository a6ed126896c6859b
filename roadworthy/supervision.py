"""How a command that touches the data is carried out: alone, and on record."""

from collections.abc import Callable, Sequence

from roadworthy.config.load import Loaded
from roadworthy.journal import Outcome, has_landing, recorded
from roadworthy.lock import alone
from roadworthy.runs import Run


def supervised(
    loaded: Loaded, run: Run, work: Callable[[], Outcome], *, sources: Sequence[str] = ()
) -> Outcome:
    """Do the work of a run under the lock and keep its record.

    A build where nothing was ever fetched is not recorded: the record would make a landing file,
    and the next build would take its emptiness for the organisation's.

    Raises:
        LockedError: another run is at work on the warehouse.
    """
    with alone(loaded.warehouse, run):
        if run.command == "build" and not has_landing(loaded):
            return work()
        return recorded(loaded, run, work, sources=sources)

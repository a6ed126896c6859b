"""A clock that goes back: which of two readings is wrong, and how its records are re-dated.

A sync that begins before one on record is possible only with a clock that is wrong now or was then.
The instants at which the trackers themselves say that something was changed tell which: where the
clock is behind one of them it is wrong now, and nothing is read. Else it was ahead then, and what
it dated later than now is dated to just before now, between what came before and what comes.
"""

from datetime import datetime, timedelta

from roadworthy.errors import RoadworthyError
from roadworthy.progress import Progress
from roadworthy.runs import Run
from roadworthy.warehouse import Warehouse

_TOLERATED = timedelta(hours=1)
"""Servers have clocks of their own."""
_LAST_DATED = """
    select max(greatest(
        started_at, coalesce(finished_at, started_at),
        case when kind <> 'files' then coalesce(snapshot_at, started_at) else started_at end
    )) as at
    from raw.syncs
"""
_LAST_CHANGE = """
    select max(try_cast(cursor as timestamptz)) as at
    from raw.records
    where source in (select source from raw.syncs where kind <> 'files')
"""
_CORRECTIONS = (
    """
    update raw.syncs set
        started_at = case when started_at > $just_before then $just_before else started_at end,
        finished_at = case when finished_at > $just_before then $just_before else finished_at end,
        snapshot_at = case
            when kind <> 'files' and snapshot_at > $just_before then $just_before else snapshot_at
        end
    """,
    """
    update raw.records set
        fetched_at = case when fetched_at > $just_before then $just_before else fetched_at end,
        missing_since = case
            when missing_since > $just_before then $just_before else missing_since
        end
    where source in (select source from raw.syncs where kind <> 'files')
        and (fetched_at > $just_before or missing_since > $just_before)
    """,
    """
    update raw.runs set
        started_at = case when started_at > $just_before then $just_before else started_at end,
        finished_at = case when finished_at > $just_before then $just_before else finished_at end
    where run_id <> $run_id
    """,
)


def agree_on_the_time(landing: Warehouse, run: Run, progress: Progress) -> None:
    """Before a sync, see that its clock is not behind what is on record.

    Raises:
        RoadworthyError: it is, and it is this clock that is wrong.
    """
    last = _instant(landing, _LAST_DATED)
    if last is None or last <= run.started_at:
        return
    changed = _instant(landing, _LAST_CHANGE)
    if changed is not None and changed > run.started_at + _TOLERATED:
        raise RoadworthyError(
            f"the clock of this machine says {_told(run.started_at)}, but a tracker has shown "
            f"changes of {_told(changed)} already; set the clock right and run this again"
        )
    just_before = run.started_at - timedelta(microseconds=1)
    with landing.transaction():
        for correction in _CORRECTIONS:
            named = {"just_before": just_before, "run_id": run.run_id}
            landing.execute(correction, {name: named[name] for name in named if name in correction})
    progress.noted(
        f"earlier syncs are dated up to {_told(last)}, which is later than now: the clock was "
        "ahead; what they dated so is now dated to the start of this run"
    )


def _instant(landing: Warehouse, query: str) -> datetime | None:
    found: datetime | None = landing.frame(query)["at"].item()
    return found


def _told(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"

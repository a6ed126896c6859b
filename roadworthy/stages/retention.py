"""What a night clears away, so that years of nights fit on a disk.

Counted and not dated, so that a clock that goes wrong clears nothing away. Nothing that a person
made goes, and nothing from which a history is read: superseded records, and the syncs that saw
them, are all that is known of how release dates moved.
"""

from roadworthy.config.load import Loaded
from roadworthy.counting import counted
from roadworthy.progress import Progress
from roadworthy.stages.page_files import nights
from roadworthy.warehouse import Warehouse, open_landing

_OLD_RUNS = """
    select run_id from raw.runs
    order by started_at desc, run_id desc
    offset ?
"""
#: A sync stays while a record tells of it, and the last complete one of its source stays anyway.
_OLD_SYNCS = """
    delete from raw.syncs
    where run_id in (from old_runs)
        and not exists (
            from raw.records
            where records.source = syncs.source
                and syncs.run_id in (
                    records.run_id, records.first_run_id, records.superseded_run_id
                )
        )
        and (source, run_id) not in (
            select source, arg_max(run_id, started_at) from raw.syncs
            where finished_at is not null
            group by source
        )
"""


def clear_away(loaded: Loaded, progress: Progress) -> None:
    """Remove reports of nights and records of runs beyond those that are to be kept, and say so."""
    reports = _clear_reports(loaded)
    with open_landing(loaded.warehouse) as landing:
        runs = _clear_runs(landing, loaded.config.retention.runs)
    told = [
        *([f"{counted(len(reports), 'report')} up to {reports[0]}"] if reports else []),
        *([f"the record of {counted(runs, 'run')}"] if runs else []),
    ]
    if told:
        progress.noted(f"no longer kept ([retention]): {' and '.join(told)}")


def _clear_reports(loaded: Loaded) -> list[str]:
    """Remove the oldest pages of nights; returns their names, latest first."""
    if not loaded.reports.is_dir():
        return []
    names = [name for _, name in sorted(nights(loaded.reports).items(), reverse=True)]
    old = names[loaded.config.retention.reports :]
    for name in old:
        (loaded.reports / name).unlink(missing_ok=True)
    return old


def _clear_runs(landing: Warehouse, kept: int) -> int:
    """Remove the oldest runs, and syncs of theirs that nothing refers to; returns how many runs."""
    old = landing.frame(_OLD_RUNS, [kept])
    with landing.transaction(), landing.registered("old_runs", old):
        landing.execute(_OLD_SYNCS)
        landing.execute("delete from raw.runs where run_id in (from old_runs)")
    return old.height

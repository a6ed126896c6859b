"""The whole night's work in one run: sync, build, report.

A tracker that cannot be read does not keep the others from being built and reported; the run says
so at its end, and by its exit code.
"""

from roadworthy.config.load import Loaded
from roadworthy.errors import RoadworthyError, SourceError
from roadworthy.journal import Outcome, counted
from roadworthy.progress import Progress
from roadworthy.runs import Run
from roadworthy.stages.build import build
from roadworthy.stages.pages import pages
from roadworthy.stages.retention import clear_away
from roadworthy.stages.sync import sync
from roadworthy.supervision import supervised


def nightly(loaded: Loaded, run: Run, progress: Progress) -> Outcome:
    """Fetch, build and report; the outcome holds what failed on the way.

    Raises:
        LockedError: another run is at work on the warehouse.
        SourceError: trackers failed, and nothing could be built from what there is.
    """
    return supervised(loaded, run, lambda: _night(loaded, run, progress))


def _night(loaded: Loaded, run: Run, progress: Progress) -> Outcome:
    synced = sync(loaded, run, progress)
    fetched = Outcome(synced.records, synced.requests, synced.failures)
    counted(loaded, run, fetched)
    try:
        return _published(loaded, run, progress, fetched)
    except RoadworthyError as error:
        if not synced.failures:
            raise
        # The tracker is the cause, and its code the one a scheduler waits for.
        raise SourceError("; ".join((*synced.failures, f"after that, {error}"))) from error


def _published(loaded: Loaded, run: Run, progress: Progress, fetched: Outcome) -> Outcome:
    built = build(loaded, run, progress)
    clear_away(loaded, progress)
    return Outcome(
        records=fetched.records,
        requests=fetched.requests,
        failures=fetched.failures,
        audit_errors=built.audit_errors,
        report=pages(loaded, progress),
    )

"""Every run on record: begun, and how it ended, in ``raw.runs`` of the landing file.

A run that is killed ends without a word and stays 'running', until the next one begins: whoever
holds the lock knows that nobody else is at work. So does one that cannot write down its end, for
which a full disk may leave no room: it is told of as killed too.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import roadworthy
from roadworthy.config.load import Loaded
from roadworthy.disk import FULL, is_full
from roadworthy.errors import AuditFailedError, RoadworthyError, SourceError
from roadworthy.runs import Run
from roadworthy.warehouse import landing_path, open_landing


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did, and what stands against it."""

    records: int = 0
    requests: int = 0
    failures: tuple[str, ...] = ()
    audit_errors: int = 0
    report: Path | None = None

    @property
    def word(self) -> str:
        """The outcome as the table of runs has it."""
        if self.error:
            return "failed"
        return "done_with_audit_errors" if self.audit_errors else "done"

    @property
    def error(self) -> str | None:
        """What failed, in one sentence; None where nothing did."""
        return "; ".join(self.failures) or None

    def fault(self) -> RoadworthyError | None:
        """What a scheduler must hear although the work was done; a tracker before the audit."""
        if self.error:
            return SourceError(self.error)
        if self.audit_errors:
            return AuditFailedError(
                f"the data audit has {_errors(self.audit_errors)}: the numbers concerned are wrong "
                "or incomplete; 'roadworthy sql what_to_know_first' lists them"
            )
        return None


def recorded(
    loaded: Loaded, run: Run, work: Callable[[], Outcome], *, sources: Sequence[str] = ()
) -> Outcome:
    """Do the work of a run and keep its record, whichever way it ends.

    Args:
        loaded: the configuration in force; it says where the landing file is.
        run: the run; whoever calls holds the lock.
        work: the work itself.
        sources: names of the sources concerned; none named: all of them.
    """
    _begin(loaded, run, sources or [source.name for source in loaded.config.sources])
    try:
        outcome = work()
    except BaseException as error:
        with suppress(Exception):  # the fault that ended the run is the one to be told
            _end(loaded, run, "failed", _sentence(error))
        raise
    counted(loaded, run, outcome)
    _end(loaded, run, outcome.word, outcome.error)
    return outcome


def counted(loaded: Loaded, run: Run, so_far: Outcome) -> None:
    """Note what a run has fetched and what it could not, before the build publishes its record."""
    statement = "update raw.runs set records = ?, requests = ?, error = ? where run_id = ?"
    noted = [so_far.records, so_far.requests, so_far.error, run.run_id]
    with open_landing(loaded.warehouse) as landing:
        landing.execute(statement, noted)


def has_landing(loaded: Loaded) -> bool:
    """Whether anything was ever fetched, so that there is a place for a record."""
    return landing_path(loaded.warehouse).exists()


def _begin(loaded: Loaded, run: Run, sources: Sequence[str]) -> None:
    with open_landing(loaded.warehouse) as landing:
        landing.execute("update raw.runs set outcome = 'killed' where outcome = 'running'")
        landing.execute(
            """
            insert into raw.runs by name
            select ? as run_id, ?::timestamptz as started_at, ? as command, 'running' as outcome,
                ?::varchar[] as sources, 0 as records, 0 as requests, ? as config_hash,
                ? as version
            """,
            [
                run.run_id,
                run.started_at,
                run.command,
                list(sources),
                loaded.hash,
                roadworthy.__version__,
            ],
        )


def _end(loaded: Loaded, run: Run, outcome: str, error: str | None) -> None:
    with open_landing(loaded.warehouse) as landing:
        landing.execute(
            """
            update raw.runs set finished_at = ?::timestamptz, outcome = ?, error = ?
            where run_id = ?
            """,
            [run.clock(), outcome, error, run.run_id],
        )


def _sentence(error: BaseException) -> str:
    if isinstance(error, KeyboardInterrupt):
        return "interrupted by hand"
    if isinstance(error, RoadworthyError):
        return " ".join(str(error).split())
    if isinstance(error, OSError) and is_full(error):
        return FULL
    if isinstance(error, OSError) and error.filename is not None:
        return f"the system refused something: {error.strerror}"
    # Only its kind: what an unforeseen fault quotes is nobody's to publish.
    return f"a fault of Roadworthy itself: {type(error).__name__}"


def _errors(count: int) -> str:
    return "1 error" if count == 1 else f"{count} errors"

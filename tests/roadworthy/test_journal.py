"""Every run on record, whichever way it ends."""

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from roadworthy import __version__
from roadworthy.disk import FULL
from roadworthy.errors import AuditFailedError, ConfigError, SourceError
from roadworthy.journal import Outcome, counted, recorded
from roadworthy.runs import Clock, Run
from roadworthy.supervision import supervised
from roadworthy.warehouse import landing_path, open_landing

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place


def test_a_run_that_ends_well_is_done(place: "Place", run: Run) -> None:
    recorded(place.loaded, run, lambda: Outcome(records=12, requests=3))
    assert place.runs() == [("nightly", "done", 12, 3, None)]


def test_a_run_is_on_record_while_it_is_at_work(place: "Place", run: Run) -> None:
    seen = []

    def work() -> Outcome:
        counted(place.loaded, run, Outcome(records=7, requests=1))
        seen.extend(place.runs())
        return Outcome(records=12, requests=3)

    recorded(place.loaded, run, work)
    assert seen == [("nightly", "running", 7, 1, None)]


def test_a_run_that_fails_says_why_and_fails_still(place: "Place", run: Run) -> None:
    def work() -> Outcome:
        raise ConfigError("JIRA_TOKEN: is not set;\n  set it")

    with pytest.raises(ConfigError):
        recorded(place.loaded, run, work)
    assert place.runs() == [("nightly", "failed", 0, 0, "JIRA_TOKEN: is not set; set it")]


def test_a_run_for_which_the_disk_was_too_small_says_so(place: "Place", run: Run) -> None:
    """It is no fault of Roadworthy; which file it was is on the terminal."""

    def work() -> Outcome:
        raise OSError(errno.ENOSPC, "No space left on device", "roadworthy.key")

    with pytest.raises(OSError, match="No space"):
        recorded(place.loaded, run, work)
    assert place.runs() == [("nightly", "failed", 0, 0, FULL)]


def test_a_run_that_could_not_write_its_end_counts_as_killed(
    place: "Place", run: Run, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can tell it from a killed one; its own fault is told all the same."""

    def work() -> Outcome:
        monkeypatch.setattr("roadworthy.journal.open_landing", unwritable)
        raise ConfigError("JIRA_TOKEN: is not set; set it")

    with pytest.raises(ConfigError, match="JIRA_TOKEN"):
        recorded(place.loaded, run, work)
    monkeypatch.undo()
    assert place.runs() == [("nightly", "running", 0, 0, None)]
    recorded(place.loaded, Run.begin("nightly", clock), Outcome)
    assert place.runs() == [("nightly", "killed", 0, 0, None), ("nightly", "done", 0, 0, None)]


def unwritable(_: Path) -> NoReturn:
    """As a landing file on a disk that is full."""
    raise OSError(errno.ENOSPC, "No space left on device")


def test_what_the_system_refused_is_on_record_without_the_path(place: "Place", run: Run) -> None:
    def work() -> Outcome:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), "/srv/roadworthy/report.html")

    with pytest.raises(OSError, match="Read-only"):
        recorded(place.loaded, run, work)
    assert place.runs() == [
        ("nightly", "failed", 0, 0, "the system refused something: Read-only file system")
    ]


def test_a_run_stopped_by_hand_is_on_record(place: "Place", run: Run) -> None:
    def work() -> Outcome:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        recorded(place.loaded, run, work)
    assert place.runs() == [("nightly", "failed", 0, 0, "interrupted by hand")]


def test_a_run_without_an_end_was_killed_as_the_next_one_knows(
    place: "Place", run: Run, clock: Clock
) -> None:
    recorded(place.loaded, run, lambda: Outcome(records=7))
    with open_landing(place.warehouse) as landing:
        landing.execute("update raw.runs set finished_at = null, outcome = 'running'")
    recorded(place.loaded, Run.begin("nightly", clock), lambda: Outcome(records=12))
    assert place.runs() == [("nightly", "killed", 7, 0, None), ("nightly", "done", 12, 0, None)]


def test_a_source_that_failed_makes_the_run_failed_with_what_it_stored(
    place: "Place", run: Run
) -> None:
    outcome = Outcome(records=12, requests=3, failures=("code: 401; renew",), audit_errors=1)
    recorded(place.loaded, run, lambda: outcome)
    assert place.runs() == [("nightly", "failed", 12, 3, "code: 401; renew")]


def test_audit_errors_are_an_outcome_of_their_own(place: "Place", run: Run) -> None:
    recorded(place.loaded, run, lambda: Outcome(audit_errors=2))
    assert place.runs() == [("nightly", "done_with_audit_errors", 0, 0, None)]


def test_the_record_names_sources_configuration_and_instants(place: "Place", run: Run) -> None:
    recorded(place.loaded, run, Outcome)
    row = place.landed(
        "select sources, config_hash, version, started_at, finished_at from raw.runs"
    )
    sources, config_hash, version, started_at, finished_at = row
    assert (sources, config_hash, version) == (["archive"], place.loaded.hash, __version__)
    assert started_at == run.started_at
    assert (finished_at - started_at).total_seconds() == 1


def test_a_tracker_outranks_the_audit() -> None:
    both = Outcome(failures=("code: 401; renew", "acme: 500; wait"), audit_errors=1).fault()
    assert isinstance(both, SourceError)
    assert str(both) == "code: 401; renew; acme: 500; wait"
    assert isinstance(Outcome(audit_errors=1).fault(), AuditFailedError)
    assert Outcome(records=3).fault() is None


def test_a_build_where_nothing_was_fetched_makes_no_landing_file(
    place: "Place", clock: Clock
) -> None:
    outcome = supervised(place.loaded, Run.begin("build", clock), lambda: Outcome(audit_errors=2))
    assert outcome.audit_errors == 2
    assert not landing_path(place.warehouse).exists()

"""How things stand: runs, the age of the data, findings."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from roadworthy.errors import ConfigError
from roadworthy.journal import Outcome, recorded
from roadworthy.lock import alone
from roadworthy.runs import Clock, Run
from roadworthy.status import Freshness, Nights, Status, status_of, too_old
from roadworthy.warehouse import landing_path, open_landing

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)
FINDING = """
    insert into main.data_audit values
        ('archive', 'histories', 'PAY-1', 'error', 3, 2, 0.67, 'A history is short; sync again.'),
        ('*', 'roles', '', 'warning', null, 1, null, 'Nobody holds a role; declare one.')
"""


def test_the_age_is_that_of_the_data_and_not_of_the_last_run(place: "Place", run: Run) -> None:
    place.publish()
    recorded(place.loaded, run, Outcome)
    (source,) = status_of(place.warehouse, at=NOON).sources
    assert (source.source, source.age_hours, source.quarantined) == ("archive", 6.0, 1)
    (source,) = status_of(place.warehouse, at=NOON + timedelta(days=8)).sources
    assert source.age_hours == 198.0


def test_findings_are_counted_and_errors_told(place: "Place") -> None:
    place.publish(FINDING)
    found = status_of(place.warehouse, at=NOON)
    assert found.findings == {"error": 1, "warning": 1, "info": 0}
    assert found.errors == ("archive, PAY-1: A history is short; sync again.",)


def test_a_run_that_published_nothing_is_shown_too(place: "Place", clock: Clock) -> None:
    place.publish()
    failed = Outcome(failures=("archive: 401; renew the token",))
    recorded(place.loaded, Run.begin("sync", clock), lambda: failed)
    (only,) = status_of(place.warehouse, at=NOON).nights.runs
    assert (only.command, only.outcome, only.error) == (
        "sync",
        "failed",
        "archive: 401; renew the token",
    )


def killed(place: "Place", run: Run) -> None:
    """Leave what a killed run leaves: a record without an end."""
    recorded(place.loaded, run, Outcome)
    with open_landing(place.warehouse) as landing:
        landing.execute("update raw.runs set finished_at = null, outcome = 'running'")


def test_a_run_without_an_end_was_killed(place: "Place", run: Run) -> None:
    killed(place, run)
    assert "nightly  killed" in place.call("status").stdout


def test_a_run_at_work_is_not_taken_for_killed(place: "Place", run: Run) -> None:
    killed(place, run)
    place.publish()
    with alone(place.warehouse, run):
        shown = place.call("status").stdout
    assert (
        "Now: 'nightly' has been at work on this warehouse since 2026-03-31 12:00:01 UTC" in shown
    )
    assert "killed" not in shown


def test_a_first_run_that_failed_is_shown_before_anything_is_published(
    place: "Place", run: Run
) -> None:
    recorded(place.loaded, run, lambda: Outcome(failures=("archive: gone; look",)))
    shown = place.call("status").stdout
    assert "nothing is published yet" in shown
    assert "archive: gone; look" in shown


def test_a_warehouse_brought_from_elsewhere_shows_the_runs_in_it(place: "Place") -> None:
    place.publish(
        """
        insert into raw.runs values (
            'r', '2026-03-30 01:00:00Z', '2026-03-30 01:02:00Z', 'nightly', 'done', ['archive'],
            5, 2, 'h', '0.1.0', null
        )
        """
    )
    landing_path(place.warehouse).unlink()
    (only,) = status_of(place.warehouse, at=NOON).nights.runs
    assert (only.command, only.records) == ("nightly", 5)


def test_a_first_run_that_was_killed_at_once_left_an_empty_file(place: "Place") -> None:
    place.warehouse.parent.mkdir()
    duckdb.connect(str(landing_path(place.warehouse))).close()
    assert status_of(place.warehouse, at=NOON).nights == Nights()
    with open_landing(place.warehouse) as landing:
        assert landing.frame("from raw.runs").is_empty()


def test_where_nothing_ever_ran_it_says_how_to_begin(place: "Place") -> None:
    with pytest.raises(ConfigError, match="nothing has run here yet; begin with"):
        status_of(place.warehouse, at=NOON)


def test_a_monitor_gets_json(place: "Place", run: Run) -> None:
    killed(place, run)
    place.publish(FINDING)
    facts = json.loads(place.call("status", "--json").stdout)
    assert facts["sources"][0]["snapshot_at"] == "2026-03-31T06:00:00Z"
    assert [(one["outcome"], one["finished_at"]) for one in facts["runs"]] == [("killed", None)]
    assert facts["findings"] == {"error": 1, "warning": 1, "info": 0}


def night(run_id: str, day: int, outcome: str) -> str:
    ended = "null" if outcome == "running" else f"'2026-03-{day} 01:09:00Z'"
    return f"""
        insert into raw.runs values (
            '{run_id}', '2026-03-{day} 01:00:00Z', {ended}, 'nightly', '{outcome}', ['archive'],
            5, 2, 'h', '0.1.0', null
        )
    """  # noqa: S608 - our own literals


def test_beside_a_run_at_work_only_that_one_is_running(place: "Place", run: Run) -> None:
    """An earlier one that was killed was called running, and one that reports was called done."""
    place.publish(
        night("r1", 28, "done"), night("r2", 29, "running"), night(run.run_id, 30, "done")
    )
    with alone(place.warehouse, run):
        facts = json.loads(place.call("status", "--json").stdout)
    assert [(one["run_id"], one["outcome"]) for one in facts["runs"]] == [
        (run.run_id, "running"),
        ("r2", "killed"),
        ("r1", "done"),
    ]
    assert facts["at_work"]["run_id"] == run.run_id
    assert facts["at_work"]["command"] == "nightly"
    assert facts["last_successful_nightly"]["run_id"] == "r1"


def test_who_may_not_try_the_lock_does_not_say_that_a_run_is_at_work(
    place: "Place", monkeypatch: pytest.MonkeyPatch
) -> None:
    place.publish(night("r1", 28, "done"))

    def refused(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr("filelock.FileLock.acquire", refused)
    found = status_of(place.warehouse, at=NOON)
    assert found.at_work is None
    assert [one.outcome for one in found.nights.runs] == ["done"]


def test_who_may_lock_and_not_read_what_was_landed_sees_what_is_published(
    place: "Place", clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a umask of 002 that is everybody of the group: the lock is theirs, landing is not."""
    place.publish(night("r1", 28, "done"))
    recorded(place.loaded, Run.begin("sync", clock), Outcome)
    # Whoever runs the tests may be allowed everything; the answer of the system is given here.
    monkeypatch.setattr(os, "access", lambda *_: False)
    found = status_of(place.warehouse, at=NOON)
    assert found.at_work is None
    assert [(one.command, one.outcome) for one in found.nights.runs] == [("nightly", "done")]


def test_a_monitor_finds_the_last_good_night_behind_many_bad_ones(place: "Place") -> None:
    bad = [night(f"r{day}", day, "failed") for day in range(11, 29)]
    place.publish(night("r10", 10, "done_with_audit_errors"), *bad)
    landing_path(place.warehouse).unlink()
    facts = json.loads(place.call("status", "--json").stdout)
    assert facts["last_run"]["run_id"] == "r28"
    assert facts["last_successful_nightly"]["run_id"] == "r10"
    assert len(facts["runs"]) == 10


@pytest.mark.parametrize(
    ("age", "kind", "told"),
    [
        (29.5, "jira", []),
        (30.5, "jira", ["archive: its data are 30.5 hours old, and may be 30"]),
        (30.5, "files", []),
        (-0.5, "jira", []),
        (-9.0, "jira", ["archive: its data are dated 9 hours later than now; see to the clock"]),
    ],
)
def test_data_are_too_old_beyond_the_hours_that_are_allowed(
    age: float, kind: str, told: list[str]
) -> None:
    source = Freshness("archive", "jira", kind, 3, 0, NOON, age)
    found = Status(Path("x"), None, Nights(), (source,), (), {}, ())
    assert list(too_old(found, {"archive": kind}, 30)) == told


def test_a_source_of_which_nothing_is_published_is_too_old_for_a_monitor(
    place: "Place", run: Run
) -> None:
    recorded(place.loaded, run, lambda: Outcome(failures=("archive: gone; look",)))
    result = place.call("status", "--json", "--max-age", "30")
    assert result.exit_code == 4
    assert json.loads(result.stdout)["too_old"] == ["archive: nothing of it is published yet"]
    assert "archive: nothing of it is published yet; see that 'roadworthy nightly" in result.stderr


def test_data_young_enough_end_with_0(place: "Place") -> None:
    place.publish()
    assert place.call("status", "--max-age", "1").exit_code == 0

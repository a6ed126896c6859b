"""One run at a time, and the others know why."""

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from roadworthy.errors import LockedError, RoadworthyError
from roadworthy.lock import alone, between_runs, lock_path
from roadworthy.runs import Run

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place

HOLDER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from roadworthy.lock import alone
from roadworthy.runs import Run
run = Run.begin("nightly", lambda: datetime(2026, 3, 31, 4, 0, tzinfo=UTC))
with alone(Path(sys.argv[1]), run):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_lock_lies_beside_the_warehouse(place: "Place", run: Run) -> None:
    with alone(place.warehouse, run):
        assert lock_path(place.warehouse) == place.folder.resolve() / "var" / "roadworthy.lock"
        assert lock_path(place.warehouse).exists()


def test_a_second_run_is_refused_at_once_and_told_who_is_at_work(place: "Place") -> None:
    holding = [sys.executable, "-c", HOLDER, str(place.warehouse)]
    with subprocess.Popen(holding, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        before = time.monotonic()
        result = place.call("sync")
        assert time.monotonic() - before < 3
        holder.kill()
    assert result.exit_code == 5
    assert "'nightly' has been at work on this warehouse since 2026-03-31 04:00:00 UTC" in (
        result.stderr
    )
    assert f"(process {holder.pid} on " in result.stderr


def test_a_killed_run_leaves_no_lock(place: "Place", run: Run) -> None:
    holding = [sys.executable, "-c", HOLDER, str(place.warehouse)]
    with subprocess.Popen(holding, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
    with alone(place.warehouse, run), between_runs(place.warehouse) as is_free:
        assert not is_free


def test_the_lock_is_free_after_a_fault(place: "Place", run: Run) -> None:
    with pytest.raises(RoadworthyError, match="broke"), alone(place.warehouse, run):
        raise RoadworthyError("x: broke; mend it")
    with between_runs(place.warehouse) as is_free:
        assert is_free


def test_a_holder_that_did_not_sign_is_still_a_holder(place: "Place", run: Run) -> None:
    with alone(place.warehouse, run):
        lock_path(place.warehouse).write_text("no signature", encoding="utf-8")
        with (
            pytest.raises(LockedError, match="another run is at work on this warehouse"),
            alone(place.warehouse, run),
        ):
            pytest.fail("two runs at once")

"""Nights that are killed, and whoever reads the published file all the while.

The trackers answer in this process; every night is a process of its own, run at a fixed instant so
that two of them can be compared, and ended with a signal that no process can catch.
"""

import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from roadworthy.demo import Serving
from roadworthy.simulator.serving import github_changes, jira_events
from roadworthy.warehouse import open_landing, open_published

_NIGHT = """
import sys
from datetime import datetime
from pathlib import Path
from roadworthy.config.load import load
from roadworthy.nightly import nightly
from roadworthy.runs import Run
from roadworthy.terminal import Lines

at = datetime.fromisoformat(sys.argv[2])
run = Run.begin("nightly", lambda: at)
outcome = nightly(load(Path(sys.argv[1])), run, Lines(lambda facts: None))
sys.exit(3 if outcome.failures else 0)
"""
_LONGEST = 300.0


@dataclass(frozen=True)
class Nights:
    """Nights over one configuration, all at the same instant."""

    config: Path
    at: datetime

    @property
    def warehouse(self) -> Path:
        return self.config.parent / "var/roadworthy.duckdb"

    def begin_anew(self, kept: Path | None = None) -> None:
        """Put the folder of the warehouse back to how it was kept; None: all but the key is gone.

        The key stays, for with another one nobody's pseudonym is what it was.
        """
        var = self.warehouse.parent
        key = self.warehouse.with_suffix(".key").read_bytes()
        shutil.rmtree(var)
        if kept is None:
            var.mkdir()
            self.warehouse.with_suffix(".key").write_bytes(key)
        else:
            shutil.copytree(kept, var)

    def whole(self) -> float:
        """Run one to its end; returns its seconds."""
        begun = time.monotonic()
        process = self._begin()
        _, told = process.communicate(timeout=_LONGEST)
        assert process.returncode == 0, told
        return time.monotonic() - begun

    def killed(self, after: float) -> bool:
        """Kill one after so many seconds; False where it had ended before."""
        process = self._begin()
        try:
            process.wait(timeout=after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate(timeout=_LONGEST)
        return process.returncode == -signal.SIGKILL

    def _begin(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-c", _NIGHT, str(self.config), self.at.isoformat()],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def stored(self) -> list[tuple[Any, ...]]:
        """What was landed, less what tells of runs."""
        with open_landing(self.warehouse) as landing:
            return landing.frame(
                """
                select source, resource, key, payload::varchar, missing_since,
                    superseded_run_id is not null
                from raw.records order by all
                """
            ).rows()

    def published(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every table of core and main, less what tells of runs."""
        with open_published(self.warehouse) as warehouse:
            tables = warehouse.frame(
                """
                select schema_name || '.' || table_name from duckdb_tables()
                where schema_name in ('core', 'main') and table_name not in ('runs', 'sources')
                """
            )
            return {
                name: warehouse.frame(f"from {name} order by all").rows()
                for (name,) in tables.rows()
            }


@dataclass
class Reader:
    """Somebody who opens the published file again and again."""

    warehouse: Path
    readings: int = 0
    errors: list[str] = field(default_factory=list)
    away: threading.Lock = field(default_factory=threading.Lock)
    """Held by whoever takes the file away for a moment, as no night ever does."""
    _ends: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Read in a thread while the block lasts."""
        thread = threading.Thread(target=self._read)
        thread.start()
        try:
            yield
        finally:
            self._ends.set()
            thread.join()

    def _read(self) -> None:
        while not self._ends.wait(0.02):
            with self.away:
                if self.warehouse.exists():
                    self._read_once()

    def _read_once(self) -> None:
        try:
            with open_published(self.warehouse) as warehouse:
                assert warehouse.frame("from main.work_items").height > 0
            self.readings += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            self.errors.append(f"{type(error).__name__}: {error}")


def a_day_passes(trackers: Serving, at: datetime) -> None:
    """Much happens in both trackers: what a night must bring although it is killed."""
    jira, github = trackers.jira, trackers.github
    rows = sorted(jira.rows.values(), key=lambda row: row.id)
    for place, row in enumerate(rows[5:]):
        changed = {"labels": ["reviewed"], "summary": f"Of day two, number {place}"}
        jira_events.edit(jira, str(row.id), at + timedelta(seconds=place), changed)
    jira_events.delete(jira, str(rows[0].id))
    jira_events.hide(jira, str(rows[1].id))
    jira_events.move(jira, str(rows[2].id), at, "OPS")
    for version in [one for rows in jira.versions.values() for one in rows if "releaseDate" in one]:
        later = date.fromisoformat(version["releaseDate"]) + timedelta(days=14)
        jira_events.redate_version(jira, version["id"], later)
    for place, item in enumerate(list(github.items())[2:]):
        by = item.payload["user"]
        github_changes.label(item, "reviewed", at=at + timedelta(seconds=place), by=by)


def instants(seed: int, count: int, length: float) -> list[float]:
    """Instants at random within a night of a length."""
    dice = random.Random(seed)  # noqa: S311 - the same instants every time
    return [dice.uniform(0.05, length) for _ in range(count)]

"""A folder with a configuration and, where a test asks for it, a tiny published warehouse."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from roadworthy.cli import main
from roadworthy.config.load import Loaded, load
from roadworthy.runs import Clock, Run
from roadworthy.warehouse import building, open_landing

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)

_CONFIG = """
warehouse = "var/roadworthy.duckdb"
timezone = "Europe/Berlin"

[[sources]]
kind = "files"
name = "archive"
path = "archive"
tracker = "jira"
"""

_CORE = """
    create table core.release_dates (
        release_id varchar, project varchar, release_on date, valid_from timestamptz
    );
    create table core.sources as
    select 'archive' as source, 'jira' as tracker, 'files' as kind, 3 as records, 1 as quarantined,
        0 as missing, null::bigint as histories_announced, null::bigint as histories_received,
        0 as short_items, 1 as requests,
        timestamptz '2026-03-31 06:00:00Z' as snapshot_at
"""


@dataclass(frozen=True)
class Place:
    """Where somebody keeps Roadworthy: a folder, and what is said in it."""

    folder: Path

    @property
    def config(self) -> Path:
        return self.folder / "roadworthy.toml"

    @property
    def loaded(self) -> Loaded:
        return load(self.config)

    @property
    def warehouse(self) -> Path:
        return self.loaded.warehouse

    def publish(self, *statements: str) -> None:
        """Publish a warehouse with every table empty but for what the statements do."""
        with open_landing(self.warehouse):
            pass
        with building(self.warehouse) as fresh:
            fresh.execute("create schema raw; create schema core")
            for folder in ("schema/raw", "schema/core", "schema/main", "marts"):
                fresh.run_folder(folder)
            for statement in (_CORE, *statements):
                fresh.execute(statement)

    def landed(self, query: str) -> tuple[Any, ...]:
        """The only row of a query to the landing file."""
        with open_landing(self.warehouse) as landing:
            return landing.frame(query).row(0)

    def runs(self) -> list[tuple[Any, ...]]:
        """Command, outcome, records, requests and error of every run on record."""
        query = (
            "select command, outcome, records, requests, error from raw.runs order by started_at"
        )
        with open_landing(self.warehouse) as landing:
            return landing.frame(query).rows()

    def call(self, *arguments: str, typed: str | None = None) -> Result:
        """Call a command with this configuration."""
        config = ["--config", str(self.config)]
        return CliRunner().invoke(main, [*arguments, *config], input=typed)


def settled(folder: Path) -> Place:
    """Put a configuration into a folder, of one source, which is not there."""
    (folder / "roadworthy.toml").write_text(_CONFIG, encoding="utf-8")
    return Place(folder)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A folder with a configuration of one source, which is not there."""
    return settled(tmp_path)


@pytest.fixture(scope="session")
def once_published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a warehouse with nothing in it was published."""
    place = settled(tmp_path_factory.mktemp("published"))
    place.publish()
    return place.folder


@pytest.fixture
def published(tmp_path: Path, once_published: Path) -> Place:
    """A folder with a configuration, and a published warehouse with nothing in it."""
    shutil.copytree(once_published, tmp_path, dirs_exist_ok=True)
    return Place(tmp_path)


@dataclass
class Ticking:
    """A clock that moves on a second at every look."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@pytest.fixture
def clock() -> Clock:
    """It is noon on the last of March."""
    return Ticking()


@dataclass(frozen=True)
class Silence:
    """A listener that remembers what it was told."""

    told: list[str]

    def started(self, stage: str, detail: str) -> None:
        self.told.append(f"{stage} started: {detail}")

    def advanced(self, stage: str, count: int) -> None:
        self.told.append(f"{stage}: {count}")

    def finished(self, stage: str, detail: str) -> None:
        self.told.append(f"{stage} finished: {detail}")

    def noted(self, message: str) -> None:
        self.told.append(f"noted: {message}")


@pytest.fixture
def silence() -> Silence:
    """Nobody listens."""
    return Silence([])


@pytest.fixture
def run(clock: Clock) -> Run:
    """A run that begins now."""
    return Run.begin("nightly", clock)

"""One organisation, simulated once and built once for all tests of this folder."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from roadworthy.config import Loaded, load
from roadworthy.runs import Run
from roadworthy.simulator import simulate, write_archive
from roadworthy.stages.build import BuildResult, build
from roadworthy.stages.report import report
from roadworthy.stages.sync import sync
from roadworthy.warehouse import Warehouse, open_published

ENDS_AT = datetime(2026, 1, 5, 6, tzinfo=UTC)
NOW = datetime(2026, 1, 5, 7, tzinfo=UTC)


class Silence:
    """A listener for stages that nobody watches."""

    def started(self, stage: str, detail: str) -> None:
        """Say nothing."""

    def advanced(self, stage: str, count: int) -> None:
        """Say nothing."""

    def finished(self, stage: str, detail: str) -> None:
        """Say nothing."""

    def noted(self, message: str) -> None:
        """Say nothing."""


def run_all(loaded: Loaded) -> BuildResult:
    """Sync and build, at an hour of our choice."""
    run = Run.begin("nightly", lambda: NOW)
    assert sync(loaded, run, Silence()).failures == ()
    return build(loaded, run, Silence())


def write_report(loaded: Loaded, *, as_of: datetime | None = None) -> Path:
    """Write the report into the folder of the configuration."""
    return report(loaded, Silence(), as_of=as_of)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("organisation")
    write_archive(simulate(7, ends_at=ENDS_AT), folder)
    return folder


@pytest.fixture(scope="session")
def built(archive: Path) -> tuple[Loaded, BuildResult]:
    loaded = load(archive / "roadworthy.toml")
    return loaded, run_all(loaded)


@pytest.fixture(scope="session")
def warehouse(built: tuple[Loaded, BuildResult]) -> Iterator[Warehouse]:
    with open_published(built[0].warehouse) as opened:
        yield opened


@pytest.fixture(scope="session")
def truth(archive: Path) -> "Truth":
    return Truth(archive / "truth")


class Truth:
    """What the simulator decided, table by table, in the vocabulary of ``main``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def table(self, name: str) -> pl.DataFrame:
        """Its rows, instants and days as such."""
        frame = pl.read_ndjson(self._folder / f"{name}.ndjson", infer_schema_length=None)
        instants = [column for column in frame.columns if column.endswith("_at")]
        days = [column for column in frame.columns if column.endswith("_on")]
        return frame.with_columns(
            pl.col(instants).str.to_datetime("%Y-%m-%dT%H:%M:%S%.fZ", time_zone="UTC"),
            pl.col(days).str.to_date(),
        )

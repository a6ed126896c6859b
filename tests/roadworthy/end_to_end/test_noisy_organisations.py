"""An organisation whose trackers record robots, admins and accidents is understood all the same."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from roadworthy.config import load
from roadworthy.simulator import Noise, Scenario, simulate, write_archive
from roadworthy.stages.build import BuildResult
from roadworthy.warehouse import Warehouse, open_published

from .conftest import ENDS_AT, Truth, run_all
from .truth_tables import KNOWN, assert_agreed

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("end_to_end")]

NOISE = Noise(
    bot_days=14.0,
    heirs_day=300,
    swept_days=(150, 330),
    trips=0.05,
    flutters=0.05,
    same_instants=0.10,
    swapped_ids=0.02,
    lost=12,
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("noisy")
    scenario = Scenario(noise=NOISE, arrivals_a_week=3.0)
    write_archive(simulate(7, ends_at=ENDS_AT, scenario=scenario), folder)
    return folder


@pytest.fixture(scope="module")
def result(archive: Path) -> BuildResult:
    return run_all(load(archive / "roadworthy.toml"))


@pytest.fixture(scope="module")
def warehouse(archive: Path, result: BuildResult) -> Iterator[Warehouse]:
    assert result.items > 1000
    with open_published(load(archive / "roadworthy.toml").warehouse) as opened:
        yield opened


@pytest.fixture(scope="module")
def truth(archive: Path) -> Truth:
    return Truth(archive / "truth")


@pytest.fixture(scope="module")
def lost(truth: Truth) -> dict[str, tuple[int, int]]:
    """The items of whose histories some are missing: how many came, and how many there were."""
    rows = truth.table("dirt").filter(pl.col("kind") == "histories_lost")
    told = {row["subject"]: row["detail"].split(" of ") for row in rows.iter_rows(named=True)}
    return {item: (int(all_) - int(gone), int(all_)) for item, (gone, all_) in told.items()}


@pytest.mark.parametrize("table", KNOWN)
def test_the_rows_of_a_table_are_what_was_decided(
    table: str, warehouse: Warehouse, truth: Truth, lost: dict[str, tuple[int, int]]
) -> None:
    assert_agreed(table, warehouse, truth, without=lost)


def test_the_items_with_missing_histories_are_the_one_error_of_the_audit(
    warehouse: Warehouse, result: BuildResult, lost: dict[str, tuple[int, int]]
) -> None:
    short = warehouse.frame(
        "select item_id, histories_received, histories_announced from core.items "
        "where histories_received < histories_announced"
    )
    assert {row[0]: row[1:] for row in short.rows()} == lost
    assert (len(lost), result.audit_errors, result.audit_warnings) == (NOISE.lost, 1, 0)
    told = warehouse.frame("from main.data_audit where severity = 'error'").row(0, named=True)
    assert told["finding"] == "histories"
    assert told["expected"] - told["found"] == sum(whole - came for came, whole in lost.values())
    assert told["detail"].startswith(f"{NOISE.lost} items with fewer histories")


def test_everything_noisy_that_is_promised_was_planted(truth: Truth) -> None:
    kinds = {
        *("patrol", "status_inherited", "swept", "trip", "misclick", "histories_lost"),
        *("filled_at_the_instant", "stay_of_no_length", "opposed_at_the_instant", "ids_swapped"),
    }
    assert set(truth.table("dirt")["kind"]) >= kinds


def test_hundreds_of_items_are_moved_within_a_minute(warehouse: Warehouse) -> None:
    moved = warehouse.frame(
        """
        select count(distinct item_id) as items, epoch(max(changed_at) - min(changed_at)) as seconds
        from core.field_changes where field = 'status' and to_text in ('Delivered', 'Backlog')
            and from_text in ('Done', 'Idea')
        """
    )
    assert moved["items"].item() > 300
    assert moved["seconds"].item() < 60

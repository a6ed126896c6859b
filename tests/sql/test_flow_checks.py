"""The checks of the flow through the stages: silent over what was computed, loud over the rest."""

from collections.abc import Iterator

import polars as pl
import pytest

from pipelines.flow.stage_flow import stage_flow
from roadworthy.warehouse import Warehouse, in_memory
from tests.pipelines.frames import INSTANT, at, frame
from tests.sql.rules import broken

LITTLE = "little_identity_holds_in_every_stage"
VISITS = "stage_flow_agrees_with_the_visits"
_SNAPSHOT = at("2026-03-16")


def visits() -> pl.DataFrame:
    """Items a and b in Build and Review, a pull request that was no draft, and a part of a.

    What item b had been waiting for was over before the window opens.
    """
    build, review = ({"stage": name, "stage_kind": "active"} for name in ("Build", "Review"))
    draft = {"stage": "Draft", "stage_kind": "queue", "kind": "pull_request"}
    vendor = {"stage": "Vendor", "stage_kind": "external"}
    monday, tuesday, friday = at("2026-03-02"), at("2026-03-03"), at("2026-03-06")
    return frame(
        {"item_id": "a", "visit_number": 1, "entered_at": monday, "left_at": friday, **build},
        {"item_id": "a", "visit_number": 2, "entered_at": friday, **review},
        {"item_id": "b", "visit_number": 1, "entered_at": monday, "left_at": tuesday, **vendor},
        {"item_id": "b", "visit_number": 2, "entered_at": at("2026-03-09"), **build},
        {"item_id": "c", "visit_number": 1, "entered_at": friday, "left_at": friday, **draft},
        {"item_id": "part", "visit_number": 1, "entered_at": monday, **build},
        **dict.fromkeys(("item_id", "stage", "stage_kind", "kind"), pl.String),
        visit_number=pl.Int32,
        **dict.fromkeys(("entered_at", "left_at"), INSTANT),
    ).with_columns(
        pl.col("kind").fill_null("ticket"),
        source=pl.lit("acme"),
        observed_until=pl.lit(_SNAPSHOT),
    )


@pytest.fixture
def warehouse() -> Iterator[Warehouse]:
    stays = visits().with_columns(
        until=pl.coalesce("left_at", "observed_until"), is_open=pl.col("left_at").is_null()
    )
    whole = stays.filter(pl.col("item_id") != "part")
    tables = {
        "visits": visits().drop("kind", "source", "observed_until"),
        "work_items": stays.select(
            "item_id", "kind", "observed_until", is_subtask=pl.col("item_id") == "part"
        ).unique(),
        "stage_flow": stage_flow(whole, window_from=at("2026-03-04")),
    }
    with in_memory() as opened:
        for name, rows in tables.items():
            with opened.registered("rows", rows):
                opened.execute(f"create table main.{name} as from rows")
        yield opened


@pytest.mark.parametrize("check", [LITTLE, VISITS])
def test_what_was_computed_passes(warehouse: Warehouse, check: str) -> None:
    assert broken(warehouse, check) == []


def test_work_in_progress_that_is_not_arrivals_times_residence_is_found(
    warehouse: Warehouse,
) -> None:
    warehouse.execute(
        "update main.stage_flow set mean_residence_days = mean_residence_days + 0.001"
        " where stage = 'Build'"
    )

    [detail] = broken(warehouse, LITTLE)
    assert detail.startswith("Build: ")


@pytest.mark.parametrize(
    "change",
    [
        "update main.stage_flow set arrivals = arrivals + 1",
        "update main.stage_flow set departures = departures + 1",
        "update main.stage_flow set mean_work_in_progress = 1.0001 * mean_work_in_progress",
        "update main.work_items set is_subtask = not is_subtask",
        "update main.visits set left_at = null",
    ],
)
def test_a_flow_that_is_not_that_of_the_visits_is_found(warehouse: Warehouse, change: str) -> None:
    warehouse.execute(change)

    assert "Build" in broken(warehouse, VISITS)

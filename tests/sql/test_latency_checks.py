"""The checks of latency: silent over what was computed, loud over time that is lost or doubled."""

from collections.abc import Iterator
from datetime import timedelta

import polars as pl
import pytest

from pipelines.latency.latency_components import component_segments, latency_components
from pipelines.latency.latency_layers import LAYERS
from pipelines.latency.latency_shares import latency_shares
from roadworthy.warehouse import Warehouse, in_memory
from tests.pipelines.frames import INSTANT, NO_GROUPS, at, frame
from tests.sql.rules import broken

COMPONENTS = "latency_components_sum_to_the_elapsed_time"
SHARES = "latency_shares_sum_to_the_latency"
_START, _END = at("2026-03-02 09:00"), at("2026-03-12 17:30")


def items() -> pl.DataFrame:
    """An item that is done, one that ended as it began, and one without a clock."""
    done = {"is_done": True, "clock_from": _START}
    return frame(
        {"item_id": "a", "ended_at": _END, **done},
        {"item_id": "b", "ended_at": _START, **done},
        {"item_id": "c", "ended_at": _END, "is_done": True},
        item_id=pl.String,
        **dict.fromkeys(("clock_from", "ended_at"), INSTANT),
        is_done=pl.Boolean,
    ).with_columns(
        team=pl.lit("PAY"),
        item_type=pl.lit("Story"),
        is_subtask=pl.lit(value=False),
        is_dropped=pl.lit(value=False),
    )


@pytest.fixture
def warehouse() -> Iterator[Warehouse]:
    life = {"item_id": "a", "since": _START, "until": _END, "precedence": 5}
    blocked = {"since": _START + timedelta(days=1, microseconds=1), "precedence": 0}
    claims = frame(
        {**life, "component": "queue:Ready"}, {**life, **blocked, "component": "external"}, **LAYERS
    )
    segments = component_segments(items(), claims)
    clock = {
        "clock_started_at": pl.col("clock_from"),
        "clock_ended_at": pl.when(pl.col("clock_from").is_not_null()).then("ended_at"),
    }
    tables = {
        "work_items": items().select("item_id", **clock),
        "latency_components": latency_components(items(), segments),
        "latency_shares": latency_shares(segments, items(), NO_GROUPS, horizon=5.0),
    }
    with in_memory() as opened:
        for name, rows in tables.items():
            with opened.registered("rows", rows):
                opened.execute(f"create table main.{name} as from rows")
        yield opened


@pytest.mark.parametrize("check", [COMPONENTS, SHARES])
def test_what_was_computed_passes(warehouse: Warehouse, check: str) -> None:
    assert broken(warehouse, check) == []


@pytest.mark.parametrize(
    "change",
    [
        "update main.latency_components set microseconds = microseconds + 1",
        "update main.latency_components set days = days + 1e-9",
        "delete from main.latency_components where component = 'external'",
        "delete from main.latency_components",
        "update main.latency_components set item_id = 'c'",
        "delete from main.work_items where item_id = 'a'",
    ],
)
def test_time_that_is_lost_or_doubled_is_found(warehouse: Warehouse, change: str) -> None:
    warehouse.execute(change)

    assert broken(warehouse, COMPONENTS)


@pytest.mark.parametrize(
    "change",
    [
        "update main.latency_shares set days_per_item = days_per_item + 1e-5",
        "update main.latency_shares set latency_days = latency_days + 1e-5",
        "update main.latency_shares set share = share + 1e-5",
        "delete from main.latency_shares where component = 'external'",
        "update main.latency_shares set items = 7 where component = 'external'",
    ],
)
def test_shares_that_do_not_add_up_are_found(warehouse: Warehouse, change: str) -> None:
    warehouse.execute(change)

    [detail] = broken(warehouse, SHARES)
    assert detail.startswith("organisation: ")

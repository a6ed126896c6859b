"""The facts of the demo are what its simulator decided, row by row, not merely close to it."""

import polars as pl
import pytest

from roadworthy.config import Loaded
from roadworthy.stages.build import BuildResult
from roadworthy.warehouse import Warehouse

from .conftest import Truth
from .truth_tables import KNOWN, assert_agreed

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("end_to_end")]


def test_nothing_is_wrong_with_the_data(built: tuple[Loaded, BuildResult]) -> None:
    assert built[1].audit_errors == 0
    assert built[1].audit_warnings == 0


@pytest.mark.parametrize("table", KNOWN)
def test_the_rows_of_a_table_are_what_was_decided(
    table: str, warehouse: Warehouse, truth: Truth
) -> None:
    assert_agreed(table, warehouse, truth)


def test_every_kind_of_cause_owns_time(warehouse: Warehouse, truth: Truth) -> None:
    rows = assert_agreed("latency_components", warehouse, truth)
    kinds = set(rows["component"].str.extract("^([^:]*)"))
    assert kinds == {
        *("external", "decision_wait", "approval_wait", "rework"),
        *("scope_rework", "queue", "touch", "parked"),
    }


def test_requests_wait_end_and_are_withdrawn_and_some_verdicts_do_not_hold(
    warehouse: Warehouse, truth: Truth
) -> None:
    rows = assert_agreed("decisions", warehouse, truth)
    assert set(rows["outcome"]) >= {"decided", "open", "withdrawn"}
    for channel in ("stage", "approval", "flag"):
        verdicts = rows.filter(pl.col("channel") == channel)["is_reversed"]
        assert set(verdicts) >= {True, False, None}, channel


ROLES = ("product", "engineering")


def test_both_sides_contest_dates_and_priorities(warehouse: Warehouse, truth: Truth) -> None:
    rows = assert_agreed("decision_changes", warehouse, truth)
    contests = rows.filter("is_contest").select("field", "actor_role").unique()
    sides = [(field, role) for field in ("duedate", "priority") for role in ROLES]
    assert set(contests.rows()) >= set(sides)


def test_the_protocol_shows_where_it_was_introduced_and_nowhere_else(
    warehouse: Warehouse,
) -> None:
    rates = warehouse.frame(
        """
        select
            team in ('Payments', 'Web') as is_treated,
            handed_at >= timestamptz '2025-08-04 00:00:00Z' as is_after,
            avg((verdict = 'rejected')::integer) as rate
        from main.handoffs
        where to_stage = 'Ready for Dev' and verdict <> 'undecided'
        group by all
        """
    )
    by_cell = {(treated, after): rate for treated, after, rate in rates.rows()}
    assert by_cell[True, False] - by_cell[True, True] > 0.2
    assert abs(by_cell[False, False] - by_cell[False, True]) < 0.1

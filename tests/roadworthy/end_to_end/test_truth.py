"""The facts of the demo are what its simulator decided, row by row, not merely close to it."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from roadworthy.config import Loaded
from roadworthy.stages.build import BuildResult
from roadworthy.warehouse import Warehouse

from .conftest import Truth

pytestmark = pytest.mark.xdist_group("end_to_end")


def assert_same(found: pl.DataFrame, decided: pl.DataFrame, keys: list[str]) -> None:
    """Same rows in the columns of the truth."""
    assert not decided.is_empty()
    assert_frame_equal(
        found.select(decided.columns).sort(keys), decided.sort(keys), check_dtypes=False
    )


def test_nothing_is_wrong_with_the_data(built: tuple[Loaded, BuildResult]) -> None:
    assert built[1].audit_errors == 0
    assert built[1].audit_warnings == 0


def test_visits_are_those_that_happened(warehouse: Warehouse, truth: Truth) -> None:
    found = warehouse.frame("from main.visits where starts_with(item_id, 'jira:')")
    columns = ["item_id", "visit_number", "team", "stage", "entered_at", "left_at"]
    decided = truth.table("visits").select(columns)
    assert_same(found, decided, ["item_id", "visit_number"])


def test_handoffs_and_their_verdicts_are_those_that_happened(
    warehouse: Warehouse, truth: Truth
) -> None:
    found = warehouse.frame("from main.handoffs where starts_with(item_id, 'jira:')")
    decided = truth.table("handoffs").select(
        "handoff_id",
        "item_id",
        "team",
        "item_type",
        "from_stage",
        "to_stage",
        "attempt",
        "handed_at",
        "is_skip",
        "verdict",
        "verdict_at",
        "verdict_role",
        "late_return_at",
    )
    assert_same(found, decided, ["handoff_id"])


def test_readiness_is_what_it_was_at_the_handoff(warehouse: Warehouse, truth: Truth) -> None:
    found = warehouse.frame("from main.handoffs where failed_rules is not null")
    decided = (
        truth.table("handoffs")
        .select("handoff_id", "failed_rules")
        .drop_nulls()
        .with_columns(pl.col("failed_rules").list.sort())
    )
    assert_same(found, decided, ["handoff_id"])


def test_due_dates_moved_as_they_were_moved(warehouse: Warehouse, truth: Truth) -> None:
    found = warehouse.frame("from main.date_moves where subject_kind = 'item'")
    decided = truth.table("date_moves").filter(
        (pl.col("subject_kind") == "item") & (pl.col("date_source") == "due_date")
    )
    decided = decided.select(
        "subject_id",
        "moved_at",
        "from_on",
        "to_on",
        "move",
        "days",
        "actor_role",
        "is_after_commitment",
        "is_bulk",
    )
    mine = found.join(decided.select("subject_id").unique(), on="subject_id", how="semi")
    assert_same(mine, decided, ["subject_id", "moved_at", "to_on"])


def test_promises_became_what_they_became(warehouse: Warehouse, truth: Truth) -> None:
    found = warehouse.frame(
        "from main.commitments where date_source = 'due_date' and committed_at is not null"
    )
    decided = (
        truth.table("commitments")
        .filter(pl.col("date_source") == "due_date")
        .select(
            "subject_id",
            "committed_at",
            "original_on",
            "current_on",
            "shipped_at",
            "slip_count",
            "gross_slip_days",
            "pull_in_days",
            "is_on_time",
        )
    )
    assert_same(found, decided, ["subject_id"])


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

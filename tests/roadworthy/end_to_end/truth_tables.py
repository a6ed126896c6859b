"""The tables of which a simulated organisation knows the truth: as found, and as decided."""

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl
from polars.testing import assert_frame_equal

from roadworthy.warehouse import Warehouse

from .conftest import Truth


@dataclass(frozen=True)
class Known:
    """A table, and what of it is compared."""

    found: str
    """Where the product's rows come from, in SQL."""
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    decided: pl.Expr | None = None
    """Which rows of the truth the tracker can know; None: all."""
    subject: str = "item_id"


KNOWN = {
    "visits": Known(
        "from main.visits",
        ("item_id", "visit_number"),
        ("team", "stage", "entered_at", "left_at"),
    ),
    "handoffs": Known(
        "from main.handoffs",
        ("handoff_id",),
        (
            *("item_id", "team", "item_type", "from_stage", "to_stage", "attempt", "handed_at"),
            *("is_skip", "verdict", "verdict_at", "verdict_role", "late_return_at"),
        ),
    ),
    "readiness_checks": Known(
        "select *, round(debt_days * 86400e6)::bigint as debt_microseconds "
        "from main.readiness_checks",
        ("handoff_id", "rule"),
        (
            *("item_id", "checked_at", "outcome", "outcome_now", "passed_at"),
            *("debt_microseconds", "is_filled_late"),
        ),
    ),
    "date_moves": Known(
        "from main.date_moves where subject_kind = 'item' and subject_id in "
        "(select subject_id from main.commitments where date_source = 'due_date')",
        ("subject_id", "moved_at", "to_on"),
        ("from_on", "move", "days", "actor_role", "is_after_commitment", "is_bulk"),
        (pl.col("subject_kind") == "item") & (pl.col("date_source") == "due_date"),
        "subject_id",
    ),
    "commitments": Known(
        "from main.commitments where date_source = 'due_date' and committed_at is not null",
        ("subject_id",),
        (
            *("committed_at", "original_on", "current_on", "shipped_at", "slip_count"),
            *("gross_slip_days", "pull_in_days", "is_on_time"),
        ),
        pl.col("date_source") == "due_date",
        "subject_id",
    ),
    "decisions": Known(
        "from main.decisions",
        ("item_id", "channel", "decision_right", "requested_at"),
        (
            *("team", "ended_at", "outcome", "decided_by_role", "is_reversed", "reversed_at"),
            "stable_at",
        ),
    ),
    "decision_changes": Known(
        "from main.decision_changes",
        ("item_id", "change_number"),
        (
            *("team", "decision_right", "field", "changed_at", "actor_role", "is_contest"),
            *("is_out_of_role", "is_override", "is_after_commitment", "is_bulk"),
        ),
    ),
    "intake": Known(
        "from main.intake",
        ("item_id",),
        ("team", "entered_build_at", "is_bypass", "is_early_assignment", "scope_edit_count"),
    ),
    "latency_components": Known(
        "from main.latency_components",
        ("item_id", "component"),
        ("team", "microseconds"),
    ),
}


def assert_agreed(
    name: str, warehouse: Warehouse, truth: Truth, *, without: Collection[str] = ()
) -> pl.DataFrame:
    """Hold a table against the truth, row by row, and return its rows.

    Args:
        name: of the table, a key of ``KNOWN``.
        warehouse: what was built.
        truth: what was decided.
        without: subjects of which the tracker does not tell everything.
    """
    known = KNOWN[name]
    columns = [*known.keys, *known.columns]
    rows = truth.table(name)
    subject = pl.col(known.subject)
    decided = rows if known.decided is None else rows.filter(known.decided)
    frames = [
        frame.filter(subject.str.starts_with("jira:") & ~subject.is_in(list(without)))
        .select(columns)
        .sort(known.keys)
        .cast({column: decided.schema[column] for column in columns})
        for frame in (warehouse.frame(known.found), decided)
    ]
    assert not frames[1].is_empty()
    assert_frame_equal(*frames)
    return frames[0]

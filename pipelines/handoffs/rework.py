"""Rework: what a rejection costs, booked to the handoff at which it was pronounced (M5).

Rework runs from a rejection to the next acceptance between the same two roles; where that never
came it runs to the end of the item or the snapshot and is marked as open. It belongs to the edge
that caused it, not to the stages in which the clock ran. Edge cases:

* Several rejections before one acceptance: each runs to it.
* Touch hours are the business hours of it in active stages, each stay on the calendar of the role
  that owns the stage. Where reworks of an item overlap they share hours; the hours counted once
  are those that no earlier rejection of the item has claimed.
"""

import polars as pl

from pipelines.histories.calendars import Calendars

_HOUR_US = 3_600_000_000
_IS_REJECTED = pl.col("verdict") == "rejected"
_UNTIL = pl.coalesce("reaccepted_at", "ended_at")


def with_rework(judged: pl.DataFrame) -> pl.DataFrame:
    """Add to each attempt the rework of its rejection; null where it was not rejected.

    Args:
        judged: item_id, step, from_role, to_role, verdict, verdict_at, ended_at (of the item).

    Returns:
        With reaccepted_at, rework_hours (calendar) and is_rework_open.
    """
    roles = ["item_id", "from_role", "to_role"]
    accepted = judged.filter(pl.col("verdict") == "accepted").select(
        *roles, reaccepted_at="verdict_at"
    )
    repaired = (
        judged.filter(_IS_REJECTED)
        .select(*roles, "step", "verdict_at")
        .join(accepted, on=roles)
        .filter(pl.col("reaccepted_at") >= pl.col("verdict_at"))
        .group_by("item_id", "step")
        .agg(pl.col("reaccepted_at").min())
    )
    hours = (_UNTIL - pl.col("verdict_at")).dt.total_microseconds() / _HOUR_US
    return judged.join(repaired, on=["item_id", "step"], how="left").with_columns(
        rework_hours=pl.when(_IS_REJECTED).then(hours),
        is_rework_open=_IS_REJECTED & pl.col("reaccepted_at").is_null(),
    )


def with_rework_touch(
    handoffs: pl.DataFrame, visits: pl.DataFrame, calendars: Calendars
) -> pl.DataFrame:
    """Add the business hours of the rework in which somebody could have been working on it.

    Args:
        handoffs: handoff_id, item_id, step, verdict, verdict_at, reaccepted_at, ended_at.
        visits: item_id, stage_kind, owner_role, entered_at, until.
        calendars: of the roles that own the stages.

    Returns:
        With rework_touch_hours, and rework_touch_once_hours: the part of it that no earlier
        rejection of the item has claimed, so that a sum counts no hour twice.
    """
    pieces = _touched(_claims(handoffs), visits)
    once_from = pl.min_horizontal(pl.max_horizontal("claims_from", "since"), "until")
    pieces = pieces.with_columns(once_from=once_from)
    hours = pieces.select(
        "handoff_id",
        rework_touch_hours=calendars.hours_between(
            pieces["since"], pieces["until"], pieces["owner_role"]
        ),
        rework_touch_once_hours=calendars.hours_between(
            pieces["once_from"], pieces["until"], pieces["owner_role"]
        ),
    )
    columns = ("rework_touch_hours", "rework_touch_once_hours")
    sums = hours.group_by("handoff_id", maintain_order=True).agg(pl.col(columns).sum())
    joined = handoffs.join(sums, on="handoff_id", how="left", maintain_order="left")
    return joined.with_columns(
        pl.when(_IS_REJECTED).then(pl.col(column).fill_null(0.0)).alias(column)
        for column in columns
    )


def rework_intervals(handoffs: pl.DataFrame) -> pl.DataFrame:
    """When each item was in rework, and which handoff had it so: item_id, component, since, until.

    Args:
        handoffs: item_id, from_stage, to_stage, verdict, verdict_at, reaccepted_at, ended_at.
    """
    return (
        handoffs.filter(_IS_REJECTED)
        .select(
            "item_id",
            component=pl.format("rework:{}->{}", "from_stage", "to_stage"),
            since="verdict_at",
            until=_UNTIL,
        )
        .filter(pl.col("since") < pl.col("until"))
        .sort("item_id", "since", "component", "until")
    )


def _claims(handoffs: pl.DataFrame) -> pl.DataFrame:
    """Each rework, and from when on it is the first of its item: claims_from."""
    ordered = (
        handoffs.filter(_IS_REJECTED)
        .select("handoff_id", "item_id", "step", rejected_at="verdict_at", repaired_at=_UNTIL)
        .sort("item_id", "rejected_at", "step")
    )
    # Earlier ones began no later: what they leave begins where the longest of them ends.
    claimed_until = pl.col("repaired_at").cum_max().shift(1).over("item_id")
    return ordered.with_columns(claims_from=pl.max_horizontal("rejected_at", claimed_until))


def _touched(claims: pl.DataFrame, visits: pl.DataFrame) -> pl.DataFrame:
    """The parts of the reworks that lie in active stages."""
    active = visits.filter(pl.col("stage_kind") == "active").select(
        "item_id", "owner_role", "entered_at", left="until"
    )
    return (
        claims.join(active, on="item_id")
        .with_columns(
            since=pl.max_horizontal("rejected_at", "entered_at"),
            until=pl.min_horizontal("repaired_at", "left"),
        )
        .filter(pl.col("since") < pl.col("until"))
        .sort("handoff_id", "since")
    )

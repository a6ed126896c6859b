"""Rework: what a rejection costs, booked to the handoff at which it was pronounced.

Rework runs from a rejection to the next acceptance between the same two roles; where the item was
done or dropped before that, or that never came, it runs to that end or to the snapshot and is
marked as open. It belongs to the edge that caused it, not to the stages in which the clock ran.
Edge cases:

* Several rejections before one acceptance: each runs to it. Hours counted once are those that no
  earlier rejection of the item has claimed.
* What comes next is told by the order of the stays, not by instants: several may share one.
* Done is an acceptance where it decides an attempt, and otherwise an end; reopened, nothing is
  being repaired any more.
* Touch hours are the business hours of it in active stages, each stay on the calendar of the role
  that owns the stage. Where reworks of an item overlap they share hours.
"""

import polars as pl

from pipelines.histories.calendars import Calendars
from pipelines.histories.neighbours import first_after
from pipelines.histories.overlaps import active_stays, overlaps
from pipelines.histories.spans import hours

_IS_REJECTED = pl.col("verdict") == "rejected"
_ATTEMPT = ["item_id", "step"]
_ROLES = ["item_id", "from_role", "to_role"]
_OVER = ("done", "dropped")


def with_rework(judged: pl.DataFrame, walk: pl.DataFrame) -> pl.DataFrame:
    """Add to each attempt the rework of its rejection; null where it was not rejected.

    Args:
        judged: item_id, step, from_role, to_role, verdict, verdict_at, verdict_step (the stay that
            is the verdict), ended_at (of the item).
        walk: item_id, step, stage_kind, entered_at: the stays of the items.

    Returns:
        With reaccepted_at, rework_until, rework_once_from (from when on no earlier rejection of the
        item has claimed it), rework_hours (calendar), rework_once_hours, is_rework_open and
        is_rework_over (the item was over before it was accepted again).
    """
    rejected = judged.filter(_IS_REJECTED)
    accepted_again = _first_after(
        rejected,
        judged.filter(pl.col("verdict") == "accepted").select(
            *_ROLES, at="verdict_at", number="verdict_step"
        ),
        on=_ROLES,
    ).rename({"at": "reaccepted_at", "number": "reaccepted_step"})
    over = _first_after(
        rejected,
        walk.filter(pl.col("stage_kind").is_in(_OVER)).select(
            "item_id", at="entered_at", number="step"
        ),
        on=["item_id"],
    ).rename({"at": "over_at", "number": "over_step"})
    followed = judged.join(accepted_again, on=_ATTEMPT, how="left").join(
        over, on=_ATTEMPT, how="left"
    )
    comes_first = (pl.col("over_step") < pl.col("reaccepted_step")).fill_null(value=False)
    return _measured(
        followed.with_columns(
            reaccepted_at=pl.when(~comes_first).then("reaccepted_at"),
            is_rework_over=_IS_REJECTED
            & pl.col("over_step").is_not_null()
            & (comes_first | pl.col("reaccepted_step").is_null()),
        )
    )


def _first_after(rejected: pl.DataFrame, stays: pl.DataFrame, *, on: list[str]) -> pl.DataFrame:
    """The first of these stays of an item after each verdict: item_id, step, at, number."""
    asked = rejected.select(*_ROLES, "step", "verdict_step")
    found = first_after(asked, "verdict_step", stays, "number", by=on)
    return found.select(*_ATTEMPT, "at", "number")


def _measured(followed: pl.DataFrame) -> pl.DataFrame:
    """Add until when each rework ran, and how many hours of it no earlier one has claimed."""
    until = pl.coalesce("reaccepted_at", pl.min_horizontal("over_at", "ended_at"))
    ran = followed.with_columns(rework_until=pl.when(_IS_REJECTED).then(until)).sort(
        "item_id", "verdict_at", "step", nulls_last=True
    )
    # Earlier ones began no later: what they leave begins where the longest of them ends.
    claimed = pl.col("rework_until").cum_max().forward_fill().shift(1).over("item_id")
    free_from = pl.min_horizontal(pl.max_horizontal("verdict_at", claimed), "rework_until")
    return ran.with_columns(
        rework_once_from=pl.when(_IS_REJECTED).then(free_from),
        rework_hours=hours(pl.col("rework_until") - pl.col("verdict_at")),
        rework_once_hours=hours(pl.col("rework_until") - free_from),
        is_rework_open=_IS_REJECTED & pl.col("reaccepted_at").is_null(),
    ).drop("reaccepted_step", "over_at", "over_step")


def with_rework_touch(
    handoffs: pl.DataFrame, visits: pl.DataFrame, calendars: Calendars
) -> pl.DataFrame:
    """Add the business hours of the rework in which somebody could have been working on it.

    Args:
        handoffs: handoff_id, item_id, verdict, verdict_at, rework_until, rework_once_from.
        visits: item_id, stage_kind, owner_role, entered_at, until.
        calendars: of the roles that own the stages.

    Returns:
        With rework_touch_hours, and rework_touch_once_hours: the part of it that no earlier
        rejection of the item has claimed, so that a sum counts no hour twice.
    """
    pieces = _touched(handoffs, visits)
    once_from = pl.min_horizontal(pl.max_horizontal("rework_once_from", "since"), "until")
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
        handoffs: item_id, from_stage, to_stage, verdict, verdict_at, rework_until.
    """
    return (
        handoffs.filter(_IS_REJECTED)
        .select(
            "item_id",
            component=pl.format("rework:{}->{}", "from_stage", "to_stage"),
            since="verdict_at",
            until="rework_until",
        )
        .filter(pl.col("since") < pl.col("until"))
        .sort("item_id", "since", "component", "until")
    )


def _touched(handoffs: pl.DataFrame, visits: pl.DataFrame) -> pl.DataFrame:
    """The parts of the reworks that lie in active stages."""
    reworked = handoffs.filter(_IS_REJECTED).select(
        *("handoff_id", "item_id", "rework_once_from"), since="verdict_at", until="rework_until"
    )
    return overlaps(reworked, active_stays(visits), by=["item_id"]).sort("handoff_id", "since")

"""The cohorts of the metrics: who enters when, and which end counts."""

import polars as pl

from pipelines.cohorts import COHORT

_DAY_US = 86_400_000_000
_BASE = ("team", "item_type")


def rejection(handoffs: pl.DataFrame) -> pl.DataFrame:
    """Attempts to hand over; the end that counts is the rejection."""
    return _attempts(handoffs, pl.col("verdict") == "rejected")


def first_pass(handoffs: pl.DataFrame) -> pl.DataFrame:
    """First attempts; the end that counts is the acceptance."""
    return _attempts(handoffs.filter(pl.col("attempt") == 1), pl.col("verdict") == "accepted")


def late_return(handoffs: pl.DataFrame) -> pl.DataFrame:
    """Accepted attempts; the end that counts is coming back to the sender or before."""
    accepted = handoffs.filter(pl.col("verdict") == "accepted")
    until = pl.coalesce("late_return_at", "ended_at")
    return _conform(
        accepted,
        subject_id="handoff_id",
        entered_at="verdict_at",
        followed=until - pl.col("verdict_at"),
        end=pl.when(pl.col("late_return_at").is_not_null())
        .then(1)
        .when(pl.col("is_ended"))
        .then(2)
        .otherwise(0),
    )


def readiness(handoffs: pl.DataFrame) -> pl.DataFrame:
    """Handoffs that were checked; the end that counts is having been ready. Known at once."""
    checked = handoffs.filter(pl.col("is_ready").is_not_null())
    return _known_at_once(checked, "handoff_id", "handed_at", pl.col("is_ready"))


def readiness_now(handoffs: pl.DataFrame, checks: pl.DataFrame) -> pl.DataFrame:
    """The same handoffs judged on the values of today: the record after its repair."""
    now = checks.group_by("handoff_id").agg(
        is_ready_now=(pl.col("outcome_now") != "fail").all(),
        is_evaluable=(pl.col("outcome_now") != "not_evaluable").any(),
    )
    checked = handoffs.filter(pl.col("is_ready").is_not_null()).join(now, on="handoff_id")
    return _known_at_once(
        checked.filter("is_evaluable"), "handoff_id", "handed_at", pl.col("is_ready_now")
    )


def on_time(commitments: pl.DataFrame, *, verdict: str) -> pl.DataFrame:
    """Commitments of items whose day is over; the end that counts is having been on time."""
    due = commitments.filter((pl.col("subject_kind") == "item") & pl.col(verdict).is_not_null())
    return _known_at_once(due, "subject_id", "committed_at", pl.col(verdict))


def committed(commitments: pl.DataFrame, verdict: pl.Expr) -> pl.DataFrame:
    """All commitments of items; the end that counts is whatever is asked of them. Known at once."""
    promised = commitments.filter(
        (pl.col("subject_kind") == "item") & pl.col("committed_at").is_not_null()
    )
    return _known_at_once(promised, "subject_id", "committed_at", verdict)


def lead_time(items: pl.DataFrame) -> pl.DataFrame:
    """Items by creation; done is the end that counts, dropped another, never a completion."""
    return _conform(
        items.filter(~pl.col("is_subtask") & pl.col("clock_from").is_not_null()),
        subject_id="item_id",
        entered_at="clock_from",
        followed=pl.col("ended_at") - pl.col("clock_from"),
        end=pl.when("is_done").then(1).when("is_dropped").then(2).otherwise(0),
    )


def stage_stays(visits: pl.DataFrame) -> pl.DataFrame:
    """Stays in one stage; leaving is the end that counts."""
    return _conform(
        visits,
        subject_id=pl.format("{}/{}", "item_id", "visit_number"),
        entered_at="entered_at",
        followed=pl.col("until") - pl.col("entered_at"),
        end=pl.when("is_open").then(0).otherwise(1),
    )


def _attempts(handoffs: pl.DataFrame, counts: pl.Expr) -> pl.DataFrame:
    is_open = pl.col("verdict") == "undecided"
    return _conform(
        handoffs,
        subject_id="handoff_id",
        entered_at="handed_at",
        followed=pl.coalesce("verdict_at", "watched_until") - pl.col("handed_at"),
        end=pl.when(is_open).then(0).when(counts).then(1).otherwise(2),
    )


def _known_at_once(
    frame: pl.DataFrame, subject_id: str, entered_at: str, counts: pl.Expr
) -> pl.DataFrame:
    return _conform(
        frame,
        subject_id=subject_id,
        entered_at=entered_at,
        followed=pl.duration(seconds=0),
        end=pl.when(counts).then(1).otherwise(2),
    )


def _conform(
    frame: pl.DataFrame,
    *,
    subject_id: str | pl.Expr,
    entered_at: str,
    followed: pl.Expr,
    end: pl.Expr,
) -> pl.DataFrame:
    named = {column: pl.col(column) for column in _BASE if column in frame.columns}
    return frame.select(
        subject_id=pl.col(subject_id) if isinstance(subject_id, str) else subject_id,
        team=named.get("team", pl.lit(None, pl.String)),
        item_type=named.get("item_type", pl.lit(None, pl.String)),
        entered_at=pl.col(entered_at),
        followed_days=followed.dt.total_microseconds() / _DAY_US,
        end=end.cast(pl.Int64),
    ).cast(COHORT)

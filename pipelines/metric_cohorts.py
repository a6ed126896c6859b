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
    return _known_or_open(checked, "handoff_id", "handed_at", pl.col("is_ready"))


def readiness_now(handoffs: pl.DataFrame, checks: pl.DataFrame) -> pl.DataFrame:
    """The same handoffs judged on the values of today: the record after its repair."""
    now = checks.group_by("handoff_id").agg(
        is_ready_now=(pl.col("outcome_now") != "fail").all(),
        is_evaluable=(pl.col("outcome_now") != "not_evaluable").any(),
    )
    checked = handoffs.filter(pl.col("is_ready").is_not_null()).join(now, on="handoff_id")
    return _known_or_open(
        checked.filter("is_evaluable"), "handoff_id", "handed_at", pl.col("is_ready_now")
    )


def on_time(commitments: pl.DataFrame, *, verdict: str) -> pl.DataFrame:
    """Commitments of items; the end that counts is having been on time.

    One whose day is not over yet is open; one that was dropped is not judged and not counted.
    """
    judged = _promised(commitments).filter(
        pl.col(verdict).is_not_null() | pl.col("dropped_at").is_null()
    )
    return _known_or_open(judged, "subject_id", "committed_at", pl.col(verdict))


def silent_miss(commitments: pl.DataFrame) -> pl.DataFrame:
    """The same commitments; the end that counts is a date that passed while nobody moved it."""
    judged = _promised(commitments).filter(
        pl.col("is_on_time").is_not_null() | pl.col("dropped_at").is_null()
    )
    missed = pl.when(pl.col("is_on_time").is_not_null()).then("is_silent_miss")
    return _known_or_open(judged, "subject_id", "committed_at", missed)


def first_slip(commitments: pl.DataFrame, moves: pl.DataFrame) -> pl.DataFrame:
    """Commitments of items until they end; the end that counts is the first slip.

    A slip is a move to a later date, by itself or by a change of release, or a cleared date. What
    is still promised and not shipped may yet slip: it is censored, and not counted as kept.
    """
    lost = (pl.col("move") == "clear") | (
        pl.col("move").is_in(["slip", "retarget"]) & (pl.col("days") > 0)
    )
    slipped = (
        moves.filter(pl.col("is_after_commitment") & (pl.col("subject_kind") == "item") & lost)
        .group_by("subject_id")
        .agg(slipped_at=pl.col("moved_at").min())
    )
    ended_at = pl.min_horizontal("shipped_at", "dropped_at")
    followed_to = pl.min_horizontal("slipped_at", ended_at, "observed_until")
    promised = _promised(commitments).join(slipped, on="subject_id", how="left")
    return _conform(
        promised.filter(ended_at.is_null() | (ended_at >= pl.col("committed_at"))),
        subject_id="subject_id",
        entered_at="committed_at",
        followed=followed_to - pl.col("committed_at"),
        end=pl.when(pl.col("slipped_at") == followed_to)
        .then(1)
        .when(ended_at == followed_to)
        .then(2)
        .otherwise(0),
    )


def _promised(commitments: pl.DataFrame) -> pl.DataFrame:
    return commitments.filter(
        (pl.col("subject_kind") == "item") & pl.col("committed_at").is_not_null()
    )


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


def _known_or_open(
    frame: pl.DataFrame, subject_id: str, entered_at: str, counts: pl.Expr
) -> pl.DataFrame:
    """Subjects of a metric without a horizon; ``counts`` is null while the outcome is open."""
    return _conform(
        frame,
        subject_id=subject_id,
        entered_at=entered_at,
        followed=pl.duration(seconds=0),
        end=pl.when(counts.is_null()).then(0).when(counts).then(1).otherwise(2),
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

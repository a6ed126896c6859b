"""The cohorts of attempts to hand over: what became of each, and when.

Every frame may carry ``release`` and ``watched_from`` (:mod:`pipelines.cohorts.subjects`).
"""

import polars as pl

from pipelines.cohorts.subjects import known_or_open, only, seen, subjects, waiting_for
from pipelines.histories.spans import days

_ATTEMPTS = ("handoff_id", "handed_at", "verdict", "verdict_at", "watched_until")
#: What the rates look at beside what every cohort of attempts does.
_OF_RATES = (
    "attempt",
    "to_stage",
    "is_ready",
    "late_return_at",
    "reaccepted_at",
    "rework_until",
    "is_rework_over",
    "ended_at",
    "is_ended",
)


def attempts(handoffs: pl.DataFrame, *further: str) -> pl.DataFrame:
    """The columns of handoffs that the cohorts of verdicts read, and further ones."""
    return only(handoffs, *_ATTEMPTS, *further)


def guarded(handoffs: pl.DataFrame, guards: str | None) -> pl.DataFrame:
    """The attempts the rates speak of: those a definition of ready guards, else all of them.

    One rate over every handoff of an organisation would mix reviews of code with decisions about
    products; ``handoff_rates`` has each of them.

    Args:
        handoffs: as the cohorts here read them.
        guards: the stage that a definition of ready guards, if there is one.
    """
    told = attempts(handoffs, *_OF_RATES)
    return told if guards is None else told.filter(pl.col("to_stage") == guards)


def rejection(handoffs: pl.DataFrame) -> pl.DataFrame:
    """Attempts to hand over; the end that counts is the rejection."""
    return _attempts(handoffs, pl.col("verdict") == "rejected")


def first_pass(handoffs: pl.DataFrame) -> pl.DataFrame:
    """First attempts; the end that counts is the acceptance."""
    return _attempts(handoffs.filter(pl.col("attempt") == 1), pl.col("verdict") == "accepted")


def seen_attempts(handoffs: pl.DataFrame) -> pl.DataFrame:
    """The attempts that were watched, with their ``entry_days``."""
    return seen(handoffs, entered_at="handed_at", followed_days=_to_verdict())


def late_return(handoffs: pl.DataFrame) -> pl.DataFrame:
    """Accepted attempts; the end that counts is coming back to the sender or before."""
    accepted = handoffs.filter(pl.col("verdict") == "accepted")
    return waiting_for(accepted, "handoff_id", entered_at="verdict_at", counted_at="late_return_at")


def rework_days(handoffs: pl.DataFrame) -> pl.DataFrame:
    """Rejections; the end that counts is the next acceptance between the same two roles."""
    rejected = handoffs.filter(pl.col("verdict") == "rejected").with_columns(
        ended_at="rework_until", is_ended=pl.col("is_ended") | pl.col("is_rework_over")
    )
    return waiting_for(rejected, "handoff_id", entered_at="verdict_at", counted_at="reaccepted_at")


def readiness(handoffs: pl.DataFrame) -> pl.DataFrame:
    """Handoffs that were checked; the end that counts is having been ready. Known at once."""
    checked = handoffs.filter(pl.col("is_ready").is_not_null())
    return known_or_open(checked, "handoff_id", entered_at="handed_at", counts=pl.col("is_ready"))


def readiness_now(handoffs: pl.DataFrame, checks: pl.DataFrame) -> pl.DataFrame:
    """The same handoffs judged on the values of today: the record after its repair."""
    now = checks.group_by("handoff_id").agg(
        is_ready_now=(pl.col("outcome_now") != "fail").all(),
        is_evaluable=(pl.col("outcome_now") != "not_evaluable").any(),
    )
    checked = handoffs.filter(pl.col("is_ready").is_not_null()).join(now, on="handoff_id")
    return known_or_open(
        checked.filter("is_evaluable"),
        "handoff_id",
        entered_at="handed_at",
        counts=pl.col("is_ready_now"),
    )


def _attempts(handoffs: pl.DataFrame, counts: pl.Expr) -> pl.DataFrame:
    is_open = pl.col("verdict") == "undecided"
    return subjects(
        handoffs,
        "handoff_id",
        entered_at="handed_at",
        followed_days=_to_verdict(),
        end=pl.when(is_open).then(0).when(counts).then(1).otherwise(2),
    )


def _to_verdict() -> pl.Expr:
    return days(pl.coalesce("verdict_at", "watched_until") - pl.col("handed_at"))

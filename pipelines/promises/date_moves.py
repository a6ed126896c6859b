"""Date moves: every change of a date, and what kind of move it was.

*set* gives a date where there was none, *clear* takes it away, *slip* moves it at least one
business day later, *pull_in* earlier, *retarget* changes the release and with it the date. A move
undone within a day, one of less than a business day, and one made in bulk are *corrections*: they
are listed and count in no sum.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

import polars as pl

from pipelines.histories.business_time import business_days_between
from pipelines.histories.neighbours import last_before
from pipelines.policy import WorkingHours

_NO_DAY = -(2**31)
"""For a cleared date, which is one that can be come back to."""
_NETTED_WITHIN = timedelta(hours=24)


def date_moves(steps: pl.DataFrame, *, hours: WorkingHours) -> pl.DataFrame:
    """Turn the date steps of subjects into moves.

    Args:
        steps: subject_kind, subject_id, team, step, at, on, cause, actor_role, is_bulk,
            is_undone, committed_step and committed_at (null: never committed).
        hours: the calendar that says what a business day is, and whose zone says what day it is.

    Returns:
        The columns of ``main.date_moves``, sorted.
    """
    subject = ["subject_kind", "subject_id"]
    moves = (
        steps.sort(*subject, "step")
        .with_columns(from_on=pl.col("on").shift(1).over(subject))
        .filter(pl.col("step") > 0)
        .with_columns(move_number=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over(subject))
        .rename({"on": "to_on", "at": "moved_at"})
    )
    moves = moves.with_columns(
        business_days=business_days_between(moves["from_on"], moves["to_on"], hours)
    )
    local_day = pl.col("moved_at").dt.convert_time_zone(ZoneInfo(hours.zone).key).dt.date()
    return moves.select(
        *subject,
        "move_number",
        "team",
        "moved_at",
        "from_on",
        "to_on",
        move=_kind(),
        days=_days(pl.col("from_on"), pl.col("to_on")),
        days_before_due=_days(local_day, pl.col("from_on")),
        actor_role=pl.when("is_bulk").then(pl.lit("bulk")).otherwise("actor_role"),
        # By instant too: steps that were undone before the commitment lie behind its step.
        is_after_commitment=(
            (pl.col("step") > pl.col("committed_step"))
            & (pl.col("moved_at") >= pl.col("committed_at"))
        ).fill_null(value=False),
        is_bulk="is_bulk",
    )


def with_round_trips(steps: pl.DataFrame) -> pl.DataFrame:
    """Add ``is_undone`` to date steps: the step lies between a date and its return within a day.

    Args:
        steps: item_id, step, at, on.
    """
    moves = (
        steps.sort("item_id", "step")
        .with_columns(from_on=pl.col("on").shift(1).over("item_id"))
        .filter(pl.col("step") > 0)
    )
    trips = _apart(_round_trips(moves))
    inside = (
        last_before(
            moves.select("item_id", "step"), "step", trips, "begins", by="item_id", or_at=True
        )
        .filter(pl.col("step") <= pl.col("ends"))
        .select("item_id", "step", is_undone=pl.lit(True))
    )
    marked = steps.join(inside, on=["item_id", "step"], how="left", maintain_order="left")
    return marked.with_columns(pl.col("is_undone").fill_null(value=False))


def _round_trips(moves: pl.DataFrame) -> pl.DataFrame:
    """From each move the last one within a day that came back to its date: begins, ends."""
    day = pl.col("on", "from_on").to_physical().fill_null(_NO_DAY)
    told = moves.with_columns(day).sort("at", "step")
    left = told.select(
        "item_id", begins="step", day="from_on", a_day_on=pl.col("at") + _NETTED_WITHIN
    )
    back = told.select("item_id", ends="step", day="on", back_at="at")
    return (
        last_before(left, "a_day_on", back, "back_at", by=["item_id", "day"], or_at=True)
        .filter(pl.col("begins") < pl.col("ends"))
        .select("item_id", "begins", "ends")
    )


def _apart(round_trips: pl.DataFrame) -> pl.DataFrame:
    """Trips that share no move: the earliest first, and of those the longest.

    There and back and there again is one trip and one move that stays.
    """
    kept = []
    last: tuple[str | None, int] = (None, -1)
    ordered = round_trips.sort("item_id", "begins", "ends", descending=[False, False, True])
    for item_id, begins, ends in ordered.iter_rows():
        if item_id != last[0] or begins > last[1]:
            kept.append((item_id, begins, ends))
            last = (item_id, ends)
    return pl.DataFrame(kept, schema=round_trips.schema, orient="row")


def _kind() -> pl.Expr:
    later = pl.col("to_on") > pl.col("from_on")
    return (
        pl.when(pl.col("is_bulk") | pl.col("is_undone"))
        .then(pl.lit("correction"))
        .when(pl.col("from_on").is_null())
        .then(pl.lit("set"))
        .when(pl.col("to_on").is_null())
        .then(pl.lit("clear"))
        .when(pl.col("cause") == "retarget")
        .then(pl.lit("retarget"))
        .when(later & (pl.col("business_days") < 1))
        .then(pl.lit("correction"))
        .when(later)
        .then(pl.lit("slip"))
        .otherwise(pl.lit("pull_in"))
    )


def _days(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    return (end - start).dt.total_days().cast(pl.Int32)

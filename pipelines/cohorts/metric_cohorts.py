"""The cohorts of the metrics: who enters when, and which end counts.

Every frame may carry ``release`` and ``watched_from`` (:mod:`pipelines.cohorts.subjects`).
"""

import polars as pl

from pipelines.cohorts.subjects import known_or_open, only, seen, subjects, waiting_for
from pipelines.histories.spans import days

_HOURS = 24
_STAYS = ("kind", "visit_number", "stage", "entered_at", "until", "is_open")


def on_time(commitments: pl.DataFrame, *, verdict: str) -> pl.DataFrame:
    """Commitments of items; the end that counts is having been on time.

    One whose day is not over yet is open; one that was dropped is not judged and not counted.
    """
    judged = _promised(commitments).filter(
        pl.col(verdict).is_not_null() | pl.col("dropped_at").is_null()
    )
    return known_or_open(judged, "subject_id", entered_at="committed_at", counts=pl.col(verdict))


def silent_miss(commitments: pl.DataFrame) -> pl.DataFrame:
    """The same commitments; the end that counts is a date that passed while nobody moved it."""
    judged = _promised(commitments).filter(
        pl.col("is_on_time").is_not_null() | pl.col("dropped_at").is_null()
    )
    missed = pl.when(pl.col("is_on_time").is_not_null()).then("is_silent_miss")
    return known_or_open(judged, "subject_id", entered_at="committed_at", counts=missed)


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
    # What was committed with its end, or after it, was never there to slip.
    return subjects(
        promised.filter(ended_at.is_null() | (ended_at > pl.col("committed_at"))),
        "subject_id",
        entered_at="committed_at",
        followed_days=days(followed_to - pl.col("committed_at")),
        end=pl.when(pl.col("slipped_at") == followed_to)
        .then(1)
        .when(ended_at == followed_to)
        .then(2)
        .otherwise(0),
    )


def _promised(commitments: pl.DataFrame) -> pl.DataFrame:
    """Items that were promised before they were delivered."""
    return commitments.filter((pl.col("subject_kind") == "item") & pl.col("is_promise"))


def lead_time(items: pl.DataFrame) -> pl.DataFrame:
    """Items by creation; done is the end that counts, dropped another, never a completion."""
    return subjects(
        items.filter(~pl.col("is_subtask") & pl.col("clock_from").is_not_null()),
        "item_id",
        entered_at="clock_from",
        followed_days=days(pl.col("ended_at") - pl.col("clock_from")),
        end=pl.when("is_done").then(1).when("is_dropped").then(2).otherwise(0),
    )


def stays(visits: pl.DataFrame, *further: str) -> pl.DataFrame:
    """The columns of visits that the cohorts of stays read, and further ones."""
    return only(visits, *_STAYS, *further)


def seen_stays(visits: pl.DataFrame) -> pl.DataFrame:
    """The stays that somebody made and that were watched, with their ``entry_days``."""
    return seen(_made(visits), entered_at="entered_at", followed_days=_stayed())


def _made(visits: pl.DataFrame) -> pl.DataFrame:
    """The stays that somebody made.

    A pull request that was opened ready for review was no draft, for no time at all: the visit with
    which its life begins is nobody's.
    """
    unmade = (
        (pl.col("kind") == "pull_request")
        & (pl.col("visit_number") == 1)
        & ~pl.col("is_open")
        & (pl.col("until") == pl.col("entered_at"))
    )
    return visits.filter(~unmade)


def stage_stays(visits: pl.DataFrame) -> pl.DataFrame:
    """Stays in one stage; leaving is the end that counts.

    Args:
        visits: item_id, kind, visit_number, team, item_type, entered_at, until (left, or the
            snapshot), is_open.
    """
    return subjects(
        _made(visits),
        pl.format("{}/{}", "item_id", "visit_number"),
        entered_at="entered_at",
        followed_days=_stayed(),
        end=pl.when("is_open").then(0).otherwise(1),
    )


def decision_days(decisions: pl.DataFrame) -> pl.DataFrame:
    """Requests for a verdict; a verdict counts, to withdraw the request or drop the item does not.

    Args:
        decisions: decision_id, team, item_type, requested_at, elapsed_hours (to the end of the
            request, or so far), outcome.
    """
    return subjects(
        decisions,
        "decision_id",
        entered_at="requested_at",
        followed_days=pl.col("elapsed_hours") / _HOURS,
        end=pl.col("outcome").replace_strict({"open": 0, "decided": 1}, default=2),
    )


def approval_days(approvals: pl.DataFrame) -> pl.DataFrame:
    """Changes from their first request to the last approval that was needed, which counts.

    Args:
        approvals: item_id, team, item_type, first_requested_at, verdict_at, ended_at (end of the
            item, or the snapshot), is_ended.
    """
    return waiting_for(
        approvals, "item_id", entered_at="first_requested_at", counted_at="verdict_at"
    )


def intake_bypass(intake: pl.DataFrame) -> pl.DataFrame:
    """Items that entered build; the end that counts is that no intake had seen them.

    Args:
        intake: item_id, team, item_type, entered_build_at, is_bypass (null: there is no intake),
            is_exempt.
    """
    return known_or_open(
        intake.filter(pl.col("is_bypass").is_not_null() & ~pl.col("is_exempt")),
        "item_id",
        entered_at="entered_build_at",
        counts=pl.col("is_bypass"),
    )


def _stayed() -> pl.Expr:
    return days(pl.col("until") - pl.col("entered_at"))

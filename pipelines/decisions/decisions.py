"""Decisions: every request for a verdict, how long it waited, whether the verdict held.

A request is a stay in a decision stage or, on tickets, in an approval stage; a raised flag; a
requested review. It is *decided*, *withdrawn* (taken back without a verdict), *dropped* (the item
was) or *open*. Hours are business hours on the calendar of the role that is asked, to the end or to
the snapshot. A verdict that is taken back or opposed within the window is reversed; while the
window is open and nothing happened, that is unknown. Who may answer and what reverses is told by
channel in :mod:`pipelines.decisions.stage_verdicts`, :mod:`pipelines.decisions.flag_verdicts` and
:mod:`pipelines.decisions.review_verdicts`.
"""

from dataclasses import dataclass
from datetime import timedelta

import polars as pl

from pipelines.decisions.flag_verdicts import flag_verdicts
from pipelines.decisions.review_verdicts import review_verdicts
from pipelines.decisions.stage_verdicts import stage_verdicts
from pipelines.histories.calendars import Calendars
from pipelines.histories.waits import watched_from, with_hours_waited
from pipelines.policy import DecisionRight

DECISIONS = pl.Schema(
    {
        "decision_id": pl.String(),
        "item_id": pl.String(),
        "team": pl.String(),
        "item_type": pl.String(),
        "decision_right": pl.String(),
        "channel": pl.String(),
        "requested_at": pl.Datetime("us", "UTC"),
        "decided_at": pl.Datetime("us", "UTC"),
        "ended_at": pl.Datetime("us", "UTC"),
        "outcome": pl.String(),
        "elapsed_hours": pl.Float64(),
        "business_hours": pl.Float64(),
        "asked_role": pl.String(),
        "decided_by_role": pl.String(),
        "is_reversed": pl.Boolean(),
        "reversed_at": pl.Datetime("us", "UTC"),
        "stable_at": pl.Datetime("us", "UTC"),
        "is_open": pl.Boolean(),
        "is_window_over": pl.Boolean(),
        "stable_until": pl.Datetime("us", "UTC"),
        "stable_end": pl.Int64(),
        "watched_from": pl.Datetime("us", "UTC"),
        "unwatched_hours": pl.Float64(),
    }
)
"""The columns of ``main.decisions``, then those that only the estimates need.

``is_window_over``: the verdict has been watched for the whole window. ``stable_until``: up to when
the wait for a verdict that holds was watched; ``stable_end``: 0 it still waits, 1 it came, 2 it
will not come. ``watched_from``: since when the source of the item was watched (null: always);
``unwatched_hours``: business hours of the wait before that.
"""
_QUESTION = ("item_id", "channel", "decision_right", "question")
_DECIDER = ("item_id", "channel", "decision_right", "decider")


@dataclass(frozen=True, slots=True)
class Asked:
    """What requests are found in, frame by frame."""

    items: pl.DataFrame
    """item_id, team, item_type, observed_until, ended_at, is_ended, is_dropped; ``watched_from``
    where a source was not watched from the beginning."""
    visits: pl.DataFrame
    """As :func:`pipelines.decisions.stage_verdicts.stage_verdicts` takes them."""
    flagged: pl.DataFrame
    """What :func:`pipelines.histories.flags.flag_intervals` found."""
    reviews: pl.DataFrame
    """Requests for approval, as they are taken by
    :func:`pipelines.decisions.review_verdicts.review_verdicts`."""
    changes: pl.DataFrame
    """Every change, with ``group_end``, ``actor_role`` and ``is_bulk``."""


def decisions(
    asked: Asked, *, rights: tuple[DecisionRight, ...], window: timedelta, calendars: Calendars
) -> pl.DataFrame:
    """Find every request for a verdict.

    Args:
        asked: what the requests are found in.
        rights: the declared rights: who is asked by a flag, and which fields answer it.
        window: how long a verdict must hold.
        calendars: when the roles that are asked work.

    Returns:
        The columns of ``DECISIONS``, sorted by item, channel and number.
    """
    verdicts = pl.concat(
        [
            stage_verdicts(asked.visits, window=window),
            flag_verdicts(asked.flagged, asked.items, asked.changes, rights=rights, window=window),
            review_verdicts(asked.reviews, asked.items, asked.changes, window=window),
        ]
    )
    judged = _with_stability(_judged(verdicts.join(_lives(asked.items), on="item_id"), window))
    requests = _numbered(judged.filter("is_asked"))
    return with_hours_waited(requests, calendars).select(DECISIONS.names()).cast(DECISIONS)


def _lives(items: pl.DataFrame) -> pl.DataFrame:
    return items.select(
        "item_id",
        "team",
        "item_type",
        "observed_until",
        "is_ended",
        life_ends_at="ended_at",
        watched_from=watched_from(items),
    )


def _judged(requests: pl.DataFrame, window: timedelta) -> pl.DataFrame:
    """Add the verdict, and whether it held."""
    is_decided = pl.col("outcome") == "decided"
    is_window_over = (pl.col("ended_at") + window <= pl.col("observed_until")) & is_decided
    return requests.with_columns(
        decided_at=pl.when(is_decided).then("ended_at"),
        is_open=pl.col("outcome") == "open",
        is_window_over=is_window_over.fill_null(value=False),
        until=pl.coalesce("ended_at", "observed_until"),
        is_reversed=pl.when(pl.col("reversed_at").is_not_null())
        .then(pl.lit(True))
        .when(is_window_over)
        .then(pl.lit(False)),
    )


def _with_stability(requests: pl.DataFrame) -> pl.DataFrame:
    """Add the first verdict on the same question, from this one on, that was not reversed.

    A later verdict by the same decider is on the same question, whoever was asked for it.

    While its window is open nobody knows whether it holds: the wait is then known up to it, and no
    further. A request that ended without a verdict never gets one; after a verdict that did not
    hold one is waited for until the item is over.
    """
    holds = pl.when(pl.col("is_reversed").ne_missing(pl.lit(True))).then("decided_at")
    is_decided = pl.col("outcome") == "decided"
    gave_up = pl.max_horizontal("reversed_at", "life_ends_at")
    return (
        requests.sort("decided_at", "requested_at", "place", "channel", "item_id", nulls_last=True)
        .with_columns(holds=holds, is_known=pl.when(holds.is_not_null()).then("is_window_over"))
        .with_columns(_next_that_holds())
        .with_columns(
            holds=pl.when(is_decided).then("holds"),
            stable_at=pl.when(is_decided & pl.col("is_known")).then("holds"),
        )
        .with_columns(
            stable_until=pl.coalesce("holds", pl.when(is_decided).then(gave_up), "until"),
            stable_end=pl.when(pl.col("stable_at").is_not_null())
            .then(1)
            .when(pl.col("holds").is_not_null())
            .then(0)
            .when(pl.when(is_decided).then("is_ended").otherwise(~pl.col("is_open")))
            .then(2)
            .otherwise(0),
        )
    )


def _next_that_holds() -> list[pl.Expr]:
    """Of each verdict the next that holds, itself included, and whether that is known."""
    names = ("holds", "is_known")
    on_question = {name: pl.col(name).backward_fill().over(_QUESTION) for name in names}
    by_decider = {
        name: pl.when(pl.col("decider").is_not_null()).then(
            pl.col(name).backward_fill().over(_DECIDER)
        )
        for name in names
    }
    is_sooner = (by_decider["holds"] < on_question["holds"]).fill_null(
        by_decider["holds"].is_not_null()
    )
    return [
        pl.when(is_sooner).then(by_decider[name]).otherwise(on_question[name]).alias(name)
        for name in names
    ]


def _numbered(requests: pl.DataFrame) -> pl.DataFrame:
    """Number the requests of each item and channel, in the order in which they were made."""
    return requests.sort("item_id", "channel", "requested_at", "place").with_columns(
        decision_id=pl.format(
            "{}/{}/{}",
            "item_id",
            "channel",
            pl.int_range(1, pl.len() + 1).over("item_id", "channel"),
        )
    )

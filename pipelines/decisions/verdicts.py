"""Verdicts: what each channel tells of a request for a decision, and what takes a verdict back.

A stage, a flag and a review are asked and answered in ways of their own; what they tell has one
shape, so that the hours, the numbers and the lasting verdict are found in one place. A verdict is
reversed by the first event within a window after it that takes it back or opposes it; which events
do is for the channel to say. An edit in bulk or by a bot never does: nobody changed their mind.
"""

from datetime import timedelta

import polars as pl

from pipelines.histories.actor_roles import BOT

VERDICTS = pl.Schema(
    {
        "item_id": pl.String(),
        "channel": pl.String(),
        "decision_right": pl.String(),
        "question": pl.String(),
        "decider": pl.String(),
        "place": pl.UInt32(),
        "requested_at": pl.Datetime("us", "UTC"),
        "ended_at": pl.Datetime("us", "UTC"),
        "outcome": pl.String(),
        "asked_role": pl.String(),
        "decided_by_role": pl.String(),
        "reversed_at": pl.Datetime("us", "UTC"),
        "is_asked": pl.Boolean(),
    }
)
"""``question``: what a later verdict must share to be one on the same thing, unless it is by the
same ``decider`` (who gave it, a pseudonym; null where the channel does not tell); ``place``: the
order of requests of one instant; ``is_asked``: false of a verdict that nobody had asked for, which
counts as a later verdict and is no request."""
_USUAL = {"is_asked": pl.lit(True), "decider": pl.lit(None, pl.String)}


def with_reversals(
    requests: pl.DataFrame, events: pl.DataFrame, *, window: timedelta
) -> pl.DataFrame:
    """Bring requests into the shape of verdicts, each with the first event that reversed it.

    Args:
        requests: the columns of ``VERDICTS`` but ``reversed_at``; where they do not say, all were
            asked for, and nobody knows who gave the verdict.
        events: place, at: what takes back or opposes the verdict of the request in that place.
        window: how long after the verdict an event still reverses it, its end included.
    """
    first = (
        events.join(requests.select("place", "ended_at", "outcome"), on="place")
        .filter(
            (pl.col("outcome") == "decided")
            & pl.col("at").is_between(pl.col("ended_at"), pl.col("ended_at") + window)
        )
        .group_by("place")
        .agg(reversed_at=pl.col("at").min())
    )
    untold = {name: usual for name, usual in _USUAL.items() if name not in requests.columns}
    return (
        requests.with_columns(**untold)
        .join(first, on="place", how="left")
        .sort("place")
        .select(VERDICTS.names())
        .cast(VERDICTS)
    )


def is_human(role: str, in_bulk: str) -> pl.Expr:
    """Whether a person made a change one by one; an unknown actor counts as a person."""
    return pl.col(role).ne_missing(BOT) & ~pl.col(in_bulk).fill_null(value=False)

"""The stays of items in the states of causes: owned, again in a queue, and begun.

* *Owned*: the time that a cause owns on the clock of an item.
* *Again*: of a queue, the time that is booked to a loop while the item stood in that queue again.
* *Begun*: how often an item comes to it: to a queue stay by stay, to all else once.
"""

import numpy as np
import polars as pl

from pipelines.histories.spans import days
from pipelines.latency.latency_layers import cause_kind
from pipelines.statistics.state_occupation import Stays

STATES = 3
"""Of each cause, in this order."""
LOOPS = ("rework", "scope_rework")
"""Kinds of cause that come back: their time would fall with their rate."""
MARK = 1e-4
"""Days for which something that begins is marked; how often is the time of the marks over it."""


def cause_stays(
    told: pl.DataFrame, visits: pl.DataFrame, items: pl.DataFrame, causes: pl.Series
) -> Stays:
    """The stays of all states of every cause, in order.

    Args:
        told: place (of the item), item_id, component, since, until, from_age, to_age: who owned the
            time of the items.
        visits: item_id, stage, stage_kind, entered_at, until.
        items: item_id, clock_from.
        causes: components, whose places are the numbers of their states; those of the next state
            follow on those of all causes in the one before.
    """
    columns = ["place", "component", "from_age", "to_age"]
    of_queues = cause_kind() == "queue"
    first = told.filter(~of_queues).group_by("place", "component").agg(pl.col("from_age").min())
    begun = pl.concat([first, _waits_begun(told, visits, items)]).with_columns(
        to_age=pl.col("from_age") + MARK
    )
    # Some stood in a queue only while in a loop: where no time is its own, a queue is no cause.
    known = [
        part.filter(pl.col("component").is_in(causes.implode()))
        .select(columns)
        .with_columns(state=number(causes) + state * len(causes))
        for state, part in enumerate((told, _queued_again(told, visits, items), begun))
    ]
    stays = pl.concat(known).sort("place", "state", "from_age", "to_age")
    return Stays(
        stays["place"].cast(pl.Int64).to_numpy(),
        stays["state"].to_numpy(),
        stays["from_age"].to_numpy().astype(np.float64),
        stays["to_age"].to_numpy().astype(np.float64),
    )


def _queued_again(told: pl.DataFrame, visits: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """When an item stood in a queue while a loop owned its time: place, component, ages."""
    loops = told.filter(cause_kind().is_in(LOOPS)).select("item_id", "place", "since", "until")
    queues = visits.filter(pl.col("stage_kind") == "queue").select(
        "item_id",
        component=pl.format("queue:{}", "stage"),
        entered="entered_at",
        left="until",
    )
    return (
        loops.join(queues, on="item_id")
        .with_columns(
            since=pl.max_horizontal("since", "entered"), until=pl.min_horizontal("until", "left")
        )
        .filter(pl.col("since") < pl.col("until"))
        .join(items.select("item_id", "clock_from"), on="item_id")
        .select(
            "place",
            "component",
            from_age=days(pl.col("since") - pl.col("clock_from")),
            to_age=days(pl.col("until") - pl.col("clock_from")),
        )
    )


def _waits_begun(told: pl.DataFrame, visits: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """Every stay in a queue, by the age at which it began: place, component, from_age."""
    places = told.select("item_id", "place").unique()
    start = pl.max_horizontal("entered_at", "clock_from")
    return (
        visits.filter((pl.col("stage_kind") == "queue") & (pl.col("entered_at") < pl.col("until")))
        .join(items.select("item_id", "clock_from"), on="item_id")
        .join(places, on="item_id")
        .filter(pl.col("until") > pl.col("clock_from"))
        .select(
            "place",
            component=pl.format("queue:{}", "stage"),
            from_age=days(start - pl.col("clock_from")),
        )
    )


def number(causes: pl.Series) -> pl.Expr:
    """The place of a component among the causes."""
    numbers = dict(zip(causes, range(len(causes)), strict=True))
    return pl.col("component").replace_strict(numbers, return_dtype=pl.Int64)

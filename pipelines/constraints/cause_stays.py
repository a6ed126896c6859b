"""The stays of items in the states of causes: owned, again in a queue, and begun.

* *Owned*: the time that a cause owns on the clock of an item.
* *Again*: of a queue, the time that is booked to a loop while the item stood in that queue again.
* *Begun*: how often an item comes to it: to a queue stay by stay, to all else once.
"""

import numpy as np
import polars as pl

from pipelines.histories.overlaps import overlaps
from pipelines.histories.spans import days
from pipelines.latency.latency_layers import cause_kind
from pipelines.statistics.state_occupation import Stays

STATES = 3
"""Of each cause, in this order."""
LOOPS = ("rework", "scope_rework")
"""Kinds of cause that come back: their time would fall with their rate."""
MARK = 1e-7
"""Days for which something that begins is marked; how often is the time of the marks over it.

Hundredths of a second: a mark ends with its item, and people click through several stages at once.
"""


def owned_time(segments: pl.DataFrame, numbered: pl.DataFrame, causes: pl.Series) -> pl.DataFrame:
    """Who owned the time of the items, under numbers.

    Args:
        segments: item_id, component, since, until, from_age, to_age.
        numbered: item_id, place: the items.
        causes: components; whatever is called by the place of one among them is of that cause.

    Returns:
        place, cause, since, until, from_age, to_age.
    """
    owned = segments.select("item_id", "component", "since", "until", "from_age", "to_age")
    return owned.join(numbered, on="item_id").select(
        "place", "since", "until", "from_age", "to_age", cause=number(causes)
    )


def queue_stays(
    visits: pl.DataFrame, items: pl.DataFrame, numbered: pl.DataFrame, causes: pl.Series
) -> pl.DataFrame:
    """The stays in queues that are causes: place, cause, entered, left, clock_from.

    Those of no length are none. Some stood in a queue only while in a loop: where no time is its
    own, a queue is no cause.

    Args:
        visits: item_id, stage, stage_kind, entered_at, until.
        items: item_id, clock_from.
        numbered: item_id, place: the items that count.
        causes: components.
    """
    clocks = items.select("item_id", "clock_from").join(numbered, on="item_id")
    return (
        visits.lazy()
        .filter((pl.col("stage_kind") == "queue") & (pl.col("entered_at") < pl.col("until")))
        .select(
            "item_id",
            entered="entered_at",
            left="until",
            component=pl.format("queue:{}", "stage"),
        )
        .filter(pl.col("component").is_in(causes.implode()))
        .select("item_id", "entered", "left", cause=number(causes))
        .join(clocks.lazy(), on="item_id")
        .drop("item_id")
        .collect()
    )


def cause_stays(owned: pl.DataFrame, waits: pl.DataFrame, causes: pl.Series) -> Stays:
    """The stays of all states of every cause, in order.

    Args:
        owned: what :func:`owned_time` gives.
        waits: what :func:`queue_stays` gives.
        causes: components, whose places are the numbers of their states; those of the next state
            follow on those of all causes in the one before.
    """
    first = (
        owned.filter(~_is_of(causes, ("queue",)))
        .group_by("place", "cause")
        .agg(pl.col("from_age").min())
    )
    begun = pl.concat([first, _waits_begun(owned, waits)]).with_columns(
        to_age=pl.col("from_age") + MARK
    )
    again = _queued_again(owned.filter(_is_of(causes, LOOPS)), waits)
    known = [
        part.select("place", "from_age", "to_age", state=pl.col("cause") + state * len(causes))
        for state, part in enumerate((owned, again, begun))
    ]
    stays = pl.concat(known).sort("place", "state", "from_age", "to_age")
    return Stays(
        stays["place"].cast(pl.Int64).to_numpy(),
        stays["state"].to_numpy(),
        stays["from_age"].to_numpy().astype(np.float64),
        stays["to_age"].to_numpy().astype(np.float64),
    )


def _is_of(causes: pl.Series, kinds: tuple[str, ...]) -> pl.Expr:
    """Whether the cause is of one of these kinds."""
    named = causes.to_frame("component").select(cause_kind()).to_series()
    return pl.col("cause").is_in(named.is_in(kinds).arg_true().cast(pl.Int64).implode())


def _queued_again(loops: pl.DataFrame, waits: pl.DataFrame) -> pl.DataFrame:
    """When an item stood in a queue while a loop owned its time: place, cause, ages."""
    spans = loops.select("place", "since", "until")
    return overlaps(spans, waits, by=["place"]).select(
        *("place", "cause"),
        from_age=days(pl.col("since") - pl.col("clock_from")),
        to_age=days(pl.col("until") - pl.col("clock_from")),
    )


def _waits_begun(owned: pl.DataFrame, waits: pl.DataFrame) -> pl.DataFrame:
    """Every stay in a queue, by the age at which it began: place, cause, from_age."""
    start = pl.max_horizontal("entered", "clock_from")
    return (
        waits.join(owned.select("place").unique(), on="place", how="semi")
        .filter(pl.col("left") > pl.col("clock_from"))
        .select("place", "cause", from_age=days(start - pl.col("clock_from")))
    )


def number(causes: pl.Series) -> pl.Expr:
    """The place of a component among the causes."""
    numbers = dict(zip(causes, range(len(causes)), strict=True))
    return pl.col("component").replace_strict(numbers, return_dtype=pl.Int64)

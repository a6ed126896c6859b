"""Latency components: where the time of each item went, every microsecond with one owner.

The clock of an item runs from its start to its end or, while it is open, to the snapshot. It is
swept once: between two instants at which any claim begins or ends, the strongest claim owns the
time; of equal ones the one that began first, because it caused the others; then by name. The visits
of an item partition its life, so that nothing is left over, and the sum over the components is the
time on the clock to the microsecond. Edge cases:

* An item without a clock, or with one of no length, has no component.
* A claim that began before the clock counts from the start of the clock, and still began first.
"""

import polars as pl

from pipelines.histories.spans import DAY_US, days
from pipelines.latency.latency_layers import cause_kind


def latency_components(items: pl.DataFrame, segments: pl.DataFrame) -> pl.DataFrame:
    """Sum the segments of each item by component.

    Args:
        items: item_id, team, item_type.
        segments: what :func:`component_segments` found.

    Returns:
        The columns of ``main.latency_components``, sorted by item and component.
    """
    length = (pl.col("until") - pl.col("since")).dt.total_microseconds()
    return (
        segments.group_by("item_id", "component")
        .agg(microseconds=length.sum())
        .join(items.select("item_id", "team", "item_type"), on="item_id")
        .select(
            "item_id",
            "team",
            "item_type",
            "component",
            cause_kind=cause_kind(),
            days=pl.col("microseconds") / DAY_US,
            microseconds="microseconds",
        )
        .sort("item_id", "component")
    )


def component_segments(items: pl.DataFrame, layers: pl.DataFrame) -> pl.DataFrame:
    """Cut the clock of each item into segments with one owner each.

    Args:
        items: item_id, clock_from (null: no clock), ended_at.
        layers: what :func:`pipelines.latency.latency_layers.layers` made.

    Returns:
        item_id, component, since, until, and from_age and to_age in days since the start of the
        clock, in the order of time; neighbours have different components.
    """
    claims = _within_clock(items, layers)
    pieces = _owned_pieces(claims)
    start = pl.col("clock_from")
    return (
        _joined(pieces)
        .join(items.select("item_id", "clock_from"), on="item_id", maintain_order="left")
        .select(
            "item_id",
            "component",
            "since",
            "until",
            from_age=days(pl.col("since") - start),
            to_age=days(pl.col("until") - start),
        )
    )


def _within_clock(items: pl.DataFrame, layers: pl.DataFrame) -> pl.DataFrame:
    """The claims as far as they lie on the clock, the strongest first, numbered."""
    return (
        layers.join(items.select("item_id", "clock_from", "ended_at"), on="item_id")
        .sort("item_id", "precedence", "since", "component")
        .with_columns(
            since=pl.max_horizontal("since", "clock_from"),
            until=pl.min_horizontal("until", "ended_at"),
        )
        .filter(pl.col("clock_from").is_not_null() & (pl.col("since") < pl.col("until")))
        .select("item_id", "component", "since", "until")
        .with_row_index("claim")
    )


def _owned_pieces(claims: pl.DataFrame) -> pl.DataFrame:
    """The pieces between neighbouring ends of claims, each with the component that owns it."""
    ends = pl.concat([claims.select("item_id", at="since"), claims.select("item_id", at="until")])
    cuts = ends.unique().sort("item_id", "at")
    cuts = cuts.with_row_index("piece").with_columns(next_at=pl.col("at").shift(-1))
    first = cuts.select("item_id", "piece", since="at")
    last = cuts.select("item_id", past="piece", until="at")
    owners = (
        claims.join(first, on=["item_id", "since"])
        .join(last, on=["item_id", "until"])
        .select("claim", piece=pl.int_ranges("piece", "past", dtype=pl.UInt32))
        .explode("piece")
        .group_by("piece")
        .agg(pl.col("claim").min())
    )
    return (
        owners.join(claims.select("claim", "component"), on="claim")
        .join(cuts, on="piece")
        .select("item_id", "component", since="at", until="next_at")
        .sort("item_id", "since")
    )


def _joined(pieces: pl.DataFrame) -> pl.DataFrame:
    """Neighbouring pieces of one component as one."""
    goes_on = (
        (pl.col("item_id") == pl.col("item_id").shift(1))
        & (pl.col("component") == pl.col("component").shift(1))
        & (pl.col("since") == pl.col("until").shift(1))
    )
    return (
        pieces.with_columns(_run=(~goes_on.fill_null(value=False)).cum_sum())
        .group_by("_run", maintain_order=True)
        .agg(
            pl.col("item_id", "component", "since").first(),
            pl.col("until").last(),
        )
        .drop("_run")
    )

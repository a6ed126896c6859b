"""Which stays a span of time lies in, found by order instead of by comparing every pair.

An automation may put one item back and forth thousands of times. Spans and stays of such an item
are few where they meet, and millions in pairs.
"""

from collections.abc import Sequence

import polars as pl

from pipelines.histories.neighbours import first_after, last_before


def overlaps(spans: pl.DataFrame, stays: pl.DataFrame, *, by: Sequence[str]) -> pl.DataFrame:
    """The parts of the spans that lie in stays: ``since`` and ``until`` are those of the part.

    Args:
        spans: since, until, the columns of ``by``, and whatever else is told of them; they may
            overlap.
        stays: entered, left, the columns of ``by``, and whatever else is told of them; those of one
            ``by`` may not overlap, nor be without length.
        by: whose spans and stays they are; nobody's is one of them.

    Returns:
        The columns of both but entered and left, in no order; parts have a length.
    """
    whose = pl.concat([spans.select(by), stays.select(by)]).unique().with_row_index("_whose")
    placed = (
        stays.join(whose, on=by, nulls_equal=True)
        .drop(by)
        .sort("_whose", "entered")
        .with_row_index("_place")
    )
    first = placed.select("_whose", "left", _first="_place")
    last = placed.select("_whose", "entered", _last="_place")
    known = spans.join(whose, on=by, nulls_equal=True)
    after = first_after(known, "since", first, "left", by="_whose").drop("left")
    met = last_before(after, "until", last, "entered", by="_whose").drop("entered")
    places = pl.int_ranges("_first", pl.col("_last") + 1, dtype=pl.UInt32)
    return (
        met.with_columns(_place=places)
        .drop("_first", "_last", "_whose")
        .explode("_place")
        .join(placed.drop("_whose"), on="_place")
        .with_columns(
            since=pl.max_horizontal("since", "entered"), until=pl.min_horizontal("until", "left")
        )
        .filter(pl.col("since") < pl.col("until"))
        .drop("_place", "entered", "left")
    )


def active_stays(visits: pl.DataFrame) -> pl.DataFrame:
    """The stays in active stages that have a length: item_id, owner_role, entered, left.

    Args:
        visits: item_id, stage_kind, owner_role, entered_at, until (left, or the snapshot).
    """
    is_active = (pl.col("stage_kind") == "active") & (pl.col("entered_at") < pl.col("until"))
    return visits.filter(is_active).select(
        "item_id", "owner_role", entered="entered_at", left="until"
    )

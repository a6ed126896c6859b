"""Whose month it was: a slip in the record, or a stand-in for a day, does not make a holder.

Where one person handed over three quarters of what is known of a side of a team in a month, all of
that side and month is theirs. Elsewhere, as in a month of a handover or where many share a side,
every item stays with the person the record names.
"""

import polars as pl

from pipelines.attribution.handed_over import SIDES, Side

ALONE = 0.75
"""Share of a month from which it is one person's."""


def with_steady_holders(rows: pl.DataFrame) -> pl.DataFrame:
    """The same rows with their holders made steady."""
    for side in SIDES:
        rows = _steady(rows, side)
    return rows


def _steady(rows: pl.DataFrame, side: Side) -> pl.DataFrame:
    seat = ["team", "month"]
    known = pl.col(side).is_not_null().sum().over(seat)
    share = pl.len().over([*seat, side]) / known
    is_his = (share >= ALONE) & pl.col(side).is_not_null()
    steady = (
        rows.with_columns(is_his=is_his)
        .filter("is_his")
        .group_by(seat)
        .agg(steady=pl.col(side).first())
    )
    return (
        rows.join(steady, on=seat, how="left", maintain_order="left")
        .with_columns(pl.coalesce("steady", side).alias(side))
        .drop("steady")
    )

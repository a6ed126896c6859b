"""What is handed over: one row per item, in an order of its own, and when that is too little.

Columns: team, month (its first day), sender and receiver (opaque ids of who held either side, null
if unknown), kind (of item, a nuisance), value (the logarithm of a duration, or 0 and 1), and the
exposures: what each item met of the rules. The seat is the edge in one team: one edge at a time.
"""

from collections.abc import Sequence
from typing import Literal, TypeAlias

import polars as pl

Side: TypeAlias = Literal["sender", "receiver"]
SIDES: tuple[Side, Side] = ("sender", "receiver")
PLACES = ("team", "month", *SIDES, "kind")


def ordered(attempts: pl.DataFrame, exposures: Sequence[str]) -> pl.DataFrame:
    """The rows that can be used, sorted by all they hold: sums then do not depend on their order.

    A row without a team, a month, a value or an exposure is left out.
    """
    floats = ["value", *exposures]
    return (
        attempts.lazy()
        .select(*PLACES, *floats)
        .with_columns(
            pl.col(floats).cast(pl.Float64),
            pl.col("kind").cast(pl.String).fill_null(""),
        )
        .filter(pl.all_horizontal(pl.col(floats).is_finite()))
        .drop_nulls(["team", "month", *floats])
        .sort(*PLACES, *floats)
        .collect()
    )


def holders(rows: pl.DataFrame) -> pl.Series:
    """The distinct people on either side."""
    return pl.concat([rows[side].cast(pl.String) for side in SIDES]).drop_nulls().unique().sort()

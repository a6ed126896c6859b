"""How long an item waited for approvals, and how much of that for a single one.

A sweep over the instants at which requests begin and end: between two of them a known number is
outstanding. The hours in which any is are the waiting hours, those in which exactly one is the solo
hours. All of an item is on one clock, so that the one is a part of the other.
"""

import polars as pl

from pipelines.histories.calendars import Calendars


def approval_waits(requests: pl.DataFrame, calendars: Calendars) -> pl.DataFrame:
    """Measure the waits of each item.

    Args:
        requests: item_id, requested_at, ended_at (null while open), observed_until, role (whose
            calendar counts: one for each item, null for that of the organisation).
        calendars: when the roles that are asked work.

    Returns:
        item_id, waiting_hours, solo_hours; sorted by item.
    """
    begun = requests.select("item_id", "role", at="requested_at", more=pl.lit(1))
    ended = requests.select(
        "item_id", "role", at=pl.coalesce("ended_at", "observed_until"), more=pl.lit(-1)
    )
    spans = (
        pl.concat([begun, ended])
        .sort("item_id", "at")
        .with_columns(
            outstanding=pl.col("more").cum_sum().over("item_id"),
            until=pl.col("at").shift(-1).over("item_id"),
        )
        .drop_nulls("until")
    )
    hours = calendars.hours_between(spans["at"], spans["until"], spans["role"])
    return (
        spans.with_columns(hours.alias("hours"))
        .group_by("item_id")
        .agg(
            waiting_hours=pl.col("hours").filter(pl.col("outstanding") >= 1).sum(),
            solo_hours=pl.col("hours").filter(pl.col("outstanding") == 1).sum(),
        )
        .sort("item_id")
    )

"""How long what was requested has waited, and how much of that before anybody watched.

A wait has two lengths: calendar time, and the working hours of the role that is asked.
"""

import polars as pl

from pipelines.histories.calendars import Calendars
from pipelines.histories.spans import hours

_ALWAYS = pl.lit(None, pl.Datetime("us", "UTC"))


def watched_from(frame: pl.DataFrame) -> pl.Expr:
    """Since when the sources of these rows were watched: null where they always were.

    A frame has no such column where that holds of all its rows.
    """
    return pl.col("watched_from") if "watched_from" in frame.columns else _ALWAYS


def with_hours_waited(requests: pl.DataFrame, calendars: Calendars) -> pl.DataFrame:
    """Add how long each request has waited.

    Args:
        requests: requested_at, until (its end, or the snapshot), watched_from, asked_role.
        calendars: when the roles that are asked work.

    Returns:
        With elapsed_hours, business_hours, and unwatched_hours: those business hours that were
        over when its source came to be watched.
    """
    starts, roles = requests["requested_at"], requests["asked_role"]
    seen_from = requests.select(pl.max_horizontal("requested_at", "watched_from")).to_series()
    return requests.with_columns(
        calendars.hours_between(starts, requests["until"], roles).alias("business_hours"),
        calendars.hours_between(starts, seen_from, roles).alias("unwatched_hours"),
        elapsed_hours=hours(pl.col("until") - pl.col("requested_at")),
    )

"""Spans of time in the units of the ledger: the one place that defines their length.

A day is 24 hours of the clock. Spans are whole microseconds, divided only once.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import polars as pl

HOUR_US = 3_600_000_000
"""Microseconds of an hour."""
DAY_US = 24 * HOUR_US


def hours(span: pl.Expr) -> pl.Expr:
    """A span of time in hours."""
    return span.dt.total_microseconds() / HOUR_US


def days(span: pl.Expr) -> pl.Expr:
    """A span of time in days."""
    return span.dt.total_microseconds() / DAY_US


def begins(day: date, zone: str) -> datetime:
    """The first instant of a day in a zone, in UTC."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)

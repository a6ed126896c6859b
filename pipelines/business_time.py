"""Business hours: one cumulative function of worked seconds, and a binary search per instant.

The calendar is built in local time, day by day, and converted to UTC, so that a day on which the
clocks change has the hours people really had. Between two breakpoints the function is linear.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.policy import WorkingHours

_US = 1_000_000
_HOUR_US = 3600 * _US


@dataclass(frozen=True, slots=True)
class BusinessTime:
    """Worked microseconds since the beginning, at each breakpoint (UTC microseconds)."""

    breakpoints: NDArray[np.int64]
    worked: NDArray[np.int64]

    def hours_between(self, starts: pl.Series, ends: pl.Series) -> pl.Series:
        """Business hours from one instant to another, element by element; null in, null out."""
        worked = self._at(ends) - self._at(starts)
        missing = starts.is_null() | ends.is_null()
        hours = pl.Series("business_hours", worked / _HOUR_US)
        return hours.zip_with(~missing, pl.Series([None] * len(hours), dtype=pl.Float64))

    def _at(self, instants: pl.Series) -> NDArray[np.float64]:
        microseconds = instants.dt.epoch("us").fill_null(0).to_numpy()
        at: NDArray[np.float64] = np.interp(microseconds, self.breakpoints, self.worked)
        return at


def business_time(hours: WorkingHours, first: date, last: date) -> BusinessTime:
    """Build the function for a range of days, both included."""
    zone = ZoneInfo(hours.zone)
    breakpoints: list[int] = []
    worked: list[int] = []
    total = 0
    for day in _days(first - timedelta(days=1), last + timedelta(days=1)):
        if not is_workday(day, hours):
            continue
        opens = _microseconds(datetime.combine(day, hours.opens, zone))
        closes = _microseconds(_closing(day, hours, zone))
        breakpoints += [opens, closes]
        worked += [total, total + closes - opens]
        total += closes - opens
    if not breakpoints:
        return nothing_worked()
    return BusinessTime(np.array(breakpoints, np.int64), np.array(worked, np.int64))


def is_workday(day: date, hours: WorkingHours) -> bool:
    """A weekday of the calendar that is no holiday."""
    return day.weekday() in hours.weekdays and day not in hours.holidays


def business_days_between(starts: pl.Series, ends: pl.Series, hours: WorkingHours) -> pl.Series:
    """Working days after one day up to another, element by element; negative backwards.

    From a Friday to the Saturday after it there is none, to the Monday there is one.
    """
    mask = [weekday in hours.weekdays for weekday in range(7)]
    days = np.array(sorted(hours.holidays), dtype="datetime64[D]")
    missing = (starts.is_null() | ends.is_null()).to_numpy()
    epoch = date(1970, 1, 1)
    one = np.timedelta64(1, "D")
    begin = starts.fill_null(epoch).to_numpy().astype("datetime64[D]") + one
    end = ends.fill_null(epoch).to_numpy().astype("datetime64[D]") + one
    # Always counted forwards: backwards NumPy counts a range that lies a day later.
    forwards = np.busday_count(
        np.minimum(begin, end), np.maximum(begin, end), weekmask=mask, holidays=days
    )
    counts = np.where(begin <= end, forwards, -forwards)
    return pl.Series("business_days", counts).zip_with(
        pl.Series(~missing), pl.Series([None] * len(counts), dtype=pl.Int64)
    )


def _closing(day: date, hours: WorkingHours, zone: ZoneInfo) -> datetime:
    past_midnight, minute = divmod(hours.closes_minute, 24 * 60)
    at = time(minute // 60, minute % 60)
    return datetime.combine(day + timedelta(days=past_midnight), at, zone)


def _microseconds(instant: datetime) -> int:
    return int(
        (instant.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1)
    )


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def nothing_worked() -> BusinessTime:
    """The function of an empty window."""
    return BusinessTime(np.zeros(1, np.int64), np.zeros(1, np.int64))

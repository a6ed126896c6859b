"""Business hours: the worked intervals of a calendar, and a binary search per instant.

A moment is worked when the local clock of the zone shows an opening hour of a working day. The
calendar is laid over every stretch of one offset from UTC and cut at the changes of the clocks, so
that such a day has the hours people really had: one skipped is not worked, one that comes twice is
worked twice. All of it in whole microseconds; nothing is interpolated or rounded.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.histories.spans import HOUR_US
from pipelines.policy import WorkingHours

_US = 1_000_000
_DAY_SECONDS = 24 * 3600
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class BusinessTime:
    """The worked intervals in their order: from opening to closing, in UTC microseconds.

    Outside the days it was built for nothing is worked.
    """

    opens: NDArray[np.int64]
    closes: NDArray[np.int64]
    before: NDArray[np.int64]
    """Microseconds worked before each opening."""

    def hours_between(self, starts: pl.Series, ends: pl.Series) -> pl.Series:
        """Business hours from one instant to another, element by element; null in, null out."""
        return (self.worked_microseconds(starts, ends) / HOUR_US).alias("business_hours")

    def worked_microseconds(self, starts: pl.Series, ends: pl.Series) -> pl.Series:
        """Microseconds worked from one instant to another; null in, null out.

        Element by element; negative where the end lies before the start.
        """
        worked = pl.Series("worked_microseconds", self.since_start(ends) - self.since_start(starts))
        missing = starts.is_null() | ends.is_null()
        return worked.zip_with(~missing, pl.Series([None] * len(worked), dtype=pl.Int64))

    def since_start(self, instants: pl.Series) -> NDArray[np.int64]:
        """Microseconds worked from the first opening up to each instant; 0 where it is null."""
        at = instants.dt.epoch("us").fill_null(int(self.opens[0])).to_numpy()
        last = np.searchsorted(self.opens, at, side="right") - 1
        inside = np.minimum(at, self.closes[last]) - self.opens[last]
        return np.where(last >= 0, self.before[last] + inside, 0)


def business_time(hours: WorkingHours, first: date, last: date) -> BusinessTime:
    """Build the function for a range of days, both included."""
    days = [day for day in _days_about(first, last) if is_workday(day, hours)]
    midnights = np.array(days, dtype="datetime64[us]").astype(np.int64)
    begins, offsets = _stretches(ZoneInfo(hours.zone), first, last)
    ends = np.append(begins[1:], np.iinfo(np.int64).max)
    opening = (datetime.combine(_EPOCH, hours.opens, UTC) - _EPOCH) // timedelta(microseconds=1)
    closing = hours.closes_minute * 60 * _US
    opens = np.maximum(begins[:, None], midnights + opening - offsets[:, None])
    closes = np.minimum(ends[:, None], midnights + closing - offsets[:, None])
    is_worked = opens < closes
    return _of_intervals(opens[is_worked], closes[is_worked])


def nothing_worked() -> BusinessTime:
    """The function of an empty window."""
    return _of_intervals(np.zeros(0, np.int64), np.zeros(0, np.int64))


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


def _of_intervals(opens: NDArray[np.int64], closes: NDArray[np.int64]) -> BusinessTime:
    if not len(opens):
        # One interval of no length, so that there always is one to look up.
        opens = closes = np.zeros(1, np.int64)
    return BusinessTime(opens, closes, np.cumsum(closes - opens) - (closes - opens))


def _days_about(first: date, last: date) -> list[date]:
    """A range of days and its neighbours, which it may share hours with in another zone."""
    return [first + timedelta(days=offset) for offset in range(-1, (last - first).days + 2)]


def _stretches(
    zone: ZoneInfo, first: date, last: date
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """When each offset of a zone from UTC begins, and the offset, about a range of days (us)."""
    days = range(_second_of(first) - 3 * _DAY_SECONDS, _second_of(last) + 4 * _DAY_SECONDS)
    probes = days[::_DAY_SECONDS]
    offsets = [_offset(zone, second) for second in probes]
    begins = [probes[0]] + [
        _change(zone, probe)
        for probe, offset, following in zip(probes, offsets, offsets[1:], strict=False)
        if offset != following
    ]
    values = [_offset(zone, second) for second in begins]
    return np.array(begins, np.int64) * _US, np.array(values, np.int64) * _US


def _change(zone: ZoneInfo, probe: int) -> int:
    """The second within a day at which the offset of a zone changes."""
    before = _offset(zone, probe)
    seconds = range(probe, probe + _DAY_SECONDS + 1)
    return seconds[bisect_left(seconds, 1, key=lambda second: _offset(zone, second) != before)]


def _offset(zone: ZoneInfo, second: int) -> int:
    """How many seconds a zone is ahead of UTC at a second since 1970."""
    instant = _EPOCH + timedelta(seconds=second)
    local = instant.astimezone(zone).replace(tzinfo=UTC)
    return (local - instant) // timedelta(seconds=1)


def _second_of(day: date) -> int:
    return (day - _EPOCH.date()).days * _DAY_SECONDS

"""Working time in closed form: how an instant moves when somebody works for some hours.

A working day has eight hours, from 09:00 to 17:00 of the zone, Monday to Friday. Both directions
are arithmetic on the count of hours worked since the first Monday of the calendar, so that no
loop walks over days. Daylight saving is met by converting to UTC only at the end.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS = 9
HOURS_A_DAY = 8
DAYS_A_WEEK = 5
MICROSECONDS_AN_HOUR = 3_600_000_000


def after_working(start: datetime, hours: float, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which ``hours`` of working time in ``zone`` have gone by."""
    total = _hours_worked(start.astimezone(zone)) + hours
    day, rest = divmod(total, HOURS_A_DAY)
    weeks, weekday = divmod(int(day), DAYS_A_WEEK)
    opened = datetime.combine(date.fromordinal(weeks * 7 + weekday + 1), time(OPENS))
    local = (opened + timedelta(hours=rest)).replace(tzinfo=zone)
    return whole_milliseconds(local.astimezone(UTC))


def _hours_worked(local: datetime) -> float:
    """Working hours from the first Monday of the calendar to a local instant."""
    weeks, weekday = divmod(local.toordinal() - 1, 7)
    whole = (weeks * DAYS_A_WEEK + min(weekday, DAYS_A_WEEK)) * HOURS_A_DAY
    if weekday >= DAYS_A_WEEK:
        return float(whole)
    seconds = ((local.hour - OPENS) * 60 + local.minute) * 60 + local.second
    since_opening = (seconds * 1_000_000 + local.microsecond) / MICROSECONDS_AN_HOUR
    return whole + min(max(since_opening, 0.0), float(HOURS_A_DAY))


def next_workday(day: date) -> date:
    """The day itself, or the Monday after it where it falls on a weekend."""
    return day + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[day.weekday()])


def whole_milliseconds(instant: datetime) -> datetime:
    """The instant as a tracker can write it."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def midnight_after(day: date, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which a local day is over."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)

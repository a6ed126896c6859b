"""Numbers, durations and dates in words; the only place that knows local time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

_HOURS = 24
_MINUTES = 60
_ONE_PERCENT = 0.01
_ROUND_DAYS = 10
_WHOLE_DAYS = 100


def whole(count: int) -> str:
    """1234567 as 1,234,567."""
    return f"{count:,}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: 1 week, 1,200 weeks, no weeks."""
    noun = one if count == 1 else many or f"{one}s"
    return f"{whole(count) if count else 'no'} {noun}"


def share(part: float) -> str:
    """A share in 0 to 1 in whole per cent; what is not quite none or all says so."""
    if 0 < part < _ONE_PERCENT:
        return "under 1%"
    if 1 - _ONE_PERCENT < part < 1:
        return "over 99%"
    return f"{part:.0%}"


def share_interval(low: float, high: float) -> str:
    """Two shares as one interval: 31 to 38%."""
    return f"{low * 100:.0f} to {high:.0%}"


def days(length: float) -> str:
    """A number of days with the precision a reader can use: 40 minutes, 5 hours, 4.2 days."""
    if length < 1:
        return _part_of_a_day(length)
    if round(length, 1) < _ROUND_DAYS:
        text = f"{length:.1f}".removesuffix(".0")
        return f"{text} day" if text == "1" else f"{text} days"
    return f"{length:,.0f} days"


def days_interval(low: float, high: float) -> str:
    """Two lengths in days as one interval: 3.1 to 5.4 days."""
    return f"{day_number(low)} to {day_number(high)} days"


def day_number(length: float) -> str:
    """A number of days without its unit, for columns and axes that name it: 0.3, 4.2, 12."""
    return f"{length:.1f}" if round(length, 1) < _ROUND_DAYS else f"{length:,.0f}"


def reached(length: float | None) -> str:
    """A quantile in days without its unit; None where its curve ends below it: 4.2, not reached."""
    return "not reached" if length is None else day_number(length)


def signed(length: float) -> str:
    """A number of days that may be below nothing: to a tenth, from a hundred on whole."""
    # Added to nothing, what rounds to less than nothing is nothing.
    is_whole = abs(round(length)) >= _WHOLE_DAYS
    text = f"{length:,.0f}" if is_whole else f"{round(length, 1) + 0.0:.1f}"
    return text.replace("-", "\N{MINUS SIGN}")


def signed_interval(low: float, high: float) -> str:
    """Two of these as one interval."""
    return f"{signed(low)} to {signed(high)}"


def calendar_day(day: date) -> str:
    """3 May 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def day_in_zone(at: datetime, timezone: str) -> date:
    """The calendar day on which an instant falls in a zone."""
    return at.astimezone(ZoneInfo(timezone)).date()


def local_day(at: datetime, timezone: str) -> str:
    """The calendar day of an instant in a zone: 3 May 2026."""
    return calendar_day(day_in_zone(at, timezone))


def instant(at: datetime, timezone: str) -> str:
    """An instant in a zone: 3 May 2026, 02:00 (Europe/Berlin)."""
    local = at.astimezone(ZoneInfo(timezone))
    return f"{calendar_day(local.date())}, {local:%H:%M} ({timezone})"


def sentence(words: str) -> str:
    """The words with a capital at the start."""
    return words[:1].upper() + words[1:]


def lowered(words: str) -> str:
    """The words with a small letter at the start."""
    return words[:1].lower() + words[1:]


def listed(words: list[str]) -> str:
    """Words as a list in prose: a, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _part_of_a_day(length: float) -> str:
    minutes = round(length * _HOURS * _MINUTES)
    if minutes < 1:
        return "no time" if length <= 0 else "under a minute"
    if minutes < _MINUTES:
        return counted(minutes, "minute")
    hours = round(length * _HOURS)
    return "1 day" if hours == _HOURS else counted(hours, "hour")

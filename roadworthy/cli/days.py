"""A day or an instant as a person gives it on the command line."""

from datetime import date, datetime, time

import click

from roadworthy.years import EARLIEST, LATEST


def end_of(given: str, zone: str) -> datetime:
    """The instant meant: of a day its end in the zone of the configuration.

    Raises:
        click.BadParameter: it is neither a day nor an instant with its zone, or too far away.
    """
    instant: datetime | None
    try:
        instant = _last_instant(date.fromisoformat(given), zone)
    except (ValueError, OverflowError):
        instant = _instant(given)
    if instant is None or instant.tzinfo is None or not EARLIEST <= instant.year <= LATEST:
        raise click.BadParameter(
            f"'{given}' is neither a day, as in 2026-03-31, nor an instant with its zone, "
            "as in 2026-03-31T12:00:00Z.",
            param_hint="--as-of",
        )
    return instant


def _last_instant(day: date, zone: str) -> datetime:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - slow to import

    return datetime.combine(day, time.max, ZoneInfo(zone))


def _instant(given: str) -> datetime | None:
    try:
        return datetime.fromisoformat(given)
    except ValueError:
        return None

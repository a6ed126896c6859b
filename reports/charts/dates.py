"""Calendar days on an axis: drawn as the days they are, in no zone at all."""

from datetime import date

import altair as alt


def on_axis(day: date | None) -> str | None:
    """A day as a chart's data holds it."""
    return None if day is None else day.isoformat()


def scale(window: tuple[date, date] | None = None) -> alt.Scale:
    """A scale of days; read as UTC, so that no reader's own zone moves a day."""
    if window is None:
        return alt.Scale(type="utc")
    return alt.Scale(type="utc", domain=[day.isoformat() for day in window])


def axis(*, grid: bool) -> alt.Axis:
    """An axis of days, without a title: a day needs no unit."""
    return alt.Axis(title=None, format="%-d %b %y", tickCount=5, labelOverlap=True, grid=grid)

"""Calendar days on an axis: drawn as the days they are, in no zone at all."""

from datetime import date

import altair as alt

#: First day, and the day after the last.
Window = tuple[date, date]


def written(day: date | None) -> str | None:
    """A day as a chart's data holds it."""
    return None if day is None else day.isoformat()


def on(field: str, window: Window | None = None) -> alt.X:
    """The horizontal place of a day; without a title, for a day needs no unit.

    The scale reads days as UTC, so that no reader's own zone moves one.
    """
    axis = alt.Axis(title=None, format="%-d %b %y", tickCount=5, labelOverlap=True, grid=False)
    domain = [day.isoformat() for day in window] if window else alt.Undefined
    return alt.X(f"{field}:T", axis=axis, scale=alt.Scale(type="utc", domain=domain))

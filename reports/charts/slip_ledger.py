"""Each row is a commitment; the ring is the first date promised, the dot the date it carries now.

A green diamond marks the day it was done or released. The line is the way the promise has gone in
calendar days. The first promise is the date at the moment of commitment, not the date somebody
wrote over it since. The rows shown are those that moved furthest, so they say nothing of the usual
commitment; the on-time rates do. Ask who decided each move, and who was told.
"""

from collections.abc import Mapping
from typing import Any

import altair as alt
import polars as pl

from reports import format as words
from reports.charts import dates, rows
from reports.figure import Key
from reports.table import Cell, Link, Table, Tracker, figures, named
from reports.theme import colour, framed
from reports.tracker_text import readable, safe_address

QUESTION = "Which promises have moved furthest?"

KEYS = (
    Key("ring", "promised", "first promise"),
    Key("dot", "current", "date today"),
    Key("hollow", "shipped", "done or released"),
)

#: Commitments drawn: as many as stay on one sheet of paper. The table lists more.
DRAWN = 12
LISTED = 25

_MARKS = {
    "row": pl.Int64,
    "name": pl.String,
    "value": pl.String,
    "detail": pl.String,
    "original": pl.String,
    "current": pl.String,
    "shipped": pl.String,
}

Items = Mapping[str, dict[str, str | None]]


def furthest(commitments: pl.DataFrame, most: int = LISTED) -> pl.DataFrame:
    """The commitments whose date today is later than the first one, furthest first."""
    moved = commitments.filter(pl.col("net_slip_days") > 0)
    order = ["net_slip_days", "gross_slip_days", "subject", "subject_id"]
    return moved.sort(order, descending=[True, True, False, False]).head(most)


def finding(commitments: pl.DataFrame) -> str:
    """The commitment that moved furthest."""
    top = furthest(commitments, 1).to_dicts()
    if not top:
        return QUESTION
    first, now = (words.calendar_day(top[0][day]) for day in ("original_on", "current_on"))
    later = words.counted(top[0]["net_slip_days"], "day")
    return f"{readable(top[0]['subject'], limit=40)} moved furthest: {later}, from {first} to {now}"


def slip_ledger(commitments: pl.DataFrame, items: Items, timezone: str) -> alt.LayerChart:
    """One row per commitment, furthest first; `items` give titles, `timezone` the local day."""
    ledger = furthest(commitments, DRAWN).iter_rows(named=True)
    drawn = [_mark(row, commitment, items, timezone) for row, commitment in enumerate(ledger)]
    marks = pl.DataFrame(drawn, schema=_MARKS)
    return framed(
        [*_way(), *_promises(), *_shipped(marks), *rows.lines()],
        data=marks,
        height=rows.height(marks.height),
        description="First promised date and date today of the commitments that moved furthest.",
    )


def table(commitments: pl.DataFrame, items: Items, timezone: str) -> Table:
    """The numbers of the chart, with the names and addresses of the work."""
    return Table(
        caption="Commitments that moved furthest",
        columns=(
            *named("Commitment", "Title", "First promise", "Date today", "Done or released"),
            *figures("Net days", "Gross days", "Slips"),
            *named("Passed in silence", "Known in full"),
        ),
        rows=tuple(
            _table_row(commitment, items, timezone)
            for commitment in furthest(commitments).iter_rows(named=True)
        ),
    )


def notes(commitments: pl.DataFrame) -> tuple[str, ...]:
    """What the chart leaves out: those that moved less, and those without a date today."""
    moved = commitments.filter(pl.col("net_slip_days") > 0).height
    cleared = commitments.filter(
        pl.col("original_on").is_not_null(), pl.col("current_on").is_null()
    ).height
    said = []
    if moved > DRAWN:
        said.append(f"{DRAWN} of the {words.whole(moved)} commitments that moved later.")
    if cleared:
        what = words.sentence(words.counted(cleared, "commitment"))
        said.append(f"{what} without a date today: nobody can say how far they slipped.")
    return tuple(said)


def _table_row(commitment: dict[str, Any], items: Items, timezone: str) -> tuple[Cell, ...]:
    item = _item(commitment, items)
    shipped = commitment["shipped_at"]
    return (
        Link(readable(commitment["subject"], limit=60), safe_address(item.get("url"))),
        Tracker(readable(item.get("title"), limit=90)),
        words.calendar_day(commitment["original_on"]),
        words.calendar_day(commitment["current_on"]),
        words.local_day(shipped, timezone) if shipped else "open",
        words.whole(commitment["net_slip_days"]),
        words.whole(commitment["gross_slip_days"]),
        words.whole(commitment["slip_count"]),
        "yes" if commitment["is_silent_miss"] else "no",
        "no: at least this" if commitment["is_lower_bound"] else "yes",
    )


def _item(commitment: dict[str, Any], items: Items) -> Mapping[str, str | None]:
    """What is known of a promised item; a tracker may number its releases as it does its items."""
    return items.get(commitment["subject_id"], {}) if commitment["subject_kind"] == "item" else {}


def _mark(row: int, commitment: dict[str, Any], items: Items, timezone: str) -> dict[str, Any]:
    title = _item(commitment, items).get("title")
    shipped = commitment["shipped_at"]
    sign = "at least " if commitment["is_lower_bound"] else "+"
    first, now = (words.calendar_day(commitment[day]) for day in ("original_on", "current_on"))
    return {
        "row": row,
        "name": readable(f"{commitment['subject']} {title or ''}", limit=70),
        "value": f"{sign}{words.counted(commitment['net_slip_days'], 'day')}",
        "detail": f"{first} → {now}, {words.counted(commitment['slip_count'], 'slip')}",
        "original": dates.written(commitment["original_on"]),
        "current": dates.written(commitment["current_on"]),
        "shipped": dates.written(words.day_in_zone(shipped, timezone)) if shipped else None,
    }


def _way() -> tuple[alt.Chart, ...]:
    rule = alt.Chart().mark_rule(
        strokeWidth=3, opacity=0.45, yOffset=rows.MARKS_AT, color=colour("current")
    )
    return (rows.track(), rule.encode(x=dates.on("original"), x2="current", y=rows.place()))


def _promises() -> tuple[alt.Chart, ...]:
    first = alt.Chart().mark_point(
        size=110, opacity=1, yOffset=rows.MARKS_AT, color=colour("promised")
    )
    now = alt.Chart().mark_point(
        filled=True, size=110, opacity=1, yOffset=rows.MARKS_AT, color=colour("current")
    )
    return (
        first.encode(x=dates.on("original"), y=rows.place()),
        now.encode(x=dates.on("current"), y=rows.place()),
    )


def _shipped(marks: pl.DataFrame) -> tuple[alt.Chart, ...]:
    """The days of delivery; no layer where nothing was, for its axis would have no end."""
    if marks["shipped"].drop_nulls().is_empty():
        return ()
    diamond = alt.Chart().mark_point(
        shape="diamond",
        size=230,
        strokeWidth=2,
        opacity=1,
        yOffset=rows.MARKS_AT,
        color=colour("shipped"),
        invalid="filter",
    )
    return (diamond.encode(x=dates.on("shipped"), y=rows.place()),)

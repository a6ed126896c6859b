"""What this page said a night and a week ago, beside what it says now."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import polars as pl

from reports import format as words
from reports.causes import cause_in_words, is_beyond_normal
from reports.data import ReportData
from reports.measures import measure
from reports.reading import FEWEST, amount
from reports.table import Cell, Table, Tracker, named

_WEEK = timedelta(days=7)
_CONSTRAINT = "constraint"
_FIGURES = (
    _CONSTRAINT,
    "rejection_rate",
    "readiness_pass_rate",
    "on_time_rate",
    "slip_rate",
    "lead_time_days_p50",
)
_OTHER_RULES = "other rules"
_NO_CAUSE = "no single cause"

_Said = Mapping[str, dict[str, Any]]


def said_before(data: ReportData) -> Table | None:
    """The figures of the first screen over time; None where nothing was said before."""
    published = data.in_scope(data.published_figures)
    earlier = _earlier(published, data)
    if not earlier:
        return None
    columns = [_now(data), *(_of(published, night) for night in earlier)]
    nights = [words.local_day(night, data.facts.timezone) for night in earlier]
    rows = [
        (_name(figure), *(_cell(column, figure, data) for column in columns))
        for figure in _FIGURES
        if any(figure in column for column in columns)
    ]
    return Table(
        caption="What this page said before",
        columns=named("Figure", "Now", *nights),
        rows=tuple(rows),
    )


def _earlier(published: pl.DataFrame, data: ReportData) -> tuple[datetime, ...]:
    """The last word of the day before, and of the last day that is a week ago, where they are two.

    Of several builds on one day the last one counts; today's is what the page itself says.
    """
    zone, now = data.facts.timezone, data.facts.as_of
    today, week_ago = words.day_in_zone(now, zone), words.day_in_zone(now - _WEEK, zone)
    nights: list[datetime] = published["snapshot_at"].unique().sort(descending=True).to_list()
    past = [night for night in nights if words.day_in_zone(night, zone) < today]
    old = [night for night in past if words.day_in_zone(night, zone) <= week_ago]
    return tuple(dict.fromkeys((*past[:1], *old[:1])))


def _now(data: ReportData) -> _Said:
    """What the page says, in the words of those before."""
    by_this = {"config_hash": data.facts.config_hash}
    metrics = data.in_scope(data.metric_summaries).iter_rows(named=True)
    figures = {row["metric"]: {**row, **by_this} for row in metrics}
    first = data.in_scope(data.constraints).filter(pl.col("rank") == 1)
    for row in first.iter_rows(named=True):
        constraint = {
            "estimate": row["excess_days"],
            "low": row["excess_low"],
            "said": row["cause"],
        }
        figures[_CONSTRAINT] = {**row, **by_this, **constraint}
    return figures


def _of(published: pl.DataFrame, night: datetime) -> _Said:
    rows = published.filter(pl.col("snapshot_at") == night).iter_rows(named=True)
    return {row["figure"]: row for row in rows}


def _name(figure: str) -> str:
    if figure == _CONSTRAINT:
        return "Costs most beyond normal"
    return words.sentence(measure(figure).words)


def _cell(column: _Said, figure: str, data: ReportData) -> Cell:
    row = column.get(figure)
    if row is None:
        return ""
    if row["config_hash"] != data.facts.config_hash:
        return _OTHER_RULES
    if row["estimate"] is None or (row["items"] or 0) < FEWEST:
        return "cannot be told"
    if figure == _CONSTRAINT:
        if not is_beyond_normal(row["low"]):
            return _NO_CAUSE
        cause = cause_in_words(row["said"])
        return Tracker(f"{cause}, {words.signed(row['estimate'])} days")
    return amount(row["estimate"], measure(figure))

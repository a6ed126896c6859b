"""The columns of the small multiples of teams, and the marks in them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from reports import format as words
from reports.causes import cause_in_words, first_cause, without_first
from reports.data import ORGANISATION, TEAM
from reports.reading import Reading, amount, interval, reading
from reports.tracker_text import readable

Row = dict[str, Any]

#: Metric -> heading of its column.
COLUMNS = {"lead_time_days": "Lead time", "rejection_rate": "Sent back", "on_time_rate": "On time"}

#: Teams drawn.
MOST = 24

#: Pixels above the first team, of a team, below the last one; what stands in a row from its top.
HEAD = 26
ROW = 82
FOOT = 22
_NAME_AT = 10
_DETAIL_AT = 27
_VALUE_AT = 46
_MARKS_AT = 63
_MARGIN = 8

#: Space between two columns, in columns.
GAP = 0.14


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of the chart: what it tells of each team, and how far its scale goes."""

    place: int
    heading: str
    whole: Reading
    teams: tuple[Reading, ...]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.place * (1 + GAP)

    @property
    def reach(self) -> float:
        """The end of its scale: one figure of the largest number in it, rounded up."""
        told = [one for one in (self.whole, *self.teams) if one.is_told]
        ends = [end for one in told for end in (one.estimate, one.high) if end is not None]
        largest = max(ends, default=1.0) or 1.0
        step = 10.0 ** math.floor(math.log10(largest))
        return math.ceil(largest / step - 1e-9) * step

    def at(self, value: float | None) -> float | None:
        """The place of a value."""
        return None if value is None else self.left + value / self.reach


def teams_of(summaries: pl.DataFrame) -> list[str]:
    """The scopes of the teams, in the order of their names."""
    scopes = summaries.filter(pl.col("scope").str.starts_with(TEAM))["scope"].unique().to_list()
    return sorted(scopes, key=lambda scope: (scope.casefold(), scope))


def of_scope(summaries: pl.DataFrame, scope: str) -> pl.DataFrame:
    """The rows of a scope."""
    return summaries.filter(pl.col("scope") == scope)


def columns_of(summaries: pl.DataFrame, teams: list[str]) -> list[Column]:
    """The columns with the readings of the organisation and of each team."""
    return [
        Column(
            place=place,
            heading=heading,
            whole=reading(of_scope(summaries, ORGANISATION), metric),
            teams=tuple(reading(of_scope(summaries, team), metric) for team in teams),
        )
        for place, (metric, heading) in enumerate(COLUMNS.items())
    ]


def team_name(scope: str) -> str:
    """The name of a team for a reader."""
    return readable(scope.removeprefix(TEAM), limit=40) if scope != ORGANISATION else "All teams"


def constraint_of(constraints: pl.DataFrame, scope: str) -> str:
    """Where a team loses most days beyond what is normal; empty where nothing is compared."""
    causes = constraints.filter(pl.col("scope") == scope)
    row = first_cause(causes)
    if row is None:
        return without_first(causes)
    days = words.signed(row["excess_days"])
    return f"{cause_in_words(row['cause'], limit=30)}: {days} days beyond normal"


def frame_marks(columns: list[Column], height: int) -> Iterator[Row]:
    """Headings, the ends of the scales, and the organisation in each column."""
    for column in columns:
        yield {"kind": "heading", "text": column.heading, "left": column.left, "at": 8}
        zero = amount(0.0, column.whole.measure) if column.whole.measure.unit == "share" else "0"
        foot = height - FOOT // 2
        yield {"kind": "begin", "text": zero, "left": column.left, "at": foot}
        end = amount(column.reach, column.whole.measure)
        yield {"kind": "end", "text": end, "left": column.left + 1, "at": foot}


def team_rows(teams: list[str], columns: list[Column], constraints: pl.DataFrame) -> Iterator[Row]:
    """Everything in the rows of the teams."""
    for number, team in enumerate(teams):
        top = HEAD + number * ROW
        yield {"kind": "team", "text": team_name(team), "at": top + _NAME_AT}
        yield {"kind": "detail", "text": constraint_of(constraints, team), "at": top + _DETAIL_AT}
        for column in columns:
            one = column.teams[number]
            yield {"kind": "value", "text": one.value, "left": column.left, "at": top + _VALUE_AT}
            yield from _strip(column, one, top + _MARKS_AT)


def _strip(column: Column, one: Reading, at: int) -> Iterator[Row]:
    """The track, the organisation and the team in one column; nothing where nothing can be told."""
    yield {"kind": "track", "left": column.left, "high": column.left + 1, "at": at}
    if column.whole.is_told:
        ends = {"at": at - _MARGIN, "below": at + _MARGIN}
        yield {"kind": "whole", **ends, **_places(column, column.whole)}
    if one.is_told:
        tip = f"{column.heading}: {' '.join(told_of(one))}"
        yield {"kind": "mark", "tip": tip, "at": at, **_places(column, one)}


def told_of(one: Reading) -> tuple[str, str]:
    """A reading and its interval in words."""
    if not one.is_told or one.low is None or one.high is None:
        return one.value, ""
    return one.value, interval(one.low, one.high, one.measure)


def _places(column: Column, one: Reading) -> Row:
    return {name: column.at(getattr(one, name)) for name in ("estimate", "low", "high")}

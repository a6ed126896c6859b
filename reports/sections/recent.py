"""What happened in the week before the snapshot, beside the week before that."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl

from reports import format as words
from reports.data import ReportData

_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Happened:
    """How often something happened in either week."""

    what: str
    last_week: int
    before: int

    @property
    def sentence(self) -> str:
        """Both counts in words."""
        return f"{words.whole(self.last_week)} {self.what} ({words.whole(self.before)})"


def recent(data: ReportData) -> tuple[Happened, ...]:
    """The events of the two weeks before the snapshot; nothing where there were none."""
    told = tuple(
        Happened(what, _within(at, data.facts.as_of), _within(at, data.facts.as_of - _WEEK))
        for what, at in _events(data)
    )
    return told if any(one.last_week or one.before for one in told) else ()


def _events(data: ReportData) -> Iterator[tuple[str, pl.Series]]:
    items, moves, handoffs = data.work_items, data.date_moves, data.handoffs
    yield "items begun", items["created_at"]
    yield "items done", items["done_at"]
    yield "handed over", handoffs["handed_at"]
    yield "sent back", handoffs.filter(pl.col("verdict") == "rejected")["verdict_at"]
    yield "dates moved later", moves.filter(pl.col("move") == "slip")["moved_at"]
    opposed = data.decision_changes.filter(pl.col("is_contest"))
    yield "decisions opposed", opposed["changed_at"]


def _within(at: pl.Series, end: datetime) -> int:
    """How many instants lie in the week that ends there."""
    return int(at.is_between(end - _WEEK, end, closed="right").sum())

"""What happened in the week before the snapshot, beside the week before that."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl

from reports import format as words
from reports.charts.date_moves import LATER, by_kind
from reports.data import ReportData

_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Happened:
    """How often something happened in either week."""

    one: str
    many: str
    last_week: int
    before: int

    @property
    def sentence(self) -> str:
        """Both counts in words."""
        return f"{words.counted(self.last_week, self.one, self.many)} ({words.whole(self.before)})"


def recent(data: ReportData) -> tuple[Happened, ...]:
    """The events of the two weeks before the snapshot; nothing where there were none."""
    told = tuple(
        Happened(*called, _within(at, data.facts.as_of), _within(at, data.facts.as_of - _WEEK))
        for called, at in _events(data)
    )
    return told if any(one.last_week or one.before for one in told) else ()


def _events(data: ReportData) -> Iterator[tuple[tuple[str, str], pl.Series]]:
    """What is counted, one and many of it, and when each happened."""
    items, handoffs = map(data.of_whole_items, (data.work_items, data.handoffs))
    yield ("item begun", "items begun"), items["created_at"]
    yield ("item done", "items done"), items["done_at"]
    yield ("handoff", "handoffs"), handoffs["handed_at"]
    sent_back = handoffs.filter(pl.col("verdict") == "rejected")
    yield ("handoff sent back", "handoffs sent back"), sent_back["verdict_at"]
    # Before the commitment a date is a plan, and a change of it nobody's verdict.
    moves = data.of_whole_items(data.date_moves, "subject_id").filter("is_after_commitment")
    slips = by_kind(moves).filter(pl.col("move").is_in(LATER))
    yield ("promised date moved later", "promised dates moved later"), slips["moved_at"]
    changes = data.of_whole_items(data.decision_changes).filter("is_after_commitment")
    opposed = changes.filter("is_contest")
    yield ("decision opposed", "decisions opposed"), opposed["changed_at"]


def _within(at: pl.Series, end: datetime) -> int:
    """How many instants lie in the week that ends there."""
    return int(at.is_between(end - _WEEK, end, closed="right").sum())

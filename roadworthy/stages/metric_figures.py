"""The figures of a metric, computed where its subjects are built.

All metrics together have many times more subjects than there are items. So the subjects of one
metric are built from the facts, used for all its figures and discarded: a process holds those of
one metric.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

import polars as pl

from pipelines.cohorts.cohorts import Cohort, Kind, Metric
from pipelines.cohorts.scopes import Scopes
from pipelines.cohorts.weekly_metrics import metric_summaries, quantile_summaries, weekly_metrics
from pipelines.effects.dashboard import ended_around
from pipelines.effects.early_signals import early_signals
from pipelines.effects.judging import Question
from pipelines.effects.metric_sums import MetricSums

Horizon: TypeAlias = float | Callable[[pl.DataFrame], float | None] | None
"""Days for which subjects are followed, or how they are found of the subjects themselves."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A metric that is asked for: who its subjects are, and for how long they are followed."""

    name: str
    kind: Kind
    subjects: Callable[[], pl.DataFrame]
    """Makes them, as in :mod:`pipelines.cohorts.cohorts`."""
    horizon: Horizon = None

    def cohort(self) -> Cohort:
        """The metric with its subjects."""
        subjects = self.subjects()
        horizon = self.horizon(subjects) if callable(self.horizon) else self.horizon
        return Metric(self.name, self.kind, horizon), subjects


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of every metric that has a weekly series."""

    scopes: Scopes
    question: Question
    items: pl.DataFrame
    """item_id, parent_id."""
    as_of: datetime
    """The snapshot. Without an item there is none; then there are no subjects either."""


@dataclass(frozen=True, slots=True)
class MetricFigures:
    """What is told of a metric."""

    weeks: pl.DataFrame
    summaries: pl.DataFrame
    sums: MetricSums
    ended: pl.DataFrame
    """As a dashboard counts, around each change."""
    signals: pl.DataFrame


def metric_figures(asked: Asked, asking: Asking) -> MetricFigures:
    """All that is told of a metric that has a weekly series."""
    one = metric, subjects = asked.cohort()
    question, scopes = asking.question, asking.scopes
    parents = asking.items.select("item_id", "parent_id")
    changed_on = [change.effective_on for change in question.changes]
    return MetricFigures(
        weeks=weekly_metrics(one, scopes, zone=question.zone),
        summaries=metric_summaries(one, scopes),
        sums=MetricSums.of(metric, subjects, parents, zone=question.zone),
        ended=ended_around(subjects, metric, changed_on, zone=question.zone),
        signals=early_signals(one, question, as_of=asking.as_of),
    )


def whole_window(asked: Asked, scopes: Scopes) -> pl.DataFrame:
    """What is told of a metric that is given for the whole window only."""
    return metric_summaries(asked.cohort(), scopes)


def quantiles(asked: Asked, scopes: Scopes) -> pl.DataFrame:
    """Ages by which half and most of the subjects of a metric have had the end that counts."""
    _, subjects = asked.cohort()
    return quantile_summaries(subjects, asked.name, scopes)

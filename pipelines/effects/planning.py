"""What could be seen of a change that is yet to be made: the smallest visible effect.

The change is put into the past as if it had been in force for the last weeks that are known. What
the model would not know of its effect then is what it will not know. The smallest visible effect is
2.8 of these standard deviations: an effect of that size has, with 80 % probability, an interval
that excludes 0. It depends on the volume, the spread and the memory of the series, and not on
what became of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from datetime import datetime, timedelta

import numpy as np
import polars as pl

from pipelines.at_once import AT_ONCE
from pipelines.effects.bucket_sums import BUCKET_DAYS
from pipelines.effects.contrasts import Contrast, contrast, independent, observe
from pipelines.effects.designs import Design, Teams, designs
from pipelines.effects.effects import (
    FEWEST_BUCKETS,
    FEWEST_SUBJECTS,
    RISING_IS_GOOD,
    VISIBLE,
    Effect,
)
from pipelines.effects.judging import Question
from pipelines.effects.metric_sums import MetricSums
from pipelines.effects.step_fits import step_model
from pipelines.policy import Intervention
from pipelines.statistics.normal_mixture import NormalMixture
from pipelines.statistics.rounding import rounded

VISIBLE_EFFECTS = pl.Schema(
    {
        "metric": pl.String(),
        "scope": pl.String(),
        "has_comparison": pl.Boolean(),
        "weeks_after": pl.Int32(),
        "bucket": pl.String(),
        "unit": pl.String(),
        "level": pl.Float64(),
        "smallest_visible_effect": pl.Float64(),
        "smallest_visible_ratio": pl.Float64(),
        "items_per_week": pl.Float64(),
        "days_to_maturity": pl.Float64(),
    }
)
WEEKS_AFTER = (4, 8, 13, 26, 52)
"""Weeks after the introduction of the change is over."""
_PLANNED = "\0planned"
"""No declared change has this name."""
_RECENT = 13
"""Buckets at the end whose level and volume are what a change would meet."""


def visible_effects(
    metrics: Sequence[MetricSums],
    question: Question,
    scopes: Mapping[str, tuple[str, ...]],
    *,
    as_of: datetime,
    cores: Executor = AT_ONCE,
) -> pl.DataFrame:
    """The rows of ``main.visible_effects``.

    Args:
        metrics: with their sums.
        question: the changes made so far, and the teams.
        scopes: the teams that a change would concern, by what they are called; none: all.
        as_of: the snapshot: a change yet to be made comes after it.
        cores: what reckons them, metric by metric.
    """
    asked = [
        cores.submit(_of_metric, metric, question, scopes, as_of)
        for metric in metrics
        if metric.can_be_told()
    ]
    rows = [row for one in asked for row in one.result()]
    return pl.DataFrame(rows, schema=VISIBLE_EFFECTS, orient="row")


def _of_metric(
    metric: MetricSums,
    question: Question,
    scopes: Mapping[str, tuple[str, ...]],
    as_of: datetime,
) -> list[tuple[object, ...]]:
    return [
        (metric.metric.name, scope, *row)
        for scope, teams in scopes.items()
        for row in _rows(metric, question, teams, as_of)
    ]


def _rows(
    metric: MetricSums, question: Question, teams: Sequence[str], as_of: datetime
) -> Iterator[tuple[object, ...]]:
    sums = metric.by(metric.unit(teams or metric.teams()))
    plan = _plan(teams, question, question.teams.among(metric.teams()), as_of)
    if plan is None:
        return
    alone = Design(plan.concerned, (), plan.steps)
    for design in (alone, plan) if plan.comparison else (alone,):
        one = contrast(sums, design)
        recent = np.flatnonzero(one.concerned.is_mature)[-_RECENT:]
        if one.concerned.subjects[one.concerned.is_mature].sum() < FEWEST_SUBJECTS["before"]:
            continue
        weights = one.concerned.subjects[recent].astype(np.float64)
        level = float(np.average(one.concerned.means[recent], weights=weights))
        per_week = float(weights.mean()) * 7 / BUCKET_DAYS[one.unit]
        for weeks, belief in _beliefs(one):
            found = Effect(belief, one.is_log, level)
            better = VISIBLE * belief.deviation()
            better = better if metric.metric.name in RISING_IS_GOOD else -better
            yield (
                bool(design.comparison),
                weeks,
                one.unit,
                "days" if one.is_log else "share",
                rounded(level),
                rounded(abs(found.in_units(better))),
                rounded(_possible_ratio(found, better)),
                rounded(per_week),
                metric.metric.horizon_days,
            )


def _plan(
    concerned: Sequence[str], question: Question, teams: Teams, as_of: datetime
) -> Design | None:
    """Who would be concerned, and against whom; what was changed before is a step of its own."""
    # Two days on it is tomorrow at the earliest, in every zone.
    tomorrow = (as_of + timedelta(days=2)).date()
    planned = Intervention(_PLANNED, "process", tomorrow, 0, tuple(concerned))
    changes = (*question.changes, planned)
    design = next(designs(planned, changes, teams, bucket_days=0))
    return design if design.concerned else None


def _beliefs(one: Contrast) -> Iterator[tuple[int, NormalMixture]]:
    """What would be believed so many weeks after, of a change in the last of the buckets."""
    observed, columns = observe(one)
    made = independent(observed, columns[:, 1:])
    model = step_model(one, observed)
    known = None
    if made.shape[1]:
        # What was changed before is taken off: a change yet to be made is not mistaken for it.
        known = made @ model.fit(made).expected()
    own = np.unique(observed.times[~observed.is_comparison])
    planned = {}
    for weeks in WEEKS_AFTER:
        buckets = round(weeks * 7 / BUCKET_DAYS[one.unit])
        if buckets >= 1 and len(own) - buckets >= FEWEST_BUCKETS["before"]:
            after = (observed.times >= own[-buckets]) & ~observed.is_comparison
            planned[weeks] = after.astype(np.float64)[:, None]
    for weeks, fit in zip(planned, model.fits(list(planned.values()), less=known), strict=True):
        yield weeks, fit.step(0)


def _possible_ratio(found: Effect, better: float) -> float | None:
    """The level with the effect in that without; None where no share could change by so much."""
    possible = found.is_log or 0 <= found.level + better <= 1
    return found.ratio(better) if possible else None

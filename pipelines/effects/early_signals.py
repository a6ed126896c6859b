"""Early signals: what can be said of durations before the first bucket after a change is mature.

Of work that began since the change nothing is known but its first days. A period life table asks
another question: of all work of every age that was in hand during four weeks, how fast did it end,
age by age (delayed entry)? What it would take at that pace is told as soon as four weeks are over.
It answers for work that was in hand already, too: where a change concerns new work alone it shows
less than the effect, and where it speeds up the oldest it shows more. So it is labelled early, and
makes no verdict.

Four-week windows are counted from the day of the change in both directions, and their values are
the buckets of the same step model as elsewhere: one window after the change is one bucket. Other
changes are steps of their own, however close, and no window in which one came or was brought in
counts; such as no window tells apart from it share its signal.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.cohorts.cohorts import Cohort, Metric, Outcomes
from pipelines.effects.contrasts import independent
from pipelines.effects.designs import Design, Phase, Step, designs
from pipelines.effects.effects import probability_improved
from pipelines.effects.judging import Question
from pipelines.effects.step_fits import OF_LOGARITHMS
from pipelines.histories.spans import begins, days
from pipelines.policy import Intervention
from pipelines.statistics.kaplan_meier import kaplan_meier
from pipelines.statistics.rounding import rounded
from pipelines.statistics.step_model import StepModel
from pipelines.statistics.step_series import Observed

EARLY_SIGNALS = pl.Schema(
    {
        "intervention": pl.String(),
        "metric": pl.String(),
        "days_after": pl.Int32(),
        "ratio": pl.Float64(),
        "ratio_low": pl.Float64(),
        "ratio_high": pl.Float64(),
        "probability_improved": pl.Float64(),
        "windows_before": pl.Int32(),
        "windows_after": pl.Int32(),
    }
)
WINDOW_DAYS = 28
_FEWEST_BEFORE = 4
_FEWEST_ENDS = 5
"""Ends in a window below which it has no value."""
_MOST_WINDOWS = 26
_LATEST_DAYS = 182
"""Days after a change beyond which a signal is no longer early."""
_YEAR = 365.25 / WINDOW_DAYS
Floats = NDArray[np.float64]


def early_signals(one: Cohort, question: Question, *, as_of: datetime) -> pl.DataFrame:
    """The rows of ``main.early_signals`` of one metric: for changes not yet half a year old.

    Only of a duration there are any.

    Args:
        one: the metric with its subjects.
        question: the changes, and the teams.
        as_of: the snapshot.
    """
    metric, cohort = one
    can_be_told = metric.kind == "mean" and metric.horizon_days is not None
    if not can_be_told or cohort.is_empty():
        return EARLY_SIGNALS.to_frame()
    cohort = cohort.with_columns(pl.col("team").fill_null(""))
    rows = [
        row for change in question.changes for row in _row(change, metric, cohort, question, as_of)
    ]
    return pl.DataFrame(rows, schema=EARLY_SIGNALS, orient="row")


def _row(
    change: Intervention,
    metric: Metric,
    cohort: pl.DataFrame,
    question: Question,
    as_of: datetime,
) -> Iterator[tuple[object, ...]]:
    plan = _plan(change, cohort, question, as_of)
    since = begins(plan.steps[0].since, question.zone)
    days_after = (as_of - since).days
    if not WINDOW_DAYS <= days_after <= _LATEST_DAYS or not plan.concerned:
        return
    concerned, comparison = (
        cohort.filter(pl.col("team").is_in(teams)) for teams in (plan.concerned, plan.comparison)
    )
    numbers = [
        number
        for number in range(-_MOST_WINDOWS, days_after // WINDOW_DAYS)
        if _counts(plan, number)
    ]
    parts = [_windows(concerned, metric, since, numbers, is_comparison=False)]
    if plan.comparison:
        parts.append(_windows(comparison, metric, since, numbers, is_comparison=True))
    times, values, variances, compared = (
        np.concatenate([part[place] for part in parts]) for place in range(4)
    )
    scales = np.where(compared, 1 / max(1, len(plan.comparison)), 1 / len(plan.concerned))
    observed = Observed(times, values, variances, compared.astype(bool), scales)
    own = times[~observed.is_comparison]
    before, after = int((own < 0).sum()), int((own >= 0).sum())
    if before < _FEWEST_BEFORE or not after:
        return
    steps = independent(observed, _columns(plan, observed))
    belief = StepModel(observed, OF_LOGARITHMS, year=_YEAR).fit(steps).step(0)
    low, high = belief.interval()
    yield (
        change.name,
        metric.name,
        days_after,
        *(rounded(float(np.exp(value))) for value in (belief.mean(), low, high)),
        rounded(probability_improved(metric.name, belief)),
        before,
        after,
    )


def _plan(
    change: Intervention, cohort: pl.DataFrame, question: Question, as_of: datetime
) -> Design:
    """Who against whom. What is declared for later than the snapshot is not there yet."""
    among = question.teams.among(set(cohort["team"].unique()))
    ahead = as_of.astimezone(ZoneInfo(question.zone)).date() + timedelta(days=1)
    return next(designs(change, question.beside(change, ahead), among, bucket_days=None))


def _phase(plan: Design, step: Step, number: int) -> Phase:
    """Where a window, counted from the day of the judged change, lies in another one."""
    first = plan.steps[0].since + timedelta(days=number * WINDOW_DAYS)
    return step.phase(first, first + timedelta(days=WINDOW_DAYS))


def _counts(plan: Design, number: int) -> bool:
    """Whether no other change came or was brought in during a window, nor to the comparison."""
    ends = plan.steps[0].since + timedelta(days=(number + 1) * WINDOW_DAYS)
    is_near = plan.until is None or ends <= plan.until
    return is_near and all(_phase(plan, step, number) != "washout" for step in plan.steps[1:])


def _columns(plan: Design, observed: Observed) -> Floats:
    """The steps of all changes (n, k), the judged one first: that has no introduction here."""
    judged = (observed.times >= 0) & ~observed.is_comparison
    others = [
        np.array([_phase(plan, step, int(number)) == "after" for number in observed.times])
        & (~observed.is_comparison | step.in_comparison)
        for step in plan.steps[1:]
    ]
    return np.column_stack([judged, *others]).astype(np.float64)


def _windows(
    cohort: pl.DataFrame,
    metric: Metric,
    since: datetime,
    numbers: Sequence[int],
    *,
    is_comparison: bool,
) -> tuple[Floats, Floats, Floats, NDArray[np.bool_]]:
    """Numbers, logarithms of the mean and their variances, of the windows that have one."""
    outcomes = Outcomes.of(cohort)
    starts = cohort.select(days(pl.col("entered_at") - pl.lit(since))).to_series()
    born = starts.to_numpy().astype(np.float64)
    horizon = metric.horizon_days or 0.0
    told = []
    for number in numbers:
        value = _window(outcomes, born, number * WINDOW_DAYS, horizon)
        if value is not None:
            told.append((float(number), *value))
    table = np.array(told, dtype=np.float64).reshape(len(told), 3)
    return table[:, 0], table[:, 1], table[:, 2], np.full(len(told), is_comparison)


def _window(
    outcomes: Outcomes, born: Floats, opens: float, horizon: float
) -> tuple[float, float] | None:
    """Logarithm of the mean duration at the pace of one window, and its variance."""
    closes = opens + WINDOW_DAYS
    entries = np.maximum(outcomes.entries, opens - born)
    exits = np.minimum(outcomes.followed_days, closes - born)
    there = exits > np.maximum(entries, 0.0)
    ended = (outcomes.ends > 0) & (born + outcomes.followed_days < closes)
    if int((ended & there).sum()) < _FEWEST_ENDS:
        return None
    curve = kaplan_meier(exits[there], ended[there], np.maximum(entries[there], 0.0))
    mean, variance = curve.restricted_mean(horizon)
    return (float(np.log(mean)), variance / mean**2) if mean > 0 else None

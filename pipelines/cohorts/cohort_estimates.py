"""Estimates of a cohort with their intervals, its subjects independent or not.

Subjects that enter about the same time share what happened then, and those of one item share what
that is like. Where either makes the variance larger than that of independent subjects, what it adds
is added.
"""

from collections.abc import Iterator

import numpy as np
import polars as pl

from pipelines.cohorts.cohorts import Ends, Floats, Metric, Outcomes
from pipelines.statistics.estimate import UNKNOWN, Estimate, mean, share, unbiased
from pipelines.statistics.jackknife import jackknife_variance
from pipelines.statistics.left_out import LeftOut

_GROUPS = 20
# So few items that they say little of how unlike items are.
_FEW = 10


def estimate(outcomes: Outcomes, metric: Metric) -> Estimate:
    """Estimate a metric with an interval that takes the subjects as independent."""
    one = outcomes.from_the_start()
    known = int(np.count_nonzero(one.are_known(metric)))
    return _interval(*_independent(one, metric), metric, known=known, size=_size(one, metric))


def blocked_estimate(cohort: pl.DataFrame, metric: Metric) -> Estimate:
    """Estimate a metric with an interval that does not.

    One jackknife is over twenty consecutive blocks of entry and, where an item has several
    subjects, another over twenty groups of items; as many are known then as items.
    """
    ordered = cohort.sort("entered_at", "subject_id")
    outcomes, items = Outcomes.of(ordered), _items(ordered)
    together = outcomes.together()
    one, theirs = outcomes.part(together), items[together]
    value, variance = _independent(one, metric)
    if value is None:
        return UNKNOWN
    added = 0.0
    for groups in _dependent(items):
        dependent = jackknife_variance(_without(outcomes, groups, metric), value=value)
        added += max(0.0, dependent - variance)
    known, many = len(np.unique(theirs[one.are_known(metric)])), len(np.unique(theirs))
    size = _size(one, metric) if many >= _FEW else many
    return _interval(value, variance + added, metric, known=known, size=size)


def _independent(one: Outcomes, metric: Metric) -> tuple[float | None, float]:
    """The estimate, and its variance if the subjects are independent."""
    value, variance = _value(one, metric)
    if metric.kind == "mean":
        variance = unbiased(variance, int(np.count_nonzero(one.are_known(metric))))
    return value, variance


def _value(outcomes: Outcomes, metric: Metric) -> tuple[float | None, float]:
    one = outcomes.from_the_start()
    if not len(one):
        return None, 0.0
    if metric.kind == "outcome":
        return _share_of_known(one.ends)
    if metric.horizon_days is None:
        return None, 0.0
    if metric.kind == "share":
        return one.incidence().at(metric.horizon_days)
    return one.survival().restricted_mean(metric.horizon_days)


def _without(outcomes: Outcomes, groups: Ends, metric: Metric) -> Floats:
    """The value without each group in turn; nan where there is none."""
    if metric.kind == "outcome":
        return _shares_without(outcomes, groups)
    assert metric.horizon_days is not None  # noqa: S101 - there is a value
    left = LeftOut.of(
        outcomes.followed_days,
        outcomes.ends,
        outcomes.entries,
        groups,
        horizon=metric.horizon_days,
    )
    return left.incidences() if metric.kind == "share" else left.restricted_means()


def _shares_without(outcomes: Outcomes, groups: Ends) -> Floats:
    left = (outcomes.part(groups != number).from_the_start() for number in range(groups.max() + 1))
    shares = (_share_of_known(one.ends)[0] for one in left)
    return np.array([np.nan if one is None else one for one in shares])


def _share_of_known(ends: Ends) -> tuple[float | None, float]:
    """The share with the end that counts among the subjects whose outcome is known."""
    known = ends[ends > 0]
    if not len(known):
        return None, 0.0
    value = float(np.mean(known == 1))
    return value, value * (1 - value) / len(known)


def _size(one: Outcomes, metric: Metric) -> int:
    """How many subjects tell of a share: open ones do so of an incidence alone."""
    return int(np.count_nonzero(one.ends)) if metric.kind == "outcome" else len(one)


def _items(cohort: pl.DataFrame) -> Ends:
    """The number of the item of each subject, from 0 in the order of their names."""
    named = pl.coalesce("item_id", "subject_id").rank("dense").cast(pl.Int64) - 1
    return cohort.select(named).to_series().to_numpy().astype(np.int64)


def _dependent(items: Ends) -> Iterator[Ends]:
    """Groups within which subjects, in the order of their entry, may depend on one another."""
    subjects, many = len(items), int(items.max()) + 1
    if subjects >= _GROUPS:
        yield np.arange(subjects) * _GROUPS // subjects
    if many < subjects:
        yield items % _GROUPS


def _interval(
    value: float | None, variance: float, metric: Metric, *, known: int, size: int
) -> Estimate:
    """The interval of a mean of those known, or of a share, worth at most ``size`` subjects."""
    if value is None:
        return UNKNOWN
    if metric.kind == "mean" and metric.horizon_days is not None:
        return mean(value, variance, horizon=metric.horizon_days, observations=known)
    is_certain = value in (0.0, 1.0) or variance == 0
    return share(value, variance, known if is_certain else size)

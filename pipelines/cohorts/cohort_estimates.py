"""Estimates of a cohort with their intervals, its subjects independent or not.

Subjects that enter about the same time share what happened then, and those of one item share what
that is like. Where either makes the variance larger than that of independent subjects, what it adds
is added.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from pipelines.cohorts.cohorts import Ends, Floats, Metric, Outcomes
from pipelines.cohorts.subjects import GROUPS
from pipelines.statistics.estimate import UNKNOWN, Estimate, mean, share, unbiased
from pipelines.statistics.jackknife import jackknife_variance
from pipelines.statistics.left_out import LeftOut

_GROUPS = 20
ITEM = "item_number"
"""The column of a cohort in order that tells its items apart."""
# So few items that they say little of how unlike items are.
_FEW = 10


def estimate(outcomes: Outcomes, metric: Metric) -> Estimate:
    """Estimate a metric with an interval that takes the subjects as independent."""
    one = outcomes.from_the_start()
    known = int(np.count_nonzero(one.are_known(metric)))
    return _interval(*_independent(one, metric), metric, known=known, size=_size(one, metric))


def in_order(cohort: pl.DataFrame) -> pl.DataFrame:
    """A cohort in the order of entry, its items numbered in the order of their names.

    Whoever estimates many parts of one cohort orders it once: a part of it is in order, too. Names
    have done their work then, and those of the groups are kept as numbers: parts are copies.
    """
    number = pl.coalesce("item_id", "subject_id").rank("dense")
    return (
        cohort.sort("entered_at", "subject_id")
        .with_columns(number.alias(ITEM), pl.col(GROUPS).cast(pl.Categorical))
        .drop("subject_id", "item_id")
    )


def blocked_estimate(cohort: pl.DataFrame, metric: Metric) -> Estimate:
    """Estimate a metric with an interval that does not.

    One jackknife is over twenty consecutive blocks of entry and, where an item has several
    subjects, another over twenty groups of items; as many are known then as items.
    """
    ordered = cohort if ITEM in cohort.columns else in_order(cohort)
    outcomes = Outcomes.of(ordered)
    _, items = np.unique(ordered[ITEM].to_numpy(), return_inverse=True)
    together = outcomes.together()
    one, theirs = outcomes.part(together), items[together]
    value, variance = _independent(one, metric)
    if value is None:
        return UNKNOWN
    added = 0.0
    for without in _without(outcomes, list(_dependent(items)), metric):
        added += max(0.0, jackknife_variance(without, value=value) - variance)
    known, many = _different(theirs[one.are_known(metric)]), _different(theirs)
    size = _size(one, metric) if many >= _FEW else many
    return _interval(value, variance + added, metric, known=known, size=size)


def _different(numbers: Ends) -> int:
    """How many different ones there are of numbers from 0."""
    return int(np.count_nonzero(np.bincount(numbers)))


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


def _without(outcomes: Outcomes, groupings: Sequence[Ends], metric: Metric) -> Iterator[Floats]:
    """Of every grouping the value without each group in turn; nan where there is none."""
    if metric.kind == "outcome":
        yield from (_shares_without(outcomes, groups) for groups in groupings)
        return
    assert metric.horizon_days is not None  # noqa: S101 - there is a value
    left = LeftOut(
        outcomes.followed_days, outcomes.ends, outcomes.entries, horizon=metric.horizon_days
    )
    values = left.incidences if metric.kind == "share" else left.restricted_means
    yield from (values(groups) for groups in groupings)


def _shares_without(outcomes: Outcomes, groups: Ends) -> Floats:
    many = int(groups.max()) + 1
    if np.any(outcomes.entries > 0):
        left = (outcomes.part(groups != number).from_the_start() for number in range(many))
        shares = (_share_of_known(one.ends)[0] for one in left)
        return np.array([np.nan if one is None else one for one in shares])
    known = np.bincount(groups[outcomes.ends > 0], minlength=many)
    counted = np.bincount(groups[outcomes.ends == 1], minlength=many)
    rest = known.sum() - known
    unknown = np.full(many, np.nan)
    found: Floats = np.divide(counted.sum() - counted, rest, out=unknown, where=rest > 0)
    return found


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

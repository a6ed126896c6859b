"""How much begins, bucket by bucket: on the scale of logarithms, as a duration is.

A change that makes fewer or more things begin has changed what the metric is measured on: work is
split, or no longer begun at all. A bucket in which nothing began has no value of a metric, but its
volume is known: none. Where weeks are none again and again, a mean of their logarithms is not that
of the volume: where any week is empty, months are counted. There is no volume before the first
bucket of a side, whose teams may not have existed then.
"""

from dataclasses import replace
from datetime import date

import numpy as np

from pipelines.effects.bucket_sums import next_bucket
from pipelines.effects.contrasts import Contrast, contrast
from pipelines.effects.metric_sums import MetricSums
from pipelines.effects.series import Series, numbers

_HALF = 0.5
"""Added to each count: none has a logarithm then, and that of few is not low on average."""


def volumes(sums: MetricSums, one: Contrast) -> Contrast:
    """The same design on the number of subjects that entered."""
    has_empty = any(_days(side, one) != side.bucket_on for side in _sides(one))
    counted = contrast(sums.months, one.design) if has_empty else one
    concerned, *comparison = (_volume(side, counted) for side in _sides(counted))
    return replace(
        counted,
        is_log=True,
        concerned=concerned,
        comparison=comparison[0] if comparison else None,
    )


def _sides(one: Contrast) -> list[Series]:
    return [side for side in (one.concerned, one.comparison) if side is not None]


def _days(side: Series, one: Contrast) -> tuple[date, ...]:
    """First days of all buckets from the first of a side to the last of either."""
    ends = [either.bucket_on[-1] for either in _sides(one) if either.bucket_on]
    found = list(side.bucket_on[:1])
    while found and found[-1] < max(ends):
        found.append(next_bucket(found[-1], one.unit))
    return tuple(found)


def _volume(side: Series, one: Contrast) -> Series:
    """Counts, and the variance of their logarithms if they came independently.

    The first bucket may have begun before its side did, and the last is not over. What makes
    subjects come together is for the shocks of the model.
    """
    days = _days(side, one)
    place = np.searchsorted(np.array(days), np.array(side.bucket_on))
    many = np.zeros(len(days))
    many[place] = side.subjects
    open_subjects = np.zeros(len(days), dtype=np.int64)
    open_subjects[place] = side.open_subjects
    whole = [days[0] < day < days[-1] for day in days]
    logs = np.log(many + _HALF)
    return Series(
        bucket_on=days,
        numbers=numbers(days, one.unit),
        subjects=many.astype(np.int64),
        open_subjects=open_subjects,
        is_mature=np.array(whole, dtype=bool),
        means=many,
        adjusted=many,
        values=logs,
        raw_values=logs,
        variances=1 / (many + _HALF),
        effective_teams=side.effective_teams,
        strayings=side.strayings,
    )

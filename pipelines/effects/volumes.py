"""How much begins, month by month: on the scale of logarithms, as a duration is.

A change that makes fewer or more things begin has changed what the metric is measured on: work is
split, or no longer begun at all. A bucket in which nothing began has no value of a metric, but its
volume is known: none. Weeks of few are none again and again, and a mean of such logarithms is not
that of the volume, so that months are counted. There is no volume before the first month of a side,
whose teams may not have existed then.
"""

from dataclasses import replace
from datetime import date

import numpy as np

from pipelines.effects.bucket_sums import next_bucket
from pipelines.effects.contrasts import Contrast, contrast
from pipelines.effects.designs import Design
from pipelines.effects.metric_sums import MetricSums
from pipelines.effects.series import Series, numbers

_HALF = 0.5
"""Added to each count: none has a logarithm then, and that of few is not low on average."""


def volumes(sums: MetricSums, design: Design) -> Contrast:
    """A design on the number of subjects that entered."""
    one = contrast(sums.months, design)
    sides = [side for side in (one.concerned, one.comparison) if side is not None]
    last_on = max((side.bucket_on[-1] for side in sides if side.bucket_on), default=date.min)
    concerned, *comparison = (_volume(side, last_on) for side in sides)
    return replace(
        one, is_log=True, concerned=concerned, comparison=comparison[0] if comparison else None
    )


def _volume(side: Series, last_on: date) -> Series:
    """Counts, and the variance of their logarithms if they came independently.

    Every month but the last is over. What makes them come together is for the shocks of the model.
    """
    days = _without_gaps(side.bucket_on, last_on)
    place = np.searchsorted(np.array(days), np.array(side.bucket_on))
    many = np.zeros(len(days))
    many[place] = side.subjects
    open_subjects = np.zeros(len(days), dtype=np.int64)
    open_subjects[place] = side.open_subjects
    logs = np.log(many + _HALF)
    return Series(
        bucket_on=days,
        numbers=numbers(days, "month"),
        subjects=many.astype(np.int64),
        open_subjects=open_subjects,
        is_mature=np.array([day < last_on for day in days], dtype=bool),
        means=many,
        adjusted=many,
        values=logs,
        raw_values=logs,
        variances=1 / (many + _HALF),
        effective_teams=side.effective_teams,
        strayings=side.strayings,
    )


def _without_gaps(days: tuple[date, ...], last_on: date) -> tuple[date, ...]:
    """Every month from the first of a side to the last of either."""
    found = list(days[:1])
    while found and found[-1] < last_on:
        found.append(next_bucket(found[-1], "month"))
    return tuple(found)

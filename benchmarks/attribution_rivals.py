"""What is done instead: the worst person is tested against all others, or people are compared.

Both know neither seats nor months, and both find somebody nearly always.
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import stats

from benchmarks.attribution_worlds import World

Floats = NDArray[np.float64]

_FEWEST = 15
_LEVEL = 0.05


def worst_person(one: World) -> bool:
    """Whether the worst person is significantly worse than the rest, after Bonferroni."""
    groups = _by_person(one)
    every = one.attempts["value"].to_numpy()
    least = 1.0
    for his in groups:
        others = (every.sum() - his.sum()) / max(1, len(every) - len(his))
        error = np.sqrt(his.var(ddof=1) / len(his) + every.var(ddof=1) / len(every))
        least = min(least, float(stats.norm.sf((his.mean() - others) / error)) if error else 1.0)
    return least * len(groups) < _LEVEL


def analysis_of_variance(one: World) -> bool:
    """Whether people differ, by a one-way analysis of variance."""
    groups = _by_person(one)
    return len(groups) > 1 and float(stats.f_oneway(*groups).pvalue) < _LEVEL


def _by_person(one: World) -> list[Floats]:
    """The values of each person on either side, of those with enough of them."""
    sides = [one.attempts.select("value", person=side) for side in ("sender", "receiver")]
    grouped = (
        pl.concat(sides)
        .drop_nulls()
        .group_by("person", maintain_order=True)
        .agg("value")
        .sort("person")
    )
    values = [part.to_numpy() for part in grouped["value"]]
    return [his for his in values if len(his) >= _FEWEST]

"""How far the teams of a group are from it, bucket by bucket, beyond what their work is like.

A team of three items a week has no logarithm to trust, so what it gave is set against what the
group gave in the same bucket: as a share of it for durations, as a difference for shares.
"""

import numpy as np
from numpy.typing import NDArray

from pipelines.statistics.own_shocks import Straying

Floats = NDArray[np.float64]

_FEWEST = 2
_ENOUGH = 1
"""Subjects of a team in a bucket: the mean of fewer is too crooked to be read as a shock."""
_MOST = 12
"""The largest teams of a group say enough of how teams stray."""


def strayings(
    numbers: Floats,
    subjects: Floats,
    total: Floats,
    expected: Floats,
    *,
    spread: Floats,
    is_share: bool,
) -> tuple[Straying, ...]:
    """The largest teams of a group; none where it is a single team.

    Args:
        numbers: of the buckets (b,).
        subjects: how many there were, by team and bucket (t, b).
        total: what they gave (t, b).
        expected: what was usual of such work before the change (t, b).
        spread: variance of what one subject gives, on the working scale (b,).
        is_share: whether the working scale is that of shares.
    """
    if len(subjects) < _FEWEST or not subjects.any():
        return ()
    strays = _differences if is_share else _factors
    weights = subjects.sum(axis=1) / subjects.sum()
    found = []
    for team in np.argsort(-weights, kind="stable")[:_MOST]:
        values = strays(subjects, total, expected, int(team))
        told = np.isfinite(values) & (subjects[team] >= _ENOUGH)
        # A team is a part of the group from which it strays.
        apart = 1 - 2 * float(weights[team]) + float((weights**2).sum())
        variances = apart * spread[told] / subjects[team][told]
        found.append(Straying(numbers[told], values[told], variances, apart))
    return tuple(found)


def _factors(subjects: Floats, total: Floats, expected: Floats, team: int) -> Floats:
    del subjects
    own = _quotient(total[team], expected[team])
    return _quotient(own, _quotient(total.sum(axis=0), expected.sum(axis=0))) - 1


def _differences(subjects: Floats, total: Floats, expected: Floats, team: int) -> Floats:
    excess = total - expected
    own = _quotient(excess[team], subjects[team])
    return own - _quotient(excess.sum(axis=0), subjects.sum(axis=0))


def _quotient(part: Floats, whole: Floats) -> Floats:
    """Element by element; nan where there is nothing to divide by."""
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)

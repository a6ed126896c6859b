"""How far the teams of a group are from it, bucket by bucket, beyond what their work is like.

A team of three items a week has no logarithm to trust, so what it gave is set against what the
group gave in the same bucket: as a share of it for durations, as a difference for shares.
"""

import numpy as np
from numpy.typing import NDArray

from pipelines.statistics.own_shocks import Straying

Floats = NDArray[np.float64]

_FEWEST = 2
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
    table = _differences(subjects, total - expected) if is_share else _factors(total, expected)
    weights = subjects.sum(axis=1) / subjects.sum()
    found = []
    for team in np.argsort(-weights, kind="stable")[:_MOST]:
        told = np.isfinite(table[team])
        # A team is a part of the group from which it strays.
        apart = 1 - 2 * float(weights[team]) + float((weights**2).sum())
        variances = apart * spread[told] / subjects[team][told]
        found.append(Straying(numbers[told], table[team][told], variances, apart))
    return tuple(found)


def _factors(total: Floats, expected: Floats) -> Floats:
    """What each team gave of what is usual for it, in that of the group, less 1 (t, b)."""
    group = _quotient(total.sum(axis=0), expected.sum(axis=0))
    return _quotient(_quotient(total, expected), np.broadcast_to(group, total.shape)) - 1


def _differences(subjects: Floats, excess: Floats) -> Floats:
    """How much more each team gave than is usual for it, less that of the group (t, b)."""
    return _quotient(excess, subjects) - _quotient(excess.sum(axis=0), subjects.sum(axis=0))


def _quotient(part: Floats, whole: Floats) -> Floats:
    """Element by element; nan where there is nothing to divide by."""
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)

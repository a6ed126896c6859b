"""How many parties actually share something: 1 is one alone, 2 an evenly joint pair.

Two numbers that answer the same question. The inverse of the sum of squared shares (Simpson 1949)
is led by those who act often; the exponential of the entropy (Hill 1973) is more sensitive to
those who act rarely. Both are corrected for small numbers, and neither knows who the parties are.
"""

import numpy as np
from numpy.typing import NDArray

from pipelines.statistics.cluster_bootstrap import percentile_interval, resampled
from pipelines.statistics.estimate import UNKNOWN, Estimate, share

Floats = NDArray[np.float64]


def effective_number(counts: Floats) -> Floats:
    """Inverse of the unbiased sum of squared shares, ``sum n (n - 1) / (N (N - 1))``.

    Unbiased is the sum, not its inverse: of m parties with N acts, N > m, the result lies between
    1 and ``m (N - 1) / (N - m)``, which it reaches where all act equally often. Where every act is
    of another party the sum is 0; the result is N then, and never more.

    Args:
        counts: how often each party acted, of shape (..., m).

    Returns:
        Of shape (...); nan where nobody acted.
    """
    total = counts.sum(axis=-1)
    # One act alone has no pair; it is of one party.
    pairs = np.maximum(total * (total - 1), 1.0)
    alike = (counts * (counts - 1)).sum(axis=-1) / pairs
    least = 1 / np.maximum(total, 1.0)
    number: Floats = np.where(total > 0, 1 / np.maximum(alike, least), np.nan)
    return number


def entropy_number(counts: Floats) -> float:
    """Exponential of the entropy of the shares, with the correction of Miller (1955).

    Args:
        counts: how often each party acted, of shape (m,), somebody at least once.
    """
    acted = counts[counts > 0]
    shares = acted / acted.sum()
    entropy = -float(np.sum(shares * np.log(shares)))
    return float(np.exp(entropy + (len(acted) - 1) / (2 * acted.sum())))


def concentration(counts: Floats) -> Estimate:
    """The effective number over clusters, with the interval of a bootstrap over them.

    One cluster has a value and no interval, and so have several that are all alike. Where one party
    alone acted there is no spread to draw from either: the upper end is then that of a second party
    with the share that may have been missed in as many subjects as clusters (Wilson).

    Args:
        counts: how often each party acted in each cluster, of shape (K, m).
    """
    total = counts.sum(axis=0)
    if total.sum() == 0:
        return UNKNOWN
    value = float(effective_number(total))
    if len(counts) == 1:
        return Estimate(value)
    if np.count_nonzero(total) == 1:
        missed = min(share(0.0, 0.0, len(counts)).high or 0.0, 0.5)
        return Estimate(value, value, 1 / ((1 - missed) ** 2 + missed**2))
    low, high = percentile_interval(effective_number(resampled(counts)))
    if low == high:
        return Estimate(value)
    return Estimate(
        value,
        None if low is None else min(low, value),
        None if high is None else max(high, value),
    )

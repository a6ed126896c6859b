"""The bootstrap over clusters: items of one team and week, or of one epic, are not independent.

Whole clusters are drawn again, with replacement, and only their sums are needed for it: every
statistic that is a function of sums costs one product of matrices. Percentile interval of 999 draws
(Davison and Hinkley 1997, section 5.3.1). Few clusters cannot be drawn from; their own estimates
then have a t interval (Ibragimov and Müller 2010), which holds however unlike they are. Draws are
sums of whole numbers, so that they are the same to the last bit on every machine.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from pipelines.statistics.estimate import LEVEL, UNKNOWN, Estimate, share

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

DRAWS = 999
SEED = 20_260_101
FEW_CLUSTERS = 10
_OUTER = (2.5, 97.5)
# Whole numbers below 2**53 are exact; one bit is left for rounding to them.
_EXACT_BITS = 52
# Ratios of clusters that differ by no more than this part of them are alike.
_ROUNDING = 1e-12
# Draws are made in blocks, so that a thousand of many clusters fit in memory.
_BLOCK = 4_000_000


def cluster_sums(values: Floats, clusters: Integers) -> Floats:
    """Sums of each cluster, in the order of their labels.

    Args:
        values: of shape (n,) or (n, k), one row for each subject.
        clusters: the label of each subject's cluster, any integers.

    Returns:
        Of shape (K, k), one row for each distinct label.
    """
    labels, places = np.unique(clusters, return_inverse=True)
    columns = values[:, None] if values.ndim == 1 else values
    sums = np.zeros((len(labels), columns.shape[1]))
    np.add.at(sums, places, columns)
    return sums


def resampled(sums: Floats, *, seed: int = SEED) -> Floats:
    """Sums over as many clusters as there are, drawn with replacement: (K, k) to (DRAWS, k).

    Equal sums and seed give equal draws, so that two statistics of the same clusters can be
    subtracted or ranked draw by draw.
    """
    many = len(sums)
    drawn = np.zeros((DRAWS, sums.shape[1]))
    if many == 0:
        return drawn
    random = np.random.Generator(np.random.PCG64(seed))
    scales = _scales(sums)
    whole = np.rint(np.ldexp(sums, scales))
    block = max(1, _BLOCK // many)
    for first in range(0, DRAWS, block):
        weights = _weights(random, many, draws=min(block, DRAWS - first))
        drawn[first : first + len(weights)] = weights @ whole
    return np.ldexp(drawn, -scales)


def _scales(sums: Floats) -> NDArray[np.int32]:
    """The powers of two at which each column is as good as whole, and any draw of it exact.

    A product of matrices adds up in an order that depends on the processor and its threads; sums of
    whole numbers below 2**53 do not care.
    """
    reach: NDArray[np.int32] = np.frexp(len(sums) * np.abs(sums).max(axis=0))[1]
    scales: NDArray[np.int32] = _EXACT_BITS - reach
    return scales


def _weights(random: np.random.Generator, many: int, *, draws: int) -> Floats:
    """How often each cluster is in each draw: multinomial, counted, which is faster than drawn."""
    hits = random.integers(0, many, size=(draws, many))
    hits += many * np.arange(draws)[:, None]
    counts = np.bincount(hits.ravel(), minlength=draws * many)
    return counts.reshape(draws, many).astype(np.float64)


def percentile_interval(draws: Floats) -> tuple[float | None, float | None]:
    """The 2.5 and 97.5 percentile of draws (DRAWS,); nan, a draw without a value, is left out.

    Of 999 these are the 25th from below and from above. Both None where no draw has a value.
    """
    known = draws[~np.isnan(draws)]
    if len(known) == 0:
        return None, None
    low, high = np.percentile(known, _OUTER, method="weibull")
    return float(low), float(high)


def ratio(
    numerators: Floats, denominators: Floats, clusters: Integers, *, is_share: bool = False
) -> Estimate:
    """A sum over a sum, with its interval over the clusters; it always holds the value.

    A cluster whose denominator is 0 does not count among the few. One alone has a value and no
    interval, and so has a rate that is the same in all clusters, which tell nothing of its spread.
    With nothing in the denominator nothing is known.

    Args:
        numerators: what is counted, of each subject (n,).
        denominators: out of what, or in how much exposure, of each subject (n,).
        clusters: label of each subject's cluster.
        is_share: no more than the whole can be counted. A share that is the same in all clusters,
            as one of 0 or 1 is, then has the Wilson interval of as many subjects as clusters.
    """
    sums = cluster_sums(np.column_stack([numerators, denominators]), clusters)
    counted, whole = (float(total) for total in sums.sum(axis=0))
    if whole == 0:
        return UNKNOWN
    value = counted / whole
    exposed = sums[sums[:, 1] != 0]
    estimates = exposed[:, 0] / exposed[:, 1]
    if np.ptp(estimates) <= _ROUNDING * abs(value):
        alone = len(estimates) == 1 or not is_share
        return Estimate(value) if alone else share(value, 0.0, len(estimates))
    floor = 0.0 if (sums >= 0).all() else -np.inf
    low, high = (
        _t_interval(value, estimates)
        if len(estimates) < FEW_CLUSTERS
        else percentile_interval(_quotients(resampled(sums)))
    )
    return _around(value, low, high, within=(floor, 1.0 if is_share else np.inf))


def _t_interval(centre: float, estimates: Floats) -> tuple[float, float]:
    many = len(estimates)
    spread = float(np.std(estimates, ddof=1)) / many**0.5
    margin = float(stdtrit(many - 1, (1 + LEVEL) / 2)) * spread
    return centre - margin, centre + margin


def _quotients(draws: Floats) -> Floats:
    whole = draws[:, 1]
    quotients = np.full(len(draws), np.nan)
    np.divide(draws[:, 0], whole, out=quotients, where=whole != 0)
    return quotients


def _around(
    value: float, low: float | None, high: float | None, *, within: tuple[float, float]
) -> Estimate:
    """The interval as far as it can reach, and at least to the value."""
    least, most = within
    return Estimate(
        value,
        None if low is None else min(value, max(low, least)),
        None if high is None else max(value, min(high, most)),
    )

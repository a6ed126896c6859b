"""The noise of a step series: its covariance at every point of a grid.

Sampling noise, drifts and a wave of the year are the same at every point; what differs is how long
shocks last, how strong those are that each series has for itself, and how strong those of both.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from pipelines.statistics.step_series import Observed, Priors

Floats = NDArray[np.float64]

_LONGEST_MEMORY = 0.985
_FEWEST = 1e-12
"""Least variance of a bucket: below it a matrix is as good as singular."""


def noises(
    observed: Observed, priors: Priors, *, year: float, grid: tuple[int, int]
) -> Iterator[Floats]:
    """The covariance (n, n) at each point of the grid: of memory, of own, of common strength.

    Args:
        observed: the series.
        priors: of its nuisances.
        year: length of a year, in buckets.
        grid: how many memories, and how many strengths of either kind.
    """
    memories, strengths = grid
    apart = np.abs(observed.times[:, None] - observed.times[None, :]).astype(np.int64)
    scale = np.sqrt(observed.own_scales)
    alike = observed.is_comparison[:, None] == observed.is_comparison[None, :]
    together = alike * scale[:, None] * scale[None, :]
    fixed = np.diag(np.maximum(observed.variances, _FEWEST)) + _drifts(observed, priors)
    if priors.season > 0:
        turns = waves(observed, year=year)
        fixed = fixed + priors.season**2 * sum(np.outer(wave, wave) for wave in turns)
    common = half_normal(priors.common_shock, strengths)
    for memory in memory_lengths(memories):
        shock = (memory ** np.arange(apart.max(initial=0) + 1))[apart]
        for own in half_normal(priors.shock, strengths):
            alone = own**2 * (shock * together) + fixed
            for strength in common:
                yield alone + strength**2 * shock


def memory_lengths(points: int) -> Floats:
    """Correlations of one bucket with the next."""
    return np.linspace(0.0, _LONGEST_MEMORY, points)


def half_normal(scale: float, points: int) -> Floats:
    """Points of equal weight of a half-normal distribution."""
    middles = (np.arange(points) + 0.5) / points
    strengths: Floats = scale * ndtri((1 + middles) / 2)
    return strengths


def waves(observed: Observed, *, year: float) -> list[Floats]:
    """The two waves of a year, each (n,)."""
    turn = 2 * np.pi * observed.times / year
    return [np.sin(turn), np.cos(turn)]


def _drifts(observed: Observed, priors: Priors) -> Floats:
    span = np.ptp(observed.times)
    path = (
        (observed.times - observed.times.mean()) / span
        if span > 0
        else np.zeros_like(observed.times)
    )
    drift: Floats = priors.drift**2 * np.outer(path, path)
    if observed.has_comparison():
        own = np.where(observed.is_comparison, 0.0, path)
        drift = drift + priors.own_drift**2 * np.outer(own, own)
    return drift

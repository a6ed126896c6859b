"""What moves a step series and is no step: shocks at points of a grid, drifts, a yearly wave."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from pipelines.statistics.shock_filter import Shocks
from pipelines.statistics.step_series import Observed, Priors

Floats = NDArray[np.float64]

_LONGEST_MEMORY = 0.985


def shock_grid(priors: Priors, grid: tuple[int, int]) -> Shocks:
    """The points of a grid: of memory, of own, of common strength.

    Args:
        priors: how strong shocks may be.
        grid: how many memories, and how many strengths of either kind.
    """
    memories, strengths = grid
    points = np.meshgrid(
        memory_lengths(memories),
        half_normal(priors.shock, strengths),
        half_normal(priors.common_shock, strengths),
        indexing="ij",
    )
    return Shocks(*(axis.ravel() for axis in points))


def memory_lengths(points: int) -> Floats:
    """Correlations of one bucket with the next."""
    return np.linspace(0.0, _LONGEST_MEMORY, points)


def half_normal(scale: float, points: int) -> Floats:
    """Points of equal weight of a half-normal distribution."""
    middles = (np.arange(points) + 0.5) / points
    strengths: Floats = scale * ndtri((1 + middles) / 2)
    return strengths


def paths(observed: Observed, priors: Priors, *, year: float) -> Floats:
    """Drifts and waves of a year, where there may be any: each as one standard deviation (n, p)."""
    span = np.ptp(observed.times)
    path = (observed.times - observed.times.mean()) / (span if span > 0 else 1.0)
    own = np.where(observed.is_comparison, 0.0, path) * observed.has_comparison()
    found = [priors.drift * path, priors.own_drift * own]
    found += [priors.season * wave for wave in waves(observed, year=year)]
    moving = [one for one in found if one.any()]
    return np.column_stack(moving) if moving else np.zeros((len(path), 0))


def waves(observed: Observed, *, year: float) -> list[Floats]:
    """The two waves of a year, each (n,)."""
    turn = 2 * np.pi * observed.times / year
    return [np.sin(turn), np.cos(turn)]

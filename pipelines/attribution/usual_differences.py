"""How much seats and people differ as a matter of course, by a measure one culprit cannot move.

The median distance of their means from the median of these (MAD). A standard deviation would
include the very seat that is looked for, and with few seats make it look usual.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipelines.attribution.seat_cells import SeatCells

Floats = NDArray[np.float64]

_FEWEST_ITEMS = 15
_OF_NORMAL = 1.4826
"""Standard deviation of a normal distribution by its MAD."""
_SMALL_SAMPLE = 0.8
"""A MAD of n is too small by n / (n - 0.8), nearly (Croux and Rousseeuw 1992)."""


def usual_differences(cells: SeatCells) -> tuple[float, float]:
    """Robust standard deviations of the means of teams and of people, sampling noise included."""
    items = cells.items.astype(np.float64)
    months = np.bincount(cells.month, items, len(cells.months))
    level = np.bincount(cells.month, items * cells.values, len(cells.months))
    left = cells.values - (level / np.maximum(months, 1.0))[cells.month]
    return _robust(cells.seated(), left, items), _robust(cells.held(), left, items)


def _robust(columns: sparse.csr_array, left: Floats, items: Floats) -> float:
    counted = items @ columns
    enough = counted >= _FEWEST_ITEMS
    many = int(enough.sum())
    if many <= 1:
        return float("inf")
    means = ((items * left) @ columns)[enough] / counted[enough]
    distance = float(np.median(np.abs(means - np.median(means))))
    return _OF_NORMAL * distance * many / (many - _SMALL_SAMPLE)

"""The covariance of the noise of a step series, written out."""

import numpy as np
from numpy.typing import NDArray

from pipelines.statistics.step_series import Observed

Floats = NDArray[np.float64]


def written_out(observed: Observed, memory: float, own: float, common: float) -> Floats:
    """Of each bucket with each (n, n)."""
    lasting = memory ** np.abs(observed.times[:, None] - observed.times)
    same = observed.is_comparison[:, None] == observed.is_comparison
    alone = own**2 * same * np.sqrt(np.outer(observed.own_scales, observed.own_scales))
    noise: Floats = np.diag(observed.variances) + lasting * (alone + common**2)
    return noise

"""The jackknife over groups: how far an estimate depends on each group of its subjects.

Subjects of one group may depend on one another in any way; the variance is that of the group. After
Kuensch (1989) for consecutive blocks, and Shao and Tu (1995), section 2.3, for groups at random.
"""

import numpy as np
from numpy.typing import NDArray


def jackknife_variance(without: NDArray[np.float64], *, value: float) -> float:
    """The variance of an estimate whose subjects depend on one another within groups.

    Args:
        without: the estimate without each group in turn; nan where there is none.
        value: the estimate of all, which then stands.
    """
    many = len(without)
    values = np.where(np.isnan(without), value, without)
    return (many - 1) / many * float(((values - values.mean()) ** 2).sum())

"""The jackknife over groups: what an estimate is without each group of subjects in turn.

Subjects of one group may depend on one another in any way; the variance is that of the group. After
Kuensch (1989) for consecutive blocks, and Shao and Tu (1995), section 2.3, for groups at random.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray


def jackknife_variance(
    estimate: Callable[[NDArray[np.bool_]], float | None],
    groups: NDArray[np.int64],
    *,
    value: float,
) -> float:
    """The variance of an estimate whose subjects depend on one another within groups.

    Args:
        estimate: the estimate of some of the subjects, given as a mask over all.
        groups: number of the group of each subject, from 0 without a gap; 0 for all of one group.
        value: the estimate of all, which stands where there is none without a group.
    """
    many = int(groups.max()) + 1
    left_out = (estimate(groups != number) for number in range(many))
    values = np.array([value if one is None else one for one in left_out])
    return (many - 1) / many * float(((values - values.mean()) ** 2).sum())

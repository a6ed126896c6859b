"""How much begins, bucket by bucket: on the scale of logarithms, as a duration is.

A change that makes fewer or more things begin has changed what the metric is measured on: work is
split or batched, or no longer begun at all.
"""

from dataclasses import replace

import numpy as np

from pipelines.effects.contrasts import Contrast
from pipelines.effects.series import Series


def volumes(one: Contrast) -> Contrast:
    """The same design on the number of subjects that entered."""
    return replace(
        one,
        is_log=True,
        concerned=_volume(one.concerned),
        comparison=None if one.comparison is None else _volume(one.comparison),
    )


def _volume(side: Series) -> Series:
    """Counts, and the variance of their logarithms if they came independently.

    Every bucket but the last is over. What makes them come together is for the shocks of the model.
    """
    many = side.subjects.astype(np.float64)
    over = np.ones(len(many), dtype=bool)
    over[-1:] = False
    logs = np.log(many)
    return replace(
        side,
        is_mature=over,
        means=many,
        adjusted=many,
        values=logs,
        raw_values=logs,
        variances=1 / many,
    )

"""The time before a change, and what other changes did in it.

What is asked of that time, whether it drifted, was bad, or had dates that look like a change, is
asked of what no declared change made: a step that an earlier one brought is no drift.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.effects.contrasts import Contrast, independent, observe, only_before
from pipelines.effects.step_fits import step_model
from pipelines.statistics.step_series import Observed

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Before:
    """The buckets before a change."""

    observed: Observed
    others: Floats
    """The steps of other changes in them (n, k), each told apart from the rest."""

    @classmethod
    def of(cls, one: Contrast) -> "Before":
        """Those of a contrast."""
        observed, columns = observe(one, keep=only_before)
        return cls(observed, independent(observed, columns[:, 1:]))

    def with_others(self, column: Floats) -> Floats | None:
        """A column (n,) beside those of the others; None where they make it up already."""
        columns = independent(self.observed, np.column_stack([self.others, column]))
        if columns.shape[1] <= self.others.shape[1]:
            return None
        return np.column_stack([column, self.others])

    def apart(self, one: Contrast) -> Floats:
        """The concerned less their comparison, without what the other changes are seen to do."""
        if not self.others.shape[1]:
            return self.observed.apart()
        found = step_model(one, self.observed).fit(self.others)
        return self.observed.less(self.others @ found.expected()).apart()

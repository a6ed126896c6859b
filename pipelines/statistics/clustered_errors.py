"""What a weighted sum of regression coefficients is worth where rows of a cluster go together.

The bias-reduced variance CR2 (Bell and McCaffrey 2002): residuals of a cluster are smaller than
what they stand for, the more so the more of the fit hangs on it, and are brought back by the
inverse root of what the fit leaves of them. Degrees of freedom are Satterthwaite's: twelve teams of
which one has half of the items are worth four and not eleven (Pustejovsky and Tipton 2018). Where
clusters are equal, both come to what the plain sandwich with t(G - 1) says; where they are not,
that one is too sure of itself.

Everything is reckoned in coordinates in which the columns are orthonormal. What the fit takes from
a cluster is then the matrix of its own products, and no matrix has as many rows as a cluster.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from pipelines.statistics.estimate import t_margin

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_NOTHING = 1e-9
"""Of a share: what is smaller is rounding."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Of a weighted sum of coefficients."""

    variance: float
    degrees: float
    """Of freedom; one where nearly all hangs on a single cluster."""

    def margin(self) -> float:
        """Half the width of the 95 % interval."""
        return t_margin(self.variance, self.degrees)

    def p_value(self, value: float) -> float:
        """Two-sided, of a sum that is this, against nothing."""
        if self.variance == 0:
            return float(value == 0)
        return 2 * float(stdtr(self.degrees, -abs(value) / np.sqrt(self.variance)))


class ClusteredErrors:
    """Least squares of rows that lie cluster by cluster.

    Args:
        design: the columns (n, k), of full rank. Means of groups may have been taken out of them if
            each group lies within one cluster; that leaves the result as it is.
        left: the residuals (n).
        starts: where each cluster begins, and, last, where all end (G + 1).
    """

    def __init__(self, design: Floats, left: Floats, starts: Integers) -> None:
        """Take the rows in; nothing as long as they are is kept."""
        self._root = np.linalg.inv(np.linalg.cholesky(design.T @ design)).T
        columns, many = design @ self._root, design.shape[1]
        parts = [slice(first, last) for first, last in pairwise(starts.tolist())]
        products = [columns[one].T @ columns[one] for one in parts]
        scores = [columns[one].T @ left[one] for one in parts]
        self._taken = np.array(products).reshape(len(parts), many, many)
        self._raised, self._alone = _inverse_roots(self._taken)
        self._scores = np.einsum(
            "gij,gj->gi", self._raised, np.array(scores).reshape(len(parts), many)
        )

    def of(self, weights: Floats) -> Spread | None:
        """The spread of the sum; None where one cluster alone decides on a part of it."""
        sought = self._root.T @ weights
        length = float(np.linalg.norm(sought))
        if length == 0 or np.square(self._alone @ sought).sum() > _NOTHING * length**2:
            return None
        raised = self._raised @ sought
        taken = np.einsum("gij,gj->gi", self._taken, raised)
        own, lost = (raised * taken).sum(axis=1), np.square(taken).sum(axis=1)
        shared = taken.T @ taken
        square = float((own * own - 2 * own * lost).sum() + np.square(shared).sum())
        variance = float(np.square(self._scores @ sought).sum())
        return Spread(variance, float((own - lost).sum()) ** 2 / square)


def _inverse_roots(taken: Floats) -> tuple[Floats, Floats]:
    """``(1 - taken) ** -0.5`` of each, and the directions (d, k) that one cluster alone decides on.

    There its residuals are nought, whatever is true, and nothing can be brought back.
    """
    shares, axes = np.linalg.eigh(taken)
    rest = 1 - shares
    factors = np.where(rest > _NOTHING, 1 / np.sqrt(np.maximum(rest, _NOTHING)), 0.0)
    roots: Floats = np.einsum("gij,gj,gkj->gik", axes, factors, axes)
    return roots, axes.transpose(0, 2, 1)[rest <= _NOTHING]

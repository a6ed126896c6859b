"""Sparse indicator matrices: which of many things each row has."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Places = NDArray[np.int64]


def indicators(rows: Places, columns: Places, shape: tuple[int, int]) -> sparse.csr_array:
    """1 at each of these places, however often it is named, and nothing elsewhere."""
    found = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    found.sum_duplicates()
    found.data[:] = 1.0
    return found

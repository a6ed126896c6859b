"""Errors of clusters written out row by row: by the definition and with no thought of its cost."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def starts_of(sizes: list[int]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def written_out(
    design: Floats, values: Floats, sizes: list[int], weights: Floats
) -> tuple[float, float]:
    """Variance of a weighted sum of coefficients, and its degrees of freedom."""
    inverse = np.linalg.pinv(design.T @ design)
    rest = np.eye(len(design)) - design @ inverse @ design.T
    left = rest @ values
    variance, directions = 0.0, []
    for first, last in pairwise(starts_of(sizes).tolist()):
        own = slice(first, last)
        shares, axes = np.linalg.eigh(rest[own, own])
        roots = np.where(shares > 1e-9, 1 / np.sqrt(np.maximum(shares, 1e-9)), 0.0)
        adjusted = (axes * roots) @ axes.T @ design[own] @ inverse @ weights
        variance += float(adjusted @ left[own]) ** 2
        directions.append(rest[:, own] @ adjusted)
    products = np.array(directions) @ np.array(directions).T
    return variance, float(np.trace(products)) ** 2 / float(np.square(products).sum())

"""How strong the shocks of single teams are and how long they last, read off the teams themselves.

The series of a group says little about the shocks that its teams have each for itself: there is one
of it, and it is short. Its teams say more: how far each strays from the group, beyond chance, and
how long it stays there. Each gives a restricted likelihood of an autoregression around its own
level; of k teams that stray from their common mean, k - 1 are independent, so the sum counts for
that share (a composite likelihood: Varin, Reid and Firth 2011).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack

Floats = NDArray[np.float64]

_LEAST = 1e-12


@dataclass(frozen=True, slots=True)
class Straying:
    """One team: how far it was from its group, bucket by bucket."""

    times: Floats
    values: Floats
    variances: Floats
    """Known sampling variances."""
    scale: float
    """Variance of its straying in that of its shock: a team is a part of its group."""


class OwnShocks:
    """What teams say of their shocks, remembered for each grid that asks."""

    def __init__(self, teams: Sequence[Straying]) -> None:
        """Take the teams; those of one bucket or none say nothing."""
        self._teams = [one for one in teams if len(one.times) > 1]
        self._known: dict[tuple[float, ...], Floats] = {}

    def log_likelihood(self, memories: Floats, strengths: Floats) -> Floats:
        """Of every memory (m,) with every strength of a team's shock (s,): (m, s)."""
        key = (*memories.tolist(), *strengths.tolist())
        if key not in self._known:
            total = np.zeros((len(memories), len(strengths)))
            for one in self._teams:
                total += _of_team(one, memories, strengths)
            many = max(1, len(self._teams))
            self._known[key] = total * (many - 1) / many
        return self._known[key]


def _of_team(one: Straying, memories: Floats, strengths: Floats) -> Floats:
    apart = np.abs(one.times[:, None] - one.times[None, :])
    shocks = memories[:, None, None] ** apart
    noise = (strengths**2)[None, :, None, None] * one.scale * shocks[:, None]
    noise = noise + np.diag(np.maximum(one.variances, _LEAST))
    factors = np.linalg.cholesky(noise)
    columns = np.column_stack([np.ones_like(one.values), one.values])
    size = len(one.times)
    white = np.stack(
        [lapack.dtrtrs(factor, columns, lower=1)[0] for factor in factors.reshape(-1, size, size)]
    ).reshape(*noise.shape[:2], size, 2)
    level, values = white[..., 0], white[..., 1]
    information = (level**2).sum(axis=-1)
    left = (values**2).sum(axis=-1) - (level * values).sum(axis=-1) ** 2 / information
    determinants = np.log(np.diagonal(factors, axis1=-2, axis2=-1)).sum(axis=-1)
    likelihood: Floats = -determinants - np.log(information) / 2 - left / 2
    return likelihood

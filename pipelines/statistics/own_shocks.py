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

from pipelines.statistics.shock_filter import LEAST

Floats = NDArray[np.float64]


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
            many = max(1, len(self._teams))
            total = _of_each(self._teams, memories, strengths).sum(axis=-1)
            self._known[key] = total * (many - 1) / many
        return self._known[key]


def _of_each(teams: Sequence[Straying], memories: Floats, strengths: Floats) -> Floats:
    """Restricted log likelihoods of the teams (m, s, t), all of them in one pass over the buckets.

    As :mod:`pipelines.statistics.shock_filter` does, of a single series each.
    """
    values, variances = _side_by_side(teams)
    usual = strengths[:, None] ** 2 * np.array([one.scale for one in teams])
    memory = memories[:, None, None]
    known = np.broadcast_to(usual, (len(memories), *usual.shape))
    state = np.zeros((2, *known.shape))
    information, mixed, squares, determinants = np.zeros((4, *known.shape))
    for value, variance in zip(values, variances, strict=True):
        spread = known + variance
        level, new = np.stack(np.broadcast_arrays(1.0, value))[:, None, None] - state
        information += level**2 / spread
        mixed += level * new / spread
        squares += new**2 / spread
        determinants += np.log(spread, out=np.zeros_like(spread), where=np.isfinite(spread))
        gain = known / spread
        state = memory * (state + gain * np.stack([level, new]))
        known = memory**2 * known * (1 - gain) + (1 - memory**2) * usual
    left = squares - mixed**2 / information
    likelihoods: Floats = -(determinants + np.log(information) + left) / 2
    return likelihoods


def _side_by_side(teams: Sequence[Straying]) -> tuple[Floats, Floats]:
    """Values and variances of all buckets from the first to the last (b, t).

    One that a team has not is one of which nothing is known: its variance is infinite.
    """
    first = min((one.times[0] for one in teams), default=0.0)
    last = max((one.times[-1] for one in teams), default=first - 1)
    values = np.zeros((int(last - first) + 1, len(teams)))
    variances = np.full_like(values, np.inf)
    for number, one in enumerate(teams):
        rows = (one.times - first).astype(np.intp)
        values[rows, number] = one.values
        variances[rows, number] = np.maximum(one.variances, LEAST)
    return values, variances

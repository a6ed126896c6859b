"""Would a tenure that had nothing to do with the work stand out as much?

When spells are dealt at random, effects of managers look as they do in life (Jarosiewicz and Ross
2022), so who is named has to survive that. The months of each seat are turned like a ring against
the tenures in it: what follows one another goes on doing so, and the lengths of tenures stay, but
who was there when does not. Each turn is asked how far the most conspicuous holder stands out from
the other months of his seats, and the p-value is the share of turns in which he does so at least as
much as the one who is suspected. Whoever held a seat for all time cannot stand out in it.
"""

import numpy as np
from numpy.typing import NDArray

from pipelines.statistics.cluster_bootstrap import DRAWS, SEED

Floats = NDArray[np.float64]

_LEAST = 1e-9


def scrambled_p(values: Floats, weights: Floats, held: Floats, person: int) -> float:
    """The p-value of one person among all.

    Args:
        values: what is left of each team and month (T, M); anything where the weight is 0.
        weights: precision of each (T, M).
        held: how far each person held each seat (T, M, P).
        person: place of the one who is suspected.
    """
    teams, months, people = held.shape
    if months <= 1:
        return 1.0
    gained, known = _turned(values, weights, held)
    seen = _score(gained[:, 0].sum(axis=0), known[:, 0].sum(axis=0))[person]
    random = np.random.Generator(np.random.PCG64(SEED))
    turns = random.integers(1, months, size=(DRAWS, teams))
    sums = np.zeros((2, DRAWS, people))
    for team in range(teams):
        sums[0] += gained[team, turns[:, team]]
        sums[1] += known[team, turns[:, team]]
    most = _score(sums[0], sums[1]).max(axis=1)
    return float((1 + (most >= seen - _LEAST).sum()) / (1 + DRAWS))


def _turned(values: Floats, weights: Floats, held: Floats) -> tuple[Floats, Floats]:
    """Weighted covariance with each holder, and his own spread, by team and turn (T, M, P)."""
    months = values.shape[1]
    rings = (np.arange(months)[:, None] + np.arange(months)) % months
    total = np.maximum(weights.sum(axis=1), _LEAST)
    mean = (weights * values).sum(axis=1) / total
    left = weights * (values - mean[:, None])
    gained = np.einsum("tsm,tmp->tsp", left[:, rings], held)
    turned = weights[:, rings]
    square = np.einsum("tsm,tmp->tsp", turned, held**2)
    known = square - np.einsum("tsm,tmp->tsp", turned, held) ** 2 / total[:, None, None]
    return gained, known


def _score(gained: Floats, known: Floats) -> Floats:
    score: Floats = np.where(known > _LEAST, gained / np.sqrt(np.maximum(known, _LEAST)), 0.0)
    return score

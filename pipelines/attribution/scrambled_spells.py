"""Would tenures that had nothing to do with the work stand out as much?

When spells are dealt at random, effects of managers look as they do in life (Jarosiewicz and Ross
2022), so a suspicion has to survive that. The months of each seat are shifted in a circle and
paired with the tenures of another: their order and the lengths of tenures remain, but who was there
when does not. Each time the holder is sought who stands out most from the other months of his
seats, and the p-value is the share of times in which he does so at least as much as the one who is
suspected. Whoever held a seat for all time cannot stand out in it.
"""

import numpy as np
from numpy.typing import NDArray

from pipelines.statistics.cluster_bootstrap import DRAWS, SEED

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

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
    sources, turns = _dealt(teams, months)
    seen, sums = np.zeros((2, people)), np.zeros((2, DRAWS, people))
    rings = (np.arange(months)[:, None] + np.arange(months)) % months
    for team in range(teams):
        there = np.flatnonzero(held[team].any(axis=0))
        turned = _turned(values[:, rings], weights[:, rings], held[team][:, there])
        seen[:, there] += turned[:, team, 0]
        sums[:, :, there] += turned[:, sources[:, team], turns[:, team]]
    most = _score(*sums).max(axis=1)
    return float((1 + (most >= _score(*seen)[person] - _LEAST).sum()) / (1 + DRAWS))


def _dealt(teams: int, months: int) -> tuple[Integers, Integers]:
    """Whose months are laid beside the tenures of each team, and how far turned (draws, T).

    A seat that is alone is always turned.
    """
    random = np.random.Generator(np.random.PCG64(SEED))
    sources = random.permuted(np.tile(np.arange(teams), (DRAWS, 1)), axis=1)
    return sources, random.integers(1 if teams == 1 else 0, months, size=(DRAWS, teams))


def _turned(values: Floats, weights: Floats, held: Floats) -> Floats:
    """Weighted covariance with each holder of a seat, and his own spread, by source and turn.

    Args:
        values: of all sources and turns by month (S, M, M).
        weights: the same.
        held: how far each held the seat (M, p).

    Returns:
        Of shape (2, S, M, p).
    """
    total = np.maximum(weights.sum(axis=2, keepdims=True), _LEAST)
    mean = (weights * values).sum(axis=2, keepdims=True) / total
    gained = (weights * (values - mean)) @ held
    known = weights @ held**2 - (weights @ held) ** 2 / total
    return np.stack([gained, known])


def _score(gained: Floats, known: Floats) -> Floats:
    score: Floats = np.where(known > _LEAST, gained / np.sqrt(np.maximum(known, _LEAST)), 0.0)
    return score

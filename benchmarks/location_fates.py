"""What chance has in store for each item, drawn before anything happens.

The same numbers are used again when the organisation is simulated with a cause removed, so that
nothing but the cause differs.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.location_teams import MONTH, WORK_DAYS, Team

ROUNDS = 12
"""An item that came back so often is taken as it is."""
APPROVALS = 16
MONTHS = 12
_CV = 0.8
_DROPPED = 0.03
_PRONE = 0.4


@dataclass(frozen=True, slots=True)
class Fate:
    """One item: for each round it goes, what is drawn for it."""

    team: int
    born_at: float
    """Working days since the beginning."""
    work: float
    shaping: tuple[float, ...]
    deciding: tuple[float, ...]
    """Of each wait for a decision, its length over the mean."""
    is_dropped: bool
    proneness: tuple[float, float]
    """To be found not ready, and to change while it is built: factors on the chance."""
    readiness: tuple[float, ...]
    scope: tuple[float, ...]
    scope_at: tuple[float, ...]
    """At which part of the work the scope changes."""
    added: tuple[float, ...]
    """By which part of the work it grows."""
    returns: tuple[float, ...]
    """Whether it goes back for that, or is done on the way."""
    again: tuple[float, ...]
    """Whether a returned item is decided again."""
    depth: float
    approving: tuple[float, ...]
    """Of each approval, its length over the mean."""
    refused: tuple[float, ...]


def fates(dice: np.random.Generator, team: Team) -> list[Fate]:
    """The items of a team in the order in which they begin."""
    days = MONTHS * MONTH
    count = int(dice.poisson(team.items_a_day * days))
    born = np.sort(dice.random(count)) * days
    work = lasting(dice, (count,)) * WORK_DAYS
    # In order, so that a fate reads as it is lived.
    shaping, deciding = lasting(dice, (count, ROUNDS)), lasting(dice, (count, ROUNDS))
    dropped = dice.random(count) < _DROPPED
    prone = np.exp(dice.normal(-(_PRONE**2) / 2, _PRONE, (count, 2)))
    chances = [dice.random((count, ROUNDS)).tolist() for _ in range(6)]
    depth, approving = dice.random(count), lasting(dice, (count, APPROVALS))
    refused = dice.random((count, ROUNDS))
    return [
        Fate(*one)
        for one in zip(
            [team.number] * count,
            born.tolist(),
            work.tolist(),
            shaping.tolist(),
            deciding.tolist(),
            dropped.tolist(),
            prone.tolist(),
            *chances,
            depth.tolist(),
            approving.tolist(),
            refused.tolist(),
            strict=True,
        )
    ]


def lasting(dice: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Lognormal lengths with mean one."""
    spread = np.sqrt(np.log1p(_CV**2))
    return dice.lognormal(-(spread**2) / 2, spread, shape)

"""The figures of every cause in a scope, and what they would be had other weeks been drawn.

All weeks of a team are drawn again with replacement, as whole clusters, because what happened to a
team in a week happened to all of its items. The same draw gives all figures of all causes, so that
causes can be compared draw by draw.
"""

from dataclasses import dataclass

import numpy as np

from pipelines.constraints.cause_stays import MARK
from pipelines.constraints.cause_sums import CauseSums
from pipelines.statistics.cluster_bootstrap import DRAWS, resampled
from pipelines.statistics.estimate import FEWEST_TOLD
from pipelines.statistics.state_occupation import Floats, state_occupation

FEWEST_CLUSTERS = 10
"""Of fewer weeks other weeks cannot be drawn."""


@dataclass(frozen=True, slots=True)
class CauseFigures:
    """The figures of the causes (columns) as they are (row 0), then of every draw."""

    causes: tuple[str, ...]
    days: Floats
    """Days per item that the cause owns."""
    again: Floats
    """Days per item in a queue that a loop owns."""
    begun: Floats
    """How often an item comes to it."""
    odds: Floats
    """Of a loop: attempts sent back, in those that were not."""
    attempts: Floats
    """Of a loop: attempts that were decided (causes,), as they are."""
    items: int
    clusters: int

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to say how sure a rank is."""
        return self.items >= FEWEST_TOLD and self.clusters >= FEWEST_CLUSTERS

    def waited(self) -> Floats:
        """Days that each of those waited that came to it; nan where none did."""
        return quotient(self.days + self.again, self.begun)


def cause_figures(part: CauseSums) -> CauseFigures:
    """The figures of some cells; at an age at which nobody of them is at risk, as all cells are."""
    clusters, sums = _by_cluster(part)
    rows = np.concatenate([sums.sum(axis=0, keepdims=True), _drawn(sums)])
    size = part.sums.shape[1]
    many = len(part.causes)
    means = part.table.means(rows[:, :size], part.together)
    # A table of ages is good enough for the spread; the figures themselves are exact.
    means[:, :-1] += _exact(part) - means[0, :-1]
    decided, sent_back = rows[:, size : size + many], rows[:, size + many :]
    return CauseFigures(
        part.causes,
        means[:, :many],
        means[:, many : 2 * many],
        means[:, 2 * many : 3 * many] / MARK,
        quotient(sent_back, decided - sent_back),
        decided[0],
        int(part.items.sum()),
        clusters,
    )


def _exact(part: CauseSums) -> Floats:
    """The mean time in every state."""
    horizon = float(part.table.edges[-1])
    return state_occupation(part.lives, part.stays, states=part.table.states, horizon=horizon)


def _drawn(sums: Floats) -> Floats:
    """Draws of the columns in which there is anything; most ages know nothing of most causes."""
    used = sums.any(axis=0)
    drawn = np.zeros((DRAWS, sums.shape[1]))
    drawn[:, used] = resampled(sums[:, used])
    return drawn


def _by_cluster(part: CauseSums) -> tuple[int, Floats]:
    """How many clusters there are, and their sums: a team and a week, whatever the types."""
    key = np.array([f"{week} {team}" for week, team in zip(part.weeks, part.teams, strict=True)])
    names, clusters = np.unique(key, return_inverse=True)
    columns = np.hstack([part.sums, part.decided, part.sent_back])
    sums = np.zeros((len(names), columns.shape[1]))
    np.add.at(sums, clusters, columns)
    return len(names), sums


def quotient(part: Floats, whole: Floats) -> Floats:
    """A quotient, nan where nothing is in the denominator."""
    unknown = np.full(np.broadcast_shapes(part.shape, whole.shape), np.nan)
    found: Floats = np.divide(part, whole, out=unknown, where=whole > 0)
    return found

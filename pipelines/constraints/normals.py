"""What is normal for a cause: declared, or else shown to be possible here. Without it, no excess.

In this order: what was declared; the best quartile of at least four comparable teams; the best
quartile of at least four quarters of the same scope. The values of teams and quarters are shrunk
towards their mean as far as chance explains their differences (DerSimonian and Laird 1986), because
the best of several noisy values always looks good. What was found so is as uncertain as the data
are: it is found anew in every draw.

A normal is in the measure of its cause: days for each of those who wait; for the loop of a handoff,
attempts sent back in those that were not; for scope rework, the share of items that come to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.constraints.cause_figures import CauseFigures, cause_figures
from pipelines.constraints.cause_sums import CauseSums
from pipelines.statistics.state_occupation import Floats

DECLARED = {
    "decision_wait": "decision_wait_days",
    "approval_wait": "approval_wait_days",
    "queue": "queue_wait_days",
    "external": "external_wait_days",
    "rework": "rejection_rate",
    "scope_rework": "scope_rework_rate",
}
"""By kind of cause, the name under which what is normal for it is declared; or by its own name."""
FEWEST_COMPARED = 4
"""Teams, or quarters, of which the best quartile is taken."""
_FEWEST_CAME = 10
"""Items, or attempts, that came to a cause in each of them."""
_BEST = 0.25
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Normal:
    """What is normal, as it is (row 0) and in every draw, and where that comes from."""

    values: Floats
    source: str
    """``declared``, ``best_quartile_team`` or ``own_best_quarter``."""


@dataclass(frozen=True, slots=True)
class Normals:
    """Where to look for what is normal in a scope."""

    declared: Mapping[str, float]
    teams: Sequence[CauseFigures]
    part: CauseSums

    def of(self, causes: Sequence[str]) -> dict[str, Normal]:
        """What is normal for each of these causes of which anything says so."""
        found = {}
        for cause in causes:
            declared = declared_normal(cause, self.declared)
            if declared is not None:
                found[cause] = Normal(np.array([declared]), "declared")
            elif (best := best_quartile(self.teams, cause)) is not None:
                found[cause] = Normal(best, "best_quartile_team")
        left = [cause for cause in causes if kind_of(cause) in DECLARED and cause not in found]
        quarters = self._quarters(left) if left else []
        for cause in left:
            if (best := best_quartile(quarters, cause)) is not None:
                found[cause] = Normal(best, "own_best_quarter")
        return found

    def _quarters(self, causes: Sequence[str]) -> list[CauseFigures]:
        """The figures of each quarter of which every item could be followed long enough."""
        part = self.part.only(causes)
        months = part.weeks.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        quarters = months // 3
        mature = [
            one
            for one in np.unique(quarters)
            if part.weeks[quarters == one].max() + _WEEK <= part.mature_before
        ]
        if len(mature) < FEWEST_COMPARED:
            return []
        return [cause_figures(part.of(quarters == one)) for one in mature]


def kind_of(cause: str) -> str:
    """The kind of a cause: the word before the colon."""
    return cause.partition(":")[0]


def declared_normal(cause: str, declared: Mapping[str, float]) -> float | None:
    """What was declared for a cause, or else for its kind, in the measure of the cause."""
    kind = kind_of(cause)
    if kind not in DECLARED:
        return None
    found = declared.get(cause, declared.get(DECLARED[kind]))
    if found is None or kind != "rework":
        return found
    return found / (1 - found) if found < 1 else None


def measure(figures: CauseFigures, cause: str) -> Floats:
    """The measure of a cause, as it is and in every draw (rows,)."""
    place = figures.causes.index(cause)
    kind = kind_of(cause)
    if kind == "rework":
        return figures.odds[:, place]
    return figures.begun[:, place] if kind == "scope_rework" else figures.waited()[:, place]


def best_quartile(groups: Sequence[CauseFigures], cause: str) -> Floats | None:
    """The best quartile of a measure over groups (rows,); None of fewer than four."""
    found = list(_comparable(groups, cause))
    if len(found) < FEWEST_COMPARED:
        return None
    values = np.column_stack(found)
    variances = np.var(values[1:], axis=0, ddof=1)
    together, trust = _shrinkage(values[0], variances)
    shrunk = together + trust * (values - together)
    quartile: Floats = np.quantile(shrunk, _BEST, axis=1)
    return quartile


def _comparable(groups: Sequence[CauseFigures], cause: str) -> Iterator[Floats]:
    for group in groups:
        place = group.causes.index(cause)
        is_loop = kind_of(cause) == "rework"
        came = group.attempts[place] if is_loop else group.begun[0, place] * group.items
        values = measure(group, cause)
        if group.is_enough and came >= _FEWEST_CAME and np.isfinite(values[0]):
            # A draw in which nobody came says nothing new.
            yield np.where(np.isfinite(values), values, values[0])


def _shrinkage(values: Floats, variances: Floats) -> tuple[float, Floats]:
    """The common mean, and how far each value is to be trusted to differ from it."""
    weights = 1 / np.maximum(variances, 1e-12)
    mean = float((weights * values).sum() / weights.sum())
    excess = float((weights * (values - mean) ** 2).sum()) - (len(values) - 1)
    scale = float(weights.sum() - (weights**2).sum() / weights.sum())
    between = max(0.0, excess / scale) if scale > 0 else 0.0
    weights = 1 / (np.maximum(variances, 1e-12) + between)
    return float((weights * values).sum() / weights.sum()), between / (
        between + np.maximum(variances, 1e-12)
    )

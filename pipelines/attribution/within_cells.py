"""What rules cost: items of one team and month compared with one another.

Values are regressed on the exposures after team, month and kind of item are taken out, and with
them nearly all that holders differ in: a rule that bites is seen between two items that the same
people handed over in the same month. Of each rule: its coefficient, the share of items exposed, and
the excess, which is what the average item would be spared without it.

Intervals let the cost differ from team to team: clustered by team with t(G - 1) (CRV1; Liang and
Zeger 1986), or, of fewer than eight, from the spread of the teams' own coefficients (Ibragimov and
Müller 2010). Fewer than three teams say nothing of that; their months are the clusters then. Since
several rules are looked at, each also has a p-value by months, times the number of rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import stdtr

from pipelines.statistics.estimate import UNKNOWN, Estimate, t_margin

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Evaluable: TypeAlias = Literal["evaluable", "no_variation", "entangled"]

ENOUGH_TEAMS = 8
"""From here on residuals by team are enough; below it each team's own coefficient is asked."""
_FEWEST_TEAMS = 3
_ALIKE = 1e-8
"""Part of a column's spread that must be its own for its coefficient to be told from others."""


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """One exposure."""

    name: str
    evaluable: Evaluable
    """Whether items of one cell differ in it at all, and not only as another exposure does."""
    exposed: float
    """Its mean over all items."""
    coefficient: Estimate
    """On the value, for an item that meets it once."""
    excess: Estimate
    """Coefficient times exposed."""
    p_value: float | None
    """Two-sided, for all rules that were looked at."""


@dataclass(frozen=True, slots=True)
class RuleFit:
    """All exposures, and what is needed to take them out of the values."""

    rules: tuple[RuleEffect, ...]
    excess: Estimate
    """Of all evaluable rules together."""
    shifts: dict[str, float]
    """Coefficient of each evaluable exposure."""
    kinds: dict[str, float]
    """What each kind of item adds; those not named add nothing."""
    noise: float
    """Variance of an item within its cell."""


def within_cells(rows: pl.DataFrame, exposures: Sequence[str]) -> RuleFit:
    """Fit the exposures; rows as :func:`pipelines.attribution.handed_over.ordered` leaves them."""
    named = sorted(rows["kind"].unique())[1:]
    raw = np.column_stack(
        [(rows["kind"] == kind).to_numpy().astype(np.float64) for kind in named]
        + [rows[name].to_numpy() for name in exposures]
        + [rows["value"].to_numpy()]
    )
    cells = _starts(rows, "team", "month")
    centred = _centred(raw, cells)
    columns, values = centred[:, :-1], centred[:, -1]
    kept = _identified(columns.T @ columns)
    design = columns[:, kept]
    bread = np.asarray(np.linalg.inv(design.T @ design), dtype=np.float64)
    beta = bread @ (design.T @ values)
    left = values - design @ beta
    degrees = max(1, len(rows) - (len(cells) - 1) - len(kept))
    fitted = _Fitted(design, values, beta, bread, design * left[:, None])
    by_name = dict(zip(kept, beta, strict=True))
    first = len(named)
    means = raw[:, first:-1].mean(axis=0) if len(rows) else np.zeros(len(exposures))
    varies = np.square(columns[:, first:]).sum(axis=0) > _ALIKE
    looked_at = _Exposures(tuple(exposures), means, varies, kept - first)
    margins = _Margins(fitted, cells, _starts(rows, "team"))
    return RuleFit(
        *_effects(looked_at, margins),
        {name: by_name[i] for i, name in enumerate(exposures, len(named)) if i in by_name},
        {kind: by_name[i] for i, kind in enumerate(named) if i in by_name},
        float(left @ left) / degrees,
    )


@dataclass(frozen=True, slots=True)
class _Fitted:
    design: Floats
    values: Floats
    beta: Floats
    bread: Floats
    scores: Floats
    """Column times residual, of each item."""

    def covariance(self, starts: Integers) -> Floats:
        """CRV1 over clusters that begin at these rows; the cells lie within them and cost none."""
        sums = np.add.reduceat(self.scores, starts[:-1], axis=0)
        many, items, free = len(sums), len(self.scores), len(self.beta) + 1
        factor = many / max(1, many - 1) * (items - 1) / max(1, items - free)
        covariance: Floats = factor * self.bread @ (sums.T @ sums) @ self.bread
        return covariance

    def of_each(self, starts: Integers) -> Floats:
        """The coefficients of each cluster by itself (G, k); nan where it cannot tell."""
        own = np.full((len(starts) - 1, len(self.beta)), np.nan)
        for place, (first, last) in enumerate(pairwise(starts)):
            design = self.design[first:last]
            inner = design.T @ design
            kept = _identified(inner)
            across = design[:, kept].T @ self.values[first:last]
            own[place, kept] = np.linalg.solve(inner[np.ix_(kept, kept)], across)
        return own


@dataclass(frozen=True, slots=True)
class _Exposures:
    names: tuple[str, ...]
    means: Floats
    varies: NDArray[np.bool_]
    """Within cells."""
    kept: Integers
    """Which exposure each coefficient is of; of kinds less than 0."""


def _effects(looked_at: _Exposures, margins: "_Margins") -> tuple[tuple[RuleEffect, ...], Estimate]:
    """Each exposure, then all together."""
    effects = []
    many = int((looked_at.kept >= 0).sum())
    named = zip(looked_at.names, looked_at.means.tolist(), looked_at.varies, strict=True)
    for number, (name, mean, varies) in enumerate(named):
        unit = (looked_at.kept == number).astype(np.float64)
        if not unit.any():
            why: Evaluable = "entangled" if varies else "no_variation"
            effects.append(RuleEffect(name, why, mean, UNKNOWN, UNKNOWN, None))
            continue
        coefficient, excess = margins.estimate(unit), margins.estimate(unit * mean)
        p_value = min(1.0, many * margins.p_value(unit))
        effects.append(RuleEffect(name, "evaluable", mean, coefficient, excess, p_value))
    if many == 0:
        return tuple(effects), UNKNOWN
    rules = looked_at.kept >= 0
    weights = np.where(rules, looked_at.means[np.maximum(looked_at.kept, 0)], 0.0)
    return tuple(effects), margins.estimate(weights)


class _Margins:
    """Intervals of weighted sums of coefficients."""

    def __init__(self, fitted: _Fitted, cells: Integers, teams: Integers) -> None:
        self._fitted = fitted
        many = len(teams) - 1
        self._own = fitted.of_each(teams) if _FEWEST_TEAMS <= many < ENOUGH_TEAMS else None
        clusters = teams if many >= ENOUGH_TEAMS else cells
        self._by_cell = fitted.covariance(cells)
        self._covariance = fitted.covariance(clusters)
        self._cells = len(cells) - 1
        self._degrees = max(1, len(clusters) - 2)

    def estimate(self, weights: Floats) -> Estimate:
        """The sum with its 95 % interval."""
        value = float(weights @ self._fitted.beta)
        margin = self._of_teams(weights)
        if margin is None:
            margin = t_margin(float(weights @ self._covariance @ weights), self._degrees)
        return Estimate(value, value - margin, value + margin)

    def p_value(self, weights: Floats) -> float:
        """Two-sided, against nothing, with months of teams as clusters."""
        error = float(np.sqrt(weights @ self._by_cell @ weights))
        value = abs(float(weights @ self._fitted.beta))
        if error == 0:
            return float(value == 0)
        return 2 * float(stdtr(max(1, self._cells - 1), -value / error))

    def _of_teams(self, weights: Floats) -> float | None:
        """From the spread of the teams that can tell; None where they are too few."""
        if self._own is None:
            return None
        own = self._own[~np.isnan(self._own[:, weights != 0]).any(axis=1)]
        if len(own) < _FEWEST_TEAMS:
            return None
        sums = np.where(weights != 0, own, 0.0) @ weights
        return t_margin(float(sums.var(ddof=1)) / len(sums), len(sums) - 1)


def _starts(rows: pl.DataFrame, *keys: str) -> Integers:
    """Where each group of sorted rows begins, and, last, where all end."""
    if rows.is_empty():
        return np.zeros(1, dtype=np.int64)
    changes = rows.select(pl.struct(keys).rle_id()).to_series().to_numpy()
    starts = np.flatnonzero(np.diff(changes, prepend=-1))
    return np.append(starts, len(rows)).astype(np.int64)


def _centred(raw: Floats, starts: Integers) -> Floats:
    """Columns less their means within groups of rows."""
    if len(raw) == 0:
        return raw
    sizes = np.diff(starts)
    means = np.add.reduceat(raw, starts[:-1], axis=0) / sizes[:, None]
    centred: Floats = raw - np.repeat(means, sizes, axis=0)
    return centred


def _identified(inner: Floats) -> Integers:
    """The columns that those before them do not make up, from the products of all with all."""
    left = inner.copy()
    kept = []
    for place, spread in enumerate(np.diagonal(inner)):
        own = left[place, place]
        if own > max(_ALIKE, _ALIKE * spread):
            kept.append(place)
            left = left - np.outer(left[:, place], left[place]) / own
    return np.array(kept, dtype=np.int64)

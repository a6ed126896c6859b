"""What rules cost: items of one team and month compared with one another.

Values are regressed on the exposures after team, month and kind of item are taken out, and with
them nearly all that holders differ in: a rule that bites is seen between two items that the same
people handed over in the same month. Of each rule: its coefficient, the share of items exposed, and
the excess, which is what the average item would be spared without it.

Intervals let the cost differ from team to team: clustered by team
(:mod:`pipelines.statistics.clustered_errors`), or, where fewer than eight teams can tell, from the
spread of their own coefficients (Ibragimov and Müller 2010) if three or more can tell all rules of
a sum. Fewer than three that tell any say nothing of that; their months are the clusters then. Where
one team alone tells a part of a sum, the margins of its parts are added: no sum is less sure than
that. Since several rules are looked at, each also has a p-value by months, times the number of
rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.statistics.clustered_errors import ClusteredErrors, Spread
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
    """Whether items of one cell differ in it, in two cells at least, and not only as in another."""
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
    beta = np.asarray(np.linalg.solve(design.T @ design, design.T @ values), dtype=np.float64)
    left: Floats = values - design @ beta
    degrees = max(1, len(rows) - (len(cells) - 1) - len(kept))
    fitted = _Fitted(design, values, beta, left)
    by_name = dict(zip(kept, beta, strict=True))
    first = len(named)
    means = raw[:, first:-1].mean(axis=0) if len(rows) else np.zeros(len(exposures))
    varies = _cells_in_which(columns[:, first:], cells) > 1
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
    left: Floats
    """Residuals."""

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
    """Within two cells or more: what one month of one team says may be chance."""
    kept: Integers
    """Which exposure each coefficient is of; of kinds less than 0."""


def _effects(looked_at: _Exposures, margins: "_Margins") -> tuple[tuple[RuleEffect, ...], Estimate]:
    """Each exposure, then all together that can be told."""
    effects, all_of_them = [], np.zeros(len(looked_at.kept))
    many = int((looked_at.kept >= 0).sum())
    named = zip(looked_at.names, looked_at.means.tolist(), looked_at.varies, strict=True)
    for number, (name, mean, varies) in enumerate(named):
        unit = (looked_at.kept == number).astype(np.float64)
        p_value = margins.p_value(unit)
        if p_value is None:
            why: Evaluable = "entangled" if varies else "no_variation"
            effects.append(RuleEffect(name, why, mean, UNKNOWN, UNKNOWN, None))
            continue
        coefficient, excess = margins.estimate(unit), margins.estimate(unit * mean)
        corrected = min(1.0, many * p_value)
        effects.append(RuleEffect(name, "evaluable", mean, coefficient, excess, corrected))
        all_of_them += unit * mean
    return tuple(effects), margins.estimate(all_of_them)


class _Margins:
    """Intervals of weighted sums of coefficients."""

    def __init__(self, fitted: _Fitted, cells: Integers, teams: Integers) -> None:
        self._beta = fitted.beta
        self._own = fitted.of_each(teams)
        self._by_team = ClusteredErrors(fitted.design, fitted.left, teams)
        self._by_month = ClusteredErrors(fitted.design, fitted.left, cells)

    def estimate(self, weights: Floats) -> Estimate:
        """The sum with its 95 % interval; unknown where a single month of a team decides on it."""
        margin = self._margin(weights)
        if margin is None:
            return UNKNOWN
        value = float(weights @ self._beta)
        return Estimate(value, value - margin, value + margin)

    def p_value(self, weights: Floats) -> float | None:
        """Two-sided, against nothing, with months of teams as clusters; None as there."""
        spread = self._by_month.of(weights)
        return None if spread is None else spread.p_value(float(weights @ self._beta))

    def _margin(self, weights: Floats) -> float | None:
        own = self._own[:, weights != 0]
        telling = int((~np.isnan(own)).any(axis=1).sum())
        if telling < _FEWEST_TEAMS:
            return _half(self._by_month.of(weights))
        margin = _of_teams(own, weights[weights != 0]) if telling < ENOUGH_TEAMS else None
        if margin is None:
            margin = _half(self._by_team.of(weights))
        if margin is not None:
            return margin
        is_sum = np.count_nonzero(weights) > 1
        return self._added(weights) if is_sum else _half(self._by_month.of(weights))

    def _added(self, weights: Floats) -> float | None:
        """The margins of the parts of a sum together, which that of the sum cannot exceed."""
        parts = [self._margin(row) for row in np.diag(weights) if row.any()]
        known = [part for part in parts if part is not None]
        return sum(known) if len(known) == len(parts) else None


def _half(spread: Spread | None) -> float | None:
    return None if spread is None else spread.margin()


def _of_teams(own: Floats, weights: Floats) -> float | None:
    """From the spread of the teams that can tell all of a sum; None where they are too few."""
    sums = own[~np.isnan(own).any(axis=1)] @ weights
    if len(sums) < _FEWEST_TEAMS:
        return None
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


def _cells_in_which(columns: Floats, starts: Integers) -> Integers:
    """In how many groups of rows each column varies about its mean there."""
    if len(columns) == 0:
        return np.zeros(columns.shape[1], dtype=np.int64)
    spread = np.add.reduceat(np.square(columns), starts[:-1], axis=0)
    many: Integers = (spread > _ALIKE).sum(axis=0)
    return many


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

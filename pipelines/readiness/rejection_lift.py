"""Rejection lift: how much likelier a rejection is where a rule fails than where it passes.

Rules fail together, and some teams and months reject more than others. The rejection of a decided
handoff (accepted, rejected or recalled) is regressed on the failures of all rules within team and
calendar month (UTC), a linear probability model. What comes again was filled in meanwhile and is
sent back less often whatever it holds: that an item was checked before, whatever became of that,
has an effect of its own. The lift of a rule compares what the model predicts for the handoffs at
which it could be judged, were it to fail and were it to pass, all else as it was: 1 predicts
nothing. A rule that could not be judged at a handoff has an effect of its own there, so that types
out of its scope are no part of either side.

There is no lift where fewer than twenty handoffs were judged and decided, where fewer than two
teams or months have both a failure and a pass, or where the failures of a rule cannot be told from
those of others. Where nobody was rejected if the rule passed, or by the model nobody would be, the
ratio is unbounded, and neither it nor a bound that lies there is given: the small rate that a model
leaves where nobody was rejected is not fit to divide by.

The interval is a bootstrap over team and month (:mod:`pipelines.statistics.cluster_bootstrap`);
its percentiles lie further out where those are few, as a t interval is wider (Hesterberg 2015).
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import ndtr, stdtrit

from pipelines.statistics.cluster_bootstrap import resampled
from pipelines.statistics.estimate import LEVEL, UNKNOWN, Estimate

Floats = NDArray[np.float64]

_ENOUGH = 20
_FEWEST_CLUSTERS = 2
_CLUSTER = ("team", "month")
_DECIDED = ("accepted", "rejected", "recalled")
# Below it, what is left of a number is rounding.
_NOTHING = 1e-9


def marked_again(checks: pl.DataFrame) -> pl.DataFrame:
    """The checks with ``is_again``: whether their item was checked before.

    Args:
        checks: item_id, checked_at: all there are. One left out, because its source was not watched
            yet or it is of another team, would make the next of its item a first one.
    """
    first_at = pl.col("checked_at").min().over("item_id")
    return checks.with_columns(is_again=pl.col("checked_at") > first_at)


def rejection_lifts(checks: pl.DataFrame) -> dict[str, Estimate]:
    """The adjusted lift of each rule, over all handoffs given.

    Args:
        checks: handoff_id, team, verdict, checked_at, is_again, rule, outcome: every rule at each
            handoff.
    """
    decided = checks.filter(pl.col("verdict").is_in(_DECIDED))
    rules = sorted(checks["rule"].unique())
    if decided.is_empty():
        return dict.fromkeys(rules, UNKNOWN)
    model = _Model.of(decided, rules)
    point = _shares(model.sums.sum(axis=0)[None, :], len(rules))[0]
    draws = _shares(resampled(model.sums), len(rules))
    point = np.where((model.refused == 0) & ~np.isnan(point), 1.0, point)
    known = model.judged >= _ENOUGH
    return {
        rule: _lift(point[place], draws[:, place], int(model.clusters[place]))
        if known[place]
        else UNKNOWN
        for place, rule in enumerate(rules)
    }


@dataclass(frozen=True, slots=True)
class _Model:
    """The regression as sums over each team and month, which is all that drawing them needs."""

    sums: Floats
    """(K, p): products of all indicators and the rejection within the cluster; then of each rule
    how many handoffs were judged, rejected of them, and failed."""
    judged: Floats
    """Of each rule, how many handoffs were judged."""
    clusters: NDArray[np.int64]
    """Of each rule, in how many clusters it both failed and passed."""
    refused: Floats
    """Of each rule, how many handoffs were rejected at which it passed."""

    @classmethod
    def of(cls, decided: pl.DataFrame, rules: list[str]) -> Self:
        """Sum up the checks of decided handoffs."""
        wide = _wide(decided, rules)
        parts = wide.partition_by(_CLUSTER, maintain_order=True, include_key=False)
        blocks = [part.to_numpy().astype(np.float64) for part in parts]
        sums = np.array([_products(block, len(rules)) for block in blocks])
        judged, _, failed = np.split(sums[:, -3 * len(rules) :], 3, axis=1)
        varies = (failed > 0) & (failed < judged)
        refused = sum(_refused(block, len(rules)) for block in blocks)
        return cls(sums, judged.sum(axis=0), varies.sum(axis=0), np.asarray(refused))


def _wide(decided: pl.DataFrame, rules: list[str]) -> pl.DataFrame:
    """One row per handoff: its cluster, what failed, was not judged, if again, if rejected."""
    outcome, rule = pl.col("outcome"), pl.col("rule")
    failed = {f"fail {one}": (outcome.filter(rule == one) == "fail").any() for one in rules}
    unknown = {
        f"unknown {one}": ~outcome.filter(rule == one).is_in(["pass", "fail"]).any()
        for one in rules
    }
    return (
        decided.group_by("handoff_id")
        .agg(
            team=pl.col("team").first(),
            month=pl.col("checked_at").dt.truncate("1mo").first(),
            **failed,
            **unknown,
            is_again=pl.col("is_again").first(),
            rejected=(pl.col("verdict") == "rejected").first(),
        )
        .sort(*_CLUSTER, "handoff_id")
        .drop("handoff_id")
    )


def _products(block: Floats, rules: int) -> Floats:
    """What one cluster adds to the sums."""
    within = block - block.mean(axis=0)
    failed, judged, rejected = block[:, :rules], 1 - block[:, rules : 2 * rules], block[:, -1]
    counts = [judged.sum(axis=0), rejected @ judged, failed.sum(axis=0)]
    return np.concatenate([(within.T @ within).ravel(), *counts])


def _refused(block: Floats, rules: int) -> Floats:
    """Of each rule, the rejected handoffs of a cluster at which it passed."""
    neither = (1 - block[:, :rules]) * (1 - block[:, rules : 2 * rules])
    rejected: Floats = block[:, -1] @ neither
    return rejected


def _shares(sums: Floats, rules: int) -> Floats:
    """What failing has of both chances of a rejection, the one if failing and the one if passing.

    (D, p) to (D, rules), in [0, 1]; nan where the effect of a rule cannot be told. A half is a lift
    of 1, and all of it a lift without end: this scale has percentiles where the ratio has none.
    """
    many = 2 * rules + 2
    products = sums[:, : many**2].reshape(-1, many, many)
    gram, towards = products[:, :-1, :-1], products[:, :-1, -1]
    inverse = np.linalg.pinv(gram, rcond=_NOTHING, hermitian=True)
    effects = np.einsum("dij,dj->di", inverse, towards)[:, :rules]
    is_told = np.einsum("dij,dji->di", inverse, gram)[:, :rules] > 1 - 1e-6
    judged, rejected, failed = np.split(sums[:, many**2 :], 3, axis=1)
    with np.errstate(invalid="ignore"):
        passing = (rejected - effects * failed) / judged
        both = np.stack([passing, passing + effects])
        chances = np.where(both > _NOTHING, both, 0.0)
        return np.where(is_told, chances[1] / chances.sum(axis=0), np.nan)


def _lift(share: float, draws: Floats, clusters: int) -> Estimate:
    """The lift and its interval, from shares of both chances."""
    if np.isnan(share) or clusters < _FEWEST_CLUSTERS:
        return UNKNOWN
    wider = (clusters / (clusters - 1)) ** 0.5 * stdtrit(clusters - 1, (1 + LEVEL) / 2)
    outside = 100 * float(ndtr(-wider))
    low, high = np.nanpercentile(draws, (outside, 100 - outside), method="weibull")
    return Estimate(_ratio(share), _ratio(min(low, share)), _ratio(max(high, share)))


def _ratio(share: float) -> float | None:
    """The lift of a share; None where it has no end."""
    return None if share >= 1 else float(share / (1 - share))

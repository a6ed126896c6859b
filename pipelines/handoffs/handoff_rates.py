"""What becomes of the attempts on each handoff, and how many an item needs.

Rejection rate and first-pass yield are incidences by a horizon, with undecided attempts censored.
The number of attempts until acceptance is counted per item: one not accepted so far is censored at
the attempts that were decided against it. Edge cases:

* An attempt without a verdict, or whose item was dropped before one, was not decided.
* What comes after the first acceptance is a late return, no further attempt to be accepted.
* An item whose first attempt came before its source was watched does not tell how many it needed.
"""

from collections.abc import Mapping
from dataclasses import astuple

import numpy as np
import polars as pl

from pipelines.cohorts import attempt_cohorts
from pipelines.cohorts.cohort_estimates import blocked_estimate
from pipelines.cohorts.cohorts import Metric, Outcomes, within_follow_up
from pipelines.cohorts.scopes import Scopes, in_each_scope
from pipelines.statistics.attempts import AttemptsNeeded, attempts_until_acceptance

HANDOFF_RATES = pl.Schema(
    {
        "scope": pl.String,
        "from_stage": pl.String,
        "to_stage": pl.String,
        "from_role": pl.String,
        "to_role": pl.String,
        "attempts": pl.Int32,
        "items": pl.Int32,
        "accepted": pl.Int32,
        "rejected": pl.Int32,
        "recalled": pl.Int32,
        "dropped": pl.Int32,
        "undecided": pl.Int32,
        "late_returns": pl.Int32,
        "skips": pl.Int32,
        "rejection_rate": pl.Float64,
        "rejection_low": pl.Float64,
        "rejection_high": pl.Float64,
        "first_pass_yield": pl.Float64,
        "first_pass_low": pl.Float64,
        "first_pass_high": pl.Float64,
        "two_attempts_share": pl.Float64,
        "two_attempts_low": pl.Float64,
        "two_attempts_high": pl.Float64,
        "three_attempts_share": pl.Float64,
        "three_attempts_low": pl.Float64,
        "three_attempts_high": pl.Float64,
        "mean_attempts": pl.Float64,
        "mean_attempts_low": pl.Float64,
        "mean_attempts_high": pl.Float64,
        "rework_days": pl.Float64,
        "median_verdict_days": pl.Float64,
        "horizon_days": pl.Float64,
    }
)
_EDGE = ("from_stage", "to_stage", "from_role", "to_role")
_DECIDED = ("accepted", "rejected", "recalled")
_VERDICTS = (*_DECIDED, "dropped", "undecided")
_COUNTED = ("attempt", "is_skip", "late_return_at", "rework_once_hours")


def handoff_rates(
    handoffs: pl.DataFrame, scopes: Scopes, *, horizons: Mapping[tuple[str, str], float]
) -> pl.DataFrame:
    """Estimate the fate of attempts by pair of stages: the columns of ``main.handoff_rates``.

    Args:
        handoffs: the attempts; ``watched_from`` where a source was not watched from the beginning.
            One that ended before it was watched counts nowhere.
        scopes: the groups that may be shown.
        horizons: by pair of stages, how long its attempts are followed, in days.
    """
    seen = attempt_cohorts.seen_attempts(attempt_cohorts.attempts(handoffs, *_EDGE, *_COUNTED))
    rows = [
        (scope, *_row(part, horizons.get((part["from_stage"][0], part["to_stage"][0]))))
        for scope, inside in in_each_scope(seen, scopes, by_type=False)
        for part in inside.partition_by("from_stage", "to_stage", maintain_order=True)
    ]
    frame = pl.DataFrame(rows, schema=HANDOFF_RATES, orient="row")
    return frame.sort("scope", "from_stage", "to_stage")


def _row(part: pl.DataFrame, horizon: float | None) -> tuple[object, ...]:
    attempts = attempt_cohorts.rejection(part)
    first_attempts = attempt_cohorts.first_pass(part)
    # A metric of any attempt, then of the first ones: one horizon that both were followed to.
    metric = within_follow_up(attempts, Metric("rejection_rate", "share", horizon))
    metric = within_follow_up(first_attempts, metric)
    rejected = blocked_estimate(attempts, metric)
    first = blocked_estimate(first_attempts, metric)
    needed = attempts_needed(part)
    edge = part.row(0, named=True)
    return (
        *(edge[name] for name in _EDGE),
        *_counts(part),
        *astuple(rejected),
        *astuple(first),
        *astuple(needed.two_or_more),
        *astuple(needed.three_or_more),
        *astuple(needed.mean),
        float(part["rework_once_hours"].sum()) / 24,
        Outcomes.of(attempts).survival().quantile(0.50),
        metric.horizon_days,
    )


def _counts(part: pl.DataFrame) -> tuple[int, ...]:
    return (
        part.height,
        part["item_id"].n_unique(),
        *(int((part["verdict"] == verdict).sum()) for verdict in _VERDICTS),
        part.height - int(part["late_return_at"].null_count()),
        int(part["is_skip"].sum()),
    )


def attempts_needed(seen: pl.DataFrame) -> AttemptsNeeded:
    """How many attempts on one pair of stages the items need until one is accepted.

    Args:
        seen: item_id, attempt, verdict, entry_days of the attempts on that pair.
    """
    accepted = pl.col("verdict") == "accepted"
    accepted_before = (accepted.cum_sum() - accepted).over("item_id") > 0
    of_items = (
        seen.filter(pl.col("entry_days") == 0)
        .filter(pl.col("attempt").min().over("item_id") == 1)
        .filter(pl.col("verdict").is_in(_DECIDED))
        .sort("item_id", "attempt")
        .filter(~accepted_before)
        .group_by("item_id", maintain_order=True)
        .agg(attempts=pl.len(), is_accepted=accepted.any())
    )
    return attempts_until_acceptance(
        of_items["attempts"].to_numpy().astype(np.int64),
        of_items["is_accepted"].to_numpy().astype(np.bool_),
    )

"""Where execution time is lost beyond what is normal."""

import polars as pl

from pipelines.cohorts.scopes import Scopes, in_each_scope
from pipelines.constraints.cause_sums import cause_sums
from pipelines.constraints.constraints import CONSTRAINTS, constraints
from pipelines.constraints.queue_trends import queue_trends
from pipelines.policy import Policy
from roadworthy.stages.item_facts import ItemFacts


def constraint_estimates(
    facts: ItemFacts, shares: pl.DataFrame, scopes: Scopes, policy: Policy
) -> dict[str, pl.DataFrame]:
    """The table by name.

    Args:
        facts: those of whole items.
        shares: the table ``latency_shares``.
        scopes: the groups that may be shown.
        policy: what was declared.
    """
    if shares.is_empty():
        return {"constraints": pl.DataFrame(schema=CONSTRAINTS)}
    sums = cause_sums(
        facts.items,
        facts.latency_segments,
        facts.visits,
        facts.handoffs,
        horizon=shares.select(pl.col("horizon_days").max()).item(),
        types=scopes.item_types,
    )
    queued = facts.visits.filter(pl.col("stage_kind") == "queue").select(
        *("stage", "entered_at", "until", "is_open", "observed_until"), "team", "item_type"
    )
    found = constraints(
        sums,
        shares,
        scopes,
        declared=policy.benchmarks,
        trends={scope: queue_trends(part) for scope, part in in_each_scope(queued, scopes)},
    )
    return {"constraints": found}

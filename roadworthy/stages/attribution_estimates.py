"""Whether delay is bound to rules, to seats or to people: never to whom."""

import polars as pl

from pipelines.attribution.attribution import attribution
from pipelines.attribution.attribution_tables import (
    attribution_rows,
    identification_rows,
    rule_rows,
)
from pipelines.attribution.first_attempts import Evidence, first_attempts
from pipelines.cohorts.scopes import ORGANISATION
from pipelines.histories.actor_roles import unknown_share
from pipelines.policy import Policy
from roadworthy.stages.item_facts import ItemFacts


def attribution_estimates(
    facts: ItemFacts, constraints: pl.DataFrame, policy: Policy, *, horizon: float | None
) -> dict[str, pl.DataFrame]:
    """The tables by name.

    Args:
        facts: those of whole items.
        constraints: the table of that name.
        policy: what was declared.
        horizon: days from the start of the clock up to which an item is followed.
    """
    known = Evidence(
        facts.items,
        facts.changes,
        facts.readiness_checks,
        facts.decision_changes,
        facts.intake,
        facts.seat_holders,
    )
    attempts = first_attempts(facts.handoffs, known, guards=policy.guarded_stage, horizon=horizon)
    result = attribution(
        attempts.rows,
        attempts.exposures,
        changes=policy.interventions,
        baseline_days=attempts.mean_days,
        minimum=policy.minimum_group,
        # Where no role is declared nobody's is missing: sides are told by who moved the items.
        unknown_share=unknown_share(facts.changes) if policy.role_order else 0.0,
    )
    named = constraints.filter(
        (pl.col("scope") == ORGANISATION) & (pl.col("verdict") == "constraint")
    )
    return {
        "attribution": attribution_rows(result, attempts, has_constraint=not named.is_empty()),
        "attribution_rules": rule_rows(result, attempts.mean_days),
        "identification": identification_rows(result),
    }

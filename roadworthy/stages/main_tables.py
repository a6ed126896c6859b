"""Core into the tables of ``main``: what a build and a report of a past day have in common."""

from concurrent.futures import Executor
from dataclasses import dataclass

import polars as pl
from threadpoolctl import threadpool_limits

from pipelines.at_once import AT_ONCE
from pipelines.audit import Finding
from pipelines.cohorts import scopes
from pipelines.findings.stationarity import stationarity
from roadworthy.config.model import Config
from roadworthy.stages.audits import RoleAnswers, findings_of
from roadworthy.stages.core_frames import Core
from roadworthy.stages.estimates import estimates
from roadworthy.stages.item_facts import ItemFacts
from roadworthy.stages.policies import interventions_of

_ITEM_TABLES = (
    "work_items",
    "visits",
    "handoffs",
    "readiness_checks",
    "date_moves",
    "commitments",
    "decisions",
    "decision_changes",
    "approval_requests",
    "approvals",
    "intake",
    "scope_injection",
    "forecast_drift",
    "latency_components",
)


@dataclass(frozen=True, slots=True)
class MainTables:
    """The tables of ``main`` but the audit, and what was found on the way to them."""

    tables: dict[str, pl.DataFrame]
    replay_mismatches: pl.DataFrame
    findings: list[Finding]


def main_tables(
    core: Core,
    facts: ItemFacts,
    config: Config,
    roles: RoleAnswers,
    cores: Executor = AT_ONCE,
) -> MainTables:
    """All facts as tables, and every estimate.

    Args:
        core: what was conformed; of what is of single items what an audit looks at.
        facts: what is known of them.
        config: what was declared.
        roles: who answered to its roles.
        cores: what computes the estimates.
    """
    policy = facts.policy
    bots = core.actors.filter("is_bot")["actor_id"].to_list()
    # Who worked on parts alone is nobody of a group whose figures are of whole items.
    acted = facts.sightings.acts.filter(~pl.col("is_subtask"))
    shown = scopes.visible_scopes(acted, bots, minimum_group=policy.minimum_group)
    # Thousands of small factorisations: threads that wait for one another there cost more than they
    # bring, tenfold where another process has the cores; and one thread sums in one order.
    with threadpool_limits(limits=1, user_api="blas"):
        estimated = estimates(facts, shown, policy, cores)
    return MainTables(
        tables={
            **{name: getattr(facts, name) for name in _ITEM_TABLES},
            **estimated,
            "interventions": interventions_of(config),
        },
        replay_mismatches=facts.sightings.replay_mismatches,
        findings=[
            *findings_of(core, facts, shown, policy, roles=roles),
            *stationarity(estimated["stage_flow"]),
        ],
    )

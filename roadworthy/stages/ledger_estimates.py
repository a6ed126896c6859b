"""Estimates of the ledger: decisions, rights, approvals, latency and its cost, stage by stage."""

from collections.abc import Mapping
from concurrent.futures import Executor, Future

import polars as pl

from pipelines.approvals import approval_steps
from pipelines.cohorts.scopes import Scopes
from pipelines.decisions import (
    decision_right_shares,
    decision_rights,
    decision_times,
    priority_churn,
)
from pipelines.flow import flow_efficiency, stage_flow
from pipelines.latency import cost_of_delay
from pipelines.policy import Policy
from roadworthy.stages.decision_facts import rights_of, window_of
from roadworthy.stages.item_facts import ItemFacts


def ledger_estimates(
    facts: ItemFacts, scopes: Scopes, policy: Policy, cores: Executor
) -> dict[str, Future[pl.DataFrame]]:
    """The tables by name, each begun: none waits for another.

    Args:
        facts: those of whole items.
        scopes: the groups that may be shown.
        policy: what was declared.
        cores: what computes them.
    """
    begin = cores.submit
    return {
        **_governance(facts, scopes, policy, cores),
        "flow_efficiency": begin(
            flow_efficiency.flow_efficiency,
            facts.items,
            scopes,
            visits=facts.visits,
            sessions=facts.activity_sessions,
            worked=facts.calendars.usual,
        ),
        "cost_of_delay": begin(
            cost_of_delay.cost_of_delay,
            facts.commitments,
            facts.handoffs,
            scopes,
            costs=policy.costs,
        ),
        "stage_flow": begin(stage_flow.stage_flow, facts.visits, window_from=None),
    }


def _governance(
    facts: ItemFacts, scopes: Scopes, policy: Policy, cores: Executor
) -> Mapping[str, Future[pl.DataFrame]]:
    begin = cores.submit
    return {
        "decision_times": begin(
            decision_times.decision_times, facts.decisions, scopes, normals=policy.benchmarks
        ),
        "decision_rights": begin(
            decision_rights.decision_rights,
            facts.decision_changes,
            scopes,
            rights=rights_of(policy),
        ),
        "decision_right_shares": begin(
            decision_right_shares.decision_right_shares,
            facts.decision_changes,
            scopes,
            rights=rights_of(policy),
        ),
        "priority_churn": begin(_priority_churn, facts, scopes, policy),
        "approval_steps": begin(
            approval_steps.approval_steps,
            facts.approval_requests,
            facts.approvals,
            scopes,
            minimum_group=policy.minimum_group,
        ),
    }


def _priority_churn(facts: ItemFacts, scopes: Scopes, policy: Policy) -> pl.DataFrame:
    exposure = priority_churn.committed_weeks(
        facts.items, facts.committed_since, facts.decision_changes, facts.present
    )
    moves = priority_churn.priority_changes(
        facts.decision_changes, facts.visits, window=window_of(policy)
    )
    return priority_churn.priority_churn(moves, exposure, scopes)

"""Decisions: what was asked for and by when it was given, who changed what, what had approval."""

from dataclasses import dataclass
from datetime import timedelta

import polars as pl

from pipelines.approvals import approval_requests, approvals
from pipelines.approvals.people import People
from pipelines.approvals.review_windows import last_statuses
from pipelines.decisions import decision_changes, decisions
from pipelines.policy import DecisionRight, Policy
from roadworthy.stages.histories import Histories


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """What is known of decisions and approvals."""

    decisions: pl.DataFrame
    decision_changes: pl.DataFrame
    approval_requests: pl.DataFrame
    approvals: pl.DataFrame


def rights_of(policy: Policy) -> tuple[DecisionRight, ...]:
    """The declared rights, and the usual ones for what none of them governs."""
    return decision_changes.governed_rights(policy.rights, policy.measures.target_date_field)


def window_of(policy: Policy) -> timedelta:
    """How long a decision must hold, and may be contested."""
    return timedelta(days=policy.measures.contest_window_days)


def decision_facts(
    past: Histories, items: pl.DataFrame, *, flags: pl.DataFrame, since: pl.DataFrame
) -> DecisionFacts:
    """Find the requests, the changes and the approvals of all items.

    Args:
        past: the histories.
        items: the items with the ends of their lives.
        flags: when they were flagged.
        since: item_id, committed_at, reached_at: since when each is committed.
    """
    window = window_of(past.policy)
    # What nobody had asked for is no request, and yet may approve, or take an approval back.
    verdicts = approval_requests.approval_requests(
        items,
        past.changes,
        past.visits,
        past.core.activities,
        people=People(past.core.actors, past.core.actor_roles, past.policy.role_order),
        commented=past.survey.commented,
        calendars=past.calendars,
    )
    pulls = items.filter(pl.col("kind") == "pull_request")
    statuses = last_statuses(past.changes.join(pulls, on="item_id", how="semi"))
    return DecisionFacts(
        decisions=decisions.decisions(
            decisions.Asked(items, past.visits, flags, verdicts, past.decided),
            rights=rights_of(past.policy),
            window=window,
            calendars=past.calendars,
        ),
        decision_changes=decision_changes.decision_changes(
            items, past.decided, since, rights=rights_of(past.policy), window=window
        ),
        approval_requests=approval_requests.awaited(verdicts),
        approvals=approvals.approvals(verdicts, items, statuses, calendars=past.calendars),
    )

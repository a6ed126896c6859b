"""Scope: by which door work came in, and what was put into what had been committed."""

from dataclasses import dataclass

import polars as pl

from pipelines.promises import forecast_drift
from pipelines.scope import build_entries, intake, memberships
from pipelines.scope import scope_injection as injection
from pipelines.scope.committed_scopes import epic_scopes, release_scopes, sprint_scopes
from pipelines.scope.unticketed_merges import unticketed_merges
from roadworthy.stages.histories import Histories
from roadworthy.stages.promise_facts import PromiseFacts


@dataclass(frozen=True, slots=True)
class ScopeFacts:
    """What is known of intake and scope."""

    intake: pl.DataFrame
    scope_injection: pl.DataFrame
    forecast_drift: pl.DataFrame


def scope_facts(told: Histories, items: pl.DataFrame, promised: PromiseFacts) -> ScopeFacts:
    """Find how all items came in, and how the scope and the date of each release moved."""
    present, dates = told.core.field_values, told.core.release_dates
    held = memberships.memberships(items, told.changes, present, dates)
    zone = told.policy.hours.zone
    scopes = pl.concat(
        [
            release_scopes(promised.commitments, dates),
            sprint_scopes(dates, items, zone=zone),
            epic_scopes(held, promised.milestones, items),
        ]
    )
    placed = injection.placements(held, scopes)
    steps = promised.date_steps.filter(pl.col("subject_kind") == "release")
    return ScopeFacts(
        intake=_intake(told, items, promised, memberships=held, placements=placed),
        scope_injection=injection.scope_injection(placed, items, told.changes, present),
        forecast_drift=forecast_drift.forecast_drift(steps, promised.commitments, zone=zone),
    )


def _intake(
    told: Histories,
    items: pl.DataFrame,
    promised: PromiseFacts,
    *,
    memberships: pl.DataFrame,
    placements: pl.DataFrame,
) -> pl.DataFrame:
    ready, core = told.policy.ready, told.core
    flows = build_entries.build_flows(
        told.visits,
        told.stage_map,
        promised.commit_ranks,
        guarded_stage=ready.guards if ready else None,
    )
    bots = tuple(core.actors.filter("is_bot")["actor_id"])
    return intake.intake(
        build_entries.build_entries(told.visits, items, flows),
        unticketed_merges(items, told.changes, core.item_links, flows, bots=bots),
        items,
        intake.IntakeEvidence(
            visits=told.visits,
            changes=told.changes,
            present=core.field_values,
            actor_roles=core.actor_roles,
            memberships=memberships,
            placements=placements,
            flows=flows,
        ),
        exempt_types=told.policy.measures.bypass_exempt_types,
    )

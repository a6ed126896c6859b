"""Scope: by which door work came in, and what was put into what had been committed.

A release holds many items, an epic has parts and a pull request a ticket: these facts are of
several items together, and come after those that each has of its own.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

from pipelines.histories.field_names import SCOPE_FIELDS
from pipelines.promises import forecast_drift
from pipelines.scope import build_entries, intake, membership_sets, memberships
from pipelines.scope import scope_injection as injection
from pipelines.scope.committed_scopes import epic_scopes, release_scopes, sprint_scopes
from pipelines.scope.unticketed_merges import unticketed_merges
from roadworthy.stages.core_frames import Core
from roadworthy.stages.own_facts import OwnFacts
from roadworthy.stages.promise_facts import PromiseFacts
from roadworthy.stages.survey import Survey

#: Fields, in lower case, whose changes tell of scope and intake.
FIELDS: Final = frozenset(
    name.lower()
    for name in (
        *("status", "assignee", "assignees"),
        *membership_sets.FIELDS,
        *SCOPE_FIELDS,
    )
)

#: What is looked at of a stay: to choose among those of a million tickets copies all that is there.
_VISITS: Final = (
    *("item_id", "visit_number", "kind", "scope", "project", "entered_at", "group_end"),
    *("stage", "stage_kind", "owner_role", "stage_rank"),
)


@dataclass(frozen=True, slots=True)
class ScopeFacts:
    """What is known of intake and scope."""

    intake: pl.DataFrame
    scope_injection: pl.DataFrame
    forecast_drift: pl.DataFrame


def scope_facts(own: OwnFacts, released: PromiseFacts, core: Core, survey: Survey) -> ScopeFacts:
    """Find how all items came in, and how the scope and the date of each release moved.

    Args:
        own: the facts of all items; of their changes and values at least those of ``FIELDS``.
        released: the promises of the releases.
        core: its frames that are not of single items.
        survey: what all items together told.
    """
    items, dates = own.items, core.release_dates
    held = memberships.memberships(items, own.changes, own.present, dates)
    zone = own.policy.hours.zone
    scopes = pl.concat(
        [
            release_scopes(released.commitments, dates),
            sprint_scopes(dates, items, zone=zone),
            epic_scopes(held, own.milestones, items),
        ]
    )
    placed = injection.placements(held, scopes)
    steps, ledger = released.date_steps, released.commitments
    return ScopeFacts(
        intake=_intake(own, core, survey, memberships=held, placements=placed),
        scope_injection=injection.scope_injection(placed, items, own.changes, own.present),
        forecast_drift=forecast_drift.forecast_drift(steps, ledger, zone=zone),
    )


def _intake(
    own: OwnFacts,
    core: Core,
    survey: Survey,
    *,
    memberships: pl.DataFrame,
    placements: pl.DataFrame,
) -> pl.DataFrame:
    visits = own.visits.select(_VISITS)
    flows = build_entries.build_flows(
        visits,
        survey.stage_map,
        survey.commit_ranks,
        guarded_stage=own.policy.guarded_stage,
    )
    bots = tuple(core.actors.filter("is_bot")["actor_id"])
    return intake.intake(
        build_entries.build_entries(visits, own.items, flows),
        unticketed_merges(own.items, own.changes, core.item_links, flows, bots=bots),
        own.items,
        intake.IntakeEvidence(
            visits=visits,
            changes=own.changes,
            present=own.present,
            actor_roles=core.actor_roles,
            memberships=memberships,
            placements=placements,
            flows=flows,
        ),
        exempt_types=own.policy.measures.bypass_exempt_types,
    )

"""Facts that each item has of its own: from its own events, what was declared, and the survey.

They may be computed for any items at a time, in any order, on any machine: the facts of the parts
are the parts of the facts. What is of several items together comes after
(:mod:`roadworthy.stages.item_facts`).
"""

from dataclasses import dataclass, fields, replace
from typing import Any, Final

import polars as pl

from pipelines.flow import reassignments, work_items
from pipelines.histories import flags
from pipelines.policy import Policy
from pipelines.promises import commitments, releases
from roadworthy.stages.core_frames import Core
from roadworthy.stages.decision_facts import decision_facts
from roadworthy.stages.groups import in_groups
from roadworthy.stages.handoff_facts import handoff_facts
from roadworthy.stages.histories import Histories, histories
from roadworthy.stages.latency_facts import latency_facts
from roadworthy.stages.promise_facts import PromiseFacts, promises_of_items
from roadworthy.stages.sightings import Sightings, sightings
from roadworthy.stages.survey import Survey


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """What is known of some items, frame by frame, each in the order of the items.

    What is counted in groups (``COUNTED``) has those of its item beside it.
    """

    policy: Policy
    items: pl.DataFrame
    """With their releases, the clocks of their lead time, and since when they were watched."""
    changes: pl.DataFrame
    present: pl.DataFrame
    """The values of the fields at the snapshot."""
    lives: pl.DataFrame
    visits: pl.DataFrame
    handoffs: pl.DataFrame
    readiness_checks: pl.DataFrame
    date_moves: pl.DataFrame
    commitments: pl.DataFrame
    milestones: pl.DataFrame
    """When each item first was at or after the commit stage."""
    committed_since: pl.DataFrame
    """item_id, committed_at, reached_at: the promise, and the entry into the commit stage."""
    decisions: pl.DataFrame
    decision_changes: pl.DataFrame
    approval_requests: pl.DataFrame
    approvals: pl.DataFrame
    latency_segments: pl.DataFrame
    latency_components: pl.DataFrame
    activity_sessions: pl.DataFrame
    work_items: pl.DataFrame
    sightings: Sightings


FRAMES: Final = tuple(
    one.name for one in fields(OwnFacts) if one.name not in ("policy", "sightings")
)
"""The names of the frames."""
COUNTED: Final = {
    "visits": "item_id",
    "handoffs": "item_id",
    "readiness_checks": "item_id",
    "date_moves": "subject_id",
    "commitments": "subject_id",
    "decisions": "item_id",
    "decision_changes": "item_id",
    "approval_requests": "item_id",
    "approvals": "item_id",
    "latency_segments": "item_id",
    "activity_sessions": "item_id",
}
"""Of each frame that is counted in groups, the column that says whose fact it is."""


def own_facts(core: Core, survey: Survey, policy: Policy) -> OwnFacts:
    """Compute the facts of some items, each in the groups of its item.

    Args:
        core: these items with all their changes, values and activities; everything else whole.
        survey: what all items together told.
        policy: how items are understood.
    """
    past = histories(core, survey, policy)
    milestones = commitments.commit_milestones(past.visits, survey.commit_ranks)
    promised = promises_of_items(past, milestones)
    handed = handoff_facts(past)
    since = _committed_since(past, promised, milestones)
    named = _releases(past)
    items = _with_clock(past, since, named)
    flagged = flags.flag_intervals(items, past.changes, past.core.field_values, policy.flags)
    decided = decision_facts(past, items, flags=flagged, since=since)
    timed = latency_facts(
        past, items, handoffs=handed.handoffs, flags=flagged, decisions=decided.decisions
    )
    facts = OwnFacts(
        policy=policy,
        items=items,
        changes=past.changes,
        present=past.core.field_values,
        lives=past.lives,
        visits=past.visits,
        handoffs=handed.handoffs,
        readiness_checks=handed.readiness_checks,
        date_moves=promised.date_moves,
        commitments=promised.commitments,
        milestones=milestones,
        committed_since=since,
        decisions=decided.decisions,
        decision_changes=decided.decision_changes,
        approval_requests=decided.approval_requests,
        approvals=decided.approvals,
        latency_segments=timed.latency_segments,
        latency_components=timed.latency_components,
        activity_sessions=timed.activity_sessions,
        work_items=_work_items(past, items, named, handed.handoffs),
        sightings=sightings(core, items, past.changes, past.visits, misclicks=past.misclicks),
    )
    return _in_groups(facts)


def _in_groups(facts: OwnFacts) -> OwnFacts:
    """With the groups of its item beside each fact that is counted in groups."""
    grouped: dict[str, Any] = {
        name: in_groups(getattr(facts, name), facts.items, column)
        for name, column in COUNTED.items()
    }
    return replace(facts, **grouped)


def _committed_since(
    past: Histories, promised: PromiseFacts, milestones: pl.DataFrame
) -> pl.DataFrame:
    committed = promised.commitments.select(item_id="subject_id", committed_at="committed_at")
    reached = milestones.select("item_id", "reached_at")
    return (
        past.items.select("item_id")
        .join(committed, on="item_id", how="left")
        .join(reached, on="item_id", how="left")
        .sort("item_id")
    )


def _releases(past: Histories) -> pl.DataFrame:
    dates = releases.of_releases(past.core.release_dates)
    return releases.current_releases(past.items, past.changes, past.core.field_values, dates)


def _work_items(
    past: Histories, items: pl.DataFrame, named: pl.DataFrame, attempts: pl.DataFrame
) -> pl.DataFrame:
    reassigned = reassignments.reassignments(
        past.changes,
        actors=past.core.actors,
        actor_roles=past.core.actor_roles,
        role_order=past.policy.role_order,
    )
    return work_items.work_items(items, past.lives, named, attempts, reassigned)


def _with_clock(past: Histories, since: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Items with the start and the end of their clock, and since when their source was watched."""
    requested = past.policy.measures.clock_starts == "requested"
    start = "created_at" if requested else "committed_at"
    ends = past.lives.select("item_id", "ended_at", "is_done", "is_dropped", "is_ended")
    watched = pl.DataFrame(
        list(past.policy.watched_since.items()),
        schema={"source": pl.String(), "watched_from": pl.Datetime("us", "UTC")},
        orient="row",
    )
    # An import may date an end before the creation: that item has no clock.
    runs = pl.col(start) <= pl.col("ended_at")
    if not requested:
        # What was committed only with its end was never on its way.
        runs &= ~pl.col("is_ended") | (pl.col(start) < pl.col("ended_at"))
    return (
        past.items.join(since, on="item_id", how="left")
        .join(named, on="item_id", how="left")
        .join(watched, on="source", how="left")
        .join(ends, on="item_id")
        .with_columns(clock_from=pl.when(runs).then(start))
        .drop("committed_at", "reached_at")
        .sort("item_id")
    )

"""Facts of each item: they depend on its own events and the policy, but for what follows.

Bulk edits compare items with one another (:mod:`roadworthy.stages.histories`). Whether words came
with the comments of a ticket, and in which field a source estimates, is seen on all its items; the
scope of a release, a sprint or an epic is that of the items in it.
"""

from dataclasses import dataclass

import polars as pl

from pipelines.flow import reassignments, work_items
from pipelines.histories import flags
from pipelines.histories.calendars import Calendars
from pipelines.policy import Policy
from pipelines.promises import releases
from roadworthy.stages.core_frames import Core
from roadworthy.stages.decision_facts import decision_facts
from roadworthy.stages.handoff_facts import handoff_facts
from roadworthy.stages.histories import Histories, histories
from roadworthy.stages.latency_facts import latency_facts
from roadworthy.stages.promise_facts import PromiseFacts, promise_facts
from roadworthy.stages.scope_facts import scope_facts


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What is known of the items, frame by frame."""

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
    committed_since: pl.DataFrame
    """item_id, committed_at, reached_at: the promise, and the entry into the commit stage."""
    decisions: pl.DataFrame
    decision_changes: pl.DataFrame
    approval_requests: pl.DataFrame
    approvals: pl.DataFrame
    intake: pl.DataFrame
    scope_injection: pl.DataFrame
    forecast_drift: pl.DataFrame
    latency_segments: pl.DataFrame
    latency_components: pl.DataFrame
    activity_sessions: pl.DataFrame
    seat_holders: pl.DataFrame
    """Who held a seat when, as declared."""
    work_items: pl.DataFrame
    calendars: Calendars
    misclicks: int


def item_facts(core: Core, policy: Policy) -> ItemFacts:
    """Compute the facts of all items of a core."""
    told = histories(core, policy)
    handed = handoff_facts(told)
    promised = promise_facts(told)
    since = _committed_since(told, promised)
    named = _releases(told)
    items = _with_clock(told, since, named)
    present = told.core.field_values
    flagged = flags.flag_intervals(items, told.changes, present, policy.flags)
    decided = decision_facts(told, items, flags=flagged, since=since)
    scoped = scope_facts(told, items, promised)
    timed = latency_facts(told, items, handoffs=handed.handoffs, flags=flagged)
    return ItemFacts(
        items=items,
        changes=told.changes,
        present=present,
        lives=told.lives,
        visits=told.visits,
        handoffs=handed.handoffs,
        readiness_checks=handed.readiness_checks,
        date_moves=promised.date_moves,
        commitments=promised.commitments,
        committed_since=since,
        decisions=decided.decisions,
        decision_changes=decided.decision_changes,
        approval_requests=decided.approval_requests,
        approvals=decided.approvals,
        intake=scoped.intake,
        scope_injection=scoped.scope_injection,
        forecast_drift=scoped.forecast_drift,
        latency_segments=timed.latency_segments,
        latency_components=timed.latency_components,
        activity_sessions=timed.activity_sessions,
        seat_holders=core.seat_holders,
        work_items=_work_items(told, items, named, handed.handoffs),
        calendars=told.calendars,
        misclicks=told.misclicks,
    )


def _committed_since(told: Histories, promised: PromiseFacts) -> pl.DataFrame:
    committed = promised.commitments.filter(pl.col("subject_kind") == "item").select(
        item_id="subject_id", committed_at="committed_at"
    )
    reached = promised.milestones.select("item_id", "reached_at")
    return (
        told.items.select("item_id")
        .join(committed, on="item_id", how="left")
        .join(reached, on="item_id", how="left")
        .sort("item_id")
    )


def _releases(told: Histories) -> pl.DataFrame:
    dates = releases.of_releases(told.core.release_dates)
    return releases.current_releases(told.items, told.changes, told.core.field_values, dates)


def _work_items(
    told: Histories, items: pl.DataFrame, named: pl.DataFrame, attempts: pl.DataFrame
) -> pl.DataFrame:
    reassigned = reassignments.reassignments(
        told.changes,
        actors=told.core.actors,
        actor_roles=told.core.actor_roles,
        role_order=told.policy.role_order,
    )
    return work_items.work_items(items, told.lives, named, attempts, reassigned)


def _with_clock(told: Histories, since: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Items with the start and the end of their clock, and since when their source was watched."""
    requested = told.policy.measures.clock_starts == "requested"
    start = "created_at" if requested else "committed_at"
    ends = told.lives.select("item_id", "ended_at", "is_done", "is_dropped", "is_ended")
    watched = pl.DataFrame(
        list(told.policy.watched_since.items()),
        schema={"source": pl.String(), "watched_from": pl.Datetime("us", "UTC")},
        orient="row",
    )
    # An import may date an end before the creation: that item has no clock.
    runs = pl.col(start) <= pl.col("ended_at")
    return (
        told.items.join(since, on="item_id", how="left")
        .join(named, on="item_id", how="left")
        .join(watched, on="source", how="left")
        .join(ends, on="item_id")
        .with_columns(clock_from=pl.when(runs).then(start))
        .drop("committed_at", "reached_at")
        .sort("item_id")
    )

"""Facts of each item: they depend on its own events and the policy alone.

The one exception are bulk edits, which compare items with one another
(:mod:`roadworthy.stages.histories`).
"""

from dataclasses import dataclass

import polars as pl

from pipelines import releases, work_items
from pipelines.policy import Policy
from roadworthy.stages.core_frames import Core
from roadworthy.stages.handoff_facts import handoff_facts
from roadworthy.stages.histories import Histories, histories
from roadworthy.stages.promise_facts import promise_facts


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What is known of the items, frame by frame."""

    items: pl.DataFrame
    changes: pl.DataFrame
    lives: pl.DataFrame
    visits: pl.DataFrame
    handoffs: pl.DataFrame
    readiness_checks: pl.DataFrame
    date_moves: pl.DataFrame
    commitments: pl.DataFrame
    work_items: pl.DataFrame
    misclicks: int


def item_facts(core: Core, policy: Policy) -> ItemFacts:
    """Compute the facts of all items of a core."""
    told = histories(core, policy)
    handed = handoff_facts(told)
    promised = promise_facts(told)
    return ItemFacts(
        items=_with_clock(told, promised.commitments),
        changes=told.changes,
        lives=told.lives,
        visits=told.visits,
        handoffs=handed.handoffs,
        readiness_checks=handed.readiness_checks,
        date_moves=promised.date_moves,
        commitments=promised.commitments,
        work_items=_work_items(told),
        misclicks=told.misclicks,
    )


def _work_items(told: Histories) -> pl.DataFrame:
    core = told.core
    named = releases.current_releases(
        told.items, told.changes, core.field_values, releases.of_releases(core.release_dates)
    )
    return work_items.work_items(told.items, told.lives, named)


def _with_clock(told: Histories, ledger: pl.DataFrame) -> pl.DataFrame:
    """Items with the start and the end of their clock."""
    committed = ledger.filter(pl.col("subject_kind") == "item").select(
        item_id="subject_id", committed_at="committed_at"
    )
    requested = told.policy.measures.clock_starts == "requested"
    start = "created_at" if requested else "committed_at"
    clocked = told.items.join(committed, on="item_id", how="left").join(
        told.lives.select("item_id", "ended_at", "is_done", "is_dropped", "is_ended"), on="item_id"
    )
    # An import may date an end before the creation: that item has no clock.
    runs = pl.col(start) <= pl.col("ended_at")
    return clocked.with_columns(clock_from=pl.when(runs).then(start)).sort("item_id")

"""Handing work over: the attempts of each item, and how ready it was at each."""

from dataclasses import dataclass

import polars as pl

from pipelines.handoffs import handoffs, rework
from pipelines.histories import history
from pipelines.readiness import readiness, readiness_debt
from roadworthy.stages.histories import Histories


@dataclass(frozen=True, slots=True)
class HandoffFacts:
    """What is known of handing over."""

    handoffs: pl.DataFrame
    readiness_checks: pl.DataFrame


def handoff_facts(told: Histories) -> HandoffFacts:
    """Find the attempts of all items and judge the readiness of each."""
    ranks = (
        told.survey.stage_map.filter(
            (pl.col("stage_kind") != "parked") & pl.col("owner_role").is_not_null()
        )
        .select("scope", "project", "stage", "stage_rank")
        .unique(maintain_order=True)
    )
    attempts = rework.with_rework_touch(
        _with_type_then(handoffs.handoffs(told.visits, ranks), told), told.visits, told.calendars
    )
    ready = told.policy.ready
    if ready is None:
        checks = readiness.no_checks()
    else:
        checks = readiness.readiness_checks(
            attempts,
            told.items,
            told.changes,
            told.core.field_values,
            guards=ready.guards,
            readings=told.survey.readings,
            zone=told.policy.hours.zone,
        )
    owed = readiness_debt.with_debt(checks, attempts, told.visits)
    return HandoffFacts(readiness.with_readiness(attempts, checks), owed)


def _with_type_then(attempts: pl.DataFrame, told: Histories) -> pl.DataFrame:
    """The type an item had at the handoff decides which rules are in scope."""
    types = history.timeline(told.changes, told.core.field_values, told.items, "issuetype").rename(
        {"value_text": "type_then"}
    )
    return history.as_of(types, attempts, columns=("type_then",)).with_columns(
        item_type=pl.coalesce("type_then", "item_type")
    )

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


def handoff_facts(past: Histories) -> HandoffFacts:
    """Find the attempts of all items and judge the readiness of each."""
    ranks = (
        past.survey.stage_map.filter(
            (pl.col("stage_kind") != "parked") & pl.col("owner_role").is_not_null()
        )
        .select("scope", "project", "stage", "stage_rank")
        .unique(maintain_order=True)
    )
    attempts = rework.with_rework_touch(
        _with_type_then(handoffs.handoffs(past.visits, ranks), past), past.visits, past.calendars
    )
    ready = past.policy.ready
    if ready is None:
        checks = readiness.no_checks()
    else:
        checks = readiness.readiness_checks(
            attempts,
            past.items,
            past.changes,
            past.core.field_values,
            guards=ready.guards,
            readings=past.survey.readings,
            zone=past.policy.hours.zone,
        )
    owed = readiness_debt.with_debt(checks, attempts, past.visits)
    return HandoffFacts(readiness.with_readiness(attempts, checks), owed)


def _with_type_then(attempts: pl.DataFrame, past: Histories) -> pl.DataFrame:
    """The type an item had at the handoff decides which rules are in scope."""
    types = history.timeline(past.changes, past.core.field_values, past.items, "issuetype").rename(
        {"value_text": "type_then"}
    )
    return history.as_of(types, attempts, columns=("type_then",)).with_columns(
        item_type=pl.coalesce("type_then", "item_type")
    )

"""Latency: where the time of each item went, and when anybody was seen at work on it."""

from dataclasses import dataclass

import polars as pl

from pipelines.flow import activity_sessions
from pipelines.latency import latency_components, latency_layers, scope_rework
from roadworthy.stages.histories import Histories, with_roles


@dataclass(frozen=True, slots=True)
class LatencyFacts:
    """What is known of the time of the items."""

    latency_segments: pl.DataFrame
    """Their clocks, cut where the owner of the time changes."""
    latency_components: pl.DataFrame
    activity_sessions: pl.DataFrame


def latency_facts(
    past: Histories,
    items: pl.DataFrame,
    *,
    handoffs: pl.DataFrame,
    flags: pl.DataFrame,
    decisions: pl.DataFrame,
) -> LatencyFacts:
    """Sweep the clocks of all items.

    Args:
        past: the histories.
        items: the items with their clocks.
        handoffs: what became of their handoffs.
        flags: when they were flagged.
        decisions: what became of what was asked for.
    """
    claims = latency_layers.layers(
        items,
        visits=past.visits,
        flags=flags,
        decisions=decisions,
        handoffs=handoffs,
        scope_reworks=scope_rework.scope_rework_intervals(handoffs, past.changes, past.visits),
    )
    segments = latency_components.component_segments(items, claims)
    return LatencyFacts(
        latency_segments=segments,
        latency_components=latency_components.latency_components(items, segments),
        activity_sessions=_sessions(past),
    )


def _sessions(past: Histories) -> pl.DataFrame:
    acts = activity_sessions.with_commit_authors(past.core.activities, past.items)
    return activity_sessions.activity_sessions(
        with_roles(acts, past.items, past.survey.stage_map, past.core, past.policy),
        past.changes,
        past.visits,
        worked=past.calendars.usual,
    )

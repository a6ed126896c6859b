"""Promises: the dates that items and releases carried, how they moved, what became of them."""

from dataclasses import dataclass

import polars as pl

from pipelines.policy import Policy
from pipelines.promises import commitments, date_moves, promised_dates, releases
from roadworthy.stages.core_frames import Core
from roadworthy.stages.histories import Histories


@dataclass(frozen=True, slots=True)
class PromiseFacts:
    """What is known of promises."""

    date_steps: pl.DataFrame
    """The date each subject carried from each instant on."""
    date_moves: pl.DataFrame
    commitments: pl.DataFrame


def promises_of_items(past: Histories, milestones: pl.DataFrame) -> PromiseFacts:
    """Follow the dates of items.

    Args:
        past: the histories.
        milestones: item_id, reached_at, reached_end: when each was at the commit stage.
    """
    dated = promised_dates.date_steps(
        past.items,
        past.decided,
        past.core.field_values,
        releases.of_releases(past.core.release_dates),
        target_field=past.policy.measures.target_date_field,
    )
    netted = date_moves.with_round_trips(dated)
    teams_of = past.items.select("item_id", "team")
    steps = (
        commitments.committed_steps(netted, milestones)
        .join(teams_of, on="item_id")
        .rename({"item_id": "subject_id"})
        .with_columns(subject_kind=pl.lit("item"))
    )
    subjects = commitments.item_subjects(past.items, past.lives)
    return _ledger(steps, subjects, commitments.ended_stays(past.visits), past.policy)


def promises_of_releases(core: Core, visits: pl.DataFrame, policy: Policy) -> PromiseFacts:
    """Follow the dates of releases.

    Args:
        core: with the release dates.
        visits: those of any items; a release has none.
        policy: what was declared.
    """
    dates = releases.of_releases(core.release_dates)
    subjects = releases.release_subjects(dates, core.sources, policy.teams, policy.hours.zone)
    steps = releases.release_steps(dates, policy.teams)
    return _ledger(steps, subjects, commitments.ended_stays(visits.clear()), policy)


def _ledger(
    steps: pl.DataFrame, subjects: pl.DataFrame, ended: pl.DataFrame, policy: Policy
) -> PromiseFacts:
    moves = date_moves.date_moves(steps, hours=policy.hours)
    ledger = commitments.commitments(steps, moves, subjects, ended, zone=policy.hours.zone)
    return PromiseFacts(steps, moves, ledger)

"""Promises: the dates that items and releases carried, how they moved, what became of them."""

from dataclasses import dataclass

import polars as pl

from pipelines.promises import commitments, date_moves, promised_dates, releases
from roadworthy.stages.histories import Histories


@dataclass(frozen=True, slots=True)
class PromiseFacts:
    """What is known of promises."""

    date_steps: pl.DataFrame
    """The date each item and release carried from each instant on."""
    date_moves: pl.DataFrame
    commitments: pl.DataFrame
    milestones: pl.DataFrame
    """When each item first was at or after the commit stage."""
    commit_ranks: pl.DataFrame
    """From which rank on a flow is committed, as
    :func:`pipelines.promises.commitments.commit_ranks` finds it."""


def promise_facts(told: Histories) -> PromiseFacts:
    """Follow the dates of all items and releases."""
    ranks = commitments.commit_ranks(told.stage_map, commit_stage=told.policy.measures.commit_stage)
    milestones = commitments.commit_milestones(told.visits, ranks)
    dates = releases.of_releases(told.core.release_dates)
    steps = _steps(told, dates, milestones)
    hours, teams = told.policy.hours, told.policy.teams
    moves = date_moves.date_moves(steps, hours=hours)
    subjects = pl.concat(
        [
            commitments.item_subjects(told.items, told.lives),
            releases.release_subjects(dates, told.core.sources, teams),
        ]
    )
    ended = commitments.ended_stays(told.visits)
    ledger = commitments.commitments(steps, moves, subjects, ended, zone=hours.zone)
    return PromiseFacts(steps, moves, ledger, milestones, ranks)


def _steps(told: Histories, dates: pl.DataFrame, milestones: pl.DataFrame) -> pl.DataFrame:
    """The date steps of items and of releases as one frame."""
    dated = promised_dates.date_steps(
        told.items,
        told.changes,
        told.core.field_values,
        dates,
        target_field=told.policy.measures.target_date_field,
    )
    netted = date_moves.with_round_trips(dated)
    teams_of = told.items.select("item_id", "team")
    of_items = commitments.committed_steps(netted, milestones).join(teams_of, on="item_id")
    return pl.concat(
        [
            of_items.rename({"item_id": "subject_id"}).with_columns(subject_kind=pl.lit("item")),
            releases.release_steps(dates, told.policy.teams),
        ],
        how="diagonal_relaxed",
    )

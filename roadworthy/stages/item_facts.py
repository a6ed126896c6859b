"""Facts of each item: they depend on its own events and the policy alone.

The one exception are bulk edits, which compare items with one another; they are marked first.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

import polars as pl

from pipelines import (
    actor_roles,
    bulk_edits,
    business_time,
    commitments,
    date_moves,
    handoffs,
    history,
    present_values,
    promised_dates,
    readiness,
    releases,
    snapshot,
    teams,
    visits,
    work_items,
)
from pipelines.policy import Policy
from roadworthy.stages.core_frames import Core
from roadworthy.stages.stage_maps import stage_map_of


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
    present = present_values.present_at(core.items, core.field_changes, core.field_values)
    dates = releases.of_releases(core.release_dates)
    core = replace(core, field_values=present, release_dates=dates)
    born = snapshot.items_at(core.items, core.field_changes)
    items = teams.with_teams(present_values.items_as_shown(born, present), policy.teams)
    changes = history.with_group_end(snapshot.changes_at(items, core.field_changes))
    stage_map = stage_map_of(items, changes, core, policy)
    changes = _understood(changes, items, stage_map, core, policy)
    stays, misclicks = _visits(items, changes, stage_map, core, policy)
    lives = work_items.lives(stays, items)
    stays = _lived(stays, lives)
    attempts, checks = _handoffs(
        stays, items, changes, stage_map=stage_map, core=core, policy=policy
    )
    steps, subjects = _promised(
        items, changes, stays, lives, stage_map=stage_map, core=core, policy=policy
    )
    moves = date_moves.date_moves(steps, hours=policy.hours)
    ended = commitments.ended_stays(stays)
    ledger = commitments.commitments(steps, moves, subjects, ended, zone=policy.hours.zone)
    named = releases.current_releases(items, changes, core.field_values, core.release_dates)
    return ItemFacts(
        items=_with_clock(items, lives, ledger, policy),
        changes=changes,
        lives=lives,
        visits=stays,
        handoffs=attempts,
        readiness_checks=checks,
        date_moves=moves,
        commitments=ledger,
        work_items=work_items.work_items(items, lives, named),
        misclicks=misclicks,
    )


def _understood(
    changes: pl.DataFrame,
    items: pl.DataFrame,
    stage_map: pl.DataFrame,
    core: Core,
    policy: Policy,
) -> pl.DataFrame:
    """Changes with the role of their actor, and whether they were made in bulk."""
    by_authors = stage_map.filter(pl.col("owner_role") == "author").select("scope").unique()
    authors = (
        items.filter(pl.col("kind") == "pull_request")
        .with_columns(scope=pl.concat_str("source", "kind", separator="/"))
        .join(by_authors, on="scope", how="semi")
        .select("item_id", "author_id")
        .drop_nulls()
    )
    marked = bulk_edits.with_bulk_edits(changes, bulk_items=policy.measures.bulk_items)
    return actor_roles.with_actor_roles(
        marked,
        actors=core.actors,
        actor_roles=core.actor_roles,
        authors=authors,
        role_order=policy.role_order,
    )


def _visits(
    items: pl.DataFrame,
    changes: pl.DataFrame,
    stage_map: pl.DataFrame,
    core: Core,
    policy: Policy,
) -> tuple[pl.DataFrame, int]:
    steps = visits.stage_steps(
        items,
        changes,
        core.field_values,
        stage_map=stage_map,
        stages=policy.stages,
        dropped_resolutions=policy.measures.dropped_resolutions,
    )
    debounce = timedelta(minutes=policy.measures.debounce_minutes)
    stays, misclicks = visits.visits(steps, items, debounce=debounce)
    return visits.measured(stays, items, changes, _business_time(items, policy)), misclicks


def _business_time(items: pl.DataFrame, policy: Policy) -> business_time.BusinessTime:
    first, last = items["born_at"].min(), items["observed_until"].max()
    if first is None or last is None:
        return business_time.nothing_worked()
    return business_time.business_time(policy.hours, first.date(), last.date())  # type: ignore[union-attr]  # an instant, by the schema


def _lived(stays: pl.DataFrame, lives: pl.DataFrame) -> pl.DataFrame:
    return stays.join(
        lives.select("item_id", "ended_at", "is_ended"), on="item_id", maintain_order="left"
    )


def _handoffs(
    stays: pl.DataFrame,
    items: pl.DataFrame,
    changes: pl.DataFrame,
    *,
    stage_map: pl.DataFrame,
    core: Core,
    policy: Policy,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    ranks = (
        stage_map.filter(pl.col("stage_kind") != "parked")
        .select("scope", "project", "stage", "stage_rank")
        .unique(maintain_order=True)
    )
    attempts = handoffs.handoffs(stays, ranks)
    types = history.timeline(changes, core.field_values, items, "issuetype").rename(
        {"value_text": "type_then"}
    )
    attempts = history.as_of(types, attempts, columns=("type_then",)).with_columns(
        item_type=pl.coalesce("type_then", "item_type")
    )
    if policy.ready is None:
        checks = readiness.no_checks()
    else:
        checks = readiness.readiness_checks(
            attempts,
            items,
            changes,
            core.field_values,
            ready=policy.ready,
            zone=policy.hours.zone,
        )
    return readiness.with_readiness(attempts, checks), checks


def _promised(
    items: pl.DataFrame,
    changes: pl.DataFrame,
    stays: pl.DataFrame,
    lives: pl.DataFrame,
    *,
    stage_map: pl.DataFrame,
    core: Core,
    policy: Policy,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The date steps of items and releases, and these as subjects of promises."""
    dated = promised_dates.date_steps(
        items,
        changes,
        core.field_values,
        core.release_dates,
        target_field=policy.measures.target_date_field,
    )
    ranks = commitments.commit_ranks(stage_map, commit_stage=policy.measures.commit_stage)
    milestones = commitments.commit_milestones(stays, ranks)
    teams_of = items.select("item_id", "team")
    netted = date_moves.with_round_trips(dated)
    of_items = commitments.committed_steps(netted, milestones).join(teams_of, on="item_id")
    steps = pl.concat(
        [
            of_items.rename({"item_id": "subject_id"}).with_columns(subject_kind=pl.lit("item")),
            releases.release_steps(core.release_dates, policy.teams),
        ],
        how="diagonal_relaxed",
    )
    subjects = pl.concat(
        [
            commitments.item_subjects(items, lives),
            releases.release_subjects(core.release_dates, core.sources, policy.teams),
        ]
    )
    return steps, subjects


def _with_clock(
    items: pl.DataFrame, lives: pl.DataFrame, ledger: pl.DataFrame, policy: Policy
) -> pl.DataFrame:
    """Items with the start and the end of their clock."""
    committed = ledger.filter(pl.col("subject_kind") == "item").select(
        item_id="subject_id", committed_at="committed_at"
    )
    start = "created_at" if policy.measures.clock_starts == "requested" else "committed_at"
    clocked = items.join(committed, on="item_id", how="left").join(
        lives.select("item_id", "ended_at", "is_done", "is_dropped", "is_ended"), on="item_id"
    )
    # An import may date an end before the creation: that item has no clock.
    runs = pl.col(start) <= pl.col("ended_at")
    return clocked.with_columns(clock_from=pl.when(runs).then(start)).sort("item_id")

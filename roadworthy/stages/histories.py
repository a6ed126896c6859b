"""The histories of all items, interpreted: what every fact about an item is computed from.

What compares items with one another, such as bulk edits, comes from the survey of all of them.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

import polars as pl

from pipelines.flow import visits, work_items
from pipelines.histories import (
    actor_roles,
    bulk_edits,
    calendars,
    history,
    present_values,
    push_authors,
    snapshot,
    teams,
)
from pipelines.histories.business_time import nothing_worked
from pipelines.histories.calendars import Calendars
from pipelines.policy import Policy
from roadworthy.stages.core_frames import Core
from roadworthy.stages.survey import Survey


@dataclass(frozen=True, slots=True)
class Histories:
    """The items at their snapshots, what changed on them and where they stayed."""

    core: Core
    """With the values of the fields as they were at the snapshot."""
    policy: Policy
    items: pl.DataFrame
    changes: pl.DataFrame
    decided: pl.DataFrame
    """The changes, as those of somebody who uses a right."""
    survey: Survey
    visits: pl.DataFrame
    lives: pl.DataFrame
    calendars: Calendars
    misclicks: int


def histories(core: Core, survey: Survey, policy: Policy) -> Histories:
    """Read the histories of a core as a policy understands them.

    Args:
        core: some items with all their changes; everything else of the core whole.
        survey: what all items together told.
        policy: how they are understood.
    """
    present = present_values.present_at(core.items, core.field_changes, core.field_values)
    core = replace(core, field_values=present)
    born = snapshot.items_at(core.items, core.field_changes)
    items = teams.with_teams(present_values.items_as_shown(born, present), policy.teams)
    changes = history.with_group_end(snapshot.changes_at(items, core.field_changes))
    changes = _understood(changes, items, survey, core, policy)
    steps = visits.stage_steps(
        items,
        changes,
        core.field_values,
        stage_map=survey.stage_map,
        stages=policy.stages,
        dropped_resolutions=policy.measures.dropped_resolutions,
    )
    debounce = timedelta(minutes=policy.measures.debounce_minutes)
    stays, misclicks = visits.visits(steps, items, debounce=debounce)
    worked = calendars_of(items, policy)
    stays = visits.measured(stays, items, changes, worked)
    lives = work_items.lives(stays, items)
    return Histories(
        core=core,
        policy=policy,
        items=items,
        changes=changes.drop("declared_role"),
        decided=actor_roles.in_declared_roles(changes),
        survey=survey,
        visits=_lived(stays, lives),
        lives=lives,
        calendars=worked,
        misclicks=misclicks,
    )


def _understood(
    changes: pl.DataFrame,
    items: pl.DataFrame,
    survey: Survey,
    core: Core,
    policy: Policy,
) -> pl.DataFrame:
    """Changes with the role of their actor, and whether they were made in bulk."""
    marked = bulk_edits.with_bulk_edits(changes, survey.bulk)
    whose = push_authors.with_push_authors(marked, items)
    return with_roles(whose, items, survey.stage_map, core, policy)


def with_roles(
    acts: pl.DataFrame, items: pl.DataFrame, stage_map: pl.DataFrame, core: Core, policy: Policy
) -> pl.DataFrame:
    """What somebody did at an instant, with the role in which it was done."""
    by_authors = stage_map.filter(pl.col("owner_role") == "author").select("scope").unique()
    authors = (
        items.filter(pl.col("kind") == "pull_request")
        .with_columns(scope=pl.concat_str("source", "kind", separator="/"))
        .join(by_authors, on="scope", how="semi")
        .select("item_id", "author_id")
    )
    return actor_roles.with_actor_roles(
        acts,
        actors=core.actors,
        actor_roles=core.actor_roles,
        authors=authors,
        role_order=policy.role_order,
    )


def calendars_of(items: pl.DataFrame, policy: Policy) -> Calendars:
    """The calendars over the days on which some items lived."""
    first, last = items["born_at"].min(), items["observed_until"].max()
    if first is None or last is None:
        return Calendars(nothing_worked(), {})
    return calendars.calendars(policy, first.date(), last.date())  # type: ignore[union-attr]  # an instant, by the schema


def _lived(stays: pl.DataFrame, lives: pl.DataFrame) -> pl.DataFrame:
    return stays.join(
        lives.select("item_id", "ended_at", "is_ended"), on="item_id", maintain_order="left"
    )

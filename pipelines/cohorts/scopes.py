"""Scopes: the organisation, its teams, types of item and releases; small groups are not shown.

A group in which fewer than ``minimum_group`` people acted is withheld, so that no figure describes
a handful of persons; it counts in the organisation, the next larger whole. Others are withheld with
it where its figures could be reckoned from theirs (:mod:`pipelines.cohorts.disclosure`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from pipelines.cohorts.disclosure import Group, shown_groups

ORGANISATION = "organisation"
_DIMENSIONS = ("team", "item_type", "release")


@dataclass(frozen=True, slots=True)
class Scopes:
    """The groups that may be shown."""

    teams: tuple[str, ...]
    item_types: tuple[str, ...]
    withheld: tuple[str, ...]
    """Scopes with too few people, in the words of the ``scope`` columns."""
    releases: tuple[str, ...] = ()


def visible_scopes(
    items: pl.DataFrame, changes: pl.DataFrame, bots: list[str], *, minimum_group: int
) -> Scopes:
    """Find the groups with enough people.

    Args:
        items: item_id, team, item_type, and release where releases may be shown.
        changes: item_id, actor_id.
        bots: actors that are no people.
        minimum_group: how many people a group needs.
    """
    people = (
        changes.filter(pl.col("actor_id").is_not_null() & ~pl.col("actor_id").is_in(bots))
        .select("item_id", "actor_id")
        .unique()
    )
    dimensions = [name for name in _DIMENSIONS if name in items.columns]
    acted = items.select("item_id", *dimensions).join(people, on="item_id", how="left")
    groups = shown_groups(acted.select(*dimensions, "actor_id"), minimum=minimum_group)
    return Scopes(
        teams=_names(groups, "team"),
        item_types=_names(groups, "item_type"),
        withheld=tuple(
            f"{dimension}:{name}" for (dimension, name), is_shown in groups.items() if not is_shown
        ),
        releases=_names(groups, "release"),
    )


def _names(groups: dict[Group, bool], wanted: str) -> tuple[str, ...]:
    return tuple(
        name for (dimension, name), shown in groups.items() if shown and dimension == wanted
    )


def in_each_scope(
    frame: pl.DataFrame, scopes: Scopes, *, by_type: bool = True, by_release: bool = False
) -> Iterator[tuple[str, pl.DataFrame]]:
    """The rows of each scope that has any, the organisation first."""
    if not frame.is_empty():
        yield ORGANISATION, frame
    releases = scopes.releases if by_release and "release" in frame.columns else ()
    item_types = scopes.item_types if by_type else ()
    groups = [("team", scopes.teams), ("item_type", item_types), ("release", releases)]
    for column, names in groups:
        parts = frame.partition_by(column, as_dict=True) if names else {}
        for name in names:
            if (part := parts.get((name,))) is not None:
                yield f"{column}:{name}", part

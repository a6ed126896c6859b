"""Scopes: the organisation, its teams, types of item and releases; small groups are not shown.

A group in which fewer than ``minimum_group`` people acted is withheld, so that no figure describes
a handful of persons; it counts in the organisation, the next larger whole. Others are withheld with
it where its figures could be computed from theirs (:mod:`pipelines.cohorts.disclosure`).
"""

from collections.abc import Iterator, Sequence
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


def acted_in(items: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Who acted in which groups, how often.

    Args:
        items: item_id, source, team, item_type, release, is_subtask.
        changes: item_id, actor_id, actor_role, is_bulk.

    Returns:
        source, team, item_type, release, is_subtask, actor_id, actor_role, changes, bulk_changes;
        a group in which nobody acted has a row without an actor, and of no changes.
    """
    groups = ("source", *_DIMENSIONS, "is_subtask", "actor_id", "actor_role")
    made = changes.select("item_id", "actor_id", "actor_role", "is_bulk", _is_made=pl.lit(True))
    return (
        items.join(made, on="item_id", how="left")
        .group_by(groups)
        .agg(changes=pl.col("_is_made").sum(), bulk_changes=pl.col("is_bulk").sum())
        .sort(groups)
    )


def visible_scopes(acted: pl.DataFrame, bots: list[str], *, minimum_group: int) -> Scopes:
    """Find the groups with enough people.

    Args:
        acted: team, item_type, and release where releases may be shown; actor_id, null where nobody
            acted. What :func:`acted_in` found, or one row for every act.
        bots: actors that are no people.
        minimum_group: how many people a group needs.
    """
    dimensions = [name for name in _DIMENSIONS if name in acted.columns]
    is_person = ~pl.col("actor_id").is_in(bots)
    people = acted.select(*dimensions, actor_id=pl.when(is_person).then("actor_id")).unique()
    groups = shown_groups(people, minimum=minimum_group)
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
    for scope, (part,) in together_in_each_scope(
        [frame], scopes, by_type=by_type, by_release=by_release
    ):
        yield scope, part


def together_in_each_scope(
    frames: Sequence[pl.DataFrame],
    scopes: Scopes,
    *,
    by_type: bool = True,
    by_release: bool = False,
) -> Iterator[tuple[str, list[pl.DataFrame]]]:
    """The rows of several frames in each scope in which the first has any.

    No more than the scopes of one dimension are at hand at a time: each is a copy of the frames.
    """
    first = frames[0]
    if not first.is_empty():
        yield ORGANISATION, list(frames)
    releases = scopes.releases if by_release and "release" in first.columns else ()
    item_types = scopes.item_types if by_type else ()
    groups = [("team", scopes.teams), ("item_type", item_types), ("release", releases)]
    for column, names in groups:
        if not names:
            continue
        parts = [one.partition_by(column, as_dict=True) for one in frames]
        for name in names:
            if (name,) in parts[0]:
                yield (
                    f"{column}:{name}",
                    [
                        found.get((name,), one.clear())
                        for found, one in zip(parts, frames, strict=True)
                    ],
                )

"""Scopes: the organisation, its teams, its types of item; small groups are not shown.

A group in which fewer than ``minimum_group`` people acted is withheld, so that no figure describes
a handful of persons; it still counts in the organisation.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Scopes:
    """The groups that may be shown."""

    teams: tuple[str, ...]
    item_types: tuple[str, ...]
    withheld: tuple[str, ...]
    """Scopes with too few people, in the words of the ``scope`` columns."""


def visible_scopes(
    items: pl.DataFrame, changes: pl.DataFrame, bots: list[str], *, minimum_group: int
) -> Scopes:
    """Find the groups with enough people.

    Args:
        items: item_id, team, item_type.
        changes: item_id, actor_id.
        bots: actors that are no people.
        minimum_group: how many people a group needs.
    """
    people = (
        changes.filter(pl.col("actor_id").is_not_null() & ~pl.col("actor_id").is_in(bots))
        .select("item_id", "actor_id")
        .unique()
    )
    acted = items.select("item_id", "team", "item_type").join(people, on="item_id", how="left")
    shown: dict[str, tuple[str, ...]] = {}
    withheld: list[str] = []
    for column in ("team", "item_type"):
        sizes = (
            acted.drop_nulls(column)
            .group_by(column)
            .agg(people=pl.col("actor_id").n_unique() - pl.col("actor_id").is_null().any())
            .sort(column)
        )
        enough = sizes.filter(pl.col("people") >= minimum_group)
        shown[column] = tuple(enough[column])
        few = sizes.filter(pl.col("people") < minimum_group)
        withheld += [f"{column}:{name}" for name in few[column]]
    return Scopes(shown["team"], shown["item_type"], tuple(withheld))


def in_each_scope(
    frame: pl.DataFrame, scopes: Scopes, *, by_type: bool = True
) -> Iterator[tuple[str, pl.DataFrame]]:
    """The rows of each scope that has any, the organisation first."""
    if not frame.is_empty():
        yield ORGANISATION, frame
    groups = [("team", scopes.teams), ("item_type", scopes.item_types if by_type else ())]
    for column, names in groups:
        parts = frame.partition_by(column, as_dict=True) if names else {}
        for name in names:
            if (part := parts.get((name,))) is not None:
                yield f"{column}:{name}", part

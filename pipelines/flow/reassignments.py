"""Reassignments: work passed from one person to another inside one role.

Between roles the same change is part of a handoff. Who was in which role is asked for the instant
of the change; where no roles are declared at all, every change from one person to another counts.
The changes of one click are one change, from whom it took the work to whom it gave it; GitHub
records who was removed and who was added in separate events, and both count together at one
instant. Assigning unassigned work, unassigning it, and changes by bots or in bulk are no
reassignments. Nobody is named: of the two people only their common role is kept.
"""

import polars as pl

from pipelines.histories.actor_roles import BOT, UNKNOWN, with_actor_roles

_MOVE = ["item_id", "sequence", "changed_at"]


def reassignments(
    changes: pl.DataFrame,
    *,
    actors: pl.DataFrame,
    actor_roles: pl.DataFrame,
    role_order: tuple[str, ...],
) -> pl.DataFrame:
    """Find them.

    Args:
        changes: item_id, sequence, group_end, field, is_member, from_id, to_id, is_bulk,
            changed_at.
        actors: actor_id, is_bot.
        actor_roles: actor_id, role, valid_from, valid_until (null: without bound).
        role_order: roles in the order of their declaration.

    Returns:
        item_id, sequence, reassigned_at, role (``?`` where none is declared), sorted.
    """
    moves = pl.concat([_of_one(changes), _of_several(changes)]).filter(
        pl.col("from_id") != pl.col("to_id")
    )
    for side in ("from", "to"):
        with_role = with_actor_roles(
            moves.with_columns(actor_id=f"{side}_id"),
            actors=actors,
            actor_roles=actor_roles,
            authors=_NOBODY,
            role_order=role_order,
        )
        moves = with_role.rename({"actor_role": f"{side}_role"}).drop("declared_role")
    excluded = [BOT] if actor_roles.is_empty() else [BOT, UNKNOWN]
    inside = (pl.col("from_role") == pl.col("to_role")) & ~pl.col("to_role").is_in(excluded)
    return (
        moves.filter(inside)
        .select("item_id", "sequence", reassigned_at="changed_at", role="to_role")
        .sort("item_id", "sequence")
    )


_NOBODY = pl.DataFrame(schema={"item_id": pl.String, "author_id": pl.String})
"""Here the author of a pull request has the role that was declared."""


def _of_one(changes: pl.DataFrame) -> pl.DataFrame:
    """Whole clicks on a field with one person in it."""
    return (
        changes.filter((pl.col("field") == "assignee") & ~pl.col("is_bulk"))
        .sort("item_id", "sequence")
        .group_by("item_id", "group_end", maintain_order=True)
        .agg(
            pl.col("sequence", "changed_at", "to_id").last(),
            pl.col("from_id").first(),
        )
        .select(*_MOVE, "from_id", "to_id")
    )


def _of_several(changes: pl.DataFrame) -> pl.DataFrame:
    """Instants at which a set of people lost one and gained one."""
    taken_off, put_on = pl.col("from_id").drop_nulls(), pl.col("to_id").drop_nulls()
    return (
        changes.filter((pl.col("field") == "assignees") & ~pl.col("is_bulk"))
        .sort("item_id", "sequence")
        .group_by("item_id", "changed_at", maintain_order=True)
        .agg(
            pl.col("sequence").last(),
            from_id=taken_off.first(),
            to_id=put_on.first(),
            is_pair=(taken_off.len() == 1) & (put_on.len() == 1),
        )
        .filter("is_pair")
        .select(*_MOVE, "from_id", "to_id")
    )

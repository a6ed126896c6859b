"""Early assignment: an item given to somebody who builds before it was let in.

Somebody of another known role assigns the item, before the click that enters build, to a person who
then has the role that builds. Edge cases:

* Who takes an item on is not assigned; an assignment made in bulk, by a bot, or by somebody whose
  role is not known is none.
* Where nobody is declared to have the role that builds, or nobody owns build, it is not known.
* Whom an item was assigned to when it was created no history tells.
"""

import polars as pl

from pipelines.histories.actor_roles import BOT, UNKNOWN

_FIELDS = ("assignee", "assignees")


def early_assignments(
    entries: pl.DataFrame, changes: pl.DataFrame, actor_roles: pl.DataFrame
) -> pl.DataFrame:
    """Tell which items were assigned early.

    Args:
        entries: item_id, group_end (of the entry into build), build_owner.
        changes: item_id, group_end, field, to_id, actor_id, actor_role, is_bulk, changed_at.
        actor_roles: actor_id, role, valid_from, valid_until (null: without bound).

    Returns:
        item_id, is_early (null: not known); sorted.
    """
    early = _given(entries, changes).join(
        actor_roles.select("role", "valid_from", "valid_until", to_id="actor_id"), on="to_id"
    )
    held = (
        (pl.col("role") == pl.col("build_owner"))
        & (pl.col("valid_from").is_null() | (pl.col("valid_from") <= pl.col("changed_at")))
        & (pl.col("valid_until").is_null() | (pl.col("changed_at") < pl.col("valid_until")))
    )
    found = early.filter(held).select("item_id").unique().with_columns(found=pl.lit(True))
    is_known = pl.col("build_owner").is_in(actor_roles["role"].unique().implode())
    return (
        entries.join(found, on="item_id", how="left")
        .select("item_id", is_early=pl.when(is_known).then(pl.col("found").fill_null(value=False)))
        .sort("item_id")
    )


def _given(entries: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Assignments before build by somebody of another known role to somebody else."""
    given = changes.filter(pl.col("field").is_in(_FIELDS) & ~pl.col("is_bulk"))
    by_others = (
        ~pl.col("actor_role").is_in([BOT, UNKNOWN])
        & (pl.col("actor_role") != pl.col("build_owner"))
        & (pl.col("actor_id") != pl.col("to_id"))
        & (pl.col("earlier") < pl.col("group_end"))
    )
    return entries.join(given.rename({"group_end": "earlier"}), on="item_id").filter(by_others)

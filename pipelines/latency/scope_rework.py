"""Scope rework: accepted work that came back because what was wanted had changed.

It runs from a late return, the move of an accepted item back to its sender or before, to the next
acceptance between the same two roles, else until the item was done or dropped, or the snapshot. It
is scope rework only where a person changed the scope in between: edited the description, the
acceptance criteria or the estimate after the acceptance and no later than with the click that
brought the item back. Edge cases:

* An edit of the same click as the return counts, one of a later click at the same instant does not;
  nor does one at the instant of the acceptance, which the receiver saw.
* Edits by bots and in bulk are nobody's change of mind.
* A late return without such an edit keeps its time in the stages in which it passed.
"""

import polars as pl

from pipelines.histories import history
from pipelines.histories.actor_roles import BOT
from pipelines.histories.field_names import SCOPE_FIELDS
from pipelines.histories.neighbours import first_after, last_before

_ATTEMPT = ["item_id", "step"]


def scope_rework_intervals(
    handoffs: pl.DataFrame, changes: pl.DataFrame, visits: pl.DataFrame
) -> pl.DataFrame:
    """When each item was done over because its scope had changed: item_id, since, until.

    Args:
        handoffs: item_id, step, from_role, to_role, from_rank, verdict, verdict_at, verdict_step,
            late_return_at, late_return_step, ended_at.
        changes: item_id, field, field_id, changed_at, group_end, actor_role, is_bulk.
        visits: item_id, stage_kind, stage_rank, entered_at, group_end.
    """
    returned = _with_return_end(
        handoffs.filter((pl.col("verdict") == "accepted") & pl.col("late_return_at").is_not_null()),
        visits,
    )
    caused = (
        last_before(
            *(returned, "return_end", _scope_edits(changes), "edit_end"), by="item_id", or_at=True
        )
        .filter(
            (pl.col("edited_at") > pl.col("verdict_at"))
            & (pl.col("edited_at") <= pl.col("late_return_at"))
        )
        .select(_ATTEMPT)
    )
    return (
        returned.join(caused, on=_ATTEMPT, how="semi")
        .join(_accepted_again(returned, handoffs), on=_ATTEMPT, how="left")
        .join(_over(returned, visits), on=_ATTEMPT, how="left")
        .select(
            "item_id",
            since="late_return_at",
            until=pl.min_horizontal("accepted_again_at", "over_at", "ended_at"),
        )
        .filter(pl.col("since") < pl.col("until"))
        .unique()
        .sort("item_id", "since", "until")
    )


def _with_return_end(returned: pl.DataFrame, visits: pl.DataFrame) -> pl.DataFrame:
    """Add the end of the group that brought the item back."""
    entries = visits.select("item_id", "stage_rank", late_return_at="entered_at", end="group_end")
    ends = (
        returned.select(*_ATTEMPT, "late_return_at", "from_rank")
        .join(entries, on=["item_id", "late_return_at"])
        .filter(pl.col("stage_rank") <= pl.col("from_rank"))
        .group_by(_ATTEMPT)
        .agg(return_end=pl.col("end").min())
    )
    return returned.join(ends, on=_ATTEMPT)


def _scope_edits(changes: pl.DataFrame) -> pl.DataFrame:
    """Edits of the scope by people, one by one: item_id, edited_at, edit_end."""
    by_people = changes.filter((pl.col("actor_role") != BOT) & ~pl.col("is_bulk"))
    edits = pl.concat([history.of_field(by_people, field) for field in SCOPE_FIELDS])
    return edits.select("item_id", edited_at="changed_at", edit_end="group_end")


def _over(returned: pl.DataFrame, visits: pl.DataFrame) -> pl.DataFrame:
    """When the item was next done or dropped after a return: nothing is being redone from there."""
    over = visits.filter(pl.col("stage_kind").is_in(["done", "dropped"])).select(
        "item_id", over_at="entered_at", over_end="group_end"
    )
    asked = returned.select(*_ATTEMPT, "return_end")
    found = first_after(asked, "return_end", over, "over_end", by="item_id")
    return found.select(*_ATTEMPT, "over_at")


def _accepted_again(returned: pl.DataFrame, handoffs: pl.DataFrame) -> pl.DataFrame:
    """The first acceptance after a return between the same two roles."""
    roles = ["item_id", "from_role", "to_role"]
    accepted = handoffs.filter(pl.col("verdict") == "accepted").select(
        *roles, accepted_again_at="verdict_at", accepted_in="verdict_step"
    )
    asked = returned.select(*roles, "step", "late_return_step")
    found = first_after(asked, "late_return_step", accepted, "accepted_in", by=roles)
    return found.select(*_ATTEMPT, "accepted_again_at")

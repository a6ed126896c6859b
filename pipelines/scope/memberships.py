"""Memberships: from when to when each item was part of a release, a sprint or an epic.

Read from the history of the fields that say so (:mod:`pipelines.scope.membership_sets`). Sub-tasks
are left out: they go where their parent goes. Edge cases:

* Taken out and put back within a day: it never left. Put in and taken out within a day: it never
  was in.
* What carries it since creation joined when it was born, by nobody who is known.
"""

from datetime import timedelta

import polars as pl

from pipelines.histories import history
from pipelines.scope.membership_sets import FIELDS, MembershipSets, membership_sets

MEMBERSHIPS = pl.Schema(
    {
        "item_id": pl.String(),
        "subject_kind": pl.String(),
        "subject_id": pl.String(),
        "joined_at": pl.Datetime("us", "UTC"),
        "joined_end": pl.Int32(),
        "joined_by": pl.String(),
        "is_joined_in_bulk": pl.Boolean(),
        "left_at": pl.Datetime("us", "UTC"),
        "is_left_in_bulk": pl.Boolean(),
    }
)
_NETTED_WITHIN = timedelta(hours=24)
_BOND = ["item_id", "subject_kind", "subject_id"]


def memberships(
    items: pl.DataFrame, changes: pl.DataFrame, present: pl.DataFrame, release_dates: pl.DataFrame
) -> pl.DataFrame:
    """Find every stay of an item in a release, a sprint or an epic.

    Args:
        items: item_id, source, project, key, item_type, is_subtask, born_at.
        changes: item_id, sequence, group_end, field, field_id, is_member, from_id, from_text,
            to_id, to_text, changed_at, actor_role, is_bulk.
        present: the values the tracker shows now.
        release_dates: release_id, source, kind, version_id, release, project, valid_from; sprints
            among them.

    Returns:
        item_id, subject_kind, subject_id, joined_at, joined_end (the group that put it in, 0 for
        creation), joined_by (role, null for creation), is_joined_in_bulk, left_at (null: it is
        still in), is_left_in_bulk; sorted. The stays of an item in one subject do not overlap.
    """
    fields = [field.lower() for field in FIELDS]
    changes, present = (history.of_fields(frame, fields) for frame in (changes, present))
    parts = [
        _stays(_held(kind, items), _steps(kind, changes)).with_columns(
            subject_kind=pl.lit(kind.subject_kind)
        )
        for kind in membership_sets(items, changes, present, release_dates)
        if not kind.sets.is_empty()
    ]
    return _settled(pl.concat(parts)) if parts else MEMBERSHIPS.to_frame()


def _numbered(sets: pl.DataFrame) -> pl.DataFrame:
    return sets.sort("item_id", "group_end").with_columns(
        step=pl.int_range(pl.len(), dtype=pl.Int32).over("item_id")
    )


def _held(kind: MembershipSets, items: pl.DataFrame) -> pl.DataFrame:
    """Which subjects an item is in at each step: item_id, step, subject_id."""
    of_project = pl.col("of_project")
    return (
        _numbered(kind.sets)
        .select("item_id", "step", member="members")
        .explode("member", empty_as_null=True)
        .join(items.select("item_id", "source", "project"), on="item_id")
        .join(kind.names, on=["source", "member"])
        .filter(of_project.is_null() | (of_project == pl.col("project")))
        .select("item_id", "step", "subject_id")
        .unique()
    )


def _steps(kind: MembershipSets, changes: pl.DataFrame) -> pl.DataFrame:
    """Steps with the role of whoever made them, and whether they were many in one go."""
    fields = [field.lower() for field in kind.fields]
    groups = (
        changes.filter(pl.col("field").str.to_lowercase().is_in(fields))
        .sort("item_id", "sequence")
        .group_by("item_id", "group_end", maintain_order=True)
        .agg(actor_role=pl.col("actor_role").first(), is_bulk=pl.col("is_bulk").any())
    )
    return (
        _numbered(kind.sets)
        .drop("members")
        .join(groups, on=["item_id", "group_end"], how="left")
        .with_columns(pl.col("is_bulk").fill_null(value=False))
    )


def _stays(held: pl.DataFrame, steps: pl.DataFrame) -> pl.DataFrame:
    """Join the steps at which an item was in a subject without a break."""
    bond = ["item_id", "subject_id"]
    goes_on = pl.col("step") == pl.col("step").shift(1) + 1
    runs = (
        held.sort(*bond, "step")
        .with_columns(run=_run(bond, goes_on))
        .group_by(*bond, "run", maintain_order=True)
        .agg(step=pl.col("step").first(), left_step=pl.col("step").last() + 1)
    )
    joined = steps.select(
        "item_id",
        "step",
        joined_at="valid_from",
        joined_end="group_end",
        joined_by="actor_role",
        is_joined_in_bulk="is_bulk",
    )
    left = steps.select(
        "item_id", left_step="step", left_at="valid_from", is_left_in_bulk="is_bulk"
    )
    return runs.join(joined, on=["item_id", "step"]).join(
        left, on=["item_id", "left_step"], how="left"
    )


def _run(bond: list[str], goes_on: pl.Expr) -> pl.Expr:
    """Which run a row is of, in the order of the bonds: windows of a million bonds take minutes."""
    same = pl.all_horizontal(pl.col(name) == pl.col(name).shift(1) for name in bond)
    return (~(same & goes_on).fill_null(value=False)).cum_sum()


def _settled(stays: pl.DataFrame) -> pl.DataFrame:
    """Without what was undone within a day: first the gaps, then the short stays."""
    away = pl.col("joined_at") - pl.col("left_at").shift(1)
    goes_on = (away <= _NETTED_WITHIN).fill_null(value=True)
    whole = (
        stays.sort(*_BOND, "joined_end")
        .with_columns(run=_run(_BOND, goes_on))
        .group_by(*_BOND, "run", maintain_order=True)
        .agg(
            pl.col("joined_at", "joined_end", "joined_by", "is_joined_in_bulk").first(),
            pl.col("left_at").last(),
            pl.col("is_left_in_bulk").last().fill_null(value=False),
        )
    )
    lasted = pl.col("left_at") - pl.col("joined_at") > _NETTED_WITHIN
    return whole.filter(lasted.fill_null(value=True)).drop("run")

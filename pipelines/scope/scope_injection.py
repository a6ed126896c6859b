"""Scope injection: what came into a committed release, sprint or epic, and what went out.

The committed set is what was in it at its commitment. *Injected* is what joined after that and up
to its end, *removed* what of the committed set left in that time. Edge cases:

* What was in the committed set is never injected: taken out for more than a day and put back, it
  is removed.
* A change made in bulk is a migration and no injection or removal; what a bot put in is no
  injection, as its links are often made late. All of them keep their effect on the set.
* An estimate is that of the moment: of the commitment, and for the injected of the click that put
  them in.
* Of a release that was committed when it was first seen the earlier moves are not known.
"""

import polars as pl

from pipelines.histories.actor_roles import BOT
from pipelines.histories.item_estimates import with_points
from pipelines.histories.neighbours import last_before

_SUBJECT = ["subject_kind", "subject_id"]


def placements(memberships: pl.DataFrame, scopes: pl.DataFrame) -> pl.DataFrame:
    """How each item stood to each committed subject it was in between commitment and end.

    Args:
        memberships: what :func:`pipelines.scope.memberships.memberships` found.
        scopes: subject_kind, subject_id, subject, committed_at, ended_at, is_lower_bound: what
            :mod:`pipelines.scope.committed_scopes` found.

    Returns:
        item_id, the columns of the scope, joined_at, joined_end, is_committed, is_injected,
        is_removed; one row per stay, sorted.
    """
    joined, left = pl.col("joined_at"), pl.col("left_at")
    was_there = (joined <= pl.col("committed_at")) & (
        left.is_null() | (left > pl.col("committed_at"))
    )
    came = (joined > pl.col("committed_at")) & (joined <= pl.col("ended_at"))
    is_migration = pl.col("is_joined_in_bulk") | (pl.col("joined_by") == BOT).fill_null(value=False)
    went = (left <= pl.col("ended_at")) & ~pl.col("is_left_in_bulk")
    bond = ["item_id", *_SUBJECT]
    return (
        memberships.join(scopes, on=_SUBJECT)
        .with_columns(is_committed=was_there)
        .filter(pl.col("is_committed") | came)
        .with_columns(
            is_injected=came & ~is_migration & ~pl.col("is_committed").any().over(bond),
            is_removed=pl.col("is_committed") & went.fill_null(value=False),
        )
        .select(
            "item_id",
            *scopes.columns,
            *("joined_at", "joined_end", "is_committed", "is_injected", "is_removed"),
        )
        .sort(*_SUBJECT, "item_id", "joined_at")
    )


def scope_injection(
    placed: pl.DataFrame, items: pl.DataFrame, changes: pl.DataFrame, present: pl.DataFrame
) -> pl.DataFrame:
    """Count the committed, the injected and the removed items of each subject.

    Args:
        placed: what :func:`placements` found.
        items: item_id, source, team, born_at.
        changes: with ``group_end``.
        present: the values the tracker shows now.

    Returns:
        The columns of ``main.scope_injection``, sorted.
    """
    estimated = with_points(_moments(placed, changes), items, changes, present)
    return (
        _counted(estimated)
        .join(_teams(placed, items), on=_SUBJECT)
        .select(
            *(*_SUBJECT, "subject", "team", "committed_at", "ended_at"),
            *("committed_items", "injected_items", "removed_items"),
            injected_share=_share("injected_items"),
            removed_share=_share("removed_items"),
            committed_points="committed_points",
            injected_points="injected_points",
            removed_points="removed_points",
            is_lower_bound="is_lower_bound",
        )
        .sort(_SUBJECT)
    )


def _counted(estimated: pl.DataFrame) -> pl.DataFrame:
    """Items and points of each subject; what came in twice was injected once, at the first time."""
    parts = ("committed", "injected", "removed")
    nth = pl.col("is_injected").cum_sum().over("item_id", *_SUBJECT)
    return (
        estimated.sort(*_SUBJECT, "item_id", "joined_at")
        .with_columns(is_injected=pl.col("is_injected") & (nth == 1))
        .group_by(_SUBJECT, maintain_order=True)
        .agg(
            pl.col("subject", "committed_at", "ended_at", "is_lower_bound").first(),
            *(_count(part) for part in parts),
            *(_points(part) for part in parts),
        )
    )


def _moments(placed: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Add the group after which the estimate is read: ``group_end``."""
    groups = (
        changes.select("item_id", "changed_at", "group_end")
        .join(placed, on="item_id", how="semi")
        .sort("changed_at", "group_end")
    )
    at_commitment = last_before(
        placed, "committed_at", groups, "changed_at", by="item_id", or_at=True
    )
    then = pl.when("is_committed").then(pl.col("group_end").fill_null(0)).otherwise("joined_end")
    return at_commitment.with_columns(group_end=then.cast(pl.Int32))


def _count(part: str) -> pl.Expr:
    return pl.col(f"is_{part}").sum().cast(pl.Int32).alias(f"{part}_items")


def _points(part: str) -> pl.Expr:
    """The sum of the estimates; null, and not 0, where there is none."""
    points = pl.col("points").filter(f"is_{part}").drop_nulls()
    return pl.when(points.len() > 0).then(points.sum()).alias(f"{part}_points")


def _share(items: str) -> pl.Expr:
    whole = pl.col("committed_items")
    return pl.when(whole > 0).then(pl.col(items) / whole)


def _teams(placed: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """The team most items belong to, of several the first by name."""
    return (
        placed.select(*_SUBJECT, "item_id")
        .unique()
        .join(items.select("item_id", "team"), on="item_id")
        .group_by(*_SUBJECT, "team")
        .len()
        .sort(*_SUBJECT, -pl.col("len").cast(pl.Int64), "team")
        .group_by(_SUBJECT, maintain_order=True)
        .agg(pl.col("team").first())
    )

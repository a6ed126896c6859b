"""Whether every date is possible: changes and items against creation and snapshot."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from pipelines.audit import Finding, counted

_EARLY = "change_before_creation"
_LATE = "change_after_snapshot"
MISDATED: Final = (_EARLY, _LATE)
AFTER_SNAPSHOT: Final = (_LATE, "item_after_snapshot")
"""What is no fault where somebody asks for an instant before the last reading."""
_REMEDY: Final = "See to the as_of of an archive; of a live tracker, to the clock of this machine."


def misdated(items: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """How many changes lie before the creation and after the snapshot of their items.

    Args:
        items: item_id, source, created_at, observed_until.
        changes: all changes, later ones included.

    Returns:
        source, finding, changes.
    """
    placed = changes.join(
        items.select("item_id", "source", "created_at", "observed_until"), on="item_id"
    )
    odd = pl.concat(
        placed.filter(is_odd).select("source", finding=pl.lit(finding))
        for finding, is_odd in (
            (_EARLY, pl.col("changed_at") < pl.col("created_at")),
            (_LATE, pl.col("changed_at") > pl.col("observed_until")),
        )
    )
    return odd.group_by("source", "finding").agg(changes=pl.len()).sort("source", "finding")


def instants(odd: pl.DataFrame, items: pl.DataFrame) -> Iterator[Finding]:
    """What is dated before the creation or after the snapshot of its item, and items that are gone.

    Args:
        odd: what :func:`misdated` found.
        items: all items, with source, created_at, resolved_at, observed_until, missing_since.
    """
    words = {
        _EARLY: "dated before the creation of the item, as imports do; the life of such an item "
        "begins at its first change.",
        _LATE: "dated after the snapshot: kept in core.field_changes and left out of every metric. "
        f"{_REMEDY}",
    }
    for name, told in words.items():
        for source, count in odd.filter(finding=name).sort("source")["source", "changes"].rows():
            detail = f"{counted(count, 'change')} {told}"
            yield Finding(source, name, "warning", detail, expected=0, found=count)
    yield from _not_yet_created(items)
    yield from _resolved_before(items)
    for source, count in _by_source(items.filter(pl.col("missing_since").is_not_null())):
        yield Finding(
            source,
            "missing_items",
            "warning",
            f"{counted(count, 'item')} that the source showed before and no longer shows: deleted, "
            "moved, archived, hidden or no longer asked for; kept as last seen.",
            found=count,
        )


def _not_yet_created(items: pl.DataFrame) -> Iterator[Finding]:
    for source, count in _by_source(items.filter(~_is_there())):
        yield Finding(
            source,
            "item_after_snapshot",
            "warning",
            f"{counted(count, 'item')} created after the snapshot: kept in core.items and left out "
            f"of every table of main. {_REMEDY}",
            expected=0,
            found=count,
        )


def _resolved_before(items: pl.DataFrame) -> Iterator[Finding]:
    backwards = _is_there() & (pl.col("resolved_at") < pl.col("created_at"))
    for source, count in _by_source(items.filter(backwards)):
        yield Finding(
            source,
            "resolved_before_creation",
            "warning",
            f"{counted(count, 'item')} resolved before creation, as imports have it; that instant "
            "is not used, and where no history shows the end, the creation is taken for it.",
            expected=0,
            found=count,
        )


def _is_there() -> pl.Expr:
    return pl.col("created_at") <= pl.col("observed_until")


def _by_source(items: pl.DataFrame) -> list[tuple[str, int]]:
    return items.group_by("source").len().sort("source").rows()

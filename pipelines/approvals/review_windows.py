"""When a pull request was ready for review: open and no draft.

The clock of a review runs in these windows only. A pull request opened as a draft has none until it
is marked as ready; going back to draft or being closed ends one, and being ready or open again
begins the next. Nothing begins after the merge.
"""

import polars as pl

_READY = ("review required", "changes requested", "approved")


def review_windows(changes: pl.DataFrame) -> pl.DataFrame:
    """Find them, pull request by pull request.

    Args:
        changes: item_id, sequence, field, to_text, changed_at of pull requests.

    Returns:
        item_id, ready_from and ready_until (sequence of the change, exclusive at the end),
        ready_at and unready_at (its instant), unready_by (draft, closed or merged); the end is
        null where there is none so far. Sorted by item and begin.
    """
    return (
        statuses(changes)
        .with_columns(is_ready=pl.col("status").is_in(_READY))
        .with_columns(_run=pl.struct("item_id", "is_ready").rle_id())
        .unique("_run", keep="first", maintain_order=True)
        .with_columns(
            ready_until=pl.col("sequence").shift(-1).over("item_id"),
            unready_at=pl.col("changed_at").shift(-1).over("item_id"),
            unready_by=pl.col("status").shift(-1).over("item_id"),
        )
        .filter("is_ready")
        .select(
            "item_id",
            "ready_until",
            "unready_at",
            "unready_by",
            ready_from="sequence",
            ready_at="changed_at",
        )
    )


def last_statuses(changes: pl.DataFrame) -> pl.DataFrame:
    """What each pull request was in the end: item_id, status, since (instant); sorted.

    Args:
        changes: item_id, sequence, field, to_text, changed_at of pull requests.
    """
    last = statuses(changes).unique("item_id", keep="last", maintain_order=True)
    return last.select("item_id", "status", since="changed_at")


def statuses(changes: pl.DataFrame) -> pl.DataFrame:
    """Every change of status: item_id, sequence, changed_at, status; sorted."""
    return (
        changes.filter(pl.col("field") == "status")
        .select("item_id", "sequence", "changed_at", status="to_text")
        .sort("item_id", "sequence")
    )

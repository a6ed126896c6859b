"""What stands in the end of each approver of a change: an approval, or a request for changes.

An approver is heard last: a verdict that somebody had waited for takes the place of all they had
said before; one that nobody had waited for takes the place of an opposite one, and confirms an
approval as of the first time. A dismissal takes away what it names. A stay in an approval stage
that ended without a verdict takes away the approval an earlier one had given.
"""

import polars as pl


def standing_approvals(given: pl.DataFrame, requests: pl.DataFrame) -> pl.DataFrame:
    """Find what stands of each approver at the end of the life of the item, or at the snapshot.

    Args:
        given: every verdict once: item_id, request_number, verdict, ended_at, dismissed_at,
            life_ends_at, approver, is_awaited (somebody had waited for it).
        requests: item_id, request_number, channel, step, verdict, ended_at, dismissed_at,
            life_ends_at.

    Returns:
        item_id, approver, given_at (when the approval that stands was given; null where none does),
        is_blocking (a request for changes stands); sorted by item.
    """
    was_dismissed = (pl.col("dismissed_at") <= pl.col("life_ends_at")).fill_null(value=False)
    refused = ~was_dismissed & (pl.col("verdict") == "changes_requested")
    approver = ("item_id", "approver")
    return (
        pl.concat([given, _left_without(requests)], how="diagonal")
        .sort("item_id", "ended_at", "request_number")
        .with_columns(is_broken=was_dismissed | (pl.col("verdict") != "approved"))
        .with_columns(begins=(pl.col("is_broken") | pl.col("is_awaited")).cum_sum().over(approver))
        .filter(pl.col("begins") == pl.col("begins").max().over(approver))
        .group_by(approver, maintain_order=True)
        .agg(
            given_at=pl.col("ended_at").filter(~pl.col("is_broken")).first(),
            is_blocking=refused.last(),
        )
    )


def _left_without(requests: pl.DataFrame) -> pl.DataFrame:
    """Stays in an approval stage that ended without a verdict: what it had given before is gone."""
    is_left = (pl.col("channel") == "approval") & (pl.col("verdict") == "withdrawn")
    return requests.filter(is_left).select(
        "item_id",
        "verdict",
        "ended_at",
        "dismissed_at",
        "life_ends_at",
        "request_number",
        approver="step",
        is_awaited=pl.lit(True),
    )

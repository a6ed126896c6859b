"""How many verdicts, and how many approvers, of an item came one after the other.

A series is one in which each request was made when the one before had ended, or later. Taking again
and again the request that ends first, of those still possible, finds the longest (interval
scheduling; Kleinberg and Tardos 2006, section 4.1).
"""

import polars as pl


def approval_series(requests: pl.DataFrame) -> pl.DataFrame:
    """Find the length of the longest series of each item.

    Args:
        requests: item_id, requested_at, ended_at: requests that ended.

    Returns:
        item_id, depth; sorted by item. One pass for every place in a series, over all items.
    """
    left = requests.select("item_id", "requested_at", "ended_at").sort(
        "item_id", "ended_at", "requested_at"
    )
    left = left.with_columns(place=pl.int_range(pl.len()).over("item_id"))
    taken = [left.head(0).select("item_id")]
    while not left.is_empty():
        first = left.unique("item_id", keep="first", maintain_order=True)
        taken.append(first.select("item_id"))
        # A request of no length may follow upon itself, and stands behind its own place.
        after = first.select("item_id", ended="ended_at", taken="place")
        left = (
            left.join(after, on="item_id", maintain_order="left")
            .filter(
                (pl.col("place") > pl.col("taken")) & (pl.col("requested_at") >= pl.col("ended"))
            )
            .drop("ended", "taken")
        )
    depths = pl.concat(taken).group_by("item_id").agg(depth=pl.len().cast(pl.Int32))
    return depths.sort("item_id")


def approver_series(verdicts: pl.DataFrame, stood: pl.DataFrame) -> pl.DataFrame:
    """Find the longest series of approvers of each item, each counted once.

    One follows another who was asked after that one had answered. Of the series by the first round
    of each and that by the last, the shorter counts: whoever is asked again for another look does
    not stand behind those who were not.

    Args:
        verdicts: item_id, approver, requested_at, ended_at: requests that were answered.
        stood: item_id, approver, given_at: what stands of each, as
            :func:`pipelines.approvals.standing_approvals.standing_approvals` finds it.

    Returns:
        item_id, approvers_in_series; of items with an approval that was asked for and stands,
        sorted by item.
    """
    key = ("item_id", "approver")
    rounds = (
        verdicts.join(stood.drop_nulls("given_at").select(*key, "given_at"), on=key)
        .filter(pl.col("ended_at") <= pl.col("given_at"))
        .sort(*key, "ended_at", "requested_at")
    )
    series = [
        approval_series(rounds.unique(key, keep=keep, maintain_order=True))
        for keep in ("first", "last")
    ]
    shorter = pl.concat(series).group_by("item_id").agg(approvers_in_series=pl.col("depth").min())
    return shorter.sort("item_id")

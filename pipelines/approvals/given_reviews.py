"""The reviews of pull requests that decide something.

A verdict is an approval or a request for changes by a person other than the author, given while
the pull request was neither merged nor closed. A comment, a review by a bot, an approval after the
merge are none. All deleted accounts are one person, known as ``?``.
"""

import polars as pl

from pipelines.approvals.review_windows import statuses
from pipelines.histories.actor_roles import BOT
from pipelines.histories.neighbours import last_before

_GONE = "?"


def given_reviews(changes: pl.DataFrame, authors: pl.DataFrame) -> pl.DataFrame:
    """The reviews that decide something.

    Args:
        changes: item_id, change_group, sequence, field, from_id, to_id, to_text, actor_id,
            actor_role, changed_at of pull requests.
        authors: item_id, author_id.

    Returns:
        item_id, sequence, changed_at, decider, decided_by_role, change_group, verdict, review_id,
        dismissed_sequence and dismissed_at (null where it was not dismissed), next_verdict (the
        sequence of the same reviewer's next one, null for the last). Sorted by item and sequence.
    """
    reviews = changes.filter(pl.col("field") == "review").sort("item_id", "sequence")
    dismissals = (
        reviews.filter(pl.col("from_id").is_not_null())
        .group_by("item_id", "from_id", maintain_order=True)
        .agg(
            dismissed_sequence=pl.col("sequence").first(),
            dismissed_at=pl.col("changed_at").first(),
        )
        .rename({"from_id": "to_id"})
    )
    is_own = (pl.col("actor_id") == pl.col("author_id")).fill_null(value=False)
    return (
        reviews.filter(
            pl.col("from_id").is_null() & pl.col("to_text").is_in(["approved", "changes_requested"])
        )
        .join(authors, on="item_id", how="left")
        .filter(~is_own & (pl.col("actor_role") != BOT))
        .join(dismissals, on=["item_id", "to_id"], how="left")
        .pipe(_while_open, changes)
        .select(
            "item_id",
            "sequence",
            "changed_at",
            "change_group",
            "dismissed_sequence",
            "dismissed_at",
            decider=pl.col("actor_id").fill_null(_GONE),
            decided_by_role="actor_role",
            verdict="to_text",
            review_id="to_id",
        )
        .sort("item_id", "sequence")
        .with_columns(next_verdict=pl.col("sequence").shift(-1).over("item_id", "decider"))
    )


def _while_open(reviews: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Those given while the pull request was neither merged nor closed."""
    since = statuses(changes).select("item_id", "status", since="sequence")
    then = last_before(reviews, "sequence", since, "since", by="item_id", or_at=True).drop("since")
    return then.filter(~pl.col("status").is_in(["merged", "closed"]).fill_null(value=False))

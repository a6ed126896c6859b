"""Pushes: a commit names no account, so that what it changes is its pull request's author's.

A push that answers a request for changes moves the pull request back to its reviewers. Without an
author it would count as done by an unknown actor, in every such round. Where the
author deleted the account it stays nobody's.
"""

import polars as pl

_COMMIT = "commit:"


def with_push_authors(changes: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """Give the changes that a commit made to the author of the pull request.

    Args:
        changes: item_id, change_group, actor_id.
        items: item_id, author_id (null on tickets).
    """
    is_nameless = pl.col("actor_id").is_null() & pl.col("change_group").str.starts_with(_COMMIT)
    authors = items.select("item_id", "author_id")
    return (
        changes.join(authors, on="item_id", how="left", maintain_order="left")
        .with_columns(actor_id=pl.when(is_nameless).then("author_id").otherwise("actor_id"))
        .drop("author_id")
    )

"""Whose the changes are that a commit made."""

import polars as pl

from pipelines.histories.push_authors import with_push_authors
from tests.pipelines.frames import frame


def test_what_a_commit_changes_is_the_authors_and_nothing_else_is() -> None:
    changes = frame(
        {"item_id": "pull", "change_group": "commit:a1"},
        {"item_id": "pull", "change_group": "commit:b2", "actor_id": "ben"},
        {"item_id": "pull", "change_group": "settled"},
        {"item_id": "gone", "change_group": "commit:c3"},
        **dict.fromkeys(("item_id", "change_group", "actor_id"), pl.String),
    )
    items = frame(
        {"item_id": "pull", "author_id": "ada"},
        {"item_id": "gone"},
        **dict.fromkeys(("item_id", "author_id"), pl.String),
    )

    told = with_push_authors(changes, items)

    assert told["actor_id"].to_list() == ["ada", "ben", None, None]
    assert told.columns == changes.columns

"""The shapes of the frames of ``core``, as the SQL of that layer makes them."""

from typing import Any

import polars as pl

_INSTANT = pl.Datetime("us", "UTC")


def _texts(*names: str) -> dict[str, Any]:
    return dict.fromkeys(names, pl.String)


def _instants(*names: str) -> dict[str, Any]:
    return dict.fromkeys(names, _INSTANT)


SHAPES: dict[str, dict[str, Any]] = {
    "sources": {**_texts("source", "tracker"), **_instants("snapshot_at")},
    "items": {
        **_texts("item_id", "source", "tracker", "kind", "key", "url", "title", "project"),
        **_texts("project_id", "item_type", "parent_id", "status_id", "status", "resolution"),
        **_texts("author_id"),
        "is_subtask": pl.Boolean,
        **dict.fromkeys(("components", "labels"), pl.List(pl.String)),
        **_instants("created_at", "resolved_at", "observed_until", "missing_since"),
    },
    "field_changes": {
        **_texts("item_id", "change_group"),
        **dict.fromkeys(("ordinal", "sequence"), pl.Int32),
        **_texts("field", "field_id"),
        "is_member": pl.Boolean,
        **_texts("from_id", "from_text", "to_id", "to_text", "actor_id"),
        **_instants("changed_at"),
    },
    "field_values": {
        **_texts("item_id", "field"),
        "position": pl.Int32,
        **_texts("field_id", "value_id", "value_text"),
    },
    "statuses": _texts("source", "status_id", "status", "category"),
    "release_dates": {
        **_texts("release_id", "source", "kind", "version_id", "item_id", "release", "project"),
        **dict.fromkeys(("starts_on", "release_on"), pl.Date),
        "is_released": pl.Boolean,
        **_instants("valid_from", "valid_until"),
    },
    "actors": {**_texts("actor_id", "source"), "is_bot": pl.Boolean},
    "actor_roles": {**_texts("actor_id", "role"), **_instants("valid_from", "valid_until")},
    "seat_holders": {
        **_texts("role", "place", "actor_id"),
        **_instants("valid_from", "valid_until"),
    },
    "activities": {
        **_texts("item_id", "activity_id", "kind", "actor_id"),
        "has_text": pl.Boolean,
        **_instants("acted_at"),
    },
    "item_links": {
        **_texts("item_id", "linked_item_id", "link", "evidence"),
        "is_closing": pl.Boolean,
    },
}
"""Columns and types per frame; what a case does not speak of is null."""

"""What an item shows at its snapshot, where the payload is of a later day."""

from typing import Any

import polars as pl
import pytest

from pipelines.histories.present_values import items_as_shown
from tests.pipelines.frames import frame


def shown(tracker: str, field: str, *texts: str | None) -> list[str]:
    """The members of a set of an item whose payload of today shows ``today``."""
    items = frame(
        {"item_id": "a", "tracker": tracker, "key": "PAY-1", field: ["today"]},
        **dict.fromkeys(("item_id", "tracker", "key", "title", "item_type"), pl.String),
        **dict.fromkeys(("resolution", "project"), pl.String),
        **dict.fromkeys(("labels", "components"), pl.List(pl.String)),
    )
    rows: list[dict[str, Any]] = [
        {"item_id": "a", "field": field, "position": place, "value_text": text}
        for place, text in enumerate(texts, start=1)
    ]
    present = frame(
        *rows, item_id=pl.String, field=pl.String, position=pl.Int32, value_text=pl.String
    )
    members: list[str] = items_as_shown(items, present)[field].item().to_list()
    return members


@pytest.mark.parametrize(
    ("tracker", "field", "texts", "members"),
    [
        ("jira", "labels", ("mobile debt",), ["mobile", "debt"]),
        ("jira", "labels", ("mobile", "debt"), ["mobile", "debt"]),
        ("github", "labels", ("good first issue", "bug"), ["good first issue", "bug"]),
        ("jira", "components", ("Check out", "Web"), ["Check out", "Web"]),
        ("jira", "labels", (None,), []),
    ],
)
def test_sets_are_those_of_the_snapshot(
    tracker: str, field: str, texts: tuple[str | None, ...], members: list[str]
) -> None:
    assert shown(tracker, field, *texts) == members


def test_a_set_of_which_nothing_is_known_keeps_what_the_payload_shows() -> None:
    assert shown("jira", "labels") == ["today"]

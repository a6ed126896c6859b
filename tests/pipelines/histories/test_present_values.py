"""What an item shows at its snapshot, where the payload is of a later day."""

from typing import Any

import polars as pl
import pytest

from pipelines.histories import history
from pipelines.histories.present_values import items_as_shown, present_at
from tests.pipelines.core_shapes import SHAPES
from tests.pipelines.frames import INSTANT, Row, at, frame

SHOWN = SHAPES["items"] | {"born_at": INSTANT, "observed_until": INSTANT}
ITEM = {"item_id": "a", "key": "PAY-1", "project": "PAY", "observed_until": at("2026-03-31")}


def shown(*values: Row, **item: Any) -> dict[str, Any]:
    """An item as these values show it; its labels and components of today are ``today``."""
    items = frame({**ITEM, "labels": ["today"], "components": ["today"], **item}, **SHOWN)
    rows = ({"item_id": "a", "position": place, **one} for place, one in enumerate(values, 1))
    (row,) = items_as_shown(items, frame(*rows, **SHAPES["field_values"])).to_dicts()
    return row


def before(change: Row, *today: Row) -> pl.DataFrame:
    """The values at the end of March, of which a change of April made those of today."""
    later = {"item_id": "a", "sequence": 1, "changed_at": at("2026-04-02"), "is_member": False}
    rows = (
        {"item_id": "a", "field": change["field"], "position": place, **one}
        for place, one in enumerate(today, 1)
    )
    return present_at(
        frame(ITEM, **SHOWN),
        frame({**later, **change}, **SHAPES["field_changes"]),
        frame(*rows, **SHAPES["field_values"]),
    )


@pytest.mark.parametrize(
    ("field", "texts", "members"),
    [
        ("labels", ("good first issue", "bug"), ["good first issue", "bug"]),
        ("components", ("Check out", "Web"), ["Check out", "Web"]),
        ("labels", (None,), []),
    ],
)
def test_sets_are_those_of_the_snapshot(
    field: str, texts: tuple[str | None, ...], members: list[str]
) -> None:
    assert shown(*({"field": field, "value_text": text} for text in texts))[field] == members


def test_a_set_of_which_nothing_is_known_keeps_what_the_payload_shows() -> None:
    assert shown()["labels"] == ["today"]


@pytest.mark.parametrize(
    ("listed", "members"),
    [("mobile debt", ["mobile", "debt"]), ("mobile", ["mobile"]), ("", [None]), (None, [None])],
)
def test_labels_that_a_change_listed_in_one_text_are_members_each(
    listed: str | None, members: list[str | None]
) -> None:
    change = {"field": "labels", "from_id": "", "from_text": listed, "to_text": "debt"}
    values = before(change, {"value_text": "debt"})
    assert values["value_text"].to_list() == members
    assert values["position"].to_list() == list(range(1, len(members) + 1))
    assert values["value_id"].null_count() == len(members)


def test_a_history_of_labels_begins_with_each_of_them_where_all_its_changes_are_later() -> None:
    change = {"field": "labels", "from_text": "mobile debt", "to_text": "debt"}
    values = before(change, {"value_text": "debt"})
    nothing = frame(**SHAPES["field_changes"], group_end=pl.Int32)
    told = history.set_timeline(nothing, values, frame(ITEM, **SHOWN), "labels")
    assert told["members"].to_list() == [["debt", "mobile"]]


def test_a_label_that_came_alone_may_have_blanks() -> None:
    change = {"field": "labels", "is_member": True, "from_text": "good first issue"}
    assert before(change)["value_text"].to_list() == ["good first issue"]


def test_a_single_value_may_have_blanks() -> None:
    change = {"field": "priority", "from_id": "2", "from_text": "Very high", "to_text": "Low"}
    values = before(change, {"value_id": "4", "value_text": "Low"})
    assert values.select("value_id", "value_text", "position").rows() == [("2", "Very high", 1)]


@pytest.mark.parametrize(
    ("today", "then", "project"),
    [
        ({"key": "WEB-7", "project": "WEB"}, "PAY-1", "PAY"),
        ({"key": "WEB-7", "project": None}, "PAY-1", "PAY"),
        ({"key": "acme/web#7", "project": "acme/web"}, "acme/api#1", "acme/web"),
        ({"key": "TARN-7", "project": "Harbour"}, "TARN-7", "Harbour"),
    ],
)
def test_the_project_is_that_of_the_key_where_keys_are_made_of_projects(
    today: dict[str, str], then: str, project: str
) -> None:
    row = shown({"field": "key", "value_text": then}, **today)
    assert (row["key"], row["project"]) == (then, project)

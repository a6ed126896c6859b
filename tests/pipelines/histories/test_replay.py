"""Replay: the last value of each history against what the tracker shows now."""

from typing import Any

import polars as pl
import pytest

from pipelines.histories.replay import replay_counts, replay_mismatches
from tests.pipelines.frames import Row, frame

ITEMS = frame({"item_id": "a", "source": "acme"}, item_id=pl.String, source=pl.String)


def changes(*rows: Row) -> pl.DataFrame:
    numbered = (
        {"item_id": "a", "sequence": number, "is_member": False, **row}
        for number, row in enumerate(rows, start=1)
    )
    texts = ("item_id", "field", "from_id", "from_text", "to_id", "to_text")
    types = {**dict.fromkeys(texts, pl.String), "sequence": pl.Int32, "is_member": pl.Boolean}
    return frame(*numbered, **types)


def present(*rows: Row) -> pl.DataFrame:
    texts = dict.fromkeys(("item_id", "field", "value_id", "value_text"), pl.String)
    return frame(*({"item_id": "a", **row} for row in rows), **texts)


def found(moved: pl.DataFrame, now: pl.DataFrame) -> list[tuple[Any, ...]]:
    return replay_mismatches(moved, now).select("field", "replayed", "present").rows()


def test_a_history_that_ends_where_the_tracker_stands_is_right() -> None:
    moved = changes(
        {"field": "status", "to_text": "Ready"},
        {"field": "status", "from_text": "Ready", "to_text": "Done"},
    )

    assert found(moved, present({"field": "status", "value_text": "Done"})) == []


def test_a_value_changed_without_a_history_is_listed() -> None:
    moved = changes({"field": "status", "to_text": "Ready"})
    mismatches = replay_mismatches(moved, present({"field": "status", "value_text": "Done"}))

    assert mismatches.rows() == [("a", "status", "Ready", "Done", "changed without a history")]


def test_a_milestone_renamed_since_is_no_change_without_a_history() -> None:
    """GitHub's histories tell the title it had then, and no id."""
    moved = changes({"field": "milestone", "to_text": "v2"})
    renamed = {"field": "milestone", "value_id": "7", "value_text": "Spring"}

    assert found(moved, present(renamed)) == []
    assert found(moved, present({"field": "milestone"})) == [("milestone", "v2", None)]


def test_a_value_emptied_without_a_history_is_listed() -> None:
    moved = changes({"field": "duedate", "to_id": "2026-03-20", "to_text": "2026-03-20 00:00:00.0"})

    assert found(moved, present({"field": "duedate"})) == [
        ("duedate", "2026-03-20 00:00:00.0", None)
    ]


def test_the_last_change_is_the_last_by_sequence_and_not_by_row() -> None:
    moved = changes({"field": "status", "to_text": "Ready"}, {"field": "status", "to_text": "Done"})

    assert found(moved.reverse(), present({"field": "status", "value_text": "Done"})) == []


@pytest.mark.parametrize(
    ("change", "value"),
    [
        pytest.param(
            {"to_id": "31", "to_text": "Building"},
            {"value_id": "31", "value_text": "In Development"},
            id="a renamed value has the same id",
        ),
        pytest.param(
            {"to_id": "2026-03-20", "to_text": "2026-03-20 00:00:00.0"},
            {"field": "duedate", "value_text": "2026-03-20"},
            id="a day is the same day with a midnight behind it",
        ),
        pytest.param({"to_text": "5"}, {"value_text": "5.0"}, id="a number is the same number"),
        pytest.param(
            {"to_text": "one\r\ntwo "},
            {"value_text": "one\ntwo"},
            id="blanks and line ends are how a text is stored",
        ),
        pytest.param({"to_text": ""}, {"value_text": None}, id="empty is empty"),
    ],
)
def test_what_differs_in_its_writing_alone_agrees(change: Row, value: Row) -> None:
    field = value.get("field", "field")

    assert found(changes({"field": field, **change}), present({"field": field, **value})) == []


def test_a_due_date_a_day_off_is_listed() -> None:
    moved = changes({"field": "duedate", "to_id": "2026-03-20", "to_text": "2026-03-20 00:00:00.0"})

    assert found(moved, present({"field": "duedate", "value_text": "2026-03-19"})) == [
        ("duedate", "2026-03-20 00:00:00.0", "2026-03-19")
    ]


def test_a_list_shown_member_by_member_is_compared_in_any_order() -> None:
    moved = changes({"field": "labels", "to_text": "urgent design"})
    now = present(
        {"field": "labels", "value_text": "design"}, {"field": "labels", "value_text": "urgent"}
    )

    assert found(moved, now) == []


@pytest.mark.parametrize("ids", ["[11, 12]", "[12,11]", "11, 12"])
def test_choices_are_compared_by_their_ids_however_they_are_listed(ids: str) -> None:
    moved = changes({"field": "Markets", "to_id": ids, "to_text": "Germany,France, overseas"})
    now = [
        {"field": "Markets", "value_id": "11", "value_text": "Germany"},
        {"field": "Markets", "value_id": "12", "value_text": "France, overseas"},
    ]

    assert found(moved, present(*now)) == []
    assert found(moved, present(now[0])) == [("Markets", "Germany,France, overseas", "Germany")]


def test_of_people_who_are_nobody_in_particular_is_compared_whether_there_are_any() -> None:
    moved = changes({"field": "Team", "to_id": "?", "to_text": "?"})
    somebody = {"field": "Team", "value_id": "person:a", "value_text": "person:a"}

    assert found(moved, present(somebody, {**somebody, "value_id": "person:b"})) == []
    assert found(moved, present({"field": "Team"})) == [("Team", "?", None)]


def test_a_label_lost_without_a_history_is_listed() -> None:
    moved = changes({"field": "labels", "to_text": "urgent design"})

    assert found(moved, present({"field": "labels", "value_text": "design"})) == [
        ("labels", "urgent design", "design")
    ]


def test_a_member_gone_without_a_history_is_listed() -> None:
    moved = changes({"field": "fixVersions", "is_member": True, "to_id": "7", "to_text": "1.0"})

    assert found(moved, present({"field": "fixVersions"})) == [("fixVersions", "1.0", None)]


def test_a_member_that_came_back_without_a_history_is_listed() -> None:
    moved = changes({"field": "fixVersions", "is_member": True, "from_id": "7", "from_text": "1.0"})
    now = present({"field": "fixVersions", "value_id": "7", "value_text": "1.0"})

    assert found(moved, now) == [("fixVersions", None, "1.0")]


def test_a_renamed_member_is_the_same_member() -> None:
    moved = changes({"field": "fixVersions", "is_member": True, "to_id": "7", "to_text": "Spring"})
    now = present({"field": "fixVersions", "value_id": "7", "value_text": "1.0"})

    assert found(moved, now) == []


def test_members_no_change_mentions_are_nobodys_mismatch() -> None:
    moved = changes({"field": "fixVersions", "is_member": True, "to_id": "7", "to_text": "1.0"})
    now = present(
        {"field": "fixVersions", "value_id": "7", "value_text": "1.0"},
        {"field": "fixVersions", "value_id": "8", "value_text": "1.1"},
    )

    assert found(moved, now) == []


def test_a_field_the_tracker_does_not_show_cannot_be_compared() -> None:
    assert found(changes({"field": "Sprint", "to_text": "12"}), present()) == []


def test_counts_tell_what_was_compared_and_what_agreed() -> None:
    moved = changes(
        {"field": "status", "to_text": "Ready"},
        {"field": "status", "to_text": "Done"},
        {"field": "priority", "to_text": "High"},
        {"field": "Sprint", "to_text": "12"},
        {"field": "review", "to_text": "approved"},
    )
    now = present(
        {"field": "status", "value_text": "Done"}, {"field": "priority", "value_text": "Low"}
    )

    counts = replay_counts(moved, now, replay_mismatches(moved, now), ITEMS)
    assert counts.rows() == [
        ("acme", "Sprint", 1, 0, 0),
        ("acme", "priority", 1, 1, 0),
        ("acme", "status", 1, 1, 1),
    ]

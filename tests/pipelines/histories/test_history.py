"""State as of any moment: single values, sets, and the moment at which a click has taken effect."""

from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from pipelines.histories.history import as_of, of_field, set_timeline, timeline, with_group_end
from tests.pipelines.frames import INSTANT, Row, at, frame

BORN = "2026-03-02"
ITEMS = frame({"item_id": "a", "born_at": at(BORN)}, item_id=pl.String, born_at=INSTANT)


def changes(*rows: Row) -> pl.DataFrame:
    """Changes of item a on 3 March, each in a group of its own unless it says otherwise."""
    numbered = (
        {
            "item_id": "a",
            "change_group": str(number),
            "sequence": number,
            "is_member": False,
            "changed_at": at("2026-03-03"),
            **row,
        }
        for number, row in enumerate(rows, start=1)
    )
    texts = ("item_id", "change_group", "field", "field_id", "from_id", "from_text")
    types = {**dict.fromkeys((*texts, "to_id", "to_text"), pl.String), "sequence": pl.Int32}
    return with_group_end(frame(*numbered, **types, is_member=pl.Boolean, changed_at=INSTANT))


def present(*rows: Row) -> pl.DataFrame:
    numbered = ({"item_id": "a", "position": n, **row} for n, row in enumerate(rows, start=1))
    texts = ("item_id", "field", "field_id", "value_id", "value_text")
    return frame(*numbered, **dict.fromkeys(texts, pl.String), position=pl.Int32)


def steps(found: pl.DataFrame) -> list[tuple[Any, ...]]:
    return found.select("group_end", "value_text").rows()


def sets(found: pl.DataFrame) -> list[tuple[Any, ...]]:
    return found.select("group_end", "members").rows()


def member(field: str, *, out: str | None = None, into: str | None = None, **more: Any) -> Row:
    return {"field": field, "is_member": True, "from_text": out, "to_text": into, **more}


def test_before_its_first_change_a_field_holds_what_that_change_replaced() -> None:
    moved = changes({"field": "priority", "from_text": "Low", "to_text": "High"})
    now = present({"field": "priority", "value_text": "High"})

    assert steps(timeline(moved, now, ITEMS, "priority")) == [(0, "Low"), (1, "High")]


def test_without_any_change_a_field_holds_its_present_value_since_birth() -> None:
    found = timeline(
        changes(), present({"field": "priority", "value_text": "Low"}), ITEMS, "priority"
    )

    assert found.select("group_end", "valid_from", "value_text").rows() == [(0, at(BORN), "Low")]


def test_an_empty_field_is_known_to_be_empty() -> None:
    assert steps(timeline(changes(), present({"field": "duedate"}), ITEMS, "duedate")) == [
        (0, None)
    ]


def test_a_field_of_which_nothing_is_known_has_no_state() -> None:
    assert timeline(changes(), present(), ITEMS, "duedate").is_empty()


def test_what_is_known_of_nothing_has_the_columns_of_what_is_known() -> None:
    one = member("labels", into="urgent")
    for states, field in ((timeline, "duedate"), (set_timeline, "labels")):
        some = states(changes({**one, "field": field}), present(), ITEMS, field)
        assert some.height
        assert states(changes(), present(), ITEMS, field).schema == some.schema


def test_a_set_that_some_items_tell_whole_and_others_by_members() -> None:
    both = pl.concat([ITEMS, ITEMS.with_columns(item_id=pl.lit("b"))])
    moved = changes(
        member("labels", into="urgent"),
        {"item_id": "b", "field": "labels", "from_text": "late", "to_text": "late big"},
    )
    told = set_timeline(moved, present(), both, "labels")
    assert told.select("item_id", "group_end", "members").rows() == [
        ("a", 0, []),
        ("a", 1, ["urgent"]),
        ("b", 0, ["late"]),
        ("b", 2, ["big", "late"]),
    ]


def test_the_last_change_of_a_group_is_the_one_that_takes_effect() -> None:
    moved = changes(
        {"field": "status", "from_text": "A", "to_text": "B", "change_group": "7"},
        {"field": "status", "from_text": "B", "to_text": "C", "change_group": "7"},
    )

    assert steps(timeline(moved, present(), ITEMS, "status")) == [(0, "A"), (2, "C")]


def test_two_groups_of_one_instant_are_two_steps_in_their_order() -> None:
    moved = changes(
        {"field": "status", "from_text": "A", "to_text": "B"},
        {"field": "status", "from_text": "B", "to_text": "C"},
    )

    assert steps(timeline(moved, present(), ITEMS, "status")) == [(0, "A"), (1, "B"), (2, "C")]


def test_the_order_of_the_rows_given_does_not_matter() -> None:
    moved = changes(
        {"field": "status", "from_text": "A", "to_text": "B"},
        {"field": "status", "from_text": "B", "to_text": "A"},
        {"field": "status", "from_text": "A", "to_text": "C"},
    )

    found = timeline(moved.reverse(), present(), ITEMS, "status")
    assert found.equals(timeline(moved, present(), ITEMS, "status"))


def test_a_field_is_found_by_name_or_id_in_any_case() -> None:
    moved = changes({"field": "Story Points", "field_id": "customfield_16", "to_text": "5"})

    assert of_field(moved, "story points").height == 1
    assert of_field(moved, "CUSTOMFIELD_16").height == 1
    assert of_field(moved, "Story").is_empty()


def test_a_member_is_in_the_set_from_its_addition_to_its_removal() -> None:
    moved = changes(
        member("fixVersions", into="1.0"),
        member("fixVersions", into="1.1"),
        member("fixVersions", out="1.0"),
    )
    now = present({"field": "fixVersions", "value_text": "1.1"})

    assert sets(set_timeline(moved, now, ITEMS, "fixVersions")) == [
        (0, []),
        (1, ["1.0"]),
        (2, ["1.0", "1.1"]),
        (3, ["1.1"]),
    ]


def test_a_member_that_was_only_ever_removed_was_there_from_the_beginning() -> None:
    moved = changes(member("fixVersions", out="1.0"))

    found = set_timeline(moved, present({"field": "fixVersions"}), ITEMS, "fixVersions")
    assert sets(found) == [(0, ["1.0"]), (1, [])]


def test_a_member_no_change_mentions_was_there_from_the_beginning() -> None:
    moved = changes(member("fixVersions", into="1.1"))
    now = present(
        {"field": "fixVersions", "value_text": "1.0"},
        {"field": "fixVersions", "value_text": "1.1"},
    )

    found = set_timeline(moved, now, ITEMS, "fixVersions")
    assert sets(found) == [(0, ["1.0"]), (1, ["1.0", "1.1"])]


def test_two_members_changed_in_one_group_change_together() -> None:
    moved = changes(
        member("fixVersions", out="1.0", change_group="7"),
        member("fixVersions", into="1.1", change_group="7"),
    )
    now = present({"field": "fixVersions", "value_text": "1.1"})

    found = set_timeline(moved, now, ITEMS, "fixVersions")
    assert sets(found) == [(0, ["1.0"]), (2, ["1.1"])]


def test_a_member_that_came_back_is_in_the_set_again() -> None:
    moved = changes(
        member("fixVersions", into="1.0"),
        member("fixVersions", out="1.0"),
        member("fixVersions", into="1.0"),
    )
    now = present({"field": "fixVersions", "value_text": "1.0"})

    found = set_timeline(moved, now, ITEMS, "fixVersions")
    assert sets(found) == [(0, []), (1, ["1.0"]), (2, []), (3, ["1.0"])]


def test_a_renamed_member_is_one_member_under_the_name_it_had() -> None:
    moved = changes(member("fixVersions", into="Spring", to_id="77"))
    now = present({"field": "fixVersions", "value_id": "77", "value_text": "1.0"})

    assert sets(set_timeline(moved, now, ITEMS, "fixVersions")) == [(0, []), (1, ["Spring"])]
    by_id = set_timeline(moved, now, ITEMS, "fixVersions", members="id")
    assert sets(by_id) == [(0, []), (1, ["77"])]


@given(st.lists(st.sampled_from("abcd"), max_size=20), st.sets(st.sampled_from("abcd")))
def test_a_set_is_what_came_and_did_not_go_since_then(steps: list[str], held: set[str]) -> None:
    states, moves = [sorted(held)], []
    for one in steps:
        moves.append(member("fixVersions", **{"out" if one in held else "into": one}))
        held = held ^ {one}
        states.append(sorted(held))
    shown = [{"field": "fixVersions", "value_text": one} for one in sorted(held)]
    now = present(*shown or [{"field": "fixVersions"}])

    found = set_timeline(changes(*moves), now, ITEMS, "fixVersions")
    assert sets(found) == list(enumerate(states))


def test_a_set_whose_changes_carry_whole_lists_is_split_at_blanks() -> None:
    moved = changes({"field": "labels", "from_text": "urgent", "to_text": "urgent  design"})
    now = present(
        {"field": "labels", "value_text": "urgent"}, {"field": "labels", "value_text": "design"}
    )

    found = set_timeline(moved, now, ITEMS, "labels")
    assert sets(found) == [(0, ["urgent"]), (1, ["design", "urgent"])]


def test_a_whole_list_emptied_is_an_empty_set() -> None:
    moved = changes({"field": "labels", "from_text": "urgent", "to_text": None})

    found = set_timeline(moved, present({"field": "labels"}), ITEMS, "labels")
    assert sets(found) == [(0, ["urgent"]), (1, [])]


def test_a_set_nobody_ever_changed_is_its_present_members() -> None:
    now = present({"field": "labels", "value_text": "b"}, {"field": "labels", "value_text": "a"})

    assert sets(set_timeline(changes(), now, ITEMS, "labels")) == [(0, ["a", "b"])]


def test_a_moment_sees_all_of_its_own_group_and_nothing_later() -> None:
    moved = changes(
        {"field": "status", "from_text": "A", "to_text": "B", "change_group": "7"},
        {"field": "points", "to_text": "5", "change_group": "7"},
        {"field": "points", "from_text": "5", "to_text": "8"},
    )
    moments = frame(
        {"item_id": "a", "group_end": 2},
        {"item_id": "a", "group_end": 0},
        {"item_id": "a", "group_end": 3},
        item_id=pl.String,
        group_end=pl.Int32,
    )

    points = timeline(moved, present(), ITEMS, "points")
    found = as_of(points, moments, columns=("value_text",))
    assert found["value_text"].to_list() == ["5", None, "8"]


def test_a_moment_of_an_item_without_a_state_sees_nothing() -> None:
    moments = frame({"item_id": "b", "group_end": 9}, item_id=pl.String, group_end=pl.Int32)
    points = timeline(changes({"field": "points", "to_text": "5"}), present(), ITEMS, "points")

    assert as_of(points, moments, columns=("value_text",))["value_text"].to_list() == [None]

"""A click is summed up: what it took away, and what it put there, on balance."""

from typing import Any

from pipelines.decisions.clicks import clicks
from tests.pipelines.frames import Row
from tests.pipelines.governed_edits import changes, edit, member


def values(*edits: Row) -> list[Any]:
    """From and to, click by click."""
    return clicks(changes(edits)).select("from_value", "to_value").rows()


def test_a_release_swapped_in_one_click_is_one_change() -> None:
    assert values(
        member("product", 1, taken="1.0", change_group="one"),
        member("product", 1, put="2.0", change_group="one"),
    ) == [("1.0", "2.0")]


def test_several_members_are_named_in_order() -> None:
    found = values(
        *(member("product", 1, taken=release) for release in ("1.1", "1.0")),
        *(member("product", 1, put=release) for release in ("3.0", "2.0")),
    )

    assert found == [("1.0, 1.1", "2.0, 3.0")]


def test_a_member_taken_out_and_put_back_in_one_click_is_no_change() -> None:
    assert values(member("product", 1, taken="1.0"), member("product", 1, put="1.0")) == []


def test_moving_to_another_milestone_is_one_change_though_the_tracker_tells_two() -> None:
    assert values(
        edit("product", 1, "Spring", None, field="milestone"),
        edit("product", 1, None, "Summer", field="milestone"),
    ) == [("Spring", "Summer")]


def test_two_people_at_one_instant_make_two_changes() -> None:
    assert values(edit("product", 1, "High", "Low"), edit("engineering", 1, "Low", "High")) == [
        ("High", "Low"),
        ("Low", "High"),
    ]


def test_two_fields_in_one_click_are_two_changes() -> None:
    priority = edit("product", 1, "High", "Low", change_group="one")
    text = edit("product", 1, "a", "b", change_group="one", field="description")

    assert clicks(changes([priority, text])).select("field", "sequence", "group_end").rows() == [
        ("priority", 1, 2),
        ("description", 2, 2),
    ]


def test_the_same_text_under_another_id_is_no_change() -> None:
    assert values(edit("product", 1, "High", "High", from_id="2", to_id="10002")) == []


def test_a_value_renamed_meanwhile_is_no_change() -> None:
    assert values(edit("product", 1, "Major", "High", from_id="3", to_id="3")) == []


def test_blanks_around_a_text_are_none_of_it() -> None:
    assert (
        values(
            edit("product", 1, "as was ", "as was", field="description"),
            edit("product", 2, None, "  ", field="description"),
        )
        == []
    )


def test_an_edit_from_nothing_to_nothing_is_none() -> None:
    assert values(edit("product", 1, None, None)) == []


def test_a_date_is_its_day_however_the_tracker_words_it() -> None:
    worded = {"from_id": "2026-03-01", "to_id": "2026-04-02"}

    assert (
        values(
            edit("product", 1, "1/Mar/26", "2/Apr/26", field="duedate", **worded),
            edit("product", 2, "2026-03-01 00:00:00.0", "2026-04-02T10:00:00Z", field="Target end"),
        )
        == [("2026-03-01", "2026-04-02")] * 2
    )


def test_a_date_is_known_by_its_day_whether_or_not_it_has_an_id() -> None:
    worded = edit("product", 1, "2026-03-01 00:00:00.0", None, field="duedate")
    with_id = edit("product", 2, "1/Mar/26", None, field="duedate", from_id="2026-03-01")

    assert clicks(changes([worded, with_id]))["removed"].to_list() == [["2026-03-01"]] * 2


def test_another_hour_of_the_same_day_is_no_change_of_a_date() -> None:
    hours = [f"2026-03-01T{hour}:00:00.000+0100" for hour in (10, 15)]

    assert values(edit("product", 1, *hours, field="Target end")) == []


def test_a_text_that_begins_with_a_date_is_no_date() -> None:
    written = "2026-03-01 we decided otherwise"

    assert values(edit("product", 1, "2026-03-01", written, field="description")) == [
        ("2026-03-01", written)
    ]


def test_one_step_in_bulk_makes_the_click_one() -> None:
    steps = [
        member("product", 1, taken="1.0"),
        member("product", 1, put="2.0", is_bulk=True),
    ]

    assert clicks(changes(steps))["is_bulk"].to_list() == [True]


def test_no_changes_make_no_clicks() -> None:
    assert clicks(changes([])).is_empty()


def test_a_value_has_a_place_in_the_orders_that_know_it() -> None:
    [row] = clicks(changes([edit("product", 1, "Low", "Soon", from_id="4", to_id="2")])).to_dicts()

    assert row["before"] == {"day": None, "number": None, "named": 1, "numbered": -4}
    assert row["after"] == {"day": None, "number": None, "named": None, "numbered": -2}


def test_permuting_the_rows_changes_nothing() -> None:
    steps = changes([member("product", 1, taken="1.0"), member("product", 1, put="2.0")])

    assert clicks(steps.reverse()).equals(clicks(steps))


def test_one_instant_in_two_items_is_two_clicks() -> None:
    found = clicks(
        changes([edit("product", 1, "High", "Low"), edit("product", 1, "High", "Low", item_id="2")])
    )

    assert found["item_id"].to_list() == ["1", "2"]


def test_steps_of_an_actor_whom_the_tracker_does_not_name_are_one_click() -> None:
    unnamed = {"field": "milestone", "actor_id": None}

    assert values(
        edit("?", 1, "Spring", None, **unnamed), edit("?", 1, None, "Summer", **unnamed)
    ) == [("Spring", "Summer")]

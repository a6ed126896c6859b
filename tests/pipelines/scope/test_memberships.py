"""Memberships: from when to when an item was part of a release, a sprint, an epic."""

from datetime import timedelta
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from pipelines.histories.history import with_group_end
from pipelines.scope.memberships import memberships
from tests.pipelines.core_shapes import SHAPES
from tests.pipelines.frames import INSTANT, Row, at, frame

BORN = at("2026-01-01")
DATES = frame(
    *(
        {"source": "acme", "valid_from": BORN, **row}
        for row in (
            {"release_id": "v1", "kind": "version", "version_id": "10", "release": "1.0"},
            {"release_id": "v2", "kind": "version", "version_id": "20", "release": "2.0"},
            {"release_id": "s12", "kind": "sprint", "version_id": "12", "release": "Sprint 12"},
            {"release_id": "s14", "kind": "sprint", "version_id": "14", "release": "Sprint 14"},
            {"release_id": "m", "kind": "milestone", "version_id": "MI_1", "project": "acme/web"},
            {"release_id": "o", "kind": "milestone", "version_id": "MI_2", "project": "acme/api"},
        )
    ),
    **SHAPES["release_dates"],
).with_columns(release=pl.col("release").fill_null("Spring"))
SHAPE = SHAPES["field_changes"] | {"actor_role": pl.String, "is_bulk": pl.Boolean}
ITEM: Row = {
    "item_id": "jira:acme:1",
    "source": "acme",
    "key": "PAY-1",
    "project": "PAY",
    "is_subtask": False,
    "born_at": BORN,
}
NEVER = None


def stays(
    *changes: Row,
    present: tuple[Row, ...] = (),
    items: tuple[Row, ...] = ({},),
    dates: pl.DataFrame = DATES,
) -> pl.DataFrame:
    """The memberships of items; an item is ``jira:acme:1`` unless it says otherwise."""
    usual = {"item_id": "jira:acme:1", "is_member": False, "is_bulk": False, "actor_role": "lead"}
    moves = (
        {**usual, "sequence": number, "change_group": str(number), **change}
        for number, change in enumerate(changes, start=1)
    )
    return memberships(
        frame(*({**ITEM, **row} for row in items), **SHAPES["items"], born_at=INSTANT),
        with_group_end(frame(*moves, **SHAPE)),
        frame(
            *({"item_id": "jira:acme:1", "position": 1, **row} for row in present),
            **SHAPES["field_values"],
        ),
        dates,
    )


def told(found: pl.DataFrame) -> list[tuple[Any, ...]]:
    return found.select("subject_kind", "subject_id", "joined_at", "left_at").rows()


def put_in(version: str, when: str) -> Row:
    return {"field": "fixVersions", "is_member": True, "to_id": version, "changed_at": at(when)}


def taken_out(version: str, when: str) -> Row:
    return {"field": "fixVersions", "is_member": True, "from_id": version, "changed_at": at(when)}


def test_an_item_is_in_a_release_from_one_click_to_another() -> None:
    found = stays(put_in("10", "2026-01-05"), taken_out("10", "2026-02-01"))
    assert told(found) == [("release", "v1", at("2026-01-05"), at("2026-02-01"))]


def test_what_an_item_carries_since_creation_it_joined_when_it_was_born() -> None:
    found = stays(present=({"field": "fixVersions", "value_id": "10", "value_text": "1.0"},))
    assert told(found) == [("release", "v1", BORN, NEVER)]
    assert found.select("joined_end", "joined_by", "is_joined_in_bulk").rows() == [(0, None, False)]


def test_taken_out_and_put_back_within_a_day_it_never_left() -> None:
    moves = ("2026-01-05", "2026-02-01 09:00", "2026-02-02 09:00")
    found = stays(put_in("10", moves[0]), taken_out("10", moves[1]), put_in("10", moves[2]))
    assert told(found) == [("release", "v1", at("2026-01-05"), NEVER)]


def test_put_back_after_more_than_a_day_it_was_in_twice() -> None:
    moves = ("2026-01-05", "2026-02-01 09:00", "2026-02-02 09:01")
    found = stays(put_in("10", moves[0]), taken_out("10", moves[1]), put_in("10", moves[2]))
    assert told(found) == [
        ("release", "v1", at(moves[0]), at(moves[1])),
        ("release", "v1", at(moves[2]), NEVER),
    ]


def test_put_in_and_taken_out_within_a_day_it_never_was_in() -> None:
    assert stays(put_in("10", "2026-01-05"), taken_out("10", "2026-01-06")).is_empty()


def test_a_closed_sprint_stays_in_the_list_of_an_item_that_went_on_to_the_next() -> None:
    first = {"field": "Sprint", "to_id": "12", "changed_at": at("2026-01-05")}
    second = {"field": "Sprint", "from_id": "12", "to_id": "12, 14", "changed_at": at("2026-01-19")}
    assert told(stays(first, second)) == [
        ("sprint", "s12", at("2026-01-05"), NEVER),
        ("sprint", "s14", at("2026-01-19"), NEVER),
    ]


def test_sprints_an_item_shows_without_a_history_are_known_one_by_one() -> None:
    blob = "com.atlassian.greenhopper.service.sprint.Sprint@e[id=14,rapidViewId=3,state=ACTIVE]"
    found = stays(
        present=(
            {"field": "Sprint", "position": 1, "value_id": "12", "value_text": "Sprint 12"},
            {"field": "Sprint", "position": 2, "value_text": blob},
        )
    )
    assert found["subject_id"].to_list() == ["s12", "s14"]


def test_a_milestone_is_known_by_its_title_in_its_repository() -> None:
    item = {"item_id": "github:acme:acme/web#7", "key": "acme/web#7", "project": "acme/web"}
    given_ = {"field": "milestone", "to_text": "Spring", "changed_at": at("2026-01-05")}
    taken = {"field": "milestone", "from_text": "Spring", "changed_at": at("2026-03-01")}
    found = stays(
        *({"item_id": item["item_id"], **move} for move in (given_, taken)), items=(item,)
    )
    assert told(found) == [("release", "m", at("2026-01-05"), at("2026-03-01"))]


def test_a_title_that_was_used_again_means_the_milestone_that_was_seen_last() -> None:
    again = {"release_id": "n", "source": "acme", "kind": "milestone", "version_id": "MI_3"}
    later = {"release": "Spring", "project": "acme/web", "valid_from": at("2026-03-01")}
    dates = pl.concat([frame({**again, **later}, **SHAPES["release_dates"]), DATES])
    moved = {"field": "milestone", "to_text": "Spring", "changed_at": at("2026-03-05")}
    found = stays(moved, items=({"project": "acme/web"},), dates=dates)
    assert told(found) == [("release", "n", at("2026-03-05"), NEVER)]


def test_a_milestone_that_was_renamed_is_known_by_the_id_an_item_shows() -> None:
    moved = {"field": "milestone", "to_text": "Before the rename", "changed_at": at("2026-01-05")}
    shown = {"field": "milestone", "value_id": "MI_1", "value_text": "Spring"}
    assert told(stays(moved, present=(shown,))) == [("release", "m", at("2026-01-05"), NEVER)]


EPIC = {"item_id": "jira:acme:9", "key": "NEW-9"}


def test_an_epic_link_and_the_parent_that_replaced_it_are_one_bond() -> None:
    linked = {"field": "Epic Link", "to_id": "9", "changed_at": at("2026-01-05")}
    replaced = {"field": "parent", "to_id": "9", "changed_at": at("2026-06-01")}
    found = stays(linked, replaced, items=({}, EPIC))
    assert told(found) == [("epic", "jira:acme:9", at("2026-01-05"), NEVER)]


def test_a_parent_is_found_by_a_key_it_had_before() -> None:
    shown = {"field": "Epic Link", "value_text": "OLD-9"}
    renamed = {"item_id": "jira:acme:9", "field": "key", "from_text": "OLD-9", "to_text": "NEW-9"}
    moved = {**renamed, "changed_at": at("2026-01-09")}
    found = stays(moved, present=(shown,), items=({}, EPIC))
    assert told(found) == [("epic", "jira:acme:9", BORN, NEVER)]


def test_a_key_that_two_items_had_is_that_of_the_first_of_them() -> None:
    shown = {"field": "Epic Link", "value_text": "OLD-9"}
    renamed = {"field": "key", "from_text": "OLD-9", "changed_at": at("2026-01-09")}
    later = {**renamed, "item_id": "jira:acme:9", "to_text": "NEW-9"}
    first = {**renamed, "item_id": "jira:acme:8", "to_text": "NEW-8"}
    other = {"item_id": "jira:acme:8", "key": "NEW-8"}
    found = stays(later, first, present=(shown,), items=({}, EPIC, other))
    assert told(found) == [("epic", "jira:acme:8", BORN, NEVER)]


def test_a_parent_at_github_that_comes_before_the_old_one_goes_is_the_new_one() -> None:
    names = ("github:acme:acme/web#1", "github:acme:acme/web#2", "github:acme:acme/web#3")
    items = tuple({"item_id": name, "key": name.rpartition(":")[2]} for name in names)
    first, second = ({"field": "parent", "is_member": True, "item_id": names[0]} for _ in "ab")
    found = stays(
        {**first, "to_text": "acme/web#2", "changed_at": at("2026-01-05")},
        {**second, "to_text": "acme/web#3", "changed_at": at("2026-02-01")},
        {**second, "from_text": "acme/web#2", "changed_at": at("2026-02-01")},
        items=items,
    )
    assert told(found) == [
        ("epic", names[1], at("2026-01-05"), at("2026-02-01")),
        ("epic", names[2], at("2026-02-01"), NEVER),
    ]


def test_an_item_that_was_a_sub_task_once_was_part_of_no_epic_then() -> None:
    freed = {"field": "parent", "from_id": "9", "changed_at": at("2026-02-01"), "change_group": "1"}
    retyped = {**freed, "field": "issuetype", "from_id": "5", "from_text": "Sub-task"}
    other = {"item_id": "jira:acme:8", "key": "PAY-8", "item_type": "Sub-task", "is_subtask": True}
    assert stays(freed, {**retyped, "to_text": "Story"}, items=({}, EPIC, other)).is_empty()
    assert told(stays(freed, items=({}, EPIC, other))) == [
        ("epic", "jira:acme:9", BORN, at("2026-02-01"))
    ]


def test_a_sub_task_is_part_of_nothing_of_its_own() -> None:
    assert stays(put_in("10", "2026-01-05"), items=({"is_subtask": True},)).is_empty()


def test_who_put_it_in_and_whether_many_were_is_told() -> None:
    found = stays({**put_in("10", "2026-01-05"), "actor_role": "bot", "is_bulk": True})
    assert found.select("joined_end", "joined_by", "is_joined_in_bulk").rows() == [(1, "bot", True)]


MOVES = st.lists(
    st.tuples(st.sampled_from(("10", "20")), st.booleans(), st.integers(0, 60)), max_size=12
)


def random_stays(moves: list[tuple[str, bool, int]]) -> pl.DataFrame:
    moment, changes = BORN, []
    for version, is_in, hours in moves:
        moment += timedelta(hours=hours)
        side = "to_id" if is_in else "from_id"
        changes.append(
            {"field": "fixVersions", "is_member": True, side: version, "changed_at": moment}
        )
    return stays(*changes)


@given(MOVES)
def test_the_stays_of_an_item_in_one_subject_are_more_than_a_day_apart_and_long(
    moves: list[tuple[str, bool, int]],
) -> None:
    found = random_stays(moves)
    day = timedelta(days=1)
    before = pl.col("left_at").shift(1).over("subject_id")
    first = pl.int_range(pl.len()).over("subject_id") == 0

    assert found.filter(~first & before.is_null()).is_empty()
    assert found.filter(pl.col("joined_at") - before <= day).is_empty()
    assert found.filter(pl.col("left_at") - pl.col("joined_at") <= day).is_empty()


def test_where_nothing_is_part_of_anything_there_are_the_same_columns() -> None:
    some = stays({"field": "fixVersions", "to_id": "10", "is_member": True})
    assert some.height
    assert stays().schema == some.schema

"""By which door each item entered build."""

from typing import Any

import polars as pl

from pipelines.scope.intake import IntakeEvidence, intake
from tests.pipelines.core_shapes import SHAPES
from tests.pipelines.frames import INSTANT, Row, at, frame

ENTERED, ENDED = at("2026-03-01"), at("2026-05-01")
ENTRY = {
    "item_id": pl.String,
    "group_end": pl.Int32,
    "visit_number": pl.Int32,
    "build_owner": pl.String,
    "intake_stages": pl.List(pl.String),
    "entered_build_at": INSTANT,
}
VISIT: dict[str, Any] = {
    **dict.fromkeys(("item_id", "scope", "project", "stage", "stage_kind"), pl.String),
    **dict.fromkeys(("visit_number", "stage_rank"), pl.Int32),
    "entered_at": INSTANT,
}
STAY = {
    **dict.fromkeys(("item_id", "subject_kind", "subject_id"), pl.String),
    **dict.fromkeys(("joined_at", "left_at"), INSTANT),
}
PLACEMENT = {
    **dict.fromkeys(("item_id", "subject_kind"), pl.String),
    **dict.fromkeys(("committed_at", "ended_at"), INSTANT),
    "is_injected": pl.Boolean,
}
FLOWS = frame(
    {"scope": "acme/ticket", "project": "PAY", "intake_stages": ["Decision"]},
    {"scope": "acme/ticket", "project": "WEB", "intake_stages": ["Triage"]},
    scope=pl.String,
    project=pl.String,
    intake_stages=pl.List(pl.String),
)
BORN = at("2026-01-01")
ITEM = {"item_id": "a", "team": "Pay", "item_type": "Story", "created_at": BORN, "born_at": BORN}
ENGINEER = {"actor_id": "ben", "role": "engineering"}


def told(
    *,
    entry: Row | None = None,
    merge: Row | None = None,
    visits: tuple[Row, ...] = (),
    changes: tuple[Row, ...] = (),
    stays: tuple[Row, ...] = (),
    placements: tuple[Row, ...] = (),
    exempt: tuple[str, ...] = (),
) -> dict[str, Any]:
    """The row of an item that entered build with its third visit, in group 20, on 1 March."""
    known = {"item_id": "a", "group_end": 20, "visit_number": 3, "build_owner": "engineering"}
    entered = {"intake_stages": ["Decision"], "entered_build_at": ENTERED, **(entry or {})}
    merges = [] if merge is None else [{"item_id": "a", "entered_build_at": ENTERED, **merge}]
    places = {"scope": "acme/ticket", "project": "PAY", "item_id": "a"}
    usual = {"item_id": "a", "is_member": False, "actor_role": "product", "is_bulk": False}
    moves = ({**usual, "sequence": change["group_end"], **change} for change in changes)
    shape = SHAPES["field_changes"]
    evidence = IntakeEvidence(
        flows=FLOWS,
        visits=frame(*({**places, **visit} for visit in visits), **VISIT),
        changes=frame(
            *moves, **shape, group_end=pl.Int32, actor_role=pl.String, is_bulk=pl.Boolean
        ),
        present=frame(**SHAPES["field_values"]),
        actor_roles=frame(ENGINEER, **SHAPES["actor_roles"]),
        memberships=frame(*stays, **STAY),
        placements=frame(*({"item_id": "a", **one} for one in placements), **PLACEMENT),
    )
    [row] = intake(
        frame(*([] if merges else [known | entered]), **ENTRY),
        frame(*merges, **ENTRY).select("item_id", "group_end", "entered_build_at"),
        frame(
            {**ITEM, "ended_at": ENDED},
            **SHAPES["items"],
            team=pl.String,
            **dict.fromkeys(("born_at", "ended_at"), INSTANT),
        ),
        evidence,
        exempt_types=exempt,
    ).to_dicts()
    return row


# --- bypass ------------------------------------------------------------------------

AT_DOOR = {"stage": "Decision", "visit_number": 2, "entered_at": at("2026-02-01")}


def test_an_item_that_was_at_a_door_before_is_no_bypass() -> None:
    assert told(visits=(AT_DOOR,))["is_bypass"] is False


def test_a_stay_of_no_length_at_a_door_is_a_visit_of_it() -> None:
    assert told(visits=({**AT_DOOR, "entered_at": ENTERED},))["is_bypass"] is False


def test_an_item_that_was_at_no_door_or_only_later_is_a_bypass() -> None:
    assert told(visits=({**AT_DOOR, "stage": "Idea"},))["is_bypass"] is True
    assert told(visits=({**AT_DOOR, "visit_number": 4},))["is_bypass"] is True


def test_a_door_is_one_of_the_project_in_which_the_item_was_then() -> None:
    before = {**AT_DOOR, "project": "WEB"}
    assert told(visits=({**before, "stage": "Triage"},))["is_bypass"] is False
    assert told(visits=(before,))["is_bypass"] is True


def test_where_a_flow_has_no_door_nothing_can_be_said() -> None:
    assert told(entry={"intake_stages": []})["is_bypass"] is None


EPIC = (
    {**AT_DOOR, "item_id": "e", "visit_number": 1, "stage_rank": 1},
    {"item_id": "e", "stage": "Build", "stage_kind": "active", "visit_number": 2}
    | {"stage_rank": 3, "entered_at": at("2026-02-10")},
)
PART: Row = {"item_id": "a", "subject_kind": "epic", "subject_id": "e", "joined_at": ENTERED}


def test_a_part_of_an_epic_that_was_let_through_before_is_no_bypass() -> None:
    assert told(visits=EPIC, stays=(PART,))["is_bypass"] is False


def test_an_epic_that_was_let_through_in_the_same_click_counts() -> None:
    at_once = (EPIC[0], {**EPIC[1], "entered_at": ENTERED})
    assert told(visits=at_once, stays=(PART,))["is_bypass"] is False


def test_an_epic_that_was_let_through_later_or_left_before_does_not_count() -> None:
    later = (EPIC[0], {**EPIC[1], "entered_at": at("2026-03-02")})
    assert told(visits=later, stays=(PART,))["is_bypass"] is True
    former = {**PART, "joined_at": at("2026-01-01"), "left_at": ENTERED}
    assert told(visits=EPIC, stays=(former,))["is_bypass"] is True


def test_a_merge_without_a_ticket_is_a_bypass_of_which_nothing_else_is_known() -> None:
    row = told(merge={"group_end": 9})
    assert (row["is_bypass"], row["is_early_assignment"], row["scope_edit_count"]) == (
        True,
        None,
        0,
    )
    assert (row["entered_build_at"], row["is_injected_after_commit"]) == (ENTERED, None)


def test_an_assignment_before_the_entry_is_told() -> None:
    assigned = {"field": "assignee", "to_id": "ben", "actor_id": "ada", "group_end": 10}
    row = told(changes=({**assigned, "changed_at": at("2026-02-01")},))
    assert (row["is_early_assignment"], told()["is_early_assignment"]) == (True, False)


# --- type, injection, edits --------------------------------------------------------


def test_the_type_is_that_of_the_entry_and_exempt_types_are_marked() -> None:
    retyped = {"field": "issuetype", "from_text": "Hotfix", "to_text": "Story", "group_end": 30}
    row = told(changes=({**retyped, "changed_at": at("2026-03-09")},), exempt=("Hotfix",))
    assert (row["item_type"], row["is_exempt"]) == ("Hotfix", True)
    assert (told()["item_type"], told(exempt=("Hotfix",))["is_exempt"]) == ("Story", False)


PLANNED: Row = {
    "subject_kind": "sprint",
    "committed_at": at("2026-02-01"),
    "ended_at": at("2026-03-01"),
    "is_injected": False,
}
ADDED: Row = {**PLANNED, "subject_kind": "release", "is_injected": True}


def injected(*placements: Row) -> bool | None:
    found: bool | None = told(placements=placements)["is_injected_after_commit"]
    return found


def test_an_item_that_was_added_to_any_release_or_sprint_late_was_injected() -> None:
    assert injected(PLANNED) is False
    assert injected(PLANNED, ADDED) is True


def test_without_a_release_or_sprint_that_was_watched_nothing_can_be_said() -> None:
    assert injected() is None
    assert injected({**PLANNED, "ended_at": PLANNED["committed_at"]}) is None
    assert injected({**ADDED, "subject_kind": "epic"}) is None


EDITED: Row = {
    "field": "description",
    "group_end": 21,
    "changed_at": at("2026-03-02"),
    "from_text": "1",
    "to_text": "2",
}


def edits(*changes: Row) -> int:
    count: int = told(changes=changes)["scope_edit_count"]
    return count


def test_edits_of_what_an_item_asks_for_count_after_the_entry() -> None:
    fields = ("description", "Acceptance Criteria", "Story Points", "timeoriginalestimate")
    assert (
        edits(*({**EDITED, "field": field, "sequence": n} for n, field in enumerate(fields))) == 4
    )
    assert edits({**EDITED, "group_end": 20}, {**EDITED, "field": "priority"}) == 0


def test_edits_of_bots_in_bulk_and_at_the_end_do_not_count() -> None:
    assert edits({**EDITED, "actor_role": "bot"}, {**EDITED, "is_bulk": True}) == 0
    assert edits({**EDITED, "changed_at": ENDED}) == 0
    assert edits({**EDITED, "actor_role": "?"}) == 1


def test_what_an_item_was_created_with_in_build_is_no_edit() -> None:
    born_there = {"entered_build_at": BORN, "group_end": 0}
    written = {**EDITED, "from_text": None, "changed_at": BORN, "group_end": 1}
    row = told(entry=born_there, changes=(written, EDITED))
    assert row["scope_edit_count"] == 1


def test_a_click_that_leaves_a_field_as_it_was_is_no_edit() -> None:
    there = {**EDITED, "sequence": 21}
    back = {**EDITED, "sequence": 22, "from_text": "2", "to_text": "1"}
    assert edits(there, back) == 0
    assert edits(there, {**back, "to_text": "3"}) == 1

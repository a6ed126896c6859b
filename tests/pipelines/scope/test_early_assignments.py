"""An item given to somebody who builds before it was let in."""

from typing import Any

import polars as pl

from pipelines.scope.early_assignments import early_assignments
from tests.pipelines.core_shapes import SHAPES
from tests.pipelines.frames import Row, at, frame

ENGINEER: Row = {"actor_id": "ben", "role": "engineering"}
ASSIGNED: Row = {
    "item_id": "a",
    "field": "assignee",
    "is_member": False,
    "to_id": "ben",
    "actor_id": "ada",
    "actor_role": "product",
    "is_bulk": False,
    "group_end": 10,
    "changed_at": at("2026-02-01"),
}


def is_early(
    *, owner: str | None = "engineering", roles: tuple[Row, ...] = (ENGINEER,), **said: Any
) -> bool | None:
    """Whether an item that entered build in group 20 was assigned early."""
    shape = SHAPES["field_changes"] | {"group_end": pl.Int32, "actor_role": pl.String}
    [row] = early_assignments(
        frame(
            {"item_id": "a", "group_end": 20, "build_owner": owner},
            item_id=pl.String,
            group_end=pl.Int32,
            build_owner=pl.String,
        ),
        frame({**ASSIGNED, **said}, **shape, is_bulk=pl.Boolean),
        frame(*roles, **SHAPES["actor_roles"]),
    ).to_dicts()
    found: bool | None = row["is_early"]
    return found


def test_another_role_that_assigns_somebody_who_builds_before_build_is_early() -> None:
    assert is_early() is True
    assert is_early(field="assignees", is_member=True) is True


def test_an_assignment_in_the_click_that_enters_build_or_after_it_is_not_early() -> None:
    assert is_early(group_end=20) is False
    assert is_early(group_end=21) is False


def test_who_takes_the_item_on_is_not_assigned() -> None:
    assert is_early(actor_id="ben") is False


def test_the_role_that_builds_a_bot_and_somebody_unknown_do_not_lobby() -> None:
    assert [is_early(actor_role=role) for role in ("engineering", "bot", "?")] == [False] * 3


def test_many_assigned_at_once_are_not_early() -> None:
    assert is_early(is_bulk=True) is False


def test_somebody_of_another_role_and_nobody_may_be_assigned_at_any_time() -> None:
    assert is_early(to_id="eva") is False
    assert is_early(to_id=None) is False


def test_the_role_of_the_one_assigned_is_that_of_the_time() -> None:
    assigned_at = ASSIGNED["changed_at"]
    assert is_early(roles=({**ENGINEER, "valid_from": assigned_at},)) is True
    assert is_early(roles=({**ENGINEER, "valid_until": assigned_at},)) is False


def test_where_nobody_is_declared_to_build_nothing_can_be_said() -> None:
    assert is_early(roles=()) is None
    assert is_early(roles=({"actor_id": "robot", "role": "bot"},)) is None
    assert is_early(owner=None) is None

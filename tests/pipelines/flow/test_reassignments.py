"""Work passed from one person to another inside one role."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.flow.reassignments import reassignments
from tests.pipelines.frames import INSTANT, Row, at, frame

ROLES: tuple[Row, ...] = (
    {"actor_id": "ada", "role": "engineering"},
    {"actor_id": "bob", "role": "engineering"},
    {"actor_id": "eve", "role": "product", "valid_until": at("2026-04-01")},
    {"actor_id": "eve", "role": "engineering", "valid_from": at("2026-04-01")},
    {"actor_id": "kim", "role": "product"},
    {"actor_id": "kim", "role": "engineering"},
)


def found(*moves: Row, roles: tuple[Row, ...] = ROLES) -> list[tuple[Any, ...]]:
    """Reassignments of item ``a``, each move a click of its own on 2 March unless it says else."""
    usual = {"item_id": "a", "field": "assignee", "is_member": False, "is_bulk": False}
    changes = frame(
        *(
            {"sequence": n, "group_end": n, "changed_at": at("2026-03-02"), **usual, **move}
            for n, move in enumerate(moves, start=1)
        ),
        **dict.fromkeys(("item_id", "field", "from_id", "to_id"), pl.String),
        **dict.fromkeys(("sequence", "group_end"), pl.Int32),
        **dict.fromkeys(("is_member", "is_bulk"), pl.Boolean),
        changed_at=INSTANT,
    )
    actors = frame({"actor_id": "robot", "is_bot": True}, actor_id=pl.String, is_bot=pl.Boolean)
    held = frame(
        *roles, actor_id=pl.String, role=pl.String, valid_from=INSTANT, valid_until=INSTANT
    )
    order = ("product", "engineering")
    rows = reassignments(changes, actors=actors, actor_roles=held, role_order=order)
    return rows.select("sequence", "role").rows()


def passed(giver: str | None, taker: str | None, **more: Any) -> Row:
    return {"from_id": giver, "to_id": taker, **more}


def member(*, off: str | None = None, on: str | None = None, **more: Any) -> Row:
    return {"field": "assignees", "is_member": True, "from_id": off, "to_id": on, **more}


def test_from_one_engineer_to_another_is_a_reassignment() -> None:
    assert found(passed("ada", "bob")) == [(1, "engineering")]


def test_between_two_roles_it_is_part_of_a_handoff() -> None:
    assert found(passed("ada", "eve")) == []


def test_the_roles_are_those_at_the_time_of_the_change() -> None:
    assert found(passed("ada", "eve", changed_at=at("2026-04-02"))) == [(1, "engineering")]


def test_whoever_holds_several_roles_acts_in_the_one_declared_first() -> None:
    assert found(passed("ada", "kim")) == []
    assert found(passed("eve", "kim")) == [(1, "product")]


@pytest.mark.parametrize("ends", [(None, "ada"), ("ada", None), ("ada", "ada")])
def test_taking_it_up_and_giving_it_back_pass_it_to_nobody(
    ends: tuple[str | None, str | None],
) -> None:
    assert found(passed(*ends)) == []


@pytest.mark.parametrize("stranger", ["zoe", "robot", "?"])
def test_people_of_no_known_role_and_robots_are_inside_no_role(stranger: str) -> None:
    assert found(passed("ada", stranger)) == []
    assert found(passed(stranger, "zoe")) == []


def test_where_no_roles_are_declared_every_change_of_person_counts_and_robots_do_not() -> None:
    moves = (passed("ada", "zoe"), passed("zoe", "robot"), passed("robot", None))

    assert found(*moves, roles=()) == [(1, "?")]


def test_a_bulk_edit_reassigns_nothing() -> None:
    assert found(passed("ada", "bob", is_bulk=True)) == []


def test_one_click_passes_the_work_once_from_its_first_holder_to_its_last() -> None:
    there_and_back = (passed("ada", "bob", group_end=2), passed("bob", "ada", group_end=2))
    through_others = (passed("ada", "eve", group_end=2), passed("eve", "bob", group_end=2))

    assert (found(*there_and_back), found(*through_others)) == ([], [(2, "engineering")])


def test_each_change_counts() -> None:
    assert len(found(passed("ada", "bob"), passed("bob", "ada"))) == 2


def test_one_taken_off_a_pull_request_and_one_put_on_at_one_instant_is_a_reassignment() -> None:
    assert found(member(off="ada"), member(on="bob")) == [(2, "engineering")]
    assert found(member(on="bob"), member(off="ada")) == [(2, "engineering")]


def test_a_second_person_put_on_joins_and_takes_nothing_over() -> None:
    assert found(member(on="bob")) == []
    assert found(member(off="ada"), member(on="bob", changed_at=at("2026-03-03"))) == []
    assert found(member(off="ada"), member(on="bob"), member(on="cyd")) == []


def test_other_fields_with_people_in_them_are_no_assignment() -> None:
    assert found(passed("ada", "bob", field="reporter")) == []


@given(st.lists(st.sampled_from(["ada", "bob", None]), min_size=1, max_size=8))
def test_without_roles_it_counts_how_often_the_holder_changed(holders: list[str | None]) -> None:
    steps = list(zip([None, *holders], holders, strict=False))
    moves = [passed(giver, taker) for giver, taker in steps if giver != taker]

    expected = sum(a is not None and b is not None and a != b for a, b in steps)
    assert len(found(*moves, roles=())) == expected

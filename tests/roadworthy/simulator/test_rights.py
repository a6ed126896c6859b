"""Who contests whom, decided at the moment of each change."""

from datetime import date, timedelta
from typing import Any

import pytest

from roadworthy.simulator.issue import Reference
from roadworthy.simulator.truth import DecisionChange
from roadworthy.simulator.workflow import BUILDING

from .diaries import Diary

FIRST = date(2025, 6, 2)
ONE, TWO = Reference("1", "1.0"), Reference("2", "2.0")


def day(later: int) -> date:
    return FIRST + timedelta(days=later)


def changes(diary: Diary) -> list[DecisionChange]:
    return diary.settle(10_000).decision_changes


def contested(diary: Diary) -> list[bool]:
    return [change.is_contest for change in changes(diary)]


def dated(*moves: tuple[float, str, int | None]) -> Diary:
    """An issue due on the first day, and who moved that when, by how many days from then."""
    diary = Diary(due_on=FIRST)
    for hour, role, later in moves:
        diary.edit(hour, role, due_on=None if later is None else day(later))
    return diary


@pytest.mark.parametrize(
    ("moves", "contests"),
    [
        ([(1, "product", -5)], [False]),
        ([(1, "product", -5), (9, "engineering", 0)], [False, True]),
        ([(1, "product", -5), (9, "engineering", -2)], [False, True]),
        ([(1, "product", -5), (9, "engineering", -9)], [False, False]),
        ([(1, "product", -5), (9, "product", 3)], [False, False]),
        ([(1, "product", -5), (9, "bot", 0)], [False, False]),
        ([(1, "?", -5), (9, "engineering", 0)], [False, False]),
        ([(1, "product", -5), (1 + 14 * 24, "engineering", 0)], [False, True]),
        ([(1, "product", -5), (2 + 14 * 24, "engineering", 0)], [False, False]),
        ([(1, "product", None), (9, "engineering", 4)], [False, True]),
        ([(1, "product", -5), (9, "engineering", None)], [False, True]),
    ],
)
def test_a_date_is_contested_by_another_role_that_moves_it_back_in_time(
    moves: list[tuple[float, str, int | None]], contests: list[bool]
) -> None:
    assert contested(dated(*moves)) == contests


def test_what_has_been_moved_back_already_is_not_moved_back_again() -> None:
    diary = dated((1, "product", -5), (5, "engineering", 2), (9, "engineering", 6))
    assert contested(diary) == [False, True, False]


def test_who_takes_back_what_they_had_added_contests_nobody_until_they_come_past_the_other() -> (
    None
):
    diary = dated((1, "product", 5), (5, "engineering", 9), (9, "engineering", 6))
    diary.edit(13, "engineering", due_on=day(3))
    assert contested(diary) == [False, False, False, True]


def test_a_priority_has_a_height() -> None:
    diary = Diary(priority="3")
    diary.edit(1, "product", priority="1")
    diary.edit(9, "engineering", priority="2")
    diary.edit(19, "product", priority="1")
    assert contested(diary) == [False, True, True]


@pytest.mark.parametrize(("after", "contest"), [((ONE,), True), ((), True), ((TWO, ONE), True)])
def test_releases_are_compared_one_by_one(after: tuple[Any, ...], *, contest: bool) -> None:
    diary = Diary(versions=(ONE,))
    diary.edit(1, "product", versions=(TWO,))
    diary.edit(9, "engineering", versions=after)
    assert contested(diary) == [False, contest]


def test_a_change_in_bulk_contests_nobody_and_nobody_contests_it() -> None:
    diary = Diary(due_on=FIRST)
    diary.edit(1, "product", due_on=day(-5))
    diary.edit(2, "engineering", due_on=FIRST, is_bulk=True)
    diary.edit(3, "product", due_on=day(-5))
    assert contested(diary) == [False, False, False]


def test_a_right_is_used_by_those_who_have_it_by_others_or_by_override() -> None:
    diary = dated((1, "engineering", 1), (2, "product", 2), (3, "ceo", 3), (4, "bot", 4))
    diary.edit(5, "engineering", description="More.")
    found = [(one.field, one.is_out_of_role, one.is_override) for one in changes(diary)]
    assert found == [
        ("duedate", False, False),
        ("duedate", True, False),
        ("duedate", False, True),
        ("duedate", None, False),
        ("description", None, None),
    ]


def test_without_a_promise_the_build_is_the_commitment() -> None:
    diary = Diary()
    diary.edit(1, "product", priority="1")
    diary.move(2, "engineering", BUILDING, priority="2")
    diary.edit(3, "product", priority="1")
    assert [one.is_after_commitment for one in changes(diary)] == [False, False, True]

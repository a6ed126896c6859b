"""Requests for a verdict: how they end, and what takes a verdict back."""

import pytest

from roadworthy.simulator.truth import Decision
from roadworthy.simulator.workflow import BLOCKED, DECISION, DROPPED, READY, SHAPING

from .diaries import Diary, hours

DAY = 24.0


def asked(diary: Diary, until: float = 100 * DAY) -> list[Decision]:
    return diary.settle(until).decisions


def decision(role: str = "product") -> Diary:
    """An issue that was moved to the decision in hour 1."""
    diary = Diary(status=SHAPING)
    diary.move(1, role, DECISION)
    return diary


@pytest.mark.parametrize(
    ("to", "in_bulk", "outcome", "role"),
    [
        (READY, False, "decided", "product"),
        (SHAPING, False, "decided", "product"),
        (READY, True, "withdrawn", None),
        (DROPPED, False, "dropped", None),
    ],
)
def test_whoever_moves_it_on_or_back_has_decided(
    to: str, *, in_bulk: bool, outcome: str, role: str | None
) -> None:
    diary = decision()
    diary.move(5, "product", to, is_bulk=in_bulk)
    (request,) = asked(diary)
    assert (request.requested_at, request.ended_at) == (hours(1), hours(5))
    assert (request.outcome, request.decided_by_role) == (outcome, role)


def test_what_waits_is_open_and_a_pause_is_no_end_of_it() -> None:
    diary = decision()
    diary.move(2, "product", BLOCKED)
    diary.move(3, "product", DECISION)
    assert [(one.requested_at, one.outcome) for one in asked(diary)] == [(hours(1), "open")]


@pytest.mark.parametrize(
    ("asker", "taker", "outcome"),
    [
        ("engineering", "engineering", "withdrawn"),
        ("engineering", "product", "decided"),
        ("product", "product", "decided"),
    ],
)
def test_taken_back_by_those_who_asked_others_it_is_withdrawn(
    asker: str, taker: str, outcome: str
) -> None:
    diary = decision(asker)
    diary.move(5, taker, SHAPING)
    assert [one.outcome for one in asked(diary)] == [outcome]


@pytest.mark.parametrize(
    ("back_after", "role", "in_bulk", "reversed_"),
    [
        (3 * DAY, "engineering", False, True),
        (14 * DAY, "engineering", False, True),
        (15 * DAY, "engineering", False, False),
        (3 * DAY, "bot", False, False),
        (3 * DAY, "engineering", True, False),
    ],
)
def test_a_verdict_is_taken_back_by_a_person_who_brings_the_issue_back_in_time(
    back_after: float, role: str, *, in_bulk: bool, reversed_: bool
) -> None:
    diary = decision()
    diary.move(2, "product", READY)
    diary.move(2 + back_after, role, SHAPING, is_bulk=in_bulk)
    (request,) = asked(diary)
    assert request.is_reversed is reversed_
    assert request.stable_at == (None if reversed_ else hours(2))


def test_whether_a_young_verdict_holds_is_not_known() -> None:
    diary = decision()
    diary.move(2, "product", READY)
    (request,) = asked(diary, until=2 + 13 * DAY)
    assert (request.is_reversed, request.stable_at) == (None, None)


def test_a_verdict_waits_for_the_next_that_holds() -> None:
    diary = decision()
    diary.move(2, "product", READY)
    diary.move(10, "engineering", SHAPING)
    diary.move(20, "product", DECISION)
    diary.move(30, "product", READY)
    found = asked(diary)
    assert [one.is_reversed for one in found] == [True, False]
    assert [one.stable_at for one in found] == [hours(30), hours(30)]


def test_a_flag_is_answered_by_lifting_it_and_taken_back_by_raising_it_again() -> None:
    diary = Diary(status=READY)
    for hour, is_up in ((1, True), (4, False), (30, True)):
        diary.edit(hour, "product" if is_up else "engineering", is_flagged=is_up)
    found = asked(diary)
    assert [(one.channel, one.decision_right, one.outcome) for one in found] == [
        ("flag", "Flagged", "decided"),
        ("flag", "Flagged", "open"),
    ]
    assert (found[0].decided_by_role, found[0].reversed_at) == ("engineering", hours(30))


@pytest.mark.parametrize("lifted", [None, 9.0])
def test_the_end_of_the_issue_ends_the_wait_for_its_flag(lifted: float | None) -> None:
    diary = Diary(status=READY)
    diary.edit(1, "engineering", labels=("blocked:decision",))
    diary.move(5, "product", DROPPED)
    if lifted:
        diary.edit(lifted, "product", labels=())
    (request,) = asked(diary)
    assert (request.outcome, request.ended_at) == ("dropped", hours(5))

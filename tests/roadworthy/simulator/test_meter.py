"""Every hour of an issue has one owner, booked as it passes."""

from typing import Any

import pytest

from roadworthy.simulator.workflow import BUILDING, DECISION, DONE, READY, REVIEW, SHAPING

from .diaries import Diary, hours

HOUR = 3_600_000_000


def shares(diary: Diary, until: float) -> dict[str, float]:
    return {row.component: row.microseconds / HOUR for row in diary.settle(until).shares}


def test_a_stage_owns_the_time_that_nothing_else_claims() -> None:
    diary = Diary()
    diary.move(2, "product", SHAPING)
    diary.move(5, "product", DECISION)
    assert shares(diary, 9) == {
        "queue:Idea": 2,
        "touch:Shaping": 3,
        "decision_wait:Roadmap Decision": 4,
    }


@pytest.mark.parametrize(
    ("raised", "owner"),
    [
        ({"is_flagged": True}, "decision_wait:Flagged"),
        ({"labels": ("blocked:decision",)}, "decision_wait:blocked:decision"),
        ({"labels": ("blocked:external",)}, "external"),
    ],
)
def test_a_flag_owns_the_time_while_it_is_up(raised: dict[str, Any], owner: str) -> None:
    diary = Diary(status=BUILDING)
    diary.edit(1, "engineering", **raised)
    diary.edit(4, "product", is_flagged=False, labels=())
    assert shares(diary, 10) == {"touch:In Development": 7, owner: 3}


def test_of_two_waits_for_decisions_the_older_one_owns_the_time() -> None:
    diary = Diary(status=BUILDING)
    diary.edit(1, "engineering", is_flagged=True)
    diary.edit(2, "engineering", labels=("blocked:decision",))
    diary.edit(4, "product", is_flagged=False)
    found = shares(diary, 5)
    assert found["decision_wait:Flagged"] == 3
    assert found["decision_wait:blocked:decision"] == 1


def test_what_is_done_over_belongs_to_the_handoff_that_was_rejected() -> None:
    diary = Diary(status=SHAPING)
    for hour, verdict, to in ((1, "rejected", SHAPING), (6, "accepted", BUILDING)):
        diary.move(hour, "product", READY)
        diary.hand_over(hour, SHAPING)
        diary.move(hour + 1, "engineering", to)
        diary.decide(hour + 1, verdict)
    assert shares(diary, 10) == {
        "touch:Shaping": 1,
        "queue:Ready for Dev": 1,
        "rework:Shaping->Ready for Dev": 5,
        "touch:In Development": 3,
    }


@pytest.mark.parametrize(("edited", "owner"), [(4, "scope_rework"), (1, "touch:Shaping")])
def test_a_late_return_is_scope_rework_where_the_scope_changed_after_acceptance(
    edited: int, owner: str
) -> None:
    diary = Diary(status=READY)
    diary.hand_over(0, SHAPING)
    if edited == 1:
        diary.edit(1, "product", description="What was wanted from the beginning.")
    diary.move(2, "engineering", BUILDING)
    diary.decide(2, "accepted")
    if edited == 4:
        diary.edit(4, "product", description="Something else.")
    diary.move(5, "engineering", SHAPING)
    diary.ledger.return_late(diary.issue.item_id, hours(5))
    assert shares(diary, 8)[owner] == 3


def test_the_clock_stops_at_the_end_and_what_was_reopened_was_parked() -> None:
    diary = Diary(status=REVIEW)
    diary.move(1, "engineering", DONE)
    assert shares(diary, 9) == {"approval_wait:In Review": 1}
    diary.move(11, "engineering", BUILDING)
    assert shares(diary, 12) == {
        "approval_wait:In Review": 1,
        "parked": 10,
        "touch:In Development": 1,
    }

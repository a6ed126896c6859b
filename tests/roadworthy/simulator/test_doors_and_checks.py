"""How an item comes to be built, and what a rule that was not met has cost."""

import pytest

from roadworthy.simulator.scenario import DESCRIPTION, ESTIMATE
from roadworthy.simulator.truth import Check, Intake
from roadworthy.simulator.workflow import BUILDING, DECISION, DONE, IDEA, READY, REVIEW, SHAPING

from .diaries import TEAM, Diary, hours

HOUR = 3_600_000_000


def entry(diary: Diary) -> Intake:
    (row,) = diary.settle(1000).intake
    return row


@pytest.mark.parametrize(
    ("way", "is_bypass"),
    [([IDEA, BUILDING], True), ([IDEA, SHAPING, BUILDING], True), ([IDEA, READY, BUILDING], False)],
)
def test_past_the_doors_is_a_bypass(way: list[str], *, is_bypass: bool) -> None:
    diary = Diary(status=way[0])
    for hour, stage in enumerate(way[1:], start=1):
        diary.move(hour, "engineering", stage)
    found = entry(diary)
    assert (found.is_bypass, found.entered_build_at) == (is_bypass, hours(len(way) - 1))


def test_created_in_development_it_came_in_at_birth_and_by_no_door() -> None:
    diary = Diary(status=BUILDING)
    assert (entry(diary).is_bypass, entry(diary).entered_build_at) == (True, hours(0))


def test_created_in_review_it_comes_in_when_it_is_sent_back() -> None:
    diary = Diary(status=REVIEW)
    assert diary.settle(1).intake == []
    diary.move(2, "engineering", BUILDING)
    assert entry(diary).entered_build_at == hours(2)


@pytest.mark.parametrize(("role", "is_early"), [("product", True), ("engineering", False)])
def test_given_to_an_engineer_by_others_before_it_is_built_is_early(
    role: str, *, is_early: bool
) -> None:
    diary = Diary(status=DECISION)
    diary.edit(1, role, assignee=TEAM.engineers[0].account_id)
    diary.move(2, "engineering", BUILDING)
    assert entry(diary).is_early_assignment is is_early


def test_the_click_that_lets_it_in_assigns_nobody_early() -> None:
    diary = Diary(status=READY)
    diary.move(2, "product", BUILDING, assignee=TEAM.engineers[0].account_id)
    assert entry(diary).is_early_assignment is False


def test_scope_edits_count_by_field_while_it_is_built() -> None:
    diary = Diary(status=BUILDING)
    diary.edit(1, "product", description="More.", points=3.0)
    diary.edit(2, "bot", description="Less.")
    diary.move(3, "engineering", DONE)
    diary.edit(4, "product", description="After the fact.")
    assert entry(diary).scope_edit_count == 2


def handed_over(*failed: str) -> Diary:
    diary = Diary(status=SHAPING)
    diary.move(1, "product", READY)
    diary.hand_over(1, SHAPING, *failed)
    return diary


def check(diary: Diary, rule: str, number: int = 1, until: float = 100) -> Check:
    rows = diary.settle(until).checks
    return next(row for row in rows if (row.rule, row.handoff_id) == (rule, f"1/{number}"))


def meet(diary: Diary, hour: float, rule: str) -> None:
    diary.issue.gaps.discard(rule)
    diary.ledger.met(diary.issue, rule, hours(hour))


def test_what_is_met_passes_at_once_and_owes_nothing() -> None:
    found = check(handed_over(DESCRIPTION), ESTIMATE)
    assert (found.outcome, found.passed_at, found.debt_microseconds) == ("pass", hours(1), None)


def test_a_failure_owes_until_it_is_made_good_and_late_after_acceptance() -> None:
    diary = handed_over(DESCRIPTION)
    diary.move(3, "engineering", BUILDING)
    diary.decide(3, "accepted")
    meet(diary, 6, DESCRIPTION)
    found = check(diary, DESCRIPTION)
    assert (found.outcome, found.outcome_now, found.passed_at) == ("fail", "pass", hours(6))
    assert (found.debt_microseconds, found.is_filled_late) == (5 * HOUR, True)


def test_nothing_is_owed_upstream_nor_after_the_next_check() -> None:
    diary = handed_over(DESCRIPTION)
    diary.move(3, "engineering", SHAPING)
    diary.move(10, "product", READY)
    diary.hand_over(10, SHAPING, DESCRIPTION)
    meet(diary, 14, DESCRIPTION)
    first, second = check(diary, DESCRIPTION), check(diary, DESCRIPTION, 2)
    assert (first.debt_microseconds, second.debt_microseconds) == (2 * HOUR, 4 * HOUR)
    assert first.passed_at == second.passed_at == hours(14)


def test_a_finished_item_owes_nothing_and_a_reopened_one_does() -> None:
    diary = handed_over(ESTIMATE)
    diary.move(5, "engineering", DONE)
    diary.move(25, "engineering", BUILDING)
    assert check(diary, ESTIMATE, until=30).debt_microseconds == 9 * HOUR

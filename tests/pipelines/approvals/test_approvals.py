"""What a change had to be approved by: how many, in which order, for how long."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from pipelines.approvals.approval_requests import APPROVAL_REQUESTS
from pipelines.approvals.approvals import APPROVALS, approvals
from pipelines.histories.calendars import calendars
from pipelines.policy import Policy, WorkingHours
from tests.pipelines.frames import INSTANT, Row, frame
from tests.pipelines.reviewing import march

CALENDARS = calendars(
    Policy(role_hours={"board": WorkingHours(weekdays=frozenset(range(7)))}),
    date(2026, 3, 1),
    date(2026, 4, 1),
)


def asked(who: str, since: int, until: int | None, verdict: str, **more: Any) -> Row:
    """A request from one day of March to another; its verdict is a review of its own."""
    is_verdict = verdict in ("approved", "changes_requested")
    told = {"reviewer": who, "decider": who if is_verdict else None, "verdict": verdict}
    return {
        "requested_at": march(since),
        "ended_at": None if until is None else march(until),
        "has_finding": False if verdict == "approved" else None,
        "change_group": f"{who}/{until}" if is_verdict else None,
        **told,
        "named_at": march(since) if more.get("asked_by", "request") == "request" else None,
        **more,
    }


def sign_off(stage: str, since: int, until: int | None, verdict: str) -> Row:
    """A stay of a ticket in an approval stage."""
    stayed = {"channel": "approval", "step": stage, "asked_by": "stage", "decider": None}
    return {**asked(stage, since, until, verdict), **stayed}


def anyone(until: int | None, verdict: str) -> Row:
    """Anybody is asked from the second of March on; Eva answers if somebody does."""
    decider = "eva" if verdict == "approved" else None
    return asked("anyone", 2, until, verdict, asked_by="ready", decider=decider)


def summed(
    *requests: Row, ended: int | None = None, status: tuple[str, int] | None = None
) -> pl.DataFrame:
    """What these requests of one item come to; it ended on a day, or is open on the 30th.

    A pull request has a status since a day.
    """
    usual = {
        "item_id": "a",
        "team": "PAY",
        "item_type": "pull request",
        "channel": "review",
        "step": "reviewer",
        "asked_role": "reviewer",
        "asked_by": "request",
    }
    numbered = (
        {"request_number": number, **usual, **one} for number, one in enumerate(requests, start=1)
    )
    item = {
        "item_id": "a",
        "ended_at": march(ended or 30),
        "is_ended": ended is not None,
        "observed_until": march(30),
    }
    times = {"ended_at": INSTANT, "observed_until": INSTANT}
    items = frame(item, item_id=pl.String, is_ended=pl.Boolean, **times)
    last = [] if status is None else [{"status": status[0], "since": march(status[1])}]
    texts = {"item_id": pl.String, "status": pl.String}
    statuses = frame(*({"item_id": "a", **one} for one in last), **texts, since=INSTANT)
    told = frame(*numbered, **APPROVAL_REQUESTS)
    return approvals(told, items, statuses, calendars=CALENDARS)


def one(column: str, *requests: Row, ended: int | None = None) -> Any:
    """One figure of them."""
    [value] = summed(*requests, ended=ended)[column]
    return value


def approved_on(*requests: Row, ended: int | None = None) -> int | None:
    """The day of March on which the last approval that was needed was given."""
    instant = one("verdict_at", *requests, ended=ended)
    return None if instant is None else int(instant.day)


# --- how many ----------------------------------------------------------------------


def test_a_missing_review_is_no_approval_and_not_one_in_no_time() -> None:
    told = summed(asked("ben", 3, None, "open"))

    columns = ("approvers_requested", "approvers_obtained", "depth", "verdict_count", "is_open")
    assert told.select(columns).rows() == [(1, 0, 0, 0, True)]
    assert told.select("first_response_hours", "approval_hours", "waiting_hours").rows() == [
        (None, None, 152.0)
    ]


def test_people_and_teams_asked_are_counted_each_once() -> None:
    told = (
        asked("ben", 3, 4, "changes_requested"),
        asked("ben", 5, 6, "approved", asked_by="push"),
        asked("team:web", 3, 9, "withdrawn"),
    )

    assert one("approvers_requested", *told) == 2


def test_who_came_unasked_is_no_approver_that_was_requested() -> None:
    unasked = asked("cat", 5, 5, "approved", asked_by="nobody")
    told = summed(asked("ben", 3, 4, "approved"), unasked)

    assert told.select("approvers_requested", "approvers_obtained").rows() == [(1, 2)]


def test_where_nobody_was_asked_one_approval_was() -> None:
    assert one("approvers_requested", anyone(5, "approved")) == 1
    assert one("approvers_requested", anyone(5, "superseded")) == 1


@pytest.mark.parametrize(("verdict", "approvers"), [("superseded", 1), ("approved", 2)])
def test_anybody_is_one_more_approver_only_where_they_answered(
    verdict: str, approvers: int
) -> None:
    told = summed(anyone(5, verdict), asked("ben", 5, None, "open"))

    assert told["approvers_requested"].to_list() == [approvers]
    assert told["first_requested_at"].to_list() == [march(2)]
    assert told["verdict_count"].to_list() == [approvers - 1]


def test_asked_explicitly_after_a_push_had_asked_is_asked() -> None:
    refused = asked("ben", 4, 4, "changes_requested", asked_by="nobody")
    again = asked("ben", 6, None, "open", asked_by="push", named_at=march(7))

    assert one("approvers_requested", refused, again) == 1


def test_one_verdict_that_answers_two_teams_counts_once() -> None:
    review = {"decider": "ben", "change_group": "review:1"}
    told = summed(
        asked("team:api", 3, 4, "approved", **review),
        asked("team:web", 3, 4, "approved", **review),
    )

    columns = ("approvers_requested", "approvers_obtained", "verdict_count", "no_finding_count")
    assert told.select(columns).rows() == [(2, 1, 1, 1)]


def test_a_request_after_the_end_of_the_item_does_not_count() -> None:
    told = (asked("ben", 3, 4, "approved"), asked("cat", 9, 10, "approved"))

    assert one("approvers_requested", *told, ended=5) == 1


# --- what stands -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("later", "stands"),
    [
        ({"verdict": "changes_requested", "ended_at": march(6)}, 0),
        ({"verdict": "approved", "ended_at": march(6)}, 1),
        ({"verdict": "superseded", "ended_at": march(6), "decider": None}, 1),
    ],
    ids=["refused", "approved again", "merged"],
)
def test_the_last_verdict_of_a_reviewer_is_theirs(later: Row, stands: int) -> None:
    told = (asked("ben", 3, 4, "approved"), {**asked("ben", 5, 6, "approved"), **later})

    assert one("approvers_obtained", *told, ended=7) == stands


@pytest.mark.parametrize(("dismissed", "stands"), [(5, 0), (9, 1)])
def test_a_dismissed_approval_does_not_stand_unless_it_all_was_over(
    dismissed: int, stands: int
) -> None:
    told = asked("ben", 3, 4, "approved", dismissed_at=march(dismissed))

    assert one("approvers_obtained", told, ended=7) == stands


# --- when it was approved ----------------------------------------------------------


def test_approved_is_when_the_last_of_the_approvals_is_given() -> None:
    told = (asked("ben", 3, 4, "approved"), asked("cat", 3, 6, "approved"))

    assert approved_on(*told, ended=9) == 6


def test_given_again_an_approval_counts_from_the_first_time() -> None:
    again = asked("ben", 8, 8, "approved", asked_by="nobody")

    assert approved_on(asked("ben", 3, 4, "approved"), again, ended=9) == 4


def test_asked_for_again_an_approval_counts_from_when_it_is_given_again() -> None:
    again = asked("ben", 6, 8, "approved")

    assert approved_on(asked("ben", 3, 4, "approved"), again, ended=9) == 8


def test_a_second_request_merged_over_leaves_what_was_approved() -> None:
    again = asked("ben", 6, 9, "superseded")

    assert approved_on(asked("ben", 3, 4, "approved"), again, ended=9) == 4


def test_a_ticket_that_passes_an_approval_stage_twice_is_approved_the_second_time() -> None:
    first, second = sign_off("Legal", 3, 5, "approved"), sign_off("Legal", 7, 9, "approved")

    assert approved_on(first, second) == 9
    assert one("approvers_obtained", first, second) == 1


def test_a_ticket_that_comes_back_and_leaves_without_a_verdict_is_approved_no_more() -> None:
    told = (sign_off("Legal", 3, 5, "approved"), sign_off("Legal", 7, 9, "withdrawn"))

    assert approved_on(*told) is None
    assert one("approvers_obtained", *told) == 0


@pytest.mark.parametrize(("ended", "day"), [(None, None), (9, 4)])
def test_what_is_a_draft_again_is_not_approved_while_it_is_open(
    ended: int | None, day: int | None
) -> None:
    told = summed(asked("ben", 3, 4, "approved"), ended=ended, status=("draft", 5))

    assert told["verdict_at"].dt.day().to_list() == [day]
    assert told["approval_hours"].is_null().to_list() == [day is None]


def test_given_anew_after_its_dismissal_an_approval_counts_from_then() -> None:
    dismissed = asked("ben", 3, 4, "approved", dismissed_at=march(5))

    assert approved_on(dismissed, asked("ben", 5, 8, "approved"), ended=9) == 8


def test_while_changes_are_asked_for_nothing_is_approved() -> None:
    told = (asked("ben", 3, 4, "approved"), asked("cat", 3, 6, "changes_requested"))

    assert approved_on(*told, ended=9) is None


def test_a_dismissed_request_for_changes_stands_in_the_way_of_nothing() -> None:
    refused = asked("cat", 3, 6, "changes_requested", dismissed_at=march(7))

    assert approved_on(asked("ben", 3, 4, "approved"), refused, ended=9) == 4


def test_while_somebody_is_still_asked_it_is_not_approved_and_merged_it_was() -> None:
    given = asked("ben", 3, 4, "approved")

    assert approved_on(given, asked("cat", 3, None, "open")) is None
    assert approved_on(given, asked("cat", 3, 9, "superseded"), ended=9) == 4


def test_a_merge_settles_a_request_for_changes_of_somebody_else() -> None:
    told = (asked("ben", 3, 4, "approved"), asked("cat", 3, 6, "changes_requested"))

    merged = summed(*told, ended=9, status=("merged", 9))
    assert merged["verdict_at"].to_list() == [march(4)]
    closed = summed(*told, ended=9, status=("closed", 9))
    assert closed["verdict_at"].to_list() == [None]


def test_merged_without_an_approval_it_was_not_approved() -> None:
    refused = asked("cat", 3, 6, "changes_requested")

    assert summed(refused, ended=9, status=("merged", 9))["verdict_at"].to_list() == [None]


@pytest.mark.parametrize(("withdrawn", "day"), [(9, None), (6, 4)])
def test_closed_unmerged_over_somebody_who_is_silent_it_is_not_approved(
    withdrawn: int, day: int | None
) -> None:
    told = (asked("ben", 3, 4, "approved"), asked("cat", 3, withdrawn, "withdrawn"))

    closed = summed(*told, ended=9, status=("closed", 9))
    assert closed["verdict_at"].dt.day().to_list() == [day]


def test_a_ticket_is_approved_when_it_leaves_the_last_approval_stage() -> None:
    legal, board = sign_off("Legal", 3, 5, "approved"), sign_off("Board", 6, 9, "approved")

    assert approved_on(legal, board) == 9
    assert one("approvers_obtained", legal, board) == 2


def test_a_ticket_sent_back_is_approved_once_it_has_passed() -> None:
    back = sign_off("Legal", 3, 5, "changes_requested")

    assert approved_on(back) is None
    assert approved_on(back, sign_off("Legal", 6, 9, "approved")) == 9


# --- in which order ----------------------------------------------------------------


def test_depth_counts_what_was_asked_for_after_the_verdict_before() -> None:
    beside = asked("cat", 3, 6, "approved")
    after = asked("eva", 4, 9, "approved")

    assert one("depth", asked("ben", 3, 4, "approved"), beside, after) == 2


def test_approvers_in_series_were_each_asked_after_the_one_before_had_answered() -> None:
    ben, eva = asked("ben", 3, 4, "approved"), asked("eva", 4, 9, "approved")

    assert one("approvers_in_series", ben, asked("cat", 3, 6, "approved")) == 1
    assert one("approvers_in_series", ben, asked("cat", 3, 6, "approved"), eva) == 2


def test_rounds_with_one_of_three_approvers_side_by_side_are_no_series_of_approvers() -> None:
    rounds = (
        asked("eva", 3, 4, "changes_requested"),
        asked("eva", 5, 6, "changes_requested"),
        asked("eva", 7, 8, "approved"),
    )
    told = (asked("ben", 3, 4, "approved"), asked("cat", 3, 4, "approved"), *rounds)

    assert one("depth", *told) == 3
    assert one("approvers_obtained", *told) == 3
    assert one("approvers_in_series", *told) == 1


def test_stages_passed_once_more_are_a_series_as_long_as_the_first_time() -> None:
    once = (sign_off("Legal", 3, 5, "approved"), sign_off("Board", 5, 9, "approved"))
    again = (sign_off("Legal", 10, 11, "approved"), sign_off("Board", 11, 12, "approved"))

    assert one("depth", *once, *again) == 4
    assert one("approvers_in_series", *once, *again) == 2
    assert one("approvers_in_series", *once[:1], *again) == 2


def test_only_approvals_that_stand_are_in_a_series_of_approvers() -> None:
    ben, eva = asked("ben", 3, 4, "approved"), asked("eva", 5, 9, "changes_requested")

    assert one("approvers_in_series", ben, eva) == 1
    assert one("approvers_in_series", eva) == 0
    unasked = asked("cat", 5, 5, "approved", asked_by="nobody")
    assert one("approvers_in_series", asked("eva", 6, None, "open"), unasked) == 0


def test_a_verdict_nobody_waited_for_makes_no_series_longer() -> None:
    again = asked("ben", 8, 8, "approved", asked_by="nobody")

    assert one("depth", asked("ben", 3, 4, "approved"), again) == 1
    assert one("verdict_count", asked("ben", 3, 4, "approved"), again) == 2


def test_a_verdict_in_draft_is_an_approval_as_soon_as_it_is_asked_for() -> None:
    in_draft = asked("cat", 2, 2, "approved", asked_by="nobody")
    told = summed(asked("ben", 3, 6, "superseded"), in_draft, ended=6)

    columns = ("approvers_obtained", "first_response_hours", "approval_hours", "waiting_hours")
    assert told.select(columns).rows() == [(1, 0.0, 0.0, 24.0)]
    assert told["first_requested_at"].to_list() == [march(3)]


def test_of_what_nobody_waited_for_there_is_no_row() -> None:
    assert summed(asked("cat", 2, 2, "approved", asked_by="nobody")).is_empty()


# --- for how long ------------------------------------------------------------------


def test_the_first_response_is_the_first_verdict_of_all() -> None:
    told = (asked("ben", 3, 6, "approved"), asked("cat", 4, 5, "changes_requested"))

    assert one("first_response_hours", *told) == 16.0


def test_waiting_for_two_and_for_one_of_them() -> None:
    told = summed(asked("ben", 3, 4, "approved"), asked("cat", 3, 6, "approved"), ended=9)

    columns = ("waiting_hours", "solo_hours", "approval_hours")
    assert told.select(columns).rows() == [(24.0, 16.0, 24.0)]


@pytest.mark.parametrize(("roles", "hours"), [(("board", "board"), 32.0), (("board", "x"), 16.0)])
def test_one_clock_for_an_item_that_of_the_role_where_it_is_one(
    roles: tuple[str, str], hours: float
) -> None:
    told = summed(
        *(
            asked(who, 6, 10, "approved", asked_role=role)
            for who, role in zip("bc", roles, strict=True)
        )
    )

    assert told.select("waiting_hours", "approval_hours").rows() == [(hours, hours)]


def test_findings_and_changes_asked_for_are_counted() -> None:
    told = summed(
        asked("ben", 3, 4, "changes_requested", has_finding=True),
        asked("ben", 5, 6, "approved", has_finding=None),
        asked("cat", 3, 6, "approved", has_finding=False),
    )

    columns = ("verdict_count", "changes_requested_count", "no_finding_count")
    assert told.select(columns).rows() == [(3, 1, 1)]


def test_how_the_item_ended_is_told_beside() -> None:
    told = summed(asked("ben", 3, 4, "approved"), ended=9)

    assert told.select("ended_at", "is_ended", "observed_until").rows() == [
        (march(9), True, march(30))
    ]


def test_where_nothing_was_asked_there_is_no_row() -> None:
    assert_frame_equal(summed(), APPROVALS.to_frame())

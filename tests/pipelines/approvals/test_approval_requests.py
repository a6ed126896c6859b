"""Requests for approval: stays of tickets, hours on the clock of the asked, findings, numbers."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from pipelines.approvals.approval_requests import (
    APPROVAL_REQUESTS,
    approval_requests,
    awaited,
    commented_sources,
)
from pipelines.histories.calendars import calendars
from pipelines.policy import Policy, WorkingHours
from tests.pipelines.frames import INSTANT, Row, frame
from tests.pipelines.reviewing import (
    ITEM,
    Event,
    asked,
    changes,
    march,
    opened,
    people,
    pushed,
    ready,
    review,
    status,
)

TICKET = "jira:acme:1"
TIRELESS = WorkingHours(weekdays=frozenset(range(7)), closes_minute=9 * 60 + 60)
"""The board meets for an hour a day, on Sundays too; everybody else works the usual hours."""
CALENDARS = calendars(Policy(role_hours={"board": TIRELESS}), date(2026, 3, 1), date(2026, 4, 1))
ITEMS = frame(
    {"item_id": ITEM, "kind": "pull_request", "source": "code", "author_id": "ada"},
    {"item_id": TICKET, "kind": "ticket", "source": "acme", "team": "PAY", "item_type": "Story"},
    **dict.fromkeys(("item_id", "kind", "source", "team", "item_type", "author_id"), pl.String),
).with_columns(observed_until=pl.lit(march(30)))


def stay(day: int, stage: str, kind: str, rank: int | None, **more: Any) -> Row:
    """The ticket enters a stage; the board owns those in which it approves."""
    owner = "board" if kind == "approval" else None
    told = {"stage": stage, "stage_kind": kind, "stage_rank": rank, "owner_role": owner}
    return {"entered_at": march(day), "entered_by": "board", "is_bulk": False, **told, **more}


def build(day: int, **more: Any) -> Row:
    return stay(day, "Build", "active", 1, **more)


def sign_off(day: int, **more: Any) -> Row:
    return stay(day, "Sign-off", "approval", 2, **more)


def done(day: int, kind: str = "done", **more: Any) -> Row:
    return stay(day, "Done", kind, 3, **more)


def on_hold(day: int) -> Row:
    return stay(day, "On hold", "parked", 4)


def said(day: int, who: str | None, kind: str = "comment", **more: Any) -> Row:
    """An activity on the pull request; a review is that of its day."""
    told = {"item_id": ITEM, "activity_id": f"{kind}:{day}", "kind": kind, "actor_id": who}
    return {**told, "has_text": True, "acted_at": march(day), **more}


def found(
    *stays: Row,
    events: tuple[Event, ...] = (),
    acts: tuple[Row, ...] = (),
    items: pl.DataFrame = ITEMS,
) -> pl.DataFrame:
    """The requests of a ticket with these stays, a pull request with these events."""
    numbered = (
        {"item_id": TICKET, "kind": "ticket", "visit_number": n, "group_end": n, **one}
        for n, one in enumerate(stays, start=1)
    )
    visits = frame(
        *numbered,
        **dict.fromkeys(("item_id", "kind", "stage", "stage_kind", "owner_role"), pl.String),
        **dict.fromkeys(("visit_number", "stage_rank", "group_end"), pl.Int32),
        entered_at=INSTANT,
        entered_by=pl.String,
        is_bulk=pl.Boolean,
    )
    activities = frame(
        *acts,
        **dict.fromkeys(("item_id", "activity_id", "kind", "actor_id"), pl.String),
        has_text=pl.Boolean,
        acted_at=INSTANT,
    )
    moves = changes(*((_moved(n),) for n in range(1, len(stays) + 1)), item_id=TICKET)
    told = pl.concat([changes(*events), moves])
    known = people(bots=("ci",))
    return approval_requests(
        items,
        told,
        visits,
        activities,
        people=known,
        commented=commented_sources(activities, items),
        calendars=CALENDARS,
    )


def _moved(number: int) -> Row:
    return {"field": "status", "changed_at": march(number), "actor_role": "board"}


def ends(*stays: Row) -> Any:
    """From which day to which the ticket waited, and what came of it."""
    days = {name: pl.col(f"{name}_at").dt.day().cast(pl.Int64) for name in ("requested", "ended")}
    return found(*stays).select(**days, verdict="verdict").rows()


# --- stays of tickets --------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "verdict"),
    [
        (done(4), "approved"),
        (stay(4, "Done at once", "done", 0), "approved"),
        (stay(4, "Release", "queue", 5), "approved"),
        (build(4), "changes_requested"),
        (done(4, "dropped"), "withdrawn"),
        (done(4, is_bulk=True), "withdrawn"),
        (stay(4, "Limbo", "queue", None), "withdrawn"),
        (done(4, entered_by="bot"), "withdrawn"),
        (build(4, entered_by="bot"), "withdrawn"),
        (stay(4, "Waiting room", "queue", 2), "withdrawn"),
    ],
    ids=(
        *("done", "done before", "forward", "back", "dropped", "in bulk", "nowhere"),
        *("done by a bot", "back by a bot", "beside"),
    ),
)
def test_where_a_ticket_goes_is_the_verdict(after: Row, verdict: str) -> None:
    assert ends(build(2), sign_off(3), after) == [(3, 4, verdict)]


def test_a_stay_that_lasts_is_open() -> None:
    assert ends(build(2), sign_off(3)) == [(3, None, "open")]


def test_put_aside_and_taken_up_again_is_one_request() -> None:
    assert ends(sign_off(3), on_hold(4), sign_off(6), done(9)) == [(3, 9, "approved")]


def test_taken_back_by_the_role_that_had_asked_it_is_withdrawn() -> None:
    asked_by_builders = sign_off(3, entered_by="builder")

    assert ends(build(2), asked_by_builders, build(4, entered_by="builder")) == [
        (3, 4, "withdrawn")
    ]


def test_put_aside_for_now_it_is_still_asked_for() -> None:
    assert ends(sign_off(3), on_hold(4)) == [(3, None, "open")]


def test_sent_back_and_there_again_it_is_asked_for_twice() -> None:
    assert ends(sign_off(3), build(4), sign_off(6), done(9)) == [
        (3, 4, "changes_requested"),
        (6, 9, "approved"),
    ]


def test_a_stage_asks_its_owner_and_is_answered_by_who_moved_the_ticket() -> None:
    told = found(build(2), sign_off(3), done(4, entered_by="product"))

    columns = ("channel", "step", "asked_role", "decided_by_role", "change_group", "decider")
    assert told.select(columns).rows() == [("approval", "Sign-off", "board", "product", "2", None)]


# --- hours -------------------------------------------------------------------------


def test_hours_are_those_of_the_role_that_is_asked() -> None:
    told = found(
        sign_off(7),
        done(9),
        events=(opened(6), asked(6, "ben"), review(9, "ben", "approved")),
    )

    # Saturday to Monday: two meetings of the board; Friday to Monday: one day of a reviewer.
    assert told.select("channel", "business_hours", "elapsed_hours").rows() == [
        ("review", 8.0, 72.0),
        ("approval", 2.0, 48.0),
    ]


def test_a_request_that_waits_has_the_hours_up_to_the_snapshot() -> None:
    told = found(events=(opened(27), asked(27, "ben")))

    assert told.select("business_hours", "elapsed_hours", "ended_at").rows() == [(8.0, 72.0, None)]


# --- findings ----------------------------------------------------------------------

APPROVED = (opened(3), asked(3, "ben"), review(6, "ben", "approved"))
SILENT = said(6, "ben", "review", has_text=False)


def finding(*acts: Row, events: tuple[Event, ...] = APPROVED) -> bool | None:
    [has_finding] = found(events=events, acts=acts)["has_finding"]
    return has_finding  # type: ignore[no-any-return]  # of a Boolean column


def test_who_asks_for_changes_has_found_something() -> None:
    events = (opened(3), asked(3, "ben"), review(6, "ben", "changes_requested"))

    assert finding(events=events) is True


@pytest.mark.parametrize("says", [True, False, None])
def test_an_approval_has_found_something_where_the_review_says_something(
    says: bool | None,  # noqa: FBT001 - the three cases
) -> None:
    assert finding(said(6, "ben", "review", has_text=says)) is says


@pytest.mark.parametrize(
    ("act", "has_finding"),
    [
        (said(5, "ben"), True),
        (said(5, "ben", "review"), True),
        (said(5, "cat"), False),
        (said(2, "ben"), False),
        (said(7, "ben"), False),
        (said(5, "ben", "commit", has_text=None), False),
    ],
)
def test_a_comment_between_request_and_approval_by_the_approver_is_a_finding(
    act: Row, has_finding: object
) -> None:
    assert finding(SILENT, act) is has_finding


@pytest.mark.parametrize(("day", "has_finding"), [(2, False), (4, False), (5, True), (9, False)])
def test_who_comes_unasked_has_since_their_last_verdict_to_say_something(
    day: int,
    has_finding: bool,  # noqa: FBT001 - the cases
) -> None:
    twice = (*APPROVED[:2], review(4, "cat", "changes_requested"), review(8, "cat", "approved"))
    silent = said(8, "cat", "review", has_text=False)
    told = found(events=twice, acts=(silent, said(day, "cat", acted_at=march(day, "08:00"))))

    assert told.filter(verdict="approved")["has_finding"].to_list() == [has_finding]


def test_without_a_verdict_nothing_is_known_to_be_found() -> None:
    assert finding(said(5, "ben"), events=(opened(3), asked(3, "ben"))) is None


@pytest.mark.parametrize(
    ("acts", "has_finding"),
    [
        ((), None),
        ((said(1, "eva", item_id=TICKET),), False),
        ((said(4, "eva", item_id=TICKET),), True),
        ((said(4, None, item_id=TICKET),), True),
        ((said(4, "eva", "worklog", item_id=TICKET), said(1, "eva", item_id=TICKET)), False),
    ],
)
def test_on_a_ticket_anybodys_comment_is_a_finding_if_comments_came_at_all(
    acts: tuple[Row, ...], has_finding: object
) -> None:
    [told] = found(sign_off(3), done(5), acts=acts)["has_finding"]

    assert told is has_finding


def test_a_comment_of_a_bot_is_no_finding() -> None:
    told = found(sign_off(3), done(5), acts=(said(4, "ci", item_id=TICKET),))

    assert told["has_finding"].to_list() == [False]


# --- the table ---------------------------------------------------------------------


def test_requests_are_numbered_in_the_life_of_their_item() -> None:
    told = found(
        sign_off(3),
        done(4),
        events=(opened(2), asked(4, "ben"), asked(3, "cat"), status(9, "merged")),
    )

    assert told.select("item_id", "request_number", "reviewer").rows() == [
        (ITEM, 1, "anyone"),
        (ITEM, 2, "cat"),
        (ITEM, 3, "ben"),
        (TICKET, 1, "Sign-off"),
    ]


@pytest.mark.parametrize("names", [("ben", "cat"), ("cat", "ben")])
def test_requests_of_one_instant_are_numbered_in_the_order_in_which_they_were_asked(
    names: tuple[str, str],
) -> None:
    first, second = names
    told = found(events=(asked(2, first), asked(2, second), ready(6)))

    assert told.select("request_number", "reviewer").rows() == [(1, first), (2, second)]


@pytest.mark.parametrize("names", [("ben", "cat"), ("cat", "ben")])
def test_whom_one_push_asks_again_are_numbered_as_they_had_spoken(names: tuple[str, str]) -> None:
    first, second = names
    refused = (review(3, first, "changes_requested"), review(4, second, "changes_requested"))
    told = found(events=(opened(2), *refused, pushed(6)))

    again = told.filter(pl.col("asked_by") == "push")
    assert again["reviewer"].to_list() == [first, second]


def test_hours_before_the_source_was_watched_are_told_on_the_clock_of_the_hours() -> None:
    watched = ITEMS.with_columns(watched_from=pl.lit(march(9, "12:00")))
    told = found(events=(opened(6), asked(6, "ben"), review(10, "ben", "approved")), items=watched)

    # Friday's eight hours and three of Monday.
    columns = ("watched_from", "unwatched_hours", "business_hours")
    assert told.select(columns).rows() == [(march(9, "12:00"), 11.0, 16.0)]


def test_where_the_source_was_always_watched_no_hour_was_unwatched() -> None:
    told = found(events=(opened(6), asked(6, "ben")))

    assert told.select("watched_from", "unwatched_hours").rows() == [(None, 0.0)]


def test_what_nobody_waited_for_is_numbered_behind_and_not_shown() -> None:
    told = found(events=(opened(3), asked(3, "ben"), review(4, "cat", "approved"), asked(9, "eva")))

    assert told.select("request_number", "reviewer").rows() == [(1, "ben"), (2, "eva"), (3, "cat")]
    assert awaited(told)["reviewer"].to_list() == ["ben", "eva"]


def test_where_nothing_is_asked_there_is_no_row() -> None:
    assert_frame_equal(found(), APPROVAL_REQUESTS.to_frame())

"""Requests for reviews as intervals: who was asked from when to when, and what came of it."""

from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from pipelines.approvals.people import People
from pipelines.approvals.review_requests import REVIEW_REQUESTS, review_requests
from tests.pipelines.frames import Row, frame
from tests.pipelines.reviewing import (
    ITEM,
    Event,
    asked,
    changes,
    dismissed,
    march,
    opened,
    people,
    pushed,
    ready,
    removed,
    review,
    status,
)

Interval = tuple[str, int, int | None, str]


def requests(
    *events: Event, more: pl.DataFrame | None = None, known: People | None = None
) -> pl.DataFrame:
    """The requests of Ada's pull request, with changes of other items beside it."""
    items = frame(
        {"item_id": ITEM, "kind": "pull_request", "author_id": "ada"},
        item_id=pl.String,
        kind=pl.String,
        author_id=pl.String,
    )
    told = changes(*events)
    told = told if more is None else pl.concat([told, more])
    return review_requests(items, told, known or people())


def intervals(*events: Event) -> list[Interval]:
    """Who was asked, from which day of March to which, and what came of it."""
    return rows(requests(*events))


def rows(found: pl.DataFrame) -> list[Any]:
    days = {name: pl.col(f"{name}_at").dt.day().cast(pl.Int64) for name in ("requested", "ended")}
    return found.select("reviewer", **days, verdict="verdict").rows()


# --- what ends a request -----------------------------------------------------------


@pytest.mark.parametrize("verdict", ["approved", "changes_requested"])
def test_a_request_ends_with_the_verdict_of_its_reviewer(verdict: str) -> None:
    found = intervals(opened(3), asked(3, "ben"), asked(3, "cat"), review(5, "ben", verdict))

    assert found == [("ben", 3, 5, verdict), ("cat", 3, None, "open")]


def test_a_missing_review_is_open_and_not_a_review_in_no_time() -> None:
    assert intervals(opened(3), asked(3, "ben")) == [("ben", 3, None, "open")]


def test_a_request_that_is_removed_is_withdrawn_and_kept_whatever_comes_then() -> None:
    found = intervals(opened(3), asked(3, "ben"), removed(5, "ben"), status(6, "merged"))

    assert found == [("ben", 3, 5, "withdrawn")]


@pytest.mark.parametrize(("end", "verdict"), [("merged", "superseded"), ("closed", "withdrawn")])
def test_a_pull_request_may_end_without_the_review(end: str, verdict: str) -> None:
    found = intervals(opened(3), asked(3, "ben"), status(6, end))

    assert found == [("ben", 3, 6, verdict)]


def test_closed_and_opened_again_a_request_goes_on_as_another() -> None:
    found = intervals(
        opened(3), asked(3, "ben"), status(6, "closed"), status(9, "review required", "closed")
    )

    assert found == [("ben", 3, 6, "withdrawn"), ("ben", 9, None, "open")]


# --- what is no verdict ------------------------------------------------------------


def test_a_first_comment_is_no_first_review() -> None:
    found = intervals(
        opened(3), asked(3, "ben"), review(4, "ben", "commented"), review(6, "ben", "approved")
    )

    assert found == [("ben", 3, 6, "approved")]


def test_a_review_that_only_comments_does_not_count_as_an_approval() -> None:
    found = intervals(opened(2), review(4, "ben", "commented"), status(6, "merged"))

    assert found == [("anyone", 2, 6, "superseded")]


def test_an_approval_after_the_merge_is_none() -> None:
    found = intervals(opened(3), asked(3, "ben"), status(6, "merged"), review(7, "ben", "approved"))

    assert found == [("ben", 3, 6, "superseded")]


def test_an_author_does_not_approve_their_own_work() -> None:
    found = intervals(opened(2), review(4, "ada", "approved"))

    assert found == [("anyone", 2, None, "open")]


def test_the_review_of_a_bot_is_no_verdict_and_asking_one_asks_nobody() -> None:
    by_bot = review(4, "ci", "approved", actor_role="bot")
    told = (opened(2), asked(2, "ci"), by_bot, review(5, "ben", "approved"))
    found = rows(requests(*told, known=people(bots=("ci",))))

    assert found == [("anyone", 2, 5, "approved")]


def test_a_bot_that_did_nothing_yet_is_nobody_who_is_asked() -> None:
    found = requests(opened(2), asked(3, "ci"), known=people(bots=("ci",)))

    assert rows(found) == [("anyone", 2, None, "open")]


# --- drafts ------------------------------------------------------------------------


def test_time_in_draft_does_not_count() -> None:
    found = intervals(asked(2, "ben"), ready(6), review(9, "ben", "approved"))

    assert found == [("ben", 6, 9, "approved")]


def test_back_in_draft_a_request_pauses_and_goes_on_as_another() -> None:
    found = intervals(
        opened(3), asked(3, "ben"), status(4, "draft"), ready(9), review(10, "ben", "approved")
    )

    assert found == [("ben", 3, 4, "withdrawn"), ("ben", 9, 10, "approved")]


def test_a_verdict_in_draft_is_kept_and_nobody_waited_for_it() -> None:
    found = requests(asked(2, "ben"), review(4, "ben", "approved"), ready(6))

    assert rows(found) == [("ben", 4, 4, "approved")]
    assert found["asked_by"].to_list() == ["nobody"]


def test_a_first_verdict_back_in_draft_was_not_waited_for_since_it_was_ready() -> None:
    found = intervals(opened(2), status(4, "draft"), review(6, "ben", "approved"))

    assert found == [("anyone", 2, 4, "withdrawn"), ("ben", 6, 6, "approved")]


def test_a_pull_request_that_was_never_ready_asks_nobody() -> None:
    assert intervals(asked(2, "ben"), status(4, "closed", "draft")) == []


# --- further rounds ----------------------------------------------------------------


def test_asked_again_after_a_verdict_is_another_request() -> None:
    found = intervals(
        opened(3),
        asked(3, "ben"),
        review(4, "ben", "changes_requested"),
        asked(6, "ben"),
        review(9, "ben", "approved"),
    )

    assert found == [("ben", 3, 4, "changes_requested"), ("ben", 6, 9, "approved")]


def test_asked_again_while_still_asked_is_one_request() -> None:
    found = intervals(
        opened(3),
        asked(3, "ben"),
        review(4, "ben", "commented"),
        asked(5, "ben"),
        review(9, "ben", "approved"),
    )

    assert found == [("ben", 3, 9, "approved")]


def test_a_push_after_a_request_for_changes_asks_its_reviewer_again() -> None:
    found = requests(
        opened(3),
        asked(3, "ben"),
        (*review(4, "ben", "changes_requested"), *status(4, "changes requested")),
        pushed(6),
        review(9, "ben", "approved"),
    )

    assert rows(found) == [("ben", 3, 4, "changes_requested"), ("ben", 6, 9, "approved")]
    assert found["asked_by"].to_list() == ["request", "push"]


def test_a_request_after_the_push_is_the_same_turn_and_an_explicit_request() -> None:
    found = requests(
        opened(2),
        review(4, "ben", "changes_requested"),
        pushed(6),
        asked(7, "ben"),
        review(9, "ben", "approved"),
        asked(10, "ben"),
    )

    named = found.filter(pl.col("reviewer") == "ben", pl.col("asked_by") != "nobody")
    days = pl.col("requested_at", "named_at").dt.day()
    assert named.select("asked_by", days).rows() == [("push", 6, 7), ("request", 10, 10)]


def test_a_request_in_the_next_window_does_not_name_who_was_asked_by_a_push_before() -> None:
    refused = (opened(2), review(3, "ben", "changes_requested"), pushed(4))
    found = requests(*refused, status(5, "draft"), asked(6, "ben"), ready(7))

    named = found.filter(pl.col("reviewer") == "ben", pl.col("asked_by") != "nobody")
    days = pl.col("requested_at", "named_at").dt.day()
    assert named.select(days).rows() == [(4, None), (7, 6)]


def test_a_push_does_not_ask_who_has_spoken_since() -> None:
    found = intervals(
        opened(2),
        asked(2, "ben"),
        review(4, "ben", "changes_requested"),
        review(5, "ben", "approved"),
        pushed(6),
    )

    assert found == [("ben", 2, 4, "changes_requested"), ("ben", 5, 5, "approved")]


def test_a_dismissed_verdict_has_to_be_given_again() -> None:
    found = requests(opened(3), asked(3, "ben"), review(4, "ben", "approved"), dismissed(6, 4))

    assert rows(found) == [("ben", 3, 4, "approved"), ("ben", 6, None, "open")]
    assert found["dismissed_at"].dt.day().to_list() == [6, None]


def test_a_dismissal_of_what_was_taken_back_already_asks_nobody() -> None:
    found = intervals(
        opened(3),
        asked(3, "ben"),
        review(4, "ben", "changes_requested"),
        asked(5, "ben"),
        review(6, "ben", "approved"),
        dismissed(7, 4, "changes_requested"),
    )

    assert found[-1] == ("ben", 5, 6, "approved")


# --- whom nobody had asked ---------------------------------------------------------


def test_where_nobody_is_asked_anybody_is_until_the_first_verdict() -> None:
    found = requests(opened(2), review(5, "ben", "approved"))

    assert rows(found) == [("anyone", 2, 5, "approved")]
    assert found.select("step", "decider").rows() == [("anyone", "ben")]


def test_anybody_is_asked_until_somebody_is_explicitly_however_late() -> None:
    found = requests(opened(2), asked(9, "ben"), review(12, "ben", "approved"))

    assert rows(found) == [("anyone", 2, 9, "superseded"), ("ben", 9, 12, "approved")]
    assert found["decider"].to_list() == [None, "ben"]


@pytest.mark.parametrize("who", ["ben", "team:web"])
def test_opened_with_somebody_asked_nobody_else_ever_was(who: str) -> None:
    assert intervals(opened(2), asked(2, who)) == [(who, 2, None, "open")]


def test_anybody_who_has_answered_is_not_asked_again_by_a_later_request() -> None:
    found = intervals(opened(2), review(5, "cat", "approved"), asked(9, "ben"))

    assert found == [("anyone", 2, 5, "approved"), ("ben", 9, None, "open")]


def test_for_whoever_comes_second_to_it_nobody_waited() -> None:
    found = intervals(opened(2), review(5, "ben", "approved"), review(7, "cat", "approved"))

    assert found == [("anyone", 2, 5, "approved"), ("cat", 7, 7, "approved")]


def test_a_verdict_beside_an_open_request_was_waited_for_by_nobody() -> None:
    found = requests(opened(3), asked(3, "ben"), review(5, "cat", "approved"))

    assert rows(found) == [("ben", 3, None, "open"), ("cat", 5, 5, "approved")]
    assert found["asked_by"].to_list() == ["request", "nobody"]


def test_for_whoever_comes_when_all_requests_are_taken_back_nobody_waited() -> None:
    found = intervals(opened(3), asked(3, "ben"), removed(4, "ben"), review(5, "cat", "approved"))

    assert found == [("ben", 3, 4, "withdrawn"), ("cat", 5, 5, "approved")]


def test_a_second_approval_waited_for_nobody() -> None:
    found = requests(
        opened(3), asked(3, "ben"), review(4, "ben", "approved"), review(8, "ben", "approved")
    )

    assert rows(found) == [("ben", 3, 4, "approved"), ("ben", 8, 8, "approved")]
    assert found["asked_by"].to_list() == ["request", "nobody"]


# --- teams -------------------------------------------------------------------------


def test_a_team_is_answered_by_the_first_verdict_of_somebody_not_asked_by_name() -> None:
    found = intervals(
        opened(3),
        asked(3, "ben"),
        asked(3, "team:web"),
        review(4, "ben", "approved"),
        review(6, "cat", "approved"),
    )

    assert found == [("ben", 3, 4, "approved"), ("team:web", 3, 6, "approved")]


def test_a_team_merged_over_was_answered_by_who_was_asked_by_name() -> None:
    found = intervals(
        opened(3),
        asked(3, "ben"),
        asked(3, "team:web"),
        review(4, "ben", "approved"),
        status(6, "merged"),
    )

    assert found == [("ben", 3, 4, "approved"), ("team:web", 3, 4, "approved")]


def test_a_team_nobody_answered_for_is_kept() -> None:
    found = intervals(opened(3), asked(3, "team:web"), status(6, "merged"))

    assert found == [("team:web", 3, 6, "superseded")]


def test_one_verdict_may_answer_two_teams() -> None:
    found = requests(
        opened(3), asked(3, "team:api"), asked(3, "team:web"), review(4, "ben", "approved")
    )

    assert found["step"].to_list() == ["api", "web"]
    assert found["change_group"].to_list() == ["review:4", "review:4"]


# --- roles -------------------------------------------------------------------------


SECURITY: dict[str, Any] = {"actor_id": "ben", "role": "security"}


def steps(*declared: Row, answered_as: str = "reviewer") -> list[str]:
    """The steps of Ben, asked on the third and the ninth; he answers the first request."""
    verdict = review(4, "ben", "approved", actor_role=answered_as)
    told = (opened(3), asked(3, "ben"), verdict, asked(9, "ben"))
    return requests(*told, known=people(*declared))["step"].to_list()


def test_the_step_is_the_role_declared_when_it_was_asked_answered_or_not() -> None:
    assert steps(SECURITY, answered_as="security") == ["security", "security"]
    assert steps() == ["reviewer", "reviewer"]


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        ({"valid_from": march(5)}, ["reviewer", "security"]),
        ({"valid_until": march(5)}, ["security", "reviewer"]),
    ],
    ids=["from the fifth", "to the fifth"],
)
def test_a_role_says_nothing_of_a_time_in_which_it_was_not_declared(
    declared: Row, found: list[str]
) -> None:
    assert steps({**SECURITY, **declared}) == found


def test_of_several_roles_the_first_declared_counts() -> None:
    assert steps(SECURITY, {**SECURITY, "role": "legal"}) == ["legal", "legal"]


def test_what_a_reviewer_does_on_other_items_is_no_role() -> None:
    elsewhere = review(2, "ben", "approved", actor_role="security")
    another = changes(elsewhere, item_id="github:code:acme/web#8")
    found = requests(opened(3), asked(3, "ben"), more=another)

    assert found["step"].to_list() == ["reviewer"]


def test_a_team_is_asked_in_the_role_of_whoever_answers() -> None:
    verdict = review(4, "ben", "approved", actor_role="security")
    found = requests(opened(3), asked(3, "team:web"), verdict)

    assert found.select("step", "asked_role").rows() == [("web", "security")]


def test_a_reviewer_who_is_gone_is_a_reviewer_still() -> None:
    gone = review(4, None, "approved", actor_role="?")
    found = requests(opened(3), asked(3, "?"), gone)

    assert found.select("reviewer", "step", "verdict", "decided_by_role").rows() == [
        ("?", "reviewer", "approved", "?")
    ]


def test_tickets_and_items_without_a_history_have_no_requests() -> None:
    assert_frame_equal(requests(), REVIEW_REQUESTS.to_frame())

"""Requests for a review as requests for a decision."""

from datetime import timedelta
from typing import Any

import polars as pl
import pytest

from pipelines.decisions.review_verdicts import review_verdicts
from tests.pipelines.frames import INSTANT, Row, at, frame

DAY_0 = at("2026-03-02")


def day(number: float) -> Any:
    return DAY_0 + timedelta(days=number)


def request(asked: float, verdict: str, ended: float | None = None, **more: Any) -> Row:
    """A reviewer asked on a day, with a verdict on another."""
    return {
        "channel": "review",
        "step": "reviewer",
        "requested_at": day(asked),
        "ended_at": None if ended is None else day(ended),
        "verdict": verdict,
        "asked_role": "reviewer",
        "decided_by_role": "reviewer",
        "decider": "ben",
        "asked_by": "request",
        "is_taken_over": False,
        **more,
    }


def review(on: float, says: str, number: str = "r1", **more: Any) -> Row:
    """What the history of the pull request shows of a review, or of its dismissal."""
    dismissed = {"from_id": number} if says == "dismissed" else {}
    told = {
        "changed_at": day(on),
        "to_text": says,
        "to_id": number,
        "change_group": f"{says} {number}",
    }
    return {**told, **dismissed, **more}


def verdicts(
    *requests: Row, reviews: tuple[Row, ...] = (), dropped_on: float | None = None
) -> pl.DataFrame:
    """The requests on pull request a."""
    numbered = (
        {"item_id": "a", "request_number": number, **one}
        for number, one in enumerate(requests, start=1)
    )
    texts = ("item_id", "channel", "step", "verdict", "asked_role", "decided_by_role", "asked_by")
    asked = frame(
        *numbered,
        **dict.fromkeys((*texts, "decider", "change_group"), pl.String),
        request_number=pl.Int32,
        **dict.fromkeys(("requested_at", "ended_at"), INSTANT),
        is_taken_over=pl.Boolean,
    )
    end = day(40 if dropped_on is None else dropped_on)
    items = pl.DataFrame(
        {"item_id": ["a"], "ended_at": [end], "is_dropped": [dropped_on is not None]}
    )
    usual = {"item_id": "a", "field": "review", "actor_role": "reviewer", "is_bulk": False}
    changes = frame(
        *({**usual, **one} for one in reviews),
        **dict.fromkeys(("item_id", "change_group", "field", "from_id", "to_id"), pl.String),
        changed_at=INSTANT,
        **dict.fromkeys(("to_text", "actor_role"), pl.String),
        is_bulk=pl.Boolean,
    )
    return review_verdicts(asked, items, changes, window=timedelta(days=14))


def ends(found: pl.DataFrame) -> list[tuple[Any, ...]]:
    days = {name: (pl.col(name) - DAY_0).dt.total_days() for name in ("requested_at", "ended_at")}
    return found.select("outcome", **days).rows()


def reversals(found: pl.DataFrame) -> list[int | None]:
    return found.select((pl.col("reversed_at") - DAY_0).dt.total_days()).to_series().to_list()


@pytest.mark.parametrize(
    ("verdict", "outcome"),
    [
        ("approved", "decided"),
        ("changes_requested", "decided"),
        ("withdrawn", "withdrawn"),
        ("superseded", "withdrawn"),
    ],
)
def test_an_approval_and_a_request_for_changes_are_verdicts(verdict: str, outcome: str) -> None:
    assert ends(verdicts(request(1, verdict, 3))) == [(outcome, 1, 3)]


def test_a_review_that_has_not_come_is_waited_for() -> None:
    found = verdicts(request(1, "open"))

    assert ends(found) == [("open", 1, None)]
    assert found.select("channel", "decision_right", "asked_role", "decided_by_role").rows() == [
        ("review", "review", "reviewer", None)
    ]


def test_a_request_on_a_pull_request_closed_unmerged_was_dropped_with_it() -> None:
    removed, overtaken = request(1, "withdrawn", 3), request(1, "withdrawn", 6)

    assert ends(verdicts(removed, overtaken, dropped_on=6)) == [
        ("withdrawn", 1, 3),
        ("dropped", 1, 6),
    ]


def test_a_stay_in_an_approval_stage_is_no_review() -> None:
    assert verdicts(request(1, "approved", 3, channel="approval")).is_empty()


def test_a_dismissed_review_did_not_hold() -> None:
    told = (review(3, "approved"), review(5, "dismissed", actor_role="author"))

    assert reversals(
        verdicts(request(1, "approved", 3, change_group="approved r1"), reviews=told)
    ) == [5]


def test_a_dismissal_takes_back_the_review_it_names_alone() -> None:
    told = (
        review(3, "approved", "r1"),
        review(4, "approved", "r2"),
        review(5, "dismissed", "r2"),
    )

    found = verdicts(
        request(1, "approved", 3, change_group="approved r1"),
        request(1, "approved", 4, change_group="approved r2"),
        reviews=told,
    )

    assert reversals(found) == [None, 5]


@pytest.mark.parametrize("by_nobody", [{"is_bulk": True}, {"actor_role": "bot"}])
def test_a_dismissal_that_no_person_made_reverses_nothing(by_nobody: Row) -> None:
    told = (review(3, "approved"), review(5, "dismissed", **by_nobody))

    assert reversals(
        verdicts(request(1, "approved", 3, change_group="approved r1"), reviews=told)
    ) == [None]


def test_a_dismissal_after_the_window_reverses_nothing() -> None:
    told = (review(3, "approved"), review(18, "dismissed"))

    assert reversals(
        verdicts(request(1, "approved", 3, change_group="approved r1"), reviews=told)
    ) == [None]


@pytest.mark.parametrize(
    ("first", "second", "reversed_on"),
    [("approved", "changes_requested", 6), ("changes_requested", "approved", None)],
)
def test_asking_for_changes_of_what_was_approved_reverses_and_not_the_other_way_round(
    first: str, second: str, reversed_on: int | None
) -> None:
    found = verdicts(request(1, first, 3), request(4, second, 6))

    assert reversals(found) == [reversed_on, None]


def test_the_same_verdict_again_reverses_nothing() -> None:
    found = verdicts(request(1, "approved", 3), request(4, "approved", 6))

    assert reversals(found) == [None, None]


def test_the_opposite_verdict_of_another_step_is_about_something_else() -> None:
    theirs = request(4, "changes_requested", 6, step="security", decider="cat")

    assert reversals(verdicts(request(1, "approved", 3), theirs)) == [None, None]


@pytest.mark.parametrize("step", ["anyone", "web"])
def test_what_one_approves_for_others_one_takes_back_in_ones_own_name(step: str) -> None:
    found = verdicts(request(1, "approved", 3, step=step), request(4, "changes_requested", 6))

    assert reversals(found) == [6, None]
    assert found["decider"].to_list() == ["ben", "ben"]


def test_a_colleague_of_the_same_step_takes_an_approval_back() -> None:
    theirs = request(4, "changes_requested", 6, decider="cat")

    assert reversals(verdicts(request(1, "approved", 3), theirs)) == [6, None]


def test_a_bot_opposes_nobody() -> None:
    found = verdicts(
        request(1, "approved", 3), request(4, "changes_requested", 6, decided_by_role="bot")
    )

    assert reversals(found) == [None, None]


def test_of_two_verdicts_of_one_instant_the_later_request_has_the_last_word() -> None:
    found = verdicts(request(1, "approved", 3), request(2, "changes_requested", 3))

    assert reversals(found) == [3, None]


def test_a_verdict_nobody_asked_for_opposes_and_is_no_request() -> None:
    found = verdicts(
        request(1, "approved", 3), request(6, "changes_requested", 6, asked_by="nobody")
    )

    assert reversals(found) == [6, None]
    assert found["is_asked"].to_list() == [True, False]


def test_anyone_asked_until_somebody_is_named_is_no_request() -> None:
    anyone = request(1, "superseded", 2, step="anyone", decider=None, is_taken_over=True)

    assert verdicts(anyone, request(2, "approved", 3))["is_asked"].to_list() == [False, True]


def test_no_requests_ask_for_nothing() -> None:
    assert verdicts().is_empty()

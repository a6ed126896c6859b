"""Which attempts to hand over are subjects, and which end counts."""

from typing import Any

import polars as pl

from pipelines.cohorts import attempt_cohorts
from tests.pipelines.frames import INSTANT, Row, at, ends, frame

OPEN, COUNTED, OTHER = 0, 1, 2


def handoffs(*rows: Row) -> pl.DataFrame:
    """Attempts handed over at midnight of 2 March and watched until the 12th."""
    usual = {"handed_at": at("2026-03-02"), "attempt": 1, "team": "PAY", "item_type": "Story"}
    return frame(
        *(
            {"handoff_id": str(number), **usual, "ended_at": at("2026-03-12"), **row}
            for number, row in enumerate(rows)
        ),
        **dict.fromkeys(("handoff_id", "team", "item_type", "verdict"), pl.String),
        **dict.fromkeys(("handed_at", "verdict_at", "watched_until", "watched_from"), INSTANT),
        **dict.fromkeys(("late_return_at", "reaccepted_at", "rework_until", "ended_at"), INSTANT),
        attempt=pl.Int32,
        **dict.fromkeys(("is_ended", "is_rework_over"), pl.Boolean),
        is_ready=pl.Boolean,
    )


def decided(verdict: str, day: str = "2026-03-05", **more: Any) -> Row:
    return {"verdict": verdict, "verdict_at": at(day), **more}


def undecided(until: str) -> Row:
    return {"verdict": "undecided", "watched_until": at(until)}


def test_of_all_verdicts_the_rejection_counts() -> None:
    verdicts = handoffs(*map(decided, ("rejected", "accepted", "recalled", "dropped")))

    assert ends(attempt_cohorts.rejection(verdicts)) == [
        (3.0, COUNTED),
        (3.0, OTHER),
        (3.0, OTHER),
        (3.0, OTHER),
    ]


def test_an_undecided_attempt_is_open_for_as_long_as_it_was_watched() -> None:
    assert ends(attempt_cohorts.rejection(handoffs(undecided("2026-03-06 12:00")))) == [(4.5, OPEN)]


def test_only_the_first_attempt_can_pass_at_once() -> None:
    found = attempt_cohorts.first_pass(
        handoffs(decided("rejected"), decided("accepted", attempt=2))
    )

    assert ends(found) == [(3.0, OTHER)]


def test_a_late_return_is_waited_for_from_the_acceptance_to_the_end() -> None:
    found = attempt_cohorts.late_return(
        handoffs(
            decided("accepted", late_return_at=at("2026-03-07")),
            decided("accepted", is_ended=True),
            decided("accepted", is_ended=False),
            decided("rejected"),
        )
    )

    assert ends(found) == [(2.0, COUNTED), (7.0, OTHER), (7.0, OPEN)]


def test_rework_is_waited_for_from_the_rejection_to_the_next_acceptance() -> None:
    lasts: dict[str, Any] = {"rework_until": at("2026-03-12"), "is_rework_over": False}
    lasts["is_ended"] = False
    found = attempt_cohorts.rework_days(
        handoffs(
            decided("rejected", **lasts, reaccepted_at=at("2026-03-07")),
            decided("rejected", **{**lasts, "is_ended": True}),
            decided("rejected", **{**lasts, "is_rework_over": True}),
            decided("rejected", **lasts),
            decided("accepted"),
            decided("recalled"),
        )
    )

    assert ends(found) == [(2.0, COUNTED), (7.0, OTHER), (7.0, OTHER), (7.0, OPEN)]


def test_an_attempt_that_ended_before_it_was_watched_is_no_subject() -> None:
    watched_from = at("2026-03-04")
    found = attempt_cohorts.rejection(
        handoffs(
            decided("rejected", "2026-03-04", watched_from=watched_from),
            decided("rejected", "2026-03-05", watched_from=watched_from),
            decided("rejected", "2026-03-05", watched_from=at("2026-03-01")),
        )
    )

    assert found.select("entry_days", "followed_days").rows() == [(2.0, 3.0), (0.0, 3.0)]


def test_a_handoff_without_a_check_is_no_subject_of_readiness() -> None:
    found = attempt_cohorts.readiness(
        handoffs(*(decided("accepted", is_ready=ready) for ready in (True, False, None)))
    )

    assert ends(found) == [(0.0, COUNTED), (0.0, OTHER)]


def test_readiness_now_judges_the_same_handoffs_by_the_values_of_today() -> None:
    then = handoffs(decided("accepted", is_ready=False), decided("accepted", is_ready=True))
    checks = frame(
        {"handoff_id": "0", "outcome_now": "pass"},
        {"handoff_id": "0", "outcome_now": "not_evaluable"},
        {"handoff_id": "1", "outcome_now": "pass"},
        {"handoff_id": "1", "outcome_now": "fail"},
        handoff_id=pl.String,
        outcome_now=pl.String,
    )

    found = attempt_cohorts.readiness_now(then, checks).sort("subject_id")
    assert found["end"].to_list() == [COUNTED, OTHER]

"""Stays in a decision or approval stage: asked on entering, answered on leaving."""

from datetime import timedelta
from typing import Any

import polars as pl
import pytest

from pipelines.decisions.stage_verdicts import stage_verdicts
from tests.pipelines.frames import INSTANT, Row, at, frame

ENTERED = at("2026-03-02")
WINDOW = timedelta(days=14)
_STAGES: dict[str, tuple[str, str | None, int | None]] = {
    "Idea": ("queue", "product", 0),
    "Shaping": ("active", "product", 1),
    "Decision": ("decision", "ceo", 2),
    "Ready": ("queue", "engineering", 3),
    "Build": ("active", "engineering", 4),
    "Sign-off": ("approval", "quality", 5),
    "On hold": ("parked", None, 6),
    "Done": ("done", None, 7),
    "Closed": ("dropped", None, 8),
    "Unmapped": ("", None, None),
}


def stay(stage: str, day: float = 0, by: str = "product", **more: Any) -> Row:
    """A stay in a stage, entered on a day of the walk."""
    kind, owner, rank = _STAGES[stage]
    return {
        "stage": stage,
        "stage_kind": kind or None,
        "owner_role": owner,
        "stage_rank": rank,
        "entered_at": ENTERED + timedelta(days=day),
        "entered_by": by,
        **more,
    }


def verdicts(*stays: Row) -> pl.DataFrame:
    """The requests of ticket a, which walks through these stays one after the other."""
    usual = {"item_id": "a", "kind": "ticket", "is_bulk": False}
    rows = ({**usual, "visit_number": n, **one} for n, one in enumerate(stays, start=1))
    texts = ("item_id", "kind", "stage", "stage_kind", "owner_role", "entered_by")
    visits = frame(
        *rows,
        **dict.fromkeys(texts, pl.String),
        **dict.fromkeys(("visit_number", "stage_rank"), pl.Int32),
        is_bulk=pl.Boolean,
        entered_at=INSTANT,
    )
    return stage_verdicts(visits, window=WINDOW)


def ends(found: pl.DataFrame) -> list[tuple[Any, ...]]:
    """The outcome of each request, and the days of the walk on which it was made and ended."""
    days = {name: (pl.col(name) - ENTERED).dt.total_days() for name in ("requested_at", "ended_at")}
    return found.select("outcome", **days).rows()


def reversal(*stays: Row) -> list[int | None]:
    """After a decision on day 0 left on day 1: the day on which that verdict was reversed."""
    found = verdicts(stay("Decision"), *stays).head(1)
    return found.select((pl.col("reversed_at") - ENTERED).dt.total_days()).to_series().to_list()


def test_a_decision_is_asked_on_entering_and_given_on_leaving() -> None:
    found = verdicts(stay("Idea"), stay("Decision", 2), stay("Ready", 5, by="ceo"))

    assert ends(found) == [("decided", 2, 5)]
    assert found.select("channel", "decision_right", "asked_role", "decided_by_role").rows() == [
        ("stage", "Decision", "ceo", "ceo")
    ]


def test_work_that_waits_for_a_decision_is_open() -> None:
    found = verdicts(stay("Decision"))

    assert ends(found) == [("open", 0, None)]
    assert found["decided_by_role"].to_list() == [None]


@pytest.mark.parametrize(
    ("by", "outcome"),
    [("ceo", "decided"), ("engineering", "decided"), ("?", "decided"), ("product", "withdrawn")],
)
def test_sent_back_is_a_verdict_and_taken_back_by_who_had_asked_is_none(
    by: str, outcome: str
) -> None:
    found = verdicts(stay("Decision", by="product"), stay("Shaping", 1, by=by))

    assert ends(found) == [(outcome, 0, 1)]


def test_who_asks_and_answers_in_one_role_decides_by_sending_back() -> None:
    found = verdicts(stay("Decision", by="ceo"), stay("Shaping", 1, by="ceo"))

    assert ends(found) == [("decided", 0, 1)]


def test_done_from_a_decision_is_decided() -> None:
    assert ends(verdicts(stay("Decision"), stay("Done", 1))) == [("decided", 0, 1)]


def test_dropped_from_a_decision_is_no_verdict() -> None:
    found = verdicts(stay("Decision"), stay("Closed", 1, by="ceo"))

    assert ends(found) == [("dropped", 0, 1)]
    assert found["decided_by_role"].to_list() == [None]


def test_moved_out_in_bulk_is_withdrawn() -> None:
    found = verdicts(stay("Decision"), stay("Ready", 1, is_bulk=True))

    assert ends(found) == [("withdrawn", 0, 1)]


@pytest.mark.parametrize("stage", ["Ready", "Shaping"])
def test_moved_out_by_a_bot_is_withdrawn(stage: str) -> None:
    found = verdicts(stay("Decision"), stay(stage, 1, by="bot"))

    assert ends(found) == [("withdrawn", 0, 1)]


def test_moved_to_a_stage_nobody_mapped_is_withdrawn() -> None:
    found = verdicts(stay("Decision"), stay("Unmapped", 1, by="ceo"))

    assert ends(found) == [("withdrawn", 0, 1)]
    assert found["decided_by_role"].to_list() == [None]


def test_put_aside_and_taken_up_again_is_one_request() -> None:
    found = verdicts(stay("Decision"), stay("On hold", 1), stay("Decision", 4), stay("Ready", 6))

    assert ends(found) == [("decided", 0, 6)]


def test_put_aside_and_sent_on_from_there_is_decided_then() -> None:
    found = verdicts(stay("Decision"), stay("On hold", 1), stay("Build", 4))

    assert ends(found) == [("decided", 0, 4)]


def test_put_aside_to_this_day_is_open() -> None:
    assert ends(verdicts(stay("Decision"), stay("On hold", 1))) == [("open", 0, None)]


def test_a_decision_taken_in_the_instant_it_was_asked_took_no_time() -> None:
    assert ends(verdicts(stay("Decision"), stay("Ready"))) == [("decided", 0, 0)]


def test_an_approval_stage_asks_for_an_approval() -> None:
    found = verdicts(stay("Build"), stay("Sign-off", 1), stay("Done", 3, by="quality"))

    assert ends(found) == [("decided", 1, 3)]
    assert found.select("channel", "decision_right", "asked_role").rows() == [
        ("approval", "Sign-off", "quality")
    ]


def test_a_pull_request_is_approved_by_its_reviews_alone() -> None:
    found = verdicts(
        stay("Decision", kind="pull_request"), stay("Sign-off", 1, kind="pull_request")
    )

    assert found["channel"].to_list() == ["stage"]


def test_each_stay_is_a_request_of_its_own() -> None:
    found = verdicts(stay("Decision"), stay("Shaping", 1, by="ceo"), stay("Decision", 3))

    assert ends(found) == [("decided", 0, 1), ("open", 3, None)]


def test_stays_of_another_item_end_nothing() -> None:
    found = verdicts(stay("Decision"), stay("Ready", 1, item_id="b"))

    assert ends(found) == [("open", 0, None)]


def test_a_verdict_that_nothing_follows_is_not_reversed() -> None:
    assert reversal(stay("Ready", 1), stay("Build", 2), stay("Done", 3)) == [None]


@pytest.mark.parametrize("stage", ["Decision", "Shaping", "Idea"])
def test_coming_back_to_the_stage_or_before_it_reverses(stage: str) -> None:
    assert reversal(stay("Ready", 1), stay("Build", 2), stay(stage, 5)) == [5]


def test_a_rejection_by_the_receiver_reverses_the_decision_that_sent_it_on() -> None:
    assert reversal(stay("Ready", 1), stay("Shaping", 3, by="engineering")) == [3]


def test_a_return_after_the_window_reverses_nothing() -> None:
    assert reversal(stay("Ready", 1), stay("Decision", 15)) == [15]
    assert reversal(stay("Ready", 1), stay("Decision", 15.001)) == [None]


@pytest.mark.parametrize("by_nobody", [{"is_bulk": True}, {"by": "bot"}])
def test_a_return_that_no_person_chose_reverses_nothing(by_nobody: dict[str, Any]) -> None:
    assert reversal(stay("Ready", 1), stay("Shaping", 3, **by_nobody), stay("Idea", 4)) == [None]


def test_a_return_short_of_the_stage_reverses_nothing() -> None:
    assert reversal(stay("Build", 1), stay("Ready", 3)) == [None]


def test_asked_again_after_being_sent_back_is_another_question() -> None:
    assert reversal(stay("Shaping", 1), stay("Idea", 2), stay("Decision", 4)) == [None]


def test_passing_the_stage_that_had_sent_it_back_reverses_nothing() -> None:
    assert reversal(stay("Shaping", 1), stay("Ready", 4, by="engineering")) == [None]


def test_sent_back_and_dropped_is_not_reversed() -> None:
    assert reversal(stay("Shaping", 1), stay("Closed", 4)) == [None]


def test_dropped_and_taken_up_before_the_stage_reverses() -> None:
    assert reversal(stay("Ready", 1), stay("Closed", 2), stay("Shaping", 4)) == [4]


def test_coming_back_from_a_stage_nobody_mapped_reverses() -> None:
    assert reversal(stay("Ready", 1), stay("Unmapped", 2), stay("Decision", 4)) == [4]


def test_a_pause_after_the_verdict_reverses_nothing() -> None:
    assert reversal(stay("Ready", 1), stay("On hold", 2), stay("Ready", 3)) == [None]


def test_the_first_return_counts() -> None:
    back_twice = (stay("Shaping", 3), stay("Build", 4), stay("Shaping", 6))

    assert reversal(stay("Ready", 1), *back_twice) == [3]


def test_without_a_verdict_nothing_is_reversed() -> None:
    assert reversal(stay("Closed", 1), stay("Shaping", 3)) == [None]


def test_ten_thousand_stays_of_one_item_are_read_in_passes_over_them() -> None:
    """Pairs of a verdict and a later move would not fit in memory."""
    around = ("Decision", "Ready", "Build", "Shaping") * 2_500
    found = verdicts(*(stay(stage, number) for number, stage in enumerate(around)))

    assert found["outcome"].to_list() == ["decided"] * 2_500
    assert found["reversed_at"].count() == 2_500


def test_no_stays_ask_for_nothing() -> None:
    assert verdicts().is_empty()

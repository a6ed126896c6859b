"""What takes a verdict back: the first event within the window after it."""

from datetime import timedelta
from typing import Any

import polars as pl
import pytest

from pipelines.decisions.verdicts import VERDICTS, is_human, with_reversals
from tests.pipelines.frames import INSTANT, Row, at, frame

DAY_0 = at("2026-03-02")


def reversed_on(*events: float, outcome: str = "decided") -> float | None:
    """The day on which a verdict of day 5 was reversed, of all the days on which something did."""
    request: dict[str, Any] = {"place": 0, "item_id": "a", "outcome": outcome}
    asked = frame({**request, "ended_at": DAY_0 + timedelta(days=5)}, **VERDICTS)
    told = frame(
        *({"place": 0, "at": DAY_0 + timedelta(days=day)} for day in events),
        place=pl.UInt32,
        at=INSTANT,
    )
    found = with_reversals(asked.drop("reversed_at"), told, window=timedelta(days=14))
    moment = found["reversed_at"].item()
    return None if moment is None else (moment - DAY_0) / timedelta(days=1)


def test_the_first_event_in_the_window_reverses() -> None:
    assert reversed_on(9, 7, 12) == 7


def test_the_window_has_both_its_ends() -> None:
    assert [reversed_on(day) for day in (4.99, 5, 19, 19.01)] == [None, 5, 19, None]


@pytest.mark.parametrize("outcome", ["open", "withdrawn", "dropped"])
def test_without_a_verdict_there_is_nothing_to_reverse(outcome: str) -> None:
    assert reversed_on(7, outcome=outcome) is None


def test_requests_were_asked_for_where_they_do_not_say() -> None:
    nothing = frame(place=pl.UInt32, at=INSTANT)
    asked = frame({"place": 0, "item_id": "a"}, **VERDICTS).drop("reversed_at", "is_asked")

    found = with_reversals(asked, nothing, window=timedelta(days=14))

    assert (found["is_asked"].to_list(), found.schema) == ([True], VERDICTS)


@pytest.mark.parametrize(
    ("edit", "human"),
    [
        ({"role": "product"}, True),
        ({"role": "?"}, True),
        ({"role": None, "in_bulk": None}, True),
        ({"role": "bot"}, False),
        ({"role": "product", "in_bulk": True}, False),
    ],
)
def test_a_person_edits_one_by_one_and_is_no_bot(edit: Row, *, human: bool) -> None:
    made = frame({"in_bulk": False, **edit}, role=pl.String, in_bulk=pl.Boolean)

    assert made.select(is_human("role", "in_bulk")).item() is human

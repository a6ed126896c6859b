"""What a rejection costs: how long, how much in active stages, and booked to which handoff."""

from datetime import time
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.handoffs.rework import rework_intervals, with_rework_touch
from pipelines.handoffs.rework import with_rework as rework_of
from pipelines.histories.business_time import business_time
from pipelines.histories.calendars import Calendars
from pipelines.policy import WorkingHours
from tests.pipelines.frames import INSTANT, Row, at, frame

_FIRST, _LAST = at("2026-03-02").date(), at("2026-04-30").date()
NINE_TO_FIVE = Calendars(business_time(WorkingHours(), _FIRST, _LAST), {})
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (f"2026-03-0{day}" for day in range(2, 7))


def attempts(*rows: Row) -> pl.DataFrame:
    """Attempts one after the other, each with a stay of its own and one that is its verdict."""
    usual = {"item_id": "PAY-1", "from_role": "product", "to_role": "engineering"}
    stages = {"from_stage": "Shaping", "to_stage": "Ready", "ended_at": at("2026-03-30")}
    return frame(
        *(
            {
                "handoff_id": f"PAY-1/{number}",
                "step": 2 * number,
                "verdict_step": 2 * number + 1,
                **usual,
                **stages,
                **row,
            }
            for number, row in enumerate(rows)
        ),
        **dict.fromkeys(("handoff_id", "item_id", "from_role", "to_role"), pl.String),
        **dict.fromkeys(("from_stage", "to_stage", "verdict"), pl.String),
        **dict.fromkeys(("step", "verdict_step"), pl.Int32),
        **dict.fromkeys(("verdict_at", "ended_at"), INSTANT),
    )


def over(step: int, when: str, kind: str = "done") -> Row:
    """A stay in which the item was over, with its number among the stays."""
    return {"item_id": "PAY-1", "step": step, "stage_kind": kind, "entered_at": at(when)}


def with_rework(handoffs: pl.DataFrame, *ends: Row) -> pl.DataFrame:
    walk = frame(*ends, item_id=pl.String, step=pl.Int32, stage_kind=pl.String, entered_at=INSTANT)
    return rework_of(handoffs, walk).sort("step")


def verdict(word: str, when: str, **more: Any) -> Row:
    return {"verdict": word, "verdict_at": at(when), **more}


def rejected(when: str, **more: Any) -> Row:
    return verdict("rejected", when, **more)


def stay(since: str, until: str, kind: str = "active", owner: str = "product") -> Row:
    return {
        "item_id": "PAY-1",
        "stage_kind": kind,
        "owner_role": owner,
        "entered_at": at(since),
        "until": at(until),
    }


def touch(
    handoffs: pl.DataFrame, *stays: Row, calendars: Calendars = NINE_TO_FIVE
) -> dict[str, list[float | None]]:
    visits = frame(
        *stays,
        **dict.fromkeys(("item_id", "stage_kind", "owner_role"), pl.String),
        **dict.fromkeys(("entered_at", "until"), INSTANT),
    )
    found = with_rework_touch(with_rework(handoffs), visits, calendars)
    return found.select("rework_touch_hours", "rework_touch_once_hours").to_dict(as_series=False)


# --- how long ----------------------------------------------------------------------


def test_rework_is_told_to_the_minute() -> None:
    found = with_rework(attempts(rejected(MONDAY), verdict("accepted", f"{TUESDAY} 00:30")))

    assert found["rework_hours"].to_list() == [24.5, None]


def test_an_attempt_without_a_verdict_has_no_rework() -> None:
    found = with_rework(attempts({"verdict": "undecided"}, verdict("recalled", TUESDAY)))

    assert found.select("rework_hours", "is_rework_open").rows() == [(None, False)] * 2


def test_rework_runs_to_the_next_acceptance_between_the_same_two_roles() -> None:
    found = with_rework(
        attempts(
            rejected(MONDAY),
            verdict("accepted", TUESDAY, from_role="engineering", to_role="quality"),
            verdict("accepted", THURSDAY),
        )
    )

    assert found["rework_hours"].to_list() == [72.0, None, None]
    assert found["is_rework_open"].to_list() == [False, False, False]


def test_rework_without_an_acceptance_runs_to_the_end_and_is_open() -> None:
    found = with_rework(
        attempts(verdict("accepted", MONDAY), rejected(TUESDAY, ended_at=at(THURSDAY)))
    )

    assert found.select("rework_hours", "is_rework_open").rows() == [(None, False), (48.0, True)]


@pytest.mark.parametrize("kind", ["done", "dropped"])
def test_rework_does_not_run_on_in_an_item_that_is_over_nor_when_it_comes_back(kind: str) -> None:
    later = verdict("accepted", FRIDAY)

    found = with_rework(attempts(rejected(MONDAY), later), over(2, WEDNESDAY, kind))

    told = found.select("rework_hours", "is_rework_open", "is_rework_over").row(0)
    assert told == (48.0, True, True)


def test_done_as_the_verdict_of_an_attempt_is_its_acceptance() -> None:
    found = with_rework(attempts(rejected(MONDAY), verdict("accepted", FRIDAY)), over(3, FRIDAY))

    assert found.select("rework_hours", "is_rework_open").row(0) == (96.0, False)


def test_an_acceptance_before_the_rejection_at_the_same_instant_ends_nothing() -> None:
    found = with_rework(
        attempts(verdict("accepted", TUESDAY), rejected(TUESDAY, ended_at=at(FRIDAY)))
    )

    assert found.select("rework_hours", "is_rework_open").row(1) == (72.0, True)


def test_time_that_two_rejections_share_is_the_first_ones() -> None:
    found = with_rework(
        attempts(rejected(MONDAY), rejected(WEDNESDAY), verdict("accepted", THURSDAY))
    )

    assert found["rework_hours"].to_list() == [72.0, 24.0, None]
    assert found["rework_once_hours"].to_list() == [72.0, 0.0, None]


# --- where it is booked ------------------------------------------------------------


def test_rework_is_booked_to_the_handoff_that_was_rejected() -> None:
    found = rework_intervals(with_rework(attempts(rejected(MONDAY), verdict("accepted", TUESDAY))))

    assert found.rows() == [("PAY-1", "rework:Shaping->Ready", at(MONDAY), at(TUESDAY))]


def test_rework_of_no_length_takes_no_time() -> None:
    over_at_once = attempts(rejected(MONDAY, ended_at=at(MONDAY)))

    assert rework_intervals(with_rework(over_at_once)).is_empty()


# --- how much of it in active stages -----------------------------------------------


def test_only_business_hours_in_active_stages_are_touch() -> None:
    sent_back = attempts(rejected(f"{MONDAY} 12:00"), verdict("accepted", f"{THURSDAY} 12:00"))
    found = touch(
        sent_back,
        stay(f"{MONDAY} 08:00", f"{TUESDAY} 10:00"),
        stay(f"{TUESDAY} 10:00", f"{THURSDAY} 11:00", "queue"),
        stay(f"{THURSDAY} 11:00", f"{FRIDAY} 09:00"),
    )

    # Monday afternoon, an hour on Tuesday, an hour on Thursday.
    assert found["rework_touch_hours"] == [5 + 1 + 1, None]


def test_each_stay_counts_on_the_calendar_of_the_role_that_owns_the_stage() -> None:
    sent_back = attempts(rejected(MONDAY), verdict("accepted", TUESDAY))
    mornings = business_time(WorkingHours(opens=time(6), closes_minute=8 * 60), _FIRST, _LAST)
    found = touch(
        sent_back,
        stay(MONDAY, f"{MONDAY} 12:00", owner="engineering"),
        stay(f"{MONDAY} 12:00", TUESDAY),
        calendars=Calendars(NINE_TO_FIVE.usual, {"engineering": mornings}),
    )

    assert found["rework_touch_hours"] == [2 + 5, None]


def test_a_rejection_that_nobody_worked_on_has_no_touch_hours_and_others_have_none_at_all() -> None:
    waiting = stay(MONDAY, FRIDAY, "queue")

    found = touch(attempts(rejected(MONDAY), verdict("recalled", TUESDAY)), waiting)
    assert found["rework_touch_hours"] == [0.0, None]


def test_hours_that_two_rejections_share_are_counted_once() -> None:
    twice = attempts(rejected(MONDAY), rejected(WEDNESDAY), verdict("accepted", FRIDAY))
    found = touch(twice, stay(MONDAY, FRIDAY))

    assert found["rework_touch_hours"] == [32.0, 16.0, None]
    assert found["rework_touch_once_hours"] == [32.0, 0.0, None]


def test_a_later_rejection_has_the_hours_that_the_earlier_one_leaves() -> None:
    other = {"from_role": "engineering", "to_role": "quality"}
    crossing = attempts(
        rejected(MONDAY),
        rejected(TUESDAY, **other),
        verdict("accepted", WEDNESDAY),
        verdict("accepted", FRIDAY, **other),
    )
    found = touch(crossing, stay(MONDAY, FRIDAY))

    assert found["rework_touch_hours"] == [16.0, 24.0, None, None]
    assert found["rework_touch_once_hours"] == [16.0, 16.0, None, None]


@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(0, 300)).map(lambda pair: (pair[0], sum(pair))),
        min_size=1,
        max_size=6,
    )
)
def test_counted_once_the_hours_are_those_of_all_reworks_together(
    spans: list[tuple[int, int]],
) -> None:
    always = business_time(
        WorkingHours(weekdays=frozenset(range(7)), opens=time(0), closes_minute=24 * 60),
        _FIRST,
        _LAST,
    )
    hour = [at(MONDAY) + (at(TUESDAY) - at(MONDAY)) / 24 * number for number in range(800)]
    reworks = attempts(
        *(verdict("rejected", MONDAY, ended_at=hour[end]) for _, end in spans)
    ).with_columns(verdict_at=pl.Series([hour[since] for since, _ in spans], dtype=INSTANT))
    found = touch(reworks, stay(MONDAY, "2026-04-10"), calendars=Calendars(always, {}))

    covered = set().union(*(range(since, end) for since, end in spans))
    once = [hours for hours in found["rework_touch_once_hours"] if hours is not None]
    assert sum(once) == pytest.approx(len(covered))

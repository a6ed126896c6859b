"""How much of its time an item is worked on: at least in sessions, at most in active stages."""

from typing import Any, TypeAlias

import polars as pl
import pytest

from pipelines.cohorts.scopes import Scopes
from pipelines.flow.flow_efficiency import FLOW_EFFICIENCY, flow_efficiency, working_lives
from pipelines.histories.business_time import business_time
from pipelines.policy import WorkingHours
from tests.pipelines.frames import INSTANT, NO_GROUPS, Row, at, frame

Span: TypeAlias = tuple[str, str]
NINE_TO_FIVE = business_time(WorkingHours(), at("2026-02-20").date(), at("2026-05-01").date())
MONDAY, TUESDAY, FRIDAY, SATURDAY = "2026-03-02", "2026-03-03", "2026-03-06", "2026-03-07"


def item(
    until: str, *, active: tuple[Span, ...] = (), at_work: tuple[Span, ...] = (), **more: Any
) -> Row:
    """An item from Monday morning on: when it ended, was in active stages and was worked on."""
    usual = {"team": "PAY", "item_type": "Story", "is_subtask": False, "is_dropped": False}
    clock = {"clock_from": at(f"{MONDAY} 09:00"), "ended_at": at(until), "is_done": True}
    return {**usual, **clock, "active": active, "at_work": at_work, **more}


def lives(*told: Row, **columns: Any) -> pl.DataFrame:
    return frame(
        *({"item_id": str(number), **one} for number, one in enumerate(told)),
        **dict.fromkeys(("item_id", "team", "item_type", "release"), pl.String),
        **dict.fromkeys(("is_subtask", "is_done", "is_dropped"), pl.Boolean),
        **dict.fromkeys(("clock_from", "ended_at"), INSTANT),
        **columns,
    )


def spans(told: tuple[Row, ...], name: str, since: str, **more: Any) -> pl.DataFrame:
    rows = [
        {"item_id": str(number), since: at(first), "until": at(last), **more}
        for number, one in enumerate(told)
        for first, last in one[name]
    ]
    texts = dict.fromkeys(("item_id", *more), pl.String)
    return frame(*rows, **texts, **dict.fromkeys((since, "until"), INSTANT))


def efficiency(
    *told: Row,
    scopes: Scopes = NO_GROUPS,
    horizon_hours: float | None = 1000.0,
    **columns: Any,
) -> pl.DataFrame:
    return flow_efficiency(
        lives(*told, **columns),
        scopes,
        visits=spans(told, "active", "entered_at", stage_kind="active"),
        sessions=spans(told, "at_work", "since"),
        worked=NINE_TO_FIVE,
        horizon_hours=horizon_hours,
    )


HALF_TOUCHED = item(
    f"{TUESDAY} 17:00",
    active=((f"{MONDAY} 13:00", f"{TUESDAY} 13:00"),),
    at_work=((f"{MONDAY} 15:00", f"{MONDAY} 17:00"),),
)


def test_the_bracket_is_of_sessions_and_of_active_stages_in_business_hours() -> None:
    found = efficiency(HALF_TOUCHED)

    assert found.select("touch_low_hours", "touch_high_hours", "elapsed_hours").rows() == [
        (pytest.approx(2.0), pytest.approx(8.0), pytest.approx(16.0))
    ]
    assert found.select("efficiency_low", "efficiency_high").rows() == [
        (pytest.approx(2 / 16), pytest.approx(8 / 16))
    ]


def test_a_weekend_is_no_time() -> None:
    over_the_weekend = item(
        "2026-03-09 17:00", clock_from=at(f"{FRIDAY} 09:00"), active=((FRIDAY, "2026-03-10"),)
    )

    found = efficiency(over_the_weekend)
    assert found.select("elapsed_hours", "efficiency_high").rows() == [(16.0, 1.0)]


def test_the_ratio_is_of_sums_and_not_a_mean_of_ratios() -> None:
    short = item(f"{MONDAY} 11:00", active=((f"{MONDAY} 09:00", f"{MONDAY} 11:00"),))
    found = efficiency(HALF_TOUCHED, short)

    assert found["efficiency_high"].to_list() == [pytest.approx((8 + 2) / (16 + 2))]


def test_an_open_item_counts_as_far_as_it_was_followed() -> None:
    waiting = item(f"{FRIDAY} 17:00", is_done=False)
    found = efficiency(HALF_TOUCHED, waiting)

    assert found.select("items", "open_items", "horizon_hours").rows() == [(2, 1, 40.0)]
    assert found["elapsed_hours"].to_list() == [pytest.approx((16 + 40) / 2)]
    assert found["touch_high_hours"].to_list() == [pytest.approx(8 / 2)]


def test_nothing_is_counted_beyond_the_horizon() -> None:
    found = efficiency(HALF_TOUCHED, horizon_hours=8.0)

    assert found.select("elapsed_hours", "touch_high_hours").rows() == [
        (pytest.approx(8.0), pytest.approx(4.0))
    ]


def test_without_a_horizon_it_is_the_hours_by_which_nine_of_ten_have_ended() -> None:
    told = [item(f"2026-03-{day:02} 17:00") for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13)]

    assert efficiency(*told, horizon_hours=None)["horizon_hours"].to_list() == [72.0]


def test_only_active_stages_are_touch() -> None:
    told = (item(f"{MONDAY} 17:00", active=((f"{MONDAY} 09:00", f"{MONDAY} 17:00"),)),)
    queued = spans(told, "active", "entered_at", stage_kind="queue")

    found = flow_efficiency(
        lives(*told),
        NO_GROUPS,
        visits=queued,
        sessions=spans(told, "at_work", "since"),
        worked=NINE_TO_FIVE,
    )
    assert found["efficiency_high"].to_list() == [0.0]


def test_an_item_that_lived_outside_business_hours_only_has_no_efficiency() -> None:
    found = efficiency(item(f"{SATURDAY} 12:00", clock_from=at(SATURDAY)))

    assert found.select("items", "elapsed_hours", "efficiency_high").rows() == [(1, 0.0, None)]


def test_sub_tasks_and_items_without_a_clock_are_not_counted() -> None:
    found = efficiency(
        HALF_TOUCHED, {**HALF_TOUCHED, "is_subtask": True}, {**HALF_TOUCHED, "clock_from": None}
    )

    assert found["items"].to_list() == [1]


def test_each_group_has_a_bracket_of_its_own() -> None:
    scopes = Scopes(("PAY",), ("Bug",), ("team:WEB",), ("1.0",))
    found = efficiency(
        HALF_TOUCHED,
        {**HALF_TOUCHED, "team": "WEB", "item_type": "Bug", "release": "1.0"},
        scopes=scopes,
    )

    assert found.select("scope", "items").rows() == [
        ("item_type:Bug", 1),
        ("organisation", 2),
        ("release:1.0", 1),
        ("team:PAY", 1),
    ]


def test_each_end_of_the_bracket_has_an_interval_over_weeks_and_teams() -> None:
    told: list[Row] = [{**HALF_TOUCHED, "team": f"T{number}"} for number in range(12)]
    told += [item(f"{MONDAY} 17:00", team=f"U{number}") for number in range(12)]

    [row] = efficiency(*told).to_dicts()
    for bound in ("low", "high"):
        name = f"efficiency_{bound}"
        assert row[f"{name}_low"] < row[name] < row[f"{name}_high"]


def test_where_the_source_was_watched_late_ages_before_that_are_not_known() -> None:
    late = {**HALF_TOUCHED, "watched_from": at(f"{TUESDAY} 09:00")}
    found = working_lives(lives(HALF_TOUCHED, late, watched_from=INSTANT), NINE_TO_FIVE)

    assert found.select("entry_days", "followed_days").rows() == [(0.0, 16.0), (8.0, 16.0)]


def test_an_item_that_ended_before_it_was_watched_was_never_seen() -> None:
    late = {**HALF_TOUCHED, "watched_from": at(FRIDAY)}

    assert working_lives(lives(late, watched_from=INSTANT), NINE_TO_FIVE).is_empty()


def test_a_scope_that_nobody_watched_from_the_beginning_has_no_row() -> None:
    late = {**HALF_TOUCHED, "team": "WEB", "watched_from": at(f"{TUESDAY} 09:00")}
    scopes = Scopes(("PAY", "WEB"), (), ())

    found = efficiency(HALF_TOUCHED, late, scopes=scopes, watched_from=INSTANT)
    assert found.select("scope", "items").rows() == [("organisation", 2), ("team:PAY", 1)]
    assert found["elapsed_hours"].to_list() == [pytest.approx(16.0)] * 2


def test_no_items_make_no_rows() -> None:
    assert efficiency().schema == FLOW_EFFICIENCY
    assert efficiency().is_empty()

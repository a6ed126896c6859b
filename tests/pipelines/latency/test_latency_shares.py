"""Mean days per item in each component: they sum to the latency, open items counted."""

from datetime import timedelta
from typing import Any, TypeAlias

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.cohorts import metric_cohorts
from pipelines.cohorts.cohort_estimates import blocked_estimate
from pipelines.cohorts.cohorts import Metric, within_follow_up
from pipelines.cohorts.scopes import Scopes
from pipelines.latency.latency_shares import LATENCY_SHARES, latency_shares
from tests.pipelines.frames import INSTANT, NO_GROUPS, Row, at, frame

Told: TypeAlias = tuple[dict[str, float], Row]
START = at("2026-03-02")


def items(*told: Told) -> pl.DataFrame:
    """Items by the days they spent in each component, one after the other; done unless told."""
    usual = {"team": "PAY", "item_type": "Story", "is_subtask": False, "clock_from": START}
    return frame(
        *(
            {
                "item_id": f"{number:03}",
                "is_done": not more.get("is_dropped") and not more.get("is_open"),
                "is_dropped": False,
                "ended_at": (more.get("clock_from") or START) + timedelta(days=sum(stays.values())),
                **usual,
                **more,
            }
            for number, (stays, more) in enumerate(told)
        ),
        **dict.fromkeys(("item_id", "team", "item_type", "release"), pl.String),
        **dict.fromkeys(("is_subtask", "is_done", "is_dropped"), pl.Boolean),
        **dict.fromkeys(("clock_from", "ended_at", "watched_from"), INSTANT),
    )


def segments(*told: Told) -> pl.DataFrame:
    rows = []
    for number, (stays, _) in enumerate(told):
        age = 0.0
        for component, length in stays.items():
            rows.append((f"{number:03}", component, age, age + length))
            age += length
    return pl.DataFrame(
        rows,
        schema={
            "item_id": pl.String,
            "component": pl.String,
            "from_age": pl.Float64,
            "to_age": pl.Float64,
        },
        orient="row",
    )


def shares(*told: Told, horizon: float | None = 100.0, scopes: Scopes = NO_GROUPS) -> pl.DataFrame:
    return latency_shares(segments(*told), items(*told), scopes, horizon=horizon)


def life(days: dict[str, float], **more: Any) -> Told:
    return days, more


QUEUE, BUILD, BLOCKED = "queue:Ready", "touch:Build", "external"


def test_where_all_items_are_over_the_days_are_plain_means() -> None:
    found = shares(life({QUEUE: 2.0, BUILD: 4.0}), life({QUEUE: 4.0, BLOCKED: 2.0}))

    assert found.select("component", "cause_kind", "days_per_item", "share").rows() == [
        ("external", "external", pytest.approx(1.0), pytest.approx(1 / 6)),
        ("queue:Ready", "queue", pytest.approx(3.0), pytest.approx(3 / 6)),
        ("touch:Build", "touch", pytest.approx(2.0), pytest.approx(2 / 6)),
    ]


def test_an_open_item_is_not_left_out() -> None:
    found = shares(life({QUEUE: 1.0}), life({QUEUE: 5.0}, is_open=True))

    assert found.select("days_per_item", "horizon_days").rows() == [(pytest.approx(3.0), 5.0)]
    assert found.select("items", "open_items").rows() == [(2, 1)]


def test_a_dropped_item_has_left() -> None:
    found = shares(life({QUEUE: 1.0}, is_dropped=True), life({QUEUE: 5.0}))

    assert found.select("days_per_item", "open_items").rows() == [(pytest.approx(3.0), 0)]


def test_nothing_is_counted_beyond_the_horizon() -> None:
    found = shares(life({QUEUE: 2.0, BUILD: 40.0}), horizon=5.0)

    assert found.select("component", "days_per_item", "latency_days").rows() == [
        (QUEUE, pytest.approx(2.0), pytest.approx(5.0)),
        (BUILD, pytest.approx(3.0), pytest.approx(5.0)),
    ]


def test_without_a_horizon_it_is_the_age_by_which_nine_of_ten_have_ended() -> None:
    found = shares(*(life({QUEUE: float(day)}) for day in range(1, 11)), horizon=None)

    assert found["horizon_days"].to_list() == [9.0]


def test_a_sub_task_and_an_item_without_a_clock_are_not_counted() -> None:
    found = shares(
        life({QUEUE: 2.0}),
        life({BLOCKED: 9.0}, is_subtask=True),
        life({BLOCKED: 9.0}, clock_from=None),
    )

    assert found.select("component", "items").rows() == [(QUEUE, 1)]


def test_each_group_has_the_components_of_its_own_items() -> None:
    scopes = Scopes(("PAY", "WEB"), ("Bug",), (), ("1.0",))
    found = shares(
        life({QUEUE: 2.0}, item_type="Bug"),
        life({BUILD: 4.0}, team="WEB", release="1.0"),
        scopes=scopes,
    )

    assert found.select("scope", "component", "days_per_item").rows() == [
        ("item_type:Bug", QUEUE, 2.0),
        ("organisation", QUEUE, 1.0),
        ("organisation", BUILD, 2.0),
        ("release:1.0", BUILD, 4.0),
        ("team:PAY", QUEUE, 2.0),
        ("team:WEB", BUILD, 4.0),
    ]


def test_items_of_one_team_and_week_cannot_say_how_sure_it_is() -> None:
    found = shares(life({QUEUE: 2.0}), life({QUEUE: 4.0}))

    assert found.select("low", "high", "share_low", "share_high").rows() == [(None,) * 4]


def test_items_of_several_weeks_can() -> None:
    told = [
        life({QUEUE: 1.0 + week % 5, BUILD: 2.0}, clock_from=START + timedelta(weeks=week))
        for week in range(20)
    ]

    [(low, days, high)] = (
        shares(*told).filter(pl.col("component") == QUEUE).select("low", "days_per_item", "high")
    ).rows()
    # A standard error of 0.32 days.
    assert 2.2 < low < 2.6 < days < 3.4 < high < 3.8


def test_a_scope_that_nobody_watched_from_the_beginning_has_no_row() -> None:
    late = life({QUEUE: 1.0, BUILD: 3.0}, team="WEB", watched_from=START + timedelta(days=2))
    found = shares(life({QUEUE: 3.0}), late, scopes=Scopes(("PAY", "WEB"), (), ()))

    # From day 2 to day 3 the two share the time, and then half of the population is left.
    assert found.select("scope", "component", "days_per_item").rows() == [
        ("organisation", QUEUE, pytest.approx(2.5)),
        ("organisation", BUILD, pytest.approx(1.0)),
        ("team:PAY", QUEUE, pytest.approx(3.0)),
    ]


def test_no_items_make_no_rows() -> None:
    assert shares().schema == LATENCY_SHARES
    assert shares().is_empty()


_LIVES = st.lists(
    st.tuples(
        st.dictionaries(
            st.sampled_from((QUEUE, BUILD, BLOCKED)),
            st.integers(1, 200).map(lambda hours: hours / 24),
            max_size=3,
        ),
        st.sampled_from(
            (
                {},
                {"is_dropped": True},
                {"is_open": True},
                {"is_open": True, "team": "WEB"},
                {"team": "WEB"},
            )
        ),
    ),
    min_size=1,
    max_size=10,
)


@given(_LIVES, st.sampled_from((None, 0.5, 3.0, 400.0)))
def test_the_components_sum_to_the_mean_of_lead_time(
    told: list[Told], horizon: float | None
) -> None:
    found = shares(*told, horizon=horizon)

    if found.is_empty():  # none of them ever spent any time
        return
    cohort = metric_cohorts.lead_time(items(*told))
    metric = Metric("lead_time_days", "mean", found["horizon_days"][0])
    lead_time = blocked_estimate(cohort, within_follow_up(cohort, metric)).value
    assert found["days_per_item"].sum() == pytest.approx(lead_time, abs=1e-9)
    assert found["latency_days"].unique().to_list() == pytest.approx([lead_time], abs=1e-9)

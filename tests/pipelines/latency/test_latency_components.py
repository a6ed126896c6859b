"""Where the time of an item went: the strongest claim owns it, and nothing is lost or doubled."""

from datetime import timedelta
from itertools import pairwise
from typing import TypeAlias

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from pipelines.latency.latency_components import component_segments, latency_components
from pipelines.latency.latency_layers import LAYERS, PRECEDENCE
from tests.pipelines.frames import INSTANT, Row, at, frame

Claim: TypeAlias = tuple[str, float, float]

START = at("2026-03-02")
DAY_US = 86_400_000_000


def items(*clocks: Row) -> pl.DataFrame:
    usual = {"item_id": "PAY-1", "team": "PAY", "item_type": "Story", "clock_from": START}
    return frame(
        *({**usual, "ended_at": START + timedelta(days=10), **clock} for clock in clocks),
        **dict.fromkeys(("item_id", "team", "item_type"), pl.String),
        **dict.fromkeys(("clock_from", "ended_at"), INSTANT),
    )


def layers(*claims: Claim, item_id: str = "PAY-1") -> pl.DataFrame:
    """Claims by component, first and last day."""
    rows = [
        {
            "item_id": item_id,
            "since": START + timedelta(days=since),
            "until": START + timedelta(days=until),
            "precedence": PRECEDENCE.index(component.partition(":")[0]),
            "component": component,
        }
        for component, since, until in claims
    ]
    return frame(*rows, **LAYERS)


def days(*claims: Claim, clock: Row | None = None) -> dict[str, float]:
    """Days of the item by component."""
    item = items(clock or {})
    found = latency_components(item, component_segments(item, layers(*claims)))
    return dict(found.select("component", "days").iter_rows())


STAGES = (("queue:Ready", 0.0, 4.0), ("touch:Build", 4.0, 10.0))


# --- who owns what -----------------------------------------------------------------


def test_without_other_claims_the_time_belongs_to_the_stages() -> None:
    assert days(*STAGES) == {"queue:Ready": 4.0, "touch:Build": 6.0}


@pytest.mark.parametrize(("stronger", "weaker"), list(pairwise(PRECEDENCE)))
def test_the_stronger_claim_owns_the_time_that_both_claim(stronger: str, weaker: str) -> None:
    assert days((weaker, 0, 10), (stronger, 3, 5)) == {weaker: 8.0, stronger: 2.0}


def test_a_claim_interrupted_by_a_stronger_one_goes_on_after_it() -> None:
    found = days(*STAGES, ("rework:Build->Test", 2, 9), ("external", 5, 6))

    assert found == {
        "queue:Ready": 2.0,
        "rework:Build->Test": 6.0,
        "external": 1.0,
        "touch:Build": 1.0,
    }


def test_of_equal_claims_the_one_that_began_first_owns_the_time() -> None:
    found = days(*STAGES, ("rework:B->C", 1, 6), ("rework:A->B", 2, 8))

    assert found["rework:B->C"] == 5.0
    assert found["rework:A->B"] == 2.0


def test_of_equal_claims_that_began_together_the_first_by_name_owns_the_time() -> None:
    found = days(*STAGES, ("decision_wait:scope", 1, 6), ("decision_wait:date", 1, 4))

    assert found["decision_wait:date"] == 3.0
    assert found["decision_wait:scope"] == 2.0


def test_a_claim_that_began_before_the_clock_still_began_first() -> None:
    found = days(*STAGES, ("rework:B->C", -3, 2), ("rework:A->B", -1, 3))

    assert found["rework:B->C"] == 2.0
    assert found["rework:A->B"] == 1.0


# --- the clock ---------------------------------------------------------------------


def test_time_off_the_clock_belongs_to_nobody() -> None:
    clock = {
        "clock_from": START + timedelta(days=3),
        "ended_at": START + timedelta(days=5),
    }

    assert days(*STAGES, ("external", 4.5, 30), clock=clock) == {
        "queue:Ready": 1.0,
        "touch:Build": 0.5,
        "external": 0.5,
    }


@pytest.mark.parametrize("clock", [{"clock_from": None}, {"ended_at": START}])
def test_without_a_clock_or_time_on_it_there_is_no_component(clock: Row) -> None:
    assert days(*STAGES, clock=clock) == {}


def test_days_and_microseconds_are_one_length() -> None:
    item = items({"ended_at": START + timedelta(microseconds=DAY_US // 2 + 1)})
    found = latency_components(item, component_segments(item, layers(*STAGES)))

    assert found.rows() == [
        ("PAY-1", "PAY", "Story", "queue:Ready", "queue", 0.5 + 1 / DAY_US, DAY_US // 2 + 1)
    ]


def test_segments_are_in_the_order_of_time_with_their_ages() -> None:
    found = component_segments(items({}), layers(*STAGES, ("external", 4, 5), ("external", 5, 7)))

    assert found.select("component", "from_age", "to_age").rows() == [
        ("queue:Ready", 0.0, 4.0),
        ("external", 4.0, 7.0),
        ("touch:Build", 7.0, 10.0),
    ]


def test_an_item_that_goes_on_where_another_ended_has_segments_of_its_own() -> None:
    clocks = items(
        {"ended_at": START + timedelta(days=4)},
        {"item_id": "PAY-2", "clock_from": START + timedelta(days=4)},
    )
    claims = pl.concat([layers(("parked", 0, 4)), layers(("parked", 4, 10), item_id="PAY-2")])

    found = component_segments(clocks, claims)
    assert found.select("item_id", "to_age").rows() == [("PAY-1", 4.0), ("PAY-2", 6.0)]


# --- what holds for all ------------------------------------------------------------

_COMPONENTS = (
    *("external", "decision_wait:date", "decision_wait:scope", "approval_wait:Sign"),
    *("rework:A->B", "rework:B->C", "scope_rework"),
)
_CLAIMS = st.lists(
    st.tuples(st.sampled_from(_COMPONENTS), st.integers(-20, 120), st.integers(1, 90)).map(
        lambda one: (one[0], one[1] / 7, (one[1] + one[2]) / 7)
    ),
    max_size=8,
)
# What lies under the claims: the stages of a life that began before the clock.
_LIVES = st.lists(st.integers(1, 40), min_size=1, max_size=5).map(
    lambda lengths: tuple(
        (("queue:Ready", "touch:Build", "parked")[number % 3], since / 7, until / 7)
        for number, (since, until) in enumerate(
            pairwise([-30, *(sum(lengths[:end]) - 29 for end in range(len(lengths))), 900])
        )
    )
)
_CLOCKS = st.tuples(st.integers(-100, 400), st.integers(1, 600)).map(
    lambda hours: {
        "clock_from": START + timedelta(hours=hours[0]),
        "ended_at": START + timedelta(hours=sum(hours), microseconds=7),
    }
)


@given(_LIVES, _CLAIMS, _CLOCKS)
def test_the_components_of_an_item_sum_to_its_time_on_the_clock(
    life: tuple[Claim, ...], claims: list[Claim], clock: Row
) -> None:
    item = items(clock)
    found = latency_components(item, component_segments(item, layers(*life, *claims)))

    elapsed = (clock["ended_at"] - clock["clock_from"]) // timedelta(microseconds=1)
    assert found["microseconds"].sum() == elapsed
    assert found["microseconds"].min() > 0  # type: ignore[operator]  # integers, by the schema


@given(_LIVES, _CLAIMS, _CLOCKS, st.lists(st.integers(0, 2**16), min_size=1, max_size=1))
def test_every_instant_belongs_to_the_strongest_claim_on_it(
    life: tuple[Claim, ...], claims: list[Claim], clock: Row, seeds: list[int]
) -> None:
    every = layers(*life, *claims)
    found = component_segments(items(clock), every.sample(fraction=1, shuffle=True, seed=seeds[0]))

    for component, since, until in found.select("component", "since", "until").iter_rows():
        middle = since + (until - since) / 2
        there = every.filter((pl.col("since") <= middle) & (middle < pl.col("until")))
        assert there.sort("precedence", "since", "component")["component"][0] == component


@given(_LIVES, _CLAIMS, _CLOCKS, st.integers(0, 2**16))
def test_the_order_of_the_rows_does_not_matter(
    life: tuple[Claim, ...], claims: list[Claim], clock: Row, seed: int
) -> None:
    item, every = items(clock, {"item_id": "PAY-2"}), layers(*life, *claims)
    two = pl.concat([every, layers(*life, item_id="PAY-2")])
    mixed = component_segments(
        item.sample(fraction=1, shuffle=True, seed=seed),
        two.sample(fraction=1, shuffle=True, seed=seed),
    )

    assert_frame_equal(mixed, component_segments(item, two))
    shuffled = mixed.sample(fraction=1, shuffle=True, seed=seed)
    assert_frame_equal(latency_components(item, shuffled), latency_components(item, mixed))


@given(_LIVES, _CLAIMS, _CLOCKS)
def test_another_item_changes_nothing(
    life: tuple[Claim, ...], claims: list[Claim], clock: Row
) -> None:
    every = layers(*life, *claims)
    both = component_segments(
        items(clock, {"item_id": "PAY-0"}), pl.concat([every, layers(*life, item_id="PAY-0")])
    )

    alone = component_segments(items(clock), every)
    assert_frame_equal(both.filter(pl.col("item_id") == "PAY-1"), alone)


@given(_LIVES, _CLAIMS, _CLOCKS, st.integers(-500, 500))
def test_some_hours_later_nothing_else_differs(
    life: tuple[Claim, ...], claims: list[Claim], clock: Row, hours: int
) -> None:
    item, every = items(clock), layers(*life, *claims)
    later = pl.col(INSTANT) + timedelta(hours=hours)
    moved = component_segments(item.with_columns(later), every.with_columns(later))

    assert_frame_equal(moved, component_segments(item, every).with_columns(later))

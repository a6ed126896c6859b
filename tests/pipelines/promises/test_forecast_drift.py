"""How the date of a release moved against time."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from pipelines.promises.forecast_drift import forecast_drift
from tests.pipelines.frames import INSTANT, Row, at, frame

COMMITTED, SNAPSHOT = at("2026-01-05"), at("2026-05-25")
STEPS = {"subject_id": pl.String, "at": INSTANT, "on": pl.Date}
LEDGER: dict[str, Any] = {
    **dict.fromkeys(("subject_kind", "subject_id", "subject", "team"), pl.String),
    **dict.fromkeys(("committed_at", "shipped_at", "dropped_at", "observed_until"), INSTANT),
    "is_outcome_known": pl.Boolean,
}
DAY = timedelta(days=1)


def of_frames(
    steps: Sequence[tuple[datetime, date | None]], zone: str, **said: Any
) -> pl.DataFrame:
    usual = {"subject_kind": "release", "subject_id": "r", "subject": "1.0", "team": "PAY"}
    known: Row = {"committed_at": COMMITTED, "observed_until": SNAPSHOT, "is_outcome_known": True}
    rows = ({"subject_id": "r", "at": moment, "on": day} for moment, day in steps)
    return forecast_drift(
        frame(*rows, **STEPS), frame({**usual, **known, **said}, **LEDGER), zone=zone
    )


def drift(*steps: tuple[str, str | None], zone: str = "UTC", **said: Any) -> dict[str, Any]:
    """The row of a release committed on 5 January and seen until 25 May, 20 weeks later."""
    moves = [(at(moment), date.fromisoformat(day) if day else None) for moment, day in steps]
    [row] = of_frames(moves, zone, **said).to_dicts()
    return row


HOLDS = ("2026-01-05", "2026-03-30")


def test_a_date_that_holds_has_no_drift() -> None:
    row = drift(HOLDS)
    assert (row["drift_rate"], row["drift_low"], row["drift_high"]) == (0, 0, 0)
    assert row["convergence"] == 0


def test_the_date_is_read_at_the_commitment_and_every_week_until_the_end() -> None:
    assert drift(HOLDS)["points"] == 21
    assert drift(HOLDS, shipped_at=at("2026-01-20"))["points"] == 3
    assert drift(HOLDS, dropped_at=at("2026-01-19"))["points"] == 3
    assert drift(HOLDS, observed_until=COMMITTED)["points"] == 1


def test_below_three_readings_there_is_no_slope() -> None:
    row = drift(HOLDS, observed_until=at("2026-01-12"))
    assert (row["points"], row["drift_rate"], row["drift_low"]) == (2, None, None)


def test_a_date_that_slips_seven_days_in_fourteen_drifts_half_as_fast_as_time() -> None:
    steps = [(COMMITTED + 14 * k * DAY, date(2026, 2, 1) + 7 * k * DAY) for k in range(10)]
    [row] = of_frames(steps, "UTC").to_dicts()
    assert row["drift_rate"] == pytest.approx(0.5)
    assert row["drift_low"] <= 0.5 <= row["drift_high"]


def test_a_forecast_that_slips_first_and_then_holds_converges() -> None:
    steps = [(COMMITTED + 7 * k * DAY, date(2026, 2, 1) + 7 * k * DAY) for k in range(10)]
    [row] = of_frames(steps, "UTC").to_dicts()
    assert row["convergence"] == pytest.approx(-1)


def test_below_nine_readings_nothing_is_said_of_convergence() -> None:
    assert drift(HOLDS, observed_until=at("2026-03-02"))["convergence"] == 0
    assert drift(HOLDS, observed_until=at("2026-02-23"))["convergence"] is None


def test_a_cleared_date_is_a_gap_in_readings_and_area() -> None:
    row = drift(("2026-01-05", "2026-03-16"), ("2026-01-19", None), shipped_at=at("2026-03-30"))
    assert row["points"] == 2
    assert row["estimating_quality"] == 84**2 / (14 * 14)


def test_estimating_quality_is_the_square_of_the_way_over_the_area_of_the_error() -> None:
    row = drift(
        ("2026-01-05", "2026-02-02"), ("2026-01-26", "2026-03-02"), shipped_at=at("2026-03-16")
    )
    assert row["estimating_quality"] == 70**2 / (21 * 42 + 49 * 14)
    row = drift(("2026-01-05", "2026-03-02"), shipped_at=at("2026-02-02"))
    assert row["estimating_quality"] == 28**2 / (28 * 28)


def test_a_date_that_was_right_throughout_has_no_finite_quality_and_no_bias() -> None:
    row = drift(HOLDS, shipped_at=at("2026-03-30 17:00"))
    assert (row["estimating_quality"], row["forecast_bias"]) == (None, 1)


def test_an_open_release_has_neither_quality_nor_bias() -> None:
    row = drift(HOLDS)
    assert (row["estimating_quality"], row["forecast_bias"]) == (None, None)


def test_bias_is_the_mean_of_told_over_actual_time_at_the_readings() -> None:
    row = drift(
        ("2026-01-05", "2026-01-15"), ("2026-01-12", "2026-01-20"), shipped_at=at("2026-01-25")
    )
    assert row["forecast_bias"] == pytest.approx((10 / 20 + 2 * 15 / 20) / 3)


def test_days_are_those_of_the_zone() -> None:
    midnight = {"committed_at": at("2026-01-04 23:30"), "shipped_at": at("2026-01-14 23:30")}
    first = ("2026-01-04 23:30", "2026-01-10")
    berlin, utc = (drift(first, zone=zone, **midnight) for zone in ("Europe/Berlin", "UTC"))
    assert berlin["forecast_bias"] == pytest.approx(5 / 10)
    assert utc["forecast_bias"] == pytest.approx(6 / 10)


def test_a_release_shipped_on_the_day_of_its_commitment_has_no_quality_and_no_bias() -> None:
    row = drift(HOLDS, shipped_at=at("2026-01-05 17:00"))
    assert (row["estimating_quality"], row["forecast_bias"]) == (None, None)


def test_a_release_that_was_out_when_first_seen_has_a_single_reading() -> None:
    row = drift(HOLDS, is_outcome_known=False)
    assert (row["points"], row["drift_rate"], row["is_lower_bound"]) == (1, None, True)


def test_items_and_releases_without_a_commitment_have_no_row() -> None:
    assert of_frames([], "UTC", subject_kind="item").is_empty()
    assert of_frames([], "UTC", committed_at=None).is_empty()


MOVES = st.lists(
    st.tuples(st.integers(1, 30), st.one_of(st.none(), st.integers(-20, 200))), max_size=8
)


def moved(moves: list[tuple[int, int | None]], by: timedelta) -> list[tuple[datetime, date | None]]:
    """A date first told on the day of the commitment, and what became of it."""
    steps: list[tuple[datetime, date | None]] = [(COMMITTED + by, date(2026, 2, 1) + by)]
    for days, told in moves:
        day = None if told is None else COMMITTED.date() + by + told * DAY
        steps.append((steps[-1][0] + days * DAY, day))
    return steps


@given(MOVES, st.integers(0, 400), st.integers(0, 200))
def test_the_same_story_on_other_days_has_the_same_drift(
    moves: list[tuple[int, int | None]], later: int, lasts: int
) -> None:
    results = []
    for by in (timedelta(), later * DAY):
        stamps = {"committed_at": COMMITTED + by, "observed_until": COMMITTED + by + 250 * DAY}
        shipped = {"shipped_at": COMMITTED + by + lasts * DAY}
        results.append(of_frames(moved(moves, by), "UTC", **stamps, **shipped))
    assert_frame_equal(*(one.drop("committed_at", "shipped_at") for one in results))


@given(st.integers(-30, 300), st.integers(21, 400))
def test_a_constant_date_never_drifts(told: int, lasts: int) -> None:
    until = {"observed_until": COMMITTED + lasts * DAY}
    [row] = of_frames([(COMMITTED, COMMITTED.date() + told * DAY)], "UTC", **until).to_dicts()
    assert (row["drift_rate"], row["drift_low"], row["drift_high"]) == (0, 0, 0)


@given(st.integers(1, 60), st.integers(3, 40))
def test_a_date_that_slips_as_fast_as_time_never_arrives(away: int, weeks: int) -> None:
    days = range(7 * weeks + 1)
    steps = [(COMMITTED + k * DAY, COMMITTED.date() + (away + k) * DAY) for k in days]
    until = {"observed_until": COMMITTED + 7 * weeks * DAY}
    [row] = of_frames(steps, "UTC", **until).to_dicts()
    for column in ("drift_rate", "drift_low", "drift_high"):
        assert row[column] == pytest.approx(1)

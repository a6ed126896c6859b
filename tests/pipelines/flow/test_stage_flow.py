"""What flows through each stage: arrivals, departures, work in progress, and their identity."""

from datetime import datetime, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.flow.stage_flow import STAGE_FLOW, stage_flow
from tests.pipelines.frames import INSTANT, Row, at, frame

_MONDAY = at("2026-03-02")
_SNAPSHOT = at("2026-03-16")
_STAY = {
    "source": "acme",
    "kind": "ticket",
    "stage": "Build",
    "stage_kind": "active",
    "visit_number": 2,
}


def day(number: float) -> datetime:
    """That many days after Monday 2 March; the snapshot is on day 14."""
    return _MONDAY + timedelta(days=number)


def stay(begins: float, ends: float | None, **more: object) -> Row:
    """A stay from day to day; one without an end lasts to the snapshot."""
    until = _SNAPSHOT if ends is None else day(ends)
    return {"entered_at": day(begins), "until": until, "is_open": ends is None, **more}


def flow(*stays: Row, window_from: datetime | None = None) -> pl.DataFrame:
    visits = frame(
        *({**_STAY, "observed_until": _SNAPSHOT, **one} for one in stays),
        **dict.fromkeys(("source", "kind", "stage", "stage_kind"), pl.String),
        visit_number=pl.Int32,
        **dict.fromkeys(("entered_at", "until", "observed_until", "watched_from"), INSTANT),
        is_open=pl.Boolean,
    )
    return stage_flow(visits, window_from=window_from)


def test_the_window_goes_from_the_first_entry_of_its_sources_to_their_first_snapshot() -> None:
    other = {"source": "code", "observed_until": _SNAPSHOT + timedelta(days=7)}
    found = flow(stay(1, 3), stay(0, 2, stage="Idea"), stay(4, 18, **other), stay(2, 3, **other))

    assert found.schema == STAGE_FLOW
    assert found.select("stage", "window_from", "window_to").rows() == [
        ("Build", _MONDAY, _SNAPSHOT),
        ("Idea", _MONDAY, _SNAPSHOT),
    ]
    assert found.select("arrivals", "departures", "mean_work_in_progress").row(0) == (
        3,
        2,
        (2 + 10 + 1) / 14,
    )


def test_each_stage_is_measured_while_its_own_source_was_watched() -> None:
    long_ago = {"source": "old", "stage": "Old", "observed_until": day(-80)}
    found = flow(stay(0, None), stay(-90, -80, is_open=True, **long_ago))

    assert found["mean_work_in_progress"].to_list() == [1.0, 1.0]


def test_a_stage_of_sources_that_were_never_watched_together_has_the_span_of_both() -> None:
    long_ago = {"source": "old", "observed_until": day(-80)}
    [found] = flow(stay(0, None), stay(-90, -80, **long_ago)).to_dicts()

    assert (found["window_from"], found["window_to"]) == (day(-90), _SNAPSHOT)


def test_work_in_progress_is_a_mean_over_the_window() -> None:
    # Two weeks: one item for the first, another for the whole.
    found = flow(stay(0, 7), stay(0, None))

    assert found.select("arrivals", "departures", "mean_work_in_progress").rows() == [(2, 1, 1.5)]
    assert found.select("arrivals_per_week", "mean_residence_days").rows() == [(1.0, 10.5)]


def test_what_stands_in_the_stage_at_the_beginning_arrives_with_the_window() -> None:
    standing, gone, begun = stay(0, 9), stay(0, 7), stay(8, 10)
    found = flow(standing, gone, begun, window_from=day(7))

    residence = found.select("arrivals", "departures", "mean_residence_days", "departure_ratio")
    assert residence.rows() == [(2, 2, 2.0, 2.0)]


def test_what_departs_after_the_window_has_closed_has_not_departed() -> None:
    later = {"source": "code", "observed_until": day(21)}
    found = flow(stay(0, None), stay(0, 16, **later))

    assert found.select("departures", "mean_work_in_progress").rows() == [(0, 2.0)]


def test_as_many_that_leave_as_begin_are_a_balance() -> None:
    ratios = {
        leaving: flow(*[stay(1, 2)] * leaving, *[stay(1, None)] * (20 - leaving))
        .select("departure_ratio", "is_stationary")
        .row(0)
        for leaving in (17, 18, 20)
    }

    assert ratios == {17: (0.85, False), 18: (0.9, True), 20: (1.0, True)}


def test_a_queue_that_is_only_worked_off_is_not_in_balance() -> None:
    drained = [*[stay(0, 8)] * 5, *[stay(7, 9)] * 5]

    found = flow(*drained, window_from=day(7))
    assert found.select("arrivals", "departures").rows() == [(10, 10)]
    assert found.select("departure_ratio", "is_stationary").rows() == [(2.0, False)]


def test_where_nothing_began_in_the_window_the_balance_is_unknown() -> None:
    found = flow(stay(0, 8), window_from=day(7))

    assert found.select("arrivals", "departure_ratio", "is_stationary").rows() == [(1, None, None)]


def test_a_stage_of_which_all_stays_lie_before_the_window_is_empty() -> None:
    found = flow(stay(0, 2), stay(8, 9, stage="Review"), window_from=day(7))

    empty = found.filter(pl.col("stage") == "Build")
    assert empty.select("arrivals", "mean_work_in_progress", "mean_residence_days").rows() == [
        (0, 0.0, None)
    ]


def test_only_stages_in_which_work_is_open_have_a_flow() -> None:
    kinds = {"Done": "done", "Gone": "dropped", "Limbo": None, "Waiting": "parked"}
    found = flow(*(stay(0, 1, stage=name, stage_kind=kind) for name, kind in kinds.items()))

    assert found["stage"].to_list() == ["Limbo", "Waiting"]


def test_a_pull_request_opened_for_review_did_not_pass_through_draft() -> None:
    opened = {"kind": "pull_request", "visit_number": 1, "stage": "Draft"}

    assert flow(stay(1, 1, **opened), stay(1, 3))["stage"].to_list() == ["Build"]


def test_the_window_opens_when_the_last_source_came_to_be_watched() -> None:
    found = flow(stay(0, 9, watched_from=day(7)), stay(0, 5, watched_from=day(7)), stay(0, 6))

    assert found.select("window_from", "arrivals").rows() == [(day(7), 1)]


def test_without_stays_or_without_a_window_there_is_no_flow() -> None:
    assert flow().is_empty()
    assert flow(stay(1, 3), window_from=_SNAPSHOT).is_empty()


_HOURS = st.integers(0, 14 * 24)
_STAYS = st.lists(
    st.tuples(_HOURS, st.one_of(_HOURS, st.none()), st.sampled_from(("Build", "Review"))),
    min_size=1,
    max_size=40,
)


@given(_STAYS, st.one_of(st.none(), st.integers(0, 13 * 24)))
def test_work_in_progress_is_what_arrives_times_how_long_it_stays(
    drawn: list[tuple[int, int | None, str]], opens: int | None
) -> None:
    stays = [
        stay(begin / 24, None if end is None else max(begin, end) / 24, stage=stage)
        for begin, end, stage in drawn
    ]
    for row in flow(*stays, window_from=None if opens is None else day(opens / 24)).to_dicts():
        residence_weeks = (row["mean_residence_days"] or 0) / 7
        by_residence = row["arrivals_per_week"] * residence_weeks
        assert row["mean_work_in_progress"] == pytest.approx(by_residence, rel=1e-9)
        assert row["departures"] <= row["arrivals"]

"""How long requests of each right take, those still waiting counted; whether verdicts hold."""

from datetime import timedelta
from typing import Any

import polars as pl
import pytest

from pipelines.cohorts.scopes import Scopes
from pipelines.decisions.decision_times import DECISION_TIMES, decision_times
from pipelines.decisions.decisions import DECISIONS
from tests.pipelines.frames import NO_GROUPS, Row, at, frame

DAY_0 = at("2026-03-02")
DECIDED: dict[str, Any] = {
    "outcome": "decided",
    "stable_end": 1,
    "is_window_over": True,
    "is_reversed": False,
}
REVERSED: dict[str, Any] = {**DECIDED, "is_reversed": True}


def asked(hours: float, outcome: str = "decided", **more: Any) -> Row:
    """A request that waited for so many business hours, and three times as many on the wall."""
    row = {
        "team": "PAY",
        "item_type": "Story",
        "decision_right": "Board",
        "channel": "stage",
        "requested_at": DAY_0,
        "outcome": outcome,
        "business_hours": float(hours),
        "elapsed_hours": 3.0 * hours,
        "is_open": outcome == "open",
        "is_window_over": False,
        "stable_end": {"open": 0, "decided": 1}.get(outcome, 2),
        "unwatched_hours": 0.0,
        **more,
    }
    waited = row["requested_at"] + timedelta(hours=row["elapsed_hours"])
    return {"stable_until": waited, **row}


def times(
    *requests: Row, scopes: Scopes = NO_GROUPS, normals: dict[str, float] | None = None
) -> pl.DataFrame:
    """The estimates; each request is about an item of its own unless it says otherwise."""
    numbered = (
        {"decision_id": f"{number:03}", "item_id": str(number), **one}
        for number, one in enumerate(requests)
    )
    return decision_times(frame(*numbered, **DECISIONS), scopes, normals=normals or {})


def test_half_of_the_requests_are_decided_by_the_median() -> None:
    found = times(*(asked(hours) for hours in range(1, 21)))

    assert found.select("p50_hours", "p85_hours").rows() == [(pytest.approx(10), pytest.approx(17))]


def test_a_request_that_waits_is_not_left_out() -> None:
    found = times(asked(1), asked(3), asked(9, "open"), asked(9, "open"))

    assert found.select("p50_hours", "p85_hours").rows() == [(pytest.approx(3), None)]
    assert found.select("decisions", "open_decisions").rows() == [(4, 2)]


def test_a_request_that_was_withdrawn_got_no_verdict() -> None:
    found = times(asked(1), asked(2, "withdrawn"), asked(2, "dropped"), asked(4))

    assert found.select("p50_hours", "p85_hours", "withdrawn").rows() == [
        (pytest.approx(4), None, 2)
    ]


def test_items_are_counted_once() -> None:
    assert times(asked(1, item_id="a"), asked(2, item_id="a"))["items"].to_list() == [1]


def test_the_mean_is_that_of_the_wait_whatever_ended_it() -> None:
    found = times(*[asked(2), asked(4, "withdrawn")] * 10)

    [(mean, low, high, horizon)] = found.select(
        "mean_hours", "mean_low", "mean_high", "horizon_hours"
    ).rows()
    assert (mean, horizon) == (pytest.approx(3), pytest.approx(4))
    assert low < mean < high


def test_the_horizon_is_when_nine_in_ten_have_ended() -> None:
    found = times(*(asked(hours) for hours in range(1, 11)))

    assert found.select("horizon_hours", "mean_hours").rows() == [
        (pytest.approx(9), pytest.approx(5.4))
    ]


def test_nobody_looks_further_than_the_requests_were_followed() -> None:
    found = times(asked(1), asked(6, "open"))

    assert found.select("horizon_hours", "mean_hours").rows() == [
        (pytest.approx(6), pytest.approx(3.5))
    ]


def test_all_scopes_look_equally_far() -> None:
    slow = [asked(10, team="WEB") for _ in range(9)]

    found = times(asked(1), *slow, scopes=Scopes(("PAY", "WEB"), (), ()))

    assert found.select("scope", "horizon_hours").rows() == [
        ("organisation", pytest.approx(10)),
        ("team:PAY", pytest.approx(10)),
        ("team:WEB", pytest.approx(10)),
    ]


def test_each_right_and_channel_has_a_row_in_each_group() -> None:
    scopes = Scopes(("PAY",), ("Bug",), (), releases=("1.0",))

    found = times(
        asked(1),
        asked(2, decision_right="review", channel="review"),
        asked(3, item_type="Bug"),
        scopes=scopes,
    )

    assert found.select("scope", "decision_right", "decisions").rows() == [
        ("item_type:Bug", "Board", 1),
        ("organisation", "Board", 2),
        ("organisation", "review", 1),
        ("team:PAY", "Board", 2),
        ("team:PAY", "review", 1),
    ]


def test_overdue_is_what_waited_longer_than_the_normal_on_the_wall() -> None:
    """Eight business hours are a calendar day; the normal day itself is no longer than it."""
    found = times(asked(8), asked(9), asked(4), asked(40), normals={"decision_wait_days": 1})

    assert found.select("normal_days", "overdue_share").rows() == [(1, pytest.approx(1 / 2))]


def test_an_open_request_that_waited_longer_is_overdue() -> None:
    found = times(asked(4), asked(40, "open"), normals={"decision_wait_days": 1})

    assert found["overdue_share"].to_list() == [pytest.approx(1 / 2)]


def test_an_open_request_that_is_younger_is_not_overdue_yet() -> None:
    requests = [asked(1, "open"), asked(4), asked(40)]

    found = times(*requests, normals={"decision_wait_days": 1})

    assert found["overdue_share"].to_list() == [pytest.approx(1 / 2)]


def test_a_request_withdrawn_early_was_not_overdue() -> None:
    found = times(asked(4, "withdrawn"), asked(40), normals={"decision_wait_days": 1})

    assert found["overdue_share"].to_list() == [pytest.approx(1 / 2)]


def test_where_no_request_was_followed_to_the_normal_nothing_is_known() -> None:
    found = times(asked(1), asked(4, "open"), normals={"decision_wait_days": 1})

    assert found["overdue_share"].to_list() == [None]


@pytest.mark.parametrize(
    ("channel", "normal"), [("stage", 1), ("flag", 1), ("review", 2), ("approval", 2)]
)
def test_approvals_and_reviews_have_a_normal_of_their_own(channel: str, normal: float) -> None:
    normals = {"decision_wait_days": 1.0, "approval_wait_days": 2.0}

    assert times(asked(1, channel=channel), normals=normals)["normal_days"].to_list() == [normal]


def test_without_a_declared_normal_nothing_is_overdue() -> None:
    found = times(asked(1), asked(400))

    assert found.select("normal_days", "overdue_share").rows() == [(None, None)]


def test_a_stable_decision_takes_until_the_verdict_that_held() -> None:
    """Business hours are those of the first verdict, stable hours those of the last."""
    later = [asked(2, stable_until=DAY_0 + timedelta(hours=100)) for _ in range(2)]

    found = times(asked(1), *later)

    assert found.select("p50_hours", "stable_p50_hours", "stable_p85_hours").rows() == [
        (pytest.approx(2), pytest.approx(100), pytest.approx(100))
    ]


def test_a_verdict_that_has_not_held_yet_is_waited_for() -> None:
    waits: dict[str, Any] = {"stable_end": 0, "stable_until": DAY_0 + timedelta(hours=500)}

    found = times(asked(2, **waits), asked(1), asked(3, **waits))

    assert found.select("p50_hours", "stable_p50_hours").rows() == [(pytest.approx(2), None)]


def test_churn_is_the_share_reversed_of_the_verdicts_whose_window_is_over() -> None:
    young = {**REVERSED, "is_window_over": False}

    found = times(*(asked(1, **kind) for kind in (REVERSED, DECIDED, DECIDED, DECIDED, young)))

    [(number, share, low, high)] = found.select(
        "reversed", "reversal_share", "reversal_low", "reversal_high"
    ).rows()
    assert (number, share) == (2, pytest.approx(1 / 4))
    assert 0 < low < share < high < 1


def test_without_a_verdict_whose_window_is_over_churn_is_unknown() -> None:
    found = times(asked(1), asked(2, "open"))

    assert found.select("reversed", "reversal_share", "reversal_low").rows() == [(0, None, None)]


def test_a_request_that_ended_before_its_source_was_watched_counts_nowhere() -> None:
    never_seen = asked(1, watched_from=DAY_0 + timedelta(hours=4), unwatched_hours=1.0)

    assert times(never_seen, asked(2))["decisions"].to_list() == [1]


def test_a_request_made_before_its_source_was_watched_says_nothing_of_its_youth() -> None:
    """Those of ten hours were watched from the fifth on: at two, one of two was decided."""
    late = asked(10, watched_from=DAY_0 + timedelta(hours=15), unwatched_hours=5.0)

    found = times(asked(2), asked(6), late, late, late)

    assert found.select("p50_hours", "decisions").rows() == [(pytest.approx(2), 5)]


def test_no_requests_make_no_rows() -> None:
    assert (times().height, times().schema) == (0, DECISION_TIMES)

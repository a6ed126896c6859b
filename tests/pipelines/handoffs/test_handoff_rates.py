"""What becomes of attempts to hand over, pair of stages by pair of stages."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import polars as pl
import pytest

from pipelines.cohorts.scopes import Scopes
from pipelines.handoffs.handoff_rates import handoff_rates
from tests.pipelines.frames import INSTANT, NO_GROUPS, Row, at, frame

_HANDED = at("2026-03-02")
_EDGE = {
    "from_stage": "Shaping",
    "to_stage": "Ready",
    "from_role": "product",
    "to_role": "engineering",
}


def attempt(verdict: str, days: float = 1, **more: Any) -> Row:
    """An attempt with its verdict, or watched without one, after some days."""
    decided = verdict != "undecided"
    moment = _HANDED + timedelta(days=days)
    return {
        "verdict": verdict,
        "verdict_at": moment if decided else None,
        "watched_until": None if decided else moment,
        **more,
    }


def rates(*attempts: Row, horizon: float = 10.0, scopes: Scopes = NO_GROUPS) -> pl.DataFrame:
    usual = {"handed_at": _HANDED, "attempt": 1, "is_skip": False, "team": "PAY", **_EDGE}
    handoffs = frame(
        *(
            {"handoff_id": f"{number}/1", "item_id": str(number), **usual, **one}
            for number, one in enumerate(attempts)
        ),
        **dict.fromkeys(("handoff_id", "item_id", "team", "item_type", *_EDGE), pl.String),
        verdict=pl.String,
        **dict.fromkeys(("handed_at", "verdict_at", "watched_until", "late_return_at"), INSTANT),
        watched_from=INSTANT,
        attempt=pl.Int32,
        is_skip=pl.Boolean,
        rework_once_hours=pl.Float64,
    )
    edges = handoffs.select("from_stage", "to_stage").unique().rows()
    return handoff_rates(handoffs, scopes, horizons=dict.fromkeys(edges, horizon))


def test_every_verdict_is_counted() -> None:
    found = rates(*map(attempt, ("accepted", "accepted", "rejected", "recalled", "dropped")))

    counts = found.select("attempts", "accepted", "rejected", "recalled", "dropped", "undecided")
    assert counts.rows() == [(5, 2, 1, 1, 1, 0)]


def test_the_rejection_rate_is_a_share_of_all_ends() -> None:
    found = rates(*map(attempt, ("accepted", "rejected", "recalled", "dropped")))

    assert found["rejection_rate"].to_list() == [pytest.approx(1 / 4)]


def test_undecided_attempts_are_waited_for_not_counted_as_accepted() -> None:
    decided = [attempt("rejected", 5), attempt("accepted", 5)] * 3
    found = rates(*decided, *[attempt("undecided", 1)] * 6)

    assert found.select("rejection_rate", "undecided").rows() == [(pytest.approx(1 / 2), 6)]


def test_a_rejection_after_the_horizon_is_not_one_within_it() -> None:
    found = rates(attempt("rejected", 3), attempt("rejected", 30))

    assert found.select("rejection_rate", "rejected").rows() == [(0.5, 2)]


def test_the_yield_is_that_of_first_attempts() -> None:
    again = attempt("accepted", 2, item_id="0", attempt=2)
    found = rates(attempt("rejected"), again, attempt("accepted"))

    assert found.select("attempts", "items", "first_pass_yield").rows() == [(3, 2, 0.5)]


def test_the_median_verdict_counts_attempts_that_have_none_yet() -> None:
    found = rates(*(attempt("accepted", day) for day in (1, 2)), attempt("undecided", 8))

    assert found["median_verdict_days"].to_list() == [2]


def test_late_returns_and_skips_are_counted_apart() -> None:
    found = rates(
        attempt("accepted", late_return_at=_HANDED + timedelta(days=9)),
        attempt("accepted", is_skip=True),
    )

    assert found.select("late_returns", "skips", "rejected").rows() == [(1, 1, 0)]


def test_rework_is_summed_in_days() -> None:
    found = rates(*(attempt("rejected", rework_once_hours=hours) for hours in (36.0, 12.0)))

    assert found["rework_days"].to_list() == [2.0]


def test_each_pair_of_stages_has_a_row_in_each_group() -> None:
    found = rates(
        attempt("accepted"),
        attempt("rejected", from_stage="Build", to_stage="Review", team="WEB"),
        scopes=Scopes(("WEB",), (), ("team:PAY",)),
    )

    assert found.select("scope", "from_stage", "attempts").rows() == [
        ("organisation", "Build", 1),
        ("organisation", "Shaping", 1),
        ("team:WEB", "Build", 1),
    ]


def test_each_pair_of_stages_is_followed_at_its_own_pace() -> None:
    quick = rates(attempt("rejected", 3), attempt("accepted", 1), horizon=2.0)
    slow = rates(attempt("rejected", 3), attempt("accepted", 1), horizon=5.0)

    assert quick["rejection_rate"].to_list() == [0.0]
    assert slow["rejection_rate"].to_list() == [0.5]


def test_attempts_that_nobody_watched_for_the_horizon_are_given_with_a_shorter_one() -> None:
    found = rates(attempt("rejected", 1), attempt("undecided", 4))

    assert found.select("rejection_rate", "horizon_days").rows() == [(0.5, 4.0)]


def test_where_everything_is_undecided_nothing_is_sure() -> None:
    found = rates(*(attempt("undecided", day) for day in (1, 2, 3)))

    [(rate, high)] = found.select("rejection_rate", "rejection_high").rows()
    assert rate == 0.0
    assert high > 0.7


def test_no_handoffs_make_no_rows() -> None:
    assert rates().is_empty()


def test_what_ended_before_its_source_was_watched_counts_nowhere() -> None:
    watch = {"watched_from": _HANDED + timedelta(days=2)}
    found = rates(
        attempt("rejected", 1, **watch), attempt("accepted", 3, **watch), attempt("rejected", 4)
    )

    # The first that was watched later is at risk from the second day on.
    assert found.select("attempts", "rejected", "rejection_rate").rows() == [
        (2, 1, pytest.approx(1 / 2))
    ]


# --- attempts until acceptance -----------------------------------------------------


def item(name: str, *verdicts: str, **more: Any) -> list[Row]:
    """The attempts of one item, one after the other."""
    return [
        attempt(verdict, number, item_id=name, attempt=number, **more)
        for number, verdict in enumerate(verdicts, start=1)
    ]


def needed(*items: Sequence[Row]) -> list[float | None]:
    """At least two, at least three, and how many in the mean."""
    found = rates(*(one for attempts in items for one in attempts))
    shares = found.select("two_attempts_share", "three_attempts_share", "mean_attempts")
    return list(shares.row(0))


def test_an_item_needs_as_many_attempts_as_it_takes_to_be_accepted() -> None:
    assert needed(
        item("a", "accepted"),
        item("b", "rejected", "accepted"),
        item("c", "rejected", "recalled", "accepted"),
        item("d", "accepted"),
    ) == pytest.approx([1 / 2, 1 / 4, 7 / 4])


def test_an_item_not_accepted_so_far_is_not_left_out() -> None:
    # Of the two that were rejected at first, one may need any number: the other took the second.
    assert needed(
        item("a", "accepted"), item("b", "rejected", "accepted"), item("c", "rejected", "undecided")
    ) == pytest.approx([2 / 3, 0, 5 / 3])


def test_an_attempt_without_a_verdict_or_of_a_dropped_item_tells_nothing() -> None:
    assert needed(item("a", "accepted"), item("b", "undecided"), item("c", "dropped"))[0] == 0.0
    assert needed(item("b", "undecided"), item("c", "dropped")) == [None] * 3


def test_what_comes_after_the_acceptance_is_no_further_attempt_until_it() -> None:
    assert needed(item("a", "accepted", "rejected", "accepted")) == [0.0, 0.0, 1.0]


def test_an_item_of_which_the_first_attempt_was_not_watched_does_not_tell_how_many_it_took() -> (
    None
):
    before = [{**one, "watched_from": _HANDED} for one in item("a", *["rejected"] * 2, "accepted")]
    before[0]["handed_at"] = _HANDED - timedelta(days=3)

    assert needed(before, item("b", "accepted"))[0] == 0.0

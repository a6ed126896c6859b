"""The table: excess over what is normal, its interval, the verdict, in every scope."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from pipelines.constraints.cause_sums import cause_sums
from pipelines.constraints.constraints import CONSTRAINTS, constraints
from pipelines.latency.latency_shares import latency_shares
from tests.pipelines.constraints import told_lives
from tests.pipelines.constraints.told_lives import BACK, Life, life, scopes, sent_back

DECISION, QUEUE, BUILD = "decision_wait:Roadmap", "queue:Ready", "touch:Build"


def table(lives: list[Life], **declared: float) -> pl.DataFrame:
    shares = latency_shares(
        told_lives.segments(lives), told_lives.items(lives), scopes(lives), horizon=90.0
    )
    return constraints(
        told_lives.sums(lives),
        shares,
        scopes(lives),
        declared=declared,
        trends={"organisation": {QUEUE: "steady"}, "team:PAY": {QUEUE: "growing"}},
    )


def rows(found: pl.DataFrame, scope: str = "organisation") -> dict[str, dict[str, Any]]:
    return {row["cause"]: row for row in found.filter(pl.col("scope") == scope).to_dicts()}


def usual(weeks: int = 30, **days: float) -> list[Life]:
    """Two items a week, a day apart in everything that takes longer than one."""
    return [
        life(week, "PAY", **{kind: long + by if long > 1 else long for kind, long in days.items()})
        for week in range(weeks)
        for by in (-0.5, 0.5)
    ]


def test_of_eight_days_for_a_decision_seven_are_beyond_the_one_declared() -> None:
    found = rows(
        table(
            usual(decision_wait=8.0, queue=3.0, touch=10.0),
            decision_wait_days=1.0,
            queue_wait_days=2.0,
        )
    )
    decision = found[DECISION]
    assert decision["days_per_item"] == pytest.approx(8.0)
    assert decision["benchmark_days"] == pytest.approx(1.0, rel=0.02)
    assert decision["benchmark_source"] == "declared"
    assert decision["excess_days"] == pytest.approx(7.0, rel=0.02)
    assert decision["share"] == pytest.approx(7.0 / 21.0, rel=0.02)
    assert (decision["rank"], decision["verdict"]) == (1, "constraint")
    assert (found[QUEUE]["rank"], found[QUEUE]["verdict"]) == (2, "not_the_constraint")


def test_long_work_is_not_compared_however_long_it_is() -> None:
    found = rows(table(usual(decision_wait=2.0, touch=60.0), decision_wait_days=1.0))
    assert found[BUILD]["verdict"] == "not_compared"
    assert found[BUILD]["rank"] is None
    assert found[DECISION]["rank"] == 1


def test_without_a_normal_there_are_days_and_no_constraint() -> None:
    found = rows(table(usual(decision_wait=8.0, touch=1.0)))
    assert found[DECISION]["days_per_item"] == pytest.approx(8.0)
    assert found[DECISION]["verdict"] == "no_benchmark"
    assert found[DECISION]["excess_days"] is None


def test_normal_is_meant_for_those_who_come_to_a_wait() -> None:
    lives = usual(decision_wait=8.0, touch=1.0) + usual(touch=1.0)
    found = rows(table(lives, decision_wait_days=2.0))[DECISION]
    assert found["days_per_item"] == pytest.approx(4.0)
    assert found["benchmark_days"] == pytest.approx(1.0, rel=0.02)
    assert found["excess_days"] == pytest.approx(3.0, rel=0.02)


def test_a_loop_would_cost_as_much_less_as_it_would_be_rarer() -> None:
    lives = [sent_back(week, queued=1.0, loop=5.0) for week in range(30)]
    lives += [life(week, queue=1.0, touch=3.0) for week in range(30)]
    # A third of the attempts is sent back: one in two accepted. At one in five, one in four.
    found = rows(table(lives, rejection_rate=0.2))[BACK]
    assert found["days_per_item"] == pytest.approx(3.0)
    assert found["benchmark_days"] == pytest.approx(1.5)
    assert found["excess_days"] == pytest.approx(1.5)


def test_a_queue_answers_for_what_is_waited_in_it_on_the_way_round() -> None:
    lives = [sent_back(week, queued=4.0, loop=1.0) for week in range(30)]
    found = rows(table(lives, queue_wait_days=1.0))[QUEUE]
    assert found["days_per_item"] == pytest.approx(4.0)
    assert found["loop_days"] == pytest.approx(4.0, rel=0.02)
    assert found["benchmark_days"] == pytest.approx(2.0, rel=0.02)
    assert found["excess_days"] == pytest.approx(6.0, rel=0.02)


def test_whether_a_queue_grows_is_told_of_the_scope_itself() -> None:
    found = table([life(week, queue=4.0, touch=1.0) for week in range(30)])
    assert [rows(found, scope)[QUEUE]["queue_trend"] for scope in ("organisation", "team:PAY")] == [
        "steady",
        "growing",
    ]
    assert rows(found, "team:PAY")[BUILD]["queue_trend"] is None


def test_ten_weeks_are_needed_to_say_how_sure_it_is() -> None:
    found = rows(table(usual(weeks=9, decision_wait=8.0, touch=1.0), decision_wait_days=1.0))
    assert found[DECISION]["verdict"] == "not_enough_data"
    assert found[DECISION]["days_per_item"] == pytest.approx(8.0)


def test_every_team_has_rows_of_its_own() -> None:
    lives = [
        life(week, team, decision_wait=wait, touch=1.0)
        for week in range(20)
        for team, wait in (("A", 3.0), ("B", 9.0))
    ]
    found = table(lives, decision_wait_days=1.0)
    assert found["scope"].unique().sort().to_list() == [
        "item_type:Story",
        "organisation",
        "team:A",
        "team:B",
    ]
    assert rows(found, "team:A")[DECISION]["excess_days"] == pytest.approx(2.0, rel=0.02)
    assert rows(found, "team:B")[DECISION]["excess_days"] == pytest.approx(8.0, rel=0.02)


def test_the_order_of_the_rows_does_not_matter() -> None:
    lives = usual(decision_wait=8.0, queue=3.0, touch=10.0)

    def mixed(rows: pl.DataFrame) -> pl.DataFrame:
        return rows.sample(fraction=1.0, shuffle=True, seed=7)

    def found(order: Callable[[pl.DataFrame], pl.DataFrame]) -> pl.DataFrame:
        told = cause_sums(
            order(told_lives.items(lives)),
            order(told_lives.segments(lives)),
            order(told_lives.visits(lives)),
            order(told_lives.handoffs(lives)),
            horizon=90.0,
            types=("Story",),
        )
        shares = latency_shares(
            told_lives.segments(lives), told_lives.items(lives), scopes(lives), horizon=90.0
        )
        declared = {"decision_wait_days": 1.0, "queue_wait_days": 2.0}
        return constraints(told, shares, scopes(lives), declared=declared, trends={})

    assert_frame_equal(found(lambda rows: rows), found(mixed), check_exact=True)


def test_nothing_gives_no_rows() -> None:
    assert table(usual(weeks=1, queue=2.0)).schema == CONSTRAINTS

"""How each rule of the definition of ready fares."""

from typing import Any

import polars as pl
import pytest

from pipelines.cohorts.scopes import Scopes
from pipelines.policy import DefinitionOfReady, ReadyRule
from pipelines.readiness.readiness_rules import no_rules, readiness_rules
from pipelines.statistics.estimate import share
from tests.pipelines.frames import INSTANT, NO_GROUPS, Row, at, frame

READY = DefinitionOfReady(
    "Ready",
    (ReadyRule("estimate", "estimate", "required"), ReadyRule("criteria", "ac", "required")),
)


def check(outcome: str, now: str | None = None, **more: Any) -> Row:
    """A check of the rule *criteria*, on a handoff that was accepted."""
    failed = ["criteria"] if outcome == "fail" else []
    return {"outcome": outcome, "outcome_now": now or outcome, "failed_rules": failed, **more}


def rules(*checked: Row, scopes: Scopes = NO_GROUPS) -> pl.DataFrame:
    """Checks on 2 March of items that are open on the 31st."""
    usual = {"team": "PAY", "rule": "criteria", "verdict": "accepted", "failed_rules": []}
    then = {"checked_at": at("2026-03-02"), "ended_at": at("2026-03-31"), "is_ended": False}
    rows = [
        {"handoff_id": str(number), "item_id": str(number), **usual, **then, **one}
        for number, one in enumerate(checked)
    ]
    names = ("handoff_id", "item_id", "team", "rule", "outcome", "outcome_now")
    checks = frame(
        *rows,
        **dict.fromkeys(names, pl.String),
        **dict.fromkeys(("checked_at", "passed_at", "watched_from"), INSTANT),
        debt_days=pl.Float64,
        is_filled_late=pl.Boolean,
    )
    handoffs = frame(
        *rows,
        **dict.fromkeys(("handoff_id", "verdict"), pl.String),
        failed_rules=pl.List(pl.String),
        ended_at=INSTANT,
        is_ended=pl.Boolean,
    )
    return readiness_rules(checks, handoffs, scopes, ready=READY)


def test_outcomes_are_counted_and_what_cannot_be_judged_is_no_failure() -> None:
    found = rules(*map(check, ("pass", "fail", "fail", "not_evaluable")))

    counts = found.select("checks", "passes", "fails", "not_evaluable", "fail_rate")
    assert counts.rows() == [(4, 1, 2, 1, pytest.approx(2 / 3))]


def test_what_was_checked_before_its_source_was_watched_counts_nowhere() -> None:
    late = {"watched_from": at("2026-03-01")}
    long_ago = {**check("fail"), **late, "checked_at": at("2025-06-01")}

    found = rules({**check("pass"), **late}, *[long_ago] * 3)
    assert found.select("checks", "fails").rows() == [(1, 0)]


def test_the_interval_of_a_failure_rate_is_that_of_a_share() -> None:
    found = rules(*[check("pass")] * 6, *[check("fail")] * 2)
    interval = share(0.25, 0.0, 8)

    assert found.select("fail_low", "fail_high").rows() == [(interval.low, interval.high)]


def test_a_rule_that_could_never_be_judged_has_no_rate() -> None:
    assert rules(check("not_evaluable")).select("fail_rate", "fail_low").rows() == [(None, None)]


def test_failing_alone_is_counted_apart() -> None:
    with_another = check("fail", failed_rules=["criteria", "estimate"])

    assert rules(check("fail"), with_another)["sole_fails"].to_list() == [1]


def test_what_was_filled_in_later_is_counted_and_changes_no_outcome() -> None:
    later = check("fail", now="pass", passed_at=at("2026-03-09"))
    found = rules(later, check("fail"), check("pass", passed_at=at("2026-03-02")))

    assert found.select("fails", "filled_later", "passes_now").rows() == [(2, 1, 2)]


def test_rejections_are_compared_among_those_that_failed_and_those_that_passed() -> None:
    found = rules(
        check("fail", verdict="rejected"),
        check("fail", verdict="accepted"),
        check("pass", verdict="accepted"),
    )

    assert found.select("rejected_when_failed", "rejected_when_passed").rows() == [(0.5, 0.0)]


def test_an_undecided_handoff_is_on_neither_side_of_the_comparison() -> None:
    found = rules(check("fail", verdict="rejected"), check("fail", verdict="undecided"))

    assert found.select("rejected_when_failed", "rejected_when_passed").rows() == [(1.0, None)]


def test_the_lift_compares_both_sides_within_teams() -> None:
    strict = [check("fail", verdict="rejected")] * 5 + [check("fail")] * 5
    lenient = [check("pass", verdict="rejected"), *[check("pass")] * 9]
    both = [*strict, *lenient]

    found = rules(*both, *({**one, "team": "WEB"} for one in both))
    assert found["rejection_lift"].to_list() == [pytest.approx(5)]
    assert found.select((pl.col("lift_low") > 1) & (pl.col("lift_high") >= 5)).item()


def test_a_lift_needs_twenty_decided_checks() -> None:
    found = rules(check("fail", verdict="rejected"), check("pass"))

    assert found.select("rejection_lift", "lift_low", "lift_high").rows() == [(None,) * 3]


def first_and_again(team: str, first: Row) -> list[Row]:
    """Forty items handed over for the first time, and a hundred again: *first* is what they were.

    The first time every other is rejected, ready or not; again ready ones come, and all stay.
    """
    twice = [*[check("fail", verdict="rejected")] * 10, *[check("fail")] * 10]
    twice += [*[check("pass", verdict="rejected")] * 10, *[check("pass")] * 10]
    again = [*[check("fail")] * 10, *[check("pass")] * 90]
    names = [f"{team} {number}" for number in range(len(again))]
    return [
        *({**one, "team": team} for one in twice),
        *({**one, "team": team, "item_id": name} for one, name in zip(again, names, strict=True)),
        *({**check("fail", verdict="rejected"), **first, "item_id": name} for name in names),
    ]


def test_what_was_first_handed_over_before_its_source_was_watched_comes_again() -> None:
    long_ago = {"checked_at": at("2025-06-01"), "watched_from": at("2026-03-01")}
    rows = [row for team in ("PAY", "WEB") for row in first_and_again(team, long_ago)]

    found = rules(*({"watched_from": at("2026-03-01"), **row} for row in rows))
    assert found.select("checks", "rejection_lift").rows() == [(280, pytest.approx(1))]


def test_what_was_first_handed_over_in_another_team_comes_again() -> None:
    elsewhere = {"checked_at": at("2026-01-10"), "team": "OPS"}
    april = {"checked_at": at("2026-04-02")}
    rows = first_and_again("PAY", elsewhere)
    later = [{**row, "item_id": f"later {row.get('item_id')}"} for row in rows]
    later = [{**row, **april} if row["team"] == "PAY" else row for row in later]

    found = rules(*rows, *later, scopes=Scopes(("PAY",), (), ("team:OPS",)))
    of_team = found.filter(scope="team:PAY").select("checks", "rejection_lift")
    assert of_team.rows() == [(280, pytest.approx(1))]


def test_what_became_of_the_failures_is_told_of_the_failures_alone() -> None:
    filled = check("fail", passed_at=at("2026-03-04"), debt_days=2.0, is_filled_late=True)
    never = check("fail", ended_at=at("2026-03-08"), is_ended=True, debt_days=6.0)

    found = rules(filled, never, check("pass", passed_at=at("2026-03-02")))
    told = found.select("late_fill_share", "never_filled_share", "median_fill_days", "debt_days")
    assert told.rows() == [(0.5, 0.5, 2.0, 4.0)]


def test_rules_stand_in_the_order_of_their_declaration() -> None:
    found = rules(check("pass"), check("pass", rule="estimate"))

    assert found.select("rule_number", "rule").rows() == [(1, "estimate"), (2, "criteria")]


def test_a_team_that_may_be_shown_has_rows_of_its_own() -> None:
    found = rules(
        check("pass"), check("fail", team="WEB"), scopes=Scopes(("WEB",), (), ("team:PAY",))
    )

    assert found.select("scope", "fails").rows() == [("organisation", 1), ("team:WEB", 1)]


def test_without_a_definition_of_ready_there_is_an_empty_table() -> None:
    assert no_rules().is_empty()
    assert no_rules().columns == rules(check("pass")).columns

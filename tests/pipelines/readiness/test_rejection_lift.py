"""How much likelier a rejection is where a rule fails, all else within a team and month equal."""

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl
import pytest
import statsmodels.api as sm

from pipelines.readiness.rejection_lift import marked_again, rejection_lifts
from pipelines.statistics.estimate import UNKNOWN
from tests.pipelines.frames import INSTANT, Row, at, frame

TEXTS = ("handoff_id", "item_id", "team", "verdict", "rule", "outcome")


def checks(*rows: Row) -> pl.DataFrame:
    usual = {"team": "PAY", "checked_at": at("2026-03-10"), "rule": "criteria"}
    found = frame(
        *({**usual, "item_id": row["handoff_id"], **row} for row in rows),
        **dict.fromkeys(TEXTS, pl.String),
        checked_at=INSTANT,
    )
    return marked_again(found)


def handoffs(outcome: str, verdicts: dict[str, int], **more: Any) -> Iterator[Row]:
    """So many handoffs with each verdict at which the rule came out like this."""
    for verdict, many in verdicts.items():
        for number in range(many):
            name = f"{outcome} {verdict} {sorted(more.items())} {number}"
            yield {"handoff_id": name, "outcome": outcome, "verdict": verdict, **more}


def team(name: str, *, failed: tuple[int, int], passed: tuple[int, int], **more: Any) -> list[Row]:
    """Handoffs of a team: (rejected, accepted) where the rule failed and where it passed."""
    sides = {"fail": failed, "pass": passed}
    return [
        row
        for outcome, (rejected, accepted) in sides.items()
        for row in handoffs(
            outcome, {"rejected": rejected, "accepted": accepted}, team=name, **more
        )
    ]


def lift(*teams: list[Row]) -> float | None:
    return rejection_lifts(checks(*(row for one in teams for row in one)))["criteria"].value


# --- the ratio ---------------------------------------------------------------------


def test_half_rejected_where_it_fails_and_a_tenth_where_it_passes_is_a_lift_of_five() -> None:
    same = {"failed": (5, 5), "passed": (1, 9)}

    assert lift(team("PAY", **same), team("WEB", **same)) == pytest.approx(5)


def test_a_team_that_rejects_more_and_fails_more_lends_the_rule_nothing() -> None:
    strict = team("PAY", failed=(16, 4), passed=(4, 1))
    lenient = team("WEB", failed=(1, 4), passed=(4, 16))

    assert lift(strict, lenient) == pytest.approx(1)


def test_months_are_told_apart_like_teams() -> None:
    strict = team("PAY", failed=(16, 4), passed=(4, 1))
    lenient = team("PAY", failed=(1, 4), passed=(4, 16), checked_at=at("2026-04-01"))

    assert lift(strict, lenient) == pytest.approx(1)


def test_what_comes_back_once_and_is_filled_in_meanwhile_lends_the_rule_nothing() -> None:
    """The second time it is sent back less often, and the rule is met: for other reasons."""
    first = {"failed": (10, 10), "passed": (10, 10)}
    again: dict[str, Any] = {"failed": (0, 10), "passed": (0, 90), "checked_at": at("2026-03-20")}
    rows = [row for name in ("PAY", "WEB") for row in team(name, **first)]
    later = [row for name in ("PAY", "WEB") for row in team(name, **again)]
    items = itertools.cycle(row["handoff_id"] for row in rows)

    assert lift(rows, later) == pytest.approx(11 / 3)
    assert lift(rows, [{**row, "item_id": next(items)} for row in later]) == pytest.approx(1)


def test_a_rule_whose_failures_are_never_rejected_has_a_lift_of_nothing() -> None:
    same = {"failed": (0, 10), "passed": (5, 5)}

    assert lift(team("PAY", **same), team("WEB", **same)) == pytest.approx(0, abs=1e-9)


def test_recalled_is_decided_and_no_rejection_dropped_and_undecided_are_not_asked() -> None:
    rows = [*team("PAY", failed=(5, 0), passed=(1, 9)), *team("WEB", failed=(5, 5), passed=(1, 9))]
    recalled = handoffs("fail", {"recalled": 5}, team="PAY")
    others = handoffs("fail", {"undecided": 30, "dropped": 30}, team="PAY")

    assert lift([*rows, *recalled, *others]) == pytest.approx(5)


def test_handoffs_at_which_it_could_not_be_judged_are_on_neither_side() -> None:
    same = {"failed": (5, 5), "passed": (1, 9)}
    outside = handoffs("not_evaluable", {"rejected": 40}, team="PAY")

    assert lift(team("PAY", **same), team("WEB", **same), [*outside]) == pytest.approx(5)


# --- where nothing can be said -----------------------------------------------------


@pytest.mark.parametrize(
    "teams",
    [
        pytest.param({"failed": (2, 3), "passed": (1, 3)}, id="fewer than twenty handoffs"),
        pytest.param({"failed": (0, 0), "passed": (5, 15)}, id="none failed"),
        pytest.param({"failed": (5, 15), "passed": (0, 0)}, id="none passed"),
        pytest.param({"failed": (0, 9), "passed": (0, 9)}, id="none rejected"),
        pytest.param({"failed": (5, 5), "passed": (0, 10)}, id="none rejected if it passed"),
    ],
)
def test_without_enough_on_both_sides_there_is_no_lift(teams: dict[str, tuple[int, int]]) -> None:
    assert lift(team("PAY", **teams), team("WEB", **teams)) is None


def test_where_no_pass_was_ever_rejected_a_chance_the_model_leaves_to_them_gives_no_lift() -> None:
    often = team("PAY", failed=(18, 0), passed=(0, 2))
    seldom = team("WEB", failed=(1, 9), passed=(0, 10))

    assert lift(often, seldom) is None


def test_one_team_and_month_alone_has_no_lift() -> None:
    assert lift(team("PAY", failed=(50, 50), passed=(10, 90))) is None


def test_two_rules_that_always_fail_together_cannot_be_told_apart() -> None:
    same = {"failed": (5, 5), "passed": (1, 9)}
    rows = [*team("PAY", **same), *team("WEB", **same)]
    twins = [{**row, "rule": "estimate"} for row in rows]

    assert rejection_lifts(checks(*rows, *twins)) == {"criteria": UNKNOWN, "estimate": UNKNOWN}


def test_while_nothing_is_decided_there_is_no_lift() -> None:
    assert rejection_lifts(checks(*handoffs("fail", {"undecided": 30}))) == {"criteria": UNKNOWN}


# --- planted organisations ---------------------------------------------------------

RULES = ("criteria", "estimate", "links")


def planted(seed: int, *, criteria: float, teams: int = 4, months: int = 6) -> pl.DataFrame:
    """An organisation in which failing *criteria* makes rejections likelier, and nothing else does.

    The rules fail together; teams and months fail and reject more and less than others.
    """
    dice = np.random.default_rng(seed)
    many = teams * months * 25
    cluster = np.arange(many) // 25
    mood = dice.normal(size=teams * months)[cluster]
    gap = dice.normal(size=many) + 0.5 * mood
    fails = np.stack([gap + dice.normal(size=many) > 0.5 for _ in RULES], axis=1)
    chance = 0.2 + 0.05 * np.clip(mood, -2, 2) + criteria * fails[:, 0]
    rejected = dice.random(many) < chance
    outcome = np.where(dice.random(fails.shape) < 0.1, "not_evaluable", "pass").astype("U13")
    outcome[fails & (outcome == "pass")] = "fail"
    return pl.DataFrame(
        {
            "handoff_id": np.repeat([f"{one:05}" for one in range(many)], len(RULES)),
            "team": np.repeat([f"team {one}" for one in cluster // months], len(RULES)),
            "verdict": np.repeat(np.where(rejected, "rejected", "accepted"), len(RULES)),
            "rule": np.tile(RULES, many),
            "outcome": outcome.ravel(),
            "month": np.repeat(cluster % months + 1, len(RULES)),
        }
    ).with_columns(
        is_again=pl.lit(False), checked_at=pl.datetime(2026, "month", 15, time_zone="UTC")
    )


def covers(found: Any, value: float) -> bool:
    return found.low <= value and (found.high is None or value <= found.high)


@pytest.mark.parametrize("seed", range(5))
def test_a_rule_that_predicts_rejection_is_told_from_those_that_fail_with_it(seed: int) -> None:
    found = rejection_lifts(planted(seed, criteria=0.4))

    assert not covers(found["criteria"], 1)
    assert covers(found["estimate"], 1)
    assert covers(found["links"], 1)


def test_the_interval_covers_a_lift_of_one_where_there_is_none() -> None:
    found = [rejection_lifts(planted(seed, criteria=0.0))["criteria"] for seed in range(40)]

    assert sum(covers(one, 1) for one in found) >= 35


@pytest.mark.parametrize("seed", range(3))
def test_the_lift_is_that_of_least_squares_with_a_dummy_for_every_team_and_month(seed: int) -> None:
    organisation = planted(seed, criteria=0.3)
    found = rejection_lifts(organisation)

    for rule, value in _by_least_squares(organisation).items():
        assert found[rule].value == pytest.approx(value, rel=1e-9)


def _by_least_squares(organisation: pl.DataFrame) -> dict[str, float]:
    """Lifts from the coefficients and the predictions of an independent implementation."""
    wide = organisation.drop("checked_at").pivot("rule", values="outcome")
    dummies = wide.select(pl.concat_str("team", "month")).to_dummies()
    sides = [
        wide.select((pl.col(RULES) == outcome).cast(pl.Float64).name.suffix(outcome))
        for outcome in ("fail", "not_evaluable")
    ]
    design = pl.concat([*sides, dummies], how="horizontal")
    rejected = (wide["verdict"] == "rejected").to_numpy().astype(float)
    fitted = sm.OLS(rejected, design.to_numpy().astype(float)).fit()
    lifts = {}
    for place, rule in enumerate(RULES):
        judged = wide.select(pl.col(rule) != "not_evaluable").to_series().to_numpy()
        passing = design.with_columns(pl.lit(0.0).alias(f"{rule}fail")).to_numpy().astype(float)
        chance = fitted.predict(passing)[judged].mean()
        lifts[rule] = (chance + fitted.params[place]) / chance
    return lifts


def test_the_order_of_the_rows_does_not_matter() -> None:
    organisation = planted(1, criteria=0.3)

    assert rejection_lifts(organisation) == rejection_lifts(organisation.reverse())

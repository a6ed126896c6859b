"""What rules cost within team and month."""

from datetime import date

import numpy as np
import polars as pl
import pytest
import statsmodels.formula.api as smf

from pipelines.attribution.handed_over import ordered
from pipelines.attribution.within_cells import RuleFit, within_cells
from pipelines.statistics.estimate import t_margin
from tests.pipelines.attribution.edges import known
from tests.pipelines.statistics.dense_clusters import written_out


def items(teams: int, *, seed: int = 5, months: int = 4, each: int = 15) -> pl.DataFrame:
    """A rule that costs 0.8, more where team and month are slow; another that costs nothing."""
    dice = np.random.default_rng(seed)
    team, month = (axis.ravel().repeat(each) for axis in np.indices((teams, months)))
    slow = dice.normal(0, 1, (teams, months))[team, month]
    rule = (dice.uniform(size=len(team)) < 1 / (1 + np.exp(-slow))).astype(float)
    other = dice.integers(0, 2, len(team)).astype(float)
    kind = dice.integers(0, 3, len(team))
    costs = 0.8 + 0.3 * dice.normal(size=teams)[team]
    value = slow + costs * rule + np.array([0.0, 0.5, -0.4])[kind] + dice.normal(size=len(team))
    return pl.DataFrame(
        {
            "team": [f"team {one:02}" for one in team],
            "month": [date(2025, one + 1, 1) for one in month],
            "sender": ["ann"] * len(team),
            "receiver": ["bob"] * len(team),
            "kind": [("chore", "feature", "fix")[one] for one in kind],
            "value": value,
            "rule": rule,
            "other": other,
        }
    )


def fit(frame: pl.DataFrame, *exposures: str) -> RuleFit:
    return within_cells(ordered(frame, exposures), exposures)


def test_coefficients_and_their_clustered_errors_are_those_of_least_squares_with_dummies() -> None:
    frame = items(9)
    found = fit(frame, "rule", "other")
    elsewhere = smf.ols("value ~ rule + other + C(kind) + C(team):C(month)", frame.to_pandas()).fit(
        cov_type="cluster", cov_kwds={"groups": frame["team"].to_numpy()}
    )
    design, names = elsewhere.model.exog, elsewhere.model.exog_names
    values, sizes = frame["value"].to_numpy(), [frame.height // 9] * 9
    for rule in found.rules:
        value, _, high = known(rule.coefficient)
        weights = np.array([float(name == rule.name) for name in names])
        variance, degrees = written_out(design, values, sizes, weights)
        assert value == pytest.approx(elsewhere.params[rule.name], abs=1e-9)
        assert high - value == pytest.approx(t_margin(variance, degrees), rel=1e-6)
        # Teams are equal: the plain sandwich with eight degrees of freedom says nearly the same.
        assert high - value == pytest.approx(2.306004 * elsewhere.bse[rule.name], rel=0.1)
    assert found.noise == pytest.approx(elsewhere.mse_resid, rel=1e-9)


def test_the_excess_is_the_coefficient_times_the_share_exposed() -> None:
    frame = items(9)
    found = fit(frame, "rule", "other")
    share = float(np.mean(frame["rule"].to_numpy()))

    rule = found.rules[0]
    value, low, high = known(found.excess)
    assert rule.exposed == pytest.approx(share)
    assert known(rule.excess)[0] == pytest.approx(known(rule.coefficient)[0] * share)
    assert value == pytest.approx(sum(known(one.excess)[0] for one in found.rules))
    assert low < value < high


def test_few_teams_are_asked_one_by_one() -> None:
    frame = items(4)
    own = [known(fit(part, "rule").rules[0].coefficient)[0] for part in frame.partition_by("team")]
    value, _, high = known(fit(frame, "rule").rules[0].coefficient)
    margin = 3.182446 * np.std(own, ddof=1) / 4**0.5
    assert high - value == pytest.approx(margin, rel=0.1)  # kinds are shared, nearly


def test_of_nine_teams_only_those_are_asked_in_which_items_differ() -> None:
    """A rule that one team breaks is told by its months; of three, by their own coefficients."""
    frame = items(9)
    one = frame.with_columns(pl.col("rule") * (pl.col("team") == "team 03"))
    alone = frame.filter(pl.col("team") == "team 03")
    value, low, high = known(fit(one, "rule").rules[0].coefficient)
    _, lower, higher = known(fit(alone, "rule").rules[0].coefficient)
    assert high - low == pytest.approx(higher - lower, rel=0.2)
    assert low < value < high

    breaks_it = pl.col("team").is_in(["team 01", "team 03", "team 05"])
    few = frame.with_columns(pl.col("rule") * breaks_it)
    own = [
        known(fit(part, "rule").rules[0].coefficient)[0]
        for part in few.filter(breaks_it).partition_by("team")
    ]
    value, _, high = known(fit(few, "rule").rules[0].coefficient)
    assert high - value == pytest.approx(4.302653 * np.std(own, ddof=1) / 3**0.5, rel=0.1)


def in_teams(*numbers: int) -> pl.Expr:
    return pl.col("team").is_in([f"team {one:02}" for one in numbers])


@pytest.mark.parametrize("teams", [6, 9])
def test_a_sum_of_rules_told_in_different_teams_lets_the_cost_differ_from_team_to_team(
    teams: int,
) -> None:
    """No team tells both: none has a sum of its own, and months of one team go together."""
    frame = items(teams).with_columns(
        rule=pl.col("rule") * in_teams(0, 1, 2), other=pl.col("other") * in_teams(3, 4, 5)
    )
    value, _, high = known(fit(frame, "rule", "other").excess)
    dummies = smf.ols("value ~ rule + other + C(kind) + C(team):C(month)", frame.to_pandas())
    exposed = {name: frame[name].to_numpy().mean() for name in ("rule", "other")}
    weights = np.array([exposed.get(name, 0.0) for name in dummies.exog_names])
    sizes = [frame.height // teams] * teams
    variance, degrees = written_out(dummies.exog, frame["value"].to_numpy(), sizes, weights)
    assert high - value == pytest.approx(t_margin(variance, degrees), rel=1e-6)


@pytest.mark.parametrize("teams", [6, 9])
def test_margins_are_added_where_one_team_alone_tells_one_rule_of_a_sum(teams: int) -> None:
    frame = items(teams).with_columns(other=pl.col("other") * in_teams(3))
    found = fit(frame, "rule", "other")
    first, second = (known(rule.excess) for rule in found.rules)
    _, low, high = known(found.excess)
    assert high - low == pytest.approx(first[2] - first[1] + second[2] - second[1])


def test_of_two_teams_that_tell_all_rules_the_months_tell_the_sum() -> None:
    found = fit(items(2), "rule", "other")
    first, second = (known(rule.excess) for rule in found.rules)
    _, low, high = known(found.excess)
    assert high - low < 0.9 * (first[2] - first[1] + second[2] - second[1])


def test_what_one_month_of_one_team_says_is_not_evaluable() -> None:
    """However many items differ there, and however much: it may be chance."""
    frame = items(9)
    there = (pl.col("team") == "team 03") & (pl.col("month") == date(2025, 2, 1))
    found = fit(frame.with_columns(rule=pl.col("rule") * there), "rule", "other")
    assert [rule.evaluable for rule in found.rules] == ["no_variation", "evaluable"]
    assert found.rules[0].coefficient.value is None
    assert found.rules[0].p_value is None


def test_two_teams_have_an_interval_by_months_too() -> None:
    value, low, high = known(fit(items(2), "rule").rules[0].coefficient)
    assert low < value < high


def test_what_does_not_vary_within_a_cell_is_not_evaluable() -> None:
    by_team = pl.col("team").cast(pl.Categorical).to_physical().cast(pl.Float64)
    found = fit(items(9).with_columns(always=pl.lit(1.0), by_team=by_team), "always", "by_team")
    assert [rule.evaluable for rule in found.rules] == ["no_variation", "no_variation"]
    assert found.excess.value is None
    assert found.shifts == {}


def test_the_second_of_two_rules_that_are_one_is_entangled() -> None:
    found = fit(items(9).with_columns(twin=pl.col("rule")), "rule", "twin")
    assert [rule.evaluable for rule in found.rules] == ["evaluable", "entangled"]


def test_a_p_value_counts_how_many_rules_were_looked_at() -> None:
    frame = items(9)
    alone = fit(frame, "other").rules[0].p_value
    beside = fit(frame.with_columns(rule=pl.lit(0.0)), "other", "rule").rules[0].p_value
    assert alone is not None
    assert beside == pytest.approx(alone)
    both = fit(frame, "other", "rule").rules[0].p_value
    assert both is not None
    assert both > alone or both == 1.0
    costly = fit(frame, "rule").rules[0].p_value
    assert costly is not None
    assert costly < 1e-6


def test_the_order_of_rows_changes_nothing_to_the_byte() -> None:
    frame = items(9)
    assert repr(fit(frame.sample(fraction=1, shuffle=True, seed=3), "rule")) == repr(
        fit(frame, "rule")
    )

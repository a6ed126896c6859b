from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from benchmarks.effect_cells import Cell, Kind, Reach, Shocks, cells
from benchmarks.effect_shocks import series
from benchmarks.effect_worlds import World, world
from benchmarks.effects import SEEDS

CALM = Cell("calm", per_month=5_000, teams=3, controls=0, common=0.0, own=0.0, epics=0.1)


def restricted_mean(one: World, *, is_mature: bool) -> float:
    """Of what began in the changed teams in the mature weeks, which all can be followed."""
    since = pl.col("entered_at").dt.date() - one.changed_on
    mature = since.is_between(
        pl.duration(days=one.washout_days), pl.duration(weeks=one.cell.weeks_after), closed="left"
    )
    lasted = pl.coalesce("ended_at", pl.lit(one.as_of)) - pl.col("entered_at")
    days = (lasted.dt.total_seconds() / 86_400).clip(upper_bound=one.horizon_days)
    kept = one.items.filter(pl.col("team").is_in(one.treated), mature if is_mature else since < 0)
    return float(kept.select(days.mean()).item())


@pytest.mark.parametrize("kind", ["mean", "share"])
def test_equal_seeds_make_equal_worlds_and_others_do_not(kind: Kind) -> None:
    cell = next(cell for cell in cells() if cell.kind == kind and not cell.is_null)
    one, same, other = world(cell, 7), world(cell, 7), world(cell, 8)
    assert_frame_equal(one.items, same.items)
    assert one.true_effect == same.true_effect
    assert not one.items.equals(other.items)


@pytest.mark.parametrize("reach", ["new", "open"])
def test_the_true_effect_is_what_a_large_company_shows_with_and_without(reach: Reach) -> None:
    changed = replace(CALM, effect=-0.30, reach=reach)
    without, with_effect = world(replace(changed, effect=0.0), 3), world(changed, 3)
    seen = np.log(
        restricted_mean(with_effect, is_mature=True) / restricted_mean(without, is_mature=True)
    )
    assert with_effect.true_effect == pytest.approx(-0.30, abs=0.001)
    assert seen == pytest.approx(with_effect.true_effect, abs=0.01)


def test_a_true_difference_of_shares_is_what_a_large_company_shows() -> None:
    usual = replace(CALM, kind="share", washout_weeks=0, follow_up_days=14)
    changed = replace(usual, effect=-0.25)
    rates = [
        one.items.filter(pl.col("entered_at").dt.date() >= one.changed_on, pl.col("end") > 0)
        .select((pl.col("end") == 1).mean())
        .item()
        for one in (world(usual, 3), world(changed, 3))
    ]
    assert rates[0] == pytest.approx(0.40, abs=0.05)
    assert rates[1] - rates[0] == pytest.approx(world(changed, 3).true_effect, abs=0.01)


def test_nothing_before_the_change_differs_if_only_new_work_is_reached() -> None:
    without, with_effect = world(CALM, 3), world(replace(CALM, effect=-0.5), 3)
    before = pl.col("entered_at").dt.date() < without.changed_on
    assert_frame_equal(without.items.filter(before), with_effect.items.filter(before))


def test_a_change_that_does_nothing_shows_nothing_in_a_large_calm_company() -> None:
    one = world(CALM, 3)
    apart = np.log(restricted_mean(one, is_mature=True) / restricted_mean(one, is_mature=False))
    assert one.true_effect == 0
    assert apart == pytest.approx(0, abs=0.03)


def test_every_cell_makes_a_world_of_its_own_name_and_nothing_ends_after_the_snapshot() -> None:
    every = [cell for cell in cells() if cell.is_null]
    assert len({cell.name for cell in cells()}) == len(list(cells()))
    for one in (world(cell, 1) for cell in every):
        assert one.true_effect == 0
        assert one.items.filter(pl.col("ended_at") >= one.as_of).is_empty()
        assert one.items.filter((pl.col("end") == 0) != pl.col("ended_at").is_null()).is_empty()
        assert set(one.items["team"]) <= {*one.treated, *one.comparison}


@pytest.mark.parametrize("family", ["ar", "arma", "average", "heavy"])
def test_shocks_have_the_standard_deviation_of_their_cell(family: Shocks) -> None:
    dice = np.random.default_rng(5)
    shocks = series(dice, family, 100_000, 0.6, 0.2)
    assert shocks.std() == pytest.approx(0.2, rel=0.1)


def test_what_is_tuned_on_is_not_what_is_judged_on() -> None:
    assert not set(SEEDS["tuning"]) & set(SEEDS["gate"])

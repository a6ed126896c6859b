"""Organisations in which the cause is known."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from scipy.special import logit

from benchmarks.attribution import SEEDS
from benchmarks.attribution_figures import VERDICTS, Outcome, rows_of, targets
from benchmarks.attribution_worlds import EXPOSURES, Cell, cells, world

CALM = Cell(
    "calm", "nothing", per_month=400, noise=0.1, shock=0.0, common=0.0, people=0.0, between=0.0
)


def test_equal_seeds_make_equal_worlds_and_others_do_not() -> None:
    cell = next(iter(cells()))
    one, same, other = world(cell, 7), world(cell, 7), world(cell, 8)
    assert_frame_equal(one.attempts, same.attempts)
    assert not one.attempts.equals(other.attempts)


def test_tuning_and_gate_have_no_seed_in_common() -> None:
    assert not set(SEEDS["tuning"]) & set(SEEDS["gate"])


def test_names_are_unique_and_every_cell_makes_a_world() -> None:
    every = list(cells())
    assert len({cell.name for cell in every}) == len(every)
    for cell in every:
        one = world(cell, 1)
        assert one.attempts["value"].is_finite().all()
        assert (one.cause is None) == (cell.planted in ("nothing", "rule", "joint decision"))


def test_holders_change_as_often_as_they_should() -> None:
    many = [
        world(replace(CALM, per_month=30), seed).attempts.unique(["team", side]).height / 10
        for seed in range(60)
        for side in ("sender", "receiver")
    ]
    assert np.mean(many) - 1 == pytest.approx(1.5, abs=0.2)


@pytest.mark.parametrize("is_binary", [False, True])
def test_what_is_planted_is_what_the_items_show(is_binary: bool) -> None:  # noqa: FBT001
    cell = replace(CALM, planted="rule and person", is_binary=is_binary, per_month=2000)
    one = world(cell, 3)
    met = pl.col("dor_size") == 1
    his = (pl.col("sender") == one.cause) | (pl.col("receiver") == one.cause)
    mean = one.attempts.group_by(met=met, his=his, kind="kind").agg(pl.col("value").mean())
    seen = {row[:3]: row[3] for row in mean.rows()}
    told = {key: logit(mean) if is_binary else mean for key, mean in seen.items()}
    usual = told[False, False, "feature"]
    assert told[True, False, "feature"] - usual == pytest.approx(1.0, abs=0.05)
    assert told[False, True, "feature"] - usual == pytest.approx(1.2, abs=0.05)
    if not is_binary:
        assert one.rule_excess == pytest.approx(one.attempts["dor_size"].mean())


def test_wrong_labels_are_as_many_as_were_asked_for() -> None:
    one = world(replace(CALM, wrong=0.15), 3)
    assert one.attempts["sender"].null_count() / one.attempts.height == pytest.approx(
        0.15 / 4, abs=0.005
    )
    assert set(EXPOSURES) <= set(one.attempts.columns)


def test_rows_count_verdicts_and_targets_say_what_is_met() -> None:
    usual = Outcome("cell", "nothing", True, "none", True, (), True, True, 100.0)
    found = [usual] * 98 + [replace(usual, verdict="individual", is_right=False)] * 3
    (row,) = rows_of(found)
    assert dict(zip(VERDICTS, row.counts, strict=True))["individual"] == row.wrong == 3
    (told,) = targets([row])
    assert told.startswith("MISSED")
    assert "3 of 101" in told
    assert next(targets(list(rows_of(found[:99])))).startswith("met")

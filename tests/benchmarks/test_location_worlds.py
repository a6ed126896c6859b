from dataclasses import fields
from functools import cache

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from benchmarks.location_cells import Cause, Cell
from benchmarks.location_core import SNAPSHOT
from benchmarks.location_judge import known
from benchmarks.location_noise import ADMIN, BOT, RENAMED
from benchmarks.location_policy import STAGES
from benchmarks.location_rivals import Known
from benchmarks.location_worlds import World, world
from pipelines.histories.replay import replay_mismatches
from roadworthy.stages.core_frames import Core

pytestmark = pytest.mark.slow

CLEAN = Cell("readiness", "full")
NOISY = Cell("readiness", "full", is_noisy=True)


@cache
def made(cell: Cell, seed: int = 7) -> World:
    return world(cell, seed)


@cache
def read(cell: Cell) -> Known:
    return known(made(cell))


def statuses(core: Core) -> pl.DataFrame:
    return core.field_changes.filter(pl.col("field") == "status")


def by(core: Core, who: str) -> pl.DataFrame:
    return core.field_changes.filter(pl.col("actor_id") == who)


def test_equal_seeds_make_equal_worlds_and_others_do_not() -> None:
    small = Cell("decision", "half", "half", is_noisy=True)
    one, same, other = (world(small, seed) for seed in (7, 7, 8))
    for field in fields(Core):
        assert_frame_equal(getattr(one.core, field.name), getattr(same.core, field.name))
    assert one.truth == same.truth
    assert not one.core.field_changes.equals(other.core.field_changes)


def test_a_noisy_log_is_that_of_the_same_items_with_the_same_truth() -> None:
    clean, noisy = made(CLEAN), made(NOISY)
    assert clean.truth == noisy.truth
    assert_frame_equal(
        clean.core.items.select("item_id", "created_at", "project"),
        noisy.core.items.select("item_id", "created_at", "project"),
    )


@pytest.mark.parametrize("cell", [CLEAN, NOISY])
def test_nothing_happens_before_the_creation_or_after_the_snapshot(cell: Cell) -> None:
    core = made(cell).core
    told = core.field_changes.join(core.items, on="item_id")
    assert told.filter(pl.col("changed_at") < pl.col("created_at")).is_empty()
    assert told.filter(pl.col("changed_at") > SNAPSHOT).is_empty()


def test_a_clean_log_agrees_with_what_is_shown() -> None:
    core = made(CLEAN).core
    assert replay_mismatches(core.field_changes, core.field_values).is_empty()
    assert core.field_changes.filter(pl.col("actor_id").is_in([ADMIN, BOT])).is_empty()


def test_the_product_reads_no_more_and_no_fewer_items_than_there_are() -> None:
    facts = read(CLEAN).facts
    assert facts.items.height == made(CLEAN).core.items.height
    assert set(facts.visits["stage"]) == {stage.name for stage in STAGES}
    assert set(facts.items["team"]) == {team.name for team in made(CLEAN).policy.teams}


def test_some_statuses_are_unknown_to_every_stage() -> None:
    to_text = statuses(made(NOISY).core)["to_text"]
    assert 0.02 < to_text.str.ends_with(RENAMED).mean() < 0.06  # type: ignore[operator]
    assert not statuses(made(CLEAN).core)["to_text"].str.ends_with(RENAMED).any()


def test_an_admin_moves_what_is_open_in_bulk() -> None:
    bulk = read(NOISY).facts.changes.filter("is_bulk")
    assert bulk["actor_id"].unique().to_list() == [ADMIN]
    assert set(bulk["field"]) == {"status", "description"}
    assert read(CLEAN).facts.changes.filter("is_bulk").is_empty()


def test_some_histories_have_lost_their_beginning() -> None:
    def first(core: Core) -> pl.DataFrame:
        moves = statuses(core).filter(~pl.col("from_text").str.ends_with(RENAMED))
        return moves.sort("sequence").group_by("item_id").first()

    clean, noisy = (first(made(cell).core) for cell in (CLEAN, NOISY))
    assert (clean["from_text"] == "Shaping").all()
    assert 0.03 < (noisy["from_text"] != "Shaping").mean() < 0.15  # type: ignore[operator]


def test_clocks_differ_by_minutes() -> None:
    keys = ["item_id", "field", "to_text", "actor_id"]
    told = [made(cell).core.field_changes.unique(keys, keep="none") for cell in (CLEAN, NOISY)]
    apart = (
        told[0]
        .join(told[1], on=keys)
        .select(
            minutes=(pl.col("changed_at_right") - pl.col("changed_at")).dt.total_seconds() / 60
        )["minutes"]
    )
    assert 1 < apart.abs().median() < 5  # type: ignore[operator]
    assert apart.abs().quantile(0.9) < 10  # type: ignore[operator]


def test_a_bot_edits_and_people_click_on_the_wrong_status_and_back() -> None:
    core = made(NOISY).core
    assert by(core, BOT)["item_id"].n_unique() > 0.2 * core.items.height
    ordered = statuses(core).sort("item_id", "sequence")
    back = ordered.filter(
        (pl.col("from_text").shift(1) == pl.col("to_text"))
        & (pl.col("item_id").shift(1) == pl.col("item_id"))
        & (pl.col("changed_at") - pl.col("changed_at").shift(1) < pl.duration(minutes=5))
    )
    assert back.height > 20


def test_some_people_have_a_role_that_is_not_theirs() -> None:
    def wrong(core: Core) -> float:
        role = pl.col("actor_id").str.split("-").list.first()
        return float(core.actor_roles.select((role != pl.col("role")).mean()).item())

    assert wrong(made(CLEAN).core) == 0
    assert wrong(made(NOISY).core) == pytest.approx(0.15, abs=0.02)


@pytest.mark.parametrize("cause", ["readiness", "scope", "capacity"])
def test_a_large_cause_takes_days_in_the_component_that_names_it(cause: Cause) -> None:
    words = {
        "readiness": "rework:Decide->Ready for Dev",
        "scope": "scope_rework",
        "capacity": "queue:Ready for Dev",
    }
    assert read(Cell(cause, "full")).days()[words[cause]] > 2

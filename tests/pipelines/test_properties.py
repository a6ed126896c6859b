"""What must hold of visits, handoffs and promises, whatever happened to the items."""

import polars as pl
import pytest

from pipelines.histories.replay import replay_mismatches
from tests.pipelines.generated import World, core_of
from tests.pipelines.laws import facts_of, for_any_world

pytestmark = pytest.mark.xdist_group("generated organisations")

_HOUR_US = 3_600_000_000


# --- visits ------------------------------------------------------------------------


@for_any_world
def test_visits_partition_each_life(world: World) -> None:
    facts = facts_of(world.organisation)
    lives = facts.items.select("item_id", "born_at", snapshot="observed_until")
    visits = facts.visits.sort("item_id", "visit_number").join(
        lives, on="item_id", maintain_order="left"
    )
    before = pl.col("left_at").shift(1).over("item_id").fill_null(pl.col("born_at"))
    is_last = pl.int_range(pl.len()).over("item_id") == pl.len().over("item_id") - 1
    length = (pl.col("elapsed_hours") * _HOUR_US).round().cast(pl.Int64)
    life = (pl.col("snapshot") - pl.col("born_at")).dt.total_microseconds()

    assert visits.filter(pl.col("entered_at") != before).is_empty()
    assert visits.filter(is_last != pl.col("is_open")).is_empty()
    assert visits.filter(is_last != pl.col("left_at").is_null()).is_empty()
    assert visits.filter(length.sum().over("item_id") != life).is_empty()
    assert visits["item_id"].n_unique() == facts.items.height


@for_any_world
def test_a_visit_never_follows_one_in_the_same_stage(world: World) -> None:
    visits = facts_of(world.organisation).visits.sort("item_id", "visit_number")
    here = pl.struct("stage", "stage_kind")

    assert visits.filter((here == here.shift(1)).over("item_id")).is_empty()


# --- handoffs ----------------------------------------------------------------------


@for_any_world
def test_a_verdict_comes_with_or_after_the_handoff_or_not_at_all(world: World) -> None:
    handoffs = facts_of(world.organisation).handoffs
    undecided = pl.col("verdict") == "undecided"

    assert handoffs.filter(pl.col("verdict_at") < pl.col("handed_at")).is_empty()
    assert handoffs.filter(undecided != pl.col("verdict_at").is_null()).is_empty()
    assert handoffs.filter(undecided != pl.col("watched_until").is_not_null()).is_empty()
    assert handoffs.filter(pl.col("late_return_at") < pl.col("verdict_at")).is_empty()


@for_any_world
def test_attempts_on_a_pair_of_stages_are_numbered_one_by_one(world: World) -> None:
    handoffs = facts_of(world.organisation).handoffs.sort("item_id", "step")
    numbers = handoffs.group_by("item_id", "from_stage", "to_stage").agg("attempt")

    for attempts in numbers["attempt"].to_list():
        assert attempts == list(range(1, len(attempts) + 1))


@for_any_world
def test_every_rejection_and_nothing_else_has_rework(world: World) -> None:
    handoffs = facts_of(world.organisation).handoffs
    rejected = pl.col("verdict") == "rejected"

    assert handoffs.filter(rejected != pl.col("rework_hours").is_not_null()).is_empty()
    assert handoffs.filter(rejected != pl.col("rework_touch_hours").is_not_null()).is_empty()


# --- commitments -------------------------------------------------------------------


@for_any_world
def test_the_net_slip_is_what_was_slipped_less_what_was_pulled_in(world: World) -> None:
    facts = facts_of(world.organisation)
    # A date taken away and given anew, or moved and moved back, moves without a slip.
    jumps = facts.date_moves.filter(
        pl.col("is_after_commitment") & pl.col("move").is_in(["set", "clear", "correction"])
    )
    plain = facts.commitments.filter(pl.col("committed_at").is_not_null()).join(
        jumps, on="subject_id", how="anti"
    )

    net = pl.col("gross_slip_days") - pl.col("pull_in_days")
    assert plain.filter(pl.col("net_slip_days") != net).is_empty()


@for_any_world
def test_on_time_means_shipped_and_a_promise(world: World) -> None:
    ledger = facts_of(world.organisation).commitments

    assert ledger.filter("is_on_time").filter(pl.col("shipped_at").is_null()).is_empty()
    judged = pl.col("is_on_time").is_not_null()
    assert ledger.filter(judged & pl.col("committed_at").is_null()).is_empty()
    assert ledger.filter(pl.col("committed_at").is_null() & (pl.col("slip_count") > 0)).is_empty()


@for_any_world
def test_a_promise_kept_and_never_moved_is_no_silent_miss(world: World) -> None:
    facts = facts_of(world.organisation)
    never_moved = facts.date_moves.select("subject_id")

    kept = facts.commitments.filter("is_on_time").join(never_moved, on="subject_id", how="anti")
    assert not kept["is_silent_miss"].any()


# --- replay ------------------------------------------------------------------------


@for_any_world
def test_a_history_that_is_whole_replays_to_the_present(world: World) -> None:
    core = core_of(world.organisation)

    assert replay_mismatches(core.field_changes, core.field_values).is_empty()


@for_any_world
def test_a_value_changed_without_a_history_is_found(world: World) -> None:
    core = core_of(world.organisation)
    single = core.field_changes.filter(~pl.col("is_member")).join(
        core.field_values.filter(pl.col("position") == 1), on=["item_id", "field"], how="semi"
    )
    histories = single.select("item_id", "field").unique(maintain_order=True).rows()
    item_id, field = histories[world.number % len(histories)]
    there = (pl.col("item_id") == item_id) & (pl.col("field") == field)
    corrupted = core.field_values.filter(~there | (pl.col("position") == 1)).with_columns(
        pl.when(there).then(pl.lit(None)).otherwise("value_id").alias("value_id"),
        pl.when(there).then(pl.lit("something else")).otherwise("value_text").alias("value_text"),
    )

    found = replay_mismatches(core.field_changes, corrupted)
    assert found.select("item_id", "field", "present").rows() == [
        (item_id, field, "something else")
    ]


@for_any_world
def test_a_history_whose_end_is_lost_is_found(world: World) -> None:
    core = core_of(world.organisation)
    field = ["item_id", "field"]
    single = core.field_changes.filter(~pl.col("is_member")).join(
        core.field_values, on=field, how="semi"
    )
    ends = single.filter(pl.len().over(field) > 1).group_by(field).last().sort(field)
    if ends.is_empty():
        return
    lost = ends.row(world.number % ends.height, named=True)
    kept = core.field_changes.filter(
        (pl.col("item_id") != lost["item_id"]) | (pl.col("sequence") != lost["sequence"])
    )

    found = replay_mismatches(kept, core.field_values)
    assert found.select(field).rows() == [(lost["item_id"], lost["field"])]

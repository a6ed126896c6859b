"""What must hold of dates, releases, sprints and the doors of intake, whatever happened."""

import polars as pl
import pytest

from tests.pipelines.generated import World
from tests.pipelines.laws import facts_of, for_any_world

pytestmark = pytest.mark.xdist_group("generated organisations")


@for_any_world
def test_a_move_is_named_after_the_way_it_goes(world: World) -> None:
    moves = facts_of(world.organisation).date_moves
    move, days = pl.col("move"), pl.col("days")
    both = pl.col("from_on").is_not_null() & pl.col("to_on").is_not_null()

    assert moves.filter(both != days.is_not_null()).is_empty()
    assert moves.filter(days != (pl.col("to_on") - pl.col("from_on")).dt.total_days()).is_empty()
    assert moves.filter((move == "slip") & ~(days > 0)).is_empty()
    assert moves.filter((move == "pull_in") & ~(days < 0)).is_empty()
    assert moves.filter((move == "set") & pl.col("from_on").is_not_null()).is_empty()
    is_away = move.is_in(["clear", "correction"]) & pl.col("to_on").is_null()
    assert moves.filter(is_away != pl.col("to_on").is_null()).is_empty()
    assert moves.filter((move == "clear") & pl.col("to_on").is_not_null()).is_empty()


@for_any_world
def test_the_ledger_is_the_sum_of_the_moves(world: World) -> None:
    facts = facts_of(world.organisation)
    days, move = pl.col("days"), pl.col("move")
    counted = facts.date_moves.filter(
        pl.col("is_after_commitment") & ~pl.col("is_bulk") & (move != "correction")
    )
    is_dated = move.is_in(["slip", "pull_in", "retarget"])
    sums = counted.group_by("subject_id").agg(
        slips=(((days > 0) & is_dated) | (move == "clear")).sum(),
        later=days.filter(is_dated & (days > 0)).sum(),
        sooner=-days.filter(is_dated & (days < 0)).sum(),
    )

    ledger = facts.commitments.join(sums, on="subject_id", how="left").fill_null(0)
    for told, summed in (
        ("slip_count", "slips"),
        ("gross_slip_days", "later"),
        ("pull_in_days", "sooner"),
    ):
        assert ledger.filter(pl.col(told) != pl.col(summed)).is_empty()


@for_any_world
def test_every_release_that_had_a_date_has_a_drift(world: World) -> None:
    facts = facts_of(world.organisation)
    promised = facts.commitments.filter(
        (pl.col("subject_kind") == "release") & pl.col("committed_at").is_not_null()
    )
    drift = facts.forecast_drift

    assert sorted(drift["subject_id"]) == sorted(promised["subject_id"])
    assert drift.filter((pl.col("points") < 3) != pl.col("drift_rate").is_null()).is_empty()
    assert drift.filter((pl.col("points") < 9) & pl.col("convergence").is_not_null()).is_empty()
    assert drift.filter(
        pl.col("shipped_at").is_null() & pl.col("estimating_quality").is_not_null()
    ).is_empty()
    assert drift.filter(pl.col("estimating_quality") <= 0).is_empty()


@for_any_world
def test_what_went_out_of_a_scope_had_been_committed(world: World) -> None:
    facts = facts_of(world.organisation)
    scopes, whole = facts.scope_injection, facts.items.filter(~pl.col("is_subtask")).height
    committed, injected = pl.col("committed_items"), pl.col("injected_items")

    assert scopes.filter(pl.col("removed_items") > committed).is_empty()
    assert scopes.filter(committed + injected > whole).is_empty()
    assert scopes.filter(pl.col("committed_at") > pl.col("ended_at")).is_empty()
    assert scopes.filter(pl.col("removed_points") > pl.col("committed_points")).is_empty()
    is_empty = committed == 0
    for share in ("injected_share", "removed_share"):
        assert scopes.filter(is_empty != pl.col(share).is_null()).is_empty()


@for_any_world
def test_whatever_was_built_came_in_by_a_door_or_by_none(world: World) -> None:
    facts = facts_of(world.organisation)
    whole = facts.items.filter(~pl.col("is_subtask")).select("item_id", "kind")
    built = facts.visits.filter(pl.col("stage").is_in(["Build", "Trial"])).join(
        whole, on="item_id", how="semi"
    )
    first = built.group_by("item_id").agg(pl.col("entered_at").min()).sort("item_id")

    tickets = facts.intake.join(whole.filter(pl.col("kind") == "ticket"), on="item_id", how="semi")
    assert tickets.select("item_id", "entered_build_at").rows() == first.rows()
    assert facts.intake["is_bypass"].null_count() == 0
    pulls = facts.intake.join(tickets, on="item_id", how="anti")
    assert pulls["is_bypass"].all()


@for_any_world
def test_who_was_in_intake_is_no_bypass(world: World) -> None:
    facts = facts_of(world.organisation)
    at_door = facts.visits.filter(pl.col("stage").is_in(["Steering", "Intake"]))

    passed = facts.intake.filter("is_bypass").join(at_door, on="item_id")
    assert passed.filter(pl.col("entered_at") < pl.col("entered_build_at")).is_empty()

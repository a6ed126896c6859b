"""Where building begins, by which doors it is reached, and when an item entered it."""

from typing import Any

import polars as pl

from pipelines.scope.build_entries import accepted_items, build_entries, build_flows, with_doors
from tests.pipelines.core_shapes import SHAPES
from tests.pipelines.frames import INSTANT, Row, at, frame

STAGE: dict[str, Any] = {
    **dict.fromkeys(("scope", "project", "stage", "stage_kind", "owner_role"), pl.String),
    "stage_rank": pl.Int32,
}
VISIT: dict[str, Any] = {
    **STAGE,
    **dict.fromkeys(("item_id", "kind"), pl.String),
    **dict.fromkeys(("visit_number", "group_end"), pl.Int32),
    "entered_at": INSTANT,
}
IDEA = {"stage": "Idea", "stage_kind": "queue", "owner_role": "product", "stage_rank": 0}
DECISION = {"stage": "Decision", "stage_kind": "decision", "owner_role": "lead", "stage_rank": 1}
READY = {"stage": "Ready", "stage_kind": "queue", "owner_role": "engineering", "stage_rank": 2}
BUILD = {"stage": "Build", "stage_kind": "active", "owner_role": "engineering", "stage_rank": 3}
TEST = {"stage": "Test", "stage_kind": "active", "owner_role": "quality", "stage_rank": 4}
DONE = {"stage": "Done", "stage_kind": "done", "stage_rank": 5}
ON_HOLD = {"stage": "On hold", "stage_kind": "parked", "stage_rank": 6}
DROPPED = {"stage": "Dropped", "stage_kind": "dropped", "stage_rank": 7}
ALL = (IDEA, DECISION, READY, BUILD, TEST, DONE, ON_HOLD, DROPPED)


def walk(*stages: Row, **said: Any) -> pl.DataFrame:
    """The visits of one ticket of project PAY, one a day from 2 January on."""
    usual = {"item_id": "a", "kind": "ticket", "scope": "acme/ticket", "project": "PAY"}
    stays = (
        {**usual, **stage, "visit_number": day, "group_end": 10 * day}
        | {"entered_at": at(f"2026-01-{day + 1:02}"), **said}
        for day, stage in enumerate(stages, start=1)
    )
    return frame(*stays, **VISIT)


def flows(
    *stages: Row, visits: pl.DataFrame | None = None, guarded: str | None = None, rank: int = 3
) -> pl.DataFrame:
    return build_flows(
        walk(IDEA) if visits is None else visits,
        frame(*({"scope": "acme/ticket", **stage} for stage in stages), **STAGE),
        frame({"scope": "acme/ticket", "commit_rank": rank}, scope=pl.String, commit_rank=pl.Int32),
        guarded_stage=guarded,
    )


def doors(*stages: Row, guarded: str | None = None, rank: int = 3) -> list[str]:
    [flow] = flows(*stages, guarded=guarded, rank=rank).to_dicts()
    found: list[str] = flow["intake_stages"]
    return found


def test_the_doors_are_decisions_and_the_guarded_stage_before_build() -> None:
    assert doors(*ALL) == ["Decision"]
    assert doors(*ALL, guarded="Ready") == ["Decision", "Ready"]


def test_a_guarded_stage_at_or_behind_the_beginning_of_build_is_no_door() -> None:
    assert doors(IDEA, BUILD, TEST, guarded="Build") == []
    assert doors(IDEA, BUILD, TEST, guarded="Test") == []


def test_without_a_gate_the_queue_of_those_who_build_is_the_door() -> None:
    assert doors(IDEA, READY, BUILD, TEST) == ["Ready"]


def test_a_queue_of_somebody_else_is_no_door() -> None:
    assert doors(IDEA, BUILD, TEST) == []


def test_build_begins_at_the_first_active_stage_at_or_after_the_commit_stage() -> None:
    [flow] = flows(*ALL, rank=2).to_dicts()
    assert (flow["build_rank"], flow["build_owner"]) == (3, "engineering")


def test_a_stage_of_other_projects_is_no_door_of_this_one() -> None:
    assert doors({**DECISION, "project": "WEB"}, READY, BUILD) == ["Ready"]
    assert doors({**DECISION, "project": "PAY"}, READY, BUILD) == ["Decision"]


def test_a_stage_that_only_a_label_gives_is_known_from_the_visits() -> None:
    [flow] = flows(BUILD, visits=walk(DECISION, BUILD)).to_dicts()
    assert flow["intake_stages"] == ["Decision"]


def test_a_flow_without_active_work_has_no_build() -> None:
    assert flows(IDEA, DECISION, DONE).is_empty()


def entries(*stages: Row, is_subtask: bool = False) -> list[tuple[Any, ...]]:
    items = frame({"item_id": "a", "is_subtask": is_subtask}, **SHAPES["items"])
    found = build_entries(walk(*stages), items, flows(*ALL))
    return found.select("entered_build_at", "visit_number", "group_end", "build_owner").rows()


def test_an_item_enters_build_at_its_first_stay_there() -> None:
    found = entries(IDEA, READY, BUILD, IDEA, BUILD)
    assert found == [(at("2026-01-04"), 3, 30, "engineering")]


def test_a_jump_to_later_work_enters_build_too() -> None:
    assert entries(IDEA, TEST) == [(at("2026-01-03"), 2, 20, "engineering")]


def test_parked_done_and_dropped_are_no_entry() -> None:
    assert entries(IDEA, ON_HOLD, DONE, DROPPED) == []


def test_an_item_created_in_build_entered_it_then() -> None:
    assert entries(BUILD) == [(at("2026-01-02"), 1, 10, "engineering")]


def test_a_sub_task_enters_nothing_of_its_own() -> None:
    assert entries(IDEA, BUILD, is_subtask=True) == []


def accepted(*stages: Row) -> list[Any]:
    return accepted_items(walk(*stages), flows(*ALL))["accepted_at"].to_list()


def test_an_item_is_accepted_when_it_goes_on_from_a_door() -> None:
    assert accepted(IDEA, DECISION, READY, BUILD) == [at("2026-01-04")]


def test_an_item_that_waits_at_a_door_or_is_sent_back_is_not_accepted() -> None:
    assert accepted(IDEA, DECISION) == []
    assert accepted(IDEA, DECISION, IDEA, DECISION) == []


def test_an_item_that_went_on_to_another_door_still_waits() -> None:
    guarded = flows(*ALL, guarded="Ready")
    waits, went_on = walk(IDEA, DECISION, READY), walk(IDEA, DECISION, READY, BUILD)

    assert accepted_items(waits, guarded).is_empty()
    assert accepted_items(went_on, guarded)["accepted_at"].to_list() == [at("2026-01-05")]


def test_a_door_is_one_of_the_flow_in_which_the_item_was_then() -> None:
    elsewhere = walk(DECISION, project="WEB").with_columns(visit_number=pl.lit(9, pl.Int32))
    found = with_doors(pl.concat([walk(IDEA, DECISION), elsewhere]), flows(*ALL))

    assert found.select("stage", "project", "is_door").rows() == [
        ("Idea", "PAY", False),
        ("Decision", "PAY", True),
        ("Decision", "WEB", False),
    ]


def test_an_item_that_is_parked_or_dropped_at_a_door_is_not_accepted() -> None:
    assert accepted(IDEA, DECISION, ON_HOLD) == []
    assert accepted(IDEA, DECISION, DROPPED) == []


def test_an_item_that_was_at_no_door_is_not_accepted() -> None:
    assert accepted(IDEA, BUILD, DONE) == []

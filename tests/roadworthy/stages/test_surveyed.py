"""What a survey is shown: what tells it the same, once, however many tickets there are."""

from dataclasses import replace

import polars as pl

from roadworthy.stages.core_frames import Core
from roadworthy.stages.surveyed import placed_items, telling_changes, telling_values
from tests.pipelines.core_shapes import SHAPES
from tests.pipelines.frames import Row, at, frame
from tests.pipelines.generated_policy import POLICY

TICKETS = ("A-1", "A-2", "A-3")


def core() -> Core:
    """Three tickets of a Jira, each created on Monday and seen on Friday."""
    lived = {"created_at": at("2026-03-02"), "observed_until": at("2026-03-06")}
    tickets = [
        {"item_id": ticket, "source": "acme", "kind": "ticket", **lived} for ticket in TICKETS
    ]
    shapes = {name: pl.DataFrame(schema=shape) for name, shape in SHAPES.items()}
    return Core(
        **{
            **shapes,
            "items": frame(*tickets, **SHAPES["items"]),
            "sources": frame({"source": "acme", "tracker": "jira"}, **SHAPES["sources"]),
        }
    )


def moved(ticket: str, to: str, day: str = "2026-03-03") -> Row:
    return {
        "item_id": ticket,
        "sequence": 1,
        "field": "status",
        "from_text": "Idea",
        "to_text": to,
        "changed_at": at(day),
    }


def told(*moves: Row, declared: bool = True) -> list[tuple[str, str]]:
    seen = core()
    policy = POLICY if declared else replace(POLICY, stages=())
    changes = frame(*moves, **SHAPES["field_changes"])
    left = telling_changes(changes, placed_items(seen), seen, policy)
    return sorted(left.select("item_id", "to_text").unique().rows())


def test_the_same_move_of_three_tickets_tells_once() -> None:
    assert told(*(moved(ticket, "Ready") for ticket in TICKETS)) == [("A-1", "Ready")]


def test_another_move_tells_something_else() -> None:
    moves = moved("A-1", "Ready"), moved("A-2", "Ready"), moved("A-3", "Done")

    assert told(*moves) == [("A-1", "Ready"), ("A-3", "Done")]


def test_a_move_after_the_snapshot_does_not_stand_for_one_before_it() -> None:
    moves = moved("A-1", "Ready", day="2026-03-07"), moved("A-2", "Ready")

    assert told(*moves) == [("A-2", "Ready")]


def test_where_stages_are_proposed_the_way_of_each_ticket_tells() -> None:
    moves = [moved(ticket, "Ready") for ticket in TICKETS]

    assert told(*moves, declared=False) == [(ticket, "Ready") for ticket in TICKETS]


def test_a_value_that_three_tickets_show_tells_once() -> None:
    shown = {"field": "labels", "position": 1, "value_text": "ui"}
    values = [{"item_id": ticket, **shown} for ticket in TICKETS]
    second = {"item_id": "A-3", **shown, "position": 2}

    left = telling_values(frame(*values, second, **SHAPES["field_values"]), placed_items(core()))

    assert left.select("item_id", "position").rows() == [("A-1", 1), ("A-3", 2)]

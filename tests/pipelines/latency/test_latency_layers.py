"""What lays claim to the time of an item: its stages, flags, rejections and changes of scope."""

from typing import Any

import polars as pl
import pytest

from pipelines.latency.latency_layers import LAYERS, layers
from tests.pipelines.frames import INSTANT, Row, at, frame

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (f"2026-03-0{day}" for day in range(2, 7))
ENDED = at("2026-03-20")
_VISIT = {"visit_number": 2, "stage": "Build", "entered_at": at(MONDAY), "until": at(TUESDAY)}


def claims(
    *,
    visits: tuple[Row, ...] = (),
    flags: tuple[Row, ...] = (),
    decisions: tuple[Row, ...] = (),
    rejections: tuple[Row, ...] = (),
    scope_reworks: tuple[Row, ...] = (),
    clock_from: str = MONDAY,
) -> pl.DataFrame:
    """The layers of one item."""
    item = {"item_id": "PAY-1"}
    text, instants = dict.fromkeys(("item_id", "stage", "stage_kind"), pl.String), INSTANT
    return layers(
        frame(
            {**item, "clock_from": at(clock_from), "ended_at": ENDED},
            item_id=pl.String,
            **dict.fromkeys(("clock_from", "ended_at"), instants),
        ),
        visits=frame(
            *({**item, **_VISIT, **visit} for visit in visits),
            **text,
            status_text=pl.String,
            visit_number=pl.Int32,
            **dict.fromkeys(("entered_at", "until"), instants),
        ),
        flags=frame(
            *({**item, "raised_at": at(MONDAY), **flag} for flag in flags),
            **dict.fromkeys(("item_id", "flag", "waits_for", "decision_right"), pl.String),
            **dict.fromkeys(("raised_at", "lifted_at"), instants),
        ),
        decisions=frame(
            *({**item, "channel": "flag", "requested_at": at(MONDAY), **one} for one in decisions),
            **dict.fromkeys(("item_id", "channel", "decision_right"), pl.String),
            **dict.fromkeys(("requested_at", "decided_at"), instants),
        ),
        handoffs=frame(
            *({**item, "rework_until": ENDED, **rejection} for rejection in rejections),
            **dict.fromkeys(("item_id", "verdict", "from_stage", "to_stage"), pl.String),
            **dict.fromkeys(("verdict_at", "rework_until"), instants),
        ),
        scope_reworks=frame(
            *({**item, **one} for one in scope_reworks),
            item_id=pl.String,
            **dict.fromkeys(("since", "until"), instants),
        ),
    )


def told(found: pl.DataFrame) -> list[tuple[Any, ...]]:
    """Component, since and until of the only item."""
    return found.select("component", "since", "until").rows()


@pytest.mark.parametrize(
    ("kind", "component"),
    [
        ("queue", "queue:Build"),
        ("active", "touch:Build"),
        ("decision", "decision_wait:Build"),
        ("approval", "approval_wait:Build"),
        ("external", "external"),
        ("parked", "parked"),
        ("done", "parked"),
        ("dropped", "parked"),
    ],
)
def test_a_stage_of_each_kind_has_its_component(kind: str, component: str) -> None:
    found = claims(visits=({"stage_kind": kind},))

    assert told(found) == [(component, at(MONDAY), at(TUESDAY))]


def test_a_status_mapped_to_no_stage_is_named() -> None:
    found = claims(visits=({"stage": "Limbo", "stage_kind": None, "status_text": "Limbo"},))

    assert found["component"].to_list() == ["unmapped:Limbo"]


def test_a_clock_that_started_earlier_belongs_to_the_first_stage() -> None:
    first = {"stage_kind": "queue", "visit_number": 1, "entered_at": at(WEDNESDAY)}
    second = {"stage_kind": "active", "entered_at": at(THURSDAY), "until": at(FRIDAY)}
    found = claims(visits=({**first, "until": at(THURSDAY)}, second), clock_from=TUESDAY)

    assert told(found) == [
        ("queue:Build", at(TUESDAY), at(THURSDAY)),
        ("touch:Build", at(THURSDAY), at(FRIDAY)),
    ]


def test_a_first_stage_that_began_before_the_clock_began_when_it_did() -> None:
    found = claims(visits=({"stage_kind": "queue", "visit_number": 1},), clock_from=TUESDAY)

    assert found["since"].to_list() == [at(MONDAY)]


def test_a_flag_for_a_decision_is_a_wait_for_its_right() -> None:
    asked = {"waits_for": "decision", "decision_right": "date", "lifted_at": at(FRIDAY)}

    assert told(claims(flags=(asked,))) == [("decision_wait:date", at(MONDAY), at(FRIDAY))]


def test_what_a_flag_asked_for_and_was_given_is_waited_for_no_longer() -> None:
    asked = {"waits_for": "decision", "decision_right": "date", "lifted_at": at(FRIDAY)}
    given = {"decision_right": "date", "decided_at": at(TUESDAY)}
    for decisions, until in (
        ((given,), TUESDAY),
        (({**given, "decided_at": None},), FRIDAY),
        (({**given, "decision_right": "priority"},), FRIDAY),
        (({**given, "channel": "stage"},), FRIDAY),
        (({**given, "requested_at": at(TUESDAY)},), FRIDAY),
        ((given, {**given, "decided_at": at(THURSDAY)}), THURSDAY),
    ):
        found = claims(flags=(asked,), decisions=decisions)
        assert told(found) == [("decision_wait:date", at(MONDAY), at(until))]


def test_a_decision_does_not_end_a_block_from_outside() -> None:
    blocked = {"waits_for": "external", "decision_right": "date", "lifted_at": at(FRIDAY)}
    given = {"decision_right": "date", "decided_at": at(TUESDAY)}

    assert told(claims(flags=(blocked,), decisions=(given,))) == [
        ("external", at(MONDAY), at(FRIDAY))
    ]


def test_a_flag_for_somebody_outside_blocks_to_the_end_while_it_is_raised() -> None:
    blocked = {"waits_for": "external", "flag": "Flagged", "decision_right": "Flagged"}

    assert told(claims(flags=(blocked,))) == [("external", at(MONDAY), ENDED)]


def test_a_rejection_lays_claim_until_the_next_acceptance() -> None:
    sent_back = {"verdict": "rejected", "from_stage": "Build", "to_stage": "Test"}
    found = claims(
        rejections=(
            {**sent_back, "verdict_at": at(TUESDAY), "rework_until": at(FRIDAY)},
            {**sent_back, "verdict": "recalled", "verdict_at": at(MONDAY)},
        )
    )

    assert told(found) == [("rework:Build->Test", at(TUESDAY), at(FRIDAY))]


def test_a_change_of_scope_lays_claim_for_as_long_as_it_is_worked_in() -> None:
    found = claims(scope_reworks=({"since": at(TUESDAY), "until": at(FRIDAY)},))

    assert told(found) == [("scope_rework", at(TUESDAY), at(FRIDAY))]


def test_claims_are_ranked_by_what_holds_the_work_up_most() -> None:
    stages = ("parked", "active", "queue", "approval", "decision", "external")
    found = claims(
        visits=(*({"stage_kind": kind} for kind in stages), {"stage_kind": None}),
        rejections=(
            {"verdict": "rejected", "from_stage": "A", "to_stage": "B", "verdict_at": at(MONDAY)},
        ),
        scope_reworks=({"since": at(MONDAY), "until": at(TUESDAY)},),
    )

    assert [name.partition(":")[0] for name in found.sort("precedence")["component"]] == [
        *("external", "decision_wait", "approval_wait", "rework", "scope_rework"),
        *("queue", "touch", "parked", "unmapped"),
    ]


def test_no_claims_make_an_empty_frame_of_the_same_columns() -> None:
    assert claims().schema == LAYERS

"""Accepted work that came back because somebody had changed what was wanted."""

from typing import Any

import polars as pl
import pytest

from pipelines.histories.field_names import SCOPE_FIELDS
from pipelines.latency.scope_rework import scope_rework_intervals
from tests.pipelines.frames import INSTANT, Row, at, frame

ACCEPTED, EDITED, RETURNED, AGAIN = (f"2026-03-0{day}" for day in range(2, 6))
ENDED = at("2026-03-20")


def attempts(*rows: Row) -> pl.DataFrame:
    """An accepted attempt that came back, unless a row says otherwise, and those after it."""
    usual = {"item_id": "PAY-1", "from_role": "product", "to_role": "engineering", "from_rank": 1}
    first = {"verdict": "accepted", "verdict_at": at(ACCEPTED), "late_return_at": at(RETURNED)}
    return frame(
        *(
            {
                **usual,
                **(first if step == 0 else {}),
                "step": 4 * step,
                "verdict_step": 4 * step + 1,
                "late_return_step": 4 * step + 2,
                "ended_at": ENDED,
                **row,
            }
            for step, row in enumerate(rows)
        ),
        **dict.fromkeys(("item_id", "from_role", "to_role", "verdict"), pl.String),
        **dict.fromkeys(("step", "verdict_step", "late_return_step", "from_rank"), pl.Int32),
        **dict.fromkeys(("verdict_at", "late_return_at", "ended_at"), INSTANT),
    )


def edit(when: str = EDITED, field: str = "description", group_end: int = 5, **more: Any) -> Row:
    by = {"item_id": "PAY-1", "actor_role": "product", "is_bulk": False}
    return {**by, "changed_at": at(when), "field": field, "group_end": group_end, **more}


def spans(handoffs: pl.DataFrame, *edits: Row, over: tuple[Row, ...] = ()) -> list[tuple[Any, ...]]:
    """When the item was in scope rework; the click that brought it back is number 7."""
    changes = frame(
        *edits,
        **dict.fromkeys(("item_id", "field", "field_id", "actor_role"), pl.String),
        changed_at=INSTANT,
        group_end=pl.Int32,
        is_bulk=pl.Boolean,
    )
    # The return, and a visit after it at the same instant that leads on.
    visits = frame(
        {"item_id": "PAY-1", "stage_rank": 1, "entered_at": at(RETURNED), "group_end": 7},
        {"item_id": "PAY-1", "stage_rank": 2, "entered_at": at(RETURNED), "group_end": 9},
        *({"item_id": "PAY-1", "stage_rank": 9, **one} for one in over),
        **dict.fromkeys(("item_id", "stage_kind"), pl.String),
        stage_rank=pl.Int32,
        entered_at=INSTANT,
        group_end=pl.Int32,
    )
    found = scope_rework_intervals(handoffs, changes, visits)
    return found.select("since", "until").rows()


ACCEPTED_AGAIN = {"verdict": "accepted", "verdict_at": at(AGAIN)}
BETWEEN_THE_TWO = [(at(RETURNED), at(AGAIN))]


@pytest.mark.parametrize("field", SCOPE_FIELDS)
def test_a_return_after_an_edit_of_the_scope_is_scope_rework(field: str) -> None:
    assert spans(attempts({}, ACCEPTED_AGAIN), edit(field=field.lower())) == BETWEEN_THE_TWO


def test_a_return_without_an_edit_of_the_scope_is_none() -> None:
    assert spans(attempts({}, ACCEPTED_AGAIN), edit(field="priority")) == []


@pytest.mark.parametrize("editor", [{"actor_role": "bot"}, {"is_bulk": True}])
def test_an_edit_by_a_bot_or_in_bulk_is_nobodys_change_of_mind(editor: Row) -> None:
    assert spans(attempts({}, ACCEPTED_AGAIN), edit(**editor)) == []


@pytest.mark.parametrize(
    ("when", "group_end", "counts"),
    [
        ("2026-03-01", 2, False),
        (ACCEPTED, 3, False),
        (EDITED, 5, True),
        (RETURNED, 7, True),
        (RETURNED, 8, False),
        ("2026-03-05", 10, False),
    ],
    ids=[
        "before the acceptance",
        "at the acceptance",
        "between acceptance and return",
        "with the click of the return",
        "at the instant of the return, in a later click",
        "after the return",
    ],
)
def test_the_edit_lies_between_acceptance_and_return(
    when: str, group_end: int, *, counts: bool
) -> None:
    found = spans(attempts({}, ACCEPTED_AGAIN), edit(when, group_end=group_end))

    assert found == (BETWEEN_THE_TWO if counts else [])


def test_work_not_accepted_again_is_done_over_to_the_end() -> None:
    other_roles = {**ACCEPTED_AGAIN, "from_role": "engineering", "to_role": "quality"}
    rejected = {"verdict": "rejected", "verdict_at": at(AGAIN)}

    assert spans(attempts({}, rejected, other_roles), edit()) == [(at(RETURNED), ENDED)]


def test_work_that_never_came_back_is_not_done_over() -> None:
    assert spans(attempts({"late_return_at": None}, ACCEPTED_AGAIN), edit()) == []


def test_two_attempts_that_came_back_together_are_one_stretch_of_work() -> None:
    both = {"verdict": "accepted", "verdict_at": at(ACCEPTED), "late_return_at": at(RETURNED)}

    found = spans(attempts({}, both, ACCEPTED_AGAIN), edit())
    assert found == BETWEEN_THE_TWO


@pytest.mark.parametrize("kind", ["done", "dropped"])
def test_scope_rework_ends_when_the_item_is_over_although_it_comes_back(kind: str) -> None:
    done = {"stage_kind": kind, "entered_at": at("2026-03-05"), "group_end": 11}
    later = {"verdict": "accepted", "verdict_at": at("2026-03-15")}

    found = spans(attempts({}, later), edit(), over=(done,))

    assert found == [(at(RETURNED), at("2026-03-05"))]

"""Fields that most items have when they enter a stage, and not all."""

from typing import Any

import polars as pl

from pipelines.histories import history
from pipelines.readiness.readiness_proposal import readiness_proposal
from tests.pipelines.frames import INSTANT, at, frame

BORN = at("2026-03-02 08:00")
HANDED = at("2026-03-03 08:00")
LONG = "x" * 50


def proposal(
    values: dict[str, list[str | None]], types: str = "S" * 40
) -> dict[str, dict[str, Any]]:
    """What is proposed for items with these values, one for each item, all entered by hand."""
    ids = [f"{number:02}" for number in range(len(types))]
    visits = frame(
        *(
            {
                "item_id": one,
                "visit_number": 2,
                "stage": "Ready",
                "entered_at": HANDED,
                "group_end": 1,
                "team": "PAY",
                "item_type": kind,
                "is_bulk": False,
            }
            for one, kind in zip(ids, types, strict=True)
        ),
        item_id=pl.String,
        visit_number=pl.Int32,
        stage=pl.String,
        entered_at=INSTANT,
        group_end=pl.Int32,
        team=pl.String,
        item_type=pl.String,
        is_bulk=pl.Boolean,
    )
    present = frame(
        *(
            {"item_id": one, "field": field, "position": 1, "value_text": value}
            for field, texts in values.items()
            for one, value in zip(ids, texts, strict=True)
        ),
        item_id=pl.String,
        field=pl.String,
        position=pl.Int32,
        field_id=pl.String,
        value_id=pl.String,
        value_text=pl.String,
    )
    items = pl.DataFrame(
        {"item_id": ids, "born_at": [BORN] * len(ids)}, schema_overrides={"born_at": INSTANT}
    )
    found = readiness_proposal(visits, items, _no_changes(), present, guards="Ready")
    return {row["field"]: row for row in found.iter_rows(named=True)}


def _no_changes() -> pl.DataFrame:
    schema: dict[str, Any] = {
        "item_id": pl.String,
        "change_group": pl.String,
        "ordinal": pl.Int32,
        "sequence": pl.Int32,
        "field": pl.String,
        "field_id": pl.String,
        "is_member": pl.Boolean,
        "from_id": pl.String,
        "from_text": pl.String,
        "to_id": pl.String,
        "to_text": pl.String,
        "actor_id": pl.String,
        "changed_at": INSTANT,
    }
    return history.with_group_end(pl.DataFrame(schema=schema))


def test_a_habit_that_is_sometimes_broken_is_proposed_with_its_share() -> None:
    found = proposal({"Story Points": ["3"] * 32 + [None] * 8})
    assert found["Story Points"]["share"] == 0.8
    assert found["Story Points"]["minimum_length"] is None


def test_what_is_always_or_mostly_not_there_is_nobodys_habit() -> None:
    assert proposal({"always": ["1"] * 40, "rarely": ["1"] * 10 + [None] * 30}) == {}


def test_a_text_gets_a_length_that_most_of_those_filled_reach() -> None:
    found = proposal({"Criteria": [LONG] * 30 + ["short"] * 2 + [None] * 8})
    assert found["Criteria"]["minimum_length"] == 40


def test_a_habit_of_some_types_is_proposed_for_those() -> None:
    found = proposal({"Criteria": ["1"] * 18 + [None] * 22}, types="S" * 20 + "B" * 20)
    assert found["Criteria"]["item_types"] == ["S"]
    assert found["Criteria"]["share"] == 0.9


def test_what_the_tracker_fills_in_itself_is_no_habit() -> None:
    assert proposal({"assignee": ["1"] * 32 + [None] * 8}) == {}


def test_few_items_show_no_habit() -> None:
    assert proposal({"Story Points": ["3"] * 15 + [None] * 4}, types="S" * 19) == {}

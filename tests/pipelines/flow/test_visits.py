"""The stage of an item from each instant on; stays themselves are in ``tests/cases/visits.md``."""

import polars as pl

from pipelines.flow.stage_map import configured_stages
from pipelines.flow.visits import stage_steps
from pipelines.histories.history import with_group_end
from pipelines.policy import Stage
from tests.pipelines.frames import INSTANT, Row, at, frame

STAGES = (
    Stage("Ready for Dev", "queue", "engineering", 0, ("Ready",), ("PAY",)),
    Stage("In Development", "active", "engineering", 1, ("Ready",), ("WEB",)),
)
STAGE_MAP = configured_stages(
    STAGES, ["acme"], frame(**dict.fromkeys(("source", "status_id", "status"), pl.String))
)


def stages(*moves: tuple[str, str], key: str, project: str) -> list[tuple[str, str]]:
    """Stage and project of a ticket that is *Ready*, from its birth and from each new key on."""
    item = {"item_id": "a", "source": "acme", "kind": "ticket", "key": key, "project": project}
    item |= {"status": "Ready", "status_id": "1"}
    items = frame(
        {**item, "born_at": at("2026-03-02")}, **dict.fromkeys(item, pl.String), born_at=INSTANT
    )
    rows: list[Row] = [
        {
            "item_id": "a",
            "change_group": str(number),
            "sequence": number,
            "field": "key",
            "from_text": old,
            "to_text": new,
            "is_member": False,
            "changed_at": at("2026-03-03"),
        }
        for number, (old, new) in enumerate(moves, start=1)
    ]
    texts = ("item_id", "change_group", "field", "field_id", "from_id", "from_text")
    types = {**dict.fromkeys((*texts, "to_id", "to_text"), pl.String), "sequence": pl.Int32}
    changes = with_group_end(frame(*rows, **types, is_member=pl.Boolean, changed_at=INSTANT))
    now = [
        {"item_id": "a", "field": field, "value_text": text, "position": 1}
        for field, text in (("status", "Ready"), ("key", key))
    ]
    values = ("item_id", "field", "field_id", "value_id", "value_text")
    present = frame(*now, **dict.fromkeys(values, pl.String), position=pl.Int32)
    found = stage_steps(
        items, changes, present, stage_map=STAGE_MAP, stages=STAGES, dropped_resolutions=()
    )
    return found.select("stage", "project").rows()


def test_a_key_tells_of_which_project_an_item_was() -> None:
    assert stages(("PAY-1", "WEB-7"), key="WEB-7", project="WEB") == [
        ("Ready for Dev", "PAY"),
        ("In Development", "WEB"),
    ]


def test_an_item_that_moved_into_a_project_and_was_read_since_it_was_renamed_is_of_it() -> None:
    """Its history has the key it got then, its payload the one of now."""
    assert stages(("WEB-7", "OLD-1"), key="PAY-1", project="PAY") == [
        ("In Development", "WEB"),
        ("Ready for Dev", "PAY"),
    ]


def test_an_item_not_fetched_since_its_project_was_renamed_is_of_the_project_all_the_same() -> None:
    assert stages(key="OLD-1", project="PAY") == [("Ready for Dev", "PAY")]
    assert stages(("WEB-7", "OLD-1"), key="OLD-1", project="PAY") == [
        ("In Development", "WEB"),
        ("Ready for Dev", "PAY"),
    ]

"""What is known at the snapshot, and when a life began."""

import polars as pl

from pipelines.histories.snapshot import changes_at, items_at
from tests.pipelines.frames import INSTANT, at, frame


def items(created: str, observed_until: str = "2026-03-31") -> pl.DataFrame:
    return frame(
        {"item_id": "a", "created_at": at(created), "observed_until": at(observed_until)},
        item_id=pl.String,
        created_at=INSTANT,
        observed_until=INSTANT,
    )


def changes(*instants: str) -> pl.DataFrame:
    return frame(
        *(
            {"item_id": "a", "sequence": number, "changed_at": at(instant)}
            for number, instant in enumerate(instants, start=1)
        ),
        item_id=pl.String,
        sequence=pl.Int32,
        changed_at=INSTANT,
    )


def test_a_life_begins_at_creation() -> None:
    found = items_at(items("2026-03-02"), changes("2026-03-05"))

    assert found["born_at"].to_list() == [at("2026-03-02")]


def test_a_life_begins_at_a_change_that_an_import_dated_before_the_creation() -> None:
    found = items_at(items("2026-03-02"), changes("2026-02-05", "2026-03-05"))

    assert found["born_at"].to_list() == [at("2026-02-05")]


def test_an_item_without_changes_begins_at_creation() -> None:
    assert items_at(items("2026-03-02"), changes())["born_at"].to_list() == [at("2026-03-02")]


def test_an_item_created_after_the_snapshot_is_not_known_yet() -> None:
    assert items_at(items("2026-04-01"), changes()).is_empty()


def test_an_item_created_at_the_instant_of_the_snapshot_is_known() -> None:
    assert items_at(items("2026-03-31"), changes()).height == 1


def test_a_change_after_the_snapshot_is_not_known_yet() -> None:
    known = changes_at(
        items("2026-03-02", observed_until="2026-03-10"), changes("2026-03-10", "2026-03-10 00:01")
    )

    assert known["changed_at"].to_list() == [at("2026-03-10")]


def test_a_change_of_an_item_that_is_not_known_is_not_either() -> None:
    assert changes_at(items("2026-03-02").clear(), changes("2026-03-05")).is_empty()

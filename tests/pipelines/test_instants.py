"""Findings of instants that cannot have been, and of items that are gone."""

from datetime import UTC, datetime

import polars as pl

from pipelines.findings.instants import instants, misdated

BORN, SEEN = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 3, 31, tzinfo=UTC)


def test_an_item_that_is_missing_may_only_be_out_of_what_is_asked_for() -> None:
    items = pl.DataFrame(
        {
            "item_id": ["i1"],
            "source": ["acme"],
            "created_at": [BORN],
            "observed_until": [SEEN],
            "missing_since": [SEEN],
        }
    )
    changes = pl.DataFrame({"item_id": ["i1"], "changed_at": [BORN]})
    [finding] = instants(misdated(items, changes), items)
    assert (finding.finding, finding.found) == ("missing_items", 1)
    assert "deleted, moved, archived, hidden or no longer asked for" in finding.detail


def test_a_change_may_lie_before_the_creation_and_after_the_snapshot() -> None:
    later = SEEN.replace(month=5)
    items = pl.DataFrame(
        {
            "item_id": ["i1"],
            "source": ["acme"],
            "created_at": [later],
            "observed_until": [SEEN],
            "missing_since": [None],
        }
    )
    changes = pl.DataFrame({"item_id": ["i1"], "changed_at": [SEEN.replace(month=4, day=2)]})
    found = [(one.finding, one.found) for one in instants(misdated(items, changes), items)]
    assert found == [
        ("change_before_creation", 1),
        ("change_after_snapshot", 1),
        ("item_after_snapshot", 1),
    ]

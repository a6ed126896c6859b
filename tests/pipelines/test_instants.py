"""Findings of instants that cannot have been, and of items that are gone."""

from datetime import UTC, datetime

import polars as pl

from pipelines.findings.instants import instants, misdated

CHANGES = {"item_id": ["i1"], "changed_at": [datetime(2026, 1, 6, tzinfo=UTC)]}
BORN, SEEN = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 3, 31, tzinfo=UTC)


def test_an_item_that_is_missing_may_only_be_out_of_what_is_asked_for() -> None:
    items = pl.DataFrame(
        {
            "item_id": ["i1"],
            "source": ["acme"],
            "created_at": [BORN],
            "observed_until": [SEEN],
            "missing_since": [SEEN],
            "resolved_at": [None],
        }
    )
    changes = pl.DataFrame({"item_id": ["i1"], "changed_at": [BORN]})
    [finding] = instants(misdated(items, changes), items)
    assert (finding.finding, finding.found) == ("missing_items", 1)
    assert finding.detail == (
        "1 item that the source showed before and no longer shows: deleted, moved, archived, "
        "hidden or no longer asked for; kept as last seen."
    )


def test_a_change_may_lie_before_the_creation_and_after_the_snapshot() -> None:
    later = SEEN.replace(month=5)
    items = pl.DataFrame(
        {
            "item_id": ["i1"],
            "source": ["acme"],
            "created_at": [later],
            "observed_until": [SEEN],
            "missing_since": [None],
            "resolved_at": [None],
        }
    )
    changes = pl.DataFrame({"item_id": ["i1"], "changed_at": [SEEN.replace(month=4, day=2)]})
    found = [
        (one.finding, one.found, one.detail) for one in instants(misdated(items, changes), items)
    ]
    assert found == [
        (
            "change_before_creation",
            1,
            (
                "1 change dated before the creation of the item, as imports do; the life of such "
                "an item begins at its first change."
            ),
        ),
        (
            "change_after_snapshot",
            1,
            (
                "1 change dated after the snapshot: kept in core.field_changes and left out of "
                "every metric. See to the as_of of an archive; of a live tracker, to the clock of "
                "this machine."
            ),
        ),
        (
            "item_after_snapshot",
            1,
            (
                "1 item created after the snapshot: kept in core.items and left out of every table "
                "of main. See to the as_of of an archive; of a live tracker, to the clock of this "
                "machine."
            ),
        ),
    ]


def test_an_item_may_be_resolved_before_it_was_created() -> None:
    """One that is not known yet is told as that alone."""
    days = [BORN, BORN, BORN, SEEN.replace(month=5)]
    items = pl.DataFrame(
        {
            "item_id": ["i1", "i2", "i3", "i4"],
            "source": ["acme", "code", "acme", "code"],
            "created_at": days,
            "observed_until": [SEEN] * 4,
            "missing_since": [None] * 4,
            "resolved_at": [BORN.replace(day=1), BORN, None, BORN],
        },
        schema_overrides={"missing_since": pl.Datetime("us", "UTC")},
    )
    found = [
        (one.source, one.finding, one.severity, one.found)
        for one in instants(misdated(items, pl.DataFrame(CHANGES)), items)
    ]
    assert found == [
        ("code", "item_after_snapshot", "warning", 1),
        ("acme", "resolved_before_creation", "warning", 1),
    ]

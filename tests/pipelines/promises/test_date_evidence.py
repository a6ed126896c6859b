"""Fields that hold days."""

import polars as pl

from pipelines.promises.date_evidence import date_evidence
from tests.pipelines.frames import frame

ITEMS = frame({"item_id": "1"}, {"item_id": "2"}, item_id=pl.String)


def test_a_field_of_days_is_found_with_its_share_and_its_changes() -> None:
    present = frame(
        {"item_id": "1", "field": "Target end", "value_text": "2026-05-01"},
        {"item_id": "2", "field": "Target end", "value_text": None},
        {"item_id": "1", "field": "resolutiondate", "value_text": "2026-05-01T10:00:00Z"},
        {"item_id": "1", "field": "summary", "value_text": "2026-05-01 is the day"},
        item_id=pl.String,
        field=pl.String,
        value_text=pl.String,
    )
    changes = frame({"field": "Target end"}, {"field": "Target end"}, field=pl.String)
    assert date_evidence(ITEMS, changes, present).rows() == [("Target end", 1, 0.5, 2)]

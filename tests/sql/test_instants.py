"""Instants and days as trackers, commits and people write them, and what is none."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from connectors.instants import instant

if TYPE_CHECKING:
    from roadworthy.warehouse import Warehouse

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def asked(warehouse: "Warehouse", macro: str, written: str) -> object:
    query = f"select staging.{macro}($1)"
    return warehouse.frame(query, [written]).item()


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2026-01-01T00:00:00Z", NEW_YEAR),
        ("2026-01-01T01:00:00.000+0100", NEW_YEAR),
        ("2025-12-31 23:30:00-00:30", NEW_YEAR),
        ("2026-01-01", NEW_YEAR),
        ("1767225600000", NEW_YEAR),
        ("1767225600", NEW_YEAR),
        ("1900-01-01T00:00:00Z", datetime(1900, 1, 1, tzinfo=UTC)),
        ("2999-12-31T23:59:59Z", datetime(2999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("3000-01-01T00:00:00Z", None),
        ("1899-12-31T23:59:59Z", None),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("99999-01-01T00:00:00Z", None),
        ("290309-12-22 (BC) 00:00:00", None),
        ("2026-01-01 (BC) 00:00:00", None),
        ("infinity", None),
        ("-infinity", None),
        ("epoch", None),
        ("9999999999999999", None),
        ("99999999999999999", None),
        ("-99999999999999999", None),
        ("99999999999999999999", None),
        ("2026-02-30T00:00:00Z", None),
        ("", None),
        ("\x00", None),
    ],
)
def test_an_instant_is_of_1900_to_2999_or_none(
    conformed: "Warehouse", written: str, at: datetime | None
) -> None:
    assert asked(conformed, "instant", written) == at
    by_connectors = instant(written)
    # They want an offset, and whole milliseconds of thirteen digits; what they take SQL takes.
    assert by_connectors is None or by_connectors == at


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-01-01", date(2026, 1, 1)),
        (" 2026-01-01T08:00:00Z", date(2026, 1, 1)),
        ("9999-12-31", date(9999, 12, 31)),
        ("0001-01-01", None),
        ("1899-12-31", None),
        ("infinity", None),
        ("12345-01-01", None),
        ("2026-02-30", None),
        ("", None),
    ],
)
def test_a_day_is_of_1900_to_9999_or_none(
    conformed: "Warehouse", written: str, day: date | None
) -> None:
    assert asked(conformed, "calendar_day", written) == day

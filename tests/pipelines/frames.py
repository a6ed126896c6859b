"""Literal frames: instants as people write them, and only the columns a test speaks of."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

import polars as pl

from pipelines.cohorts.cohorts import COHORT
from pipelines.cohorts.scopes import Scopes

Row: TypeAlias = Mapping[str, Any]

INSTANT = pl.Datetime("us", "UTC")
NO_GROUPS = Scopes((), (), ())
"""The organisation alone."""


def at(written: str) -> datetime:
    """``2026-03-02`` or ``2026-03-02 09:30``, in UTC."""
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def frame(*rows: Row, **types: Any) -> pl.DataFrame:
    """Rows under the types given; values a row does not name are null."""
    return pl.DataFrame(
        [[row.get(name) for name in types] for row in rows], schema=types, orient="row"
    )


def cohort(*subjects: Row) -> pl.DataFrame:
    """Subjects of a metric: entered 2026-03-02, of team PAY, a Story, unless they say otherwise."""
    usual = {"team": "PAY", "item_type": "Story", "entered_at": at("2026-03-02"), "end": 1}
    watched = {"entry_days": 0.0, "followed_days": 0.0}
    return frame(
        *(
            {"subject_id": f"{number:04}", **watched, **usual, **subject}
            for number, subject in enumerate(subjects)
        ),
        **COHORT,
    )


def ends(cohort: pl.DataFrame) -> list[tuple[float, int]]:
    """How long the subjects of a cohort were followed, and how that ended."""
    return list(cohort.select("followed_days", "end").iter_rows())

"""The evidence for and against one pattern, and its standing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import polars as pl

from pipelines.cohorts.scopes import ORGANISATION
from pipelines.statistics.estimate import FEWEST_TOLD

Standing: TypeAlias = Literal["shown", "hinted", "not_shown", "cannot_tell"]
Row: TypeAlias = dict[str, object]

LITTLE = 0.05
"""Part of an item's time below which what is lost there speaks for no pattern."""
_WHOLE = 100
"""Days from which on a tenth of one is below what any such estimate can tell."""


@dataclass(slots=True)
class Evidence:
    """Sentences for and against; a decisive one carries a pattern by itself."""

    speaks_for: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    is_decided: bool = False

    def weigh(
        self,
        holds: bool | None,  # noqa: FBT001 - it is what is weighed
        for_it: str,
        against: str,
        *,
        decides: bool = False,
    ) -> None:
        """Note a finding; None: these data cannot say."""
        if holds is None:
            return
        told = self.speaks_for if holds else self.against
        told.append(for_it if holds else against)
        self.is_decided = self.is_decided or (decides and holds)

    def standing(self) -> Standing:
        """How it stands."""
        if self.is_decided:
            return "shown"
        if self.speaks_for:
            return "hinted"
        return "not_shown" if self.against else "cannot_tell"


@dataclass(frozen=True, slots=True)
class Findings:
    """The tables of ``main`` that a diagnosis reads, by name, and whose weeks are meant."""

    tables: dict[str, pl.DataFrame]
    zone: str
    """Of the organisation."""

    def rows(self, table: str, **where: object) -> list[Row]:
        """The rows of the organisation in which these columns have these values."""
        frame = self.tables[table]
        if "scope" in frame.columns:
            frame = frame.filter(pl.col("scope") == ORGANISATION)
        for column, value in where.items():
            frame = frame.filter(pl.col(column) == value)
        return frame.to_dicts()

    def metric(self, name: str) -> Row | None:
        """A metric of the whole window; None where it was not measured on twenty."""
        for row in self.rows("metric_summaries", metric=name):
            if number(row, "items") >= FEWEST_TOLD and known(row, "low", "high"):
                return row
        return None


def number(row: Row, column: str) -> float:
    """A column that is known to hold a number."""
    value = row[column]
    return float(value) if isinstance(value, (int, float)) else float("nan")


def known(row: Row, *columns: str) -> bool:
    """Whether all of these are known."""
    return all(row[column] is not None for column in columns)


def beyond(row: Row, low: str, high: str, limit: float) -> bool | None:
    """Whether an interval lies above a limit, or not above it; None: it holds the limit."""
    if known(row, low) and number(row, low) > limit:
        return True
    return False if known(row, high) and number(row, high) <= limit else None


def percent(share: float) -> str:
    """A share in whole per cent."""
    return f"{100 * share:.0f}%"


def days(length: float) -> str:
    """A length in days: to a tenth, from a hundred on whole."""
    return f"{length:,.0f} days" if round(length) >= _WHOLE else f"{length:.1f} days"


def of_kind(causes: Sequence[Row], kind: str) -> Iterator[Row]:
    """The ranked causes of a kind, the largest excess first."""
    yield from (row for row in causes if row["cause_kind"] == kind and row["rank"] is not None)

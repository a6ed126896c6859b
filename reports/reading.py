"""One number of the summaries, and what may be said about it.

A number is measured, withheld because too few stand behind it, not to be told yet, or not
measured at all; each of the four has its own words, and none of them is zero.
"""

from dataclasses import dataclass

import polars as pl

from reports import format as words
from reports.measures import Measure, measure

#: A share of fewer is an anecdote with a per cent sign.
FEWEST = 20


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One row of a summary: an estimate with its interval and what it rests on.

    `estimate`, `low` and `high` are shares in 0 to 1 or days, as the measure says; null where
    they cannot be told. `horizon_days` is how long each subject is followed.
    """

    measure: Measure
    estimate: float | None
    low: float | None
    high: float | None
    items: int
    open_items: int
    horizon_days: float | None

    @property
    def is_told(self) -> bool:
        """True where the page may print the estimate."""
        return self.estimate is not None and self.items >= FEWEST

    @property
    def value(self) -> str:
        """The estimate in words, else why there is none."""
        if self.items == 0:
            return "not measured"
        if self.items < FEWEST:
            return too_few(self.items)
        if self.estimate is None:
            return "cannot be told yet"
        return amount(self.estimate, self.measure)

    @property
    def basis(self) -> str:
        """Interval and count in one sentence, or what the number would need."""
        if self.items == 0:
            return f"It would need {self.measure.needs}."
        parts = [self._interval(), self._count(), self._horizon()]
        return words.sentence("; ".join(part for part in parts if part)) + "."

    @property
    def short_basis(self) -> str:
        """Interval and count for a line of a chart, whose key says what the interval is."""
        if self.items == 0:
            return self.basis
        return "; ".join(part for part in (self._range(), self._count()) if part)

    def _interval(self) -> str:
        told = self._range()
        return f"95% interval {told}" if told else ""

    def _range(self) -> str:
        if not self.is_told or self.low is None or self.high is None:
            return ""
        return interval(self.low, self.high, self.measure)

    def _count(self) -> str:
        count = f"of {words.counted(self.items, self.measure.subject, self.measure.subjects)}"
        still = f"{words.whole(self.open_items)} {self.measure.still_open}"
        return f"{count}, {still}" if self.open_items else count

    def _horizon(self) -> str:
        if not self.horizon_days or not self.is_told:
            return ""
        return f"each followed for {words.days(self.horizon_days)}"


def reading(summaries: pl.DataFrame, metric: str) -> Reading:
    """The reading of a metric from the summaries of one scope; without a row, of no items."""
    rows = summaries.filter(pl.col("metric") == metric).to_dicts()
    row = rows[0] if rows else dict.fromkeys(("estimate", "low", "high", "horizon_days"))
    return Reading(
        measure=measure(metric),
        estimate=row["estimate"],
        low=row["low"],
        high=row["high"],
        items=row.get("items") or 0,
        open_items=row.get("open_items") or 0,
        horizon_days=row["horizon_days"],
    )


def amount(estimate: float, measured: Measure) -> str:
    """A share in per cent or a length in days, as the measure says."""
    return words.share(estimate) if measured.unit == "share" else words.days(estimate)


def interval(low: float, high: float, measured: Measure) -> str:
    """An interval in the unit of the measure."""
    if measured.unit == "share":
        return words.share_interval(low, high)
    return words.days_interval(low, high)


def too_few(items: int) -> str:
    """What stands in the place of a share that would rest on fewer than `FEWEST` items."""
    return f"too few to say ({items})"


def told_share(estimate: float | None, items: int) -> str:
    """A share of `items` for a table or a label, or why there is none."""
    if items < FEWEST:
        return too_few(items) if items else "none"
    return words.share(estimate) if estimate is not None else "cannot be told yet"


def told_share_interval(low: float | None, high: float | None, items: int) -> str:
    """The interval beside `told_share`; empty where the share is withheld."""
    if items < FEWEST or low is None or high is None:
        return ""
    return words.share_interval(low, high)

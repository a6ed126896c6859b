"""From what was said of single organisations to figures of cells, and to targets met and missed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from benchmarks.effect_cells import Cell

PRODUCT = "Roadworthy"
_COVERAGE, _AVERAGE, _FALSE_POSITIVES = 0.93, (0.94, 0.98), 0.06
_POWER = {"compared -26%": 0.50, "rate 30 a month, 4 weeks to .15": 0.65}
_BIAS_OF_OPEN = 0.02
_OPEN, _SEASON = "open items at 30 days", "alone season"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one method said of one organisation; no interval: it could not tell."""

    cell: str
    method: str
    truth: float
    estimate: float
    low: float | None
    high: float | None
    claims: bool
    grade: str = ""
    milliseconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """One method in one cell."""

    cell: str
    method: str
    replications: int
    coverage: float
    claims: float
    """Share that claims an effect: of a null cell false positives, of others power, where a claim
    of the wrong sign does not count."""
    bias: float
    bias_error: float
    """Its Monte Carlo standard error."""
    width: float
    cannot_tell: float
    grade_d: float
    milliseconds: float


def rows_of(found: Sequence[Outcome]) -> Iterator[Row]:
    """One for each method of a cell, in the order in which they spoke."""
    order = list(dict.fromkeys(one.method for one in found))
    by_method = sorted(found, key=lambda one: order.index(one.method))
    for _, part in groupby(by_method, key=lambda one: one.method):
        yield _row(list(part))


def _row(found: Sequence[Outcome]) -> Row:
    told = [one for one in found if one.low is not None]
    table = np.array([(one.truth, one.estimate, one.low, one.high) for one in told], dtype=float)
    truth, estimate, low, high = table.T if told else np.full((4, 1), np.nan)
    apart = estimate - truth
    return Row(
        found[0].cell,
        found[0].method,
        len(found),
        float(np.mean((low <= truth) & (truth <= high))) if told else float("nan"),
        float(np.mean([one.claims and one.estimate * one.truth >= 0 for one in found])),
        float(apart.mean()),
        float(apart.std(ddof=1) / np.sqrt(len(apart))) if len(apart) > 1 else float("nan"),
        float(np.mean(high - low)),
        1 - len(told) / len(found),
        float(np.mean([one.grade == "D" for one in found])),
        float(np.median([one.milliseconds for one in found])),
    )


HEAD = (
    f"{'cell':34}{'method':17}{'cover':>6}{'claim':>7}{'bias':>8}{'width':>7}{'cannot':>7}"
    f"{'D':>6}{'ms':>6}"
)


def line(row: Row) -> str:
    """A row as text."""
    return (
        f"{row.cell:34}{row.method:17}{row.coverage:6.3f}{row.claims:7.3f}{row.bias:+8.3f}"
        f"{row.width:7.2f}{row.cannot_tell:7.2f}{row.grade_d:6.2f}{row.milliseconds:6.0f}"
    )


def targets(rows: Sequence[Row], chosen: Sequence[Cell]) -> Iterator[str]:
    """Each target of the product, and by how much it is met or missed."""
    of = {cell.name: cell for cell in chosen}
    ours = [row for row in rows if row.method == PRODUCT]
    told = [row for row in ours if not np.isnan(row.coverage)]
    if told:
        yield from _of_coverage(told)
    held = [row for row in ours if of[row.cell].is_null and of[row.cell].may_not_claim]
    if held:
        worst = max(held, key=lambda row: row.claims)
        above = sum(row.claims > _FALSE_POSITIVES for row in held)
        where = f"worst: {worst.cell}; {above} of {len(held)} cells miss it"
        error = _error(_FALSE_POSITIVES, worst.replications)
        yield _met(f"false positives <= 6 % ({where})", worst.claims, -1, _FALSE_POSITIVES, error)
    for row in ours:
        if row.cell in _POWER:
            least = _POWER[row.cell]
            error = _error(row.claims, row.replications)
            yield _met(f"power, {row.cell}", row.claims, 1, least, error)
        if row.cell.startswith(_OPEN):
            yield _met(f"bias, {row.cell}", abs(row.bias), -1, _BIAS_OF_OPEN, row.bias_error)
        if row.cell == _SEASON:
            yield (
                f"{row.cell}: no target; it claims an effect in {row.claims:.3f}, says grade D in "
                f"{row.grade_d:.3f} and cannot tell in {row.cannot_tell:.3f}"
            )


def _of_coverage(told: Sequence[Row]) -> Iterator[str]:
    worst = min(told, key=lambda row: row.coverage)
    below = sum(row.coverage < _COVERAGE for row in told)
    where = f"worst: {worst.cell}; {below} of {len(told)} cells miss it"
    error = _error(_COVERAGE, worst.replications)
    yield _met(f"coverage >= 93 % ({where})", worst.coverage, 1, _COVERAGE, error)
    average = float(np.mean([row.coverage for row in told]))
    error = _error(average, sum(row.replications for row in told))
    yield _met("coverage on average >= 94 %", average, 1, _AVERAGE[0], error)
    yield _met("coverage on average <= 98 %", average, -1, _AVERAGE[1], error)


def _met(name: str, value: float, sign: int, goal: float, error: float) -> str:
    """Sign: 1 where more is better. A value that is not there meets nothing."""
    by = sign * (value - goal)
    said = "met" if by >= 0 else "MISSED"
    return f"{name}\n    {value:.3f} (standard error {error:.3f}): {said} by {abs(by):.3f}"


def _error(share: float, replications: int) -> float:
    return float(np.sqrt(share * (1 - share) / replications))

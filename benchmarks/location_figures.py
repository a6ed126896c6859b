"""From what was said of single organisations to figures of cells, and to targets met and missed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.location_cells import NOTHING, Cause, Cell
from benchmarks.location_words import names_cause, names_stage

PRODUCT = "Roadworthy"
EVERY = "every cause"
SURE = 0.9
CONSTRAINT = "constraint"
_TOP_1 = {"full": 0.90, "half": 0.80}
_CALIBRATED = 0.90


@dataclass(frozen=True, slots=True)
class Said:
    """What one method names first in one organisation; no word: it names nothing."""

    method: str
    word: str | None
    probability: float = float("nan")
    """With which it is said to be the first."""
    verdict: str = ""
    named: frozenset[str] = frozenset()
    """All that may be the first."""
    milliseconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether it was right."""

    planted: str
    size: str
    log: str
    method: str
    is_true: bool
    """Whether the planted cause is the one whose removal saves the most."""
    is_cause: bool
    is_stage: bool
    in_set: bool
    is_sure: bool
    is_verdict: bool
    milliseconds: float
    word: str = ""
    reach: str = ""
    seed: int = 0


def outcome(cell: Cell, seed: int, true: Cause, said: Said) -> Outcome:
    """Judge what was said by what is true."""
    word = said.word or ""
    return Outcome(
        cell.planted,
        cell.size,
        cell.log,
        said.method,
        cell.planted in (true, NOTHING),
        names_cause(word, true),
        names_stage(word, true),
        any(names_cause(one, true) for one in said.named),
        said.probability >= SURE,
        said.verdict == CONSTRAINT,
        said.milliseconds,
        word,
        cell.reach,
        seed,
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One method in the organisations with one cause, of one size, with one kind of log."""

    planted: str
    size: str
    log: str
    method: str
    replications: int
    true: float
    cause: float
    stage: float
    in_set: float
    sure: float
    sure_right: float
    verdict: float
    verdict_right: float
    milliseconds: float


def rows_of(found: Sequence[Outcome]) -> Iterator[Row]:
    """One for each method of each cause, size and log, in the order in which they spoke."""

    def kind(one: Outcome) -> tuple[str, ...]:
        return one.log, one.size, one.planted, one.method

    for wanted in dict.fromkeys(map(kind, found)):
        yield _row([one for one in found if kind(one) == wanted])


def sums_of(found: Sequence[Outcome]) -> Iterator[Row]:
    """The same of all causes together, where there are several."""
    if len({one.planted for one in found}) > 1:
        planted = [one for one in found if one.planted != NOTHING]
        yield from rows_of([replace(one, planted=EVERY) for one in planted])


def _row(found: Sequence[Outcome]) -> Row:
    first = found[0]
    return Row(
        first.planted,
        first.size,
        first.log,
        first.method,
        len(found),
        _share([one.is_true for one in found]),
        _share([one.is_cause for one in found]),
        _share([one.is_stage for one in found]),
        _share([one.in_set for one in found]),
        _share([one.is_sure for one in found]),
        _share([one.is_cause for one in found if one.is_sure]),
        _share([one.is_verdict for one in found]),
        _share([one.is_cause for one in found if one.is_verdict]),
        float(np.median([one.milliseconds for one in found])),
    )


def _share(told: Sequence[bool]) -> float:
    return float(np.mean(told)) if told else float("nan")


HEAD = (
    f"{'planted':12}{'size':8}{'log':6}{'method':26}{'n':>4}{'true':>6}{'cause':>7}{'stage':>7}"
    f"{'set':>6}{'P>=.9':>7}{'right':>7}{'verdict':>9}{'right':>7}{'ms':>7}"
)


def line(row: Row) -> str:
    """A row as text; what a method does not say is left out."""
    return (
        f"{row.planted:12}{row.size:8}{row.log:6}{row.method:26}{row.replications:4d}"
        f"{row.true:6.2f}{row.cause:7.2f}{row.stage:7.2f}"
        + "".join(
            f"{value:{width}.2f}" if _speaks(row) and not np.isnan(value) else " " * width
            for value, width in (
                (row.in_set, 6),
                (row.sure, 7),
                (row.sure_right, 7),
                (row.verdict, 9),
                (row.verdict_right, 7),
            )
        )
        + (f"{row.milliseconds:7.0f}" if row.milliseconds else "")
    )


def _speaks(row: Row) -> bool:
    """Whether a method says how sure it is: rivals do not."""
    return row.method.startswith(PRODUCT)


def targets(rows: Sequence[Row]) -> Iterator[str]:
    """Each target of the product, and by how much it is met or missed."""
    ours = [row for row in rows if row.method == PRODUCT and row.planted == EVERY]
    for row in ours:
        where = f"{row.size} size, {row.log} log"
        least = _TOP_1[row.size]
        yield _met(f"names the cause, {where} >= {least:.2f}", row.cause, least, row.replications)
        sure = round(row.sure * row.replications)
        yield _met(f"right where P >= 0.9, {where} >= 0.90", row.sure_right, _CALIBRATED, sure)
        told = round(row.verdict * row.replications)
        name = f"right where it says constraint, {where} >= 0.90"
        yield _met(name, row.verdict_right, _CALIBRATED, told)


def _met(name: str, value: float, least: float, replications: int) -> str:
    """A value that is not there meets nothing."""
    error = float(np.sqrt(value * (1 - value) / max(replications, 1)))
    said = "met" if value >= least else "MISSED"
    return (
        f"{name}\n    {value:.3f} (standard error {error:.3f}): {said} by {abs(value - least):.3f}"
    )

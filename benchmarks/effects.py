"""How right the product and its rivals are about changes whose effect is known.

Run from the root of the project:

    python -m benchmarks.effects                       # tuning seeds, a small run
    python -m benchmarks.effects --seeds gate --replications 400 --csv gate.csv

The two sets of seeds have none in common: what is tuned is tuned on the one, and the other is run
once at the end.
"""

import csv
import fnmatch
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import click
import numpy as np
import polars as pl

from benchmarks.effect_cells import Cell, cells
from benchmarks.effect_judge import horizon, judge
from benchmarks.effect_rivals import RIVALS
from benchmarks.effect_worlds import world

SEEDS = {"tuning": 1_000_000, "gate": 2_000_000}
"""First of each set; a set has as many as there are replications, far fewer than a million."""
PRODUCT = "Roadworthy"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one method said of one organisation."""

    cell: str
    method: str
    truth: float
    estimate: float | None
    low: float | None
    high: float | None
    claims: bool
    grade: str
    caveats: str
    milliseconds: float


def outcomes(task: tuple[Cell, int]) -> list[Outcome]:
    """What the product and every rival say of one organisation."""
    cell, seed = task
    one = world(cell, seed)
    days = horizon(one)
    truth = one.true_effect(days)
    said = judge(one, days)
    found = [
        Outcome(cell.name, PRODUCT, truth, None, None, None, False, "", "", 0.0)
        if said is None
        else Outcome(
            cell.name,
            PRODUCT,
            truth,
            said.estimate,
            said.low,
            said.high,
            said.claims,
            said.grade,
            " ".join(said.caveats),
            said.milliseconds,
        )
    ]
    for name, rival in RIVALS.items():
        told = rival(one, days)
        if told is not None:
            claims = not told.low <= 0 <= told.high
            found.append(
                Outcome(
                    cell.name, name, truth, told.estimate, told.low, told.high, claims, "", "", 0.0
                )
            )
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """One method in one cell."""

    cell: str
    method: str
    coverage: float
    claims: float
    """Share that claims an effect: false positives without one, power with one."""
    bias: float
    width: float
    unsaid: float
    """Share of which it says that there is not enough data."""
    grade_d: float
    milliseconds: float


def summary(found: Sequence[Outcome]) -> Row:
    """The figures of one method in one cell."""
    said = [one for one in found if one.estimate is not None]
    table = np.array([(one.truth, one.estimate, one.low, one.high) for one in said], dtype=float)
    truth, estimate, low, high = table.T if said else np.empty((4, 0))
    nothing = float("nan")
    return Row(
        found[0].cell,
        found[0].method,
        float(np.mean((low <= truth) & (truth <= high))) if said else nothing,
        float(np.mean([one.claims for one in found])),
        float(np.mean(estimate - truth)) if said else nothing,
        float(np.mean(high - low)) if said else nothing,
        1 - len(said) / len(found),
        float(np.mean([one.grade == "D" for one in said])) if said else nothing,
        float(np.median([one.milliseconds for one in said])) if said else nothing,
    )


def run(chosen: Sequence[Cell], first: int, replications: int, jobs: int) -> Iterator[list[Row]]:
    """The rows of each cell, as it is done."""
    with ProcessPoolExecutor(jobs) as pool:
        for cell in chosen:
            tasks = [(cell, first + number) for number in range(replications)]
            found = [one for told in pool.map(outcomes, tasks, chunksize=5) for one in told]
            by_method = sorted(found, key=lambda one: one.method)
            yield [summary(list(part)) for _, part in groupby(by_method, lambda one: one.method)]


def table(rows: Sequence[Row]) -> Iterator[str]:
    """The rows as text."""
    for row in rows:
        yield (
            f"{row.cell:38}{row.method:23}{row.coverage:7.3f}{row.claims:8.3f}{row.bias:+8.3f}"
            f"{row.width:7.2f}{row.unsaid:7.2f}{row.grade_d:6.2f}{row.milliseconds:6.0f}"
        )


HEAD = (
    f"{'cell':38}{'method':23}{'covers':>7}{'claims':>8}{'bias':>8}{'width':>7}{'unsaid':>7}"
    f"{'D':>6}{'ms':>6}"
)


def targets(rows: Sequence[Row]) -> Iterator[str]:
    """The targets, and by how much each is met or missed."""
    ours = [row for row in rows if row.method == PRODUCT]
    nulls = {cell.name for cell in cells() if cell.is_null}
    worst = min(ours, key=lambda row: row.coverage)
    average = float(np.mean([row.coverage for row in ours]))
    yield _met(f"coverage in every cell (worst: {worst.cell})", worst.coverage, 0.93)
    yield _met("coverage on average, no less than", average, 0.94)
    yield _met("coverage on average, no more than", -average, -0.98)
    without = [row for row in ours if row.cell in nulls]
    if without:
        most = max(without, key=lambda row: row.claims)
        yield _met(f"false positives in every cell (worst: {most.cell})", -most.claims, -0.06)
    for cell, least in (("compared -26%", 0.50), ("rate 30 a month, 4 weeks to .15", 0.65)):
        for row in ours:
            if row.cell == cell:
                yield _met(f"power: {cell}", row.claims, least)


def _met(name: str, value: float, least: float) -> str:
    by = value - least
    return f"{name}: {abs(value):.3f}, {'met' if by >= 0 else 'MISSED'} by {abs(by):.3f}"


@click.command()
@click.option("--seeds", type=click.Choice(list(SEEDS)), default="tuning", show_default=True)
@click.option("--replications", type=click.IntRange(1, 900_000), default=40, show_default=True)
@click.option("--cells", "pattern", default="*", help="Which cells, as in a shell: 'compared*'.")
@click.option("--jobs", type=click.IntRange(1), default=2, show_default=True)
@click.option("--csv", "path", type=click.Path(path_type=Path), help="Write the figures here, too.")
def main(seeds: str, replications: int, pattern: str, jobs: int, path: Path | None) -> None:
    """Compare the product with its rivals on organisations whose truth is known."""
    chosen = [cell for cell in cells() if fnmatch.fnmatchcase(cell.name, pattern)]
    if not chosen:
        raise click.UsageError(f"--cells {pattern}: no cell has such a name")
    error = 100 * np.sqrt(0.05 * 0.95 / replications)
    click.echo(f"{replications} replications; standard error of 5 or 95 %: {error:.1f} points")
    click.echo(HEAD)
    rows: list[Row] = []
    for told in run(chosen, SEEDS[seeds], replications, jobs):
        rows.extend(told)
        for line in table(told):
            click.echo(line)
        sys.stdout.flush()
    for line in targets(rows):
        click.echo(line)
    if path is not None:
        with path.open("w", newline="", encoding="utf-8") as file:
            written = csv.writer(file)
            written.writerow(Row.__slots__)
            written.writerows([getattr(row, name) for name in Row.__slots__] for row in rows)


if __name__ == "__main__":
    # One thread per process: the processes fill the machine.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    pl.Config.set_tbl_rows(100)
    main()

"""How often the product and its rivals name the constraint of an organisation that has one.

Run from the root of the project:

    python -m benchmarks.location                                  # tuning seeds, a small run
    python -m benchmarks.location --cells 'scope*' --without-product
    python -m benchmarks.location --cells '* straight clean'       # side cells: only by name
    python -m benchmarks.location --cells 'nothing*'
    python -m benchmarks.location --seeds gate --replications 20 --csv gate.csv

The two sets of seeds have none in common: what is tuned is tuned on the one, and the other is run
once at the end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import click

from benchmarks.location_cells import Cell, cells, side_cells
from benchmarks.location_figures import (
    HEAD,
    Outcome,
    Said,
    line,
    outcome,
    rows_of,
    sums_of,
    targets,
)
from benchmarks.location_judge import judged, known
from benchmarks.location_policy import WRONG
from benchmarks.location_rivals import LESS_NORMALS, RIVALS
from benchmarks.location_worlds import world
from benchmarks.running import chosen, processes, write_csv

SEEDS = {"tuning": range(320_000_000, 320_100_000), "gate": range(780_000_000, 780_100_000)}


@dataclass(frozen=True, slots=True)
class Task:
    """One organisation to judge."""

    cell: Cell
    seed: int
    with_product: bool


def outcomes(task: Task) -> list[Outcome]:
    """What the product and every rival say of one organisation."""
    one = world(task.cell, task.seed)
    told = known(one)
    found = list(judged(one, told)) if task.with_product else []
    found.extend(Said(name, rival(told)) for name, rival in RIVALS.items())
    misled = replace(told, policy=one.policies[WRONG])
    found.append(Said(f"{LESS_NORMALS}, wrong", RIVALS[LESS_NORMALS](misled)))
    return [outcome(one.cell, one.seed, one.truth.cause, said) for said in found]


def run(
    asked: Sequence[Cell], seeds: Sequence[int], jobs: int, *, with_product: bool
) -> Iterator[list[Outcome]]:
    """What is said of the organisations of each row of the table, as they are done."""
    with processes(jobs) as pool:
        for _, alike in groupby(asked, key=lambda cell: (cell.log, cell.size, cell.planted)):
            tasks = [Task(cell, seed, with_product) for cell in alike for seed in seeds]
            yield [one for found in pool.map(outcomes, tasks) for one in found]


@click.command()
@click.option("--seeds", type=click.Choice(list(SEEDS)), default="tuning", show_default=True)
@click.option("--replications", type=click.IntRange(1, 100_000), default=4, show_default=True)
@click.option("--cells", "pattern", default="", help="Which cells, as in a shell: 'scope full*'.")
@click.option("--jobs", type=click.IntRange(1), default=2, show_default=True)
@click.option("--without-product", is_flag=True, help="Run the rivals alone.")
@click.option(
    "--csv", "path", type=click.Path(path_type=Path), help="Write every answer here, too."
)
def main(
    *,
    seeds: str,
    replications: int,
    pattern: str,
    jobs: int,
    without_product: bool,
    path: Path | None,
) -> None:
    """Compare the product with its rivals on organisations whose constraint is known."""
    asked = _asked(pattern)
    click.echo(
        f"{seeds} seeds, {replications} organisations in each of {len(asked)} cells; a cause is "
        "planted in all teams or in half of them"
    )
    click.echo(
        "true: the planted cause is the one whose removal saves the most days; cause, stage:"
    )
    click.echo(
        "the first named is right, or at least in the right stage; set: the causes that may be"
    )
    click.echo(
        "the first hold it; P>=.9, verdict: share that is sure, or says constraint, and right"
    )
    click.echo(HEAD)
    found = list[Outcome]()
    for part in run(asked, SEEDS[seeds][:replications], jobs, with_product=not without_product):
        found.extend(part)
        for row in rows_of(part):
            click.echo(line(row))
    together = list(sums_of(found))
    for row in together:
        click.echo(line(row))
    for text in targets(together):
        click.echo(text)
    if path is not None:
        write_csv(path, Outcome.__slots__, found)


def _asked(pattern: str) -> list[Cell]:
    """The cells of the table; side cells only where a pattern names them."""
    if not pattern:
        return list(cells())
    return chosen([*cells(), *side_cells()], pattern)


if __name__ == "__main__":
    main()

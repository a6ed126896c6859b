"""How right the product and its rivals are about changes whose effect is known.

Run from the root of the project:

    python -m benchmarks.effects                                  # tuning seeds, a small run
    python -m benchmarks.effects --cells 'rate*' --without-product
    python -m benchmarks.effects --seeds gate --replications 400 --csv gate.csv

The two sets of seeds have none in common: what is tuned is tuned on the one, and the other is run
once at the end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from benchmarks.effect_cells import Cell, cells
from benchmarks.effect_figures import HEAD, PRODUCT, Outcome, Row, line, rows_of, targets
from benchmarks.effect_rivals import RIVALS
from benchmarks.effect_worlds import World, world
from benchmarks.running import chosen, processes, write_csv

SEEDS = {"tuning": range(310_000_000, 310_100_000), "gate": range(770_000_000, 770_100_000)}


@dataclass(frozen=True, slots=True)
class Task:
    """One organisation to judge."""

    cell: Cell
    seed: int
    with_product: bool


def outcomes(task: Task) -> list[Outcome]:
    """What the product and every rival say of one organisation."""
    one = world(task.cell, task.seed)
    found = [_of_product(one)] if task.with_product else []
    for name, rival in RIVALS[one.kind].items():
        said = rival(one)
        found.append(
            _nothing(one, name)
            if said is None
            else Outcome(
                one.cell.name,
                name,
                one.true_effect,
                said.estimate,
                said.low,
                said.high,
                said.claims,
            )
        )
    return found


def _of_product(one: World) -> Outcome:
    # Imported here so that rivals can be run while the estimator is being taken apart.
    from benchmarks.effect_judge import judge  # noqa: PLC0415

    said = judge(one, one.horizon_days)
    if said is None:
        return _nothing(one, PRODUCT)
    return Outcome(
        one.cell.name,
        PRODUCT,
        one.true_effect,
        said.estimate,
        said.low,
        said.high,
        said.claims,
        said.grade,
        said.milliseconds,
    )


def _nothing(one: World, method: str) -> Outcome:
    nothing = float("nan")
    return Outcome(one.cell.name, method, one.true_effect, nothing, None, None, claims=False)


def run(
    asked: Sequence[Cell], seeds: Sequence[int], jobs: int, *, with_product: bool
) -> Iterator[list[Row]]:
    """The rows of each cell, as it is done."""
    with processes(jobs) as pool:
        for cell in asked:
            tasks = [Task(cell, seed, with_product) for seed in seeds]
            found = [one for told in pool.map(outcomes, tasks, chunksize=5) for one in told]
            yield list(rows_of(found))


@click.command()
@click.option("--seeds", type=click.Choice(list(SEEDS)), default="tuning", show_default=True)
@click.option("--replications", type=click.IntRange(1, 100_000), default=40, show_default=True)
@click.option("--cells", "pattern", default="*", help="Which cells, as in a shell: 'compared*'.")
@click.option("--jobs", type=click.IntRange(1), default=2, show_default=True)
@click.option("--without-product", is_flag=True, help="Run the rivals alone.")
@click.option("--csv", "path", type=click.Path(path_type=Path), help="Write the figures here, too.")
def main(
    *,
    seeds: str,
    replications: int,
    pattern: str,
    jobs: int,
    without_product: bool,
    path: Path | None,
) -> None:
    """Compare the product with its rivals on organisations whose truth is known."""
    asked = chosen(cells(), pattern)
    error = 100 * np.sqrt(0.05 * 0.95 / replications)
    click.echo(
        f"{seeds} seeds, {replications} replications of {len(asked)} cells; standard error of a "
        f"rate of 5 or 95 %: {error:.1f} points"
    )
    click.echo("cover: share of intervals with the truth, of those who could tell; claim: false")
    click.echo("positives where nothing was changed, else power; bias, width: logarithm or share")
    click.echo(HEAD)
    rows: list[Row] = []
    for told in run(asked, SEEDS[seeds][:replications], jobs, with_product=not without_product):
        rows.extend(told)
        for row in told:
            click.echo(line(row))
    for text in targets(rows, asked):
        click.echo(text)
    if path is not None:
        write_csv(path, Row.__slots__, rows)


if __name__ == "__main__":
    main()

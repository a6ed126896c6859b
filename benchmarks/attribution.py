"""How often the cause of a delay is named, and how often the wrong one, where it is known.

Run from the root of the project:

    python -m benchmarks.attribution                                 # tuning seeds, a small run
    python -m benchmarks.attribution --cells 'person*'
    python -m benchmarks.attribution --seeds gate --replications 100

The two sets of seeds have none in common: what is tuned is tuned on the one, and the other is run
once at the end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

import click

from benchmarks.attribution_figures import HEAD, Outcome, Row, line, rows_of, targets
from benchmarks.attribution_rivals import analysis_of_variance, worst_person
from benchmarks.attribution_worlds import EXPOSURES, Cell, World, cells, world
from benchmarks.running import chosen, processes
from pipelines.attribution.attribution import attribution
from pipelines.attribution.attribution_verdict import Attribution
from pipelines.attribution.handed_over import ordered
from pipelines.attribution.seat_cells import seat_cells
from pipelines.attribution.spike_scan import USUAL
from pipelines.attribution.suspects import Suspects, scale_of
from pipelines.attribution.within_cells import within_cells

SEEDS = {"tuning": range(410_000_000, 410_100_000), "gate": range(880_000_000, 880_100_000)}
_RULES = {"rule": "dor_size", "rule and person": "dor_size", "joint decision": "deciders_above_one"}


@dataclass(frozen=True, slots=True)
class Task:
    """One organisation to judge."""

    cell: Cell
    seed: int


def outcome(task: Task) -> Outcome:
    """What is said of one organisation."""
    one = world(task.cell, task.seed)
    begun = perf_counter()
    said = attribution(one.attempts, EXPOSURES, is_binary=one.is_binary)
    spent = 1000 * (perf_counter() - begun)
    return Outcome(
        task.cell.name,
        task.cell.planted,
        one.identifiable,
        said.verdict,
        _is_right(task.cell, one, said),
        tuple(_covers(one, said)),
        worst_person(one),
        analysis_of_variance(one),
        spent,
    )


def _is_right(cell: Cell, one: World, said: Attribution) -> bool:
    """Whether nothing was found but what is planted; whom, only the engine inside knows."""
    rule = _RULES.get(cell.planted)
    if any(name != rule for name in said.found_rules):
        return False
    if not any(part.is_found for part in said.classes if part.cause in ("seat", "person")):
        return True
    rows = ordered(one.attempts, EXPOSURES)
    cells_of = seat_cells(rows, within_cells(rows, EXPOSURES))
    suspects = Suspects.of(cells_of, (), scale_of(rows, is_binary=one.is_binary))
    names = (*suspects.cells.teams, *suspects.cells.people)
    found = [each for each in suspects.scanned(USUAL)[0].found if each.label != "seat_or_person"]
    return all(names[each.column] == one.cause for each in found)


def _covers(one: World, said: Attribution) -> Iterator[bool]:
    """Of each class that was found and is planted."""
    for part in said.classes:
        truth = one.rule_excess if part.cause == "rule" else one.cause_excess
        low, high = part.excess.low, part.excess.high
        if part.is_found and truth and low is not None and high is not None:
            yield low <= truth <= high


def run(asked: Sequence[Cell], seeds: Sequence[int], jobs: int) -> Iterator[list[Row]]:
    """The rows of each cell, as it is done."""
    with processes(jobs) as pool:
        for cell in asked:
            tasks = [Task(cell, seed) for seed in seeds]
            yield list(rows_of(list(pool.map(outcome, tasks, chunksize=5))))


@click.command()
@click.option("--seeds", type=click.Choice(list(SEEDS)), default="tuning", show_default=True)
@click.option("--replications", type=click.IntRange(1, 100_000), default=40, show_default=True)
@click.option("--cells", "pattern", default="*", help="Which cells, as in a shell: 'person*'.")
@click.option("--jobs", type=click.IntRange(1), default=2, show_default=True)
def main(*, seeds: str, replications: int, pattern: str, jobs: int) -> None:
    """Judge organisations in which the cause is known."""
    asked = chosen(cells(), pattern)
    click.echo(f"{seeds} seeds, {replications} replications of {len(asked)} cells")
    click.echo("apart, same: whether a seat and a person differ in the cells of the cause; wrong:")
    click.echo(
        "organisations in which something was found that is not planted; cover: intervals of"
    )
    click.echo(
        "the excess, of what was found, that hold it; worst, anova: share of organisations in"
    )
    click.echo("which the worst person, or people at all, are significant (the usual practice)")
    click.echo(HEAD)
    rows: list[Row] = []
    for told in run(asked, SEEDS[seeds][:replications], jobs):
        rows.extend(told)
        for row in told:
            click.echo(line(row))
    for text in targets(rows):
        click.echo(text)


if __name__ == "__main__":
    main()

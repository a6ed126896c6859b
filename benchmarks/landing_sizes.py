"""5,000 changed issues into an empty landing file and into a large one, page by page in turn."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from typing import Any, Final

import click

from benchmarks import landing_store
from benchmarks.landing_store import CHANGED, FIRST, PAGE, PSEUDONYMS, clocks, elapsed, envelope
from connectors.decoding import decode
from connectors.jira import payloads
from roadworthy.stages.landing import Envelope, land
from roadworthy.stages.presence import KnownKeys
from roadworthy.warehouse import Warehouse, open_landing

LARGEST_RATIO: Final = 1.5
KILOBYTES: Final = 1024
Clock = tuple[float, float]


def compare(large: Path, size: int) -> None:
    """Print a row for each part of what a night does, and one for all of it."""
    told, parts = envelope(), dict[str, list[Clock]]()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        landings, parts["opened"] = _opened((Path(folder, "empty.duckdb"), large), stack)
        parts["landed"] = _landed(landings, size, told)
        # What closing a file does, for here both are closed together.
        parts["written to its place"] = [_written(landing) for landing in landings]
        census = _census(landings[1])
    for part, clocks_of_both in parts.items():
        _tell(part, clocks_of_both)
    _tell(f"in all, <= {LARGEST_RATIO}", list(map(_sum, zip(*parts.values(), strict=True))))
    click.echo(f"census of the large one: {census[1]:.2f} s (wall: {census[0]:.1f})")
    click.echo(f"memory at most: {getrusage(RUSAGE_SELF).ru_maxrss / KILOBYTES:,.0f} MB")


def _opened(paths: tuple[Path, ...], stack: ExitStack) -> tuple[list[Warehouse], list[Clock]]:
    landings, took = [], []
    for path in paths:
        begun = clocks()
        landings.append(stack.enter_context(open_landing(path)))
        took.append(elapsed(begun))
    return landings, took


def _landed(landings: list[Warehouse], size: int, told: Envelope) -> list[Clock]:
    took: list[list[Clock]] = [[] for _ in landings]
    sides = list(zip(landings, took, strict=True))
    for text in _pages(size):
        sides.reverse()  # whoever comes second finds the page in the caches of the processor
        for landing, clocks_of_one in sides:
            begun = clocks()
            _land(landing, text, told)
            clocks_of_one.append(elapsed(begun))
    return list(map(_sum, took))


def _land(landing: Warehouse, text: str, told: Envelope) -> None:
    page: Any = decode(text)
    land(landing, landing_store.page(page["issues"]), told, PSEUDONYMS)


def _written(landing: Warehouse) -> Clock:
    begun = clocks()
    landing.execute("checkpoint")
    return elapsed(begun)


def _census(landing: Warehouse) -> Clock:
    """What is stored against an enumeration of as much, less one and with one more."""
    known = KnownKeys(landing, envelope().source, payloads.ISSUES)
    shown = frozenset(known) - {str(FIRST + 1)} | {"1"}
    begun = clocks()
    gone, come = known.beyond(shown), known.lacking(shown)
    if gone != {str(FIRST + 1)} or come != {"1"}:
        raise click.ClickException("the census does not find what came and what went")
    return elapsed(begun)


def _pages(size: int) -> Iterator[str]:
    """Pages of changed issues, which are any of those in the large store."""
    dice = Random(size)  # noqa: S311 - the same issues every time
    changed = landing_store.issues(CHANGED)
    ids = iter(dice.sample(range(FIRST + 1, FIRST + size + 1), CHANGED))
    while some := list(islice(changed, PAGE)):
        yield json.dumps({"issues": [issue | {"id": str(next(ids))} for issue in some]})


def _sum(several: Iterable[Clock]) -> Clock:
    walls, cpus = zip(*several, strict=True)
    return sum(walls), sum(cpus)


def _tell(part: str, both: list[Clock]) -> None:
    (_, small), (_, large) = both
    walls = ", ".join(f"{wall:.1f}" for wall, _ in both)
    click.echo(f"{part:<24}{small:>8.2f} s{large:>8.2f} s{large / small:>6.2f}   (wall: {walls})")

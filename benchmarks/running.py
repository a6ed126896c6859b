"""What the benchmarks of statements share: chosen cells, processes that fill the machine, a CSV."""

import csv
import fnmatch
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol, TypeVar

import click

_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS")


class Named(Protocol):
    """A cell of a table: it has a name."""

    @property
    def name(self) -> str:
        """As ``--cells`` chooses it."""


One = TypeVar("One", bound=Named)


@contextmanager
def processes(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """So many processes, of one thread each, for they fill the machine.

    They are new ones, for the threads of Polars do not survive a fork.
    """
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield pool


def chosen(cells: Iterable[One], pattern: str) -> list[One]:
    """The cells whose names a pattern of the shell matches.

    Raises:
        UsageError: there are none.
    """
    found = [cell for cell in cells if fnmatch.fnmatchcase(cell.name, pattern)]
    if not found:
        raise click.UsageError(f"--cells {pattern}: no cell has such a name")
    return found


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[object]) -> None:
    """The named attributes of each row, a line each, under their names."""
    with path.open("w", newline="", encoding="utf-8") as file:
        written = csv.writer(file)
        written.writerow(columns)
        written.writerows([getattr(row, name) for name in columns] for row in rows)

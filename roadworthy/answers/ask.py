"""Asking the published warehouse, within bounds."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from roadworthy.answers.questions import Question
from roadworthy.errors import ConfigError
from roadworthy.warehouse import Warehouse, open_published

#: Seconds between two attempts to stop a query that has not begun to listen.
_AGAIN = 0.05


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows, and whether there are more than were asked for."""

    rows: pl.DataFrame
    is_cut: bool


def ask(published: Path, question: Question, *, limit: int | None, seconds: float) -> Answer:
    """Ask a question.

    Args:
        published: the warehouse.
        question: what to ask.
        limit: so many rows at most; None: all of them.
        seconds: so long at most.

    Raises:
        ConfigError: the question cannot be answered as it stands, or takes longer.
    """
    one_more = None if limit is None else limit + 1
    with open_published(published) as warehouse:
        warehouse.confine()
        rows = _within(
            seconds,
            warehouse,
            lambda: warehouse.answer(question.sql, question.parameters, one_more),
        )
    if limit is None or rows.height <= limit:
        return Answer(rows, is_cut=False)
    return Answer(rows.head(limit), is_cut=True)


def _within(seconds: float, warehouse: Warehouse, work: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    """Do the work in a thread of its own: the engine hears neither a clock nor Ctrl-C."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        future = pool.submit(work)
        try:
            return future.result(timeout=seconds)
        except TimeoutError as error:
            raise ConfigError(
                f"the query: not answered within {seconds:g} seconds, and stopped; ask for less, "
                "or give it longer with --timeout"
            ) from error
        finally:
            _stop(warehouse, future)


def _stop(warehouse: Warehouse, future: Future[pl.DataFrame]) -> None:
    """Interrupt until it is heard: a query that is still being planned is deaf."""
    while not future.done():
        warehouse.interrupt()
        wait([future], timeout=_AGAIN)

"""Asking the published warehouse, within bounds."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import polars.selectors as cs

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
    _refuse_days_without_a_year(rows)
    if limit is None or rows.height <= limit:
        return Answer(rows, is_cut=False)
    return Answer(rows.head(limit), is_cut=True)


def _refuse_days_without_a_year(rows: pl.DataFrame) -> None:
    """What the engine calls infinite, or of the year 15715, has no form outside of it."""
    moments = rows.select(cs.date() | cs.datetime())
    for column in moments:
        can_be_told = (
            column.dt.year().is_between(date.min.year, date.max.year).fill_null(value=False)
        )
        if not (can_be_told | column.is_null()).all():
            raise ConfigError(
                f"the query: '{column.name}' holds days before the year 1 or after 9999, as "
                "infinity is; cast it to varchar"
            )


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

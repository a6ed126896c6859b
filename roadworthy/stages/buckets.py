"""Items in buckets: the histories of some at a time, so that memory has a bound, on every core.

The facts that each item has of its own depend on nothing but its own events, what was declared and
the survey. So a bucket is any set of items, and what is computed of it is one pure function. Here
a bucket is a run of items in the order of their ids, in which the tables of ``core`` stand: it is
read in passing, and the facts come out in order.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import TypeAlias

import polars as pl
import pyarrow as pa

from pipelines.policy import Policy
from roadworthy.stages.core_frames import OF_ITEMS, Core
from roadworthy.stages.item_facts import told_later
from roadworthy.stages.own_facts import OwnFacts, own_facts
from roadworthy.stages.survey import Survey
from roadworthy.warehouse import Warehouse

#: Rows of changes and values in a bucket: some 200 MB while they are understood.
ROWS = 400_000
_BATCH = 50_000
_LAST_ITEMS = """
    with counted as (
        select item_id, count(*) as rows
        from (
            select item_id from core.field_changes
            union all
            select item_id from core.field_values
        )
        group by item_id
    ),
    placed as (
        select
            items.item_id,
            (sum(coalesce(counted.rows, 0) + 1) over (order by items.item_id) - 1) // ? as bucket
        from core.items left join counted using (item_id)
    )
    select max(item_id) as item_id from placed group by bucket order by item_id
"""
_THREADS = "POLARS_MAX_THREADS"

Bucket: TypeAlias = dict[str, pl.DataFrame]
"""Of each table of single items the rows of the items of a bucket."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What every bucket is understood by."""

    shared: Core
    """The frames that are not of single items."""
    survey: Survey
    policy: Policy

    def of(self, bucket: Bucket) -> OwnFacts:
        """The facts of the items of a bucket."""
        return told_later(own_facts(replace(self.shared, **bucket), self.survey, self.policy))


Engine: TypeAlias = Callable[[Understanding, Iterator[Bucket], int], Iterator[OwnFacts]]
"""Computes the facts of so many buckets, in their order."""


def in_processes(
    understanding: Understanding, buckets: Iterator[Bucket], count: int
) -> Iterator[OwnFacts]:
    """The facts of each bucket in order, on the cores of this machine.

    No more buckets are at hand than there is work for.
    """
    jobs = min(count, _cores())
    if jobs <= 1:
        yield from map(understanding.of, buckets)
        return
    with _processes(understanding, jobs) as pool:
        at_work: deque[Future[OwnFacts]] = deque()
        for bucket in buckets:
            at_work.append(pool.submit(_of_bucket, bucket))
            if len(at_work) > jobs:
                yield at_work.popleft().result()
        while at_work:
            yield at_work.popleft().result()


def facts_by_bucket(
    warehouse: Warehouse,
    understanding: Understanding,
    *,
    rows: int = ROWS,
    engine: Engine = in_processes,
) -> Iterator[OwnFacts]:
    """The facts of all items, bucket by bucket, in the order of the items.

    Args:
        warehouse: with ``core`` filled.
        understanding: what they are understood by.
        rows: how many changes and values a bucket has at most, but for a single item with more.
        engine: what computes them.
    """
    lasts = warehouse.frame(_LAST_ITEMS, [rows])["item_id"].to_list() or [""]
    with ExitStack() as stack:
        passing = {
            name: _Passing(stack.enter_context(warehouse.streamed(f"from core.{name}", _BATCH)))
            for name in OF_ITEMS
        }
        buckets = ({name: one.up_to(last) for name, one in passing.items()} for last in lasts)
        yield from engine(understanding, buckets, len(lasts))


class _Passing:
    """A table in the order of its items, read in passing."""

    def __init__(self, reader: pa.RecordBatchReader) -> None:
        self._reader = reader
        self._held = self._frame(reader.schema.empty_table())

    def up_to(self, last: str) -> pl.DataFrame:
        """The rows of the items up to this one that were not taken before."""
        parts = [self._held]
        while parts[-1].is_empty() or parts[-1]["item_id"][-1] <= last:
            batch = next(self._reader, None)
            if batch is None:
                break
            parts.append(self._frame(pa.Table.from_batches([batch])))
        rows = pl.concat(parts)
        self._held = rows.filter(pl.col("item_id") > last)
        return rows.filter(pl.col("item_id") <= last)

    @staticmethod
    def _frame(table: pa.Table) -> pl.DataFrame:
        frame = pl.from_arrow(table)
        assert isinstance(frame, pl.DataFrame)  # noqa: S101 - of a table, never of a column
        return frame


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _processes(understanding: Understanding, jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Processes of one thread each, for they fill the machine; new ones, as threads need them."""
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        with ProcessPoolExecutor(
            jobs, get_context("spawn"), initializer=_begin, initargs=(understanding,)
        ) as pool:
            yield pool
    finally:
        os.environ.pop(_THREADS) if before is None else os.environ.update({_THREADS: before})


_understanding: Understanding | None = None


def _begin(understanding: Understanding) -> None:
    """Keep in a process of the pool what all its buckets are understood by."""
    global _understanding  # noqa: PLW0603 - a pool hands it to each process once and not each bucket
    _understanding = understanding


def _of_bucket(bucket: Bucket) -> OwnFacts:
    assert _understanding is not None  # noqa: S101 - the pool began with it
    return _understanding.of(bucket)

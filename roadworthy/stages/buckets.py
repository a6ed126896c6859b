"""Items in buckets: the histories of some at a time, so that memory has a bound, on every core.

The facts that each item has of its own depend on nothing but its own events, what was declared and
the survey. So a bucket is any set of items, and what is computed of it is one pure function. Here
a bucket is a run of items in the order of their ids, in which the tables of ``core`` stand: it is
read in passing, and the facts come out in order.
"""

import pickle
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeAlias

import polars as pl
import pyarrow as pa

from pipelines.policy import Policy
from roadworthy.stages.core_frames import OF_ITEMS, Core
from roadworthy.stages.cores import how_many
from roadworthy.stages.item_facts import told_later
from roadworthy.stages.kept_facts import KeptFacts
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

Bucket: TypeAlias = dict[str, pl.DataFrame]
"""Of each table of single items the rows of the items of a bucket."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What every bucket is understood by."""

    shared: Core
    """The frames that are not of single items; those of a bucket take the place of the others."""
    survey: Survey
    policy: Policy

    def of(self, bucket: Bucket) -> OwnFacts:
        """The facts of the items of a bucket."""
        return told_later(own_facts(replace(self.shared, **bucket), self.survey, self.policy))


Engine: TypeAlias = Callable[[Understanding, Iterator[Bucket], int], Iterator[OwnFacts]]
"""Computes the facts of so many buckets, in their order."""


def on(cores: Executor, folder: Path) -> Engine:
    """The facts of each bucket in order, on the cores of this machine, kept in a folder."""
    return partial(_side_by_side, cores, folder)


def _side_by_side(
    cores: Executor,
    folder: Path,
    understanding: Understanding,
    buckets: Iterator[Bucket],
    count: int,
) -> Iterator[OwnFacts]:
    """No more buckets are at hand than there is work for; a single one is not sent anywhere."""
    if count <= 1:
        yield from map(understanding.of, buckets)
        return
    # Put into bytes once, and not again for every bucket.
    told = pickle.dumps(understanding)
    at_work: deque[Future[KeptFacts]] = deque()
    for number, bucket in enumerate(buckets):
        at_work.append(cores.submit(_of_bucket, told, bucket, folder / f"{number}"))
        if len(at_work) > how_many():
            yield at_work.popleft().result().mapped()
    while at_work:
        yield at_work.popleft().result().mapped()


def _of_bucket(told: bytes, bucket: Bucket, folder: Path) -> KeptFacts:
    return KeptFacts.of(_understood_by(told).of(bucket), folder)


@lru_cache(maxsize=1)
def _understood_by(told: bytes) -> Understanding:
    """What all buckets are understood by: a process reads it with its first."""
    understanding: Understanding = pickle.loads(told)  # noqa: S301 - of the process that began this one
    return understanding


def facts_by_bucket(
    warehouse: Warehouse,
    understanding: Understanding,
    *,
    rows: int = ROWS,
    engine: Engine,
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

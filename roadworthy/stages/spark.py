"""The facts of buckets on Spark: the same function as in local processes, on many machines.

The buckets lie as Parquet in a folder that driver and workers share; a worker is told the number of
a bucket, reads it there, and answers with its facts, a table a row, as Arrow. What all of them are
understood by is broadcast once. Everything else of a build stays on the driver.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from functools import partial
from io import BytesIO
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import polars as pl
import pyarrow as pa

import roadworthy
from pipelines.policy import Policy
from roadworthy.disk import private
from roadworthy.errors import RoadworthyError
from roadworthy.stages.buckets import Bucket, Engine, Understanding
from roadworthy.stages.core_frames import OF_ITEMS
from roadworthy.stages.own_facts import FRAMES, OwnFacts
from roadworthy.stages.sightings import Sightings
from roadworthy.stages.spark_sessions import faults, last_words, opened

if TYPE_CHECKING:
    from pyspark.broadcast import Broadcast
    from pyspark.sql import SparkSession

_TABLES: Final = "bucket long, name string, frame binary"
_VERSIONS: Final = f"Roadworthy {roadworthy.__version__} on Polars {pl.__version__}"


@contextmanager
def on_spark(master: str, warehouse: Path) -> Iterator[Engine]:
    """Spark, to compute the facts of the items of a warehouse.

    Args:
        master: as Spark names it, ``local[2]`` or ``spark://host:7077``.
        warehouse: beside it the buckets lie while they are understood.

    Raises:
        ConfigError: Spark is not installed, or does not start there.
    """
    folder = warehouse.with_name(f".{warehouse.name}.buckets")
    with opened(master) as session:
        yield partial(facts_on_spark, session, folder)


def facts_on_spark(
    session: "SparkSession",
    folder: Path,
    understanding: Understanding,
    buckets: Iterator[Bucket],
    count: int,
) -> Iterator[OwnFacts]:
    """The facts of so many buckets in order, computed by the workers of a session.

    Args:
        session: its workers have this Roadworthy, and see the folder at the same path.
        folder: for the buckets, and nothing else: what lies there is removed.
        understanding: what they are understood by.
        buckets: as they are read.
        count: how many there are.
    """
    with _written(buckets, folder):
        try:
            shared = session.sparkContext.broadcast(understanding)
            facts = partial(_facts, shared, _VERSIONS, folder)
            yield from _mapped(session, facts, understanding.policy, count)
            shared.destroy()
        except faults() as error:
            raise RoadworthyError(
                f"Spark: the facts could not be computed: {last_words(error)}; see its logs, or "
                "build without --spark"
            ) from error


@contextmanager
def _written(buckets: Iterator[Bucket], folder: Path) -> Iterator[None]:
    """The buckets as Parquet for a while, a folder each; a killed build may have left others."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        with private():
            for number, bucket in enumerate(buckets):
                (folder / str(number)).mkdir(parents=True)
                for name, frame in bucket.items():
                    frame.write_parquet(_file(folder, number, name))
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _file(folder: Path, number: int, table: str) -> Path:
    return folder / str(number) / f"{table}.parquet"


def _mapped(
    session: "SparkSession", facts: Callable[..., Any], policy: Policy, count: int
) -> Iterator[OwnFacts]:
    """Computed side by side and kept by the workers, then fetched one after the other."""
    from pyspark import StorageLevel  # noqa: PLC0415 - of an extra

    numbers = session.range(0, count, 1, count)  # a partition for each bucket
    tables = numbers.mapInArrow(facts, _TABLES).persist(StorageLevel.DISK_ONLY)
    tables.count()  # to fetch them alone would compute them one by one
    rows = tables.toLocalIterator()  # in the order of the partitions
    for _, own in groupby(rows, key=lambda row: row.bucket):
        yield _put_together({row.name: row.frame for row in own}, policy)
    tables.unpersist()


def _facts(
    shared: "Broadcast[Understanding]",
    versions: str,
    folder: Path,
    batches: Iterator[pa.RecordBatch],
) -> Iterator[pa.RecordBatch]:
    """On a worker: the facts of the buckets of these numbers, a row a table."""
    if versions != _VERSIONS:
        raise RoadworthyError(f"a worker has {_VERSIONS}, and the driver {versions}")
    for number in chain.from_iterable(batch.column("id").to_pylist() for batch in batches):
        bucket = {name: pl.read_parquet(_file(folder, number, name)) for name in OF_ITEMS}
        for name, table in _taken_apart(shared.value.of(bucket)):
            yield pa.RecordBatch.from_pydict({"bucket": [number], "name": [name], "frame": [table]})


def _taken_apart(own: OwnFacts) -> Iterator[tuple[str, bytes]]:
    """Every frame under its name, those of the sightings among them; the policy stays behind."""
    seen = {one.name: getattr(own.sightings, one.name) for one in fields(Sightings)}
    seen["misclicks"] = pl.DataFrame({"misclicks": [own.sightings.misclicks]})
    for name, frame in ({name: getattr(own, name) for name in FRAMES} | seen).items():
        written = BytesIO()
        frame.write_ipc(written)
        yield name, written.getvalue()


def _put_together(tables: dict[str, bytes], policy: Policy) -> OwnFacts:
    frames: dict[str, Any] = {name: pl.read_ipc(BytesIO(table)) for name, table in tables.items()}
    seen = {one.name: frames.pop(one.name) for one in fields(Sightings)}
    seen["misclicks"] = seen["misclicks"].item()
    return OwnFacts(policy=policy, sightings=Sightings(**seen), **frames)

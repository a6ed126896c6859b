"""The facts of a whole organisation from a local Spark, and those of processes of our own."""

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from roadworthy.config import Loaded
from roadworthy.errors import RoadworthyError
from roadworthy.stages import buckets, spark
from roadworthy.stages.buckets import Engine, Understanding, facts_by_bucket
from roadworthy.stages.build import BuildResult
from roadworthy.stages.core_frames import OF_ITEMS, Core
from roadworthy.stages.cores import on_every_core
from roadworthy.stages.policies import policy_for
from roadworthy.stages.survey import Survey
from roadworthy.warehouse import Warehouse

from .same_facts import assert_same_facts

ROWS = 20_000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("pyspark") is None, reason="roadworthy[spark] is not installed"),
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs a Java"),
    pytest.mark.xdist_group("spark"),
]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that driver and workers see."""
    return tmp_path_factory.mktemp("shared")


@pytest.fixture(scope="module")
def engine(shared: Path) -> Iterator[Engine]:
    with spark.on_spark("local[2]", shared / "roadworthy.duckdb") as engine:
        yield engine


@pytest.fixture(scope="module")
def understanding(built: tuple[Loaded, BuildResult], warehouse: Warehouse) -> Understanding:
    core = Core.read(warehouse)
    policy = policy_for(built[0].config, core.items)
    return Understanding(core.without_items(), Survey.of(core, policy), policy)


def test_spark_gives_the_facts_of_every_bucket_as_local_processes_do(
    warehouse: Warehouse, understanding: Understanding, engine: Engine, tmp_path: Path
) -> None:
    with on_every_core(tmp_path) as cores:
        local = buckets.on(cores, tmp_path)
        here = list(facts_by_bucket(warehouse, understanding, rows=ROWS, engine=local))
    there = list(facts_by_bucket(warehouse, understanding, rows=ROWS, engine=engine))
    assert len(there) == len(here) >= 3
    for one, other in zip(there, here, strict=True):
        assert_same_facts(one, other)


def test_a_worker_of_another_version_is_refused_and_no_bucket_is_left_behind(
    understanding: Understanding, engine: Engine, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark, "_VERSIONS", "Roadworthy 0.9 on Polars 2.0.0")
    nothing = {name: getattr(understanding.shared, name).clear() for name in OF_ITEMS}
    said = r"^Spark: .*: a worker has .*, and the driver Roadworthy 0.9 on Polars 2.0.0; see its"
    with pytest.raises(RoadworthyError, match=said):
        list(engine(understanding, iter([nothing]), 1))
    assert list(shared.iterdir()) == []

"""The file readers open: what is wrong with it is said as it is."""

import os
import signal
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

import polars as pl
import pytest

from roadworthy.errors import LockedError, RoadworthyError
from roadworthy.warehouse import (
    Warehouse,
    building,
    landing_path,
    open_landing,
    open_published,
)

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place


def test_a_damaged_file_is_no_locked_one_even_in_a_folder_called_block(tmp_path: Path) -> None:
    path = tmp_path / "block" / "roadworthy.duckdb"
    path.parent.mkdir()
    path.write_bytes(b"garbage" * 1000)

    with pytest.raises(RoadworthyError, match="is damaged") as caught, open_published(path):
        pass
    assert not isinstance(caught.value, LockedError)


def test_the_engine_draws_no_bar_among_results(tmp_path: Path) -> None:
    asked = "select current_setting('enable_progress_bar') as draws"
    with open_landing(tmp_path / "roadworthy.duckdb") as landing:
        assert landing.frame(asked).rows() == [(False,)]
        with landing.streamed(asked, rows=1) as reader:
            assert reader.read_all().to_pylist() == [{"draws": False}]


def test_who_stops_the_program_while_the_engine_is_at_work_has_stopped_it(tmp_path: Path) -> None:
    """The engine told it as a fault, and so did the night: exit code 1, worth a bug report."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    by_hand = Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))

    def work() -> None:
        with open_landing(tmp_path / "roadworthy.duckdb") as landing:
            by_hand.start()
            landing.execute("select sum(a.range * b.range) from range(20_000) a, range(20_000) b")
            by_hand.join()

    try:
        with pytest.raises(KeyboardInterrupt):
            work()
    finally:
        signal.signal(signal.SIGINT, before)


def test_rows_that_are_inserted_some_at_a_time_are_all_there_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roadworthy.database_files.INSERTED", 2)
    with open_landing(tmp_path / "roadworthy.duckdb") as landing:
        landing.execute("create table numbers (name varchar, number bigint)")
        for numbers in ([], [3, 1, 2, 5, 4]):
            # Columns are matched by their names, wherever they stand.
            landing.insert("numbers", pl.DataFrame({"number": numbers, "name": map(str, numbers)}))
        assert landing.frame("from numbers").rows() == [
            ("3", 3),
            ("1", 1),
            ("2", 2),
            ("5", 5),
            ("4", 4),
        ]


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fails_halfway(landing: Warehouse) -> None:
        with landing.transaction():
            landing.execute("insert into raw.cursors values ('a', 'b', 'c', 'd')")
            raise ZeroDivisionError

    with open_landing(tmp_path / "roadworthy.duckdb") as landing:
        with pytest.raises(ZeroDivisionError):
            fails_halfway(landing)
        assert landing.frame("from raw.cursors").is_empty()


def test_tools_that_bring_an_older_duckdb_can_read_what_is_published(place: "Place") -> None:
    place.publish()
    # Behind the checksum and the word DUCK stands the version of the format: 1.4 reads up to 67.
    version = int.from_bytes(place.warehouse.read_bytes()[12:20], "little")
    assert version <= 67


def readers(path: Path) -> int:
    return path.stat().st_mode & 0o077


def test_landing_and_its_log_are_for_their_owner_alone(tmp_path: Path) -> None:
    published = tmp_path / "roadworthy.duckdb"
    with open_landing(published) as landing:
        landing.execute("begin; create table raw.more as select 1 as a; commit")
        files = sorted(path.name for path in tmp_path.iterdir())
        assert files == ["roadworthy.raw.duckdb", "roadworthy.raw.duckdb.wal"]
        assert [readers(path) for path in tmp_path.iterdir()] == [0, 0]
    assert readers(landing_path(published)) == 0


def test_a_build_lets_those_read_who_might_before_and_nobody_while_it_is_at_work(
    tmp_path: Path,
) -> None:
    published = tmp_path / "roadworthy.duckdb"
    for allowed in (0o640, 0o600):
        _build(published)
        published.chmod(allowed)
        _build(published)
        assert published.stat().st_mode & 0o777 == allowed


def _build(published: Path) -> None:
    with open_landing(published):
        pass
    with building(published) as warehouse:
        warehouse.execute("create table main.x as select 1 as a")
        assert readers(published.with_name(f".{published.name}.building")) == 0

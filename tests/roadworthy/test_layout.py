"""The version of the two files: older landings grow up, what is newer is left alone."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from roadworthy import layout
from roadworthy.errors import ConfigError, RoadworthyError
from roadworthy.layout import LANDING, PUBLISHED, migrations, stamp, version_of
from roadworthy.stages.published_figures import told_before
from roadworthy.warehouse import (
    Warehouse,
    in_memory,
    landing_path,
    open_landing,
)
from tests.roadworthy.test_nightly import record

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place, Silence

#: As the first syncs made it (commit 8f4c3ef): no cursors, no keys in quarantine, no version.
FIRST_LAYOUT = """
    drop table raw.layout;
    drop table raw.cursors;
    alter table raw.quarantine drop column key;
    insert into raw.quarantine values ('archive', 'issues', 'a.json:1', 'no id', '{', 'r1');
    insert into raw.records values (
        'archive', 'jira', 'issues', '7', null, '{"id": "7"}', 'd', '2026-03-01 00:00:00Z',
        'r1', 'r1', null, null
    );
"""
FOLDERS = ("schema/raw", "schema/staging", "schema/core", "schema/main", "marts")
_COLUMNS = """
    select table_name, column_name, data_type, comment from duckdb_columns()
    where schema_name = 'raw' order by table_name, column_index
"""


def old_landing(place: "Place") -> None:
    with open_landing(place.warehouse) as landing:
        landing.execute(FIRST_LAYOUT)


def test_the_first_landing_becomes_what_a_new_one_is_and_keeps_its_rows(place: "Place") -> None:
    old_landing(place)
    with open_landing(place.warehouse) as grown, open_landing(place.folder / "new") as new:
        assert grown.frame(_COLUMNS).rows() == new.frame(_COLUMNS).rows()
        assert version_of(grown) == version_of(new) == LANDING
        assert grown.frame("select place, key from raw.quarantine").rows() == [("a.json:1", None)]
        assert grown.frame("select key from raw.records").rows() == [("7",)]


def test_a_sync_goes_on_from_the_first_landing(place: "Place") -> None:
    record(place)
    old_landing(place)
    result = place.call("sync")
    assert result.exit_code == 0, result.stderr
    assert place.landed("select count(*) from raw.quarantine") == (0,)


def test_a_migration_that_is_stopped_leaves_the_old_layout(
    place: "Place", monkeypatch: pytest.MonkeyPatch
) -> None:
    old_landing(place)
    stopped = {**migrations(), 2: "insert into raw.quarantine values ('half'); "}
    monkeypatch.setattr(layout, "migrations", lambda: stopped)
    with pytest.raises(Exception, match="quarantine"), open_landing(place.warehouse):
        pytest.fail("half a migration")
    monkeypatch.undo()
    with open_landing(place.warehouse) as landing:
        assert version_of(landing) == LANDING
        assert landing.frame("from raw.records").height == 1


def test_every_version_has_its_migration() -> None:
    assert list(migrations()) == list(range(1, LANDING + 1))


def test_a_landing_of_a_newer_version_is_refused_and_left_as_it_is(place: "Place") -> None:
    record(place)
    with open_landing(place.warehouse) as landing:
        stamp(landing, LANDING + 1)
    before = landing_path(place.warehouse).read_bytes()
    for command in ("nightly", "build", "status"):
        result = place.call(command)
        assert result.exit_code == 2, (command, result.stderr)
        assert "was written by a newer Roadworthy" in result.stderr
    assert landing_path(place.warehouse).read_bytes() == before


def published_as(place: "Place", version: int) -> bytes:
    """Publish a warehouse as another version would have; returns its bytes."""
    with pytest.MonkeyPatch.context() as other:
        other.setattr("roadworthy.warehouse.PUBLISHED", version)
        place.publish()
    return place.warehouse.read_bytes()


def test_a_published_file_of_a_newer_version_is_neither_read_nor_built_over(
    place: "Place",
) -> None:
    record(place)
    before = published_as(place, 99)
    for command in (["sql", "select 1"], ["status"], ["build"]):
        result = place.call(*command)
        assert result.exit_code == 2, (command, result.stderr)
        assert "was written by a newer Roadworthy" in result.stderr
    assert place.warehouse.read_bytes() == before


def test_a_published_file_of_an_older_version_wants_a_build_which_keeps_what_was_said(
    place: "Place", silence: "Silence"
) -> None:
    published_as(place, 0)
    result = place.call("sql", "select 1")
    assert result.exit_code == 2
    assert "by an older Roadworthy; run 'roadworthy build" in result.stderr
    assert told_before(place.loaded, silence) is not None
    assert silence.told == []


def test_a_file_of_before_there_were_versions_is_an_older_one(tmp_path: Path) -> None:
    with in_memory() as warehouse:
        assert version_of(warehouse) == 0
        with pytest.raises(ConfigError, match="by an older Roadworthy"):
            layout.refuse_older(warehouse, tmp_path)


def digest(warehouse: Warehouse, schema: str) -> str:
    """Names and types of all columns of a schema, in a few characters."""
    columns = warehouse.frame(
        """
        select schema_name, table_name, column_name, data_type from duckdb_columns()
        where schema_name = ? and not internal order by all
        """,
        [schema],
    )
    return hashlib.sha256(repr(columns.rows()).encode()).hexdigest()[:12]


def test_whoever_changes_the_layout_of_landing_raises_its_version(tmp_path: Path) -> None:
    """Where this fails: a migration in sql/migrations, LANDING raised, and its digest here."""
    with open_landing(tmp_path / "roadworthy.duckdb") as landing:
        assert {LANDING: digest(landing, "raw")} == {2: "a0ef6fb7c75a"}


def test_whoever_changes_what_readers_find_raises_its_version() -> None:
    """Where this fails: PUBLISHED raised, and its digest here.

    As long as no version was released with the present number, the digest alone.
    """
    with in_memory() as warehouse:
        for folder in FOLDERS:
            warehouse.execute(f"create schema if not exists {folder.split('/')[-1]}")
            warehouse.run_folder(folder)
        assert {PUBLISHED: digest(warehouse, "main")} == {1: "53cced817811"}


def test_a_lost_landing_begins_with_what_the_published_file_holds_of_it(place: "Place") -> None:
    record(place)
    place.publish(
        """
        insert into raw.records values (
            'archive', 'jira', 'versions', '3', null, '{"id": "3"}', 'd', '2026-03-01 00:00:00Z',
            'r1', 'r1', 'r2', null
        )
        """
    )
    landing_path(place.warehouse).unlink()
    assert place.call("sync").exit_code == 0
    with open_landing(place.warehouse) as landing:
        kept = landing.frame("select resource, superseded_run_id from raw.records order by all")
    assert kept.rows() == [("issues", None), ("versions", "r2")]


def test_a_lost_landing_beside_a_damaged_published_file_is_said(place: "Place") -> None:
    place.warehouse.parent.mkdir()
    place.warehouse.write_bytes(b"garbage" * 1000)
    damaged = pytest.raises(RoadworthyError, match=r"roadworthy\.duckdb: is damaged")
    with damaged, open_landing(place.warehouse):
        pytest.fail("made from garbage")
    assert not landing_path(place.warehouse).exists()


ANOTHER = "is of another program; name another path as 'warehouse', or move it away"


def of_another_program(path: Path) -> bytes:
    path.parent.mkdir(exist_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table precious as select 42 as answer")
    return path.read_bytes()


def test_a_file_of_another_program_is_neither_read_nor_built_over(place: "Place") -> None:
    record(place)
    before = of_another_program(place.warehouse)
    for command in (["nightly"], ["sync"], ["sql", "select 1"], ["status"], ["check"]):
        result = place.call(*command)
        assert result.exit_code == 2, (command, result.stderr)
        assert f"roadworthy.duckdb: {ANOTHER}" in result.stderr
    assert place.warehouse.read_bytes() == before


def test_a_file_of_another_program_beside_a_landing_is_not_built_over(place: "Place") -> None:
    record(place)
    assert place.call("sync").exit_code == 0
    before = of_another_program(place.warehouse)
    result = place.call("build")
    assert result.exit_code == 2
    assert ANOTHER in result.stderr
    assert place.warehouse.read_bytes() == before


def test_a_file_of_another_program_is_no_landing(place: "Place") -> None:
    record(place)
    before = of_another_program(landing_path(place.warehouse))
    for command in ("sync", "build", "nightly"):
        result = place.call(command)
        assert result.exit_code == 2, (command, result.stderr)
        assert f"roadworthy.raw.duckdb: {ANOTHER}" in result.stderr
    assert landing_path(place.warehouse).read_bytes() == before


def test_a_file_of_another_engine_is_left_as_it_is(place: "Place") -> None:
    record(place)
    place.warehouse.parent.mkdir()
    with closing(sqlite3.connect(place.warehouse)) as connection:
        connection.execute("create table precious (answer)")
        connection.commit()
    before = place.warehouse.read_bytes()
    result = place.call("nightly")
    assert result.exit_code == 2
    assert ANOTHER in result.stderr
    assert place.warehouse.read_bytes() == before


@pytest.mark.parametrize("command", ["nightly", "status", "check"])
def test_a_folder_in_the_place_of_the_warehouse_is_said(place: "Place", command: str) -> None:
    record(place)
    place.warehouse.mkdir(parents=True)
    result = place.call(command)
    assert result.exit_code == 2
    assert "roadworthy.duckdb: is a folder; name a file as 'warehouse'" in result.stderr


def test_what_was_never_a_warehouse_is_not_said_to_be_made_anew(place: "Place") -> None:
    record(place)
    place.warehouse.parent.mkdir()
    place.warehouse.write_text("notes of mine\n" * 1000)
    for command in (["nightly"], ["sql", "select 1"]):
        result = place.call(*command)
        assert "'roadworthy build'" not in result.stderr
        assert "if it was never a warehouse, name another path" in result.stderr

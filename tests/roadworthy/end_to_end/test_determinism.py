"""Same raw data, configuration and snapshot: the same tables and the same bytes of the page."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from roadworthy.config import Loaded, load
from roadworthy.stages.build import BuildResult
from roadworthy.warehouse import open_published

from .conftest import run_all, write_report

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("end_to_end")]


@pytest.fixture(scope="module")
def again(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The same archive in another place, with another key for its pseudonyms."""
    folder = tmp_path_factory.mktemp("again")
    for part in ("jira", "github"):
        shutil.copytree(archive / part, folder / part)
    shutil.copy(archive / "roadworthy.toml", folder)
    loaded = load(folder / "roadworthy.toml")
    run_all(loaded)
    return loaded


def test_the_tables_are_the_same(built: tuple[Loaded, BuildResult], again: Loaded) -> None:
    tables = """
        select table_name from duckdb_tables()
        where schema_name = 'main' order by table_name
    """
    with open_published(built[0].warehouse) as one, open_published(again.warehouse) as other:
        names = one.frame(tables)["table_name"].to_list()
        assert "visits" in names
        for name in names:
            query = f"from main.{name}"
            assert_frame_equal(one.frame(query), other.frame(query))


def test_the_page_is_the_same_to_the_byte(built: tuple[Loaded, BuildResult], again: Loaded) -> None:
    assert write_report(built[0]).read_bytes() == write_report(again).read_bytes()


def test_a_second_run_over_the_same_data_changes_no_fact(again: Loaded) -> None:
    with open_published(again.warehouse) as warehouse:
        before = warehouse.frame("from main.visits")
    run_all(again)
    with open_published(again.warehouse) as warehouse:
        assert_frame_equal(warehouse.frame("from main.visits"), before)
        assert warehouse.frame("select count(*) as n from raw.syncs")["n"].item() == 4


def test_a_comment_in_the_file_is_no_other_configuration(again: Loaded, tmp_path: Path) -> None:
    text = again.path.read_text(encoding="utf-8")
    path = tmp_path / "roadworthy.toml"
    path.write_text(f"# a remark\n{text}", encoding="utf-8")
    assert replace(load(path), path=again.path) == again

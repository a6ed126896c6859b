"""The data dictionary: complete, the same everywhere, and without a warehouse."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roadworthy.dictionary import Column, dictionary, table_named, tables
from roadworthy.errors import ConfigError

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place

DOCS = Path(__file__).parents[2] / "docs" / "tables.md"


def test_every_table_and_column_has_a_meaning() -> None:
    silent = [
        f"{table.name}.{column.name}"
        for table in tables()
        for column in (Column("", "", table.meaning), *table.columns)
        if not column.meaning.strip()
    ]
    assert silent == []


def test_every_table_states_its_grain() -> None:
    assert [table.name for table in tables() if "One row per" not in table.meaning] == []


def test_a_table_of_main_is_described_by_its_comments() -> None:
    table = table_named("main.Visits")
    assert table.name == "visits"
    assert table.columns[0] == Column("item_id", "varchar", "The work item.")


def test_a_view_is_described_as_a_table_is() -> None:
    assert table_named("runs").columns[0].name == "run_id"


def test_a_misspelt_table_is_answered_with_the_nearest() -> None:
    with pytest.raises(ConfigError, match="'visit': no table is called so; did you mean 'visits'"):
        table_named("visit")


def test_the_page_in_docs_is_this_very_text() -> None:
    assert DOCS.read_text("utf-8") == dictionary(), "run: roadworthy tables > docs/tables.md"


def test_the_command_prints_it_with_neither_configuration_nor_warehouse(place: "Place") -> None:
    place.config.unlink()
    assert place.call("tables").stdout == dictionary()
    assert place.call("tables", "visits").stdout.startswith("## visits\n\nEvery stay of every work")
    assert place.call("tables", "vists").exit_code == 2

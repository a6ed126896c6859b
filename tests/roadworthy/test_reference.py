"""The pages about settings and commands say all that there is."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from roadworthy.cli import main
from roadworthy.reference import commands, settings
from roadworthy.reference.examples import as_toml, shown

EXAMPLE = Path(__file__).parent.parent.parent / "roadworthy.example.toml"


def rows(page: str) -> list[list[str]]:
    """The rows of all tables of the page about settings, a cell each."""
    told = re.findall(r"^\| `(.+) \|$", page, re.MULTILINE)
    return [[cell.strip(" `") for cell in row.split(" | ")] for row in told]


def test_every_key_has_its_meaning() -> None:
    told = rows(settings.page(EXAMPLE.read_text(encoding="utf-8")))
    assert ["contest_window_days", "whole number", "14"] in [row[:3] for row in told]
    assert [row[0] for row in told if not row[3]] == []


def test_every_key_that_is_no_table_has_an_example_in_the_example_file() -> None:
    told = rows(settings.page(EXAMPLE.read_text(encoding="utf-8")))
    assert [row[0] for row in told if not row[4] and "table" not in row[1]] == []


def test_a_kind_of_source_has_the_examples_of_its_own_kind_first() -> None:
    example = '[[sources]]\nkind = "jira"\nname = "a"\n[[sources]]\nkind = "files"\nname = "b"\n'
    page = settings.page(example)
    files = page.partition('kind = "files"\n')[2]
    assert "| `name` | text | **needed** | Under which" in files
    assert files.index('`"b"`') < files.index("## [teams.NAME]")


def test_what_the_example_has_as_a_comment_is_shown_too() -> None:
    assert shown('a = 1\n# b = "x" # instead\n# In words = none\n') == {"a": 1, "b": "x"}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (True, "true"),
        ('a "b"', '"a \\"b\\""'),
        ([1, 2.5], "[1, 2.5]"),
        ({"a b": date(2026, 1, 2)}, '{ "a b" = 2026-01-02 }'),
        (datetime(2026, 1, 2, tzinfo=UTC), "2026-01-02T00:00:00Z"),
    ],
)
def test_an_example_is_written_as_in_the_file(value: object, written: str) -> None:
    assert as_toml(value) == written


def test_every_option_of_every_command_is_told() -> None:
    page = commands.page()
    for name, command in main.commands.items():
        told = page.partition(f"\n## roadworthy {name}\n")[2].partition("\n## ")[0]
        common = page.partition("\n## Options of every command\n")[2].partition("\n## ")[0]
        missing = [one.opts[0] for one in command.params if one.opts[0].startswith("--")]
        assert [one for one in missing if f"`{one}" not in told + common] == []


def test_exit_codes_are_those_of_the_program() -> None:
    codes = re.findall(r"^\| (\d+) \|", commands.page(), re.MULTILINE)
    assert codes == ["0", "1", "2", "3", "4", "5", "130"]

"""What CONTRIBUTING says it takes to build on the house, done in a copy of it.

A folder beside this file is one example: the files somebody would write, at their places, and in
``lines.patch`` the lines they would add to files that are there.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from roadworthy.simulator.serving.server import served
from tests.extending.house import EXAMPLES, ROOT, House, own_files
from tests.extending.tarn_board import TOKEN, TarnBoard

NAMES = ("tracker", "metric", "chart", "question")
_CONFIGURATION = """
warehouse = "var/roadworthy.duckdb"
reports = "var/reports"

[[sources]]
kind = "tarn"
name = "boats"
server = "{url}"
token_env = "TARN_TOKEN"
"""


@dataclass(frozen=True)
class Extended:
    """A house with all examples in it, and the night it had with the new tracker."""

    house: House
    folder: Path
    told: str

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the published warehouse answers."""
        with closing(duckdb.connect(self.folder / "var/roadworthy.duckdb", read_only=True)) as one:
            return one.execute(query).fetchall()


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Extended]:
    house = House.copied(tmp_path_factory.mktemp("house"))
    for name in NAMES:
        house.extend(name)
    folder = tmp_path_factory.mktemp("work")
    with served(TarnBoard().app) as tarn:
        config = folder / "roadworthy.toml"
        config.write_text(_CONFIGURATION.format(url=tarn.url), encoding="utf-8")
        arguments = ("-m", "roadworthy", "nightly", "--config", str(config))
        night = house.run(*arguments, TARN_TOKEN=TOKEN)
        assert night.returncode == 0, night.stderr
        yield Extended(house, folder, night.stderr)


@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_an_example_has_its_place_in_the_house(name: str, tmp_path: Path) -> None:
    for path in _patched(name):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes((ROOT / path).read_bytes())
    assert House(tmp_path).extend(name) == own_files(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_guide_names_every_file_of_an_example(name: str) -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert f"tests/extending/{name}" in guide
    for file in _patched(name):
        assert file in guide or str(Path(file).parent) in guide, file


@pytest.mark.slow
def test_a_third_tracker_is_read_conformed_and_told_like_the_others(extended: Extended) -> None:
    assert "boats: 33 records" in extended.told
    assert extended.rows(
        "select stage, stage_kind, count(*) from work_items group by all order by all"
    ) == [("Done", "done", 24), ("Inbox", "queue", 6)]
    assert extended.rows("select tracker, short_items, lacks from core.sources") == [
        ("tarn", 0, ["Tarn keeps no dates, so that slips are unknown"])
    ]
    assert extended.rows("select count(*) from data_audit where severity = 'error'") == [(0,)]
    assert extended.rows("select count(*) from core.replay_mismatches") == [(0,)]


@pytest.mark.slow
def test_who_moves_the_cards_of_a_third_tracker_is_a_pseudonym(extended: Extended) -> None:
    assert extended.rows(
        "select count(distinct actor_id), count(*) - count(actor_id) from core.field_changes"
    ) == [(6, 0)]
    published = (extended.folder / "var/roadworthy.duckdb").read_bytes()
    assert b"nobody@tarn.example" not in published


@pytest.mark.slow
def test_a_new_metric_has_its_table_its_weeks_and_its_words(extended: Extended) -> None:
    assert extended.rows(
        "select count(*), count(reopened_at), min(days_to_reopening) from reopenings"
    ) == [(32, 8, 2.0)]
    assert extended.rows(
        "select scope, sum(items) from weekly_metrics where metric = 'reopening_rate' group by all"
        " having scope = 'organisation'"
    ) == [("organisation", 32)]
    assert "Done work opened again" in _page(extended)


@pytest.mark.slow
def test_a_new_chart_stands_on_the_page_with_its_paragraph(extended: Extended) -> None:
    page = _page(extended)
    assert 'id="touch-bracket"' in page
    assert "no single number is it. Hours in neither are waiting." in page


@pytest.mark.slow
def test_a_new_question_is_listed_and_asked_by_its_name(extended: Extended) -> None:
    listed = extended.house.run("-m", "roadworthy", "sql")
    assert "handed_on_most" in listed.stdout
    config = str(extended.folder / "roadworthy.toml")
    asked = ("-m", "roadworthy", "sql", "handed_on_most", "--format", "csv", "--config", config)
    assert extended.house.run(*asked).stdout.startswith("key,title,team,stage,handoff_count")


@pytest.mark.slow
def test_the_examples_pass_their_own_tests_and_those_of_the_house(extended: Extended) -> None:
    extended.house.run("docs/generate.py")
    own = [file for name in NAMES for file in own_files(name) if "/test_" in file]
    told = extended.house.run(
        *("-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "tests/test_house.py", *own)
    )
    assert told.returncode == 0, told.stdout
    chosen = ("tests/pipelines/test_cases.py", "-k", "reopenings")
    case = extended.house.run("-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *chosen)
    assert "1 passed" in case.stdout, case.stdout


@pytest.mark.slow
def test_the_linter_has_nothing_to_say_of_an_example(extended: Extended) -> None:
    told = extended.house.run("-m", "ruff", "check", "connectors", "pipelines", "reports")
    assert told.returncode == 0, told.stdout


def _page(extended: Extended) -> str:
    (page,) = (extended.folder / "var/reports").glob("roadworthy-*.html")
    return page.read_text(encoding="utf-8")


def _patched(name: str) -> list[str]:
    """The files of the house to which an example adds lines."""
    patch = EXAMPLES / name / "lines.patch"
    lines = patch.read_text(encoding="utf-8").splitlines() if patch.exists() else []
    return [line.removeprefix("+++ b/") for line in lines if line.startswith("+++ b/")]

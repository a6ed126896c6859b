"""The same organisation through the real clients, as an archive, and recorded: the same facts."""

import gzip
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pytest

from roadworthy.config.load import Loaded, load
from roadworthy.demo import serving
from roadworthy.runs import Run
from roadworthy.simulator import Organisation, Scenario, simulate, write_archive
from roadworthy.stages.build import BuildResult, build
from roadworthy.stages.recording import record
from roadworthy.stages.sync import sync
from roadworthy.warehouse import Warehouse, open_landing, open_published
from tests.roadworthy.end_to_end.conftest import ENDS_AT, Silence, run_all

# One worker builds the live warehouse, and asks it all.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("live and recorded")]

FACTS = ("work_items", "visits", "handoffs", "readiness_checks", "date_moves", "handoff_rates")
SOURCES = ("acme", "code")


@pytest.fixture(scope="module")
def organisation() -> Organisation:
    """Half a year of the company, with every kind of thing that happens in it."""
    return simulate(7, ends_at=ENDS_AT, scenario=Scenario(days=180))


@pytest.fixture(scope="module")
def live(organisation: Organisation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    """A warehouse built from the organisation's trackers, and an archive recorded on the way."""
    with _read_live(organisation, tmp_path_factory.mktemp("live")) as loaded:
        yield loaded


@pytest.fixture(scope="module")
def archived(
    organisation: Organisation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Warehouse]:
    """A warehouse built from the archive of the same organisation."""
    folder = tmp_path_factory.mktemp("archived")
    write_archive(organisation, folder)
    loaded = load(folder / "roadworthy.toml")
    run_all(loaded)
    with open_published(loaded.warehouse) as opened:
        yield opened


@contextmanager
def _read_live(organisation: Organisation, folder: Path) -> Iterator[Loaded]:
    with serving(organisation, folder) as trackers:
        loaded = load(trackers.config)
        result = sync(loaded, Run.begin("sync", lambda: ENDS_AT), Silence())
    assert result.failures == ()
    with open_landing(loaded.warehouse) as landing:
        record(landing, SOURCES, folder / "recorded")
    assert _built(loaded).audit_errors == 0
    yield loaded


def _built(loaded: Loaded) -> BuildResult:
    return build(loaded, Run.begin("build", lambda: ENDS_AT), Silence())


def rows(warehouse: Warehouse, table: str, where: str = "true") -> pl.DataFrame:
    return warehouse.frame(f"from {table} where {where} order by all")


@pytest.mark.parametrize("table", FACTS)
def test_the_facts_are_those_of_the_archive(live: Loaded, archived: Warehouse, table: str) -> None:
    with open_published(live.warehouse) as published:
        found = rows(published, f"main.{table}")
    expected = rows(archived, f"main.{table}")
    assert found.columns == expected.columns
    assert found.rows() == expected.rows()


@pytest.mark.parametrize("table", ["core.field_changes", "core.items"])
def test_every_change_and_issue_of_jira_is_that_of_the_archive(
    live: Loaded, archived: Warehouse, table: str
) -> None:
    people = "* exclude (actor_id, from_id, from_text, to_id, to_text)"
    columns = people if table == "core.field_changes" else "*"
    query = f"select {columns} from {table} where starts_with(item_id, 'jira:') order by all"  # noqa: S608 - literals above
    with open_published(live.warehouse) as published:
        found = published.frame(query).rows()
    assert found == archived.frame(query).rows()


def test_every_history_that_was_announced_has_come(live: Loaded) -> None:
    with open_published(live.warehouse) as published:
        short = published.frame(
            "from core.items where histories_received is distinct from histories_announced"
        )
        told = published.frame(
            "select source, severity, expected, found from main.data_audit "
            "where finding = 'histories' order by source"
        ).rows()
    assert short.rows() == []
    assert [(source, severity) for source, severity, *_ in told] == [
        ("acme", "info"),
        ("code", "info"),
    ]
    assert all(expected == found > 500 for *_, expected, found in told)


def test_a_recording_is_replayed_to_the_same_warehouse(live: Loaded, tmp_path: Path) -> None:
    recorded = live.path.parent / "recorded"
    head, _, rest = live.path.read_text().partition("\n[[sources]]")
    _, _, rest = rest.partition("\n[teams]")
    tables = [(recorded / f"{name}.toml").read_text() for name in SOURCES]
    text = "\n".join((head, *tables, "[teams]", rest))
    shutil.copytree(recorded, tmp_path / "recorded")
    (tmp_path / "roadworthy.toml").write_text(
        text.replace('path = "', 'path = "recorded/'), encoding="utf-8"
    )
    replayed = load(tmp_path / "roadworthy.toml")
    replayed.warehouse.parent.mkdir(parents=True)
    # The same pseudonyms, so that people can be compared too.
    shutil.copy(live.warehouse.with_suffix(".key"), replayed.warehouse.with_suffix(".key"))
    assert sync(replayed, Run.begin("sync", lambda: ENDS_AT), Silence()).failures == ()
    _built(replayed)
    with open_published(live.warehouse) as one, open_published(replayed.warehouse) as other:
        names = one.frame(
            "select schema_name || '.' || table_name from duckdb_tables() "
            "where schema_name in ('core', 'main') order by all"
        ).rows()
        for (table,) in names:
            if table in ("core.sources", "main.data_audit"):
                continue  # they tell what kind of source it was
            found, expected = (
                # Both read the same by other words, which the hash of the configuration tells.
                rows(opened, table).drop("config_hash", strict=False).rows()
                for opened in (one, other)
            )
            assert found == expected, table


def test_a_recording_names_nobody_by_an_address(live: Loaded) -> None:
    for path in (live.path.parent / "recorded").rglob("*.ndjson.gz"):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                assert json.loads(line)
                assert "@acme.example" not in line, path.name

"""Reading a tracker in two nights instead of one changes nothing but what was seen when.

The first night sees two thirds of the items, none that was made later and no history from later on;
the second sees everything. Only the dates of releases know of the first one: no tracker keeps their
history, so that a release is promised at its first sight, and what came into it since was injected.
"""

import gzip
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from roadworthy.config import Loaded, load
from roadworthy.people import load_pseudonyms
from roadworthy.runs import Run
from roadworthy.simulator import Scenario, simulate, write_archive
from roadworthy.stages.build import build
from roadworthy.stages.sync import sync
from roadworthy.warehouse import Warehouse, open_published
from tests.roadworthy.end_to_end.conftest import ENDS_AT, Silence

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("two syncs")]

FIRST_NIGHT = ENDS_AT - timedelta(days=20)
Json = dict[str, Any]

_LESS_WHAT_WAS_SEEN_WHEN = {
    "core.release_dates": "select * exclude (valid_from) from core.release_dates",
    "main.commitments": "from main.commitments where subject_kind = 'item'",
    "main.forecast_drift": "select subject_id, subject, team from main.forecast_drift",
    "main.scope_injection": "from main.scope_injection where subject_kind <> 'release'",
    "main.intake": "select * exclude (is_injected_after_commit) from main.intake",
}
"""By table, the part that does not depend on the first sight of a release."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("once")
    write_archive(simulate(7, ends_at=ENDS_AT, scenario=Scenario(days=60)), folder)
    # One key for both, so that people can be compared too.
    load_pseudonyms(load(folder / "roadworthy.toml").warehouse)
    return folder


@pytest.fixture(scope="module")
def once(archive: Path) -> Iterator[Warehouse]:
    """A warehouse that saw everything in one night."""
    loaded = _synced(archive, ENDS_AT)
    with _built(loaded) as warehouse:
        yield warehouse


@pytest.fixture(scope="module")
def twice(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """One that saw a part of it in a night before."""
    folder = tmp_path_factory.mktemp("twice")
    _copy(archive, folder)
    for path, cut in (("jira", _issue_then), ("github", _pull_then)):
        for file in (folder / path).glob("*.ndjson.gz"):
            _see_less(file, cut)
    config = folder / "roadworthy.toml"
    told = f"{ENDS_AT:%Y-%m-%dT%H:%M:%SZ}", f"{FIRST_NIGHT:%Y-%m-%dT%H:%M:%SZ}"
    config.write_text(config.read_text(encoding="utf-8").replace(*told), encoding="utf-8")
    _synced(folder, FIRST_NIGHT)
    _copy(archive, folder)
    with _built(_synced(folder, ENDS_AT)) as warehouse:
        yield warehouse


def _copy(archive: Path, folder: Path) -> None:
    for part in ("jira", "github"):
        shutil.copytree(archive / part, folder / part, dirs_exist_ok=True)
    shutil.copy(archive / "roadworthy.toml", folder)
    (folder / "var").mkdir(exist_ok=True)
    shutil.copy(archive / "var/roadworthy.key", folder / "var")


def _synced(folder: Path, at: datetime) -> Loaded:
    loaded = load(folder / "roadworthy.toml")
    assert sync(loaded, Run.begin("sync", lambda: at), Silence()).failures == ()
    return loaded


def _built(loaded: Loaded) -> Any:
    build(loaded, Run.begin("build", lambda: ENDS_AT), Silence())
    return open_published(loaded.warehouse)


def _see_less(path: Path, cut: Callable[[Json], Json | None]) -> None:
    """Of a file of payloads leave two in three, and of these what there was by the first night."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        payloads = [json.loads(line) for number, line in enumerate(lines) if number % 3]
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(one)}\n" for payload in payloads if (one := cut(payload)))


def _issue_then(payload: Json) -> Json | None:
    histories = [one for one in payload["changelog"]["histories"] if _was(one["created"])]
    told = {**payload["changelog"], "histories": histories, "total": len(histories)}
    return {**payload, "changelog": told} if _was(payload["fields"]["created"]) else None


def _pull_then(payload: Json) -> Json | None:
    told = {
        name: [one for one in payload[name] if _was(one.get(stamp) or payload["created_at"])]
        for name, stamp in (("timeline", "created_at"), ("reviews", "submitted_at"))
        if name in payload
    }
    return {**payload, **told} if _was(payload["created_at"]) else None


def _was(instant: str) -> bool:
    return datetime.fromisoformat(instant) <= FIRST_NIGHT


def _tables(warehouse: Warehouse) -> list[str]:
    query = """
        select schema_name || '.' || table_name as name from duckdb_tables()
        where schema_name in ('core', 'main') order by all
    """
    return warehouse.frame(query)["name"].to_list()


def test_every_table_is_that_of_one_sync(once: Warehouse, twice: Warehouse) -> None:
    names = _tables(once)
    assert names == _tables(twice)
    assert len(names) > 35
    for name in names:
        part = _LESS_WHAT_WAS_SEEN_WHEN.get(name, f"from {name}")
        expected, found = (one.frame(f"{part} order by all") for one in (once, twice))
        assert found.rows() == expected.rows(), name


def test_a_release_is_as_old_as_its_first_sight(once: Warehouse, twice: Warehouse) -> None:
    query = """
        select distinct valid_from, committed_at
        from core.release_dates inner join main.commitments on release_id = subject_id
        where kind = 'version'
    """
    for warehouse, at in ((once, ENDS_AT), (twice, FIRST_NIGHT)):
        assert warehouse.frame(query).rows() == [(at, at)]


def test_what_came_into_a_release_between_the_nights_was_injected(
    once: Warehouse, twice: Warehouse
) -> None:
    query = "select sum(injected_items) from main.scope_injection where subject_kind = 'release'"
    assert once.frame(query).item() == 0
    assert twice.frame(query).item() > 0

"""The notebook of the examples: that it runs, and shows what a night published."""

import runpy
from pathlib import Path

import pytest

from roadworthy.warehouse import building, open_landing

ROOT = Path(__file__).parent.parent

_ROWS = """
    insert into stage_durations by name
    select
        'organisation' as scope, 'Review' as stage, 0 as stage_rank, 'queue' as stage_kind,
        9 as visits, 2 as open_visits, 1 as repeat_visits, 7 as items, 75.0 as total_days;
    insert into weekly_metrics by name
    select
        'rejection_rate' as metric, 'organisation' as scope, date '2026-03-02' as week_on,
        0.3 as estimate, 0.1 as low, 0.5 as high, 9 as items, 0 as open_items, true as is_mature
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("notebook") / "roadworthy.duckdb"
    with open_landing(path):
        pass
    publish(path, _ROWS)
    return path


def publish(path: Path, rows: str) -> None:
    with building(path) as fresh:
        fresh.execute("create schema raw; create schema core")
        for folder in ("schema/core", "schema/main"):
            fresh.run_folder(folder)
        fresh.execute(rows)


def test_the_notebook_draws_what_is_published(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROADWORTHY", str(published))
    shown = runpy.run_path(str(ROOT / "examples" / "notebook.py"))
    assert shown["waits"].rows()[0][:3] == ("Review", "queue", 75.0)
    assert shown["weeks"]["estimate"].to_list() == [0.3]
    assert shown["trend"].to_dict()["layer"]


def test_the_notebook_shows_the_new_file_after_a_night(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROADWORTHY", str(published))
    shown = runpy.run_path(str(ROOT / "examples" / "notebook.py"))
    publish(published, _ROWS.replace("75.0", "80.0"))
    assert shown["ask"]("select total_days from stage_durations").item() == 80.0
    publish(published, _ROWS)

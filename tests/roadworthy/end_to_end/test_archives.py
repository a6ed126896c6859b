"""Archives of real trackers, where this machine has them: counted apart, from the JSON itself."""

import gzip
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from roadworthy.config import Loaded, load
from roadworthy.warehouse import open_published

from .conftest import run_all, write_report

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("archives"),
    pytest.mark.skipif(
        "ROADWORTHY_ARCHIVES" not in os.environ,
        reason="ROADWORTHY_ARCHIVES names no folder with the public archives",
    ),
]

ROOT = Path(__file__).parents[3]


def lines(name: str) -> Iterator[dict[str, Any]]:
    """The payloads of an archive, read without anything of ours."""
    path = Path(os.environ["ROADWORTHY_ARCHIVES"]) / name
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def configured(folder: Path, example: str) -> Loaded:
    """An example configuration beside the archive it is meant for."""
    (folder / example).symlink_to(Path(os.environ["ROADWORTHY_ARCHIVES"]) / example)
    path = folder / "roadworthy.toml"
    path.write_text((ROOT / f"examples/{example}.toml").read_text(encoding="utf-8"))
    return load(path)


@pytest.fixture(scope="module")
def duraspace(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    loaded = configured(tmp_path_factory.mktemp("duraspace"), "jira-duraspace")
    assert run_all(loaded).audit_errors == 0
    return loaded


@pytest.fixture(scope="module")
def gui(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    loaded = configured(tmp_path_factory.mktemp("gui"), "github-bitcoin-gui")
    assert run_all(loaded).audit_errors == 0
    return loaded


def test_every_entry_of_every_history_of_duraspace_is_stored(duraspace: Loaded) -> None:
    entries: Counter[tuple[str, str]] = Counter()
    issues = 0
    for issue in lines("jira-duraspace/issues.ndjson.gz"):
        issues += 1
        for history in issue["changelog"]["histories"]:
            entries[f"jira:duraspace:{issue['id']}", history["id"]] += len(history["items"])
    with open_published(duraspace.warehouse) as warehouse:
        stored = warehouse.frame(
            "select item_id, change_group, count(*) from core.field_changes group by all"
        )
        assert warehouse.frame("from core.items").height == issues
        assert warehouse.frame("from main.work_items").height == issues
    assert {(item, group): count for item, group, count in stored.rows()} == dict(entries)


def test_every_status_and_due_date_of_duraspace_ends_where_the_tracker_shows_it(
    duraspace: Loaded,
) -> None:
    with open_published(duraspace.warehouse) as warehouse:
        differing = warehouse.frame("select distinct field from core.replay_mismatches")
        audited = warehouse.frame(
            "select subject from main.data_audit "
            "where finding = 'replay_equals_present' and found < expected"
        )
    assert {"status", "duedate"} & set(differing["field"]) == set()
    assert set(differing["field"]) == set(audited["subject"])


def test_visits_of_duraspace_end_in_the_status_of_the_payload(duraspace: Loaded) -> None:
    shown = {
        f"jira:duraspace:{issue['id']}": issue["fields"]["status"]["name"]
        for issue in lines("jira-duraspace/issues.ndjson.gz")
    }
    with open_published(duraspace.warehouse) as warehouse:
        found = warehouse.frame("select item_id, status from main.work_items")
    assert dict(found.rows()) == shown


def test_every_pull_request_of_the_gui_has_the_end_that_github_shows(gui: Loaded) -> None:
    shown = {}
    for pull in lines("github-bitcoin-gui/pulls.ndjson.gz"):
        end = (
            "done" if pull.get("merged_at") else "dropped" if pull["state"] == "closed" else "open"
        )
        shown[f"github:gui:bitcoin-core/gui#{pull['number']}"] = end
    with open_published(gui.warehouse) as warehouse:
        found = warehouse.frame(
            """
            select
                item_id,
                case when is_done then 'done' when is_dropped then 'dropped' else 'open' end
            from main.work_items where kind = 'pull_request'
            """
        )
    assert dict(found.rows()) == shown


def test_both_make_a_report(duraspace: Loaded, gui: Loaded) -> None:
    for loaded in (duraspace, gui):
        page = write_report(loaded).read_text(encoding="utf-8")
        assert "no error" in page
        assert len(page) < 2_500_000

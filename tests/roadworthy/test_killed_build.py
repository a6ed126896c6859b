"""A build may be killed at any instant: the published file stays, and the next one completes."""

import hashlib
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from roadworthy.warehouse import open_published

pytestmark = pytest.mark.slow

CONFIG = """
[[sources]]
kind = "files"
name = "tiny"
path = "issues.ndjson"
tracker = "jira"
as_of = 2025-06-01T00:00:00Z
"""


def issue(number: int) -> str:
    """One finished issue with one move."""
    status = {"id": "3", "name": "Done", "statusCategory": {"key": "done"}}
    move = {"field": "status", "from": "1", "fromString": "Open", "to": "3", "toString": "Done"}
    history = {"id": f"{number}", "created": "2025-03-05T10:00:00.000+0000", "items": [move]}
    fields = {
        "created": "2025-03-03T10:00:00.000+0000",
        "updated": "2025-03-05T10:00:00.000+0000",
        "summary": f"Issue {number}",
        "project": {"id": "1", "key": "PAY"},
        "issuetype": {"name": "Story", "subtask": False},
        "status": status,
    }
    payload = {
        "id": f"{number}",
        "key": f"PAY-{number}",
        "self": f"https://acme.example/rest/api/2/issue/{number}",
        "fields": fields,
        "changelog": {"total": 1, "histories": [history]},
    }
    return json.dumps(payload)


def run(folder: Path, command: str) -> "subprocess.Popen[bytes]":
    """Start a command of the product as a person would."""
    return subprocess.Popen(
        [sys.executable, "-m", "roadworthy", command, "--config", folder / "roadworthy.toml"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "roadworthy.toml").write_text(CONFIG)
    (tmp_path / "issues.ndjson").write_text("\n".join(issue(number) for number in range(1, 40)))
    assert run(tmp_path, "nightly").wait(timeout=120) == 0
    return tmp_path


def fingerprint(folder: Path) -> str:
    """What the published file holds, to the byte."""
    return hashlib.sha256((folder / "var/roadworthy.duckdb").read_bytes()).hexdigest()


def kill_after(folder: Path, seconds: float) -> bool:
    """Kill a build after a while; False where it was done before."""
    process = run(folder, "build")
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    return process.wait(timeout=60) == -signal.SIGKILL


@pytest.mark.parametrize("eighth", range(1, 9))
def test_killed_at_any_eighth_of_its_time(folder: Path, eighth: int) -> None:
    begun = time.monotonic()
    assert run(folder, "build").wait(timeout=120) == 0
    length = time.monotonic() - begun
    before = fingerprint(folder)
    if kill_after(folder, length * eighth / 8):
        # Killed: the old file is there to the byte, or the swap had just been made.
        with open_published(folder / "var/roadworthy.duckdb") as warehouse:
            assert warehouse.frame("from main.work_items").height == 39
        assert fingerprint(folder) == before or eighth >= 6
    assert run(folder, "build").wait(timeout=120) == 0
    with open_published(folder / "var/roadworthy.duckdb") as warehouse:
        assert warehouse.frame("from main.visits").height == 78
    leftovers = {path.name for path in (folder / "var").iterdir() if "building" in path.name}
    assert leftovers == set()


def test_killed_in_the_middle_it_leaves_the_published_file_as_it_was(folder: Path) -> None:
    before = fingerprint(folder)
    process = run(folder, "build")
    fresh = folder / "var/.roadworthy.duckdb.building"
    while not fresh.exists():
        assert process.poll() is None, "the build ended before it had begun to write"
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    assert process.wait(timeout=60) == -signal.SIGKILL
    assert fingerprint(folder) == before
    assert run(folder, "build").wait(timeout=120) == 0
    assert not fresh.exists()

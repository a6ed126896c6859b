"""Disks that are full or can only be read, files that are damaged or lie where they should not.

Every time: one sentence, the right exit code, what was published as it was, and a landing that the
next run goes on with.
"""

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roadworthy.errors import RoadworthyError
from roadworthy.lock import lock_path
from roadworthy.stages.kept_facts import KeptFacts
from roadworthy.stages.page_files import write_whole
from roadworthy.warehouse import landing_path, open_landing, open_published
from tests.pipelines.generated import Organisation
from tests.pipelines.laws import facts_of
from tests.roadworthy.test_killed_build import issue
from tests.roadworthy.test_nightly import record

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place

ROOMY = 60_000
_HEADERS = 3 * 4096
FULL = "the disk is full; make room and run this again"


@dataclass(frozen=True)
class SmallDisk:
    """The folder of a warehouse on a disk of its own."""

    folder: Path

    def holds(self, kilobytes: int, *, to: str = "rw") -> None:
        size = f"remount,{to},size={kilobytes}k"
        subprocess.run(["mount", "-o", size, self.folder], check=True)  # noqa: S607

    def leaves(self, kilobytes: int) -> None:
        """So much room beside what lies there."""
        used = sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())
        self.holds(used // 1000 + kilobytes)


@pytest.fixture
def disk(place: "Place") -> Iterator[SmallDisk]:
    """Of some megabytes, under the warehouse of the place."""
    folder = place.warehouse.parent
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={ROOMY}k", "tmpfs", str(folder)]
    try:
        subprocess.run(mounting, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only who may mount a disk can fill one")
    yield SmallDisk(folder)
    subprocess.run(["umount", folder], check=True)  # noqa: S607


def test_a_disk_that_is_full_while_facts_are_kept(disk: SmallDisk) -> None:
    facts = facts_of(Organisation((), (), ()))
    disk.leaves(4)
    with pytest.raises(RoadworthyError, match=rf"^{disk.folder}/0: {FULL}$"):
        KeptFacts.of(facts, disk.folder / "0")


def many(place: "Place") -> None:
    """Record enough to need some room."""
    (place.folder / "archive").mkdir()
    lines = "\n".join(issue(number) for number in range(1, 2000))
    (place.folder / "archive" / "issues.ndjson").write_text(lines, encoding="utf-8")


def test_a_disk_that_is_full_in_a_sync(place: "Place", disk: SmallDisk) -> None:
    many(place)
    with open_landing(place.warehouse):
        place.warehouse.write_bytes(b"of the night before")
    disk.leaves(900)
    result = place.call("sync")
    assert result.exit_code == 1
    assert FULL in result.stderr
    assert result.stderr.count("\n") == 1
    disk.holds(ROOMY)
    assert place.warehouse.read_bytes() == b"of the night before"
    assert place.call("sync").exit_code == 0
    assert place.landed("select count(*) from raw.records") == (1999,)


def test_a_disk_that_is_full_in_a_build(place: "Place", disk: SmallDisk) -> None:
    record(place)
    assert place.call("sync").exit_code == 0
    place.publish()
    published = place.warehouse.read_bytes()
    disk.leaves(900)
    result = place.call("build")
    assert result.exit_code == 1
    assert result.stderr.endswith(f"{FULL}\n")
    assert place.warehouse.read_bytes() == published
    assert [path.name for path in disk.folder.iterdir() if "building" in path.name] == []
    disk.holds(ROOMY)
    assert place.landed("select count(*) from raw.records") == (1,)


def test_a_disk_that_is_full_in_a_report(disk: SmallDisk) -> None:
    page = disk.folder / "reports" / "roadworthy-2026-03-01.html"
    write_whole(page, "of the night before")
    disk.holds(100)
    with pytest.raises(RoadworthyError, match=f"{page}: {FULL}") as caught:
        write_whole(page, "x" * 200_000)
    assert caught.value.exit_code == 1
    assert page.read_text() == "of the night before"
    assert list(page.parent.iterdir()) == [page]


def test_a_disk_that_is_full_before_anything_is_done(place: "Place", disk: SmallDisk) -> None:
    (disk.folder / "somebody's").write_bytes(b"x" * 98_304)
    disk.holds(96)
    result = place.call("sync")
    assert result.exit_code == 1
    assert "roadworthy.lock: cannot be locked: No space left on device" in result.stderr


def test_a_disk_that_can_only_be_read(place: "Place", disk: SmallDisk) -> None:
    place.publish()
    disk.holds(ROOMY, to="ro")
    result = place.call("nightly")
    assert result.exit_code == 2
    assert f"{disk.folder}: cannot be written to; see to its permissions" in result.stderr
    assert place.call("sql", "select 1 as one", "--format", "csv").stdout == "one\n1\n"
    assert place.call("status").exit_code == 0


def damaged(path: Path, how: str) -> bytes:
    whole = path.read_bytes()
    spoilt = {
        "garbage": b"garbage" * 1000,
        "empty": b"",
        "half": whole[: len(whole) // 2],
        "head": whole[:5000],
        "spots": b"".join(
            whole[at : at + 4000] + (b"x" * 96 if at >= _HEADERS else whole[at + 4000 : at + 4096])
            for at in range(0, len(whole), 4096)
        ),
    }[how]
    path.write_bytes(spoilt)
    return spoilt


@pytest.mark.parametrize("how", ["garbage", "empty", "half", "spots"])
def test_a_damaged_landing_file_is_said_and_left_as_it_is(place: "Place", how: str) -> None:
    record(place)
    with open_landing(place.warehouse):
        pass
    spoilt = damaged(landing_path(place.warehouse), how)
    for command in ("sync", "build"):
        result = place.call(command)
        assert result.exit_code == 1
        assert "roadworthy.raw.duckdb: is damaged; put back a copy of it, or move" in result.stderr
    assert landing_path(place.warehouse).read_bytes() == spoilt
    landing_path(place.warehouse).unlink()
    assert place.call("sync").exit_code == 0


@pytest.mark.parametrize("how", ["garbage", "empty", "head"])
def test_a_damaged_published_file_is_said_to_whoever_reads(place: "Place", how: str) -> None:
    with open_landing(place.warehouse):
        pass
    place.warehouse.write_bytes(landing_path(place.warehouse).read_bytes())
    damaged(place.warehouse, how)
    for command in (["sql", "select 1"], ["status"], ["report"]):
        result = place.call(*command)
        assert result.exit_code == 1
        assert "roadworthy.duckdb: is damaged; run 'roadworthy build" in result.stderr


@pytest.mark.slow
def test_a_build_puts_a_whole_file_in_place_of_a_damaged_one(place: "Place") -> None:
    record(place)
    assert place.call("nightly").exit_code == 0
    damaged(place.warehouse, "half")
    result = place.call("build")
    assert result.exit_code == 0
    assert "figures of earlier nights are lost" in result.stderr
    assert place.call("sql", "select count(*) from work_items").exit_code == 0


WRITER = """
import sys, time
import duckdb
connection = duckdb.connect(sys.argv[1])
connection.execute("create table main.notes as select 1 as note")
print("written", flush=True)
time.sleep(60)
"""


def test_a_log_left_beside_the_published_file_is_not_applied_to_the_next(place: "Place") -> None:
    place.publish()
    writing = [sys.executable, "-c", WRITER, str(place.warehouse)]
    with subprocess.Popen(writing, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "written\n"
        writer.send_signal(signal.SIGKILL)
    log = place.warehouse.with_name("roadworthy.duckdb.wal")
    assert log.exists()
    place.publish()
    assert not log.exists()
    with open_published(place.warehouse) as published:
        assert published.frame("from duckdb_tables() where table_name = 'notes'").is_empty()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[1, 2]", b'{"who": 1}', b""])
def test_a_damaged_lock_file_keeps_nobody_from_work(place: "Place", content: bytes) -> None:
    place.warehouse.parent.mkdir()
    lock_path(place.warehouse).write_bytes(content)
    record(place)
    assert place.call("sync").exit_code == 0

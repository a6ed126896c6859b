"""The command ``export`` as a shell sees it."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from roadworthy.cli import main
from roadworthy.dictionary import tables
from roadworthy.exports import FORMATS, parquet
from tests.roadworthy.exports.story import EVERYTHING, exported

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place

#: Dies with every table written, and before what tells of them.
KILLED = """
import os, signal, sys
from roadworthy.cli import main
from roadworthy.exports import parquet
parquet.write_guide = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
main(["export", sys.argv[1], "--config", sys.argv[2]])
"""


def test_where_nothing_is_published_the_answer_says_what_to_run(place: "Place") -> None:
    result = place.call("export", str(place.folder / "out"))
    assert result.exit_code == 2
    assert "there is no warehouse yet; run 'roadworthy nightly" in result.stderr
    assert not (place.folder / "out").exists()


def test_a_folder_with_other_things_in_it_is_refused_in_one_line(published: "Place") -> None:
    result = published.call("export", str(published.folder))
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "holds what is no export, such as roadworthy.toml; name a new folder" in result.stderr


def test_the_formats_that_can_be_asked_for_are_those_there_are() -> None:
    option = next(one for one in main.commands["export"].params if one.name == "formats")
    assert isinstance(option.type, click.Choice)
    assert list(option.type.choices) == list(FORMATS)


def test_an_unknown_format_is_answered_with_those_there_are(place: "Place") -> None:
    result = place.call("export", str(place.folder / "out"), "--format", "csv")
    assert result.exit_code == 2
    assert "'parquet', 'ocel', 'xes', 'xes.gz'" in result.stderr


def test_what_happens_is_told_and_the_folder_is_the_result(published: "Place") -> None:
    result = published.call("export", str(published.folder / "out"))
    assert f"parquet: {len(tables())} tables (" in result.stderr
    assert result.stdout == f"{published.folder / 'out'}\n"


def test_a_killed_export_leaves_the_earlier_one_and_the_next_completes(published: "Place") -> None:
    out, fresh = published.folder / "out", published.folder / ".out.exporting"
    assert published.call("export", str(out)).exit_code == 0
    before = (out / "tables.json").stat().st_ino
    call = [sys.executable, "-c", KILLED, str(out), str(published.config)]
    assert subprocess.run(call, check=False).returncode == -signal.SIGKILL
    assert (fresh / "visits/visits.parquet").exists()
    assert (out / "tables.json").stat().st_ino == before
    assert published.call("export", str(out)).exit_code == 0
    assert not fresh.exists()


def test_what_is_published_meanwhile_is_not_mixed_in(
    published: "Place", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "write_guide", lambda *_: published.publish(*EVERYTHING))
    before = exported(published, "parquet", "ocel")
    assert '"events": [\n]' in (before / "events.ocel.json").read_text("ascii")
    assert '"events": [\n{' in (exported(published, "ocel") / "events.ocel.json").read_text("ascii")


def test_an_export_has_the_formats_that_were_asked_for_and_no_other(published: "Place") -> None:
    out = published.folder / "out"
    assert published.call("export", str(out)).exit_code == 0
    formats = ("--format", "xes", "--format", "ocel", "--format", "xes")
    assert published.call("export", str(out), *formats).exit_code == 0
    names = sorted(path.name for path in out.iterdir())
    assert names == [".roadworthy-export", "events.ocel.json", "events.xes"]


def test_the_same_warehouse_gives_the_same_bytes_in_every_format(place: "Place") -> None:
    place.publish(*EVERYTHING)
    first, again = (_bytes(exported(place, *FORMATS)) for _ in range(2))
    assert len(first) == len(tables()) + len(["README", "tables", "mark", "ocel", "xes", "xes.gz"])
    assert first == again


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*")}

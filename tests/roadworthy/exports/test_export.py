"""The command ``export`` as a shell sees it."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place


def test_where_nothing_is_published_the_answer_says_what_to_run(place: "Place") -> None:
    result = place.call("export", str(place.folder / "out"))
    assert result.exit_code == 2
    assert "there is no warehouse yet; run 'roadworthy nightly'" in result.stderr
    assert not (place.folder / "out").exists()


def test_a_folder_with_other_things_in_it_is_refused_in_one_line(place: "Place") -> None:
    place.publish()
    result = place.call("export", str(place.folder))
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "holds what is no export, such as roadworthy.toml; name a new folder" in result.stderr


def test_what_happens_is_told_and_the_folder_is_the_result(place: "Place") -> None:
    place.publish()
    result = place.call("export", str(place.folder / "out"))
    assert "parquet: 43 tables (" in result.stderr
    assert result.stdout == f"{place.folder / 'out'}\n"


def test_a_killed_export_leaves_the_earlier_one_and_the_next_completes(place: "Place") -> None:
    place.publish()
    out, fresh = place.folder / "out", place.folder / ".out.exporting"
    assert place.call("export", str(out)).exit_code == 0
    before = (out / "tables.json").stat().st_ino
    call = [sys.executable, "-m", "roadworthy", "export", str(out), "--config", str(place.config)]
    with subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while not _has_begun(fresh):
            assert process.poll() is None, "the export ended before it had begun to write"
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
    assert (out / "tables.json").stat().st_ino == before
    assert place.call("export", str(out)).exit_code == 0
    assert not fresh.exists()


def _has_begun(fresh: Path) -> bool:
    return fresh.exists() and any(fresh.iterdir())

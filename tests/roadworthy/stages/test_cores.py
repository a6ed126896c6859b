"""Processes for the functions of a build: what becomes of one that is ended, and of its waiting."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from roadworthy.errors import RoadworthyError
from roadworthy.stages.cores import on_every_core

ENDED = "^a process of the build was ended before it was done, as happens where memory runs out; "


def test_functions_are_called_in_processes_of_one_thread_each(tmp_path: Path) -> None:
    before = dict(os.environ)
    with on_every_core(tmp_path) as cores:
        threads = cores.submit(os.getenv, "POLARS_MAX_THREADS")
        process = cores.submit(os.getpid)
        assert threads.result() == "1"
        assert process.result() != os.getpid()
    assert dict(os.environ) == before


def test_a_process_that_is_ended_from_outside_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RoadworthyError, match=ENDED), on_every_core(tmp_path) as cores:
        cores.submit(signal.raise_signal, signal.SIGKILL).result()


def test_a_process_that_ends_before_it_has_begun_is_not_waited_for(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        # A process begins with the script, and this one has it begin processes of its own.
        "from pathlib import Path\n"
        "from roadworthy.stages.cores import on_every_core\n"
        "with on_every_core(Path('nowhere')) as cores:\n"
        "    cores.submit(len, bytes(10_000_000)).result()\n"
    )
    ended = subprocess.run(
        [sys.executable, script], check=False, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 1
    assert "a process of the build was ended before it was done" in ended.stderr


def test_no_process_outlives_a_build_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import os, time\n"
        "from pathlib import Path\n"
        "from roadworthy.stages.cores import on_every_core\n"
        "if __name__ == '__main__':\n"
        "    with on_every_core(Path('nowhere')) as cores:\n"
        "        print(cores.submit(os.getpid).result(), flush=True)\n"
        "        time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as build:
        assert build.stdout is not None
        process = int(build.stdout.readline())
        assert _is_there(process)
        build.kill()
    until = time.monotonic() + 20
    while _is_there(process) and time.monotonic() < until:
        time.sleep(0.1)
    assert not _is_there(process)


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # One that has ended and was not asked for yet is a name and nothing else.
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"

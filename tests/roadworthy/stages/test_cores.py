"""Processes for the functions of a build: what becomes of one that is ended, and of its waiting."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from roadworthy.errors import RoadworthyError
from roadworthy.stages.cores import on_every_core

ENDED = "^a process of the build was ended before it was done, as happens where memory runs out; "


def test_functions_are_called_in_processes_of_one_thread_each() -> None:
    before = dict(os.environ)
    with on_every_core() as cores:
        threads = cores.submit(os.getenv, "POLARS_MAX_THREADS")
        process = cores.submit(os.getpid)
        assert threads.result() == "1"
        assert process.result() != os.getpid()
    assert dict(os.environ) == before


def test_a_process_that_is_ended_from_outside_is_told_in_a_sentence() -> None:
    with pytest.raises(RoadworthyError, match=ENDED), on_every_core() as cores:
        cores.submit(signal.raise_signal, signal.SIGKILL).result()


def test_a_process_that_ends_before_it_has_begun_is_not_waited_for(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        # A process begins with the script, and this one has it begin processes of its own.
        "from roadworthy.stages.cores import on_every_core\n"
        "with on_every_core() as cores:\n"
        "    cores.submit(len, bytes(10_000_000)).result()\n"
    )
    ended = subprocess.run(
        [sys.executable, script], check=False, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 1
    assert "a process of the build was ended before it was done" in ended.stderr

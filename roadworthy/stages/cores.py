"""The cores of this machine: processes of one thread each, for pure functions of a build.

They are begun when the first function is handed over, so that a small build, which does all in its
own process, pays for none.
"""

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread

from roadworthy.environment import environment
from roadworthy.errors import RoadworthyError

#: A process that has a core to itself gains nothing by threads, and loses much where they wait.
_THREADS = dict.fromkeys(("POLARS_MAX_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")

# A process that was forked would share locks with threads it has not.
_SPAWNED = get_context("spawn")


@contextmanager
def on_every_core() -> Iterator[Executor]:
    """Processes to hand functions to, with all they need, for it is sent there.

    Nothing of the build is told to a process at its start: who starts one waits for it to have
    read that, and would wait for ever for one that was ended before it could.

    Raises:
        RoadworthyError: one of them was ended from outside.
    """
    try:
        # New processes read it as they begin.
        with (
            environment(_THREADS),
            ProcessPoolExecutor(how_many(), _SPAWNED, initializer=_end_with_the_build) as pool,
        ):
            yield pool
    except BrokenProcessPool as error:
        raise RoadworthyError(
            "a process of the build was ended before it was done, as happens where memory runs "
            "out; what is published is as it was, build again with more memory"
        ) from error


def _end_with_the_build() -> None:
    """In a process: it waits for functions, and would for ever after a build that was killed."""
    build = parent_process()
    assert build is not None  # noqa: S101 - this is a process that another began
    Thread(target=_end_after, args=(build,), daemon=True).start()


def _end_after(build: BaseProcess) -> None:
    build.join()
    os._exit(1)


def how_many() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

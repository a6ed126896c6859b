"""The cores of this machine: processes of one thread each, for pure functions of a build.

They are begun when the first function is handed over, so that a small build, which does all in its
own process, pays for none. What a function is given is sent there, and what it says is sent back,
but for long frames: they lie on the disk, and each process reads what it needs of them in place.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import ParamSpec, TypeVar, cast

from roadworthy.environment import environment
from roadworthy.errors import RoadworthyError
from roadworthy.stages.sent_frames import Sent, SentFrames, told_back, unpacked

_Given = ParamSpec("_Given")
_Told = TypeVar("_Told")

#: A process that has a core to itself gains nothing by threads, and loses much where they wait.
_THREADS = dict.fromkeys(("POLARS_MAX_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")

# A process that was forked would share locks with threads it has not.
_SPAWNED = get_context("spawn")


@contextmanager
def on_every_core(folder: Path) -> Iterator[Executor]:
    """Processes to hand functions to, with all they need, for it is sent there.

    Nothing of the build is told to a process at its start: who starts one waits for it to have
    read that, and would wait for ever for one that was ended before it could.

    Args:
        folder: where long frames may lie for as long; whoever owns it clears it away.

    Raises:
        RoadworthyError: one of them was ended from outside, or the disk is full.
    """
    try:
        # New processes read it as they begin.
        with (
            environment(_THREADS),
            ProcessPoolExecutor(how_many(), _SPAWNED, initializer=_end_with_the_build) as pool,
        ):
            yield _Sending(pool, folder)
    except BrokenProcessPool as error:
        raise RoadworthyError(
            "a process of the build was ended before it was done, as happens where memory runs "
            "out; what is published is as it was, build again with more memory"
        ) from error


class _Sending(Executor):
    """The processes of a pool, with frames on the disk between them and the build."""

    def __init__(self, pool: Executor, folder: Path) -> None:
        self._pool, self._folder = pool, folder
        self._frames = SentFrames(folder)

    def submit(
        self, fn: Callable[_Given, _Told], /, *args: _Given.args, **kwargs: _Given.kwargs
    ) -> Future[_Told]:
        packed, sent = self._frames.packed(partial(fn, *args, **kwargs))
        answer: Future[_Told] = Future()
        # A function that was handed over is called: nobody takes it back.
        answer.set_running_or_notify_cancel()
        asked = self._pool.submit(_called, packed, self._folder)
        asked.add_done_callback(partial(self._answer, answer, sent))
        return answer

    def _answer(self, answer: Future[_Told], sent: list[Sent], asked: Future[bytes]) -> None:
        self._frames.was_read(sent)
        try:
            answer.set_result(cast("_Told", self._frames.unpacked(asked.result())))
        except BaseException as error:  # noqa: BLE001 - whoever waits for the answer is told
            answer.set_exception(error)


def _called(packed: bytes, folder: Path) -> bytes:
    """In a process: what the function says."""
    call = cast("Callable[[], object]", unpacked(packed))
    return told_back(call(), folder)


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

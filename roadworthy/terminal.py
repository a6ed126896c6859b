"""What is happening, told to a person, to a log, or to a machine.

A person at a terminal sees bars that move. A log gets one line per stage, with what came of it and
how many seconds it took, and a sign of life now and then. A machine gets the same as JSON lines.
All of it goes to standard error: standard output belongs to results.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TextIO, TypeAlias

from roadworthy.harmless import harmless
from roadworthy.progress import Progress
from roadworthy.runs import Clock

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

LogMode: TypeAlias = Literal["auto", "text", "json"]
Fact: TypeAlias = str | int | float

#: Seconds without a line after which a log gets a sign of life.
_SILENCE = 60.0


class Teller(Progress, Protocol):
    """A listener to progress that also tells how a command ends."""

    def failed(self, message: str, exit_code: int) -> None:
        """The command ends here, and why."""


@contextmanager
def telling(mode: LogMode, stream: TextIO, clock: Clock) -> Iterator[Teller]:
    """Tell what happens on a stream until the block ends."""
    if mode == "auto" and stream.isatty():
        with _bars(stream) as bars:
            yield bars
        return
    write = _json_line if mode == "json" else _text_line
    yield Lines(lambda facts: _put(stream, write(clock(), facts)))


@dataclass(slots=True)
class _Lap:
    """A stage under way: how much it has processed, since when, and when it last gave a sign."""

    count: int
    since: float
    told: float


@dataclass(slots=True)
class Lines:
    """One line per event."""

    put: Callable[[dict[str, Fact]], None]
    seconds: Callable[[], float] = time.monotonic
    laps: dict[str, _Lap] = field(default_factory=dict)

    def started(self, stage: str, detail: str) -> None:  # noqa: ARG002 - told when it has ended
        """Remember when; the line comes at the end."""
        now = self.seconds()
        self.laps[stage] = _Lap(0, now, now)

    def advanced(self, stage: str, count: int) -> None:
        """Count; a line only after a long silence."""
        lap = self._lap(stage)
        lap.count += count
        now = self.seconds()
        if now - lap.told >= _SILENCE:
            lap.told = now
            self._tell("progress", stage, "so far", now - lap.since)

    def finished(self, stage: str, detail: str) -> None:
        """The line of the stage."""
        lap = self._lap(stage)
        self._tell("finished", stage, detail, self.seconds() - lap.since)
        del self.laps[stage]

    def noted(self, message: str) -> None:
        """A line."""
        self.put({"event": "note", "message": message})

    def failed(self, message: str, exit_code: int) -> None:
        """The last line."""
        self.put({"event": "failed", "message": message, "exit_code": exit_code})

    def _lap(self, stage: str) -> _Lap:
        if stage not in self.laps:
            self.started(stage, "")
        return self.laps[stage]

    def _tell(self, event: str, stage: str, detail: str, took: float) -> None:
        facts: dict[str, Fact] = {"event": event, "stage": stage, "detail": detail}
        self.put({**facts, "count": self.laps[stage].count, "seconds": round(took, 1)})


def _text_line(at: datetime, facts: dict[str, Fact]) -> str:
    if facts["event"] == "failed":
        told = f"failed: {facts['message']}"
    elif facts["event"] == "note":
        told = str(facts["message"])
    else:
        counted = f"{facts['count']:,} processed, " if facts["count"] else ""
        told = f"{facts['stage']}: {facts['detail']} ({counted}{facts['seconds']} s)"
    return f"{at:%Y-%m-%dT%H:%M:%SZ} {harmless(told, keep=chr(10))}"


def _json_line(at: datetime, facts: dict[str, Fact]) -> str:
    return json.dumps({"at": f"{at:%Y-%m-%dT%H:%M:%SZ}", **facts})


def _put(stream: TextIO, line: str) -> None:
    try:
        stream.write(f"{line}\n")
        stream.flush()
    except OSError:
        # Nobody listens any more, or the disk of the log is full: no reason to stop the work. What
        # is still in the buffer must go somewhere when Python flushes it at its end.
        with suppress(OSError), Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())


@contextmanager
def _bars(stream: TextIO) -> Iterator["Bars"]:
    from rich.console import Console  # noqa: PLC0415 - only where a person watches
    from rich.progress import Progress as RichProgress  # noqa: PLC0415
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[stage]}", markup=False),
        TextColumn("{task.description}", markup=False),
        TextColumn("{task.fields[so_far]}", markup=False),
        TimeElapsedColumn(),
    )
    console = Console(file=stream, highlight=False)
    with RichProgress(*columns, console=console, transient=True) as progress:
        yield Bars(progress)


@dataclass(slots=True)
class Bars:
    """A moving line for each stage at work, and a line that stays for each that has ended."""

    progress: "RichProgress"
    tasks: dict[str, "TaskID"] = field(default_factory=dict)

    def started(self, stage: str, detail: str) -> None:
        """A new moving line; it replaces one of the same stage that never ended."""
        self._stop(stage)
        detail = harmless(detail)
        self.tasks[stage] = self.progress.add_task(detail, total=None, stage=stage, so_far="")

    def advanced(self, stage: str, count: int) -> None:
        """The line moves on."""
        if stage not in self.tasks:
            self.started(stage, "")
        task = self.tasks[stage]
        self.progress.advance(task, count)
        done = next(one.completed for one in self.progress.tasks if one.id == task)
        self.progress.update(task, so_far=f"{done:,.0f}")

    def finished(self, stage: str, detail: str) -> None:
        """The moving line gives way to one that stays."""
        seconds = self._stop(stage)
        self._print(f"✓ {stage}: {detail} ({seconds:.1f} s)")

    def noted(self, message: str) -> None:
        """A line that stays."""
        self._print(message)

    def failed(self, message: str, exit_code: int) -> None:  # noqa: ARG002 - the shell has it
        """The last line."""
        self._print(f"✗ {message}")

    def _stop(self, stage: str) -> float:
        if stage not in self.tasks:
            return 0.0
        task = self.tasks.pop(stage)
        elapsed = next(one.elapsed for one in self.progress.tasks if one.id == task)
        self.progress.remove_task(task)
        return elapsed or 0.0

    def _print(self, line: str) -> None:
        self.progress.print(harmless(line, keep="\n"), markup=False, soft_wrap=True)

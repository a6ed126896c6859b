"""Time in status, returns and handovers: Roadworthy and two peers on the same histories.

``python -m benchmarks.peers FOLDER``. The folder, outside of the repository, is given an
environment for each peer (pm4py, jira-agile-metrics), the histories, and what Roadworthy builds of
them; it may be used again, and deleted at any time. Compared are seconds of the processor, for what
else a machine has to do changes only those of the wall, which stand beside them. Answers are
compared where the definitions agree:

* Time in status: closed stays, summed over all items. pm4py counts from event to event; we merge
  clicks that were taken back within five minutes, of which these histories have none.
* Returns: items that entered a status more than once (*rework* of pm4py, repeated visits of ours).
* Handovers: attempts from one owner to the next, forward and not into done, which are so many pairs
  of the directly-follows graph. The handover network of pm4py, its own word for them, counts all
  pairs, those within one owner too: its time is shown, its shares are not compared.
* Cycle data, of jira-agile-metrics: the day of the first entry into each step since an earlier one
  was entered. It tells no time in status and no returns; ours follow from the visits.
"""

import json
import os
import subprocess
import sys
import time
import venv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from benchmarks import peer_histories
from benchmarks.peer_histories import STAGES

_HERE: Final = Path(__file__).parent
_FORWARD: Final = frozenset(
    f"{one} > {other}"
    for place, (one, _, owner) in enumerate(STAGES)
    for other, kind, receiver in STAGES[place + 1 :]
    if owner != receiver and kind != "done"
)
_STEPS: Final = ("sync", "build")
_OURS: Final = ("histories, with roles and working hours", "handoffs, with readiness and rework")
_PM4PY: Final = ("formatting", "time in status", "returns", "handovers")
_GOALS: Final = {"pm4py": 10, "jira-agile-metrics": 50}
Clock = tuple[float, float]
"""Seconds on the wall, and of the processor."""


@dataclass(frozen=True)
class Told:
    """What a program answered, and what each question took."""

    clock: Mapping[str, Clock]
    answers: Mapping[str, Any]

    def took(self, *questions: str) -> Clock:
        """Both clocks of some questions, or of all."""
        clocks = [self.clock[one] for one in questions or self.clock]
        return sum(wall for wall, _ in clocks), sum(cpu for _, cpu in clocks)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--sizes", default="10000,100000", help="Issues, by commas.")
@click.option("--most", default=10_000, help="Issues for jira-agile-metrics, which is slow.")
def main(folder: Path, sizes: str, most: int) -> None:
    """Print a row for every comparison."""
    folder.mkdir(parents=True, exist_ok=True)
    pm4py, other = (_environment(folder, name) for name in ("pm4py", "jira-agile-metrics"))
    for count in map(int, sizes.split(",")):
        config, issues, log = peer_histories.write(folder, count)
        sync, build = (_measured("roadworthy", step, "--config", config) for step in _STEPS)
        ours = _told(sys.executable, "-m", "benchmarks.peer_ours", config)
        _against_pm4py(count, ours, build, _told(pm4py, _HERE / "peer_pm4py.py", log))
        _row(count, "sync of the files, for itself", sync, None)
        if count <= most:
            asked = (_HERE / "peer_jira_agile_metrics.py", issues, json.dumps(STAGES))
            _against_jira_agile_metrics(count, ours, build, _told(other, *asked))


def _against_pm4py(count: int, ours: Told, build: Clock, peer: Told) -> None:
    asked = peer.took(*_PM4PY)
    _row(count, "visits and handoffs / pm4py", ours.took(*_OURS), asked)
    network = peer.took(*_PM4PY, "handover network")
    _row(count, "visits and handoffs / pm4py, with its network", ours.took(*_OURS), network)
    alone = peer.took("formatting", "time in status", "returns")
    _row(count, "visits alone / pm4py, less handovers", ours.took("of these, visits alone"), alone)
    _row(count, "the whole build / pm4py, with reading", build, peer.took())
    for question in ("time in status", "returns"):
        _agree(question, ours.answers[question], peer.answers[question])
    pairs = peer.answers["handovers"]
    _agree(
        "handovers", ours.answers["handovers"], {k: v for k, v in pairs.items() if k in _FORWARD}
    )


def _against_jira_agile_metrics(count: int, ours: Told, build: Clock, peer: Told) -> None:
    _row(count, "histories / jira-agile-metrics", ours.took(_OURS[0]), peer.took())
    _row(count, "visits and handoffs / jira-agile-metrics", ours.took(*_OURS), peer.took())
    _row(count, "the whole build / jira-agile-metrics", build, peer.took())
    _agree("cycle data", ours.answers["cycle data"], peer.answers["cycle data"])


def _row(count: int, what: str, ours: Clock, peer: Clock | None) -> None:
    row = f"{count:>8,}  {what:<50}{ours[1]:>8.2f} s ({ours[0]:.1f})"
    if peer is not None:
        goal = _GOALS[what.partition(" / ")[2].partition(",")[0]]
        row += (
            f"{peer[1]:>9.2f} s ({peer[0]:.1f}){peer[1] / ours[1]:>9.1f} times as fast, >= {goal}"
        )
    click.echo(row)


def _agree(question: str, ours: object, peers: object) -> None:
    verdict = "the same" if ours == peers else f"differ: {ours} and {peers}"
    click.echo(f"          {question}: {verdict}")


def _environment(folder: Path, package: str) -> Path:
    """A Python that has the package, made where there is none yet."""
    place = folder / f"environment-{package}"
    python = place / "bin" / "python"
    if not python.exists():
        venv.create(place, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", package], check=True)  # noqa: S603 - our own words
    return python


def _told(*command: str | Path) -> Told:
    """What a program prints on its last line."""
    ended = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)  # noqa: S603 - our own programs
    told = json.loads(ended.stdout.splitlines()[-1])
    return Told(told["clock"], told["answers"])


def _measured(*command: str | Path) -> Clock:
    """Both clocks of a module that is run; exit code 4, findings in the data, is an end too."""
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", *command])  # noqa: S603 - our own program
    _, status, usage = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 4):
        raise click.ClickException(f"{command[1]} ended with {code}")
    return time.perf_counter() - begun, usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()

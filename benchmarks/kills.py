"""Nights killed at random instants: how many end, after one more, as if nothing had happened.

``python -m benchmarks.kills [INSTANTS]``. Both trackers are simulated on loopback. A third of the
kills hit the very first night of a warehouse, a third a night before which much has changed in both
trackers, a third one before which nothing has; a reader opens the published file in a loop all the
while.
"""

import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from roadworthy.demo import ENDS_AT, SEED, Serving, serving
from roadworthy.simulator import Scenario, simulate
from tests.roadworthy.killed_nights import Nights, Reader, a_day_passes, instants

INSTANTS = 200
REPORTED_EVERY = 20
DAY_ONE, DAY_TWO = ENDS_AT + timedelta(hours=1), ENDS_AT + timedelta(days=1)


@dataclass(frozen=True)
class Case:
    """A night that is killed: what it begins with, how long it takes, and what it must end with."""

    name: str
    begins_with: Path | None
    length: float
    expected: tuple[object, object]


def main(count: int) -> None:
    """Kill, run once more, compare; print the counts."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        organisation = simulate(SEED, ends_at=ENDS_AT, scenario=Scenario(days=45))
        with serving(organisation, folder) as trackers:
            nights = Nights(trackers.config, DAY_TWO)
            cases = _cases(trackers, nights, folder)
            for case in cases:
                print(f"a night that begins {case.name} takes {case.length:.1f} s", flush=True)
            _kill(nights, cases, count)


def _cases(trackers: Serving, nights: Nights, folder: Path) -> Sequence[Case]:
    var = nights.warehouse.parent
    Nights(trackers.config, DAY_ONE).whole()
    day_one = shutil.copytree(var, folder / "day one")
    a_day_passes(trackers, ENDS_AT + timedelta(hours=5))
    changed = _case("after a day in which much changed", nights, day_one)
    day_two = shutil.copytree(var, folder / "day two")
    unchanged = _case("after a day in which nothing did", nights, day_two)
    return _case("with nothing", nights, None), changed, unchanged


def _case(name: str, nights: Nights, begins_with: Path | None) -> Case:
    nights.begin_anew(begins_with)
    return Case(name, begins_with, nights.whole(), (nights.stored(), nights.published()))


def _kill(nights: Nights, cases: Sequence[Case], count: int) -> None:
    reader, equal, killed = Reader(nights.warehouse), 0, 0
    with reader.at_work():
        for number, share in enumerate(instants(SEED, count, 1.0)):
            case = cases[number % len(cases)]
            with reader.away:
                nights.begin_anew(case.begins_with)
            killed += nights.killed(share * case.length)
            nights.whole()
            equal += (nights.stored(), nights.published()) == case.expected
            if (number + 1) % REPORTED_EVERY == 0:
                print(f"{number + 1} nights: {killed} killed, {equal} equal", flush=True)
    print(f"{equal} of {count} equal after one more night; {killed} were killed before their end")
    print(f"{reader.readings} readings of the published file, {len(reader.errors)} errors")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else INSTANTS)

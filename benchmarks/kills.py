"""Nights killed at random instants: how many end, after one more, as if nothing had happened.

``python -m benchmarks.kills [INSTANTS]``. Both trackers are simulated on loopback. A third of the
kills hit the very first night of a warehouse, a third a night in which nothing has changed, a
third one in which both trackers have; a reader opens the published file in a loop all the while.
"""

import shutil
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from roadworthy.demo import ENDS_AT, SEED, serving
from roadworthy.simulator import Scenario, simulate
from tests.roadworthy.killed_nights import Nights, Reader, instants

INSTANTS = 200
REPORTED_EVERY = 20
AT = (ENDS_AT + timedelta(hours=1)).isoformat()


def main(count: int) -> None:
    """Kill, run once more, compare; print the counts."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        organisation = simulate(SEED, ends_at=ENDS_AT, scenario=Scenario(days=90))
        with serving(organisation, folder) as config:
            nights = Nights(config, AT)
            first = nights.whole()
            kept = folder / "kept"
            shutil.copytree(folder / "var", kept)
            later = nights.whole()
            expected = nights.stored(), nights.published()
            print(f"a first night takes {first:.1f} s, a later one {later:.1f} s")
            _kill(nights, kept, expected, count, (first, later))


def _kill(
    nights: Nights,
    kept: Path,
    expected: tuple[object, object],
    count: int,
    lengths: tuple[float, float],
) -> None:
    reader, equal, killed = Reader(nights.warehouse), 0, 0
    with reader.at_work():
        for number, share in enumerate(instants(SEED, count, 1.0)):
            is_first = number % 3 == 0
            with reader.away:
                nights.begin_anew(None if is_first else kept)
            killed += nights.killed(share * lengths[not is_first])
            nights.whole()
            equal += (nights.stored(), nights.published()) == expected
            if (number + 1) % REPORTED_EVERY == 0:
                print(f"{number + 1} nights: {killed} killed, {equal} equal", flush=True)
    print(f"{equal} of {count} equal after one more night; {killed} were killed before their end")
    print(f"{reader.readings} readings of the published file, {len(reader.errors)} errors")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else INSTANTS)

"""What a build costs beside the bare reading and one sort of the same changes, in one run.

``python -m benchmarks.build FOLDER [ITEMS ...]``. Landing files of these sizes are made in the
folder once (:mod:`benchmarks.landed`) and used again. Printed for each: seconds and memory of the
build, seconds of the bare reading, the ratio, and by which power of the number of items the cost
grew since the size before. Memory is what the build holds of its own; beside it stands the same
with what the system may drop at any time: the files it reads in place, and pages that were given
back and not yet taken.
"""

import math
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks import landed

GOAL_RATIO, GOAL_MEMORY, GOAL_POWER = 10, 4096, 1.05
_SIZES = (10_000, 100_000, 1_000_000)
_KILOBYTES = 1024
#: Reads every change of every history and sorts them by item and instant, as whoever does nothing
#: else would write it.
_BARE = """
import duckdb, sys
database = duckdb.connect("bare.duckdb", config={"memory_limit": "2500MB"})
database.execute("attach 'var/roadworthy.raw.duckdb' as landing (read_only)")
database.execute('''
    create table changes as
    select key, history.id as history, history.created as changed_at, change
    from (
        select key, history, unnest(history."items") as change
        from (
            select key, unnest(from_json(payload -> '$.changelog.histories', '[{
                "id": "VARCHAR", "created": "VARCHAR", "author": {"accountId": "VARCHAR"},
                "items": [{"field": "VARCHAR", "fieldId": "VARCHAR", "from": "VARCHAR",
                    "fromString": "VARCHAR", "to": "VARCHAR", "toString": "VARCHAR"}]
            }]')) as history
            from landing.raw.records where resource = 'issues'
        )
    )
    order by key, changed_at
''')
"""
_BUILD = "import sys; sys.argv = ['roadworthy', 'build']; from roadworthy.cli import main; main()"


@dataclass(frozen=True)
class Cost:
    """Of a process and its children."""

    seconds: float
    megabytes: float
    mapped_too: float


def measured(code: str, folder: Path) -> Cost:
    """Run a program in a folder, and look at its memory four times a second."""
    begun, own, mapped_too = time.monotonic(), 0.0, 0.0
    process = subprocess.Popen(  # noqa: S603 - the literals above
        [sys.executable, "-c", code],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None:
        held = [_held(one) for one in _family(process.pid)]
        own = max(own, sum(one for one, _ in held))
        mapped_too = max(mapped_too, sum(all_of_it for _, all_of_it in held))
        time.sleep(0.25)
    if process.returncode:
        raise SystemExit(f"{folder}: the program ended with {process.returncode}")
    return Cost(time.monotonic() - begun, own / _KILOBYTES, mapped_too / _KILOBYTES)


def _family(process: int) -> list[int]:
    """A process and its children."""
    found = [process]
    for one in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((one / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended
            continue
        if parent == process:
            found.append(int(one.name))
    return found


def _held(process: int) -> tuple[float, float]:
    """Kilobytes of a process, those it shares with others in parts: its own, and all of them.

    Pages that it gave back for whoever needs them (``MADV_FREE``) are not its own any more.
    """
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:  # it has ended
        return 0.0, 0.0
    anonymous, given_back, all_of_it = (
        float(text.partition(name)[2].split()[0]) for name in ("Pss_Anon:", "LazyFree:", "Pss:")
    )
    return anonymous - given_back, all_of_it


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.argument("sizes", nargs=-1, type=int)
def main(folder: Path, sizes: tuple[int, ...]) -> None:
    """Print a row for every size."""
    names = ("items", 10), ("build", 11), ("bare", 9), ("ratio", 7)
    further = ("memory", 10), ("mapped too", 12), ("power", 7)
    print("".join(f"{name:>{width}}" for name, width in (*names, *further)))
    before: tuple[int, Cost] | None = None
    for size in sizes or _SIZES:
        place = folder / str(size)
        if not place.exists():
            landed.main(size, place)
        (place / "bare.duckdb").unlink(missing_ok=True)
        bare, build = measured(_BARE, place), measured(_BUILD, place)
        (place / "bare.duckdb").unlink()
        power = _power(before, (size, build))
        print(
            f"{size:>10,}{build.seconds:>9.1f} s{bare.seconds:>7.1f} s"
            f"{build.seconds / bare.seconds:>7.1f}{build.megabytes:>7.0f} MB"
            f"{build.mapped_too:>9.0f} MB{power:>7}",
            flush=True,
        )
        before = (size, build)
    print(f"{'goals':>10}{'':>20}{GOAL_RATIO:>7}{GOAL_MEMORY:>7} MB{'':>12}{GOAL_POWER:>7}")


def _power(before: tuple[int, Cost] | None, now: tuple[int, Cost]) -> str:
    if before is None:
        return ""
    growth = now[1].seconds / before[1].seconds
    return f"{math.log(growth) / math.log(now[0] / before[0]):.2f}"


if __name__ == "__main__":
    main()

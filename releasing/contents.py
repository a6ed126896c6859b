"""Hold a wheel and a source archive against what the repository tracks: no file less, no file more.

``python -m releasing.contents DIR`` looks at both in a folder, and names what is wrong.
"""

import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

PACKAGES = ("roadworthy", "connectors", "pipelines", "reports")


def tracked_files() -> set[str]:
    """All that git keeps of this repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, check=True, text=True)  # noqa: S607
    return set(listed.stdout.split("\0")) - {""}


def expected_in_wheel(tracked: Iterable[str]) -> set[str]:
    """The packages, and the SQL as data of one of them."""
    return {
        f"roadworthy/{path}" if path.startswith("sql/") else path
        for path in tracked
        if path.split("/")[0] in (*PACKAGES, "sql")
    }


def expected_in_source(tracked: Iterable[str]) -> set[str]:
    """All but the continuous integration, and what the build says of itself."""
    return {path for path in tracked if not path.startswith(".ci/")} | {"PKG-INFO"}


def held_by_wheel(wheel: Path) -> set[str]:
    """The files of a wheel without its own records."""
    with zipfile.ZipFile(wheel) as opened:
        return {name for name in opened.namelist() if ".dist-info/" not in name}


def held_by_source(archive: Path) -> set[str]:
    """The files of a source archive, below the folder that it unpacks to."""
    with tarfile.open(archive) as opened:
        return {file.name.split("/", 1)[1] for file in opened if file.isfile()}


def differences(name: str, held: set[str], expected: set[str]) -> Iterator[str]:
    """What is missing and what should not be there, a sentence each."""
    for path in sorted(expected - held):
        yield f"{name}: {path} is missing; see to 'tool.hatch.build' in pyproject.toml"
    for path in sorted(held - expected):
        yield f"{name}: {path} is in it, and git does not track it; remove it or exclude it"


def faults(folder: Path, tracked: set[str]) -> list[str]:
    """What is wrong with the wheel and the source archive of a folder."""
    (wheel,), (source,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return [
        *differences(wheel.name, held_by_wheel(wheel), expected_in_wheel(tracked)),
        *differences(source.name, held_by_source(source), expected_in_source(tracked)),
    ]


if __name__ == "__main__":
    found = faults(Path(sys.argv[1]), tracked_files())
    print("\n".join(found) or "wheel and source archive hold what git tracks, and nothing else")
    sys.exit(1 if found else 0)

"""Bytes that were kept, thrown once more: ``python -m fuzz.replay NAME FOLDER-OR-FILE ...``."""

import sys
from pathlib import Path

from fuzz.harness import named


def main(name: str, *places: str) -> None:
    """Call a harness with its seeds, and with what lies in folders and files."""
    harness = named(name)
    for data in harness.seeds():
        harness.one(data)
    for place in map(Path, places):
        for path in sorted(place.iterdir()) if place.is_dir() else [place]:
            harness.one(path.read_bytes())


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Write the documents that the product itself knows best, or with --check name the stale ones."""

import sys
from pathlib import Path

from roadworthy.config import json_schema
from roadworthy.dictionary import dictionary

FOLDER = Path(__file__).parent


def documents() -> dict[str, str]:
    """The generated documents by file name."""
    return {"tables.md": dictionary(), "roadworthy.schema.json": json_schema()}


def main(arguments: list[str]) -> int:
    """Write them, or name those that are stale."""
    current = documents()
    stale = [
        name
        for name, text in current.items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != text
    ]
    if "--check" in arguments:
        for name in stale:
            sys.stderr.write(f"docs/{name} is stale; run 'make docs'\n")
        return 1 if stale else 0
    for name in stale:
        (FOLDER / name).write_text(current[name], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

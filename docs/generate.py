"""Write the documents that the product itself knows best, or with --check name the stale ones.

With --demo and the warehouse of a demo, first write what each ready-made question answers there.
"""

import sys
from pathlib import Path

from reports import gallery
from roadworthy.answers import on_the_demo
from roadworthy.answers.page import page
from roadworthy.config import json_schema
from roadworthy.dictionary import dictionary
from roadworthy.reference import commands, settings

FOLDER = Path(__file__).parent
QUERIES = FOLDER.parent / "sql" / "queries"
EXAMPLE = FOLDER.parent / "roadworthy.example.toml"


def documents() -> dict[str, str]:
    """The generated documents by file name."""
    return {
        "commands.md": commands.page(),
        "config.md": settings.page(EXAMPLE.read_text(encoding="utf-8")),
        "gallery.md": gallery.page(),
        "questions.md": page(),
        "roadworthy.schema.json": json_schema(),
        "tables.md": dictionary(),
    }


def tell_the_demo(warehouse: Path) -> None:
    """Put into every question what its answer is on a demo."""
    for name, line in on_the_demo.lines(warehouse).items():
        path = QUERIES / f"{name}.sql"
        told = on_the_demo.with_line(path.read_text(encoding="utf-8"), line)
        path.write_text(told, encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Write them, or name those that are stale."""
    if "--demo" in arguments:
        tell_the_demo(Path(arguments[arguments.index("--demo") + 1]))
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

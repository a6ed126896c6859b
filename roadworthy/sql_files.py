"""The SQL of the product: data of the application, found in a checkout and in a wheel alike."""

import re
from collections.abc import Mapping
from graphlib import TopologicalSorter
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def sql_files(folder: str) -> Mapping[str, str]:
    """The SQL files of a folder by name, in order of name."""
    found = [entry for entry in _sql_root(folder).iterdir() if entry.name.endswith(".sql")]
    return {
        entry.name.removesuffix(".sql"): entry.read_text(encoding="utf-8")
        for entry in sorted(found, key=lambda entry: entry.name)
    }


def in_dependency_order(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """SQL files so that each comes after those whose object it uses; else by name."""
    makers = {_object(name, text): name for name, text in texts.items()}
    things = re.compile(rf"\b({'|'.join(map(re.escape, makers))})\b")
    uses = {
        name: sorted({makers[thing] for thing in things.findall(_code(text))} - {name})
        for name, text in texts.items()
    }
    return [(name, texts[name]) for name in TopologicalSorter(uses).static_order()]


def _object(name: str, text: str) -> str:
    """What a file makes, with its schema: ``$.items`` in a path of JSON is no ``staging.items``."""
    made = re.search(rf"^create \w+ (?:if not exists )?(\w+\.{name})\b", text, re.MULTILINE)
    return made[1] if made else name


def _code(text: str) -> str:
    """A file without what it says of itself: who is named in a comment need not be there before."""
    told = ("--", "comment on ")
    return "\n".join(line for line in text.splitlines() if not line.strip().startswith(told))


def _sql_root(folder: str) -> Traversable:
    """``sql/`` lies in the wheel inside the package, in a checkout beside it."""
    root = files("roadworthy").joinpath("sql")
    if not root.is_dir():
        root = Path(__file__).parent.parent / "sql"
    return root.joinpath(folder)

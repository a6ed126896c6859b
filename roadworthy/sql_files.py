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
    """SQL files so that each comes after those it mentions; by name where that leaves a choice."""
    mentions = {
        name: [other for other in texts if other != name and re.search(rf"\.{other}\b", text)]
        for name, text in texts.items()
    }
    return [(name, texts[name]) for name in TopologicalSorter(mentions).static_order()]


def _sql_root(folder: str) -> Traversable:
    """``sql/`` lies in the wheel inside the package, in a checkout beside it."""
    root = files("roadworthy").joinpath("sql")
    if not root.is_dir():
        root = Path(__file__).parent.parent / "sql"
    return root.joinpath(folder)

"""Case files: Markdown that people read and review, taken apart strictly.

A case is a second-level heading, a story, and blocks that each begin with a label in bold. A word
that is not known here is an error that names the file and the case: what a reader sees in a case
is never silently skipped.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

Table: TypeAlias = list[dict[str, str]]

_TABLES = ("What happened", "Weeks", "Releases", "Links", "People", "Custom fields")
_SETTINGS = "Settings"
_EXPECTED = "Expected: "
_LABEL = re.compile(r"\*\*(.+)\*\*")
NOTHING = "*none*"


class CaseError(Exception):
    """A case file says something nobody has defined."""


@dataclass(frozen=True)
class Case:
    """One case: what happened, and what must be said of it."""

    topic: str
    title: str
    story: str
    tables: dict[str, Table] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    expected: dict[str, Table] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How the case is called in a list of tests."""
        words = re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")
        return f"{self.topic}/{words}"


def cases_in(folder: Path, *, told_by: str = "What happened") -> list[Case]:
    """All cases of a folder, by file and in the order of each file; the README holds none.

    Every case must have the table by which cases of this folder are told.
    """
    paths = sorted(path for path in folder.glob("*.md") if path.stem != "README")
    return [case for path in paths for case in _cases(path, told_by)]


def shared_parts(readme: Path) -> Case:
    """What all cases have in common: the one section of the README that has blocks."""
    sections = [case for case in _sections(readme) if case.tables or case.settings]
    if len(sections) != 1:
        raise CaseError(
            f"{readme.name}: one section must hold the shared parts, not {len(sections)}"
        )
    return sections[0]


def _cases(path: Path, told_by: str) -> Iterator[Case]:
    for case in _sections(path):
        if not case.story:
            raise CaseError(f"{case.name}: tell in a line or two what the case is about")
        if not case.expected:
            raise CaseError(f"{case.name}: a case without 'Expected: <table>' tests nothing")
        if told_by not in case.tables:
            raise CaseError(f"{case.name}: give the table '{told_by}'")
        yield case


def _sections(path: Path) -> Iterator[Case]:
    _, *parts = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for part in parts:
        title, _, body = part.partition("\n")
        yield _section(path.stem, title.strip(), body)


def _section(topic: str, title: str, body: str) -> Case:
    where = f"{topic}.md, '{title}'"
    lines = [line.strip() for line in body.splitlines()]
    labels = [number for number, line in enumerate(lines) if _LABEL.fullmatch(line)]
    story = " ".join(line for line in lines[: labels[0] if labels else None] if line)
    case = Case(topic, title, story)
    for begin, end in pairwise([*labels, len(lines)]):
        label = lines[begin].strip("*")
        block = [line for line in lines[begin + 1 : end] if line]
        if label == _SETTINGS:
            case.settings.update(_settings(block, where))
        elif label in _TABLES:
            case.tables[label] = _table(block, f"{where}, {label}")
        elif label.startswith(_EXPECTED):
            case.expected[label.removeprefix(_EXPECTED)] = _table(block, f"{where}, {label}")
        else:
            raise CaseError(f"{where}: no block is called '{label}'")
    return case


def _settings(block: list[str], where: str) -> dict[str, Any]:
    if block[0] != "```toml" or block[-1] != "```":
        raise CaseError(f"{where}: settings are one code block of TOML, as in roadworthy.toml")
    return tomllib.loads("\n".join(block[1:-1]))


def _table(block: list[str], where: str) -> Table:
    if block == [NOTHING]:
        return []
    rows = [_cells(line, where) for line in block]
    if len(rows) < 3 or set("".join(rows[1])) - set("-: "):
        raise CaseError(f"{where}: write a table with a heading and rows, or {NOTHING}")
    header, _, *body = rows
    for row in body:
        if len(row) != len(header):
            raise CaseError(f"{where}: {len(header)} columns and a row of {len(row)}: {row}")
    return [dict(zip(header, row, strict=True)) for row in body]


def _cells(line: str, where: str) -> list[str]:
    if not (line.startswith("|") and line.endswith("|")):
        raise CaseError(f"{where}: not a row of a table: {line}")
    return [cell.strip() for cell in line[1:-1].split("|")]

"""Whole nights over an archive of spoilt payloads: whatever came, something is published.

What cannot be used is quarantined or told by the audit; the build, the checks and the page of the
organisation stand whatever the rest says.
"""

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from fuzz import seeds as payloads
from fuzz.choices import Choices
from fuzz.spoiling import spoilt
from roadworthy.config import load
from roadworthy.runs import Run
from roadworthy.stages.build import build
from roadworthy.stages.report import report
from roadworthy.stages.sync import sync

LOOKS_AT: Final = ("roadworthy.stages", "pipelines.histories", "pipelines.flow")

_TOGETHER: Final = 60
_DECISIONS: Final = 1 << 14
_SOURCE: Final = (
    '[[sources]]\nkind = "files"\nname = "{0}"\npath = "{0}"\ntracker = "{0}"\n'
    "as_of = 2026-01-05T06:00:00Z\n"
)
_BEGAN: Final = datetime(2026, 1, 5, 7, tzinfo=UTC)


class _Nobody:
    """A listener for stages that nobody watches."""

    def started(self, stage: str, detail: str) -> None:
        """Say nothing."""

    def advanced(self, stage: str, count: int) -> None:
        """Say nothing."""

    def finished(self, stage: str, detail: str) -> None:
        """Say nothing."""

    def noted(self, message: str) -> None:
        """Say nothing."""


def seeds() -> tuple[bytes, ...]:
    """Any bytes will do: what they decide is drawn from them."""
    return (b"a",)


def one(data: bytes) -> None:
    """Live through a night."""
    choices = Choices.drawn(data, _DECISIONS)
    with tempfile.TemporaryDirectory(prefix="roadworthy-fuzz-") as name:
        folder = Path(name)
        _archive(folder / "jira", "issues", payloads.jira_issues(), choices)
        _archive(folder / "github", "pulls", payloads.github_pulls(), choices)
        _archive(folder / "github", "issues", payloads.github_issues(), choices)
        text = "".join(_SOURCE.format(tracker) for tracker in ("jira", "github"))
        (folder / "roadworthy.toml").write_text(text, encoding="utf-8")
        _night(folder)


def _archive(folder: Path, name: str, offered: tuple[Any, ...], choices: Choices) -> None:
    folder.mkdir(exist_ok=True)
    lines = (
        json.dumps(spoilt(_numbered(offered[number % len(offered)], number), choices))
        for number in range(_TOGETHER)
    )
    (folder / f"{name}.ndjson").write_text("\n".join(lines), encoding="ascii")


def _numbered(payload: dict[str, Any], number: int) -> dict[str, Any]:
    own = {"id": str(number), "number": number, "node_id": f"N{number}"}
    return {**payload, **{name: own[name] for name in own if name in payload}}


def _night(folder: Path) -> None:
    loaded = load(folder / "roadworthy.toml")
    run = Run.begin("nightly", lambda: _BEGAN)
    assert sync(loaded, run, _Nobody()).failures == ()
    built = build(loaded, run, _Nobody())
    assert built.items > 0
    assert report(loaded, _Nobody()).is_file()

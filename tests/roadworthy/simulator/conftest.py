import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from roadworthy.simulator import Organisation, simulate, write_archive

ENDS_AT = datetime(2026, 1, 5, 6, tzinfo=UTC)


@pytest.fixture(scope="session")
def organisation() -> Organisation:
    return simulate(7, ends_at=ENDS_AT)


@pytest.fixture(scope="session")
def archive(organisation: Organisation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("acme")
    write_archive(organisation, folder)
    return folder


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from map(json.loads, text.splitlines())


@pytest.fixture(scope="session")
def issues(archive: Path) -> list[dict[str, Any]]:
    return list(_lines(archive / "jira" / "issues.ndjson.gz"))


@pytest.fixture(scope="session")
def changes(issues: list[dict[str, Any]]) -> dict[str, list[tuple[datetime, dict[str, Any]]]]:
    """Every item of every changelog with its instant, oldest first, by the id of its issue."""
    return {
        issue["id"]: [
            (datetime.fromisoformat(history["created"]).astimezone(UTC), item)
            for history in sorted(issue["changelog"]["histories"], key=lambda h: int(h["id"]))
            for item in history["items"]
        ]
        for issue in issues
    }


@pytest.fixture(scope="session")
def pulls(archive: Path) -> list[dict[str, Any]]:
    return list(_lines(archive / "github" / "pulls.ndjson.gz"))


@pytest.fixture(scope="session")
def github_issues(archive: Path) -> list[dict[str, Any]]:
    return list(_lines(archive / "github" / "issues.ndjson.gz"))


@pytest.fixture(scope="session")
def truth(archive: Path) -> dict[str, list[dict[str, Any]]]:
    return {path.stem: list(_lines(path)) for path in (archive / "truth").glob("*.ndjson")}

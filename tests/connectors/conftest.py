"""An archive to be filled with literal bytes, and every connector for the contract suite."""

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import pytest

from connectors.files import FilesConnector
from connectors.protocol import Connector, Quarantined, Record
from roadworthy.simulator.serving.github_state import GitHubRepository
from roadworthy.simulator.serving.jira_site import JiraSite
from tests.connectors import github_world, live_jira


def issue(number: int, **fields: object) -> dict[str, Any]:
    """The least that is a Jira issue."""
    return {
        "id": str(number),
        "key": f"PAY-{number}",
        "fields": {
            "created": "2024-03-01T09:00:00.000+0100",
            "updated": "2024-03-02T09:00:00.000+0100",
            "status": {"id": "1", "name": "Open"},
            **fields,
        },
        "changelog": {"histories": []},
    }


def pull(number: int, **members: object) -> dict[str, Any]:
    """The least that is a GitHub pull request."""
    return {
        "number": number,
        "url": f"https://api.github.com/repos/acme/web/pulls/{number}",
        "created_at": "2024-03-01T09:00:00Z",
        "updated_at": "2024-03-02T09:00:00Z",
        "merged_at": None,
        "user": {"login": "ada"},
        "timeline": [],
        **members,
    }


@dataclass(frozen=True)
class Archive:
    """A folder of recorded payloads, and what the connector makes of it."""

    root: Path

    issue = staticmethod(issue)
    pull = staticmethod(pull)

    def put(self, name: str, content: str | bytes, *, raw: bool = False) -> Path:
        """Write a file; a name in .gz is packed unless the bytes are to stand as they are."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") and not raw else data)
        return path

    def connector(
        self,
        tracker: Literal["jira", "github"] = "jira",
        *,
        path: str = "",
        as_of: datetime | None = None,
    ) -> FilesConnector:
        return FilesConnector(self.root / path, tracker=tracker, name="archive", as_of=as_of)

    def records(self, tracker: Literal["jira", "github"] = "jira") -> list[Record]:
        connector = self.connector(tracker)
        return [
            record
            for resource in connector.resources
            for page in connector.fetch(resource, None)
            for record in page.records
        ]

    def kept(self, tracker: Literal["jira", "github"] = "jira") -> list[tuple[str, str]]:
        return [(record.resource, record.key) for record in self.records(tracker)]

    def quarantined(self, tracker: Literal["jira", "github"] = "jira") -> list[Quarantined]:
        connector = self.connector(tracker)
        return [
            one
            for resource in connector.resources
            for page in connector.fetch(resource, None)
            for one in page.quarantined
        ]


@dataclass(frozen=True)
class Contender:
    """A connector with something to read, and how many things that is by resource."""

    connect: Callable[[], Connector]
    things: dict[str, int]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    root = tmp_path / "archive"
    root.mkdir()
    return Archive(root)


def _jira_files(archive: Archive) -> Contender:
    lines = [issue(number) for number in range(1, 1002)]
    lines += [issue(7), {"id": "x"}]
    archive.put("issues.ndjson.gz", "".join(f"{json.dumps(line)}\n" for line in lines) + "{\n")
    archive.put("versions.json", '[{"id":"1","name":"1.0","releaseDate":"2024-05-01"}, 3]')
    archive.put("statuses.json", '[{"id":"1","name":"Open"}]')
    return Contender(archive.connector, {"issues": 1004, "versions": 2, "statuses": 1})


def _github_files(archive: Archive) -> Contender:
    seen_as_issue = pull(1, pull_request={"merged_at": None})
    del seen_as_issue["merged_at"]
    both = [pull(1), pull(2), seen_as_issue, {"number": True}, pull(2)]
    archive.put("both.json", json.dumps(both))
    archive.put("milestones.json", '[{"id":5,"title":"1.0","due_on":null}]')
    return Contender(
        lambda: archive.connector("github"), {"pulls": 3, "issues": 2, "milestones": 1}
    )


@contextmanager
def _live_github() -> Iterator[Contender]:
    milestones = [{"title": f"v{number}"} for number in range(1, 121)]
    pulls = [github_world.pull(number, events=150 if number == 7 else 1) for number in range(1, 46)]
    issues = [github_world.issue(number, events=0) for number in range(1001, 1053)]
    repository = GitHubRepository("acme/web", pulls, issues, milestones)
    other = github_world.web(3, 0, "acme/app")
    things = {"pulls": 48, "issues": 52, "milestones": 120}
    with github_world.world(repository, other) as github:
        yield Contender(lambda: github.connector("acme/*"), things)


@contextmanager
def _live_jira(deployment: live_jira.Deployment) -> Iterator[Contender]:
    issues = [live_jira.issue(n, updated=n, histories=150 if n == 7 else 2) for n in range(1, 341)]
    site = JiraSite(
        deployment,
        issues=issues,
        fields=[{"id": "labels", "name": "Labels"}],
        statuses=[{"id": "1", "name": "Open"}],
        versions={"PAY": [{"id": str(n), "name": f"{n}.0"} for n in range(1, 700)]},
        groups={"engineers": []},
    )
    things = {"issues": 340, "fields": 1, "statuses": 1, "versions": 699, "groups": 1}
    with live_jira.reading(site) as jira, ExitStack() as opened:

        def connect() -> Connector:
            connector = jira.connector(groups=("group:engineers",))
            opened.callback(connector.close)
            return connector

        yield Contender(connect, things)


# A new connector takes part in the contract suite by a line here; a live one answers meanwhile.
_CONTENDERS = {"files of jira": _jira_files, "files of github": _github_files}
_LIVE: dict[str, Callable[[], AbstractContextManager[Contender]]] = {
    "live github": _live_github,
    "live jira of the cloud": lambda: _live_jira("Cloud"),
    "live jira data center": lambda: _live_jira("Server"),
}


@pytest.fixture(params=[*_CONTENDERS, *_LIVE])
def contender(request: pytest.FixtureRequest, archive: Archive) -> Iterator[Contender]:
    name: str = request.param
    if name in _CONTENDERS:
        yield _CONTENDERS[name](archive)
        return
    with _LIVE[name]() as live:
        yield live

"""A GitHub of literal items, served on loopback, and what a connector reads of it."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from connectors.github.connector import GitHubConnector
from connectors.github.credentials import Token
from connectors.protocol import Page, Quarantined, Record, Resource
from connectors.trouble import Patience
from roadworthy.simulator.serving.faults import Faults
from roadworthy.simulator.serving.github_access import TOKEN
from roadworthy.simulator.serving.github_answering import answering
from roadworthy.simulator.serving.github_site import GitHubSite
from roadworthy.simulator.serving.github_state import GitHubRepository
from roadworthy.simulator.serving.server import Served, served
from roadworthy.simulator.stamps import github_stamp

Json = dict[str, Any]
ADA: Json = {"login": "ada", "id": 1, "node_id": "U_1", "type": "User"}
START = datetime(2024, 3, 1, 9, tzinfo=UTC)


def at(minute: int) -> str:
    """So many minutes after nine on the first of March 2024."""
    return github_stamp(START + timedelta(minutes=minute))


def labeled(number: int, ordinal: int) -> Json:
    key = number * 1000 + ordinal
    return {
        "id": key,
        "node_id": f"LE_{key}",
        "event": "labeled",
        "actor": ADA,
        "created_at": at(number),
        "label": {"name": f"label {ordinal}", "color": "c5def5"},
    }


def reviewed(number: int) -> Json:
    return {
        "id": number * 1000 + 999,
        "node_id": f"PRR_{number}",
        "event": "reviewed",
        "user": ADA,
        "body": "",
        "state": "approved",
        "submitted_at": at(number),
        "commit_id": "c0ffee",
    }


def item(number: int, kind: str, repository: str, minute: int, events: int) -> Json:
    return {
        "id": 100_000 + number,
        "node_id": f"{kind}_{repository}_{number}",
        "number": number,
        "title": f"About {number}",
        "body": "",
        "state": "open",
        "locked": False,
        "user": ADA,
        "author_association": "MEMBER",
        "labels": [],
        "assignees": [],
        "assignee": None,
        "milestone": None,
        "comments": 0,
        "created_at": at(number),
        "updated_at": at(minute),
        "closed_at": None,
        "active_lock_reason": None,
        "timeline": [labeled(number, ordinal) for ordinal in range(events)],
    }


def pull(
    number: int, *, minute: int | None = None, events: int = 2, repository: str = "acme/web"
) -> Json:
    """A pull request, created and updated that many minutes after the start, and approved."""
    plain = item(number, "PR", repository, number if minute is None else minute, events)
    review = reviewed(number)
    plain["timeline"].append(review)
    return {
        **plain,
        "url": f"https://api.github.com/repos/{repository}/pulls/{number}",
        "html_url": f"https://github.com/{repository}/pull/{number}",
        "draft": False,
        "merged": False,
        "merged_at": None,
        "merged_by": None,
        "merge_commit_sha": None,
        "head": {"ref": f"branch-{number}", "label": "acme:b", "sha": "c0ffee"},
        "base": {"ref": "main", "label": "acme:main", "sha": "decaf"},
        "requested_reviewers": [],
        "requested_teams": [],
        "additions": 1,
        "deletions": 0,
        "changed_files": 1,
        "commits": 1,
        "review_comments": 0,
        "reviews": [{**review, "state": "APPROVED"}],
    }


def issue(
    number: int, *, minute: int | None = None, events: int = 2, repository: str = "acme/web"
) -> Json:
    """An issue, created and updated that many minutes after the start."""
    return {
        **item(number, "I", repository, number if minute is None else minute, events),
        "url": f"https://api.github.com/repos/{repository}/issues/{number}",
        "repository_url": f"https://api.github.com/repos/{repository}",
        "html_url": f"https://github.com/{repository}/issues/{number}",
        "state_reason": None,
        "closed_by": None,
    }


def web(pulls: int = 60, issues: int = 30, name: str = "acme/web") -> GitHubRepository:
    """A repository with pull requests from 1 on, and issues from 1001 on."""
    return GitHubRepository(
        name,
        pulls=[pull(number, repository=name) for number in range(1, pulls + 1)],
        issues=[issue(number, repository=name) for number in range(1001, 1001 + issues)],
    )


@dataclass
class Reading:
    """What one run brought."""

    pages: list[Page] = field(default_factory=list)
    requests: int = 0

    @property
    def records(self) -> dict[tuple[str, str], Record]:
        return {(one.resource, one.key): one for page in self.pages for one in page.records}

    @property
    def quarantined(self) -> list[Quarantined]:
        return [one for page in self.pages for one in page.quarantined]

    def keys(self, resource: str) -> list[str]:
        return [one.key for page in self.pages for one in page.records if one.resource == resource]

    def payload(self, key: str, resource: str = "pulls") -> Any:
        return self.records[resource, key].payload

    def cursors(self) -> dict[str, str | None]:
        return {page.resource.name: page.next_cursor for page in self.pages}


@dataclass
class World:
    """A GitHub that answers, and how long its clients were made to wait."""

    site: GitHubSite
    served: Served
    waits: list[float] = field(default_factory=list)

    def connector(self, *repositories: str, **more: Any) -> GitHubConnector:
        wanted: Json = {
            "server": self.served.url,
            "repositories": repositories or ("acme/web",),
            "credentials": Token(TOKEN),
            "patience": Patience(7000, sleep=self.waits.append),
            **more,
        }
        return GitHubConnector("code", **wanted)

    def read(
        self,
        *repositories: str,
        after: Reading | None = None,
        resources: tuple[str, ...] = ("pulls", "issues", "milestones", "project_dates", "teams"),
        **more: Any,
    ) -> Reading:
        """One run of a new connector, from where another one ended."""
        connector = self.connector(*repositories, **more)
        cursors = after.cursors() if after else {}
        reading = Reading()
        for resource in connector.resources:
            if resource.name in resources:
                reading.pages += connector.fetch(resource, cursors.get(resource.name))
        reading.requests = connector.requests
        connector.close()
        return reading


@contextmanager
def world(
    *repositories: GitHubRepository,
    faults: Faults | None = None,
    tls: ssl.SSLContext | None = None,
    **more: Any,
) -> Iterator[World]:
    """A GitHub with these repositories, while the block lasts."""
    site = GitHubSite(repositories or [web()], **more)
    with served(answering(site), faults=faults, tls=tls) as answers:
        yield World(site, answers)


def resource(connector: GitHubConnector, name: str) -> Resource:
    return next(one for one in connector.resources if one.name == name)

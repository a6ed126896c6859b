"""A GitHub small enough to know by heart: one repository, three pull requests, two issues."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from github import Auth, Github

from roadworthy.simulator.serving import github_changes as changes
from roadworthy.simulator.serving.faults import Faults
from roadworthy.simulator.serving.github_access import TOKEN
from roadworthy.simulator.serving.github_accounts import account
from roadworthy.simulator.serving.github_answering import answering
from roadworthy.simulator.serving.github_opening import open_issue, open_pull
from roadworthy.simulator.serving.github_site import GitHubSite
from roadworthy.simulator.serving.github_state import GitHubRepository
from roadworthy.simulator.serving.server import Served, served

ADA = account("ada")
BEN = account("ben")
CI = account("ci[bot]", kind="Bot")
WEB = "acme/web"


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 1, day, hour, tzinfo=UTC)


def acme(**more: Any) -> GitHubSite:
    """Pull 1 was merged on the 5th, 2 is a draft of the 2nd, 3 of the 3rd comes from a bot."""
    milestone = {"title": "1.0", "number": 1, "due_on": "2026-03-01T07:00:00Z"}
    repositories = [GitHubRepository(WEB, milestones=[milestone]), GitHubRepository("acme/ops")]
    site = GitHubSite(repositories, teams={"acme/engineers": [ADA, BEN]}, **more)
    first = open_pull(site, WEB, "PAY-1: Pay", at=at(1), by=ADA, body="Fixes #4", branch="pay")
    changes.ask(first, BEN, at=at(4, 8), by=ADA)
    changes.label(first, "bug", at=at(4), by=CI)
    changes.review(first, "approved", at=at(5, 8), by=BEN)
    changes.merge(first, at=at(5), by=BEN)
    open_pull(site, WEB, "PAY-2: Log", at=at(2), by=ADA, is_draft=True)
    open_pull(site, WEB, "Bump", at=at(3), by=CI)
    open_issue(site, WEB, "Paying fails", at=at(1), by=ADA)
    open_issue(site, WEB, "Anonymous", at=at(6), by=None)
    return site


@dataclass
class Line:
    """The unmodified library, and what it asked."""

    site: GitHubSite
    served: Served
    library: Github

    def query(self, text: str, **variables: Any) -> Any:
        """The body of an answer to a query, errors and all."""
        requester = self.library.requester
        body = {"query": text, "variables": variables}
        _, told = requester.requestJsonAndCheck("POST", requester.graphql_url, input=body)
        return told

    def data(self, text: str, **variables: Any) -> Any:
        """What a query gives."""
        return self.library.requester.graphql_query(text, variables)[1]["data"]

    def status(self, path: str, headers: dict[str, str] | None = None) -> int:
        """The status alone."""
        status: int
        status, _, _ = self.library.requester.requestJson("GET", path, None, headers)
        return status


@contextmanager
def lined(
    site: GitHubSite,
    *,
    auth: Auth.Auth | None = None,
    root: str = "",
    faults: Faults | None = None,
) -> Iterator[Line]:
    """The site served, and a client of it that neither waits nor tries again."""
    with (
        served(answering(site), faults=faults) as answers,
        Github(
            auth=auth or Auth.Token(TOKEN),
            base_url=f"{answers.url}{root}",
            retry=None,
            seconds_between_requests=None,
            seconds_between_writes=None,
        ) as library,
    ):
        yield Line(site, answers, library)

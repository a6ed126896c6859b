"""A tiny Jira on loopback, for commands that look at one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from roadworthy.simulator.serving.jira_site import JiraSite
from roadworthy.simulator.serving.server import Served, served
from tests.connectors.live_jira import PROJECT, issue

STATUSES = [
    {"id": "1", "name": "Open", "statusCategory": {"key": "new"}},
    {"id": "2", "name": 'Say "no"', "statusCategory": {"key": "indeterminate"}},
]
FIELDS = [{"id": "customfield_1", "name": "Estimate"}, {"id": "duedate", "name": "Due date"}]


def jira(issues: int = 3, **more: Any) -> JiraSite:
    """A Data Center with one project and two statuses."""
    return JiraSite(
        "Server",
        projects=[PROJECT],
        issues=[issue(number, updated=number) for number in range(1, issues + 1)],
        statuses=STATUSES,
        fields=FIELDS,
        groups={"engineers": [{"name": "ada", "key": "ada"}]},
        **more,
    )


@contextmanager
def answering(site: JiraSite) -> Iterator[Served]:
    """Let it answer while the block lasts."""
    with served(site.app) as server:
        yield server

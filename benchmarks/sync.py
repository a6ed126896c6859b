"""What a sync costs: requests, seconds and memory, first and second night, on both trackers.

``python -m benchmarks.sync``. The trackers answer in this process, the product runs as a process
of its own, so that its memory is its own. A goal beside each figure; seconds have none, for here
they are those of the simulated trackers too.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from benchmarks import organisations
from benchmarks.organisations import BEGIN, PROJECTS, STATUSES
from roadworthy.simulator.serving import jira_events
from roadworthy.simulator.serving.github_access import TOKEN
from roadworthy.simulator.serving.github_answering import answering
from roadworthy.simulator.serving.github_site import GitHubSite
from roadworthy.simulator.serving.github_state import GitHubRepository
from roadworthy.simulator.serving.jira_site import JiraSite
from roadworthy.simulator.serving.server import Served, served

JIRA = """
[[sources]]
kind = "jira"
name = "acme"
server = "{url}"
projects = ["PAY", "WEB"]
token_env = "BENCHMARK_TOKEN"
"""
GITHUB = """
[[sources]]
kind = "github"
name = "code"
server = "{url}"
repositories = ["acme/*"]
token_env = "BENCHMARK_TOKEN"
"""
CHANGED = 30
KILOBYTES = 1024
#: Starts the sync from a process that is small itself: the system counts for a new process what the
#: one had that started it, and the simulated trackers are large.
_MEASURED = """
import os, subprocess, sys
command = [sys.executable, "-m", "roadworthy", "sync", "--config", "roadworthy.toml"]
process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
sys.exit(status) if status else print(usage.ru_maxrss)
"""


@dataclass(frozen=True)
class Night:
    """Somebody's place, whose tracker answers."""

    folder: Path
    server: Served

    def sync(self, what: str, goal: int, memory: int | None = None) -> None:
        """Sync once, and print what it cost."""
        before, begun = len(self.server.log), time.monotonic()
        told = subprocess.run(  # noqa: S603 - the literal above
            [sys.executable, "-c", _MEASURED],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(Path.cwd())},
            stdout=subprocess.PIPE,
            check=True,
        )
        took, requests = time.monotonic() - begun, len(self.server.log) - before
        bound = f"<= {memory}" if memory else ""
        cost = f"{took:>7.1f} s {int(told.stdout) / KILOBYTES:>6.0f} MB {bound}"
        print(f"{what:<62}{requests:>5} <= {goal:<5}{cost}", flush=True)


@contextmanager
def _place(server: Served, config: str) -> Iterator[Night]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "roadworthy.toml").write_text(config.format(url=server.url))
        yield Night(Path(folder), server)


def jira(deployment: Literal["Cloud", "Server"], count: int) -> JiraSite:
    """A Jira with two projects and as many issues."""
    boards = [
        {
            "id": number,
            "name": project["name"],
            "type": "scrum",
            "location": {"projectId": int(project["id"]), "projectKey": project["key"]},
        }
        for number, project in enumerate(PROJECTS, start=1)
    ]
    return JiraSite(
        deployment,
        issues=organisations.issues(count),
        projects=PROJECTS,
        statuses=STATUSES,
        boards=boards,
        sprints={one["id"]: [{"id": one["id"], "name": "1", "state": "active"}] for one in boards},
        fields=[{"id": "labels", "name": "Labels", "custom": False}],
        versions={one["key"]: [{"id": one["id"], "name": "1.0"}] for one in PROJECTS},
    )


def _admitted(site: JiraSite) -> str:
    """Put the secrets of a Jira into the environment; returns the configuration."""
    os.environ["BENCHMARK_TOKEN"] = site.access.token
    os.environ["BENCHMARK_EMAIL"] = site.access.email
    return JIRA + ('email_env = "BENCHMARK_EMAIL"\n' if site.is_cloud else "")


def _nights(deployment: Literal["Cloud", "Server"], goal: int) -> None:
    count, site = 10_000, jira(deployment, 10_000)
    config = _admitted(site)
    with served(site.app) as server, _place(server, config) as night:
        night.sync(f"Jira {deployment}: {count:,} issues with all histories", goal)
        night.sync(f"Jira {deployment}: a night in which nothing changed", 12)
        for place in range(CHANGED):
            identity = str(100_000 + (place + 1) * (count // (CHANGED + 1)))
            at = BEGIN + timedelta(minutes=7 * count + 60 + place)
            jira_events.edit(site, identity, at, {"summary": "Changed"})
        night.sync(f"Jira {deployment}: {CHANGED} changed of {count:,}", 20)


def _memory() -> None:
    site = jira("Cloud", 50_000)
    config = _admitted(site)
    with served(site.app) as server, _place(server, config) as night:
        night.sync("Jira Cloud: 50,000 issues", 1600, memory=600)


def _github() -> None:
    count = 1000
    others = [GitHubRepository(f"acme/{name}", [], [], []) for name in ("pay", "data", "ops")]
    web = GitHubRepository("acme/web", list(organisations.pull_requests(count)), [], [])
    os.environ["BENCHMARK_TOKEN"] = TOKEN
    site = GitHubSite([web, *others])
    with served(answering(site)) as server, _place(server, GITHUB) as night:
        night.sync(f"GitHub: {count:,} pull requests with timeline and reviews", 60)
        night.sync("GitHub: a night in which nothing changed, four repositories", 12)


def main(parts: list[str]) -> None:
    """Print a row for every figure."""
    known: dict[str, Callable[[], None]] = {
        "cloud": lambda: _nights("Cloud", 320),
        "server": lambda: _nights("Server", 110),
        "github": _github,
        "memory": _memory,
    }
    for name in parts or known:
        known[name]()


if __name__ == "__main__":
    main(sys.argv[1:])

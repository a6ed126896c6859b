"""Where the commands of the documents run: a folder of a newcomer, and whoever answers there.

* ``demo``: a clone in which ``make demo`` was called;
* ``trackers``: an empty folder, from which acme.atlassian.net, jira.acme.example and
  api.github.com are reached: each is a simulated tracker of a company that is at work until today,
  and asks for the secrets that the documents use.
"""

import os
import shutil
import ssl
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import trustme

from roadworthy.simulator import simulate
from roadworthy.simulator.serving.github_access import Access as GitHubAccess
from roadworthy.simulator.serving.github_answering import answering
from roadworthy.simulator.serving.github_site import GitHubSite
from roadworthy.simulator.serving.jira_access import Access
from roadworthy.simulator.serving.jira_site import JiraSite
from roadworthy.simulator.serving.server import App, served
from tests.documents.console import Answer, answers
from tests.documents.documents import ROOT
from tests.documents.proxy import proxy

NAMES: Final = frozenset({"demo", "trackers"})
EMAIL: Final = "you@acme.example"
TOKEN: Final = "your-token"  # noqa: S105 - opens nothing but the simulation
SECONDS: Final = 3600
"""Longer than the slowest document takes on a busy machine."""

_SEED: Final = 7
#: What the newcomer's environment may have of the one in which the tests run.
_KEPT: Final = ("HOME", "LANG", "LC_ALL", "TMPDIR")


@dataclass(frozen=True)
class World:
    """A folder, its environment, and what is known already of commands that take long."""

    folder: Path
    environment: Mapping[str, str]
    known: Mapping[str, Answer] = field(default_factory=dict)


def environment() -> dict[str, str]:
    """The environment of somebody who has just installed the program."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    programs = Path(sys.executable).parent
    return {**kept, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}


def clone(folder: Path) -> None:
    """Lay out a folder like a clone of the repository whose environment is made already."""
    for path in ROOT.iterdir():
        if not path.name.startswith(".") and path.name != "roadworthy-demo":
            (folder / path.name).symlink_to(path)
    installed = folder / ".venv"
    installed.mkdir()
    (installed / "bin").symlink_to(Path(sys.executable).parent)
    (installed / ".installed").touch()


def made_demo(folder: Path) -> World:
    """A clone in which the demo was made, and what making it said."""
    clone(folder)
    said = answers(["make demo"], folder, environment(), seconds=SECONDS)
    return World(folder, environment(), {"make demo": said[0]})


def copied(world: World, folder: Path) -> World:
    """The same world in a folder of its own, to be changed at will."""
    clone(folder)
    shutil.copytree(world.folder / "roadworthy-demo", folder / "roadworthy-demo")
    return World(folder, world.environment, world.known)


@contextmanager
def trackers(certificates: Path) -> Iterator[Mapping[str, str]]:
    """Let the trackers of the documents answer; yields the environment that reaches them."""
    authority, bundle = trustme.CA(), certificates / "authority.pem"
    authority.cert_pem.write_to_path(bundle)
    with ExitStack() as stack:
        ports = {}
        for host, app in _sites().items():
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            authority.issue_cert(host).configure_cert(tls)
            url = stack.enter_context(served(app, tls=tls)).url
            ports[host] = int(url.rpartition(":")[2])
        address = stack.enter_context(proxy(ports))
        reached = {"HTTPS_PROXY": address, "REQUESTS_CA_BUNDLE": str(bundle)}
        yield {**environment(), **reached}


def _sites() -> dict[str, App]:
    organisation = simulate(_SEED, ends_at=datetime.now(UTC).replace(microsecond=0))
    cloud = JiraSite.of(organisation)
    own = JiraSite.of(organisation, "Server")
    cloud.access = own.access = Access(email=EMAIL, token=TOKEN)
    github = GitHubSite.of(organisation)
    github.door.tokens[TOKEN] = GitHubAccess()
    return {
        "acme.atlassian.net": cloud.app,
        "jira.acme.example": own.app,
        "api.github.com": answering(github),
    }

"""Where the commands of the documents run: a folder of a newcomer, and whoever answers there.

* ``demo``: a clone in which ``make demo`` was called;
* ``trackers``: an empty folder, from which acme.atlassian.net, jira.acme.example and
  api.github.com are reached: each is a simulated tracker of the company of the demo, and asks for
  the secrets that the documents use. It is that company's day, also for the program.
"""

import os
import shlex
import shutil
import ssl
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import trustme

from roadworthy.demo import ENDS_AT, SEED
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

_PROGRAM: Final = Path(__file__).with_name("program.py")
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
def trackers(folder: Path) -> Iterator[Mapping[str, str]]:
    """Let the trackers of the documents answer; yields the environment that reaches them.

    Args:
        folder: an empty one, for what the environment names.
    """
    authority, bundle = trustme.CA(), folder / "authority.pem"
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
        yield {**at_their_time(environment(), folder), **reached}


def at_their_time(environment: Mapping[str, str], folder: Path) -> Mapping[str, str]:
    """The environment with a ``roadworthy`` that lives when the company does, put into a folder."""
    call = shlex.join([sys.executable, "-P", str(_PROGRAM), str(folder / "looks")])
    program = folder / "bin" / "roadworthy"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {call} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return {**environment, "PATH": f"{program.parent}{os.pathsep}{environment['PATH']}"}


def _sites() -> dict[str, App]:
    organisation = simulate(SEED, ends_at=ENDS_AT)
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

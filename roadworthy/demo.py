"""An invented company to try everything on: its trackers, answering, and a configuration for them.

The same on every machine: four teams, eighteen months, and a governance change in two of them
after a year. Its Jira and its GitHub answer on loopback while the demo lasts, and the real clients
ask them. The truth that was planted is written beside, in ``truth/``.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from roadworthy.environment import environment
from roadworthy.errors import ConfigError
from roadworthy.progress import Progress
from roadworthy.runs import Clock
from roadworthy.simulator import Organisation, simulate, write_truth
from roadworthy.simulator.serving.github_access import TOKEN
from roadworthy.simulator.serving.github_answering import answering
from roadworthy.simulator.serving.github_site import GitHubSite
from roadworthy.simulator.serving.jira_site import JiraSite
from roadworthy.simulator.serving.server import served
from roadworthy.simulator.settings import (
    EMAIL_VARIABLE,
    GITHUB_VARIABLE,
    JIRA_VARIABLE,
    served_sources,
    settings,
)

SEED = 7
ENDS_AT = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)

#: What tells a folder of a demo from a folder of somebody's work.
_MARK = ".roadworthy-demo"


@dataclass(frozen=True, slots=True)
class Company:
    """The company at work: where its configuration is, and what time it is there."""

    config: Path
    clock: Clock


@contextmanager
def company(folder: Path, progress: Progress) -> Iterator[Company]:
    """Let the company's trackers answer while the block lasts.

    Raises:
        ConfigError: the folder holds something that no demo put there.
    """
    _claim(folder)
    progress.started("demo", "inventing a company")
    organisation = simulate(SEED, ends_at=ENDS_AT)
    write_truth(organisation, folder / "truth")
    told = f"{len(organisation.issues):,} issues and {len(organisation.pulls):,} pull requests"
    progress.finished("demo", told)
    with serving(organisation, folder) as trackers:
        yield Company(trackers.config, _clock())


@dataclass(frozen=True, slots=True)
class Serving:
    """Trackers that answer, and the configuration that reads them."""

    config: Path
    jira: JiraSite
    github: GitHubSite


@contextmanager
def serving(organisation: Organisation, folder: Path) -> Iterator[Serving]:
    """Let an organisation's trackers answer, and write the configuration that reads them.

    Its secrets are in the environment while the block lasts, where users of the product set theirs.
    """
    jira, github = JiraSite.of(organisation), GitHubSite.of(organisation)
    secrets = {
        EMAIL_VARIABLE: jira.access.email,
        JIRA_VARIABLE: jira.access.token,
        GITHUB_VARIABLE: TOKEN,
    }
    with (
        environment(secrets),
        served(jira.app) as jira_server,
        served(answering(github)) as github_server,
    ):
        sources = served_sources(jira_server.url, github_server.url)
        config = folder / "roadworthy.toml"
        config.write_text(settings(organisation, sources), encoding="utf-8")
        yield Serving(config, jira, github)


def _clock() -> Clock:
    """The company's time, which stands where its data ends and goes on with every look at it.

    By our own time a slow machine would read its trackers later, and open work be older there.
    """
    looks = count()
    return lambda: ENDS_AT + timedelta(milliseconds=next(looks))


def _claim(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise ConfigError(f"--out {folder}: is a file; name a folder for the demo")
    mark = folder / _MARK
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        raise ConfigError(f"--out {folder}: holds other things already; name a new folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        mark.touch()
        for made in ("var", "truth"):
            shutil.rmtree(folder / made, ignore_errors=True)
    except OSError as error:
        raise ConfigError(f"--out {folder}: cannot be written: {error.strerror}") from error

"""From a source in the configuration to the questions one can put to its tracker."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from connectors.github.client import Client
from connectors.github.connector import GitHubConnector
from connectors.github.inspection import GitHubInspection
from connectors.jira.connector import JiraConnector
from connectors.jira.inspection import JiraInspection
from roadworthy.config.load import Loaded
from roadworthy.config.sources import GitHubSource, JiraSource
from roadworthy.errors import RoadworthyError
from roadworthy.stages.sources import connect

_MINUTES: Final = 1
"""How long one answer is waited for: a person may be sitting before it."""


@contextmanager
def asking_jira(loaded: Loaded, source: JiraSource) -> Iterator[JiraInspection]:
    """Questions to a Jira, the line to which is closed afterwards.

    Raises:
        ConfigError: a secret that the source needs is not in the environment.
    """
    connector = connect(loaded, _hasty(source))
    if not isinstance(connector, JiraConnector):
        raise RoadworthyError(f"source '{source.name}' has no connector to a Jira")
    try:
        yield JiraInspection(connector.client)
    finally:
        connector.close()


@contextmanager
def asking_github(loaded: Loaded, source: GitHubSource) -> Iterator[GitHubInspection]:
    """The same for GitHub."""
    made = connect(loaded, _hasty(source))
    if not isinstance(made, GitHubConnector):
        raise RoadworthyError(f"source '{source.name}' has no connector to GitHub")
    client = Client(made.name, made.server, made.credentials, made.patience, made.ca_bundle)
    try:
        yield GitHubInspection(client)
    finally:
        client.close()


def _hasty(source: JiraSource | GitHubSource) -> JiraSource | GitHubSource:
    return source.model_copy(update={"patience_minutes": _MINUTES})

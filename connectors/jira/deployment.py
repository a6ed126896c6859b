"""Which of the two kinds of Jira answers, for they page and tell histories differently."""

from typing import Final, Literal, TypeAlias

from connectors.jira.client import JiraClient
from connectors.protocol import ConnectorError, NotVisibleError

Deployment: TypeAlias = Literal["Cloud", "Server"]
"""Jira's own words; a Data Center calls itself Server."""


SEARCH: Final[dict[Deployment, str]] = {"Cloud": "search/jql", "Server": "search"}
"""Where each of them is searched."""
WHOLE: Final = {"fields": "*all", "expand": "changelog"}
"""What is asked for of an issue: all of it, with its histories."""


def deployment_of(client: JiraClient) -> Deployment:
    """Ask the server; one too old to say is none of the cloud's.

    Raises:
        ConnectorError: it is no Jira, or cannot be reached.
    """
    try:
        told = client.get("signing in", "serverInfo")
    except NotVisibleError:
        told = {}
    if not {"deploymentType", "version"} & told.keys():
        raise ConnectorError(
            f"{client.name}: no Jira answers at this address; see to 'server': it is the address "
            "that people use, with its path where it has one"
        )
    return "Cloud" if told.get("deploymentType") == "Cloud" else "Server"

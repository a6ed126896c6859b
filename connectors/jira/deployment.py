"""Which of the two kinds of Jira answers, for they page and tell histories differently."""

from typing import Literal, TypeAlias

from connectors.jira.client import JiraClient

Deployment: TypeAlias = Literal["Cloud", "Server"]
"""Jira's own words; a Data Center calls itself Server."""


def deployment_of(client: JiraClient) -> Deployment:
    """Ask the server; one too old to say is none of the cloud's."""
    told = client.get("signing in", "serverInfo")
    kind = told.get("deploymentType") if isinstance(told, dict) else None
    return "Cloud" if kind == "Cloud" else "Server"

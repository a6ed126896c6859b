"""The kinds of source: where work items come from."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from roadworthy.config.section import Section

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=64)]
Variable = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
Address = Annotated[str, Field(pattern=r"^https?://[^\s/]+")]


class _Named(Section):
    """What every source has: the name under which its data is kept."""

    name: Name


class JiraSource(_Named):
    """A Jira, Cloud or Data Center."""

    kind: Literal["jira"]
    server: Address
    projects: list[str] = []
    jql: str | None = None
    since: date | None = None
    email_env: Variable | None = None
    token_env: Variable

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if bool(self.projects) == (self.jql is not None):
            message = "give either 'projects' or 'jql', so that the search is bounded"
            raise ValueError(message)
        return self


class GitHubSource(_Named):
    """Repositories of GitHub, or of a GitHub Enterprise server."""

    kind: Literal["github"]
    repositories: Annotated[
        list[Annotated[str, Field(pattern=r"^[^/\s]+/[^/\s]+$")]], Field(min_length=1)
    ]
    server: Address = "https://api.github.com"
    since: date | None = None
    token_env: Variable


class FilesSource(_Named):
    """Recorded payloads of either tracker: offline, replay, archives."""

    kind: Literal["files"]
    path: str
    tracker: Literal["jira", "github"]
    as_of: AwareDatetime | None = None


Source = JiraSource | GitHubSource | FilesSource

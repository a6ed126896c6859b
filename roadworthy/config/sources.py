"""The kinds of source: where work items come from."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, AwareDatetime, Field, model_validator

from roadworthy.config.bounds import WITHIN_CALENDARS, Day, PathText
from roadworthy.config.section import Section
from roadworthy.config.variables import VARIABLE, may_be_secret

# No user and password inside: an address is written to logs, a secret never.
ADDRESS: Final = r"https?://[^\s/@?#]+(/[^\s@?#]*)?"
WRITE_WHEN_RECORDED: Final = (
    "write when it was recorded, or leave it out for the latest instant found in it"
)
_AHEAD: Final = timedelta(hours=1)
"""So much the clock of the machine that recorded may be ahead."""
NAME: Final = r"^[A-Za-z0-9][A-Za-z0-9_.-]*$"
BOARD: Final = r"^[\w.-]+/\d+$"
REPOSITORY: Final = r"^[\w.-]+/([\w.-]+|\*)$"


def _no_secret(name: str) -> str:
    if may_be_secret(name):
        message = "looks like a secret; give the name of the variable that holds it"
        raise ValueError(message)
    return name


def _address(written: str) -> str:
    if not is_address(written):
        message = (
            "not the address of a server; write one as in https://acme.atlassian.net, without "
            "user, password and query"
        )
        raise ValueError(message)
    return written


def is_address(written: str) -> bool:
    """Whether a text is the address of a server, without user, password and query."""
    try:
        parts = urlsplit(written)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port beyond 65535, or half of an address in brackets
        return False
    return has_host and re.fullmatch(ADDRESS, written) is not None


Name = Annotated[str, Field(pattern=NAME, max_length=64)]
Variable = Annotated[str, Field(pattern=VARIABLE), AfterValidator(_no_secret)]
Address = Annotated[str, AfterValidator(_address)]
Repositories = Annotated[list[Annotated[str, Field(pattern=REPOSITORY)]], Field(min_length=1)]
Board = Annotated[str, Field(pattern=BOARD)]


class _Named(Section):
    """What every source has: the name under which its data is kept."""

    name: Name
    """Under which its data is kept; another name is another source."""


class LiveSource(_Named):
    """What every tracker has that is asked over the network."""

    server: Address
    """The address of the tracker."""
    since: Day | None = None
    """Only what changed since this day is read; without it, everything."""
    ca_bundle: PathText | None = None
    """A file with the certificates of a private authority, as PEM."""
    patience_minutes: Annotated[float, Field(gt=0, le=100_000, strict=False)] = 90
    """How long a sync waits in all for one answer before it ends with what it has."""
    longest_hours: Annotated[float, Field(gt=0, le=1_000, strict=False)] = 20
    """How long a sync reads the source in all; what is left is for the next one."""

    @property
    def keys(self) -> list[str]:
        """The names of the variables with secrets of many lines; others are sent in a header."""
        return []


class JiraSource(LiveSource):
    """A Jira, Cloud or Data Center."""

    kind: Literal["jira"]
    """Says that it is a Jira."""
    projects: list[str] = []
    """Keys of the projects to read; or give ``jql``."""
    jql: str | None = None
    """A search that finds the issues to read, without ``order by``."""
    email_env: Variable | None = None
    """The variable with the e-mail address of the account; on Cloud only."""
    token_env: Variable
    """The variable with the API token of Cloud, or the personal access token of Data Center."""

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if bool(self.projects) == (self.jql is not None):
            message = "give either 'projects' or 'jql', so that the search is bounded"
            raise ValueError(message)
        if self.jql is not None and re.search(r"\border\s+by\b", self.jql, re.IGNORECASE):
            message = "'jql' must not say 'order by': the sync has an order of its own"
            raise ValueError(message)
        return self

    @property
    def variables(self) -> list[str]:
        """The names of the variables that hold its secrets."""
        return [one for one in (self.email_env, self.token_env) if one is not None]


class App(Section):
    """An installation of a GitHub App, in the place of a token."""

    id: int
    """The number of the App."""
    installation: int
    """The number of its installation in your organisation."""
    private_key_env: Variable
    """The variable with its private key, as PEM."""


class GitHubSource(LiveSource):
    """Repositories of GitHub, or of a GitHub Enterprise server."""

    kind: Literal["github"]
    """Says that it is a GitHub."""
    server: Address = "https://api.github.com"
    """The root of the interface; of a GitHub Enterprise server it ends in ``/api/v3``."""
    repositories: Repositories
    """``owner/name``, or ``owner/*`` for all of an owner's that are no forks."""
    boards: list[Board] = []
    """Projects whose dates are kept, as ``owner/number``."""
    token_env: Variable | None = None
    """The variable with a token; or give ``app``."""
    app: App | None = None
    """An installation of a GitHub App, in the place of a token."""

    @model_validator(mode="after")
    def _identified(self) -> Self:
        if (self.token_env is None) == (self.app is None):
            message = "give either 'token_env' or 'app', so that GitHub knows who asks"
            raise ValueError(message)
        return self

    @property
    def variables(self) -> list[str]:
        """The names of the variables that hold its secrets."""
        key = self.app.private_key_env if self.app else None
        return [one for one in (self.token_env, key) if one is not None]

    @property
    def keys(self) -> list[str]:
        """The one of them that holds the private key of an App."""
        return [self.app.private_key_env] if self.app else []


class FilesSource(_Named):
    """Recorded payloads of either tracker: offline, replay, archives."""

    kind: Literal["files"]
    """Says that it was recorded."""
    path: PathText
    """A folder or a file: JSON or NDJSON, plain or ``.gz``."""
    tracker: Literal["jira", "github"]
    """Whose payloads they are."""
    as_of: Annotated[AwareDatetime, WITHIN_CALENDARS] | None = None
    """When it was recorded; without it the latest instant found in it."""

    def still_to_come(self, now: datetime) -> str | None:
        """What is wrong with ``as_of`` by the clock of a run: up to then every item would age."""
        if self.as_of is None or self.as_of <= now + _AHEAD:
            return None
        return f"as_of = {self.as_of.astimezone(UTC):%Y-%m-%d %H:%M} UTC is still to come"


Source = JiraSource | GitHubSource | FilesSource

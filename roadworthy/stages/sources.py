"""From a source in the configuration to the connector that reads it."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

from connectors.files import FilesConnector
from connectors.protocol import Connector
from connectors.trouble import Patience
from roadworthy.config.deciding import RoleHolder
from roadworthy.config.load import Loaded
from roadworthy.config.sources import FilesSource, GitHubSource, JiraSource, LiveSource, Source
from roadworthy.config.variables import PUT_IT_THERE, is_for_a_header, no_token, not_set, secret
from roadworthy.errors import ConfigError

Tell: TypeAlias = Callable[[str], None]

_SECONDS_PER_MINUTE = 60


def _unheard(_message: str) -> None:
    """Nobody listens."""


def connect(loaded: Loaded, source: Source, tell: Tell = _unheard) -> Connector:
    """Make the connector of a source; nothing is sent before it is asked to fetch.

    Args:
        loaded: the configuration.
        source: one of its sources.
        tell: hears of every wait that the tracker asks for.

    Raises:
        ConfigError: a secret that the source needs is not in the environment.
    """
    match source:
        case FilesSource():
            path = loaded.resolve(source.path)
            return FilesConnector(
                path=path, tracker=source.tracker, name=source.name, as_of=source.as_of
            )
        case JiraSource():
            return _jira(loaded, source, tell)
        case GitHubSource():
            return _github(loaded, source, tell)


def _jira(loaded: Loaded, source: JiraSource, tell: Tell) -> Connector:
    from connectors.jira.access import Access  # noqa: PLC0415 - the client library is slow
    from connectors.jira.connector import JiraConnector  # noqa: PLC0415
    from connectors.jira.scope import Scope  # noqa: PLC0415

    email = _header(loaded, source, source.email_env) if source.email_env else None
    return JiraConnector(
        name=source.name,
        server=source.server.rstrip("/"),
        scope=Scope(tuple(source.projects), source.jql, _since(loaded, source)),
        groups=tuple(holders(loaded, "group", "role")),
        access=Access(email, _header(loaded, source, source.token_env), _ca(loaded, source)),
        patience=_patience(source, tell),
    )


def _github(loaded: Loaded, source: GitHubSource, tell: Tell) -> Connector:
    from connectors.github.connector import GitHubConnector  # noqa: PLC0415 - slow as well
    from connectors.github.credentials import App, Token  # noqa: PLC0415

    # One of the two is there: the configuration was validated.
    if (app := source.app) is not None:
        key = _secret(loaded, source, app.private_key_env)
        credentials: App | Token = App(str(app.id), app.installation, key)
    else:
        credentials = Token(_header(loaded, source, str(source.token_env)))
    return GitHubConnector(
        name=source.name,
        server=source.server.rstrip("/"),
        repositories=tuple(source.repositories),
        boards=tuple(source.boards),
        teams=tuple(entry.removeprefix("team:") for entry in holders(loaded, "team")),
        since=_since(loaded, source),
        credentials=credentials,
        ca_bundle=_ca(loaded, source),
        patience=_patience(source, tell),
    )


def _patience(source: LiveSource, tell: Tell) -> Patience:
    seconds = source.patience_minutes * _SECONDS_PER_MINUTE
    return Patience(seconds, tell=tell, address=source.server)


def holders(loaded: Loaded, *kinds: str) -> Iterator[str]:
    """The entries of ``[roles]`` that a tracker must be asked about, each once, in order."""
    entries = (entry for role in loaded.config.roles.values() for entry in role)
    names = (entry.who if isinstance(entry, RoleHolder) else entry for entry in entries)
    yield from dict.fromkeys(name for name in names if name.partition(":")[0] in kinds)


def _secret(loaded: Loaded, source: LiveSource, variable: str) -> str:
    if (value := secret(variable, os.environ)) is not None:
        return value
    where = f"{loaded.path}: source '{source.name}'"
    raise ConfigError(f"{where}: {not_set(variable)}; {PUT_IT_THERE}")


def _header(loaded: Loaded, source: LiveSource, variable: str) -> str:
    """A secret that goes into a header, and so is one line of plain characters.

    What is none would be quoted in full by the fault it causes further down.
    """
    value = _secret(loaded, source, variable)
    if is_for_a_header(value):
        return value
    raise ConfigError(f"{loaded.path}: source '{source.name}': {no_token(variable)}")


def _since(loaded: Loaded, source: LiveSource) -> datetime | None:
    """The beginning of the day named, where the organisation is."""
    if source.since is None:
        return None
    zone = ZoneInfo(loaded.config.timezone)
    return datetime.combine(source.since, time(), zone).astimezone(UTC)


def _ca(loaded: Loaded, source: LiveSource) -> Path | None:
    if source.ca_bundle is None:
        return None
    path = loaded.resolve(source.ca_bundle)
    if not path.is_file():
        raise ConfigError(
            f"{loaded.path}: source '{source.name}': ca_bundle = '{source.ca_bundle}': there is no "
            "such file; name one with the certificates of your authority, as PEM"
        )
    return path

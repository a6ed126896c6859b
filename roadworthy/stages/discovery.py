"""The discovery of a tracker: what it says of itself before anything is read."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias, TypeVar

from connectors.jira.inspection import JiraInspection
from connectors.protocol import ConnectorError
from roadworthy.config.load import Loaded
from roadworthy.config.sources import GitHubSource, JiraSource
from roadworthy.errors import SourceError
from roadworthy.stages.inspections import asking_github, asking_jira

Thing = TypeVar("Thing")

_GROUPS: Final = 10
"""So many groups are looked into at most: each costs a request or a few."""
_MOST_MEMBERS: Final = 300
# Groups that everybody or every administrator is in, and that say nothing about work.
_OF_THE_SITE: Final = re.compile(
    r"^(jira|confluence|site|system|atlassian|org|bitbucket|opsgenie|trusted|statuspage)[-_ ]"
    r"|(^|[-_ ])(users|administrators|admins|everyone|all)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a tracker told of itself."""

    zone: str | None = None
    groups: tuple[str, ...] = ()
    """Entries for ``[roles]``: group:NAME or team:OWNER/SLUG."""
    lacks: tuple[str, ...] = ()
    """What could not be seen, in sentences."""


Workflow: TypeAlias = tuple[tuple[str, str | None], ...]
"""Name and key of the category of every status that items can have."""


def look(loaded: Loaded) -> Seen:
    """Ask the only source of a configuration.

    Raises:
        SourceError: it refuses, or cannot be reached.
    """
    source = loaded.config.sources[0]
    try:
        match source:
            case JiraSource():
                return _jira(loaded, source)
            case GitHubSource():
                return _github(loaded, source)
    except ConnectorError as error:
        raise SourceError(str(error)) from error
    return Seen()


def projects_of(loaded: Loaded) -> tuple[tuple[str, str], ...]:
    """Key and name of every project that the account of the only source may see.

    Raises:
        SourceError: the tracker refuses, or cannot be reached.
    """
    source = loaded.config.sources[0]
    if not isinstance(source, JiraSource):
        return ()
    try:
        with asking_jira(loaded, source) as ask:
            found = ask.projects()
    except ConnectorError as error:
        raise SourceError(str(error)) from error
    return tuple((one.key, one.name) for one in found)


def workflow_of(loaded: Loaded, projects: Iterable[str]) -> tuple[Workflow, tuple[str, ...]]:
    """The statuses that items of these projects can have; and what of it could not be seen."""
    source = loaded.config.sources[0]
    if not isinstance(source, JiraSource):
        return (), ()
    lacks: list[str] = []
    with asking_jira(loaded, source) as ask:
        listed = [_if_visible(partial(ask.workflow, key), lacks) for key in projects]
    categories = {one.name: one.category for found in listed for one in found}
    return tuple(categories.items()), tuple(lacks)


def _jira(loaded: Loaded, source: JiraSource) -> Seen:
    lacks: list[str] = []
    with asking_jira(loaded, source) as ask:
        account = ask.account()
        named = _telling(_if_visible(ask.groups, lacks))
        groups = [name for name in named if _is_a_crew(ask, name, lacks)]
    return Seen(account.zone, tuple(f"group:{name}" for name in groups), tuple(lacks))


def _github(loaded: Loaded, source: GitHubSource) -> Seen:
    owners = dict.fromkeys(name.partition("/")[0] for name in source.repositories)
    lacks: list[str] = []
    with asking_github(loaded, source) as ask:
        slugs = {owner: _if_visible(partial(ask.teams, owner), lacks) for owner in owners}
    teams = [f"{owner}/{slug}" for owner, found in slugs.items() for slug in found]
    return Seen(None, tuple(f"team:{name}" for name in _telling(teams)), tuple(lacks))


def _telling(names: Iterable[str]) -> list[str]:
    """Names of groups that say something about work."""
    return [name for name in names if not _OF_THE_SITE.search(name)][:_GROUPS]


def _is_a_crew(ask: JiraInspection, group: str, lacks: list[str]) -> bool:
    """Whether a group is none that holds a whole company, and costs no more than a few requests."""
    counts = _if_visible(lambda: [ask.members(group)], lacks)
    return any(0 < count <= _MOST_MEMBERS for count in counts)


def _if_visible(ask: Callable[[], list[Thing]], lacks: list[str]) -> list[Thing]:
    """What is asked for; where this account may not know, nothing and a lack: it is only a help."""
    try:
        return ask()
    except ConnectorError as error:
        lacks.append(str(error))
        return []

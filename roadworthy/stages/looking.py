"""A first look at a tracker: what it says of itself before anything is read."""

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


def workflow_of(loaded: Loaded, projects: Iterable[str]) -> Workflow:
    """The statuses that items of these projects can have, as far as they can be seen."""
    source = loaded.config.sources[0]
    if not isinstance(source, JiraSource):
        return ()
    with asking_jira(loaded, source) as ask:
        listed = [_or_none(partial(ask.workflow, key)) for key in projects]
    return tuple({one.name: one.category for found in listed for one in found}.items())


def _jira(loaded: Loaded, source: JiraSource) -> Seen:
    with asking_jira(loaded, source) as ask:
        account = ask.account()
        named = _telling(_or_none(ask.groups))
        groups = [name for name in named if _is_a_crew(ask, name)]
    return Seen(account.zone, tuple(f"group:{name}" for name in groups))


def _github(loaded: Loaded, source: GitHubSource) -> Seen:
    owners = dict.fromkeys(name.partition("/")[0] for name in source.repositories)
    with asking_github(loaded, source) as ask:
        slugs = {owner: _or_none(partial(ask.teams, owner)) for owner in owners}
    teams = [f"{owner}/{slug}" for owner, found in slugs.items() for slug in found]
    return Seen(groups=tuple(f"team:{name}" for name in _telling(teams)))


def _telling(names: Iterable[str]) -> list[str]:
    """Names of groups that say something about work."""
    return [name for name in names if not _OF_THE_SITE.search(name)][:_GROUPS]


def _is_a_crew(ask: JiraInspection, group: str) -> bool:
    """Whether a group is none that holds a whole company, and costs no more than a few requests."""
    try:
        return 0 < ask.members(group) <= _MOST_MEMBERS
    except ConnectorError:
        return False


def _or_none(ask: Callable[[], list[Thing]]) -> list[Thing]:
    """What is asked for, or nothing where this account may not know: it is only a help."""
    try:
        return ask()
    except ConnectorError:
        return []

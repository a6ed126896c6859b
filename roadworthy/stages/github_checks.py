"""What one GitHub says: who asks, what the token may, which repositories and teams it sees."""

from collections.abc import Iterator
from typing import Final

from connectors.answers import RefusedError
from connectors.github.inspection import GitHubInspection
from roadworthy.checking.finding import Finding, Level
from roadworthy.config.load import Loaded
from roadworthy.config.sources import GitHubSource
from roadworthy.counting import counted
from roadworthy.stages.sources import holders

_READS_REPOSITORIES: Final = frozenset({"repo", "public_repo"})
_READS_TEAMS: Final = frozenset({"read:org", "write:org", "admin:org"})
_READS_BOARDS: Final = frozenset({"read:project", "project"})
_LITTLE: Final = 500
"""So few requests left may not be enough for a first sync."""


def github_findings(
    loaded: Loaded, source: GitHubSource, ask: GitHubInspection
) -> Iterator[Finding]:
    """Ask one GitHub.

    Raises:
        ConnectorError: it refuses, or cannot be reached.
    """
    where = f"source {source.name}"
    yield Finding("ok", where, f"GitHub accepted the credentials: {ask.account()}")
    teams = [entry.removeprefix("team:") for entry in holders(loaded, "team")]
    yield from _scopes(where, source, ask, has_teams=bool(teams))
    yield from _interfaces(where, ask)
    for name in source.repositories:
        yield from _repository(f"{where}: {name}", name, ask)
    for team in teams:
        yield from _team(f"{where}: team:{team}", team, ask)


def _scopes(
    where: str, source: GitHubSource, ask: GitHubInspection, *, has_teams: bool
) -> Iterator[Finding]:
    scopes = ask.scopes()
    if scopes is None:
        told = "the token has permissions and no scopes: what it may see shows below"
        yield Finding("ok", where, told)
        return
    granted = frozenset(scopes)
    wanted = [("repo", _READS_REPOSITORIES, "private repositories cannot be read", True)]
    wanted.append(("read:org", _READS_TEAMS, "members of teams cannot be seen", has_teams))
    boards = bool(source.boards)
    wanted.append(("read:project", _READS_BOARDS, "boards and their dates cannot be seen", boards))
    yield Finding("ok", where, f"scopes of the token: {', '.join(sorted(granted)) or 'none'}")
    for scope, enough, lost, is_needed in wanted:
        if is_needed and not granted & enough:
            yield Finding("warning", where, lost, f"give the token the scope {scope}")


def _interfaces(where: str, ask: GitHubInspection) -> Iterator[Finding]:
    try:
        allowances = ask.allowances()
    except RefusedError:  # an Enterprise server may have no limits at all
        allowances = {}
    for name, one in allowances.items():
        told = f"{one.remaining:,} of {one.limit:,} requests are left in this hour ({name})"
        level: Level = "ok" if one.remaining >= min(_LITTLE, one.limit // 2) else "warning"
        remedy = "" if level == "ok" else "a first sync may have to wait for the next hour"
        yield Finding(level, where, told, remedy)
    if ask.answers_graphql():
        yield Finding("ok", where, "GraphQL answers")
    else:
        told = "GraphQL does not answer: everything is read by REST, which takes more requests"
        yield Finding("note", where, told)


def _repository(where: str, name: str, ask: GitHubInspection) -> Iterator[Finding]:
    owner, _, repository = name.partition("/")
    remedy = "mend the name, or let the token see it"
    if repository == "*":
        is_there = ask.has_owner(owner)
        told = "the owner is there" if is_there else "there is no such owner, or it is not visible"
        yield Finding("ok" if is_there else "error", where, told, "" if is_there else remedy)
        return
    found = ask.repository(name)
    if found is None:
        yield Finding("error", where, "is not there, or not visible to this account", remedy)
    elif found.name.casefold() != name.casefold():
        told = f"is called {found.name} now"
        yield Finding("warning", where, told, "name it so in 'repositories' and in [teams]")
    else:
        yield Finding("ok", where, "is visible" + (", and archived" if found.is_archived else ""))


def _team(where: str, team: str, ask: GitHubInspection) -> Iterator[Finding]:
    organisation, _, slug = team.partition("/")
    count = ask.members(organisation, slug)
    if count is None:
        remedy = "give the token the scope read:org, or mend the slug"
        yield Finding("warning", where, "is not there, or not visible", remedy)
    else:
        yield Finding("ok" if count else "warning", where, counted(count, "member"))

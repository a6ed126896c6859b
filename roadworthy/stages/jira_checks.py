"""What one Jira says: who asks, which projects and groups it sees, which names there are."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from connectors.answers import RefusedError
from connectors.jira.inspection import Field, JiraInspection, Status
from connectors.jira.scope import Scope
from connectors.protocol import NotVisibleError
from roadworthy.checking.finding import Finding
from roadworthy.checking.near import near
from roadworthy.config.load import Loaded
from roadworthy.config.sources import JiraSource
from roadworthy.counting import counted
from roadworthy.stages.sources import holders


@dataclass(slots=True)
class Names:
    """The names that a Jira knows."""

    source: str
    fields: list[Field] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    is_bounded: bool = True
    """Whether the statuses are those of the projects read, and not of the whole Jira."""


def jira_findings(
    loaded: Loaded, source: JiraSource, ask: JiraInspection, names: Names
) -> Iterator[Finding]:
    """Ask one Jira; what it calls things is put into ``names``.

    Raises:
        ConnectorError: it refuses, or cannot be reached.
    """
    where = f"source {source.name}"
    deployment = "Jira Cloud" if ask.deployment() == "Cloud" else "Jira Data Center"
    account = ask.account()
    yield Finding("ok", where, f"{deployment} accepted the credentials: {account.kind}")
    if source.jql is not None:
        yield from _query(where, source, ask)
    for key in source.projects:
        yield from _project(where, key, ask, names)
    if source.jql is not None:
        names.is_bounded = False
        names.statuses += ask.statuses()
    names.fields += ask.fields()
    yield from _holders(where, loaded, source, ask)


def _query(where: str, source: JiraSource, ask: JiraInspection) -> Iterator[Finding]:
    try:
        ask.try_query(Scope((), source.jql, None))
    except RefusedError as error:
        yield Finding("error", f"{where}: jql", str(error), "mend the query")
        return
    yield Finding("ok", f"{where}: jql", "the query is understood")


def _project(where: str, key: str, ask: JiraInspection, names: Names) -> Iterator[Finding]:
    place = f"{where}: project {key}"
    if not ask.may_browse(key):
        known = [one.key for one in ask.projects()]
        remedy = near(key, known, otherwise="give the account the permission Browse Projects")
        yield Finding("error", place, "is not there, or not for this account to browse", remedy)
        return
    try:
        statuses = ask.workflow(key)
    except NotVisibleError as error:
        yield Finding("warning", place, f"can be browsed, but {error}")
        return
    names.statuses += statuses
    told = counted(len(statuses), "status", "statuses")
    yield Finding("ok", place, f"can be browsed; its workflow has {told}")


def _holders(
    where: str, loaded: Loaded, source: JiraSource, ask: JiraInspection
) -> Iterator[Finding]:
    for entry in holders(loaded, "group", "role"):
        kind, _, name = entry.partition(":")
        if kind == "role" and not source.projects:
            told = "who holds it is told by the read alone: before it a query names no project"
            yield Finding("note", f"{where}: {entry}", told)
            continue
        try:
            count = ask.members(name) if kind == "group" else ask.holders(name, source.projects)
        except (NotVisibleError, RefusedError):
            remedy = "give the account the permission to browse users and groups, or mend the name"
            yield Finding("warning", f"{where}: {entry}", "is not there, or not visible", remedy)
            continue
        yield Finding("ok" if count else "warning", f"{where}: {entry}", counted(count, "holder"))

"""What happens in a Jira between two syncs.

Each event takes the instant at which it happens, where it leaves one, and does to ``updated`` and
to the changelog what a real Jira does. Issues are named by id or by any key they ever had.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from roadworthy.simulator.serving.jira_changes import changes, item
from roadworthy.simulator.serving.jira_rows import Json, Row
from roadworthy.simulator.serving.jira_site import JiraSite
from roadworthy.simulator.stamps import jira_stamp


def edit(
    site: JiraSite,
    issue: str,
    at: datetime,
    fields: Mapping[str, Any],
    *,
    author: Json | None = None,
) -> None:
    """Change fields in one click; the history follows from what they were and are."""
    row = _row(site, issue)
    items = changes(row.payload["fields"], fields, _field_names(site))
    _record(site, row, at, items, fields=fields, author=author)


def append(
    site: JiraSite, issue: str, at: datetime, items: Iterable[Json], *, author: Json | None = None
) -> None:
    """Add a history with the given items and change nothing else but ``updated``."""
    _record(site, _row(site, issue), at, list(items), author=author)


def create(site: JiraSite, payload: Json) -> None:
    """Add an issue, given as a search returns it."""
    with site.lock:
        row = Row.of(payload)
        site.projects.setdefault(row.project, payload["fields"]["project"])
        site.put(row)


def delete(site: JiraSite, issue: str) -> None:
    """Remove an issue for good."""
    with site.lock:
        del site.rows[_row(site, issue).id]
        site.changed()


def hide(site: JiraSite, issue: str) -> None:
    """Keep an issue from the account, as a security level does; nothing else shows."""
    site.access.hidden_issues.add(str(_row(site, issue).id))


def show(site: JiraSite, issue: str) -> None:
    """Let the account see an issue again."""
    site.access.hidden_issues.discard(str(_row(site, issue).id))


def archive(site: JiraSite, issue: str) -> None:
    """Archive an issue: no search finds it, and it can still be read by its id."""
    with site.lock:
        site.put(replace(_row(site, issue), is_archived=True))


def restore(site: JiraSite, issue: str) -> None:
    """Bring an issue back from the archive; its ``updated`` stays what it was."""
    with site.lock:
        site.put(replace(_row(site, issue), is_archived=False))


def move(
    site: JiraSite, issue: str, at: datetime, project: str, *, author: Json | None = None
) -> None:
    """Move an issue to another project: a new key under the same id; the old key leads to it."""
    with site.lock:
        row = _row(site, issue)
        key = _next_key(site, project)
        target = site.projects[project]
        items = [
            *changes(row.payload["fields"], {"project": target}, {}),
            item("Key", (None, row.key), (None, key)),
        ]
        moved = replace(row, payload={**row.payload, "key": key})
        _record(site, moved, at, items, fields={"project": target}, author=author)


def rename_status(site: JiraSite, status_id: str, name: str) -> None:
    """Give a status another name; no issue counts as changed, and no history is rewritten."""

    def renamed(row: Json) -> Json:
        return {**row, "name": name} if row["id"] == status_id else row

    with site.lock:
        site.statuses = [renamed(row) for row in site.statuses]
        _embedded(site, "status", renamed)


def redate_version(site: JiraSite, version_id: str, to: date | None) -> None:
    """Move the release date of a version; the tracker forgets the one before."""

    def redated(row: Json) -> Json:
        if row["id"] != version_id:
            return row
        rest = {name: value for name, value in row.items() if name != "releaseDate"}
        return rest if to is None else rest | {"releaseDate": to.isoformat()}

    with site.lock:
        for project, rows in site.versions.items():
            site.versions[project] = [redated(row) for row in rows]
        _embedded(site, "fixVersions", redated)


def add_version(site: JiraSite, project: str, version: Json) -> None:
    """Announce a version."""
    with site.lock:
        site.versions.setdefault(project, []).append(version)


def change_sprint(site: JiraSite, sprint_id: int, **members: str) -> None:
    """Change a sprint, for example its ``startDate``, ``endDate`` or ``state``; no issue shows it.

    The copies inside issues stay as they are, which a real Jira would bring up to date.
    """
    with site.lock:
        for board, rows in site.sprints.items():
            site.sprints[board] = [r | members if r["id"] == sprint_id else r for r in rows]


def join_group(site: JiraSite, group: str, user: Json) -> None:
    """Put a user into a group, which is made where there is none."""
    with site.lock:
        site.groups.setdefault(group, []).append(user)


def leave_group(site: JiraSite, group: str, account: str) -> None:
    """Take a user out of a group, named by account id on Cloud and by key on Data Center."""
    with site.lock:
        rows = site.groups[group]
        site.groups[group] = [u for u in rows if account not in (u.get("accountId"), u.get("key"))]


def _row(site: JiraSite, issue: str) -> Row:
    row = site.row(issue)
    if row is None:
        raise KeyError(issue)
    return row


def _next_key(site: JiraSite, project: str) -> str:
    """A key above all that the project ever gave: none is given twice."""
    parts = [key.rpartition("-") for key in site.keys]
    numbers = [int(number) for of_project, _, number in parts if of_project == project]
    return f"{project}-{max(numbers, default=0) + 1}"


def _field_names(site: JiraSite) -> dict[str, str]:
    return {field["id"]: field["name"] for field in site.fields}


def _record(
    site: JiraSite,
    row: Row,
    at: datetime,
    items: list[Json],
    *,
    author: Json | None,
    fields: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Keep the issue as it is after a change, with the change in its changelog."""
    if not site.is_cloud:
        items = [{k: v for k, v in each.items() if k != "fieldId"} for each in items]
    with site.lock:
        stamp = jira_stamp(at)
        history: Json = {"id": str(site.next_history()), "created": stamp, "items": items}
        if author is not None:
            history["author"] = author
        whole = row.whole
        whole["fields"] = {**whole["fields"], **fields, "updated": stamp}
        whole["changelog"]["histories"].append(history)
        site.put(Row.of(whole, is_archived=row.is_archived))


def _embedded(site: JiraSite, field: str, change: Any) -> None:  # noqa: ANN401 - a change of JSON
    """Change what issues show of something that they refer to; none of them counts as changed."""
    for row in list(site.rows.values()):
        value = row.payload["fields"].get(field)
        changed = [change(each) for each in value] if isinstance(value, list) else change(value)
        if value and changed != value:
            fields = {**row.payload["fields"], field: changed}
            site.rows[row.id] = replace(row, payload={**row.payload, "fields": fields})
    site.changed()

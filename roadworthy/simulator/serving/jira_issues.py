"""How much of an issue an answer shows: the fields asked for, and its changelog or part of it."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from roadworthy.simulator.serving.jira_rows import Json, Row

if TYPE_CHECKING:
    from roadworthy.simulator.serving.jira_site import JiraSite

BARE: Final = frozenset({"id", "key"})
_ALL: Final = frozenset({"*all", "*navigable"})


def shown(site: "JiraSite", row: Row, fields: Sequence[str], expand: Collection[str] = ()) -> Json:
    """The issue as a search or a GET gives it."""
    if list(fields) == ["id"] and not expand:
        return {"id": row.payload["id"]}
    issue: Json = {name: row.payload.get(name) for name in ("expand", "id", "self", "key")}
    if "changelog" in expand:
        issue["changelog"] = _inline(row, site.limits.inline_histories)
    if not BARE.issuperset(fields):
        issue["fields"] = _chosen(row.payload["fields"], fields)
    return issue


def _chosen(fields: Json, names: Sequence[str]) -> Json:
    """Those that are named; behind a wildcard all but those that are named with a minus."""
    if not _ALL.isdisjoint(names) or all(name.startswith("-") for name in names):
        left_out = {name[1:] for name in names if name.startswith("-")}
        return {name: value for name, value in fields.items() if name not in left_out}
    return {name: fields[name] for name in names if name in fields}


def _inline(row: Row, most: int | None) -> Json:
    """On Cloud the newest histories, newest first; on Data Center all of them, oldest first."""
    histories = [entry.payload for entry in row.entries]
    total = len(histories)
    if most is not None:
        histories = histories[::-1][:most]
    return {
        "startAt": 0,
        "maxResults": len(histories),
        "total": total,
        "histories": histories,
    }

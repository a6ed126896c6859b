"""Payloads of Cloud in the form in which a Data Center gives them.

People have a key and a name in the place of an account id, a changelog does not name its fields by
id, Cloud's own members are not there, and the field of the sprints holds texts that once were the
inside of a program.
"""

from functools import cache
from typing import Any

from roadworthy.simulator.people import PEOPLE

SPRINT_FIELD = "customfield_10020"
_OF_CLOUD = frozenset(
    {
        "accountType",
        "fieldId",
        "hierarchyLevel",
        "statuscategorychangedate",
        "tmpFromAccountId",
        "tmpToAccountId",
        "untranslatedName",
    }
)


def as_server(payload: Any) -> Any:  # noqa: ANN401 - any JSON, and the same kind of JSON back
    """The payload with everything inside it in the form of a Data Center."""
    if isinstance(payload, list):
        return [as_server(each) for each in payload]
    if not isinstance(payload, dict):
        return payload
    if "accountId" in payload:
        return _user(payload)
    members = {name: as_server(each) for name, each in payload.items() if name not in _OF_CLOUD}
    if members.get("field") == "assignee":
        return _between_keys(members)
    if members.get(SPRINT_FIELD):
        members[SPRINT_FIELD] = [_sprint(row) for row in members[SPRINT_FIELD]]
    return members


@cache
def _names() -> dict[str, tuple[str, str]]:
    """Key and name of every account."""
    return {
        person.account_id: (f"JIRAUSER{10100 + place}", person.login)
        for place, person in enumerate(PEOPLE)
    }


def _user(user: dict[str, Any]) -> dict[str, Any]:
    key, name = _names()[user["accountId"]]
    left_out = _OF_CLOUD | {"accountId", "self"}
    rest = {member: value for member, value in user.items() if member not in left_out}
    return {"key": key, "name": name, **rest}


def _between_keys(item: dict[str, Any]) -> dict[str, Any]:
    """A change of the assignee, between keys in the place of account ids."""
    ends = {end: item[end] and _names()[item[end]][0] for end in ("from", "to")}
    return item | ends


def _sprint(sprint: dict[str, Any]) -> str:
    members = {
        "id": sprint["id"],
        "rapidViewId": sprint["boardId"],
        "state": sprint["state"].upper(),
        "name": sprint["name"],
        "startDate": sprint["startDate"],
        "endDate": sprint["endDate"],
        "completeDate": sprint.get("completeDate", "<null>"),
        "goal": sprint["goal"],
    }
    said = ",".join(f"{name}={value}" for name, value in members.items())
    return f"com.atlassian.greenhopper.service.sprint.Sprint@{sprint['id']:x}[{said}]"

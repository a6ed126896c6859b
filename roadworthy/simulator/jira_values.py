"""What Jira's REST API shows for the things an issue refers to: people, statuses, versions."""

from datetime import datetime
from functools import cache
from typing import Any, TypeAlias

from roadworthy.simulator.issue import Reference
from roadworthy.simulator.people import Person, Team
from roadworthy.simulator.release import Release, Sprint
from roadworthy.simulator.stamps import jira_stamp
from roadworthy.simulator.workflow import BY_ID

Json: TypeAlias = dict[str, Any]
SITE = "https://acme.atlassian.net"
API = f"{SITE}/rest/api/2"
"""Version 2 of the API: it gives texts as the plain text that the changelog gives, where version
3 gives a document tree that no replayed history could be compared with."""

PRIORITIES = {"1": "Highest", "2": "High", "3": "Medium", "4": "Low", "5": "Lowest"}
RESOLUTIONS = {"10000": "Done", "10001": "Won't Do"}
KINDS = {
    "Story": ("10001", "Something a customer can do afterwards.", 0),
    "Task": ("10002", "Work that no customer sees.", 0),
    "Bug": ("10003", "Something that does not do what it should.", 0),
    "Sub-task": ("10004", "A part of another issue.", -1),
}
IMPEDIMENT = {
    "self": f"{API}/customFieldOption/10019",
    "value": "Impediment",
    "id": "10019",
}
"""The one value of the field that flags an issue."""
DESIGN_LINK = {
    "id": "10300",
    "name": "Design",
    "inward": "designs",
    "outward": "is designed by",
    "self": f"{API}/issueLinkType/10300",
}


@cache
def user(person: Person) -> Json:
    """A user as every answer embeds it; one object for all of them, so not to be changed."""
    account = person.account_id
    avatars = {
        f"{size}x{size}": f"https://avatar.acme.example/{account}/{size}"
        for size in (48, 24, 16, 32)
    }
    return {
        "self": f"{API}/user?accountId={account}",
        "accountId": account,
        "emailAddress": person.email,
        "avatarUrls": avatars,
        "displayName": person.name,
        "active": person.is_active,
        "timeZone": person.zone,
        "accountType": "app" if person.role == "bot" else "atlassian",
    }


def status(status_id: str) -> Json:
    """A status with its category, under the name that it has today."""
    known = BY_ID[status_id]
    category = known.category
    return {
        "self": f"{API}/status/{known.id}",
        "description": "",
        "iconUrl": f"{SITE}/images/icons/statuses/generic.png",
        "name": known.name,
        "id": known.id,
        "statusCategory": {
            "self": f"{API}/statuscategory/{category.id}",
            "id": category.id,
            "key": category.key,
            "colorName": category.colour,
            "name": category.name,
        },
    }


def priority(priority_id: str) -> Json:
    """A priority."""
    name = PRIORITIES[priority_id]
    icon = f"{SITE}/images/icons/priorities/{name.lower()}.svg"
    return {
        "self": f"{API}/priority/{priority_id}",
        "iconUrl": icon,
        "name": name,
        "id": priority_id,
    }


def kind(name: str) -> Json:
    """An issue type."""
    kind_id, description, level = KINDS[name]
    return {
        "self": f"{API}/issuetype/{kind_id}",
        "id": kind_id,
        "description": description,
        "iconUrl": f"{SITE}/rest/api/2/universal_avatar/view/type/issuetype/avatar/{kind_id}",
        "name": name,
        "subtask": level < 0,
        "avatarId": int(kind_id),
        "hierarchyLevel": level,
    }


def project(team: Team) -> Json:
    """A project."""
    return {
        "self": f"{API}/project/{team.project_id}",
        "id": team.project_id,
        "key": team.key,
        "name": team.title,
        "projectTypeKey": "software",
        "simplified": False,
        "avatarUrls": {},
    }


def version(reference: Reference, release: Release | None) -> Json:
    """A version; one that belongs to no release has no date and never ships."""
    shown: Json = {
        "self": f"{API}/version/{reference.id}",
        "id": reference.id,
        "description": "",
        "name": reference.name,
        "archived": False,
        "released": release is not None and release.shipped_at is not None,
    }
    if release is not None:
        shown["releaseDate"] = release.due_on.isoformat()
    return shown


def component(reference: Reference) -> Json:
    """A component."""
    return {
        "self": f"{API}/component/{reference.id}",
        "id": reference.id,
        "name": reference.name,
    }


def sprint(known: Sprint, at: datetime) -> Json:
    """A sprint as the board's field shows it at an instant."""
    state = known.state_at(at)
    shown: Json = {
        "id": int(known.id),
        "name": known.name,
        "state": state,
        "boardId": known.board_id,
        "goal": "",
        "startDate": jira_stamp(known.starts_at),
        "endDate": jira_stamp(known.ends_at),
    }
    if state == "closed":
        shown["completeDate"] = jira_stamp(known.ends_at)
    return shown


def resolution(resolution_id: str) -> Json:
    """A resolution."""
    return {
        "self": f"{API}/resolution/{resolution_id}",
        "id": resolution_id,
        "description": "",
        "name": RESOLUTIONS[resolution_id],
    }


def design_link(reference: Reference) -> Json:
    """A link to an issue of the design project."""
    return {
        "id": reference.id,
        "self": f"{API}/issueLink/{reference.id}",
        "type": DESIGN_LINK,
        "outwardIssue": {
            "id": str(int(reference.id) + 20000),
            "key": reference.name,
            "self": f"{API}/issue/{int(reference.id) + 20000}",
            "fields": {
                "summary": f"Design for {reference.name}",
                "status": status("10008"),
                "priority": priority("3"),
                "issuetype": kind("Task"),
            },
        },
    }

"""The side answers of Jira: its fields, its versions, its statuses."""

from roadworthy.simulator import jira_values as shown
from roadworthy.simulator.jira_values import Json
from roadworthy.simulator.organisation import Organisation
from roadworthy.simulator.people import TEAMS
from roadworthy.simulator.releasing import preview

SYSTEM_FIELDS = {
    "summary": ("Summary", "string"),
    "description": ("Description", "string"),
    "environment": ("Environment", "string"),
    "status": ("Status", "status"),
    "statuscategorychangedate": ("Status Category Changed", "datetime"),
    "resolution": ("Resolution", "resolution"),
    "resolutiondate": ("Resolved", "datetime"),
    "priority": ("Priority", "priority"),
    "issuetype": ("Issue Type", "issuetype"),
    "project": ("Project", "project"),
    "assignee": ("Assignee", "user"),
    "creator": ("Creator", "user"),
    "reporter": ("Reporter", "user"),
    "created": ("Created", "datetime"),
    "updated": ("Updated", "datetime"),
    "duedate": ("Due date", "date"),
    "fixVersions": ("Fix versions", "array"),
    "versions": ("Affects versions", "array"),
    "components": ("Components", "array"),
    "labels": ("Labels", "array"),
    "issuelinks": ("Linked Issues", "array"),
    "attachment": ("Attachment", "array"),
    "subtasks": ("Sub-tasks", "array"),
    "parent": ("Parent", "issuelink"),
    "comment": ("Comment", "comments-page"),
}
CUSTOM_FIELDS = {
    10016: ("Story Points", "number", "com.atlassian.jira.plugin.system.customfieldtypes:float"),
    10019: ("Rank", "any", "com.pyxis.greenhopper.jira:gh-lexo-rank"),
    10020: ("Sprint", "array", "com.pyxis.greenhopper.jira:gh-sprint"),
    10021: (
        "Flagged",
        "array",
        "com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes",
    ),
    10030: (
        "Acceptance Criteria",
        "string",
        "com.atlassian.jira.plugin.system.customfieldtypes:textarea",
    ),
}


def fields() -> list[Json]:
    """Every field, as GET /field lists them."""
    system = [
        {
            "id": field_id,
            "key": field_id,
            "name": name,
            "custom": False,
            "orderable": True,
            "navigable": True,
            "searchable": True,
            "clauseNames": [field_id],
            "schema": {"type": kind, "system": field_id},
        }
        for field_id, (name, kind) in SYSTEM_FIELDS.items()
    ]
    return system + [_custom_field(number) for number in CUSTOM_FIELDS]


def _custom_field(number: int) -> Json:
    name, kind, custom = CUSTOM_FIELDS[number]
    field_id = f"customfield_{number}"
    return {
        "id": field_id,
        "key": field_id,
        "name": name,
        "untranslatedName": name,
        "custom": True,
        "orderable": True,
        "navigable": True,
        "searchable": True,
        "clauseNames": [f"cf[{number}]", name],
        "schema": {"type": kind, "custom": custom, "customId": number},
    }


def versions(organisation: Organisation) -> list[Json]:
    """Every version of every project, as GET /project/X/versions lists them."""
    projects = {team.key: int(team.project_id) for team in TEAMS}
    dated = [
        {
            **shown.version(release.reference, release),
            "startDate": release.starts_on.isoformat(),
            "projectId": projects[release.project],
            "overdue": release.shipped_at is None and release.due_on < organisation.ends_at.date(),
        }
        for release in organisation.releases
    ]
    undated = [
        {**shown.version(preview(team), None), "projectId": int(team.project_id)} for team in TEAMS
    ]
    return dated + undated


def statuses(organisation: Organisation) -> list[Json]:
    """Every status, as GET /status lists them."""
    return [
        {**shown.status(status.id), "untranslatedName": status.name}
        for status in organisation.statuses
    ]

"""Issues as Jira Cloud's search returns them with ``expand=changelog``.

The changelog comes whole and newest first. Texts come as version 2 of the API gives them; see
:data:`roadworthy.simulator.jira_values.API`.
"""

from dataclasses import dataclass, field

from roadworthy.simulator import jira_values as shown
from roadworthy.simulator.issue import Edit, Issue, Reference
from roadworthy.simulator.jira_history import items
from roadworthy.simulator.jira_values import API, SITE, Json
from roadworthy.simulator.organisation import Organisation
from roadworthy.simulator.people import by_account
from roadworthy.simulator.release import Release, Sprint
from roadworthy.simulator.stamps import jira_stamp

PEOPLE = by_account()


@dataclass(frozen=True)
class Tracker:
    """The organisation's Jira: whatever an issue refers to, by its id."""

    organisation: Organisation
    releases: dict[str, Release] = field(default_factory=dict)
    sprints: dict[str, Sprint] = field(default_factory=dict)
    issues: dict[str, Issue] = field(default_factory=dict)
    parts: dict[str, list[Issue]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Fill the indexes."""
        self.releases.update({r.id: r for r in self.organisation.releases})
        self.sprints.update({s.id: s for s in self.organisation.sprints})
        for issue in self.organisation.issues:
            self.issues[issue.id] = issue
            if issue.state.parent is not None:
                self.parts.setdefault(issue.state.parent.id, []).append(issue)

    def issue(self, issue: Issue) -> Json:
        """One issue with its changelog."""
        given = issue.edits[issue.lost_edits :]
        histories = [self._history(edit) for edit in reversed(given)]
        return {
            "expand": "operations,versionedRepresentations,editmeta,changelog,renderedFields",
            "id": issue.id,
            "self": f"{API}/issue/{issue.id}",
            "key": issue.state.key,
            "changelog": {
                "startAt": 0,
                "maxResults": len(histories),
                "total": len(issue.edits),
                "histories": histories,
            },
            "fields": self._fields(issue),
        }

    def _history(self, edit: Edit) -> Json:
        history: Json = {"id": str(edit.id)}
        if edit.author is not None:
            history["author"] = shown.user(edit.author)
        history["created"] = jira_stamp(edit.at)
        history["items"] = items(edit, self.organisation.status_renamed_at)
        return history

    def _fields(self, issue: Issue) -> Json:
        fields = {
            **self._times(issue),
            **self._texts(issue),
            **self._choices(issue),
            **self._people(issue),
            **self._relations(issue),
        }
        return dict(sorted(fields.items()))

    def _times(self, issue: Issue) -> Json:
        updated_at = issue.edits[-1].at if issue.edits else issue.created_at
        entered = [e.at for e in issue.edits if e.before.status != e.after.status]
        resolved = [e.at for e in issue.edits if e.before.resolution != e.after.resolution]
        state = issue.state
        return {
            "created": jira_stamp(issue.created_at),
            "updated": jira_stamp(updated_at),
            "statuscategorychangedate": jira_stamp(entered[-1] if entered else issue.created_at),
            "resolutiondate": jira_stamp(resolved[-1]) if state.resolution else None,
            "duedate": state.due_on.isoformat() if state.due_on else None,
        }

    def _texts(self, issue: Issue) -> Json:
        state = issue.state
        return {
            "summary": state.summary,
            "description": state.description,
            "environment": None,
            "customfield_10030": state.acceptance,
            "customfield_10016": state.points,
            "customfield_10019": f"0|i{state.rank:05d}:",
            "labels": list(state.labels),
        }

    def _choices(self, issue: Issue) -> Json:
        state = issue.state
        sprints = [
            shown.sprint(self.sprints[s.id], self.organisation.ends_at) for s in state.sprints
        ]
        return {
            "issuetype": shown.kind(issue.kind),
            "project": shown.project(issue.team),
            "status": shown.status(state.status),
            "priority": shown.priority(state.priority),
            "resolution": shown.resolution(state.resolution) if state.resolution else None,
            "fixVersions": [shown.version(v, self.releases.get(v.id)) for v in state.versions],
            "versions": [],
            "components": [shown.component(c) for c in state.components],
            "customfield_10020": sprints or None,
            "customfield_10021": [shown.IMPEDIMENT] if state.is_flagged else None,
        }

    def _people(self, issue: Issue) -> Json:
        assignee = issue.state.assignee
        return {
            "creator": shown.user(issue.creator),
            "reporter": shown.user(issue.creator),
            "assignee": shown.user(PEOPLE[assignee]) if assignee else None,
        }

    def _relations(self, issue: Issue) -> Json:
        relations: Json = {
            "issuelinks": [shown.design_link(d) for d in issue.state.designs],
            "attachment": [self._attachment(issue, a) for a in issue.state.attachments],
            "subtasks": [self._brief(part) for part in self.parts.get(issue.id, [])],
        }
        if issue.comments:
            relations["comment"] = self._comments(issue)
        if issue.state.parent is not None:
            relations["parent"] = self._brief(self.issues[issue.state.parent.id])
        return relations

    def _brief(self, issue: Issue) -> Json:
        """An issue as another one embeds it."""
        return {
            "id": issue.id,
            "key": issue.state.key,
            "self": f"{API}/issue/{issue.id}",
            "fields": {
                "summary": issue.state.summary,
                "status": shown.status(issue.state.status),
                "priority": shown.priority(issue.state.priority),
                "issuetype": shown.kind(issue.kind),
            },
        }

    def _comments(self, issue: Issue) -> Json:
        home, rows = f"{API}/issue/{issue.id}/comment", issue.comments
        comments = [
            {
                "self": f"{home}/{comment.id}",
                "id": str(comment.id),
                "author": shown.user(comment.author),
                "body": comment.body,
                "updateAuthor": shown.user(comment.author),
                "created": jira_stamp(comment.at),
                "updated": jira_stamp(comment.at),
                "jsdPublic": True,
            }
            for comment in rows
        ]
        page = {"maxResults": len(rows), "total": len(rows), "startAt": 0}
        return {"comments": comments, "self": home, **page}

    def _attachment(self, issue: Issue, file: Reference) -> Json:
        added = next(e for e in issue.edits if file in e.after.attachments)
        return {
            "self": f"{API}/attachment/{file.id}",
            "id": file.id,
            "filename": file.name,
            "author": shown.user(added.author) if added.author else None,
            "created": jira_stamp(added.at),
            "size": 1024 + int(file.id),
            "mimeType": "image/png",
            "content": f"{SITE}/secure/attachment/{file.id}/{file.name}",
        }

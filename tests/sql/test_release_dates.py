"""The history that no tracker keeps: dates as each sync saw them."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sql.conforming import Landing, Payload, Rows

JAN, FEB, MAR = (datetime(2026, month, 1, 6, tzinfo=UTC) for month in (1, 2, 3))


def dates(landing: "Landing", columns: str = "release_on, valid_from, valid_until") -> "Rows":
    """The rows of core.release_dates after the syncs of January, February and March."""
    for run, month in (("run1", 1), ("run2", 2), ("run3", 3)):
        landing.sync(run, f"2026-{month:02}-01")
    landing.core("release_dates")
    return landing.rows(
        f"select {columns} from core.release_dates order by release_id, valid_from"  # noqa: S608 - the tests' own words
    )


def version(on: str | None, **members: object) -> "Payload":
    """A version of Jira."""
    return {"id": "10", "name": "1.0", "projectId": 7, "releaseDate": on, **members}


def milestone(on: str | None, **members: object) -> "Payload":
    """A milestone as GraphQL gives it."""
    return {
        "id": "MI_1",
        "number": 1,
        "title": "v2",
        "state": "OPEN",
        "due_on": on and f"{on}T00:00:00Z",
        "repository": {"full_name": "acme/web"},
        **members,
    }


def test_a_moved_date_is_two_rows_from_sight_to_sight(jira_landing: "Landing") -> None:
    jira_landing.record("versions", version("2026-05-01"), superseded_run_id="run2")
    jira_landing.record("versions", version("2026-06-01"), run="run2")
    assert dates(jira_landing) == [
        (date(2026, 5, 1), JAN, FEB),
        (date(2026, 6, 1), FEB, None),
    ]


@pytest.mark.parametrize(
    "unread", [{"description": "more words"}, {"overdue": True}, {"userReleaseDate": "1/May/26"}]
)
def test_a_copy_that_differs_in_what_is_not_read_is_the_same(
    jira_landing: "Landing", unread: "Payload"
) -> None:
    jira_landing.record("versions", version("2026-05-01"), superseded_run_id="run2")
    jira_landing.record("versions", version("2026-05-01", **unread), run="run2")
    assert dates(jira_landing) == [(date(2026, 5, 1), JAN, None)]


def test_a_date_that_came_back_is_a_row_of_its_own(jira_landing: "Landing") -> None:
    for run, later, on in (
        ("run1", "run2", "2026-05-01"),
        ("run2", "run3", "2026-06-01"),
        ("run3", None, "2026-05-01"),
    ):
        jira_landing.record("versions", version(on), run=run, superseded_run_id=later)
    assert [until for _, _, until in dates(jira_landing)] == [FEB, MAR, None]


def test_what_vanished_ends_there_and_may_come_back(jira_landing: "Landing") -> None:
    gone = {"missing_since": "2026-02-01T06:00:00Z", "superseded_run_id": "run3"}
    jira_landing.record("versions", version("2026-05-01"), **gone)
    jira_landing.record("versions", version("2026-05-01", archived=True), run="run3")
    assert dates(jira_landing) == [
        (date(2026, 5, 1), JAN, FEB),
        (date(2026, 5, 1), MAR, None),
    ]


def test_of_one_declared_instant_only_the_last_sight_counts(jira_landing: "Landing") -> None:
    jira_landing.record("versions", version("2026-05-01"), superseded_run_id="again")
    jira_landing.record("versions", version("2026-06-01"), run="again")
    jira_landing.sync("again", "2026-01-01")
    assert dates(jira_landing) == [(date(2026, 6, 1), JAN, None)]


def test_a_sprint_is_no_version_though_it_has_its_number(jira_landing: "Landing") -> None:
    sprint = {
        "id": 10,
        "name": "Sprint 4",
        "state": "active",
        "startDate": "2026-01-05T09:00:00.000Z",
        "endDate": "2026-01-19T09:00:00.000Z",
        "originBoardId": 2,
    }
    closed = {**sprint, "state": "closed", "completeDate": "2026-01-21T09:00:00.000Z"}
    jira_landing.record("versions", version(None))
    jira_landing.record("sprints", sprint, superseded_run_id="run2")
    jira_landing.record("sprints", closed, run="run2")
    columns = "release_id, kind, version_id, release, starts_on, release_on, is_released"
    days = (date(2026, 1, 5), date(2026, 1, 19))
    assert dates(jira_landing, columns) == [
        ("jira:acme:10", "version", "10", "1.0", None, None, False),
        ("jira:acme:sprint:10", "sprint", "10", "Sprint 4", *days, False),
        ("jira:acme:sprint:10", "sprint", "10", "Sprint 4", *days, True),
    ]


def test_a_sprint_begins_and_ends_on_days_of_the_organisation(jira_landing: "Landing") -> None:
    jira_landing.rows("update staging.organisation set timezone = 'Australia/Sydney'")
    monday = {"startDate": "2026-03-01T22:00:00.000Z", "endDate": "2026-03-16T09:00:00.000+11:00"}
    jira_landing.record("sprints", {"id": 10, "name": "Sprint 4", **monday})
    jira_landing.record("sprints", {"id": 11, "name": "Sprint 5", "startDate": "2026-03-16"})
    assert dates(jira_landing, "release, starts_on, release_on") == [
        ("Sprint 4", date(2026, 3, 2), date(2026, 3, 16)),
        ("Sprint 5", date(2026, 3, 16), None),
    ]


CLOUD = {
    "id": 10,
    "name": "Sprint 4",
    "state": "closed",
    "startDate": "2026-01-05T09:00:00.000Z",
    "endDate": "2026-01-19T09:00:00.000Z",
}
SERVER = (
    "com.atlassian.greenhopper.service.sprint.Sprint@1f[id=10,rapidViewId=2,state=CLOSED,"
    "name=Sprint 4, pay,startDate=2026-01-05T09:00:00.000Z,endDate=2026-01-19T09:00:00.000Z,"
    "completeDate=<null>,sequence=10]"
)


def in_sprints(landing: "Landing", *sprints: object, key: str = "1", **members: str) -> None:
    """An issue that shows the sprints it was in."""
    landing.record("fields", {"id": "customfield_20", "name": "Sprint"}, key=f"fields of {key}")
    issue = {"id": key, "key": f"PAY-{key}", "fields": {"customfield_20": list(sprints)}}
    landing.record("issues", issue, **members)


@pytest.mark.parametrize(("sprint", "name"), [(CLOUD, "Sprint 4"), (SERVER, "Sprint 4, pay")])
def test_a_sprint_that_no_list_has_is_known_from_its_issues(
    jira_landing: "Landing", sprint: object, name: str
) -> None:
    in_sprints(jira_landing, sprint, "somewhere else", {"name": "of no number"}, None)
    columns = "release_id, kind, release, starts_on, release_on, is_released"
    assert dates(jira_landing, columns) == [
        ("jira:acme:sprint:10", "sprint", name, date(2026, 1, 5), date(2026, 1, 19), True)
    ]


def test_of_the_sprint_that_several_issues_show_the_freshest_counts(
    jira_landing: "Landing",
) -> None:
    moved = {**CLOUD, "endDate": "2026-01-26T09:00:00.000Z"}
    in_sprints(jira_landing, CLOUD)
    in_sprints(jira_landing, moved, key="2", run="run2", fetched_at="2026-02-01T06:00:00Z")
    assert dates(jira_landing, "release_on, valid_from") == [(date(2026, 1, 26), FEB)]


def test_what_a_list_says_of_a_sprint_outdoes_its_issues(jira_landing: "Landing") -> None:
    in_sprints(jira_landing, {**CLOUD, "endDate": "2026-01-26T09:00:00.000Z"})
    jira_landing.record("sprints", CLOUD)
    assert dates(jira_landing, "release_on, valid_from") == [(date(2026, 1, 19), JAN)]


def test_a_milestone_knows_its_repository_and_that_it_is_closed(github_landing: "Landing") -> None:
    github_landing.record("milestones", milestone("2026-04-30"), superseded_run_id="run3")
    github_landing.record("milestones", milestone("2026-04-30", state="CLOSED"), run="run3")
    columns = "release_id, kind, release, project, release_on, is_released, valid_until"
    assert dates(github_landing, columns) == [
        ("github:acme:MI_1", "milestone", "v2", "acme/web", date(2026, 4, 30), False, MAR),
        ("github:acme:MI_1", "milestone", "v2", "acme/web", date(2026, 4, 30), True, None),
    ]


def test_a_milestone_told_by_either_interface_is_one_release(github_landing: "Landing") -> None:
    by_rest = milestone(
        "2026-04-30",
        id=71,
        node_id="MI_1",
        state="open",
        repository=None,
        url="https://api.github.com/repos/acme/web/milestones/1",
    )
    runs = (("run1", "run2", milestone("2026-04-30")), ("run2", "run3", by_rest))
    for run, later, told in runs:
        github_landing.record("milestones", told, run=run, key="MI_1", superseded_run_id=later)
    github_landing.record("milestones", milestone("2026-04-30"), run="run3")
    assert dates(github_landing, "release_id, valid_from, valid_until") == [
        ("github:acme:MI_1", JAN, None)
    ]


def test_a_milestone_that_was_stored_under_its_number_is_the_same(
    github_landing: "Landing",
) -> None:
    numbered = milestone("2026-04-30", id=71, node_id="MI_1")
    github_landing.record("milestones", numbered, missing_since="2026-02-01T06:00:00Z")
    github_landing.record("milestones", numbered, run="run2", key="MI_1")
    assert dates(github_landing, "release_id, valid_from, valid_until") == [
        ("github:acme:MI_1", JAN, None)
    ]


def test_a_date_of_a_project_belongs_to_its_item(github_landing: "Landing") -> None:
    content = {"number": 7, "repository": {"full_name": "acme/web"}}
    target = {
        "id": "PVTF_1",
        "field": "Target date",
        "project": {"id": "PVT_1", "title": "Roadmap"},
        "date": "2026-05-01",
        "iteration": None,
        "content": content,
    }
    turn = {"id": "1", "title": "Iteration 3", "start": "2026-02-02", "duration": 14}
    iteration = {**target, "id": "PVTF_2", "field": "Turn", "date": None, "iteration": turn}
    github_landing.record("project_dates", target, superseded_run_id="run2")
    github_landing.record("project_dates", {**target, "date": None}, run="run2")
    github_landing.record("project_dates", iteration, superseded_run_id="run3")
    github_landing.record("project_dates", {**iteration, "iteration": None}, run="run3")
    item = "github:acme:acme/web#7"
    columns = "kind, item_id, release, starts_on, release_on, valid_from"
    assert dates(github_landing, columns) == [
        ("project_date", item, "Target date", None, date(2026, 5, 1), JAN),
        ("project_date", item, "Target date", None, None, FEB),
        ("iteration", item, "Iteration 3", date(2026, 2, 2), date(2026, 2, 15), JAN),
        ("iteration", item, "Turn", None, None, MAR),
    ]

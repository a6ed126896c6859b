"""A project has one name, and its releases the items that name it: from payloads to the answer."""

from typing import TYPE_CHECKING

import pytest

from tests.sql.asking import answer

if TYPE_CHECKING:
    from tests.sql.conforming import Landing, Payload, Rows

_WORK = """
    insert into main.work_items by name
    select
        item_id, source, kind, key, project, project as team, is_subtask, '1.0' as release,
        false as is_done, false as is_dropped, created_at, observed_until, 'open' as stage,
        'active' as stage_kind, 'Open' as status, 1.0 as age_days, 0 as handoff_count,
        0 as reassignment_count
    from core.items
"""
#: A release is promised by its own date; in both, enough people act to be shown.
_PROMISED = """
    insert into main.commitments by name
    select distinct
        'release' as subject_kind, release_id as subject_id, release as subject,
        coalesce(project, '?') as team, 'release_date' as date_source,
        valid_from as committed_at, release_on as original_on, release_on as current_on,
        0 as slip_count, 0 as gross_slip_days, 0 as pull_in_days, 0 as net_slip_days,
        false as is_silent_miss, true as is_lower_bound
    from core.release_dates;
    insert into main.metric_summaries by name
    select
        'slip_rate' as metric, 'release:1.0' as scope, 0.3 as estimate, 12 as items,
        0 as open_items
"""


def issue(number: str, key: str | None, project: str | None, **fields: object) -> "Payload":
    """An issue of the release 1.0 as it was when last fetched: so was the key of its project."""
    return {
        "id": number,
        "key": f"{key}-{number}",
        "fields": {
            "created": "2025-12-01T00:00:00.000+0000",
            "project": {"id": project, "key": key},
            "issuetype": {"name": "Story"},
            "status": {"id": "1", "name": "Open"},
            **fields,
        },
    }


def version(number: str, project: int | None) -> "Payload":
    """A version 1.0, as the list of its project has it."""
    return {"id": number, "name": "1.0", "projectId": project, "releaseDate": "2026-05-01"}


def conform(landing: "Landing") -> None:
    """Make what core knows of items and releases."""
    landing.sync("run1", "2026-03-01")
    for table in ("field_values", "items", "release_dates"):
        landing.core(table)


def projects(landing: "Landing") -> "Rows":
    """Each item with the name of its project."""
    conform(landing)
    return landing.rows("select key, project from core.items order by item_id")


def held(landing: "Landing") -> "Rows":
    """The project of each release and how many items the answer about releases gives it."""
    conform(landing)
    landing.warehouse.run_folder("schema/main")
    for statement in (_WORK, _PROMISED):
        landing.warehouse.execute(statement)
    return sorted(answer(landing.warehouse, "releases_that_drift", "team items"))


OLD, NEW = {"fetched_at": "2026-01-01T06:00:00Z"}, {"fetched_at": "2026-02-01T06:00:00Z"}


@pytest.mark.parametrize(("old", "new"), [("PAY", "MONEY"), ("MONEY", "PAY")])
def test_a_renamed_project_has_its_newest_key_also_for_items_not_fetched_since(
    jira_landing: "Landing", old: str, new: str
) -> None:
    jira_landing.record("issues", issue("1", old, "7"), **OLD)
    jira_landing.record("issues", issue("2", new, "7"), **NEW)
    assert projects(jira_landing) == [(f"{old}-1", new), (f"{new}-2", new)]


def test_of_what_was_fetched_at_once_the_item_that_changed_last_names_the_project(
    jira_landing: "Landing",
) -> None:
    january, march = ({"updated": f"2026-{month}-01T00:00:00.000+0000"} for month in ("01", "03"))
    jira_landing.record("issues", issue("1", "PAY", "7", **january))
    jira_landing.record("issues", issue("2", "MONEY", "7", **march))
    assert projects(jira_landing) == [("PAY-1", "MONEY"), ("MONEY-2", "MONEY")]


def test_issues_whose_project_has_no_id_or_no_key_lend_no_name_to_others(
    jira_landing: "Landing",
) -> None:
    jira_landing.record("issues", issue("1", "PAY", None), **OLD)
    jira_landing.record("issues", issue("2", "WEB", None), **NEW)
    jira_landing.record("issues", issue("3", "API", "7"), **OLD)
    jira_landing.record("issues", issue("4", None, "7"), **NEW)
    assert [project for _, project in projects(jira_landing)] == ["PAY", "WEB", "API", "API"]


def test_a_release_of_a_renamed_project_keeps_the_items_not_fetched_since(
    jira_landing: "Landing",
) -> None:
    jira_landing.record("issues", issue("1", "PAY", "7"), **OLD)
    jira_landing.record("issues", issue("2", "MONEY", "7"), **NEW)
    jira_landing.record("versions", version("10", 7))
    assert held(jira_landing) == [("MONEY", 2)]


def test_two_projects_with_a_release_of_one_name_have_each_their_items(
    jira_landing: "Landing",
) -> None:
    for number, project in (("1", "7"), ("2", "7"), ("3", "8")):
        jira_landing.record("issues", issue(number, f"P{project}", project))
    jira_landing.record("versions", version("10", 7))
    jira_landing.record("versions", version("11", 8))
    assert held(jira_landing) == [("P7", 2), ("P8", 1)]


def test_a_release_of_a_project_of_which_no_item_was_fetched_has_no_items_of_others(
    jira_landing: "Landing",
) -> None:
    jira_landing.record("issues", issue("1", "PAY", "7"))
    jira_landing.record("versions", version("10", 7))
    jira_landing.record("versions", version("11", 9))
    assert held(jira_landing) == [("9", None), ("PAY", 1)]


def test_a_release_whose_list_names_no_project_is_of_that_of_its_items(
    jira_landing: "Landing",
) -> None:
    carried = [{"id": "10", "name": "1.0"}]
    jira_landing.record("issues", issue("1", "PAY", "7", fixVersions=carried))
    jira_landing.record("issues", issue("2", "PAY", "7", fixVersions=carried))
    jira_landing.record("issues", issue("3", "WEB", "8"))
    jira_landing.record("versions", version("10", None))
    jira_landing.record("versions", version("11", None))
    assert held(jira_landing) == [("?", None), ("PAY", 2)]


@pytest.mark.parametrize(
    "place",
    [
        pytest.param({"repository": {"full_name": "acme/web"}}, id="GraphQL"),
        pytest.param({"url": "https://api.github.com/repos/acme/web/milestones/1"}, id="REST"),
    ],
)
def test_a_milestone_has_the_items_of_its_repository(
    github_landing: "Landing", place: "Payload"
) -> None:
    milestone = {"id": "MI_1", "title": "1.0", "state": "open", "due_on": "2026-05-01T00:00:00Z"}
    github_landing.record("milestones", {**milestone, **place}, key="MI_1")
    for key in ("acme/web#1", "acme/web#2", "acme/api#1"):
        opened = {"number": 1, "title": "A", "state": "open", "created_at": "2025-12-01T00:00:00Z"}
        github_landing.record("issues", opened, key=key)
    assert held(github_landing) == [("acme/web", 2)]

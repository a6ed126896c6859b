"""GitHub payloads as items, values, accounts and milestones."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.sql.conftest import person

if TYPE_CHECKING:
    from tests.sql.conftest import GitHub


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("@ada, @ben and (@cleo-x) see", "@person, @person and (@person) see"),
        ("@ada @ben @cleo\n@dan", "@person @person @person\n@person"),
        ("bump @types/node, ada@home, `@Override`", "bump @types/node, ada@home, `@Override`"),
        ("ask @acme/engineers", "ask @acme/engineers"),
        ("nobody", "nobody"),
        (None, None),
    ],
)
def test_a_text_mentions_nobody_by_login(
    github: "GitHub", text: str | None, left: str | None
) -> None:
    assert github.warehouse.frame("select staging.github_text(?::varchar)", [text]).item() == left
    github.pull(body=text)
    assert github.values("description") == [(1, None, left, None)]


def test_a_pull_request_is_conformed(github: "GitHub") -> None:
    github.pull(state="closed", merged_at=github.on(9), closed_at=github.on(9))
    opened, merged = (datetime(2024, 3, day, 9, tzinfo=UTC) for day in (1, 9))
    assert github.warehouse.frame("from staging.github_items").row(0, named=True) == {
        "item_id": "github:code:acme/web#7",
        "source": "code",
        "kind": "pull_request",
        "repository": "acme/web",
        "number": 7,
        "key": "acme/web#7",
        "url": "https://github.com/acme/web/pull/7",
        "title": "A title",
        "item_type": "pull request",
        "author": "1",
        "status_id": None,
        "status": "merged",
        "resolution": None,
        "parent_key": None,
        "created_at": opened,
        "updated_at": opened,
        "resolved_at": merged,
        "histories_announced": None,
        "histories_received": None,
        "missing_since": None,
    }


def test_an_issue_has_its_own_type_and_says_why_it_is_closed(github: "GitHub") -> None:
    github.issue(
        state="closed", closed_at=github.on(4), state_reason="not_planned", type={"name": "Bug"}
    )
    github.issue(number=8, state_reason="reopened")
    assert github.rows(
        "select kind, item_type, status, resolution, day(resolved_at) from staging.github_items"
        " order by number"
    ) == [("ticket", "Bug", "closed", "not_planned", 4), ("ticket", "issue", "open", None, None)]


@pytest.mark.parametrize(
    ("told", "values"),
    [
        ({"type": {"id": 51, "name": "Bug"}}, [(1, "51", "Bug", None)]),
        ({"type": None}, [(1, None, "issue", None)]),
        ({}, []),
    ],
)
def test_the_type_of_an_issue_is_a_value_where_it_came(
    github: "GitHub", told: dict[str, Any], values: list[tuple[object, ...]]
) -> None:
    github.issue(**told)
    assert github.values("issuetype") == values


@pytest.mark.parametrize(
    ("told", "parent"),
    [
        ({"parent": {"number": 3, "repository": {"full_name": "acme/api"}}}, "acme/api#3"),
        ({"parent_issue_url": "https://api.github.com/repos/acme/api/issues/3"}, "acme/api#3"),
        ({"parent_issue_url": "https://ghe.acme/api/v3/repos/acme/api/issues/3"}, "acme/api#3"),
        ({"parent_issue_url": "elsewhere"}, None),
        ({"parent_issue_url": None, "parent": None}, None),
    ],
)
def test_a_part_knows_its_whole_by_either_interface(
    github: "GitHub", told: dict[str, Any], parent: str | None
) -> None:
    github.issue(**told)
    assert github.rows("select parent_key from staging.github_items") == [(parent,)]
    assert github.rows("select value_text from staging.github_values where field = 'parent'") == [
        (parent,)
    ]


def test_a_pull_request_that_only_the_issues_endpoint_shows_is_one(github: "GitHub") -> None:
    github.issue(
        github.event(21, "merged", 3),
        state="closed",
        closed_at=github.on(3),
        pull_request={"merged_at": github.on(3)},
    )
    assert github.rows("select kind, item_type, status from staging.github_items") == [
        ("pull_request", "pull request", "merged")
    ]
    assert github.path() == ["draft", "review required", "merged"]


def test_of_two_records_of_one_pull_request_the_one_that_says_more_wins(github: "GitHub") -> None:
    github.issue(title="From issues", pull_request={"merged_at": None})
    github.pull(title="From pulls", draft=True)
    assert github.rows("select title, status from staging.github_items") == [
        ("From pulls", "draft")
    ]


def test_the_timeline_may_come_with_the_other_record(github: "GitHub") -> None:
    github.issue(github.review(31, github.ben, "APPROVED", 2), pull_request={})
    bare = {"number": 7, "state": "open", "user": github.ada, "created_at": github.on(1)}
    github.land("pulls", "acme/web#7", bare)
    assert github.path() == ["draft", "review required", "approved"]


def test_the_present_status_of_a_review_comes_from_its_history(github: "GitHub") -> None:
    github.pull(github.review(31, github.ben, "CHANGES_REQUESTED", 2))
    assert github.rows("select status from staging.github_items") == [("changes requested",)]
    assert github.values("status") == []


def test_the_present_end_of_a_life_does_not_come_from_its_history(github: "GitHub") -> None:
    github.pull(github.event(21, "closed", 2))
    github.pull(number=8, state="closed")
    github.pull(number=9, draft=True)
    assert github.rows("select status from staging.github_items order by number") == [
        ("review required",),
        ("closed",),
        ("draft",),
    ]
    assert [text for _, _, text, _ in github.values("status")] == ["closed", "draft"]


def test_what_the_payload_does_not_carry_has_no_value(github: "GitHub") -> None:
    github.pull()
    assert github.rows("select distinct field from staging.github_values order by field") == [
        ("draft",),
        ("summary",),
    ]


def test_an_empty_field_has_one_row_of_nulls(github: "GitHub") -> None:
    github.pull(body=None, labels=[], assignees=[], milestone=None, requested_reviewers=[])
    assert github.rows(
        "select field, position from staging.github_values"
        " where value_id is null and value_text is null and account is null order by field"
    ) == [
        ("assignees", 1),
        ("description", 1),
        ("labels", 1),
        ("milestone", 1),
        ("review_request", 1),
    ]


def test_present_values_are_spelt_as_their_changes_are(github: "GitHub") -> None:
    github.pull(
        labels=[{"id": 5, "name": "bug"}, {"id": 6, "name": "ui"}],
        assignees=[github.cat],
        milestone={"id": 71, "title": "v2"},
        requested_reviewers=[github.ben],
        requested_teams=[{"slug": "core", "name": "Core team"}],
        body="Why",
    )
    assert github.values("labels") == [(1, None, "bug", None), (2, None, "ui", None)]
    assert github.values("assignees") == [(1, "3", "cat", "3")]
    assert github.values("milestone") == [(1, "71", "v2", None)]
    assert github.values("review_request") == [
        (1, "2", "ben", "2"),
        (2, "team:core", "team:core", None),
    ]
    assert github.values("description") == [(1, None, "Why", None)]
    assert github.values("draft") == [(1, None, "false", None)]


def test_a_requested_reviewer_is_known_where_no_teams_came(github: "GitHub") -> None:
    github.pull(requested_reviewers=[github.ben])
    assert github.values("review_request") == [(1, "2", "ben", "2")]


def test_every_account_is_known_by_all_its_logins(github: "GitHub") -> None:
    renamed = {**github.ben, "login": "benjamin"}
    github.pull(
        github.review(31, github.ben, "APPROVED", 2),
        github.event(22, "review_requested", 2, requested_reviewer=renamed, actor=github.linter),
        # Assigned once, and no more: nothing else shows this account.
        github.event(23, "assigned", 3, assignee=person("dan", 4)),
        github.event(24, "unassigned", 4, assignee=person("dan", 4)),
        reviews=[{"id": 32, "user": github.cat, "state": "COMMENTED"}],
    )
    assert github.rows("select * from staging.github_accounts order by account") == [
        ("code", "1", ["ada"], [], [], False),
        ("code", "2", ["ben", "benjamin"], [], [], False),
        ("code", "3", ["cat"], [], [], False),
        ("code", "4", ["dan"], [], [], False),
        ("code", "9", ["linter[bot]"], [], [], True),
    ]


def test_a_deleted_account_is_nobody(github: "GitHub") -> None:
    ghost = {"login": "ghost", "id": 10137, "type": "User"}
    github.pull(github.event(21, "closed", 2, actor=ghost), user=None)
    assert github.rows("select account from staging.github_accounts") == []
    assert github.rows("select author from staging.github_items") == [(None,)]
    assert github.changes("status")["account"].to_list() == [None, None]


def test_a_milestone_is_kept_each_time_it_differed(github: "GitHub") -> None:
    milestone = {
        "id": 71,
        "title": "v2",
        "state": "open",
        "url": "https://api.github.com/repos/acme/web/milestones/3",
        "due_on": "2024-04-30T07:00:00Z",
    }
    moved = {**milestone, "due_on": "2024-05-31T07:00:00Z", "state": "closed"}
    github.land("milestones", "71", milestone, superseded="run2")
    github.land("milestones", "71", moved, run="run2")
    github.pull(milestone=milestone)
    assert github.rows("select * from staging.github_milestones order by run_id") == [
        ("code", "71", "run1", "run2", None, "v2", "acme/web", date(2024, 4, 30), False),
        ("code", "71", "run2", None, None, "v2", "acme/web", date(2024, 5, 31), True),
    ]


def test_of_the_milestones_in_items_the_freshest_is_taken(github: "GitHub") -> None:
    stale = {"id": 71, "title": "v2", "due_on": None, "updated_at": github.on(1)}
    fresh = {**stale, "due_on": "2024-05-31T07:00:00Z", "updated_at": github.on(8)}
    github.pull(milestone=fresh)
    github.issue(number=8, milestone=stale)
    assert github.rows("select version_id, release_on from staging.github_milestones") == [
        ("71", date(2024, 5, 31))
    ]


V2 = {"id": "MI_71", "number": 3, "title": "v2", "repository": {"full_name": "acme/web"}}
V2_BY_REST = {
    **V2,
    "id": 71,
    "node_id": "MI_71",
    "repository": None,
    "url": "https://api.github.com/repos/acme/web/milestones/3",
}


def test_a_milestone_is_one_whichever_interface_told_of_it(github: "GitHub") -> None:
    github.land("milestones", "MI_71", V2, run="run1", superseded="run2")
    github.land("milestones", "MI_71", V2_BY_REST, run="run2", superseded="run3")
    github.land("milestones", "MI_71", V2, run="run3")
    github.pull(milestone=V2_BY_REST)
    assert github.rows(
        "select version_id, run_id, project_id from staging.github_milestones order by run_id"
    ) == [("MI_71", run, "acme/web") for run in ("run1", "run2", "run3")]
    assert github.values("milestone") == [(1, "MI_71", "v2", None)]


def test_milestones_that_only_items_carry_are_one_in_either_form(github: "GitHub") -> None:
    github.pull(milestone=V2_BY_REST)
    github.pull(number=8, milestone=V2)
    assert github.rows("select version_id from staging.github_milestones") == [("MI_71",)]
    assert [value for _, value, _, _ in github.values("milestone")] == ["MI_71", "MI_71"]


def _known(github: "GitHub", key: str, resource: str = "pulls", **stored: Any) -> None:
    """Land an item with the node id of all of these tests, entitled as its key."""
    repository, _, number = key.partition("#")
    payload = {
        "node_id": "PR_7",
        "number": int(number),
        "html_url": f"https://github.com/{repository}/pull/{number}",
        "title": key,
        "user": github.ada,
        "state": "open",
        "created_at": github.on(1),
    }
    github.land(resource, key, payload, **stored)


@pytest.mark.parametrize("resource", ["pulls", "issues"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"day": 1, "missing": "2024-04-02T00:00:00Z"}, {"day": 2}),
        ({"day": 1}, {"day": 2}),
        ({"day": 1, "missing": "2024-04-03T00:00:00Z"}, {"day": 2, "missing": "2024-04-03"}),
        # The name was given back.
        ({"day": 3, "missing": "2024-04-04T00:00:00Z"}, {"day": 1}),
    ],
    ids=["gone", "not yet gone", "both gone", "the later one gone"],
)
def test_an_item_of_a_renamed_repository_is_one(
    github: "GitHub", resource: str, old: dict[str, Any], new: dict[str, Any]
) -> None:
    _known(github, "acme/web#7", resource, **old)
    _known(github, "acme/shop#7", resource, **new)
    assert github.rows("select key, title from staging.github_items") == [
        ("acme/shop#7", "acme/shop#7")
    ]


def test_both_records_of_a_pull_request_follow_its_repository(github: "GitHub") -> None:
    gone = "2024-04-02T00:00:00Z"
    _known(github, "acme/web#7", "pulls", missing=gone)
    _known(github, "acme/web#7", "issues", missing=gone)
    _known(github, "acme/shop#7", "pulls", day=2)
    assert github.rows("select key, missing_since from staging.github_items") == [
        ("acme/shop#7", None)
    ]


def test_items_of_two_sources_or_without_a_node_are_not_one(github: "GitHub") -> None:
    _known(github, "acme/web#7")
    _known(github, "acme/web#7", source="mirror")
    github.pull(number=8)
    github.pull(number=9)
    assert github.rows("select count(*) from staging.github_items") == [(4,)]


def test_an_account_that_no_login_came_with_has_none(github: "GitHub") -> None:
    github.issue(user={"id": 5})
    query = "select account, logins from staging.github_accounts where account = '5'"
    assert github.rows(query) == [("5", [])]

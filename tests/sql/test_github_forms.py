"""One life told by REST and by GraphQL is one life."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from roadworthy.simulator import simulate
from roadworthy.simulator.github import issue_payload, pull_payload
from roadworthy.warehouse import Warehouse
from tests.sql.conftest import GitHub, stage_github
from tests.sql.graphql_form import as_graphql

if TYPE_CHECKING:
    from tests.sql.graphql_form import Payload

pytestmark = pytest.mark.xdist_group("github forms")

ENDS_AT = datetime(2025, 2, 1, 6, tzinfo=UTC)
MANY = 100


@pytest.fixture(scope="module")
def told_twice() -> Iterator[tuple[GitHub, dict[str, str]]]:
    """The pull requests and issues of an organisation by REST and by GraphQL, and the node ids."""
    organisation = simulate(11, ends_at=ENDS_AT)
    pulls = [pull_payload(organisation, pull) for pull in organisation.pulls[:MANY]]
    issues = [issue_payload(issue) for issue in organisation.github_issues]
    nodes: dict[str, str] = {}
    with closing(duckdb.connect()) as connection:
        github = GitHub(Warehouse(connection))
        stage_github(github.warehouse)
        for resource, payloads in (("pulls", pulls), ("issues", issues)):
            for number, payload in enumerate(payloads):
                key = f"acme/{resource}#{number}"
                github.land(resource, key, payload, source="rest")
                github.land(resource, key, as_graphql(payload, nodes), source="graphql")
        yield github, nodes


ROWS = {
    "github_change_events": "kind, account, is_bot, is_author, name, review_state, changed_at,"
    " position",
    "github_changes": "account, field, ordinal, is_member, from_text, to_text, changed_at,"
    " position",
    "github_values": "field, position, value_text, account",
    "github_items": "kind, number, url, title, item_type, author, status, resolution, created_at,"
    " updated_at, resolved_at, missing_since",
    "github_accounts": "account, logins, is_bot",
    "github_activities": "kind, account, has_text, acted_at",
}


@pytest.mark.parametrize("view", ROWS)
def test_both_forms_give_the_same_rows(
    told_twice: tuple[GitHub, dict[str, str]], view: str
) -> None:
    github, _ = told_twice
    item = "" if view == "github_accounts" else "split_part(item_id, ':', 3) as item, "
    by_rest, by_graphql = (
        github.rows(
            f"select {item}{ROWS[view]} from staging.{view} where source = '{source}' order by all"  # noqa: S608 - the tests' own words
        )
        for source in ("rest", "graphql")
    )
    assert len(by_rest) > 10
    assert by_graphql == by_rest


def test_applications_are_among_those_accounts(
    told_twice: tuple[GitHub, dict[str, str]],
) -> None:
    github, _ = told_twice
    bots = "select distinct logins from staging.github_accounts where is_bot"
    assert [logins for (logins,) in github.rows(bots)] == [["acme-ci[bot]"]]


def test_a_review_has_one_identity_in_all_events(
    told_twice: tuple[GitHub, dict[str, str]],
) -> None:
    github, nodes = told_twice
    query = (
        "select split_part(item_id, ':', 3) as item, position, from_id, to_id"
        " from staging.github_changes where field = 'review' and source = "
    )
    by_rest = [
        (item, position, nodes.get(before or ""), nodes[after])
        for item, position, before, after in github.rows(f"{query} 'rest'")
    ]
    assert sorted(map(repr, github.rows(f"{query} 'graphql'"))) == sorted(map(repr, by_rest))


def told(github: GitHub, *nodes: "Payload", total: int | None = None, **members: Any) -> None:
    """Land the least that is a pull request of GraphQL."""
    timeline = {"total": len(nodes) if total is None else total, "nodes": nodes}
    github.land("pulls", "acme/web#7", {**LEAST, "timeline": timeline, **members})


def event(kind: str, day: int, **members: object) -> "Payload":
    """The least that is an event of GraphQL."""
    at = f"2024-03-{day:02}T09:00:00Z"
    return {"event": kind, "id": f"{kind}{day}", "created_at": at, "actor": BEN, **members}


BEN = {"login": "ben", "type": "User", "id": 2}
LEAST = {
    "number": 7,
    "id": 70,
    "title": "A title",
    "state": "OPEN",
    "draft": False,
    "user": None,
    "repository": {"full_name": "acme/web"},
    "created_at": "2024-03-01T09:00:00Z",
    "labels": {"nodes": []},
}
DAY_2 = "2024-03-02T09:00:00Z"
ROADMAP = {"id": "PVT_1", "title": "Roadmap"}


def test_a_merge_queue_is_left_by_an_event_or_by_the_merge(github: GitHub) -> None:
    told(
        github,
        event("AddedToMergeQueueEvent", 2),
        event("RemovedFromMergeQueueEvent", 3, reason="failed checks"),
        event("AddedToMergeQueueEvent", 4),
        event("MergedEvent", 5),
        event("ClosedEvent", 5),
        state="MERGED",
        is_in_merge_queue=False,
    )
    moves = github.changes("merge_queue").select("day", "account", "from_text", "to_text")
    assert moves.rows() == [
        (2, "2", "false", "true"),
        (3, "2", "true", "false"),
        (4, "2", "false", "true"),
        (5, "2", "true", "false"),
    ]
    assert github.values("merge_queue") == [(1, None, "false", None)]
    assert github.path() == ["draft", "review required", "merged"]


def test_a_commit_has_its_own_identity_and_instant(github: GitHub) -> None:
    commit = {"sha": "abc", "committed_at": "2024-03-03T09:00:00Z", "message": "Answer"}
    told(
        github,
        event("PullRequestReview", 2, user=BEN, state="CHANGES_REQUESTED", submitted_at=DAY_2),
        {"event": "PullRequestCommit", "id": "PC_1", "commit": commit},
    )
    assert github.statuses()[1:] == [
        (2, "review:PullRequestReview2", "review required", "changes requested"),
        (3, "commit:abc", "changes requested", "review required"),
    ]


def test_what_graphql_alone_tells_is_a_change_of_a_field(github: GitHub) -> None:
    parent = {"number": 3, "repository": {"full_name": "acme/plans"}}
    told(
        github,
        event("AutoMergeEnabledEvent", 2),
        event("AutoMergeDisabledEvent", 3),
        event("BaseRefChangedEvent", 4, base_from="main", base_to="v2"),
        event(
            "ProjectV2ItemStatusChangedEvent",
            5,
            previous_status="Todo",
            new_status="Doing",
            project=ROADMAP,
        ),
        event("ParentIssueAddedEvent", 6, parent=parent),
        event("ParentIssueRemovedEvent", 7, parent=parent),
        event("TransferredEvent", 8, from_repository={"full_name": "acme/old"}),
    )
    assert github.rows(
        "select field, field_id, is_member, from_text, to_text from staging.github_changes"
        " where field <> 'status' order by changed_at"
    ) == [
        ("auto_merge", "auto_merge", False, "false", "true"),
        ("auto_merge", "auto_merge", False, "true", "false"),
        ("base", "base", False, "main", "v2"),
        ("project_status", "PVT_1", False, "Todo", "Doing"),
        ("parent", "parent", True, None, "acme/plans#3"),
        ("parent", "parent", True, "acme/plans#3", None),
        ("repository", "repository", False, "acme/old", "acme/web"),
    ]


def test_what_an_issue_was_is_told_by_graphql_too(github: GitHub) -> None:
    bug, task = {"id": "IT_1", "name": "Bug"}, {"id": "IT_2", "name": "Task"}
    events = (
        event("IssueTypeAddedEvent", 2, issue_type=bug),
        event("IssueTypeChangedEvent", 3, issue_type=task, prev_issue_type=bug),
        event("IssueTypeRemovedEvent", 4, issue_type=task),
    )
    timeline = {"total": len(events), "nodes": events}
    github.land("issues", "acme/web#7", {**LEAST, "timeline": timeline, "type": None})
    moves = github.changes("issuetype").select("day", "account", "from_text", "to_text")
    assert moves.rows() == [
        (2, "2", "issue", "Bug"),
        (3, "2", "Bug", "Task"),
        (4, "2", "Task", "issue"),
    ]
    assert github.values("issuetype") == [(1, None, "issue", None)]


def test_events_announced_are_counted_against_those_that_came(github: GitHub) -> None:
    again = event("ClosedEvent", 2)
    told(github, again, again, event("ReopenedEvent", 3), total=4)
    github.pull(number=8)
    assert github.rows(
        "select number, histories_announced, histories_received from staging.github_items"
        " order by number"
    ) == [(7, 4, 2), (8, None, None)]


def test_an_application_has_the_login_that_rest_gives_it(github: GitHub) -> None:
    linter = {"login": "linter", "type": "Bot", "id": 9}
    told(github, event("ClosedEvent", 2, actor=linter), state="CLOSED")
    assert github.rows("select account, logins, is_bot from staging.github_accounts") == [
        ("9", ["linter[bot]"], True)
    ]


def test_a_part_of_another_issue_names_it(github: GitHub) -> None:
    parent = {"number": 3, "repository": {"full_name": "acme/plans"}}
    github.land("issues", "acme/web#7", {**LEAST, "parent": parent, "state_reason": None})
    assert github.rows("select kind, parent_key, status from staging.github_items") == [
        ("ticket", "acme/plans#3", "open")
    ]
    assert github.values("parent") == [(1, None, "acme/plans#3", None)]
    assert github.values("resolution") == [(1, None, None, None)]

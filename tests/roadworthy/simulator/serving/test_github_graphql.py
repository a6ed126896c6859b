"""GraphQL answers in GitHub's own shapes: items, events, cursors, and errors beside data."""

from datetime import date

import pytest
from github import GithubException, UnknownObjectException

from roadworthy.simulator.serving import github_changes as changes
from roadworthy.simulator.serving import github_moves as moves
from roadworthy.simulator.serving.github_access import TOKEN, Access
from roadworthy.simulator.serving.github_boards import Board, BoardItem, Iteration, Value
from roadworthy.simulator.serving.github_edition import CLOUD_WITHOUT_PROJECT_EVENTS
from roadworthy.simulator.serving.github_limits import Troubles
from roadworthy.simulator.serving.github_opening import open_issue, open_pull
from tests.roadworthy.simulator.serving.github_acme import ADA, BEN, CI, WEB, acme, at, lined

PULL = 'repository(owner: "acme", name: "web") { pullRequest(number: 1) { %s } }'
LIST = """
query($first: Int, $after: String, $field: IssueOrderField!, $direction: OrderDirection!) {
  repository(owner: "acme", name: "web") {
    pullRequests(first: $first, after: $after, orderBy: {field: $field, direction: $direction}) {
      totalCount pageInfo { hasNextPage endCursor } nodes { number }
    }
  }
}
"""
TOO_MUCH = """
pullRequests(first: 100) { nodes {
  closingIssuesReferences(first: 100) { nodes { labels(first: 100) { nodes { name } } } }
} }
"""


def test_a_pull_request_tells_its_members_in_graphql_s_words() -> None:
    members = """
        id databaseId number state isDraft merged mergedAt mergedBy { login } headRefName
        closingIssuesReferences(first: 5) { nodes { number } }
        labels(first: 5) { nodes { name } } reviewRequests(first: 5) { totalCount }
        reviews(first: 5) { nodes { state author { login } } }
    """
    with lined(acme()) as line:
        pull = line.data(f"{{ {PULL % members} }}")["repository"]["pullRequest"]
        payload = line.site.item(WEB, 1).payload
    assert pull == {
        "id": payload["node_id"],
        "databaseId": payload["id"],
        "number": 1,
        "state": "MERGED",
        "isDraft": False,
        "merged": True,
        "mergedAt": "2026-01-05T09:00:00Z",
        "mergedBy": {"login": "ben"},
        "headRefName": "pay",
        "closingIssuesReferences": {"nodes": [{"number": 4}]},
        "labels": {"nodes": [{"name": "bug"}]},
        "reviewRequests": {"totalCount": 0},
        "reviews": {"nodes": [{"state": "APPROVED", "author": {"login": "ben"}}]},
    }


def test_a_bot_goes_by_its_bare_name_and_a_deleted_account_is_null() -> None:
    query = """{ repository(owner: "acme", name: "web") {
        pullRequest(number: 3) { author { __typename login } }
        issue(number: 5) { author { login } }
    } }"""
    with lined(acme()) as line:
        assert line.data(query)["repository"] == {
            "pullRequest": {"author": {"__typename": "Bot", "login": "ci"}},
            "issue": {"author": None},
        }


def test_a_timeline_counts_all_events_and_gives_those_of_the_kinds_asked_for() -> None:
    members = """timelineItems(first: 1, itemTypes: [LABELED_EVENT, MERGED_EVENT]) {
        totalCount filteredCount pageCount pageInfo { hasNextPage endCursor }
        nodes { event: __typename ... on LabeledEvent { label { name } actor { login } } }
    }"""
    with lined(acme()) as line:
        pull = line.data(f"{{ {PULL % members} }}")["repository"]["pullRequest"]
        timeline = pull["timelineItems"]
        rest = members.replace(
            "first: 1", f'first: 9, after: "{timeline["pageInfo"]["endCursor"]}"'
        )
        pull = line.data(f"{{ {PULL % rest} }}")["repository"]["pullRequest"]
    assert (timeline["totalCount"], timeline["filteredCount"], timeline["pageCount"]) == (6, 2, 1)
    assert timeline["nodes"] == [
        {"event": "LabeledEvent", "label": {"name": "bug"}, "actor": {"login": "ci"}}
    ]
    assert timeline["pageInfo"]["hasNextPage"]
    assert pull["timelineItems"]["nodes"] == [{"event": "MergedEvent"}]


def test_a_cursor_stands_where_it_stood_when_older_things_come_or_newer_ones_change() -> None:
    asked = {"first": 2, "field": "UPDATED_AT", "direction": "DESC"}
    with lined(acme()) as line:
        page = line.data(LIST, **asked)["repository"]["pullRequests"]
        assert [node["number"] for node in page["nodes"]] == [1, 3]
        open_pull(line.site, WEB, "New", at=at(9), by=ADA)
        changes.label(line.site.item(WEB, 3), "late", at=at(9), by=ADA)
        after = page["pageInfo"]["endCursor"]
        rest = line.data(LIST, **asked, after=after)["repository"]["pullRequests"]
    assert [node["number"] for node in rest["nodes"]] == [2]
    assert not rest["pageInfo"]["hasNextPage"]


def test_issues_can_be_filtered_by_their_last_change() -> None:
    query = """{ repository(owner: "acme", name: "web") {
        issues(first: 5, filterBy: {since: "2026-01-02T00:00:00Z"}) { nodes { number } }
    } }"""
    with lined(acme()) as line:
        assert line.data(query)["repository"]["issues"]["nodes"] == [{"number": 5}]


def test_things_are_found_by_their_global_ids_and_what_is_gone_is_a_hole_with_a_reason() -> None:
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on PullRequest { number } } }"
    with lined(acme()) as line:
        ids = [line.site.item(WEB, 2).payload["node_id"], "PR_gone"]
        told = line.query(query, ids=ids)
    assert told["data"] == {"nodes": [{"number": 2}, None]}
    (error,) = told["errors"]
    assert (error["type"], error["path"]) == ("NOT_FOUND", ["nodes", 1])


def test_a_number_that_is_none_of_an_item_s_is_not_found() -> None:
    query = '{ repository(owner: "acme", name: "web") { pullRequest(number: 4) { id } } }'
    with (
        lined(acme()) as line,
        pytest.raises(UnknownObjectException, match="a PullRequest with the number of 4"),
    ):
        line.data(query)


def test_an_item_that_cannot_be_given_yet_is_a_hole_as_often_as_planned() -> None:
    asked = {"first": 5, "field": "CREATED_AT", "direction": "ASC"}
    with lined(acme(troubles=Troubles(unready={2: 1}))) as line:
        told = line.query(LIST, **asked)
        assert told["data"]["repository"]["pullRequests"]["nodes"] == [
            {"number": 1},
            None,
            {"number": 3},
        ]
        assert told["errors"][0]["path"] == ["repository", "pullRequests", "nodes", 1]
        again = line.data(LIST, **asked)["repository"]["pullRequests"]["nodes"]
        assert [node["number"] for node in again] == [1, 2, 3]


def test_a_member_that_the_schema_lacks_is_named_in_github_s_words() -> None:
    with lined(acme()) as line:
        told = line.query("{ viewer { shoeSize } }")
    assert "data" not in told
    (error,) = told["errors"]
    assert error["message"] == "Field 'shoeSize' doesn't exist on type 'User'"
    assert error["extensions"]["code"] == "undefinedField"


@pytest.mark.parametrize(
    ("connection", "kind"),
    [
        ("issues { totalCount }", "MISSING_PAGINATION_BOUNDARIES"),
        ("issues(first: 101) { totalCount }", "EXCESSIVE_PAGINATION"),
        ('issues(first: 1, after: "x") { totalCount }', "INVALID_CURSOR_ARGUMENTS"),
        (TOO_MUCH, "MAX_NODE_LIMIT_EXCEEDED"),
    ],
)
def test_a_connection_wants_a_bound_within_reason(connection: str, kind: str) -> None:
    with lined(acme()) as line:
        told = line.query(f'{{ repository(owner: "acme", name: "web") {{ {connection} }} }}')
    assert [error["type"] for error in told["errors"]] == [kind]


def test_a_query_costs_a_point_for_a_hundred_askings_and_counts_its_nodes_beforehand() -> None:
    query = """query($never: Boolean!) {
      rateLimit { cost nodeCount used remaining }
      repository(owner: "acme", name: "web") {
        pullRequests(first: 25) { nodes {
          labels(first: 100) { nodes { name } } reviews(first: 50) { nodes { state } }
          commits(first: 100) @include(if: $never) { nodes { id } }
        } }
      }
    }"""
    with lined(acme()) as line:
        assert line.data(query, never=False)["rateLimit"] == {
            "cost": 1,
            "nodeCount": 25 + 25 * 150,
            "used": 1,
            "remaining": 4999,
        }


def test_events_that_speak_of_other_items_name_them() -> None:
    site = acme()
    child = site.item(WEB, 5)
    changes.happen(child, "parent_issue_added", at=at(7), by=ADA, parent=f"{WEB}#4")
    changes.happen(child, "connected", at=at(7), by=ADA, linked=f"{WEB}#1")
    query = """{ repository(owner: "acme", name: "web") { issue(number: 5) {
      timelineItems(first: 9) { nodes {
        __typename
        ... on ParentIssueAddedEvent { parent { number } }
        ... on ConnectedEvent { subject { ... on PullRequest { number } } }
      } }
    } } }"""
    with lined(site) as line:
        nodes = line.data(query)["repository"]["issue"]["timelineItems"]["nodes"]
    assert nodes == [
        {"__typename": "ParentIssueAddedEvent", "parent": {"number": 4}},
        {"__typename": "ConnectedEvent", "subject": {"number": 1}},
    ]


def test_an_event_that_speaks_of_a_hidden_item_is_hidden_too() -> None:
    site = acme(access={TOKEN: Access(repositories=frozenset({WEB}))})
    there = open_issue(site, "acme/ops", "Secret", at=at(6), by=ADA)
    issue = {"number": there.number, "repository": {"full_name": "acme/ops"}}
    source = {"type": "issue", "issue": issue}
    changes.happen(site.item(WEB, 4), "cross-referenced", at=at(7), by=ADA, source=source)
    query = """{ repository(owner: "acme", name: "web") { issue(number: 4) {
      timelineItems(first: 9) { nodes {
        ... on CrossReferencedEvent { isCrossRepository source { ... on Issue { title } } }
      } }
    } } }"""
    with lined(site) as line:
        assert line.data(query)["repository"]["issue"]["timelineItems"]["nodes"] == []
        site.door.tokens[TOKEN] = Access()
        assert line.data(query)["repository"]["issue"]["timelineItems"]["nodes"] == [
            {"isCrossRepository": True, "source": {"title": "Secret"}}
        ]


def test_a_pull_request_is_in_the_merge_queue_until_it_is_taken_out() -> None:
    query = f"{{ {PULL % 'isInMergeQueue'} }}".replace("number: 1", "number: 2")
    with lined(acme()) as line:
        pull = line.site.item(WEB, 2)
        changes.happen(pull, "added_to_merge_queue", at=at(7), by=ADA)
        assert line.data(query)["repository"]["pullRequest"] == {"isInMergeQueue": True}
        changes.happen(pull, "removed_from_merge_queue", at=at(8), by=CI, reason="failed checks")
        assert line.data(query)["repository"]["pullRequest"] == {"isInMergeQueue": False}


BOARD = """{ organization(login: "acme") { projectV2(number: 7) { title items(first: 9) { nodes {
  updatedAt content { ... on Issue { number } }
  fieldValues(first: 9) { nodes {
    ... on ProjectV2ItemFieldDateValue { date field { ... on ProjectV2FieldCommon { name } } }
    ... on ProjectV2ItemFieldIterationValue { title startDate duration }
    ... on ProjectV2ItemFieldSingleSelectValue { name }
  } }
} } } } }"""
MOVES = """{ repository(owner: "acme", name: "web") { issue(number: 4) {
  updatedAt timelineItems(first: 9) { totalCount nodes {
    ... on ProjectV2ItemStatusChangedEvent { previousStatus status project { title } }
  } }
} } }"""


def board() -> Board:
    sprint = Iteration("S1", date(2026, 1, 5))
    values: dict[str, Value] = {"Status": "Todo", "Target": date(2026, 3, 1), "Sprint": sprint}
    return Board("acme", 7, "Roadmap", [BoardItem(WEB, 4, values)])


def test_a_board_tells_the_values_of_today_and_a_new_date_leaves_no_trace() -> None:
    with lined(acme(boards=[board()])) as line:
        (it,) = line.site.boards
        item = line.site.item(WEB, 4)
        before = line.data(MOVES)
        moves.set_values(it, item, {"Target": date(2026, 4, 1)}, at=at(8), by=BEN)
        assert line.data(MOVES) == before
        (node,) = line.data(BOARD)["organization"]["projectV2"]["items"]["nodes"]
    assert node == {
        "updatedAt": "2026-01-08T09:00:00Z",
        "content": {"number": 4},
        "fieldValues": {
            "nodes": [
                {"name": "Todo"},
                {"date": "2026-04-01", "field": {"name": "Target"}},
                {"title": "S1", "startDate": "2026-01-05", "duration": 14},
            ]
        },
    }


def test_a_new_status_is_an_event_that_does_not_count_as_an_update() -> None:
    with lined(acme(boards=[board()])) as line:
        (it,) = line.site.boards
        moves.set_values(it, line.site.item(WEB, 4), {"Status": "Done"}, at=at(8), by=BEN)
        issue = line.data(MOVES)["repository"]["issue"]
    assert issue["updatedAt"] == "2026-01-01T09:00:00Z"
    assert issue["timelineItems"]["nodes"] == [
        {"previousStatus": "Todo", "status": "Done", "project": {"title": "Roadmap"}}
    ]


def test_a_server_without_such_events_does_not_count_them() -> None:
    site = acme(boards=[board()], edition=CLOUD_WITHOUT_PROJECT_EVENTS)
    moves.set_values(site.boards[0], site.item(WEB, 4), {"Status": "Done"}, at=at(8), by=BEN)
    query = """{ repository(owner: "acme", name: "web") { issue(number: 4) {
      timelineItems(first: 9) { totalCount }
    } } }"""
    with lined(site) as line:
        assert line.data(query)["repository"]["issue"]["timelineItems"] == {"totalCount": 0}


def test_a_board_or_an_owner_that_is_not_there_is_said_so() -> None:
    with lined(acme()) as line:
        with pytest.raises(UnknownObjectException, match="ProjectV2 with the number 7"):
            line.data(BOARD)
        with pytest.raises(UnknownObjectException, match="login of 'nobody'"):
            line.data('{ user(login: "nobody") { id } }')
        assert line.data('{ repositoryOwner(login: "nobody") { id } }') == {"repositoryOwner": None}


def test_what_is_no_graphql_is_a_parse_error() -> None:
    with lined(acme()) as line, pytest.raises(GithubException, match="Parse error"):
        line.data("{ viewer {")


def test_an_issue_that_was_moved_is_found_only_where_it_went() -> None:
    query = """query($name: String!, $number: Int!) {
      repository(owner: "acme", name: $name) { issue(number: $number) { number
        timelineItems(first: 9) { nodes {
          ... on TransferredEvent { fromRepository { nameWithOwner } }
        } }
      } }
    }"""
    with lined(acme()) as line:
        moved = moves.transfer(line.site, line.site.item(WEB, 4), "acme/ops", at=at(8), by=ADA)
        with pytest.raises(UnknownObjectException):
            line.data(query, name="web", number=4)
        there = line.data(query, name="ops", number=moved.number)["repository"]["issue"]
    assert there["timelineItems"]["nodes"] == [{"fromRepository": {"nameWithOwner": WEB}}]


@pytest.mark.slow
def test_a_thousand_pull_requests_with_fifteen_events_each_are_served_in_seconds() -> None:
    site = acme()
    for number in range(1000):
        pull = open_pull(site, WEB, f"PAY-{number}: More", at=at(2), by=ADA)
        for _ in range(14):
            changes.label(pull, "more", at=at(3), by=BEN)
    assert open_issue(site, WEB, "Last", at=at(4), by=ADA).number == 1006
    query = LIST.replace(
        "number }",
        "number timelineItems(first: 100) { nodes { ... on LabeledEvent { id createdAt "
        "actor { login } label { name } } } } }",
    )
    seen, after = 0, None
    with lined(site) as line:
        while after != "":
            asked = {"first": 25, "field": "UPDATED_AT", "direction": "DESC", "after": after}
            page = line.data(query, **asked)["repository"]["pullRequests"]
            seen += len(page["nodes"])
            after = page["pageInfo"]["endCursor"] if page["pageInfo"]["hasNextPage"] else ""
        assert len(line.served.log) == 41
    assert seen == 1003

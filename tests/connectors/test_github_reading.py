"""What a whole run brings, and what it costs."""

from datetime import date

import pytest

from connectors.protocol import NotVisibleError
from roadworthy.simulator.serving.github_boards import Board, BoardItem, Iteration, Value
from roadworthy.simulator.serving.github_state import GitHubRepository
from tests.connectors.github_world import ADA, issue, labeled, pull, resource, web, world


def test_a_connector_asks_nothing_before_it_is_asked() -> None:
    with world() as github:
        assert github.connector().requests == 0
        assert github.served.log == []


def test_every_pull_request_and_issue_comes_once_in_order_of_creation() -> None:
    with world(web(pulls=60, issues=30)) as github:
        reading = github.read()
    assert reading.keys("pulls") == [f"acme/web#{number}" for number in range(1, 61)]
    assert reading.keys("issues") == [f"acme/web#{number}" for number in range(1001, 1031)]
    assert reading.quarantined == []


def test_histories_of_41_101_250_and_400_events_are_complete_and_in_order() -> None:
    pulls = [pull(n, events=events) for n, events in enumerate((0, 41, 101, 250, 400), start=1)]
    with world(GitHubRepository("acme/web", pulls)) as github:
        reading = github.read()
    for number, expected in enumerate((1, 42, 102, 251, 401), start=1):
        timeline = reading.payload(f"acme/web#{number}")["timeline"]
        assert timeline["total"] == len(timeline["nodes"]) == expected
        assert not timeline["pageInfo"]["hasNextPage"]
        labels = [one["label"]["name"] for one in timeline["nodes"][:-1]]
        assert labels == [f"label {ordinal}" for ordinal in range(expected - 1)]
        assert timeline["nodes"][-1]["event"] == "PullRequestReview"


def test_an_issue_comes_with_the_types_that_it_had() -> None:
    bug, task = {"name": "Bug"}, {"name": "Task"}
    told = {
        **issue(1),
        "type": task,
        "timeline": [
            {**labeled(1, 1), "event": "issue_type_added", "issue_type": bug},
            {
                **labeled(1, 2),
                "event": "issue_type_changed",
                "issue_type": task,
                "prev_issue_type": bug,
            },
        ],
    }
    with world(GitHubRepository("acme/web", issues=[told])) as github:
        nodes = github.read().payload("acme/web#1", "issues")["timeline"]["nodes"]
    assert [
        (one["event"], one["issue_type"]["name"], one.get("prev_issue_type", {}).get("name"))
        for one in nodes
    ] == [("IssueTypeAddedEvent", "Bug", None), ("IssueTypeChangedEvent", "Task", "Bug")]


@pytest.mark.slow
def test_a_thousand_pull_requests_cost_at_most_sixty_requests() -> None:
    pulls = [pull(n, events=150 if n % 25 == 0 else 5) for n in range(1, 1001)]
    with world(GitHubRepository("acme/web", pulls)) as github:
        reading = github.read()
    assert len(reading.keys("pulls")) == 1000
    assert reading.requests <= 60


def test_an_unchanged_second_run_of_four_repositories_asks_for_the_survey_alone() -> None:
    names = ("acme/a", "acme/b", "acme/c", "acme/d")
    with world(*(web(5, 5, name) for name in names)) as github:
        first = github.read(*names)
        second = github.read(*names, after=first)
    assert len(first.records) == 40
    assert second.pages == []
    assert second.requests == 2


def test_all_of_an_owner_leaves_out_the_forks() -> None:
    fork = GitHubRepository("acme/fork", [pull(1, repository="acme/fork")], is_fork=True)
    with world(web(1, 0, "acme/a"), web(1, 0, "acme/b"), fork, web(1, 0, "umbrella/c")) as github:
        reading = github.read("acme/b", "acme/*")
    assert reading.keys("pulls") == ["acme/b#1", "acme/a#1"]


def test_milestones_come_with_the_survey() -> None:
    milestone = {"title": "1.0", "number": 1, "due_on": "2024-06-01T00:00:00Z"}
    with world(GitHubRepository("acme/web", milestones=[milestone])) as github:
        reading = github.read()
    (record,) = reading.records.values()
    assert (record.resource, record.payload["title"]) == ("milestones", "1.0")
    assert record.payload["due_on"] == "2024-06-01T00:00:00Z"
    assert record.payload["repository"] == {"full_name": "acme/web"}


def test_more_milestones_than_a_page_holds_are_all_there() -> None:
    milestones = [{"title": f"v{n}", "number": n} for n in range(1, 251)]
    with world(GitHubRepository("acme/web", milestones=milestones)) as github:
        reading = github.read()
    assert [one.payload["title"] for one in reading.records.values()] == [
        f"v{n}" for n in range(1, 251)
    ]


def test_a_team_is_one_record_with_all_its_members() -> None:
    people = [{**ADA, "login": f"p{n:03}", "id": n} for n in range(1, 151)]
    with world(teams={"acme/engineers": people}) as github:
        reading = github.read(teams=("acme/engineers",), resources=("teams",))
    (record,) = reading.records.values()
    assert record.key == "acme/engineers"
    assert [one["id"] for one in record.payload["members"]] == list(range(1, 151))


def test_a_team_that_is_not_visible_is_told_after_those_that_are() -> None:
    with world(teams={"acme/engineers": [ADA]}) as github:
        connector = github.connector(teams=("acme/ghosts", "acme/engineers"))
        pages = connector.fetch(resource(connector, "teams"), None)
        assert [one.key for one in next(pages).records] == ["acme/engineers"]
        with pytest.raises(NotVisibleError, match=r"^code: team acme/ghosts is not there, or not"):
            next(pages)
        assert any("acme/ghosts" in lack for lack in connector.snapshot().lacks)


def test_dates_and_iterations_of_a_board_are_a_record_each() -> None:
    sprint = Iteration("Sprint 7", date(2024, 5, 6), 14)
    values: dict[str, Value] = {"Target": date(2024, 6, 1), "Sprint": sprint, "Status": "Doing"}
    board = Board("acme", 3, "Roadmap", [BoardItem("acme/web", 1001, values)])
    with world(GitHubRepository("acme/web", issues=[issue(1001)]), boards=[board]) as github:
        reading = github.read(boards=("acme/3",), resources=("project_dates",))
    told = {one.payload["field"]: one.payload for one in reading.records.values()}
    assert told.keys() == {"Target", "Sprint"}
    assert told["Target"]["date"] == "2024-06-01"
    assert told["Target"]["project"]["title"] == "Roadmap"
    assert told["Target"]["content"] == {
        "number": 1001,
        "repository": {"full_name": "acme/web"},
    }
    assert told["Target"]["iteration"] is None
    assert told["Sprint"]["date"] is None
    assert told["Sprint"]["iteration"]["title"] == "Sprint 7"
    assert told["Sprint"]["iteration"]["start"] == "2024-05-06"
    assert told["Sprint"]["iteration"]["duration"] == 14


def test_a_board_that_is_not_visible_does_not_stop_the_rest() -> None:
    with world(web(2, 0)) as github:
        connector = github.connector(boards=("acme/9",))
        with pytest.raises(NotVisibleError, match="project acme/9 is not there, or not visible"):
            list(connector.fetch(resource(connector, "project_dates"), None))
        assert list(connector.fetch(resource(connector, "pulls"), None))

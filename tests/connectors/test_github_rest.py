"""Where there is no GraphQL, or too old a one, REST brings the same facts."""

from typing import Any

import pytest

from roadworthy.simulator.serving.faults import Faults, Planned, Status
from roadworthy.simulator.serving.github_edition import (
    CLOUD,
    CLOUD_WITHOUT_PROJECT_EVENTS,
    OLD_ENTERPRISE,
    WITHOUT_GRAPHQL,
    Edition,
)
from roadworthy.simulator.serving.github_state import GitHubRepository
from tests.connectors.github_world import ADA, Reading, issue, labeled, pull, web, world

TOO_OLD = Edition(lacks=frozenset({"PullRequest.isDraft"}), version="2.14.0")
OLDER = pytest.mark.parametrize(
    "edition", [TOO_OLD, WITHOUT_GRAPHQL], ids=["too old a GraphQL", "no GraphQL"]
)


def _facts(reading: Reading) -> dict[tuple[str, str], tuple[Any, ...]]:
    """What both forms tell, in one."""
    return {
        (one.resource, one.key): (
            one.cursor,
            one.payload["title"],
            one.payload["state"].lower(),
            one.payload["user"]["login"],
            len(_events(one.payload["timeline"])),
        )
        for one in reading.records.values()
        if one.resource != "milestones"
    }


def _events(timeline: Any) -> list[Any]:
    events: list[Any] = timeline["nodes"] if isinstance(timeline, dict) else timeline
    return events


def _repository() -> GitHubRepository:
    pulls = [pull(number, events=number * 4) for number in range(1, 31)]
    issues = [issue(number, events=3) for number in range(101, 131)]
    return GitHubRepository("acme/web", pulls, issues, [{"title": "1.0"}])


@OLDER
def test_rest_brings_the_same_items_with_the_same_histories(edition: Any) -> None:
    with world(_repository(), edition=CLOUD) as github:
        by_graphql = github.read()
    with world(_repository(), edition=edition) as github:
        by_rest = github.read()
    assert _facts(by_rest) == _facts(by_graphql)
    assert len(by_rest.payload("acme/web#1")["reviews"]) == 1
    assert [one.payload["title"] for one in by_rest.records.values()][-1] == "1.0"


@OLDER
def test_an_enterprise_server_answers_under_its_own_root(edition: Any) -> None:
    with world(web(3, 3), edition=edition) as github:
        reading = github.read(server=f"{github.served.url}/api/v3")
    assert (len(reading.keys("pulls")), len(reading.keys("issues"))) == (3, 3)


def test_an_unchanged_second_run_by_rest_costs_little() -> None:
    names = ("acme/a", "acme/b")
    with world(*(web(3, 3, name) for name in names), edition=WITHOUT_GRAPHQL) as github:
        first = github.read(*names)
        second = github.read(*names, after=first)
    assert second.pages == []
    assert second.requests == 7


def test_a_change_by_rest_is_found() -> None:
    with world(web(60, 3), edition=WITHOUT_GRAPHQL) as github:
        first = github.read()
        item = github.site.item("acme/web", 7)
        item.payload["timeline"].append(labeled(7, 900))
        item.payload["updated_at"] = "2024-05-01T00:00:00Z"
        second = github.read(after=first, resources=("pulls",))
    assert second.keys("pulls")[0] == "acme/web#7"


def test_an_item_deleted_between_its_page_and_its_history_is_left_out() -> None:
    gone = Faults(Planned("issues/2/timeline", None, Status(404, '{"message": "Not Found"}')))
    with world(web(3, 0), edition=WITHOUT_GRAPHQL, faults=gone) as github:
        reading = github.read(resources=("pulls",))
    assert reading.keys("pulls") == ["acme/web#1", "acme/web#3"]


def test_a_repository_without_issues_has_none() -> None:
    plain = GitHubRepository("acme/web", [pull(1)], has_issues=False)
    with world(plain, edition=WITHOUT_GRAPHQL) as github:
        reading = github.read()
    assert [one for one, _ in reading.records] == ["pulls"]


def test_all_of_an_owner_and_a_team_come_by_rest_too() -> None:
    teams = {"acme/engineers": [ADA]}
    with world(
        web(1, 0, "acme/a"), web(1, 0, "acme/b"), teams=teams, edition=WITHOUT_GRAPHQL
    ) as github:
        reading = github.read("acme/*", teams=("acme/engineers",))
    assert reading.keys("pulls") == ["acme/a#1", "acme/b#1"]
    assert reading.payload("acme/engineers", "teams")["members"][0]["login"] == "ada"


def test_an_enterprise_server_of_some_years_ago_is_still_read_by_graphql() -> None:
    with world(web(60, 30), edition=OLD_ENTERPRISE) as github:
        reading = github.read()
    assert len(reading.records) == 90
    assert reading.requests == 5


def test_what_the_server_has_not_is_told() -> None:
    with world(web(1, 0), edition=CLOUD_WITHOUT_PROJECT_EVENTS) as github:
        connector = github.connector()
        list(connector.fetch(connector.resources[0], None))
    assert connector.snapshot().lacks == (
        "moves on project boards: the server keeps no events for them",
    )

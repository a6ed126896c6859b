"""Whether what is stored is all there is, and what an answer to that costs."""

from datetime import UTC, datetime
from typing import Any

import pytest
from werkzeug import Request

from connectors.github.payloads import PULLS
from connectors.protocol import ConnectorError
from roadworthy.simulator.serving.faults import Faults, Planned, Rewrite
from roadworthy.simulator.serving.github_edition import CLOUD, WITHOUT_GRAPHQL
from tests.connectors.github_world import issue, resource, web, world

EDITIONS = pytest.mark.parametrize("edition", [CLOUD, WITHOUT_GRAPHQL], ids=["graphql", "rest"])
TWO = ("acme/web", "acme/app")


def _keys(count: int, repository: str = "acme/web", first: int = 1) -> frozenset[str]:
    return frozenset(f"{repository}#{number}" for number in range(first, first + count))


@EDITIONS
@pytest.mark.parametrize(("name", "first"), [("pulls", 1), ("issues", 1001)])
def test_counts_that_agree_are_answer_enough(edition: Any, name: str, first: int) -> None:
    with world(web(5, 5), web(3, 3, "acme/app"), edition=edition) as github:
        connector = github.connector(*TWO)
        known = _keys(5, first=first) | _keys(3, "acme/app", first)
        list(connector.fetch(resource(connector, name), None))
        before = connector.requests
        assert connector.census(resource(connector, name), known) is None
        assert connector.requests == before


@EDITIONS
def test_what_was_deleted_is_not_among_the_keys(edition: Any) -> None:
    with world(web(250, 0), web(3, 0, "acme/app"), edition=edition) as github:
        del github.site.by_name["acme/web"].items[17]
        connector = github.connector(*TWO)
        known = _keys(250) | _keys(3, "acme/app")
        found = connector.census(resource(connector, "pulls"), known)
    assert found == known - {"acme/web#17"}


@EDITIONS
def test_what_came_into_view_without_a_change_is_fetched_by_its_key(edition: Any) -> None:
    with world(web(0, 30), edition=edition) as github:
        connector = github.connector()
        issues = resource(connector, "issues")
        found = connector.census(issues, _keys(29, first=1001))
        (page,) = connector.fetch_only(issues, ["acme/web#1030"])
    assert found == _keys(30, first=1001)
    assert [one.key for one in page.records] == ["acme/web#1030"]
    assert page.next_cursor is None


@EDITIONS
def test_a_key_that_is_gone_brings_no_record_and_no_error(edition: Any) -> None:
    with world(web(3, 3), edition=edition) as github:
        connector = github.connector()
        wanted = ["acme/web#2", "acme/web#77", "acme/web#1001"]
        pages = list(connector.fetch_only(resource(connector, "pulls"), wanted))
    assert [one.key for page in pages for one in page.records] == ["acme/web#2"]
    assert [one for page in pages for one in page.quarantined] == []


def test_an_issue_that_was_transferred_is_missing_where_it_was() -> None:
    with world(web(0, 3), web(0, 3, "acme/app")) as github:
        moved = github.site.by_name["acme/web"].items.pop(1002)
        github.site.by_name["acme/app"].add(
            "Issue", {**issue(1004, repository="acme/app"), "title": moved.payload["title"]}
        )
        connector = github.connector(*TWO)
        known = _keys(3, first=1001) | _keys(3, "acme/app", 1001)
        found = connector.census(resource(connector, "issues"), known)
    assert found == (known - {"acme/web#1002"}) | {"acme/app#1004"}


def test_a_repository_that_is_no_longer_named_has_nothing() -> None:
    with world(web(3, 0), web(3, 0, "acme/app")) as github:
        connector = github.connector("acme/web")
        known = _keys(3) | _keys(3, "acme/app")
        assert connector.census(resource(connector, "pulls"), known) == _keys(3)


@EDITIONS
def test_with_since_it_is_those_updated_later_that_are_there(edition: Any) -> None:
    since = datetime(2024, 3, 1, 9, 50, tzinfo=UTC)
    with world(web(90, 0), edition=edition) as github:
        first = github.read(since=since, resources=("pulls",))
        del github.site.by_name["acme/web"].items[60]
        connector = github.connector(since=since)
        pulls = resource(connector, "pulls")
        list(connector.fetch(pulls, first.cursors()["pulls"]))
        found = connector.census(pulls, frozenset(first.keys("pulls")))
    assert found == _keys(41, first=50) - {"acme/web#60"}


@EDITIONS
@pytest.mark.parametrize("changed", [(), ("acme/web",), TWO], ids=["none", "one", "both"])
def test_what_is_known_and_older_than_since_is_there_whatever_else_changed(
    edition: Any, changed: tuple[str, ...]
) -> None:
    since = datetime(2024, 3, 1, 9, 50, tzinfo=UTC)
    with world(web(90, 0), web(90, 0, "acme/app"), edition=edition) as github:
        first = github.read(*TWO, resources=("pulls",))
        for name in changed:
            github.site.item(name, 70).payload["updated_at"] = "2024-05-01T00:00:00Z"
        connector = github.connector(*TWO, since=since)
        pulls = resource(connector, "pulls")
        list(connector.fetch(pulls, first.cursors()["pulls"]))
        known = frozenset(first.keys("pulls"))
        found = connector.census(pulls, known)
    assert known == (known if found is None else found)


@EDITIONS
def test_what_is_older_than_since_and_was_deleted_is_missing_as_soon_as_anything_changes(
    edition: Any,
) -> None:
    since = datetime(2024, 3, 1, 9, 50, tzinfo=UTC)
    with world(web(90, 0), edition=edition) as github:
        first = github.read(resources=("pulls",))
        del github.site.by_name["acme/web"].items[7]
        connector = github.connector(since=since)
        pulls = resource(connector, "pulls")
        list(connector.fetch(pulls, first.cursors()["pulls"]))
        found = connector.census(pulls, _keys(90))
    assert found == _keys(90) - {"acme/web#7"}


def test_with_since_nothing_is_asked_where_nothing_is_new() -> None:
    since = datetime(2024, 3, 1, 9, 50, tzinfo=UTC)
    with world(web(90, 0)) as github:
        first = github.read(since=since, resources=("pulls",))
        connector = github.connector(since=since)
        pulls = resource(connector, "pulls")
        list(connector.fetch(pulls, first.cursors()["pulls"]))
        assert connector.census(pulls, frozenset(first.keys("pulls"))) is None
        assert connector.requests == 2


def _enumerates(request: Request) -> bool:
    """Whether a request asks for a page of pull requests by their numbers."""
    asked = request.get_data(as_text=True)
    return "nodes { number updated_at" in asked or (
        request.path.endswith("/pulls") and request.args.get("per_page") == "100"
    )


def _shapeless(payload: Any) -> None:
    """Leave out of the fourth when it was updated."""
    page = (
        payload if isinstance(payload, list) else payload["data"]["repository"]["things"]["nodes"]
    )
    del page[3]["updated_at"]


@EDITIONS
def test_a_page_in_which_something_has_no_name_is_asked_for_again(edition: Any) -> None:
    faults = Faults(Planned(_enumerates, frozenset({1}), Rewrite.json(_shapeless)))
    with world(web(30, 0), edition=edition, faults=faults) as github:
        found = github.connector().census(PULLS, _keys(29))
    assert found == _keys(30)


@EDITIONS
def test_where_something_never_has_a_name_nothing_is_said_to_be_gone(edition: Any) -> None:
    faults = Faults(Planned(_enumerates, None, Rewrite.json(_shapeless)))
    with (
        world(web(30, 0), edition=edition, faults=faults) as github,
        pytest.raises(ConnectorError, match="an answer had another shape than was asked for"),
    ):
        github.connector().census(PULLS, _keys(29))

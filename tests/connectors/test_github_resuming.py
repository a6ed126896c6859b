"""A read that is stopped, and a read that comes again: nothing is lost, nothing comes in vain."""

from datetime import UTC, datetime
from itertools import islice

import pytest

from connectors.github.cursors import Cursor, State
from roadworthy.simulator.serving.faults import Act, Faults, Planned
from roadworthy.simulator.serving.github_edition import CLOUD, WITHOUT_GRAPHQL, Edition
from roadworthy.simulator.serving.github_state import GitHubRepository
from tests.connectors.github_world import (
    Reading,
    World,
    at,
    issue,
    labeled,
    pull,
    resource,
    web,
    world,
)

TWO = ("acme/web", "acme/app")


def _touch(github: World, number: int, minute: int, repository: str = "acme/web") -> None:
    """Label an item at an instant."""
    item = github.site.item(repository, number)
    item.payload["timeline"].append({**labeled(number, 900), "created_at": at(minute)})
    item.payload["updated_at"] = at(minute)


def _stopped(github: World, name: str, pages: int, *repositories: str) -> Reading:
    """The first pages of a resource, and nothing more."""
    connector = github.connector(*repositories)
    fetched = connector.fetch(resource(connector, name), None)
    return Reading(list(islice(fetched, pages)))


@pytest.mark.parametrize("edition", [CLOUD, WITHOUT_GRAPHQL], ids=["graphql", "rest"])
@pytest.mark.parametrize("name", ["pulls", "issues"])
def test_stopped_after_any_page_and_resumed_it_brings_the_same(name: str, edition: Edition) -> None:
    with world(web(50, 60), web(45, 3, "acme/app"), edition=edition) as github:
        whole = github.read(*TWO, resources=(name,))
        for pages in range(1, len(whole.pages)):
            first = _stopped(github, name, pages, *TWO)
            rest = github.read(*TWO, after=first, resources=(name,))
            assert first.pages + rest.pages == whole.pages


def test_only_what_changed_comes_again() -> None:
    with world(web(90, 60)) as github:
        first = github.read()
        _touch(github, 17, minute=5000)
        _touch(github, 1003, minute=5001)
        second = github.read(after=first)
    assert second.keys("pulls")[0] == "acme/web#17"
    assert second.keys("issues")[0] == "acme/web#1003"
    assert second.payload("acme/web#17")["timeline"]["total"] == 4
    assert second.requests == 4


def test_after_a_change_the_next_run_is_quiet_again() -> None:
    with world(web(90, 60)) as github:
        first = github.read()
        _touch(github, 17, minute=5000)
        second = github.read(after=first, resources=("pulls",))
        third = github.read(after=second, resources=("pulls",))
    assert third.pages == []
    assert third.requests == 2


def test_an_update_of_the_last_minutes_is_asked_for_once_more() -> None:
    """Another of the same second may not have been visible yet."""
    with world(web(3, 0)) as github:
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        github.site.item("acme/web", 2).payload["updated_at"] = now
        first = github.read(resources=("pulls",))
        github.site.item("acme/web", 3).payload["updated_at"] = now
        second = github.read(after=first, resources=("pulls",))
    assert "acme/web#3" in second.keys("pulls")


def test_what_is_updated_while_it_is_read_comes_with_the_next_run() -> None:
    with world(web(90, 0)) as github:
        connector = github.connector()
        pages = connector.fetch(resource(connector, "pulls"), None)
        first = Reading([next(pages)])
        _touch(github, 3, minute=5000)
        first.pages += pages
        second = github.read(after=first, resources=("pulls",))
    assert len(first.keys("pulls")) == 90
    assert "acme/web#3" in second.keys("pulls")


def test_what_is_updated_while_the_newest_are_read_is_not_lost() -> None:
    with world(web(120, 0)) as github:
        first = github.read(resources=("pulls",))
        for number in range(1, 101):
            _touch(github, number, minute=5000 + number)
        connector = github.connector()
        pages = connector.fetch(resource(connector, "pulls"), first.cursors()["pulls"])
        second = Reading([next(pages)])
        _touch(github, 100, minute=6000)
        _touch(github, 1, minute=6001)
        second.pages += pages
        third = github.read(after=second, resources=("pulls",))
    seen = {**second.records, **third.records}
    assert {f"acme/web#{number}" for number in range(1, 101)} <= {key for _, key in seen}
    assert seen["pulls", "acme/web#100"].cursor == at(6000)
    assert seen["pulls", "acme/web#1"].cursor == at(6001)


def test_an_interrupted_first_read_is_brought_up_to_the_present() -> None:
    with world(web(90, 0)) as github:
        first = _stopped(github, "pulls", 1)
        _touch(github, 2, minute=5000)
        second = github.read(after=first, resources=("pulls",))
        third = github.read(after=second, resources=("pulls",))
    assert sorted(second.keys("pulls")).count("acme/web#2") == 1
    assert len({*first.keys("pulls"), *second.keys("pulls")}) == 90
    assert third.pages == []


def test_an_item_that_changes_between_its_page_and_its_history_is_read_anew() -> None:
    def change() -> None:
        github.site.item("acme/web", 1).payload["title"] = "renamed"
        _touch(github, 1, minute=5000)

    third_query = Faults(Planned("/graphql", frozenset({4}), Act(change)))
    with world(GitHubRepository("acme/web", [pull(1, events=250)]), faults=third_query) as github:
        reading = github.read(resources=("pulls",))
    payload = reading.payload("acme/web#1")
    assert payload["title"] == "renamed"
    assert payload["timeline"]["total"] == len(payload["timeline"]["nodes"]) == 252


def test_of_what_was_updated_before_since_nothing_comes() -> None:
    since = datetime(2024, 3, 1, 9, 50, tzinfo=UTC)
    pulls = [pull(number) for number in range(1, 91)]
    issues = [issue(number, minute=number) for number in range(100, 160)]
    with world(GitHubRepository("acme/web", pulls, issues)) as github:
        first = github.read(since=since, resources=("pulls", "issues"))
        second = github.read(after=first, since=since, resources=("pulls", "issues"))
    assert sorted(first.keys("pulls")) == sorted(f"acme/web#{n}" for n in range(50, 91))
    assert len(first.keys("issues")) == 60
    assert (second.pages, second.requests) == ([], 2)


def test_an_earlier_since_reads_what_was_left_out() -> None:
    late, early = datetime(2024, 3, 1, 9, 50, tzinfo=UTC), datetime(2024, 3, 1, 9, 10, tzinfo=UTC)
    with world(web(90, 0)) as github:
        first = github.read(since=late, resources=("pulls",))
        second = github.read(after=first, since=early, resources=("pulls",))
    assert len(first.keys("pulls")) == 41
    assert len(second.keys("pulls")) == 81


@pytest.mark.parametrize("text", ["", "nonsense", "{}", "[1]", '{"form": 0}', None])
def test_a_cursor_that_says_nothing_begins_anew(text: str | None) -> None:
    assert Cursor.of(text, None, "here") == Cursor("here", None)


def test_a_cursor_is_read_as_it_was_written() -> None:
    state = State("2024-03-01T09:00:00Z", 7, after="abc", by="graphql", again=(3, 5))
    cursor = Cursor("here", "2024-01-01T00:00:00+00:00", {"acme/web": state})
    assert Cursor.of(cursor.text(), datetime(2024, 1, 1, tzinfo=UTC), "here") == cursor

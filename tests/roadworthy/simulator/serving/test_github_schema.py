"""The pruned schema is one, knows what the connector asks for, and can be older or newer."""

from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLObjectType, GraphQLUnionType, parse, validate

from connectors.github.selections import (
    ACCOUNT,
    ISSUE_EVENTS,
    MILESTONE,
    PULL_REQUEST_EVENTS,
    REFERENCE,
    item_type,
    members,
    timeline,
)
from roadworthy.simulator.serving import github_edition as editions
from roadworthy.simulator.serving.github_edition import CLOUD, OLD_ENTERPRISE, Edition, schema_of
from roadworthy.simulator.serving.github_events import KINDS
from roadworthy.simulator.serving.github_schema import executable
from tests.roadworthy.simulator.serving.github_acme import acme, lined

EVENTS = {"PullRequest": PULL_REQUEST_EVENTS, "Issue": ISSUE_EVENTS}
PROJECT_EVENTS = {
    "AddedToProjectV2Event",
    "RemovedFromProjectV2Event",
    "ProjectV2ItemStatusChangedEvent",
}


def events_of(edition: Edition, kind: str) -> set[str]:
    union = schema_of(edition).type_map[f"{kind}TimelineItems"]
    assert isinstance(union, GraphQLUnionType)
    return {member.name for member in union.types}


@pytest.mark.parametrize("kind", ["PullRequest", "Issue"])
def test_today_s_github_has_all_the_events_that_the_connector_asks_for(kind: str) -> None:
    assert set(EVENTS[kind]) <= events_of(CLOUD, kind)


@pytest.mark.parametrize("edition", [CLOUD, editions.ENTERPRISE])
@pytest.mark.parametrize("kind", ["PullRequest", "Issue"])
def test_what_the_connector_asks_of_an_item_is_valid_with_what_is_known(
    edition: Edition, kind: str
) -> None:
    holder = schema_of(edition).type_map[kind]
    assert isinstance(holder, GraphQLObjectType)
    known = {*holder.fields, *events_of(edition, kind)}
    selected = "\n".join((*members(kind, known), timeline(EVENTS[kind], known, first="100")))
    text = f"""
        {{ node(id: "x") {{ ... on {kind} {{ {selected} }} }} }} {ACCOUNT} {REFERENCE} {MILESTONE}
    """
    assert validate(schema_of(edition), parse(text)) == []


@pytest.mark.parametrize(
    "edition",
    [CLOUD, editions.CLOUD_WITHOUT_PROJECT_EVENTS, editions.ENTERPRISE, OLD_ENTERPRISE],
)
@pytest.mark.parametrize("kind", ["PullRequest", "Issue"])
def test_every_kind_of_event_can_be_asked_for_by_its_name(edition: Edition, kind: str) -> None:
    names = schema_of(edition).type_map[f"{kind}TimelineItemsItemType"]
    assert isinstance(names, GraphQLEnumType)
    assert set(names.values) == {item_type(event) for event in events_of(edition, kind)}


def test_every_kind_of_event_that_rest_has_is_one_of_graphql() -> None:
    assert set(KINDS.values()) <= set(schema_of(CLOUD).type_map)


@pytest.mark.parametrize("kind", ["PullRequest", "Issue"])
def test_moves_on_boards_are_events_of_newer_servers_only(kind: str) -> None:
    before = events_of(editions.CLOUD_WITHOUT_PROJECT_EVENTS, kind)
    assert events_of(CLOUD, kind) - before == PROJECT_EVENTS


def test_an_old_enterprise_lacks_merge_queues_reasons_and_linked_issues() -> None:
    text = '{ __type(name: "%s") { fields { name } possibleTypes { name } } }'
    with lined(acme(edition=OLD_ENTERPRISE)) as line:

        def told(name: str, member: str) -> set[str]:
            described: Any = line.data(text % name)["__type"][member]
            return {one["name"] for one in described}

        assert {"isInMergeQueue", "closingIssuesReferences"}.isdisjoint(
            told("PullRequest", "fields")
        )
        assert {"stateReason", "issueType", "parent"}.isdisjoint(told("Issue", "fields"))
        assert "stateReason" not in told("ClosedEvent", "fields")
        assert "AddedToMergeQueueEvent" not in told("PullRequestTimelineItems", "possibleTypes")
        assert "timelineItems" in told("PullRequest", "fields")


def test_a_schema_is_built_once_for_each_edition() -> None:
    assert executable(Edition(version="3.9.0")) is executable(Edition(version="3.9.0"))
    assert executable(CLOUD) is not executable(OLD_ENTERPRISE)

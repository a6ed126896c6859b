"""Which GitHub it is: today's, one without this or that, an old Enterprise, one without GraphQL.

``github.graphql`` holds what everybody had at one time. What came later is added here, so that a
server with and one without it can be had; what an older server did not have is left out by name.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final

from graphql import GraphQLSchema, build_schema

_PROJECT_EVENT: Final = "actor: Actor createdAt: DateTime! id: ID! project: ProjectV2"
_PROJECT_EVENTS: Final = f"""
type AddedToProjectV2Event implements Node {{ {_PROJECT_EVENT} wasAutomated: Boolean! }}
type RemovedFromProjectV2Event implements Node {{ {_PROJECT_EVENT} wasAutomated: Boolean! }}
type ProjectV2ItemStatusChangedEvent implements Node {{
  {_PROJECT_EVENT} wasAutomated: Boolean! previousStatus: String! status: String!
}}
""" + "".join(
    f"""
extend union {items} =
  AddedToProjectV2Event | ProjectV2ItemStatusChangedEvent | RemovedFromProjectV2Event
extend enum {items}ItemType {{
  ADDED_TO_PROJECT_V2_EVENT PROJECT_V2_ITEM_STATUS_CHANGED_EVENT REMOVED_FROM_PROJECT_V2_EVENT
}}
"""
    for items in ("PullRequestTimelineItems", "IssueTimelineItems")
)
_ISSUE_TYPES: Final = """
type IssueType implements Node { id: ID! name: String! description: String isEnabled: Boolean! }
extend type Issue { issueType: IssueType }
type IssueTypeAddedEvent implements Node {
  actor: Actor createdAt: DateTime! id: ID! issueType: IssueType
}
type IssueTypeChangedEvent implements Node {
  actor: Actor createdAt: DateTime! id: ID! issueType: IssueType prevIssueType: IssueType
}
type IssueTypeRemovedEvent implements Node {
  actor: Actor createdAt: DateTime! id: ID! issueType: IssueType
}
extend union IssueTimelineItems =
  IssueTypeAddedEvent | IssueTypeChangedEvent | IssueTypeRemovedEvent
extend enum IssueTimelineItemsItemType {
  ISSUE_TYPE_ADDED_EVENT ISSUE_TYPE_CHANGED_EVENT ISSUE_TYPE_REMOVED_EVENT
}
"""


@dataclass(frozen=True)
class Edition:
    """What a server's GraphQL has, and what it says it is."""

    has_graphql: bool = True
    has_timelines_as_preview: bool = False
    """Whether REST gives timelines only to those who ask for the preview of them."""
    has_project_events: bool = True
    has_issue_types: bool = True
    lacks: frozenset[str] = frozenset()
    """Types, and members as ``Type.member``, that the server does not have."""
    version: str | None = None
    """Of an Enterprise server; None for github.com."""


CLOUD: Final = Edition()
CLOUD_WITHOUT_PROJECT_EVENTS: Final = Edition(has_project_events=False)
ENTERPRISE: Final = Edition(
    has_project_events=False,
    has_issue_types=False,
    lacks=frozenset(
        {
            "AddedToMergeQueueEvent",
            "RemovedFromMergeQueueEvent",
            "ParentIssueAddedEvent",
            "ParentIssueRemovedEvent",
            "SubIssueAddedEvent",
            "SubIssueRemovedEvent",
            "PullRequest.isInMergeQueue",
            "Issue.parent",
            "Issue.subIssues",
        }
    ),
    version="3.9.0",
)
OLD_ENTERPRISE: Final = replace(
    ENTERPRISE,
    lacks=ENTERPRISE.lacks
    | {
        "PullRequest.closingIssuesReferences",
        "Issue.closedByPullRequestsReferences",
        "Issue.stateReason",
        "ClosedEvent.stateReason",
        "ReopenedEvent.stateReason",
    },
    version="3.4.0",
)
WITHOUT_GRAPHQL: Final = Edition(has_graphql=False, has_timelines_as_preview=True, version="2.22.0")


@cache
def sdl() -> str:
    """The schema that everybody had."""
    return files(__package__).joinpath("github.graphql").read_text(encoding="utf-8")


@cache
def schema_of(edition: Edition) -> GraphQLSchema:
    """The schema of an edition; whoever gets it may not change it, but for the resolvers."""
    text = _without(sdl(), edition.lacks)
    text += _PROJECT_EVENTS if edition.has_project_events else ""
    text += _ISSUE_TYPES if edition.has_issue_types else ""
    return build_schema(text)


def item_type(event: str) -> str:
    """The name under which a kind of event is asked for: LABELED_EVENT of LabeledEvent."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", event).upper()


def _without(text: str, lacks: frozenset[str]) -> str:
    """The schema less some types and members; it has each on a line or a paragraph of its own."""
    blocks = text.split("\n\n")
    return "\n\n".join(
        _pruned(block, lacks) for block in blocks if not lacks & {_name_of(block.splitlines()[0])}
    )


def _pruned(block: str, lacks: frozenset[str]) -> str:
    """One definition without the lines that name what is lacking."""
    first, *rest = block.splitlines()
    words = lacks | {item_type(name) for name in lacks}
    holder = _name_of(first)
    kept = [
        line
        for line in rest
        if f"{holder}.{line.split('(')[0].split(':')[0].strip()}" not in lacks
        and not words & {_type_of(line)}
    ]
    return "\n".join([first, *kept])


def _name_of(line: str) -> str:
    """What a definition that begins so is called."""
    return line.split()[1] if " " in line else ""


def _type_of(line: str) -> str:
    """The type of a member, the member of a union, or the value of an enumeration."""
    return line.rpartition(":")[2].strip(" |[]!")

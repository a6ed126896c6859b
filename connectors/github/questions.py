"""The texts of all that is asked of GraphQL."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from graphql import FieldNode, OperationDefinitionNode, parse, print_ast

from connectors.github.selections import (
    ACCOUNT,
    ISSUE_EVENTS,
    MILESTONE,
    PULL_REQUEST_EVENTS,
    REFERENCE,
    members,
    timeline,
)
from connectors.protocol import Resource

KINDS: Final[Mapping[str, str]] = {"pulls": "PullRequest", "issues": "Issue"}
_EVENTS: Final = {"pulls": PULL_REQUEST_EVENTS, "issues": ISSUE_EVENTS}
_CONNECTIONS: Final = {"pulls": "pullRequests", "issues": "issues"}
_SINGLE: Final = {"pulls": "pullRequest", "issues": "issue"}
_TEAM_OF_REVIEW: Final = "... on Team { slug name }"
_NO_TEAM: Final = "... on Team { type: __typename }"

_FIELDS: Final = "fields(includeDeprecated: true) { name }"
SCHEMA: Final = f"""
query {{
  pulls: __type(name: "PullRequest") {{ {_FIELDS} }}
  issues: __type(name: "Issue") {{ {_FIELDS} }}
  pulls_events: __type(name: "PullRequestTimelineItems") {{ possibleTypes {{ name {_FIELDS} }} }}
  issues_events: __type(name: "IssueTimelineItems") {{ possibleTypes {{ name {_FIELDS} }} }}
}}
"""
REPOSITORIES_OF_OWNER: Final = """
query($owner: String!, $after: String) {
  owner: repositoryOwner(login: $owner) {
    repositories(
      first: 100, after: $after, isFork: false, ownerAffiliations: [OWNER],
      orderBy: {field: NAME, direction: ASC}
    ) {
      pageInfo { hasNextPage endCursor }
      nodes { full_name: nameWithOwner }
    }
  }
}
"""
_MILESTONES: Final = """
milestones(first: 100, after: $after, orderBy: {field: NUMBER, direction: ASC}) {
  pageInfo { hasNextPage endCursor }
  nodes { ...milestone }
}
"""
MILESTONES: Final = f"""
query($owner: String!, $name: String!, $after: String) {{
  repository(owner: $owner, name: $name) {{ {_MILESTONES} }}
}}
{MILESTONE}
"""
TEAM: Final = f"""
query($owner: String!, $slug: String!, $after: String) {{
  owner: organization(login: $owner) {{
    team(slug: $slug) {{
      members(first: 100, after: $after) {{
        pageInfo {{ hasNextPage endCursor }}
        nodes {{ ...account }}
      }}
    }}
  }}
}}
{ACCOUNT}
"""
_FIELD: Final = "field { ... on ProjectV2FieldCommon { id name } }"
BOARD: Final = f"""
query($owner: String!, $number: Int!, $after: String) {{
  owner: repositoryOwner(login: $owner) {{
    ... on ProjectV2Owner {{
      board: projectV2(number: $number) {{
        id title
        items(first: 50, after: $after) {{
          pageInfo {{ hasNextPage endCursor }}
          nodes {{
            id
            content {{
              ... on Issue {{ number repository {{ full_name: nameWithOwner }} }}
              ... on PullRequest {{ number repository {{ full_name: nameWithOwner }} }}
            }}
            values: fieldValues(first: 100) {{
              nodes {{
                ... on ProjectV2ItemFieldDateValue {{ date {_FIELD} }}
                ... on ProjectV2ItemFieldIterationValue {{
                  id: iterationId title start: startDate duration {_FIELD}
                }}
              }}
            }}
          }}
        }}
      }}
    }}
  }}
}}
"""


def survey(repositories: int, known: Mapping[str, Collection[str]]) -> str:
    """What there is in some repositories, and in the same breath whether items can be asked for.

    The question for an item stands in it and is never executed: a server that does not know one of
    its members says so here, before anything is read.
    """
    wanted = "\n".join(
        f"r{at}: repository(owner: $o{at}, name: $n{at}) {{ ...view }}"
        for at in range(repositories)
    )
    variables = " ".join(f"$o{at}: String! $n{at}: String!" for at in range(repositories))
    newest = "first: 1, orderBy: {field: UPDATED_AT, direction: DESC}"
    return f"""
    query({variables} $after: String, $never: Boolean!, $events: Int!) {{ {wanted} }}
    fragment view on Repository {{
      full_name: nameWithOwner
      pulls: pullRequests({newest}) {{ total: totalCount nodes {{ updated_at: updatedAt }} }}
      issues({newest}) {{ total: totalCount nodes {{ updated_at: updatedAt }} }}
      {_MILESTONES}
      a_pull: pullRequests(first: 1) @include(if: $never) {{ nodes {{ ...pulls_item }} }}
      an_issue: issues(first: 1) @include(if: $never) {{ nodes {{ ...issues_item }} }}
    }}
    {_item("pulls", known["pulls"])} {_item("issues", known["issues"])}
    {ACCOUNT} {REFERENCE} {MILESTONE}
    """


def page(resource: Resource, known: Collection[str], *, is_newest_first: bool) -> str:
    """A page of items with all that is told of them."""
    return f"""
    query($owner: String!, $name: String!, $first: Int!, $events: Int!, $after: String) {{
      repository(owner: $owner, name: $name) {{
        {_connection(resource, is_newest_first=is_newest_first)} {{
          pageInfo {{ hasNextPage endCursor }}
          nodes {{ ...{resource.name}_item }}
        }}
      }}
    }}
    {_item_and_parts(resource, known)}
    """


def numbers(resource: Resource, *, is_newest_first: bool) -> str:
    """A page of items by number alone."""
    return f"""
    query($owner: String!, $name: String!, $first: Int!, $after: String) {{
      repository(owner: $owner, name: $name) {{
        {_connection(resource, is_newest_first=is_newest_first)} {{
          pageInfo {{ hasNextPage endCursor }}
          nodes {{ number updated_at: updatedAt }}
        }}
      }}
    }}
    """


def numbered(resource: Resource, known: Collection[str], wanted: Sequence[int]) -> str:
    """The items with these numbers, each under a name of its own."""
    single = _SINGLE[resource.name]
    items = "\n".join(
        f"i{number}: {single}(number: {number}) {{ ...{resource.name}_item }}" for number in wanted
    )
    return f"""
    query($owner: String!, $name: String!, $events: Int!) {{
      repository(owner: $owner, name: $name) {{ {items} }}
    }}
    {_item_and_parts(resource, known)}
    """


def more_events(resource: Resource, known: Collection[str], items: int) -> str:
    """The next events of some items, each from a place of its own."""
    kind = KINDS[resource.name]
    events = _events(resource.name, known)
    variables = " ".join(f"$i{at}: ID! $c{at}: String!" for at in range(items))
    wanted = "\n".join(
        f"i{at}: node(id: $i{at}) {{ ... on {kind} {{ updated_at: updatedAt "
        f"{timeline(events, known, after=f'$c{at}', first='$events')} }} }}"
        for at in range(items)
    )
    return f"query({variables} $events: Int!) {{ {wanted} }} {ACCOUNT} {REFERENCE}"


def without_unknown(selection: str, kind: str, known: Collection[str]) -> str:
    """The selection of a type without the members that the server's type does not have.

    Args:
        selection: what is asked of the type.
        kind: the type.
        known: members as ``Type.member``; of a type that has none there, all are taken as known.
    """
    if not any(name.startswith(f"{kind}.") for name in known):
        return selection
    (operation,) = parse(f"{{ {selection} }}", no_location=True).definitions
    assert isinstance(operation, OperationDefinitionNode)  # noqa: S101 - for the type checker
    kept = [
        node
        for node in operation.selection_set.selections
        if not isinstance(node, FieldNode) or f"{kind}.{node.name.value}" in known
    ]
    return " ".join(print_ast(node) for node in kept)


def _connection(resource: Resource, *, is_newest_first: bool) -> str:
    order = "UPDATED_AT, direction: DESC" if is_newest_first else "CREATED_AT, direction: ASC"
    name = _CONNECTIONS[resource.name]
    return f"things: {name}(first: $first, after: $after, orderBy: {{field: {order}}})"


def _item_and_parts(resource: Resource, known: Collection[str]) -> str:
    return f"{_item(resource.name, known)} {ACCOUNT} {REFERENCE} {MILESTONE}"


def _item(resource: str, known: Collection[str]) -> str:
    kind = KINDS[resource]
    told = _as_granted("\n".join(members(kind, known)), known)
    events = timeline(_events(resource, known), known, first="$events")
    return f"fragment {resource}_item on {kind} {{ {told} {events} }}"


def _events(resource: str, known: Collection[str]) -> Mapping[str, str]:
    return {
        event: without_unknown(_as_granted(asked, known), event, known)
        for event, asked in _EVENTS[resource].items()
        if event in known
    }


def _as_granted(text: str, known: Collection[str]) -> str:
    """The text without the names of teams where this account may not ask for them."""
    return text if "Team" in known else text.replace(_TEAM_OF_REVIEW, _NO_TEAM)

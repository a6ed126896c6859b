"""GraphQL for real: parsed, validated, weighed, executed, and refused in GitHub's words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    execute_sync,
    get_operation_ast,
    parse,
    validate,
    value_from_ast_untyped,
)

from roadworthy.simulator.github_timeline import Json
from roadworthy.simulator.serving.github_limits import NODES_AT_MOST
from roadworthy.simulator.serving.github_schema import executable
from roadworthy.simulator.serving.github_viewing import Viewing
from roadworthy.simulator.serving.github_weight import Scale, Weight

_UNKNOWN_MEMBER: Final = re.compile(r"Cannot query field '(\w+)' on type '(\w+)'\.")


class OverloadError(Exception):
    """The query is too heavy to be answered in time."""


class QuotaSpentError(Exception):
    """No points are left for the query."""


@dataclass(frozen=True)
class Query:
    """A query that the schema allows, and what it weighs."""

    document: DocumentNode
    variables: Mapping[str, Any]
    weight: Weight


def answer(viewing: Viewing, asked: Mapping[str, Any]) -> Json:
    """The answer to a query.

    Raises:
        OverloadError: there are more nodes to give than the site manages.
        QuotaSpentError: the limit of the hour is used up.
    """
    try:
        query = _read(viewing, asked)
    except GraphQLError as error:
        return {"errors": [{"message": f"Parse error: {error.message}"}]}
    if not isinstance(query, Query):
        return {"errors": [_told(error) for error in query]}
    _charge(viewing, query.weight)
    return _execute(viewing, query)


def _read(viewing: Viewing, asked: Mapping[str, Any]) -> Query | list[GraphQLError]:
    """The query, or what is wrong with it."""
    schema, document = executable(viewing.site.edition), parse(str(asked.get("query") or ""))
    if errors := validate(schema, document):
        return errors
    operation = get_operation_ast(document)
    if operation is None:
        return [GraphQLError("An operation name is required")]
    variables = {**_defaults(operation), **(asked.get("variables") or {})}
    fragments = [d for d in document.definitions if isinstance(d, FragmentDefinitionNode)]
    scale = Scale(schema, {f.name.value: f for f in fragments}, variables, viewing.access)
    weight = scale.weigh(operation)
    return weight.errors or _too_many(weight) or Query(document, variables, weight)


def _defaults(operation: OperationDefinitionNode) -> dict[str, object]:
    return {
        definition.variable.name.value: value_from_ast_untyped(definition.default_value)
        for definition in operation.variable_definitions or ()
        if definition.default_value is not None
    }


def _too_many(weight: Weight) -> list[GraphQLError]:
    if weight.nodes <= NODES_AT_MOST:
        return []
    message = (
        f"This query requests up to {weight.nodes:,} possible nodes which exceeds the maximum "
        f"limit of {NODES_AT_MOST:,}."
    )
    return [GraphQLError(message, extensions={"type": "MAX_NODE_LIMIT_EXCEEDED"})]


def _charge(viewing: Viewing, weight: Weight) -> None:
    ceiling, quota = viewing.site.troubles.node_ceiling, viewing.site.quotas["graphql"]
    if ceiling is not None and weight.nodes > ceiling:
        raise OverloadError
    if quota.is_spent(weight.cost):
        raise QuotaSpentError
    quota.spend(weight.cost)


def _execute(viewing: Viewing, query: Query) -> Json:
    result = execute_sync(
        executable(viewing.site.edition),
        query.document,
        {"rateLimit": lambda _info: _rate_limit(viewing, query.weight)},
        viewing,
        dict(query.variables),
    )
    errors = [_told(error) for error in result.errors or ()]
    return {"data": result.data, **({"errors": errors} if errors else {})}


def _rate_limit(viewing: Viewing, weight: Weight) -> Json:
    quota = viewing.site.quotas["graphql"]
    return {
        "cost": weight.cost,
        "limit": quota.limit,
        "nodeCount": weight.nodes,
        "remaining": quota.remaining,
        "resetAt": quota.resets_at_in_words,
        "used": quota.used,
    }


def _told(error: GraphQLError) -> Json:
    """An error as GitHub tells it: its type beside the message, and where it belongs."""
    kind = (error.extensions or {}).get("type")
    unknown = _UNKNOWN_MEMBER.match(error.message)
    told: Json = {"type": kind} if kind else {}
    if error.path:
        told["path"] = error.path
    if unknown:
        told["extensions"] = {
            "code": "undefinedField",
            "typeName": unknown[2],
            "fieldName": unknown[1],
        }
    told["locations"] = [{"line": at.line, "column": at.column} for at in error.locations or ()]
    words = f"Field '{unknown[1]}' doesn't exist on type '{unknown[2]}'" if unknown else None
    return {**told, "message": words or error.message}

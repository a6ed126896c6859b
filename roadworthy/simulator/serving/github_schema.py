"""An edition's schema with a resolver at each member, built once for each edition."""

from functools import cache
from typing import Any, Final

from graphql import GraphQLObjectType, GraphQLSchema, is_abstract_type

from roadworthy.simulator.serving import (
    github_events,
    github_items,
    github_owners,
    github_planning,
    github_roots,
    github_spellings,
)
from roadworthy.simulator.serving.github_boards import Board
from roadworthy.simulator.serving.github_edition import Edition, schema_of
from roadworthy.simulator.serving.github_events import Resolver
from roadworthy.simulator.serving.github_viewing import Info

_TABLES: Final = (
    github_events.RESOLVERS,
    github_items.RESOLVERS,
    github_owners.RESOLVERS,
    github_planning.RESOLVERS,
    github_roots.RESOLVERS,
    github_spellings.SPELT,
)


@cache
def executable(edition: Edition) -> GraphQLSchema:
    """The schema of an edition, ready to be executed."""
    schema = schema_of(edition)
    for kind in schema.type_map.values():
        if is_abstract_type(kind):
            kind.resolve_type = _kind_of
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            for name, field in kind.fields.items():
                field.resolve = _resolver(kind.name, name)
    return schema


def _resolver(kind: str, name: str) -> Resolver:
    own = (table[kind][name] for table in _TABLES if name in table.get(kind, {}))
    return next(own, None) or github_spellings.OF_ALL.get(name) or github_spellings.same(name)


def _kind_of(source: Any, _info: Info, _kind: object) -> str:  # noqa: ANN401
    """What GraphQL calls what a resolver found."""
    if isinstance(source, tuple):
        return "ProjectV2Item"
    return "ProjectV2" if isinstance(source, Board) else str(source.kind)

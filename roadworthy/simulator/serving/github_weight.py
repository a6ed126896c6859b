"""What a query may give at most and what it costs, reckoned before it is executed, as GitHub does.

Every connection of a query multiplies what stands within it by its ``first`` or ``last``. The
number of nodes is what it can give in all; its cost is how often a connection has to be asked, a
hundred askings for a point.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    get_named_type,
    value_from_ast_untyped,
)

from roadworthy.simulator.serving.github_access import SCOPES, Access

_ASKINGS_PER_POINT: Final = 100
_AT_ONCE: Final = 100


@dataclass
class Weight:
    """What a query asks for."""

    nodes: int = 0
    askings: int = 0
    errors: list[GraphQLError] = field(default_factory=list)
    """Connections asked for without a bound or beyond the hundred that come at once, and members
    that the token has no scope for."""

    @property
    def cost(self) -> int:
        """Points that the query takes off the limit."""
        return max(1, round(self.askings / _ASKINGS_PER_POINT))


@dataclass(frozen=True)
class Scale:
    """Weighs operations of one document."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]
    access: Access

    def weigh(self, operation: OperationDefinitionNode) -> Weight:
        """The weight of an operation."""
        weight, query = Weight(), self.schema.query_type
        if query is not None:
            self._add(weight, operation.selection_set, query, 1)
        return weight

    def _add(
        self, weight: Weight, selected: SelectionSetNode, holder: GraphQLNamedType, times: int
    ) -> None:
        for node, owner in self._fields(selected, holder):
            if node.name.value.startswith("__"):
                continue
            weight.errors += self._refusals(node, owner)
            if node.selection_set is None:
                continue
            kind = get_named_type(owner.fields[node.name.value].type)
            given = times
            if kind.name.endswith("Connection"):
                weight.askings += times
                given = times * self._size(weight, node)
                weight.nodes += given
            elif node.name.value == "nodes" and owner is self.schema.query_type:
                given = len(self._arguments(node).get("ids", ()))
                weight.nodes += given
            self._add(weight, node.selection_set, kind, given)

    def _fields(
        self, selected: SelectionSetNode, holder: GraphQLNamedType
    ) -> Iterator[tuple[FieldNode, GraphQLObjectType | GraphQLInterfaceType]]:
        """The members asked for, within fragments too, each with the type that has it."""
        for node in selected.selections:
            if self._is_left_out(node):
                continue
            if isinstance(node, FieldNode):
                if isinstance(holder, GraphQLObjectType | GraphQLInterfaceType):
                    yield node, holder
                continue
            fragment = (
                self.fragments[node.name.value] if isinstance(node, FragmentSpreadNode) else node
            )
            if isinstance(fragment, InlineFragmentNode | FragmentDefinitionNode):
                condition = fragment.type_condition
                kind = self.schema.type_map[condition.name.value] if condition else holder
                yield from self._fields(fragment.selection_set, kind)

    def _is_left_out(self, node: SelectionNode) -> bool:
        """Whether an ``@include`` or a ``@skip`` says not to ask for it."""
        return any(
            self._arguments(directive).get("if") is not (directive.name.value == "include")
            for directive in node.directives or ()
        )

    def _refusals(self, node: FieldNode, owner: GraphQLNamedType) -> Iterator[GraphQLError]:
        scopes = SCOPES.get(owner.name) or SCOPES.get(f"{owner.name}.{node.name.value}")
        if scopes and not self.access.may(*scopes):
            yield _error(
                "INSUFFICIENT_SCOPES",
                "Your token has not been granted the required scopes to execute this query. The "
                f"'{node.name.value}' field requires one of the following scopes: {list(scopes)}, "
                f"but your token has only been granted the: {list(self.access.scopes or ())} "
                "scopes.",
                node,
            )

    def _size(self, weight: Weight, node: FieldNode) -> int:
        """How many a connection gives at most."""
        name, arguments = node.name.value, self._arguments(node)
        bound = "first" if arguments.get("first") is not None else "last"
        size = arguments.get(bound)
        if size is None:
            weight.errors.append(
                _error(
                    "MISSING_PAGINATION_BOUNDARIES",
                    "You must provide a `first` or `last` value to properly paginate "
                    f"the `{name}` connection.",
                    node,
                )
            )
            return 0
        if size > _AT_ONCE:
            weight.errors.append(
                _error(
                    "EXCESSIVE_PAGINATION",
                    f"Requesting {size} records on the `{name}` connection exceeds the "
                    f"`{bound}` limit of {_AT_ONCE} records.",
                    node,
                )
            )
        return int(size)

    def _arguments(self, node: FieldNode | DirectiveNode) -> dict[str, Any]:
        variables = dict(self.variables)
        return {
            argument.name.value: value_from_ast_untyped(argument.value, variables)
            for argument in node.arguments or ()
        }


def _error(kind: str, message: str, node: FieldNode) -> GraphQLError:
    return GraphQLError(message, node, extensions={"type": kind})

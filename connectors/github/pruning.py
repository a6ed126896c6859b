"""A selection less what a server does not know, so that an older one answers all the same."""

from collections.abc import Collection

from graphql import FieldNode, OperationDefinitionNode, parse, print_ast


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

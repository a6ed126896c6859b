"""Issues and pull requests in an answer: each is known by its number, or the answer is refused."""

from collections.abc import Iterable, Mapping
from typing import Any

from connectors.answers import Answer, PassingError
from connectors.github.judging import OTHER_SHAPE, Listed, listed


def things(answer: Answer, where: str) -> Listed:
    """One page of a REST list of issues or of pull requests."""
    page = listed(answer, where)
    refuse_nameless(page.items)
    return page


def refuse_nameless(items: Iterable[Any]) -> None:
    """Refuse a page of things of which one has no number, or no instant of its last update.

    Left out, it would seem to be gone.

    Raises:
        PassingError: one has not.
    """
    for one in items:
        is_whole = (
            isinstance(one, Mapping)
            and isinstance(one.get("number"), int)
            and isinstance(one.get("updated_at"), str)
        )
        if not is_whole:
            raise PassingError(OTHER_SHAPE)

"""What is read whole each time, because only copies show how it was: milestones, teams, boards."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from connectors.github.payloads import MILESTONES, PROJECT_DATES, TEAMS
from connectors.github.reading import Reader, View
from connectors.github.run import Run
from connectors.github.walking import judged
from connectors.protocol import (
    NotVisibleError,
    Page,
    Payload,
    Quarantined,
    Record,
    Resource,
)

PAGE_SIZE: Final = 500
"""Things on a page."""


def milestones(run: Run, views: tuple[View, ...]) -> Iterator[Page]:
    """Yield the milestones of all repositories."""
    return _paged(
        MILESTONES,
        (
            (f"{view.name}: milestone {at}", payload)
            for view in views
            for at, payload in enumerate(_flat(run.reader.milestones(view)), start=1)
        ),
    )


def teams(run: Run, wanted: Sequence[str]) -> Iterator[Page]:
    """Yield the wanted teams, each with its members.

    Raises:
        NotVisibleError: after the others, for those that this account may not see.
    """
    return _visible(run, wanted, lambda name: _paged(TEAMS, [(name, _team(run.reader, name))]))


def project_dates(run: Run, boards: Sequence[str]) -> Iterator[Page]:
    """Yield the dates and iterations of the items on the boards.

    Raises:
        NotVisibleError: after the others, for those that this account may not see.
    """
    return _visible(
        run,
        boards,
        lambda board: _paged(
            PROJECT_DATES,
            (
                (f"project {board}: value {at}", payload)
                for at, payload in enumerate(_flat(run.reader.dated_items(board)), start=1)
            ),
        ),
    )


def _visible(
    run: Run, names: Sequence[str], pages: Callable[[str], Iterator[Page]]
) -> Iterator[Page]:
    errors: list[NotVisibleError] = []
    for name in dict.fromkeys(names):
        try:
            yield from pages(name)
        except NotVisibleError as error:
            errors.append(error)
    run.hidden.extend(text for error in errors if (text := str(error)) not in run.hidden)
    if errors:
        raise NotVisibleError("; ".join(str(error) for error in errors))


def _team(reader: Reader, name: str) -> Payload:
    organisation, _, slug = name.partition("/")
    members = (dict(member) for member in reader.members(organisation, slug))
    # In an order of our own, so that the same members are the same payload at every sync.
    return {"id": name, "slug": slug, "members": sorted(members, key=_login)}


def _login(member: Payload) -> str:
    return str(member.get("login"))


def _paged(resource: Resource, payloads: Iterable[tuple[str, Payload]]) -> Iterator[Page]:
    things = _distinct(judged(resource, place, payload) for place, payload in payloads)
    while page := tuple(islice(things, PAGE_SIZE)):
        yield Page.of(resource, page)


def _distinct(things: Iterable[Record | Quarantined]) -> Iterator[Record | Quarantined]:
    """Each key once: a list that moves while it is paged through may name one again."""
    seen: set[str] = set()
    for thing in things:
        if isinstance(thing, Quarantined) or thing.key not in seen:
            yield thing
        if isinstance(thing, Record):
            seen.add(thing.key)


def _flat(pages: Iterator[tuple[Payload, ...]]) -> Iterator[Payload]:
    for page in pages:
        yield from page

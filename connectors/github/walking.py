"""Repository by repository, page by page, from where each was left to how it is now.

A repository read for the first time is read in order of creation, which nothing that happens
meanwhile can shift; one that is known, or of which only the last years are wanted, from its newest
update down to what is known. What is updated during a read is newer than the mark that the read
will leave, and comes with the next.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from connectors.decoding import UnusableError
from connectors.excerpts import excerpt
from connectors.github.cursors import Cursor, State
from connectors.github.payloads import record
from connectors.github.reading import Chunk, Place, Reader, View
from connectors.github.refusals import LostPlaceError
from connectors.instants import instant
from connectors.protocol import Page, Payload, Quarantined, Record, Resource

OVERLAP: Final = timedelta(minutes=10)
"""How long an update may take until every list of GitHub's shows it."""


@dataclass(slots=True)
class Walk:
    """One read of one resource of all repositories."""

    reader: Reader
    resource: Resource
    since: datetime | None
    cursor: Cursor
    _came: dict[str, str | None] = field(default_factory=dict, init=False)
    """When what was yielded had been updated: the same again is not yielded, a newer one is."""
    _refused: set[str] = field(default_factory=set, init=False)

    def pages(self, views: tuple[View, ...]) -> Iterator[Page]:
        """Yield what is new, each page with the cursor that stands behind it."""
        for view in views:
            yield from self._again(view)
            yield from self._unfinished(view)
            yield from self._fresh(view)

    def _again(self, view: View) -> Iterator[Page]:
        """What did not come whole the last time."""
        state = self.cursor.states.get(view.name)
        if state is None or not state.again:
            return
        left, lacking = frozenset(state.again), frozenset[int]()
        for chunk in self.reader.numbered(self._place(view, state), state.again):
            left -= {item["number"] for item in chunk.items}
            lacking |= {one.number for one in chunk.lacking}
            yield from self._stored(view, chunk, replace(state, again=tuple(sorted(left))))
        # What neither came nor was lacking is gone.
        self.cursor = self.cursor.at(view.name, replace(state, again=tuple(sorted(lacking))))

    def _unfinished(self, view: View) -> Iterator[Page]:
        """Carry on where a read was stopped; where there is no such place, it is begun anew."""
        state = self.cursor.states.get(view.name)
        if state is None or state.after is None:
            return
        if state.by == self.reader.interface:
            with suppress(LostPlaceError):
                yield from self._read(view, state)
                return
        self.cursor = self.cursor.before(view.name)

    def _fresh(self, view: View) -> Iterator[Page]:
        state = self.cursor.states.get(view.name)
        newest = view.newest[self.resource.name]
        if newest is None or (self.since and newest < self.since):
            return
        if state is not None and newest <= state.marked_at:
            return
        begun = State(
            mark=min(newest, view.at - OVERLAP).isoformat(),
            total=view.totals[self.resource.name],
            floor=_text(self._floor(state)),
            again=state.again if state else (),
        )
        yield from self._read(view, begun)

    def _floor(self, state: State | None) -> datetime | None:
        if state is None:
            return self.since
        known = state.marked_at - OVERLAP
        return max(known, self.since) if self.since else known

    def _read(self, view: View, state: State) -> Iterator[Page]:
        place = self._place(view, state)
        while True:
            chunk = self.reader.chunk(place)
            after = None if _is_below(chunk, state.floor_at) else chunk.after
            reached = replace(state, after=None, by=None, floor=None)
            if after is not None:
                reached = replace(state, after=after, by=self.reader.interface)
            yield from self._stored(view, chunk, reached)
            if after is None:
                return
            state = self.cursor.states[view.name]
            place.moved(after)

    def _place(self, view: View, state: State) -> Place:
        place = Place(self.resource, view.name, is_newest_first=state.floor is not None)
        if state.after is not None:
            place.moved(state.after)
        return place

    def _stored(self, view: View, chunk: Chunk, state: State) -> Iterator[Page]:
        lacking = frozenset(one.number for one in chunk.lacking)
        self.cursor = self.cursor.at(view.name, state.lacking(lacking))
        page = self._page(view.name, chunk)
        if page.records or page.quarantined:
            yield replace(page, next_cursor=self.cursor.text())

    def _page(self, repository: str, chunk: Chunk) -> Page:
        things = things_of(self.resource, repository, chunk)
        return Page.of(self.resource, filter(self._is_new, things))

    def _is_wanted(self, thing: Record) -> bool:
        at = instant(thing.cursor)
        return self.since is None or at is None or at >= self.since

    def _is_new(self, thing: Record | Quarantined) -> bool:
        if isinstance(thing, Quarantined):
            is_new = thing.place not in self._refused
            self._refused.add(thing.place)
            return is_new
        is_new = thing.key not in self._came or self._came[thing.key] != thing.cursor
        self._came[thing.key] = thing.cursor
        return is_new and self._is_wanted(thing)


def things_of(resource: Resource, repository: str, chunk: Chunk) -> Iterator[Record | Quarantined]:
    """What a chunk brought: records, and what is none with its reason."""
    for item in chunk.items:
        yield judged(resource, f"{repository}#{item.get('number')}", item)
    for one in chunk.lacking:
        yield Quarantined(resource.name, f"{repository}#{one.number}", one.reason, "")


def judged(resource: Resource, place: str, payload: Payload) -> Record | Quarantined:
    """The record of a payload, or the reason why it is none."""
    try:
        return record(resource, payload)
    except UnusableError as error:
        return Quarantined(resource.name, place, str(error), excerpt(str(dict(payload))))


def _is_below(chunk: Chunk, floor: datetime | None) -> bool:
    """Whether the chunk reaches below what is wanted, so that all behind it does."""
    if floor is None:
        return False
    updates = (instant(item.get("updated_at")) for item in chunk.items)
    return any(at < floor for at in updates if at is not None)


def _text(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()

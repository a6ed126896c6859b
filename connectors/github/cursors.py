"""How far each repository has been read, as the text that is stored with every page.

A repository is read to its *mark*: whatever was updated later is still to come. While a read
goes on, its state says where it stands, so that a read which was killed carries on there.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Self

from connectors.instants import instant

_FORM: Final = 2


@dataclass(frozen=True, slots=True)
class State:
    """How far one repository has been read."""

    mark: str
    """Instant to which everything is there once the read is complete."""
    total: int
    """Things that the repository had when the mark was taken."""
    floor: str | None = None
    """Instant down to which it is read from the newest update on; None: in order of creation."""
    after: str | None = None
    """Token of the page that was stored last; None: complete."""
    by: str | None = None
    """The interface whose token it is; to the other one it means nothing."""
    again: tuple[int, ...] = ()
    """Numbers of things that did not come whole."""

    @property
    def marked_at(self) -> datetime:
        """The mark as an instant."""
        return _instant(self.mark)

    @property
    def floor_at(self) -> datetime | None:
        """The floor as an instant."""
        return None if self.floor is None else _instant(self.floor)

    def before(self) -> Self | None:
        """How far it had been read before the read in which it stands; None: not at all."""
        if self.floor is None:
            return None
        return replace(self, mark=self.floor, floor=None, after=None, by=None)

    def lacking(self, numbers: frozenset[int]) -> Self:
        """The state once these did not come whole, too."""
        return replace(self, again=tuple(sorted({*self.again, *numbers})))


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far all repositories of a source have been read."""

    server: str
    """The server that holds them: another one has others of the same names."""
    since: str | None
    """What was updated before it is not wanted."""
    states: Mapping[str, State] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str | None, since: datetime | None, server: str) -> Self:
        """The cursor that was stored; a new one where it is of no use for what is wanted now."""
        fresh = cls(server, since.isoformat() if since else None)
        try:
            stored = cls._parsed(json.loads(text or "null"))
        except (ValueError, TypeError, KeyError, AttributeError):
            return fresh  # of another version: reading again brings the same, later
        if stored.server != server or stored.began_later_than(since):
            return fresh
        return replace(fresh, states=stored.states)

    def at(self, repository: str, state: State) -> Self:
        """The cursor once a repository is in another state."""
        return replace(self, states={**self.states, repository: state})

    def before(self, repository: str) -> Self:
        """The cursor as if the read in which a repository stands had not begun."""
        others = {name: state for name, state in self.states.items() if name != repository}
        before = self.states[repository].before()
        return replace(self, states={**others, **({repository: before} if before else {})})

    def is_at(self, repository: str, newest: datetime | None, total: int) -> bool:
        """Whether a repository was read to its end when it had as much and nothing newer."""
        state = self.states.get(repository)
        if state is None:
            return total == 0
        is_whole = state.after is None and not state.again
        is_new = newest is not None and newest > state.marked_at
        return is_whole and not is_new and state.total == total

    def text(self) -> str:
        """The text to be stored."""
        states = {name: asdict(state) for name, state in self.states.items()}
        told = {"form": _FORM, "server": self.server, "since": self.since, "repositories": states}
        return json.dumps(told)

    @classmethod
    def _parsed(cls, stored: Any) -> Self:  # noqa: ANN401 - JSON
        if stored["form"] != _FORM:
            raise ValueError("another form")
        states = {name: _state(state) for name, state in stored["repositories"].items()}
        if stored["since"] is not None:
            _instant(stored["since"])
        return cls(stored["server"], stored["since"], states)

    def began_later_than(self, since: datetime | None) -> bool:
        """Whether it leaves out what is wanted now."""
        if self.since is None:
            return False
        return since is None or _instant(self.since) > since


def _state(stored: Mapping[str, Any]) -> State:
    state = State(**{**stored, "again": tuple(stored["again"])})
    are_numbers = all(isinstance(one, int) for one in (state.total, *state.again))
    are_texts = all(isinstance(one, str | None) for one in (state.after, state.by))
    if not are_numbers or not are_texts:
        raise TypeError("members of other kinds")
    _instant(state.mark)
    if state.floor is not None:
        _instant(state.floor)
    return state


def _instant(text: str) -> datetime:
    found = instant(text)
    if found is None:
        raise ValueError("no instant")
    return found

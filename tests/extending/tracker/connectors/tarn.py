"""Tarn, an invented tracker: its cards with their moves, and the columns they move through.

Needs a token that may read the board. Tarn keeps no dates, comments or releases: what stands on
them is empty, and the audit says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import requests

from connectors.answers import Answer, RefusedError, decoded, refuse_passing
from connectors.decoding import UnusableError
from connectors.excerpts import excerpt
from connectors.members import identity, required, required_instant
from connectors.protocol import Page, Quarantined, Record, Resource, Snapshot
from connectors.trouble import Patience

CARDS: Final = Resource("cards", key="id", cursor="changed", classified=frozenset({"mail"}))
COLUMNS: Final = Resource("columns", key="id")
_SECONDS: Final = (10, 90)
_FIRST_REFUSAL: Final = 400


@dataclass
class TarnConnector:
    """The cards of one board."""

    name: str
    server: str
    token: str = field(repr=False)
    patience: Patience

    @property
    def tracker(self) -> str:
        """The name with which the staging views of its payloads begin."""
        return "tarn"

    @property
    def is_incremental(self) -> bool:
        """Cards are read from the last change on."""
        return True

    @property
    def requests(self) -> int:
        """Requests sent so far."""
        return self.patience.requests

    @property
    def resources(self) -> tuple[Resource, ...]:
        """What is read, in order."""
        return (CARDS, COLUMNS)

    def fetch(self, resource: Resource, since: str | None) -> Iterator[Page]:
        """Yield the pages of a resource, a cursor with each page of cards."""
        if resource is COLUMNS:
            yield _page(COLUMNS, self._ask("columns")["columns"])
            return
        asked: dict[str, str] = {"since": since or ""}
        while asked:
            told = self._ask("cards", asked)
            if told["cards"]:
                yield _page(CARDS, told["cards"], told["reached"])
            asked = {"page": told["next"]} if told["next"] else {}

    def census(self, resource: Resource, known: frozenset[str]) -> frozenset[str] | None:
        """The ids of all cards there are now; one request tells them."""
        del resource, known  # only cards have a cursor, and there is no cheaper way
        return frozenset(self._ask("cards/ids")["ids"])

    def fetch_only(self, resource: Resource, keys: Sequence[str]) -> Iterator[Page]:
        """Yield the page of the cards with these ids."""
        yield _page(resource, self._ask("cards", {"ids": ",".join(keys)})["cards"])

    def snapshot(self) -> Snapshot:
        """The data stands for the end of the sync."""
        return Snapshot(taken_at=None, lacks=("Tarn keeps no dates, so that slips are unknown",))

    def close(self) -> None:
        """Nothing is held open."""

    def _ask(self, path: str, parameters: dict[str, str] | None = None) -> Any:  # noqa: ANN401 - JSON
        where = f"{self.name}: {path}"

        def send() -> Answer:
            url, bearer = f"{self.server}/{path}", {"authorization": f"Bearer {self.token}"}
            got = requests.get(url, params=parameters, headers=bearer, timeout=_SECONDS)
            headers = {name.lower(): value for name, value in got.headers.items()}
            return Answer(got.status_code, headers, got.text)

        def read(answer: Answer) -> object:
            refuse_passing(answer)
            if answer.status >= _FIRST_REFUSAL:
                told = f"{where}: Tarn answered {answer.status}; see to the token of the source"
                raise RefusedError(told, answer.status)
            return decoded(answer)

        return self.patience.ask(where, send, read)


def _page(resource: Resource, things: Sequence[Any], reached: str | None = None) -> Page:
    return Page.of(resource, (_outcome(resource, one) for one in things), next_cursor=reached)


def _outcome(resource: Resource, thing: Any) -> Record | Quarantined:  # noqa: ANN401 - JSON
    """A record, once it has what staging cannot do without."""
    try:
        if resource is COLUMNS:
            required(thing, "name", str)
            return Record(COLUMNS.name, identity(thing), None, thing)
        required(thing, "moves", list)
        required_instant(thing, "opened")
        return Record(CARDS.name, identity(thing), required_instant(thing, "changed"), thing)
    except UnusableError as error:
        key = str(thing.get("id"))
        return Quarantined(resource.name, f"{resource.name} {key}", str(error), excerpt(str(thing)))

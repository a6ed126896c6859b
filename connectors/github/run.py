"""What one run knows of the server: which interface answers, and what the survey found."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from connectors.github.client import Client
from connectors.github.cursors import Cursor
from connectors.github.graphql import GraphqlReader
from connectors.github.reading import Reader, View
from connectors.github.refusals import UnknownMemberError
from connectors.github.rest import RestReader
from connectors.github.schema import schema_of
from connectors.github.side_questions import Sides
from connectors.github.survey import Survey
from connectors.protocol import Resource


@dataclass(slots=True)
class Run:
    """Asks nothing before something is wanted, and surveys once for all resources."""

    client: Client
    wanted: Sequence[str]
    """Repositories, as the source names them."""
    hidden: list[str] = field(default_factory=list)
    """What this account may not see, in sentences."""
    _begun: tuple[Reader, tuple[View, ...]] | None = field(default=None, init=False)
    _used_for: set[str] = field(default_factory=set, init=False)
    _unchanged: set[tuple[str, str]] = field(default_factory=set, init=False)

    @property
    def reader(self) -> Reader:
        """The interface that answers: GraphQL, or REST where there is none of today."""
        return self._beginning()[0]

    @property
    def lacks(self) -> tuple[str, ...]:
        """What could not be supplied, as far as anything was asked."""
        return (*(self._begun[0].lacks if self._begun else ()), *self.hidden)

    def views(self, resource: Resource) -> tuple[View, ...]:
        """The survey for reading a resource; a new one where that was read with it before."""
        if resource.name in self._used_for:
            self._used_for.clear()
            self._begun = (self.reader, self.reader.views())
        self._used_for.add(resource.name)
        return self.latest()

    def latest(self) -> tuple[View, ...]:
        """The last survey."""
        return self._beginning()[1]

    def note_unchanged(self, resource: Resource, cursor: Cursor) -> None:
        """Keep which repositories show as much, and nothing newer, than the cursor says."""
        for view in self.latest():
            entry = (resource.name, view.name)
            if cursor.is_at(view.name, view.newest[resource.name], view.totals[resource.name]):
                self._unchanged.add(entry)
            else:
                self._unchanged.discard(entry)

    def is_unchanged(self, resource: Resource, view: View) -> bool:
        """Whether that was so for a repository."""
        return (resource.name, view.name) in self._unchanged

    def _beginning(self) -> tuple[Reader, tuple[View, ...]]:
        if self._begun is None:
            self._begun = self._by_graphql() or self._by_rest()
        return self._begun

    def _by_graphql(self) -> tuple[Reader, tuple[View, ...]] | None:
        schema = schema_of(self.client)
        if schema is None:
            return None
        reader = GraphqlReader(schema, Survey(schema, self.wanted), Sides(self.client))
        try:
            return reader, reader.views()
        except UnknownMemberError:
            return None

    def _by_rest(self) -> tuple[Reader, tuple[View, ...]]:
        reader = RestReader(self.client, self.wanted)
        return reader, reader.views()

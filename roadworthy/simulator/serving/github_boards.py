"""Projects (boards) with the dates and iterations that GitHub keeps no history of."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeAlias

from roadworthy.simulator.github_timeline import SITE, Json, node_id
from roadworthy.simulator.serving.github_accounts import number_of
from roadworthy.simulator.serving.github_state import FOUNDED


@dataclass(frozen=True)
class Iteration:
    """A stretch of days that items are planned for."""

    title: str
    starts_on: date
    days: int = 14


Value: TypeAlias = date | Iteration | str | float
"""A date, an iteration, a choice (as of a status), or a number."""


@dataclass(eq=False)
class BoardItem:
    """An item on a board, and the value of each field that has one."""

    repository: str
    number: int
    values: dict[str, Value] = field(default_factory=dict)
    updated_at: str = FOUNDED
    is_archived: bool = False


@dataclass(eq=False)
class Board:
    """A project of an organisation or a user."""

    owner: str
    number: int
    title: str
    items: list[BoardItem] = field(default_factory=list)

    @property
    def payload(self) -> Json:
        """What the project says of itself."""
        return {
            "node_id": self.node_id,
            "id": number_of(self.node_id),
            "number": self.number,
            "title": self.title,
            "closed": False,
            "closed_at": None,
            "public": False,
            "html_url": f"{SITE}/orgs/{self.owner}/projects/{self.number}",
            "created_at": FOUNDED,
            "updated_at": max((item.updated_at for item in self.items), default=FOUNDED),
        }

    @property
    def node_id(self) -> str:
        """Its global id."""
        return node_id("PVT", number_of(f"{self.owner}/{self.number}"))

    @property
    def fields(self) -> dict[str, Value]:
        """The fields by name, each with a value that shows its type."""
        return {name: value for item in self.items for name, value in item.values.items()}

    def field_node_id(self, name: str) -> str:
        """The global id of a field."""
        return node_id("PVTF", number_of(f"{self.node_id}/{name}"))

    def item_node_id(self, item: BoardItem) -> str:
        """The global id of an item on this board."""
        return node_id("PVTI", number_of(f"{self.node_id}/{item.repository}#{item.number}"))

    def item(self, repository: str, number: int) -> BoardItem:
        """The item on this board."""
        return next(i for i in self.items if (i.repository, i.number) == (repository, number))


FIELD_TYPES: Final = {date: "DATE", Iteration: "ITERATION", str: "SINGLE_SELECT", float: "NUMBER"}
VALUE_KINDS: Final = {
    "DATE": "ProjectV2ItemFieldDateValue",
    "ITERATION": "ProjectV2ItemFieldIterationValue",
    "SINGLE_SELECT": "ProjectV2ItemFieldSingleSelectValue",
    "NUMBER": "ProjectV2ItemFieldNumberValue",
}
FIELD_KINDS: Final = {
    "DATE": "ProjectV2Field",
    "NUMBER": "ProjectV2Field",
    "ITERATION": "ProjectV2IterationField",
    "SINGLE_SELECT": "ProjectV2SingleSelectField",
}

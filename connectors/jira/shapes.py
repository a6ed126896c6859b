"""Finding one's way in an answer of a Jira, of which any part may have another shape."""

from typing import Any
from urllib.parse import quote

from connectors.jira.client import Json
from connectors.protocol import ConnectorError


def listed(value: object) -> list[Any]:
    """What should be a list; nothing where it is none."""
    return value if isinstance(value, list) else []


def objects(value: object) -> list[Json]:
    """The objects in what should be a list of them."""
    return [one for one in listed(value) if isinstance(one, dict)]


def member(value: object, name: str) -> Any:  # noqa: ANN401 - JSON
    """The member of what should be an object; None where it is none."""
    return value.get(name) if isinstance(value, dict) else None


def total_of(page: Json, where: str) -> int:
    """How many there are in all, as a page says.

    Raises:
        ConnectorError: it says no number; to read on without would pass for a whole read.
    """
    total = page.get("total", 0)
    if isinstance(total, bool) or not isinstance(total, int):
        raise ConnectorError(
            f"{where}: the tracker told a total that is no number; what was fetched is kept, "
            "run again later"
        )
    return total


def segment(name: object) -> str:
    """A name as one step of a path, whatever it holds."""
    return quote(str(name), safe="")

"""Work items named in a table: the key leads to the tracker, the title is a tracker's text."""

from collections.abc import Mapping

from reports.table import Cell, Link, Tracker
from reports.tracker_text import readable, safe_address

MOST = 15
"""Items that a table of evidence names; the SQL beside the charts finds all."""

Items = Mapping[str, dict[str, str | None]]
"""By id: key, title and address."""


def item_cells(items: Items, item_id: str) -> tuple[Cell, Cell]:
    """The key of an item with its address, and its title; of one that is not known, its id."""
    item = items.get(item_id, {})
    return (
        Link(readable(item.get("key") or item_id, limit=60), safe_address(item.get("url"))),
        Tracker(readable(item.get("title"), limit=90)),
    )

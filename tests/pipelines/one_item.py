"""One item as ``core`` holds it: what changed on it, and what the tracker shows of it now."""

import polars as pl

from pipelines.histories.history import with_group_end
from tests.pipelines.frames import INSTANT, Row, at, frame

BORN = "2026-03-02"
ITEM = frame(
    {"item_id": "a", "source": "acme", "born_at": at(BORN)},
    item_id=pl.String,
    source=pl.String,
    born_at=INSTANT,
)


def changes(*rows: Row) -> pl.DataFrame:
    """Changes of item ``a``, each a click of its own on 3 March unless it says otherwise."""
    usual = {"item_id": "a", "is_member": False, "changed_at": at("2026-03-03")}
    numbered = (
        {"change_group": str(number), "sequence": number, **usual, **row}
        for number, row in enumerate(rows, start=1)
    )
    texts = ("item_id", "change_group", "field", "field_id")
    values = ("from_id", "from_text", "to_id", "to_text")
    types = {**dict.fromkeys((*texts, *values), pl.String), "sequence": pl.Int32}
    return with_group_end(frame(*numbered, **types, is_member=pl.Boolean, changed_at=INSTANT))


def present(*rows: Row) -> pl.DataFrame:
    """Values of item ``a`` now, in the order of their positions."""
    numbered = ({"item_id": "a", "position": n, **row} for n, row in enumerate(rows, start=1))
    texts = ("item_id", "field", "field_id", "value_id", "value_text")
    return frame(*numbered, **dict.fromkeys(texts, pl.String), position=pl.Int32)

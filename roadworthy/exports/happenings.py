"""Events and objects as rows: the one mapping that both kinds of log are written from.

The mapping is SQL, in ``sql/exports/``: every row of it has columns that all rows have, and those
of its own kind, which are its attributes. Here they are read in a given order, never all at once.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import polars as pl

from roadworthy.exports.advancing import Advanced
from roadworthy.sql_files import sql_files
from roadworthy.warehouse import Warehouse

Row: TypeAlias = Mapping[str, Any]

#: What every row has; all other columns are attributes.
_OF_EVENTS = {"event_id", "event_at", "place", "number", "activity", "transition", "event_type"}
_OF_WHOM = {"item_id", "about_id", "about", "role", "role_is", "relations"}
_OF_OBJECTS = {"object_id", "object_type", "stages"}
_COMMON = frozenset(_OF_EVENTS | _OF_WHOM | _OF_OBJECTS)

#: Rows that are held at a time.
_ROWS = 10_000


def rows(
    warehouse: Warehouse, of: str, advanced: Advanced, *, where: str = "true", order: str
) -> Iterator[Row]:
    """The ``events`` or the ``objects`` for which something holds, in an order."""
    query = f"select * from ({_query(of)}) where {where} order by {order}"  # noqa: S608 - our own words
    with warehouse.streamed(query, _ROWS) as reader:
        for batch in reader:
            yield from pl.DataFrame(batch).iter_rows(named=True)
            advanced(batch.num_rows)


def attributes(row: Row) -> Iterator[tuple[str, Any]]:
    """The attributes that a row has, by name."""
    for name, value in row.items():
        if value is not None and name not in _COMMON:
            yield name, value


def declared(
    warehouse: Warehouse, of: str, by: str
) -> Iterator[tuple[str, list[tuple[str, pl.DataType]]]]:
    """Each type of event or object, with the attributes that any of its rows has."""
    query = _query(of)
    schema = warehouse.frame(f"select * from ({query}) limit 0").schema  # noqa: S608 - our own words
    kinds = {name: kind for name, kind in schema.items() if name not in _COMMON}
    counts = ", ".join(f"count({name}) as {name}" for name in kinds)
    counted = warehouse.frame(
        f"select {by} as type, {counts} from ({query}) group by {by} order by {by}"  # noqa: S608 - our own words
    )
    for row in counted.iter_rows(named=True):
        yield row["type"], [(name, kind) for name, kind in kinds.items() if row[name]]


def _query(of: str) -> str:
    return sql_files("exports")[of]

"""Every table of ``main`` as Parquet: a folder for each, and in it one file.

The comments go along where other tools look: that of the table and those of all columns among the
key-value metadata of the file, and each column's own as metadata of its Arrow field. Rows are
sorted by the primary key and lie in groups of one size: the same table gives the same bytes.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from roadworthy import __version__
from roadworthy.dictionary import Table, tables_of
from roadworthy.exports.advancing import Advanced
from roadworthy.exports.guide import write_guide
from roadworthy.warehouse import Warehouse

#: Rows of a row group: enough for statistics to pay, few enough to hold in memory.
_GROUP = 65_536

_KEYS = """
    select table_name, constraint_column_names from duckdb_constraints()
    where schema_name = 'main' and constraint_type = 'PRIMARY KEY'
"""


def write_tables(warehouse: Warehouse, folder: Path, advanced: Advanced) -> str:
    """Write every table and what it means; returns what was written, in a few words."""
    keys: Mapping[str, list[str]] = dict(warehouse.frame(_KEYS).rows())
    rows: dict[str, int] = {}
    tables = tables_of(warehouse)
    for table in tables:
        key = keys.get(table.name, [])
        rows[table.name] = _write(warehouse, table, key, folder / table.name)
        advanced(rows[table.name])
    write_guide(folder, tables, keys, rows)
    return f"{len(tables)} tables"


def _write(warehouse: Warehouse, table: Table, key: list[str], folder: Path) -> int:
    """Write one table; returns the number of its rows."""
    folder.mkdir()
    order = ", ".join(f'"{column}"' for column in key) or "all"
    query = f'select * from main."{table.name}" order by {order}'  # noqa: S608 - our own names
    count = 0
    with warehouse.streamed(query, _GROUP) as reader:
        schema = _described(reader.schema, table, key)
        sorting = pq.SortingColumn.from_ordering(schema, [(name, "ascending") for name in key])
        path = folder / f"{table.name}.parquet"
        with pq.ParquetWriter(path, schema, sorting_columns=sorting) as writer:
            for group in _groups(reader):
                writer.write_table(group.cast(schema))
                count += group.num_rows
    return count


def _described(schema: pa.Schema, table: Table, key: list[str]) -> pa.Schema:
    """The schema with the comments of the table and of its columns."""
    meanings = {column.name: column.meaning for column in table.columns}
    fields = [field.with_metadata({"comment": meanings[field.name]}) for field in schema]
    return pa.schema(
        fields,
        metadata={
            "comment": table.meaning,
            "columns": json.dumps(meanings, ensure_ascii=False),
            "primary_key": json.dumps(key),
            "roadworthy": __version__,
        },
    )


def _groups(reader: pa.RecordBatchReader) -> Iterator[pa.Table]:
    """The rows in groups of exactly one size, whatever the engine hands over at a time."""
    held: list[pa.RecordBatch] = []
    missing = _GROUP
    for batch in reader:
        rest = batch
        while rest.num_rows:
            part = rest.slice(0, missing)
            rest = rest.slice(part.num_rows)
            held.append(part)
            missing -= part.num_rows
            if not missing:
                yield _joined(held)
                held, missing = [], _GROUP
    if held:
        yield _joined(held)


def _joined(batches: list[pa.RecordBatch]) -> pa.Table:
    """One table in one piece: where pages begin must not depend on where batches did."""
    return pa.Table.from_batches(batches).combine_chunks()

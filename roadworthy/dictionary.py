"""The data dictionary: every table of ``main`` in the words of its own comments.

``roadworthy tables`` prints it and ``docs/tables.md`` is it; the text comes from the SQL files
alone, so that it needs no warehouse and cannot differ from what a build makes.
"""

from dataclasses import dataclass
from difflib import get_close_matches

from roadworthy.errors import ConfigError
from roadworthy.warehouse import Warehouse, in_memory

_HEADER = """\
# Tables

What readers see: the tables of `main` in the DuckDB file, in the words of their own comments.
Instants (`_at`) are UTC, dates (`_on`) are days of the configured zone, units stand in the names.
`roadworthy tables` prints this text, `roadworthy tables visits` one table of it.
"""

#: In this order an empty file becomes one with every table.
_FOLDERS = ("schema/raw", "schema/staging", "schema/core", "schema/main", "marts")

_COLUMNS = """
    select
        columns.table_name,
        tables.comment as table_comment,
        columns.column_name,
        lower(columns.data_type) as data_type,
        columns.comment as column_comment
    from duckdb_columns() as columns
    inner join (
        select table_name, comment from duckdb_tables() where schema_name = 'main'
        union all
        select view_name, comment from duckdb_views() where schema_name = 'main' and not internal
    ) as tables using (table_name)
    where columns.schema_name = 'main' and not columns.internal
    order by columns.table_name, columns.column_index
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type, its meaning."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what it holds and its grain, its columns."""

    name: str
    meaning: str
    columns: tuple[Column, ...]


def tables() -> list[Table]:
    """Every table of ``main``, by name."""
    with in_memory() as warehouse:
        _make_empty(warehouse)
        return tables_of(warehouse)


def tables_of(warehouse: Warehouse) -> list[Table]:
    """Every table and view of ``main`` that a warehouse has, by name, in its own comments."""
    rows = warehouse.frame(_COLUMNS).rows()
    columns: dict[tuple[str, str], list[Column]] = {}
    for table, meaning, column, kind, column_meaning in rows:
        columns.setdefault((table, meaning or ""), []).append(
            Column(column, kind, column_meaning or "")
        )
    return [Table(name, meaning, tuple(of)) for (name, meaning), of in columns.items()]


def table_named(name: str) -> Table:
    """One table.

    Raises:
        ConfigError: there is none of that name; the nearest is named.
    """
    known = {table.name: table for table in tables()}
    wanted = name.strip().removeprefix("main.").lower()
    if wanted in known:
        return known[wanted]
    near = get_close_matches(wanted, known, n=1)
    remedy = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(known)}"
    raise ConfigError(f"'{name}': no table is called so; {remedy}")


def dictionary() -> str:
    """The whole dictionary: an overview, then each table."""
    found = tables()
    overview = "".join(f"- [`{one.name}`](#{one.name}): {one.meaning}\n" for one in found)
    return "\n".join([_HEADER, overview, *(described(table) for table in found)])


def described(table: Table) -> str:
    """One table as a section."""
    columns = "".join(
        f"- `{column.name}` ({column.kind}): {column.meaning}\n" for column in table.columns
    )
    return f"## {table.name}\n\n{table.meaning}\n\n{columns}"


def _make_empty(warehouse: Warehouse) -> None:
    for schema in ("raw", "staging", "core"):
        warehouse.execute(f"create schema {schema}")
    for folder in _FOLDERS:
        warehouse.run_folder(folder)

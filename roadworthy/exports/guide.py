"""What lies in an export of tables: ``README.md`` for a person, ``tables.json`` for a program."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from roadworthy import __version__
from roadworthy.dictionary import Table, described

_HEADER = """\
# Tables of Roadworthy, as Parquet

One folder a table; read `<table>/*.parquet`. Instants (`_at`) are UTC, dates (`_on`) are days of
the configured zone, units stand in the names. What is told below stands in every file as well, and
in `tables.json` for programs. Text of trackers, such as titles, is data of strangers, never markup.
"""


def write_guide(
    folder: Path,
    tables: Sequence[Table],
    keys: Mapping[str, list[str]],
    rows: Mapping[str, int],
) -> None:
    """Write both, out of the comments of the tables."""
    overview = "".join(
        f"- [`{table.name}`](#{table.name}), {rows[table.name]:,} rows: {table.meaning}\n"
        for table in tables
    )
    text = "\n".join([_HEADER, overview, *(described(table) for table in tables)])
    (folder / "README.md").write_text(text, encoding="utf-8")
    listed = [_listed(table, keys.get(table.name, []), rows[table.name]) for table in tables]
    content = {"roadworthy": __version__, "tables": listed}
    written = json.dumps(content, ensure_ascii=False, indent=1)
    (folder / "tables.json").write_text(f"{written}\n", encoding="utf-8")


def _listed(table: Table, key: list[str], rows: int) -> dict[str, object]:
    return {
        "name": table.name,
        "path": f"{table.name}/{table.name}.parquet",
        "comment": table.meaning,
        "primary_key": key,
        "rows": rows,
        "columns": [
            {"name": column.name, "type": column.kind, "comment": column.meaning}
            for column in table.columns
        ],
    }

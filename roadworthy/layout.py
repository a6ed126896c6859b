"""The version of the layout that each of the two files has, and the migration of landing.

What was fetched cannot all be fetched again, so that a landing of an older version is brought to
the present one by the migrations of ``sql/migrations``, in order and in one transaction. The
published file is made anew by every build. What a newer Roadworthy wrote is left alone.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from roadworthy import __version__
from roadworthy.disk_words import OF_ANOTHER_PROGRAM
from roadworthy.errors import ConfigError, NotOursError
from roadworthy.sql_files import sql_files

if TYPE_CHECKING:
    from roadworthy.warehouse import Warehouse

LANDING = 2
"""Version of the tables of ``raw``; raised with the migration that leads to it."""
PUBLISHED = 1
"""Version of the tables of ``main``; raised where a release has other ones than the last."""

_HAS_TABLE = """
    select count(*) as tables from duckdb_tables()
    where database_name = current_database() and schema_name = 'raw' and table_name = ?
"""


_HAS_ANY = """
    select
        (select count(*) from duckdb_tables() where database_name = current_database())
        + (
            select count(*) from duckdb_views()
            where database_name = current_database() and not internal
        ) as found
"""


def version_of(warehouse: "Warehouse") -> int:
    """The version a file was given; 0 for those of before there were versions."""
    if not _has(warehouse, "layout"):
        return 0
    return int(warehouse.frame("select version from raw.layout")["version"].item())


def is_empty(landing: "Warehouse") -> bool:
    """Whether a file was made and nothing was put into it: a run that was killed at once."""
    return not _has(landing, "records")


def refuse_not_ours(warehouse: "Warehouse", path: Path, known: int) -> None:
    """Leave a file alone that has tables of another program, or a later version than is known.

    Raises:
        NotOursError: it has.
    """
    is_ours = _has(warehouse, "layout") or not is_empty(warehouse)
    if not is_ours and warehouse.frame(_HAS_ANY)["found"].item():
        raise NotOursError(f"{path}: {OF_ANOTHER_PROGRAM}")
    if version_of(warehouse) > known:
        writer = warehouse.frame("select written_by from raw.layout")["written_by"].item()
        raise NotOursError(
            f"{path}: was written by a newer Roadworthy ({writer}; this is {__version__}); "
            "upgrade this one, or put back a copy of the file from before; it was left as it is"
        )


def refuse_older(warehouse: "Warehouse", path: Path) -> None:
    """Leave a published file unread that lacks what this version looks for.

    Raises:
        ConfigError: it has an earlier version.
    """
    if version_of(warehouse) < PUBLISHED:
        raise ConfigError(
            f"{path}: was published by an older Roadworthy; run 'roadworthy build', which makes it "
            "anew from what was fetched"
        )


def grow_up(landing: "Warehouse", published: Path) -> None:
    """Bring a landing file to the present version: all the way, or not at all.

    A new one begins with what the published file holds of one that was lost: the dates of releases
    as they were seen from night to night are kept by nobody else.
    """
    found = version_of(landing)
    if found == LANDING:
        return
    with landing.transaction():
        landing.execute("create schema if not exists raw")
        is_new = is_empty(landing)
        for number, text in migrations().items():
            if number > found and not is_new:
                landing.execute(text)
        landing.run_folder("schema/raw")
        if is_new and published.exists():
            _take_over(landing, published)
        stamp(landing, LANDING)


def migrations() -> dict[int, str]:
    """What leads to each version of landing from the one before it, in order."""
    return {int(name.split("_")[0]): text for name, text in sql_files("migrations").items()}


def stamp(warehouse: "Warehouse", version: int) -> None:
    """Write into a file which version it has."""
    warehouse.execute("create schema if not exists raw")
    warehouse.execute(sql_files("schema/raw")["layout"])
    warehouse.execute("delete from raw.layout")
    warehouse.execute("insert into raw.layout values (?, ?)", [version, __version__])


def _take_over(landing: "Warehouse", published: Path) -> None:
    with landing.attached(published, "published"):
        held = landing.frame(
            """
            select table_name from duckdb_tables()
            where database_name = 'published' and schema_name = 'raw' and table_name <> 'layout'
            """
        )
        for table in held["table_name"]:
            landing.execute(f"insert into raw.{table} by name from published.raw.{table}")


def _has(warehouse: "Warehouse", table: str) -> bool:
    return bool(warehouse.frame(_HAS_TABLE, [table])["tables"].item())

"""What came, written as an archive: ``kind = "files"`` replays it to the same warehouse.

It is written from landing and not from the wire, so that it holds all that a source shows and not
only what last changed, less what describes a person. What the source no longer shows, and what it
forgets (the earlier dates of a version), is a history of many syncs and cannot be in an archive of
one instant. A source whose last sync did not come to its end is not recorded: the archive would
stand for no instant.
"""

import gzip
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from roadworthy.errors import ConfigError
from roadworthy.warehouse import Warehouse

_ROWS_AT_ONCE = 500
_LEVEL = 6


def record(landing: Warehouse, sources: Sequence[str], folder: Path) -> tuple[Path, ...]:
    """Write the present records of each source whose last sync ended; returns the folders.

    Raises:
        ConfigError: the folder cannot be written.
    """
    written: list[Path] = []
    try:
        for source in sources:
            if complete := _last_complete(landing, source):
                tracker, taken_at = complete
                _write(landing, source, folder / source)
                _describe(folder / f"{source}.toml", source, tracker, taken_at)
                written.append(folder / source)
    except OSError as error:
        raise ConfigError(f"--record {folder}: cannot be written: {error.strerror}") from error
    return tuple(written)


def _last_complete(landing: Warehouse, source: str) -> tuple[str, datetime] | None:
    found = landing.frame(
        """
        select tracker, snapshot_at from raw.syncs
        where source = ? order by started_at desc, run_id desc limit 1
        """,
        [source],
    ).drop_nulls("snapshot_at")
    return None if found.is_empty() else (found["tracker"].item(), found["snapshot_at"].item())


def _write(landing: Warehouse, source: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for earlier in folder.glob("*.ndjson.gz"):
        earlier.unlink()
    present = "from raw.records where source = ? and superseded_run_id is null"
    found = landing.frame(
        f"select distinct resource {present} and missing_since is null order by resource", [source]
    )
    for resource in found["resource"]:
        path = folder / f"{resource}.ndjson.gz"
        fresh = path.with_name(f".{path.name}.writing")
        # Neither a time nor a name in the packed file: the same records give the same bytes.
        with fresh.open("wb") as file, gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed:
            for line in _lines(landing, source, str(resource)):
                packed.write(f"{line}\n".encode())
        fresh.replace(path)


def _lines(landing: Warehouse, source: str, resource: str) -> Iterator[str]:
    """The payloads by key, a few at a time: an archive may be larger than the memory."""
    last = ""
    while True:
        rows = landing.frame(
            """
            select key, payload::varchar as payload from raw.records
            where source = ? and resource = ? and key > ?
                and superseded_run_id is null and missing_since is null
            order by key limit ?
            """,
            [source, resource, last, _ROWS_AT_ONCE],
        )
        yield from rows["payload"]
        if rows.height < _ROWS_AT_ONCE:
            return
        last = str(rows["key"][-1])


def _describe(path: Path, source: str, tracker: str, taken_at: datetime) -> None:
    """The table of the configuration by which the archive is read in the source's place."""
    path.write_text(
        f'[[sources]]\nkind = "files"\nname = "{source}"\npath = "{source}"\n'
        f'tracker = "{tracker}"\nas_of = {taken_at:%Y-%m-%dT%H:%M:%S.%fZ}\n',
        encoding="utf-8",
    )

"""A page from a connector into the landing file: whole or not at all, and never twice."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from operator import is_not
from typing import TypeAlias

import polars as pl

from connectors.protocol import Page, Record, Resource
from roadworthy.people import Pseudonyms
from roadworthy.warehouse import Warehouse

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

_INCOMING = pl.Schema(
    {
        "source": pl.String(),
        "tracker": pl.String(),
        "resource": pl.String(),
        "key": pl.String(),
        "cursor": pl.String(),
        "payload": pl.String(),
        "digest": pl.String(),
        "fetched_at": pl.Datetime("us", "UTC"),
        "run_id": pl.String(),
        "first_run_id": pl.String(),
        "superseded_run_id": pl.String(),
        "missing_since": pl.Datetime("us", "UTC"),
    }
)
_MASK = re.compile("[0-9a-f]{20}")
# What holds nothing: asked of every value of a payload, so that it is cheap to ask.
_PLAIN = frozenset({str, int, float, bool, type(None)})
_SAME_RECORD = """
    records.source = incoming.source
    and records.resource = incoming.resource
    and records.key = incoming.key
"""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is true of every record of one sync of one source."""

    source: str
    tracker: str
    run_id: str
    fetched_at: datetime


def land(landing: Warehouse, page: Page, envelope: Envelope, pseudonyms: Pseudonyms) -> None:
    """Store a page in one transaction."""
    rows = [_row(record, page.resource, envelope, pseudonyms) for record in page.records]
    incoming = pl.DataFrame(rows, schema=_INCOMING, orient="row")
    with landing.transaction():
        if page.resource.keeps_versions:
            _keep_versions(landing, incoming, envelope)
        else:
            _replace(landing, incoming, page.resource, envelope)
        if page.quarantined:
            landing.insert("raw.quarantine", _quarantine(page, envelope))
        _keep_cursor(landing, page, envelope)


def cursor_of(landing: Warehouse, source: str, resource: Resource) -> str | None:
    """Where the last sync of a resource stopped; None for one that is always read whole."""
    kept = landing.frame(
        "select cursor from raw.cursors where source = ? and resource = ?", [source, resource.name]
    )
    return None if kept.is_empty() else str(kept["cursor"].item())


def forget_cursors(landing: Warehouse, source: str) -> None:
    """Let the next incremental read of a source begin at its beginning."""
    landing.execute("delete from raw.cursors where source = ?", [source])


def _keep_cursor(landing: Warehouse, page: Page, envelope: Envelope) -> None:
    """Kept with the page it came with: a killed sync carries on after the last page stored."""
    if page.next_cursor is None:
        return
    named = [envelope.source, page.resource.name]
    landing.execute("delete from raw.cursors where source = ? and resource = ?", named)
    landing.execute(
        "insert into raw.cursors values (?, ?, ?, ?)",
        [*named, page.next_cursor, envelope.run_id],
    )


def _replace(
    landing: Warehouse, incoming: pl.DataFrame, resource: Resource, envelope: Envelope
) -> None:
    if incoming.is_empty():
        return
    # Keys that stand in the statement are looked up in the index; a join would go through a million
    # records for every page.
    keys = ", ".join("?" * incoming.height)
    landing.execute(
        f"delete from raw.records where key in ({keys}) and source = ? and resource = ?",  # noqa: S608 - question marks
        [*incoming["key"], envelope.source, resource.name],
    )
    landing.insert("raw.records", incoming)


def _keep_versions(landing: Warehouse, incoming: pl.DataFrame, envelope: Envelope) -> None:
    """Add a payload only where it differs from the present one, which it then supersedes."""
    with landing.registered("incoming", incoming):
        landing.execute(
            f"""
            update raw.records set
                run_id = incoming.run_id, fetched_at = incoming.fetched_at, missing_since = null
            from incoming
            where {_SAME_RECORD} and records.superseded_run_id is null
                and records.digest = incoming.digest
            """  # noqa: S608 - constant
        )
        landing.execute(
            f"""
            update raw.records set superseded_run_id = ?
            from incoming
            where {_SAME_RECORD} and records.superseded_run_id is null
                and records.digest <> incoming.digest
            """,  # noqa: S608 - constant
            [envelope.run_id],
        )
        landing.execute(
            f"""
            insert into raw.records by name
            from incoming
            where not exists (
                from raw.records as records
                where {_SAME_RECORD} and records.superseded_run_id is null
            )
            """
        )


def _row(
    record: Record, resource: Resource, envelope: Envelope, pseudonyms: Pseudonyms
) -> tuple[object, ...]:
    kept = _declassified(dict(record.payload), resource.classified, pseudonyms)
    # Escaped to ASCII, so that a NUL in a text is a sequence DuckDB can store and give back.
    payload = json.dumps(kept, separators=(",", ":"))
    # Two payloads that differ in the order of their members alone are one version.
    told = json.dumps(kept, sort_keys=True) if resource.keeps_versions else payload
    digest = hashlib.sha256(told.encode()).hexdigest()
    return (
        envelope.source,
        envelope.tracker,
        record.resource,
        record.key,
        record.cursor,
        payload,
        digest,
        envelope.fetched_at,
        envelope.run_id,
        envelope.run_id,
        None,
        None,
    )


def _declassified(value: Json, classified: frozenset[str], pseudonyms: Pseudonyms) -> Json:
    """The payload less what describes a person; an address stays comparable as a keyed hash.

    Whatever holds nothing of that is given back as it is: nearly all of a payload.
    """
    if isinstance(value, dict):
        return _without(value, classified, pseudonyms)
    if isinstance(value, list):
        kept = [
            one if type(one) in _PLAIN else _declassified(one, classified, pseudonyms)
            for one in value
        ]
        return kept if any(map(is_not, kept, value)) else value
    return value


def _without(
    value: dict[str, Json], classified: frozenset[str], pseudonyms: Pseudonyms
) -> dict[str, Json]:
    """The members of an object that may be stored, in their order."""
    kept = value
    if not value.keys().isdisjoint(classified):
        kept = {
            name: _masked(member, pseudonyms) if name in classified else member
            for name, member in value.items()
            if name not in classified or isinstance(member, str)
        }
    changed = {
        name: new
        for name, member in kept.items()
        if type(member) not in _PLAIN
        and (new := _declassified(member, classified, pseudonyms)) is not member
    }
    return kept | changed if changed else kept


def _masked(member: Json, pseudonyms: Pseudonyms) -> Json:
    """A keyed hash of an address; one that was masked before, in a recording, stays what it is."""
    if not isinstance(member, str):
        return None
    if "@" in member:
        return pseudonyms.mask(member)
    return member if _MASK.fullmatch(member) else None


def _quarantine(page: Page, envelope: Envelope) -> pl.DataFrame:
    rows = [
        (
            envelope.source,
            one.resource,
            one.place,
            one.reason,
            one.excerpt,
            envelope.run_id,
            one.key,
        )
        for one in page.quarantined
    ]
    names = ("source", "resource", "place", "reason", "excerpt", "run_id", "key")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")

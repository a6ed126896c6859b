"""What a source shows and what it no longer shows: nothing that was stored is ever removed."""

from datetime import datetime

import polars as pl

from connectors.protocol import Resource
from roadworthy.stages.landing import Envelope
from roadworthy.warehouse import Warehouse


def known_keys(landing: Warehouse, source: str, resource: Resource) -> frozenset[str]:
    """The keys of the records that are stored and not marked missing."""
    kept = landing.frame(
        """
        select key from raw.records
        where source = ? and resource = ? and missing_since is null and superseded_run_id is null
        """,
        [source, resource.name],
    )
    return frozenset(kept["key"])


def mark_missing(
    landing: Warehouse,
    resource: Resource,
    envelope: Envelope,
    keys: frozenset[str],
    at: datetime,
) -> None:
    """Mark the records with these keys, which the source no longer shows."""
    gone = pl.DataFrame({"key": sorted(keys)}, schema={"key": pl.String})
    with landing.registered("gone", gone):
        landing.execute(
            """
            update raw.records set missing_since = ? from gone
            where source = ? and resource = ? and records.key = gone.key
                and missing_since is null and superseded_run_id is null
            """,
            [at, envelope.source, resource.name],
        )


def mark_unread_missing(
    landing: Warehouse, resource: Resource, envelope: Envelope, at: datetime
) -> None:
    """Mark the records of a resource read whole that this run did not bring."""
    landing.execute(
        """
        update raw.records set missing_since = ?
        where source = ? and resource = ? and run_id <> ?
            and missing_since is null and superseded_run_id is null
        """,
        [at, envelope.source, resource.name, envelope.run_id],
    )

"""Records that arrived unusable: kept until they are asked for again and arrive intact."""

from connectors.protocol import Resource
from roadworthy.stages.landing import Envelope
from roadworthy.warehouse import Warehouse


def refused_before(landing: Warehouse, resource: Resource, envelope: Envelope) -> frozenset[str]:
    """The keys that earlier syncs could not use and this one has not met so far."""
    rows = landing.frame(
        """
        select key from raw.quarantine
        where source = ? and resource = ? and key is not null
        group by key
        having bool_and(run_id <> ?)
        """,
        [envelope.source, resource.name, envelope.run_id],
    )
    return frozenset(rows["key"])


def forget_refused(landing: Warehouse, resource: Resource, envelope: Envelope) -> None:
    """Clear the quarantine of what this sync has read or asked for again."""
    landing.execute(
        "delete from raw.quarantine where source = ? and resource = ? and run_id <> ?",
        [envelope.source, resource.name, envelope.run_id],
    )

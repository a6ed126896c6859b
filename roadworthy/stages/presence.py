"""What a source shows and what it no longer shows: nothing that was stored is ever removed."""

from collections.abc import Collection, Iterator
from datetime import datetime

import polars as pl

from connectors.protocol import Resource
from roadworthy.stages.landing import Envelope
from roadworthy.warehouse import Warehouse

_PRESENT = """
    select key from raw.records
    where source = ? and resource = ? and missing_since is null and superseded_run_id is null
"""


class KnownKeys(Collection[str]):
    """The keys of the records that are stored and not marked missing.

    They stay in the landing file, be they a million, until somebody asks.
    """

    def __init__(self, landing: Warehouse, source: str, resource: Resource) -> None:
        """Ask nothing yet."""
        self._landing = landing
        self._named = (source, resource.name)

    def __len__(self) -> int:
        """How many there are."""
        (count,) = self._asked(f"select count(*) from ({_PRESENT})")  # noqa: S608 - constant
        return int(count)

    def __iter__(self) -> Iterator[str]:
        """Each of them once."""
        return iter(self._asked(_PRESENT))

    def __contains__(self, key: object) -> bool:
        """Whether it is one of them."""
        return not self._asked(f"{_PRESENT} and key = ?", str(key)).is_empty()

    def lacking(self, shown: frozenset[str]) -> frozenset[str]:
        """Which of the keys shown by the source are not among them."""
        return self._compared(f"select key from shown anti join ({_PRESENT}) using (key)", shown)  # noqa: S608 - constant

    def beyond(self, shown: frozenset[str]) -> frozenset[str]:
        """Which of them the source does not show."""
        return self._compared(f"select key from ({_PRESENT}) anti join shown using (key)", shown)  # noqa: S608 - constant

    def _compared(self, query: str, shown: frozenset[str]) -> frozenset[str]:
        keys = pl.DataFrame({"key": list(shown)}, schema={"key": pl.String})
        with self._landing.registered("shown", keys):
            return frozenset(self._asked(query))

    def _asked(self, query: str, *further: str) -> pl.Series:
        return self._landing.frame(query, [*self._named, *further]).to_series()


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

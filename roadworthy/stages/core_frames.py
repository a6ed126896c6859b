"""The conformed frames, as ``core`` holds them: what every fact is computed from."""

from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Final, Self

import polars as pl

from roadworthy.errors import ConfigError
from roadworthy.warehouse import Warehouse

OF_ITEMS: Final = ("items", "field_changes", "field_values", "activities")
"""The frames of single items: they may be read of some items at a time."""
_AUDITED: Final = (
    *("item_id", "source", "key", "histories_announced", "histories_received"),
    *("created_at", "resolved_at", "observed_until", "missing_since"),
)
"""What an audit looks at of an item."""


@dataclass(frozen=True, slots=True)
class Core:
    """One frame per table of ``core``, under the name of the table."""

    sources: pl.DataFrame
    items: pl.DataFrame
    field_changes: pl.DataFrame
    field_values: pl.DataFrame
    statuses: pl.DataFrame
    release_dates: pl.DataFrame
    actors: pl.DataFrame
    actor_roles: pl.DataFrame
    activities: pl.DataFrame
    item_links: pl.DataFrame
    seat_holders: pl.DataFrame

    @classmethod
    def read(cls, warehouse: Warehouse) -> Self:
        """Read all of them."""
        return cls(**{name: warehouse.frame(f"from core.{name}") for name in _names(cls)})

    @classmethod
    def beside_histories(cls, warehouse: Warehouse) -> Self:
        """Read all items, and of what they carry and what happened to them nothing."""
        nothing = dict.fromkeys(OF_ITEMS[1:], " limit 0")
        queries = {name: f"from core.{name}{nothing.get(name, '')}" for name in _names(cls)}
        return cls(**{name: warehouse.frame(query) for name, query in queries.items()})

    def once_understood(self) -> Self:
        """What is asked of it when the facts of its items are known: of the items, their audit."""
        frames = {name: getattr(self, name).clear() for name in OF_ITEMS[1:]}
        return replace(self, items=self.items.select(_AUDITED), **frames)

    def without_items(self) -> Self:
        """What is not of single items alone."""
        return replace(self, **{name: getattr(self, name).clear() for name in OF_ITEMS})

    @property
    def snapshot_at(self) -> datetime:
        """The instant this stands for."""
        return snapshot_of(self.sources)

    def as_of(self, instant: datetime) -> Self:
        """The same core as it was known at an earlier instant."""
        earlier = pl.lit(instant.astimezone(UTC))
        until = pl.min_horizontal("observed_until", earlier)
        snapshot = pl.min_horizontal("snapshot_at", earlier)
        dates = self.release_dates.filter(pl.col("valid_from") <= earlier)
        gone = pl.when(pl.col("missing_since") <= earlier).then("missing_since")
        still = pl.when(pl.col("valid_until") <= earlier).then("valid_until")
        return replace(
            self,
            items=self.items.with_columns(observed_until=until, missing_since=gone),
            sources=self.sources.with_columns(snapshot_at=snapshot),
            release_dates=dates.with_columns(valid_until=still),
            activities=self.activities.filter(pl.col("acted_at") <= earlier),
        )


def _names(core: type[Core]) -> list[str]:
    return [field.name for field in fields(core)]


def snapshot_of(sources: pl.DataFrame) -> datetime:
    """The latest snapshot of some sources.

    Raises:
        ConfigError: no source was read to its end yet.
    """
    latest = sources["snapshot_at"].max()
    if not isinstance(latest, datetime):
        raise ConfigError("no source was read to its end yet; run 'roadworthy nightly'")
    return latest

"""What reports are made of: the published warehouse, as it is or as it was known earlier."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from pipelines.audit import data_audit
from pipelines.findings.instants import AFTER_SNAPSHOT
from reports.data import ORGANISATION, TABLES, TEAM, Facts, ReportData
from roadworthy import __version__
from roadworthy.config.load import Loaded
from roadworthy.stages.audits import RoleAnswers, known_at_any_instant
from roadworthy.stages.core_frames import Core, snapshot_of
from roadworthy.stages.item_facts import item_facts
from roadworthy.stages.main_tables import main_tables
from roadworthy.stages.policies import policy_for
from roadworthy.warehouse import Warehouse, open_published

_TITLE = "Where work waits, bounces and slips"


@dataclass(frozen=True)
class Published:
    """What reports are made of, read once for all pages."""

    loaded: Loaded
    snapshot: datetime
    sources: pl.DataFrame
    frames: Mapping[str, pl.DataFrame]
    is_past: bool = False
    """Whether it is as of an earlier instant, and computed for it."""

    @classmethod
    def read(cls, loaded: Loaded, as_of: datetime | None = None) -> "Published":
        """Read the published warehouse, as of an earlier instant where one is named.

        Raises:
            ConfigError: nothing is published yet.
        """
        with open_published(loaded.warehouse) as warehouse:
            if as_of is None:
                sources = warehouse.frame("from core.sources order by source")
                return cls(loaded, snapshot_of(sources), sources, _as_published(warehouse))
            then = Core.read(warehouse).as_of(as_of)
            frames = _as_of(warehouse, loaded, then)
        return cls(loaded, then.snapshot_at, then.sources, frames, is_past=True)

    @property
    def teams(self) -> list[str]:
        """The teams of which anything may be shown."""
        scopes = self.frames["metric_summaries"]["scope"].unique().sort()
        return [scope.removeprefix(TEAM) for scope in scopes if scope.startswith(TEAM)]

    def data(self, team: str | None = None) -> ReportData:
        """What the page of a team is made of, or the one of the organisation."""
        scope = ORGANISATION if team is None else f"{TEAM}{team}"
        # Facts are of items, and items of a team; summaries have a scope, and are left whole.
        frames = {
            name: frame.filter(pl.col("team") == team)
            if team is not None and "team" in frame.columns
            else frame
            for name, frame in self.frames.items()
        }
        facts = _facts(self, scope)
        return ReportData(facts=facts, sources=self.sources, **frames)


def _as_published(warehouse: Warehouse) -> dict[str, pl.DataFrame]:
    return {name: warehouse.frame(f"select * from main.{name}") for name in TABLES}  # noqa: S608 - our own names


def _as_of(warehouse: Warehouse, loaded: Loaded, then: Core) -> dict[str, pl.DataFrame]:
    """The same frames as they would have been published at an earlier instant."""
    facts = item_facts(then, policy_for(loaded.config, then.items))
    computed = main_tables(then, facts, loaded.config, RoleAnswers.of(loaded.config, []))
    figures = warehouse.frame(
        "from main.published_figures where snapshot_at <= ?", [then.snapshot_at.isoformat()]
    )
    # What never came in is missing then, too; what came later was asked to be left out.
    lost = warehouse.frame(
        "from main.data_audit where list_contains(?, finding)", [known_at_any_instant()]
    )
    known = [one for one in computed.findings if one.finding not in AFTER_SNAPSHOT]
    tables = {
        **computed.tables,
        "data_audit": pl.concat([lost, data_audit(known)]),
        "published_figures": figures,
    }
    declared = {name: warehouse.frame(f"select * from main.{name} limit 0") for name in TABLES}  # noqa: S608 - our own names
    return {name: tables[name].select(declared[name].columns) for name in TABLES}


def _facts(published: Published, scope: str) -> Facts:
    config = published.loaded.config
    return Facts(
        title=_TITLE if scope == ORGANISATION else f"{_TITLE}: {scope.removeprefix(TEAM)}",
        as_of=published.snapshot,
        timezone=config.timezone,
        config_hash=published.loaded.hash,
        version=__version__,
        sources=tuple(published.sources["source"]),
        minimum_group=config.privacy.minimum_group,
        has_stages=bool(config.stages),
        has_readiness=config.definition_of_ready is not None,
        scope=scope,
        is_past=published.is_past,
    )

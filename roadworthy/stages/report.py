"""The published warehouse into one HTML file."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from pipelines.audit import data_audit
from pipelines.cohorts.scopes import ORGANISATION
from reports import format as words
from reports.data import TEAM, Facts, ReportData
from reports.page import render, slides
from roadworthy import __version__
from roadworthy.config.load import Loaded
from roadworthy.errors import ConfigError
from roadworthy.progress import Progress
from roadworthy.stages.audits import RoleAnswers
from roadworthy.stages.core_frames import Core
from roadworthy.stages.main_tables import main_tables
from roadworthy.warehouse import Warehouse, open_published

_TITLE = "Where work waits, bounces and slips"
_TABLES = (
    "work_items",
    "visits",
    "handoffs",
    "readiness_checks",
    "commitments",
    "date_moves",
    "weekly_metrics",
    "metric_summaries",
    "stage_durations",
    "handoff_rates",
    "readiness_rules",
    "constraints",
    "attribution",
    "attribution_rules",
    "diagnoses",
    "latency_components",
    "latency_shares",
    "aging_work",
    "decision_changes",
    "decision_rights",
    "decision_right_shares",
    "interventions",
    "intervention_effects",
    "effect_series",
    "early_signals",
    "recurrences",
    "published_figures",
    "data_audit",
)


@dataclass(frozen=True)
class Published:
    """What reports are made of, read once for all pages."""

    loaded: Loaded
    snapshot: datetime
    sources: pl.DataFrame
    frames: Mapping[str, pl.DataFrame]

    @classmethod
    def read(cls, loaded: Loaded, as_of: datetime | None = None) -> "Published":
        """Read the published warehouse, as of an earlier instant where one is named.

        Raises:
            ConfigError: nothing is published yet.
        """
        with open_published(loaded.warehouse) as warehouse:
            sources = warehouse.frame("select * from core.sources order by source")
            frames = _as_published(warehouse) if as_of is None else _as_of(warehouse, loaded, as_of)
        return cls(loaded, _snapshot(loaded, sources, as_of), sources, frames)

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
        facts = _facts(self.loaded, self.sources, self.snapshot, scope)
        return ReportData(facts=facts, sources=self.sources, **frames)


def report(
    loaded: Loaded,
    progress: Progress,
    *,
    out: Path | None = None,
    as_of: datetime | None = None,
    team: str | None = None,
    charts: Path | None = None,
) -> Path:
    """Write the report and return where it is.

    Args:
        loaded: the configuration.
        progress: whoever listens.
        out: the file to write; else one named after the snapshot in the folder of reports.
        as_of: an earlier instant, to see what was known then.
        team: the team to report on; else the organisation.
        charts: a folder for its charts as pictures, SVG and PNG.

    Raises:
        ConfigError: nothing is published yet, or there is nothing to say of that team.
    """
    progress.started("report", "reading the warehouse")
    published = Published.read(loaded, as_of)
    if team is not None and team not in published.teams:
        raise ConfigError(
            f"--team {team}: there is no such team, or it has too few people to be shown; there "
            f"are: {', '.join(published.teams) or 'none'}"
        )
    data = published.data(team)
    page = render(data)
    target = out or loaded.reports / file_name(published.snapshot, team)
    write_whole(target, page)
    drawn = _draw(charts, data) if charts is not None else 0
    told = f", {words.counted(drawn, 'chart')} in {charts}" if charts is not None else ""
    progress.finished("report", f"{len(page) / 1e6:.2f} MB{told}")
    return target


def _draw(folder: Path, data: ReportData) -> int:
    """Write each chart as SVG and PNG; returns how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = 0
    for one in slides(data):
        (folder / f"{one.name}.svg").write_text(one.svg, encoding="utf-8")
        (folder / f"{one.name}.png").write_bytes(one.png())
        drawn += 1
    return drawn


def _as_published(warehouse: Warehouse) -> dict[str, pl.DataFrame]:
    return {name: warehouse.frame(f"select * from main.{name}") for name in _TABLES}  # noqa: S608 - our own names


def _as_of(warehouse: Warehouse, loaded: Loaded, as_of: datetime) -> dict[str, pl.DataFrame]:
    """The same frames as they would have been published at an earlier instant."""
    core = Core.read(warehouse).as_of(as_of)
    then = main_tables(core, loaded.config, RoleAnswers.of(loaded.config, []))
    said = warehouse.frame(
        "from main.published_figures where snapshot_at <= ?", [as_of.isoformat()]
    )
    computed = {
        **then.tables,
        "data_audit": data_audit(then.findings),
        "published_figures": said,
    }
    declared = {name: warehouse.frame(f"select * from main.{name} limit 0") for name in _TABLES}  # noqa: S608 - our own names
    return {name: computed[name].select(declared[name].columns) for name in _TABLES}


def _snapshot(loaded: Loaded, sources: pl.DataFrame, as_of: datetime | None) -> datetime:
    """The instant the report stands for: the latest snapshot of its sources, or what was asked."""
    latest = sources["snapshot_at"].max()
    if not isinstance(latest, datetime):
        raise ConfigError(
            f"{loaded.warehouse}: no source was read to its end yet; run 'roadworthy nightly'"
        )
    return min(latest, as_of) if as_of else latest


def _facts(loaded: Loaded, sources: pl.DataFrame, snapshot: datetime, scope: str) -> Facts:
    config = loaded.config
    return Facts(
        title=_TITLE if scope == ORGANISATION else f"{_TITLE}: {scope.removeprefix(TEAM)}",
        as_of=snapshot,
        timezone=config.timezone,
        config_hash=loaded.hash,
        version=__version__,
        sources=tuple(sources["source"]),
        minimum_group=config.privacy.minimum_group,
        has_stages=bool(config.stages),
        has_readiness=config.definition_of_ready is not None,
        scope=scope,
    )


def file_name(snapshot: datetime, team: str | None) -> str:
    """What a report is called that stays when later ones come."""
    suffix = f"-{''.join(one if one.isalnum() else '-' for one in team)}" if team else ""
    return f"roadworthy-{snapshot:%Y-%m-%d}{suffix}.html"


def write_whole(target: Path, page: str) -> None:
    """Put the whole page in place in one step: whoever opens it sees the old one or the new one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        fresh.write_text(page, encoding="utf-8")
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)

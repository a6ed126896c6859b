"""An organisation whose trackers answer, and somebody who syncs and builds from them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.trouble import Patience
from roadworthy.config.load import Loaded, load
from roadworthy.runs import Run
from roadworthy.simulator.serving.faults import Faults, Planned
from roadworthy.simulator.serving.jira_site import JiraSite
from roadworthy.simulator.serving.server import Served, served
from roadworthy.stages import sources
from roadworthy.stages.build import BuildResult, build
from roadworthy.stages.sync import SyncResult, sync
from roadworthy.warehouse import open_landing, open_published
from tests.roadworthy.end_to_end.conftest import Silence

NOW = datetime(2026, 4, 1, 6, tzinfo=UTC)

_CONFIG = """
warehouse = "var/roadworthy.duckdb"
timezone = "Europe/Berlin"

[[sources]]
kind = "jira"
name = "acme"
server = "{server}"
projects = ["PAY"]
{email}
token_env = "JIRA_TOKEN"
patience_minutes = 10
"""

#: They tell of runs and their requests, which are never the same twice.
_OF_THE_RUN = {"runs", "sources"}


@dataclass
class Living:
    """A folder with a configuration whose trackers answer."""

    folder: Path
    server: Served
    days: int = 0
    waits: list[float] = field(default_factory=list)

    @property
    def loaded(self) -> Loaded:
        return load(self.folder / "roadworthy.toml")

    def sync(self, *, full: bool = False) -> SyncResult:
        """Sync in the night of the day; the same nights give the same instants."""
        return sync(self.loaded, self._run(), Silence(), full=full)

    def build(self) -> BuildResult:
        return build(self.loaded, self._run(), Silence())

    def _run(self) -> Run:
        return Run.begin("nightly", lambda: NOW + timedelta(days=self.days))

    def landed(self, query: str) -> list[tuple[Any, ...]]:
        with open_landing(self.loaded.warehouse) as landing:
            return landing.frame(query).rows()

    def stored(self) -> list[tuple[Any, ...]]:
        """Everything in landing that does not tell of a run."""
        return self.landed(
            """
            select source, resource, key, payload::varchar, missing_since,
                superseded_run_id is not null as is_superseded
            from raw.records order by all
            """
        )

    def published(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every table and view of core and main, but for what tells of runs."""
        with open_published(self.loaded.warehouse) as warehouse:
            names = warehouse.frame(
                """
                select schema_name || '.' || name from (
                    select schema_name, table_name as name from duckdb_tables()
                    union all
                    select schema_name, view_name from duckdb_views() where not internal
                ) where schema_name in ('core', 'main') order by all
                """
            )
            return {
                name: warehouse.frame(f"from {name} order by all").rows()
                for (name,) in names.rows()
                if name.partition(".")[2] not in _OF_THE_RUN
            }


@contextmanager
def living(
    site: JiraSite, folder: Path, monkeypatch: pytest.MonkeyPatch, *planned: Planned
) -> Iterator[Living]:
    """Let a Jira answer, with these faults; whoever waits for it does so in no time."""
    with served(site.app, faults=Faults(*planned)) as server:
        folder.mkdir(parents=True, exist_ok=True)
        email = 'email_env = "JIRA_EMAIL"' if site.is_cloud else ""
        config = _CONFIG.format(server=server.url, email=email)
        (folder / "roadworthy.toml").write_text(config, encoding="utf-8")
        one = Living(folder, server)
        monkeypatch.setenv("JIRA_TOKEN", site.access.token)
        monkeypatch.setenv("JIRA_EMAIL", site.access.email)
        monkeypatch.setattr(
            sources, "Patience", lambda s, **more: Patience(s, sleep=one.waits.append, **more)
        )
        yield one

"""What a report is made of: the tables of `main` as frames, and the facts about their making.

Every frame has exactly the columns of its table in `sql/schema/main`; each may be empty. Beside
them stands what was read: `sources`, with the columns of `core.sources`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

import polars as pl

from reports.origin import Origin

ORGANISATION = "organisation"
"""The scope of the whole."""
TEAM = "team:"
"""How the scope of a team begins."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Where the numbers come from: title, snapshot instant, sources, configuration in force.

    `as_of` is the snapshot instant with its zone; `timezone` the IANA name in which the page
    speaks of days. `scope` chooses the rows of the summaries the page is about. `is_past` says that
    the numbers were computed for an earlier instant, and are not those of the warehouse.
    """

    title: str
    as_of: datetime
    timezone: str
    config_hash: str
    version: str
    sources: tuple[str, ...]
    minimum_group: int
    has_stages: bool
    has_readiness: bool
    scope: str = ORGANISATION
    is_past: bool = False


@dataclass(frozen=True, kw_only=True)
class ReportData:
    """All that a report may draw: facts per item, and the summaries computed from them."""

    facts: Facts
    sources: pl.DataFrame
    work_items: pl.DataFrame
    visits: pl.DataFrame
    handoffs: pl.DataFrame
    readiness_checks: pl.DataFrame
    commitments: pl.DataFrame
    date_moves: pl.DataFrame
    weekly_metrics: pl.DataFrame
    metric_summaries: pl.DataFrame
    stage_durations: pl.DataFrame
    handoff_rates: pl.DataFrame
    readiness_rules: pl.DataFrame
    constraints: pl.DataFrame
    attribution: pl.DataFrame
    attribution_rules: pl.DataFrame
    diagnoses: pl.DataFrame
    latency_components: pl.DataFrame
    latency_shares: pl.DataFrame
    aging_work: pl.DataFrame
    decision_changes: pl.DataFrame
    decision_rights: pl.DataFrame
    decision_right_shares: pl.DataFrame
    interventions: pl.DataFrame
    intervention_effects: pl.DataFrame
    effect_series: pl.DataFrame
    early_signals: pl.DataFrame
    recurrences: pl.DataFrame
    published_figures: pl.DataFrame
    data_audit: pl.DataFrame

    def in_scope(self, summary: pl.DataFrame) -> pl.DataFrame:
        """The rows of a summary with a `scope` column that this report is about."""
        return summary.filter(pl.col("scope") == self.facts.scope)

    def of_whole_items(self, facts: pl.DataFrame, key: str = "item_id") -> pl.DataFrame:
        """Rows of facts without those of sub-tasks: a part is not counted with its whole.

        A release may have the number of a sub-task, and is none.
        """
        parts = self.work_items.filter("is_subtask")["item_id"]
        is_of_part = pl.col(key).is_in(parts.implode())
        if "subject_kind" in facts.columns:
            is_of_part &= pl.col("subject_kind") == "item"
        return facts.filter(~is_of_part)

    def rows_in_scope(self, table: str, *also: Origin, **values: str) -> Origin:
        """Where the rows of a summary come from that this report is about."""
        return Origin(table, (("scope", self.facts.scope), *values.items()), also)

    def rows_of_items(self, table: str, *also: Origin, key: str = "item_id") -> Origin:
        """Where the rows of facts of whole items come from; a report of a team has its own."""
        team = self.facts.scope.removeprefix(TEAM)
        is_whole = team == self.facts.scope
        return Origin(table, () if is_whole else (("team", team),), also, key)

    def items_by_id(self, item_ids: pl.Series) -> Mapping[str, dict[str, str | None]]:
        """Key, title and address of the named items; an item that is not known is left out."""
        known = self.work_items.filter(pl.col("item_id").is_in(item_ids.implode()))
        rows = known.select("item_id", "key", "title", "url").iter_rows(named=True)
        return {row["item_id"]: row for row in rows}


TABLES = tuple(one.name for one in fields(ReportData) if one.name not in ("facts", "sources"))
"""The tables of ``main`` that a report is made of."""

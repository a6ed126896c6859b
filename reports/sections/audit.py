"""What a reader must know before trusting the numbers."""

from typing import Any

import polars as pl

from reports import format as words
from reports.data import ReportData
from reports.section import Section
from reports.table import Cell, Table, Tracker, figures, named
from reports.tracker_text import readable

#: Severity -> what a number of its findings is called, worst first.
SEVERITIES = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "info": ("note", "notes"),
}

#: Findings printed per severity; the rest is counted.
_MOST = 60


_COUNTED = (
    (
        "Lost history is the usual way for such numbers to be wrong. So what came is counted, item "
        "by item, against what the tracker says there is: an item is short where less came than "
        "announced."
    ),
    (
        "A record that is missing was there before and is no longer shown: deleted, moved, "
        "archived, hidden or no longer asked for; it is kept as it was last seen. What is "
        "quarantined came and could not be used."
    ),
)


def audit(data: ReportData) -> Section:
    """What was expected and found of each source, then one table per severity, worst first."""
    findings = data.data_audit
    tables = (_read(data), *(_table(findings, severity) for severity in SEVERITIES))
    return Section(
        key="audit",
        heading="May I trust this?",
        lead=(trust(findings), *(_COUNTED if not data.sources.is_empty() else ())),
        tables=tuple(table for table in tables if table.rows),
    )


def counts(findings: pl.DataFrame) -> dict[str, int]:
    """Number of findings by severity, worst first, with zeros."""
    return {
        severity: findings.filter(pl.col("severity") == severity).height for severity in SEVERITIES
    }


def trust(findings: pl.DataFrame) -> str:
    """The audit in one sentence."""
    found = counts(findings)
    if found["error"]:
        return "The audit found errors: some numbers here are wrong or incomplete. Read them first."
    if found["warning"]:
        return "The audit found no error; its warnings say what to read with care."
    return "The audit found nothing that stands against these numbers."


def _read(data: ReportData) -> Table:
    """Expected against found, source by source."""
    return Table(
        caption="Expected against found, by source",
        columns=(
            *named("Source"),
            *figures("Records stored", "Quarantined", "Missing"),
            *figures("Histories announced", "Histories received", "Short items", "Requests"),
            *named("Snapshot"),
        ),
        rows=tuple(_source(row, data.facts.timezone) for row in data.sources.iter_rows(named=True)),
    )


def _source(row: dict[str, Any], timezone: str) -> tuple[Cell, ...]:
    announced, received = row["histories_announced"], row["histories_received"]
    return (
        readable(row["source"]),
        *(words.whole(row[name]) for name in ("records", "quarantined", "missing")),
        "not said" if announced is None else words.whole(announced),
        _count(received),
        "" if received is None else words.whole(row["short_items"]),
        words.whole(row["requests"]),
        words.instant(row["snapshot_at"], timezone),
    )


def _table(findings: pl.DataFrame, severity: str) -> Table:
    chosen = findings.filter(pl.col("severity") == severity).sort("source", "finding", "subject")
    one, many = SEVERITIES[severity]
    heading = words.sentence(words.counted(chosen.height, one, many))
    cut = f", the first {_MOST}; all of them are in the table data_audit"
    return Table(
        caption=heading + (cut if chosen.height > _MOST else ""),
        columns=(
            *named("Finding", "Source", "Concerns", "What it means"),
            *figures("Expected", "Found", "Share"),
        ),
        rows=tuple(_row(finding) for finding in chosen.head(_MOST).iter_rows(named=True)),
    )


def _row(finding: dict[str, Any]) -> tuple[Cell, ...]:
    source = "all sources" if finding["source"] == "*" else readable(finding["source"])
    return (
        readable(finding["finding"].replace("_", " "), limit=80),
        source,
        Tracker(readable(finding["subject"], limit=80)),
        Tracker(readable(finding["detail"], limit=400)),
        _count(finding["expected"]),
        _count(finding["found"]),
        "" if finding["share"] is None else words.share(finding["share"]),
    )


def _count(number: int | None) -> str:
    return "" if number is None else words.whole(number)

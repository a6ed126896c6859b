"""Whether everything is there: records, histories, present values."""

from collections.abc import Iterable, Iterator
from typing import Literal

import polars as pl

from pipelines.audit import Finding, counted

# Visits and promises are wrong outright where one of these has lost a change.
_FIELDS_OF_FACTS = ("status", "duedate")
_EXAMPLES = 3


def sources(frame: pl.DataFrame, *, grave: str) -> Iterator[Finding]:
    """What each source is and lacks.

    Args:
        frame: ``core.sources``.
        grave: what stands in a lack without which numbers are wrong, and not only missing.
    """
    for row in frame.iter_rows(named=True):
        source, snapshot = row["source"], row["snapshot_at"]
        if not row["is_snapshot_declared"]:
            yield Finding(
                source,
                "snapshot_not_declared",
                "info",
                f"The data is taken to stand for {snapshot:%Y-%m-%d %H:%M} UTC, the latest instant "
                "in it (or, if it holds none, that of reading it); declare as_of if it was "
                "recorded later.",
            )
        for lack in row["lacks"] or []:
            severity: Literal["warning", "info"] = "warning" if grave in lack else "info"
            yield Finding(source, "source_lacks", severity, lack, subject=lack)


def without_items(frame: pl.DataFrame, items: pl.DataFrame) -> Iterator[Finding]:
    """Sources that were read to their end and showed no item at all.

    Args:
        frame: ``core.sources``.
        items: source.
    """
    for source in sorted(set(frame["source"]) - set(items["source"])):
        yield Finding(
            source,
            "no_items",
            "warning",
            "The source was read and no item is in it; see to the projects or repositories it "
            "names, to its 'since', and to what its account may see.",
            expected=1,
            found=0,
        )


def unread_sources(configured: Iterable[str], syncs: pl.DataFrame) -> Iterator[Finding]:
    """Sources that no sync read to its end, and those with which the last one did not come there.

    Args:
        configured: their names.
        syncs: source, run_id, started_at, finished_at (null: it did not come to its end),
            snapshot_at, error (null: it did, or was killed).
    """
    # Of two at one instant the one that came to its end was the second try.
    begun = syncs.sort("started_at", pl.col("finished_at").is_not_null(), "run_id")
    for source in sorted(configured):
        mine = begun.filter(pl.col("source") == source)
        read = mine.filter(pl.col("finished_at").is_not_null())
        if mine.is_empty():
            yield _never_read(source, "no sync has begun with it yet")
        elif (last := mine.row(-1, named=True))["finished_at"] is None:
            why = last["error"] or "its last sync was stopped"
            yield _never_read(source, why) if read.is_empty() else _read_failed(read, why)


def _never_read(source: str, why: str) -> Finding:
    return Finding(
        source,
        "source_never_read",
        "error",
        f"The source is configured and was never read to its end; nothing of it is in here: {why}.",
        expected=1,
        found=0,
    )


def _read_failed(read: pl.DataFrame, why: str) -> Finding:
    source, snapshot = read.select("source", "snapshot_at").row(-1)
    return Finding(
        source,
        "source_read_failed",
        "warning",
        "The last read of the source did not come to its end; what is here of it stands for "
        f"{snapshot:%Y-%m-%d %H:%M} UTC: {why}.",
        expected=1,
        found=0,
    )


def forgotten_sources(names: Iterable[str]) -> Iterator[Finding]:
    """Sources that were fetched once and are no longer configured, or under another name."""
    for name in names:
        yield Finding(
            name,
            "source_not_configured",
            "warning",
            "This source was fetched and is not in roadworthy.toml any more; it is left out. Under "
            "its old name it is there again.",
        )


def quarantine(frame: pl.DataFrame) -> Iterator[Finding]:
    """What arrived and was no usable record.

    Args:
        frame: ``raw.quarantine``.
    """
    copies = pl.col("reason").str.contains("^(older|shorter|repeated|differing) copy")
    for is_copy, severity in ((False, "error"), (True, "info")):
        part = frame.filter(copies == is_copy).sort("place")
        for (source, resource), rows in sorted(
            part.partition_by("source", "resource", as_dict=True).items()
        ):
            reasons = "; ".join(
                f"{row['place']}: {row['reason']}"
                for row in rows.head(_EXAMPLES).iter_rows(named=True)
            )
            yield Finding(
                str(source),
                "repeated_records" if is_copy else "quarantined_records",
                severity,  # type: ignore[arg-type]  # one of the two literals above
                f"Not used: {counted(rows.height, 'record')}. {reasons}",
                subject=str(resource),
                expected=0,
                found=rows.height,
            )


def histories(items: pl.DataFrame) -> Iterator[Finding]:
    """Histories announced by the tracker against histories that arrived.

    That each entry of what arrived is stored is one of the checks.

    Args:
        items: source, key, histories_announced, histories_received (null: the tracker keeps none).
    """
    kept = items.select("source", "key", "histories_announced", "histories_received").filter(
        pl.col("histories_received").is_not_null()
    )
    for (source,), rows in sorted(kept.partition_by("source", as_dict=True).items()):
        short = rows.filter(pl.col("histories_received") < pl.col("histories_announced"))
        expected, found = (
            int(rows[column].sum()) for column in ("histories_announced", "histories_received")
        )
        keys = ", ".join(short["key"].sort().head(_EXAMPLES))
        detail = (
            f"{counted(short.height, 'item')} with fewer histories than the tracker announces, for "
            f"example {keys}: what happened in the lost ones is unknown."
            if short.height
            else "Every history the tracker announces is there."
        )
        yield Finding(
            str(source),
            "histories",
            "error" if short.height else "info",
            detail,
            expected=expected,
            found=found,
            share=found / expected if expected else None,
        )


def replay(
    counts: pl.DataFrame, mismatches: pl.DataFrame, items: pl.DataFrame
) -> Iterator[Finding]:
    """Last replayed values against present values, field by field.

    Args:
        counts: what :func:`pipelines.histories.replay.replay_counts` found.
        mismatches: what :func:`pipelines.histories.replay.replay_mismatches` found.
        items: item_id, source, key.
    """
    keyed = mismatches.join(items.select("item_id", "source", "key"), on="item_id")
    for row in counts.iter_rows(named=True):
        source, field = row["source"], row["field"]
        if row["compared"] == 0:
            yield Finding(
                source,
                "present_value_unknown",
                "info",
                f"'{field}' has {counted(row['histories'], 'history', 'histories')} and no payload "
                "shows its present value to compare the last one with.",
                subject=field,
                found=row["histories"],
            )
            continue
        differing = row["compared"] - row["agreeing"]
        unknown = row["histories"] - row["compared"]
        mine = keyed.filter((pl.col("source") == source) & (pl.col("field") == field))
        keys = ", ".join(mine.sort("item_id")["key"].unique(maintain_order=True).head(_EXAMPLES))
        yield Finding(
            source,
            "replay_equals_present",
            _replay_severity(field, differing),
            f"The history of '{field}' does not end at its present value in {differing:,} of "
            f"{row['compared']:,} items, for example {keys}; core.replay_mismatches lists them all "
            "with the reason." + (f" Of {unknown:,} more no payload shows it." if unknown else "")
            if differing
            else _all_agree(field, unknown),
            subject=field,
            expected=row["compared"],
            found=row["agreeing"],
            share=row["agreeing"] / row["compared"],
        )


def _all_agree(field: str, unknown: int) -> str:
    if not unknown:
        return f"Every history of '{field}' ends at its present value."
    return (
        f"Every history of '{field}' that could be compared ends at its present value; of "
        f"{unknown:,} more no payload shows it."
    )


def _replay_severity(field: str, differing: int) -> Literal["error", "warning", "info"]:
    if not differing:
        return "info"
    return "error" if field in _FIELDS_OF_FACTS else "warning"

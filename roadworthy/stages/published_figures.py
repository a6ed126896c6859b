"""The figures of each night, carried from published file to published file.

Everything else is computed anew from the raw data; past figures cannot be, because rules and
versions change. If the file of the night before is lost, only these figures are.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

import polars as pl

from roadworthy.config.load import Loaded
from roadworthy.errors import NotOursError, RoadworthyError
from roadworthy.progress import Progress
from roadworthy.warehouse import open_published

_REMEMBERED = timedelta(days=400)
"""A year, and a month beside it."""
TOLD = ("metric_summaries", "constraints", "attribution")
"""The tables of which the figures are."""
_TABLE = """
    select count(*) as tables from duckdb_tables()
    where schema_name = 'main' and table_name = 'published_figures'
"""
_KEPT = ("scope", "estimate", "low", "high", "items")


def told_before(loaded: Loaded, progress: Progress) -> pl.DataFrame | None:
    """What earlier builds said; None where there was none, or where it cannot be read."""
    if not loaded.warehouse.exists():
        return None
    try:
        with open_published(loaded.warehouse, of_any_age=True) as published:
            if not published.frame(_TABLE)["tables"].item():
                return None
            return published.frame("from main.published_figures")
    except NotOursError:
        raise  # never built over
    except RoadworthyError as error:
        # A damaged file must not keep the next one from being built.
        progress.noted(f"figures of earlier nights are lost: {error}")
        return None


def published_figures(
    tables: Mapping[str, pl.DataFrame],
    before: pl.DataFrame | None,
    *,
    snapshot_at: datetime,
    config_hash: str,
) -> pl.DataFrame:
    """The figures of this build below those of earlier ones: ``main.published_figures``.

    Args:
        tables: metric_summaries, constraints and attribution, as they are published.
        before: of earlier builds; what one said of the same snapshot, of a group that may be shown
            no more, or more than 400 days ago, is left out.
        snapshot_at: of this build.
        config_hash: of this build.
    """
    now = pl.concat([_metrics(tables), _constraint(tables), _verdict(tables)], how="diagonal")
    stamped = now.with_columns(
        snapshot_at=pl.lit(snapshot_at).cast(pl.Datetime("us", "UTC")),
        config_hash=pl.lit(config_hash),
    )
    earlier = [] if before is None else [_kept(before, now["scope"], snapshot_at)]
    return pl.concat([*earlier, stamped], how="diagonal").sort("snapshot_at", "scope", "figure")


def _kept(before: pl.DataFrame, shown: pl.Series, snapshot_at: datetime) -> pl.DataFrame:
    """What stays of earlier builds: not of this snapshot, of groups that may still be shown."""
    too_old = snapshot_at - _REMEMBERED
    return before.filter(
        pl.col("snapshot_at") != snapshot_at,
        pl.col("snapshot_at") > too_old,
        pl.col("scope").is_in(shown.implode()),
    )


def _metrics(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    return tables["metric_summaries"].select(
        *_KEPT, "open_items", figure="metric", said=pl.lit(None, pl.String)
    )


def _constraint(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The cause that costs most beyond normal, whether or not it may be called the constraint."""
    first = tables["constraints"].filter(pl.col("rank") == 1)
    return first.select(
        "scope",
        "items",
        estimate="excess_days",
        low="excess_low",
        high="excess_high",
        figure=pl.lit("constraint"),
        said="cause",
    )


def _verdict(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    found = tables["attribution"].unique("scope", keep="first", maintain_order=True)
    return found.select("scope", "items", figure=pl.lit("verdict"), said="verdict")

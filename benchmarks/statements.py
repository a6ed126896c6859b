"""What the statements cost once the facts stand: the constraint, and system or person.

The facts of a published warehouse, such as that of ``make demo``, are taken many times over, each
time as other items of other people in one of five further companies with the same teams:
``python -m benchmarks.statements roadworthy-demo/roadworthy.toml --items 1000000``.
"""

import resource
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import polars as pl
from threadpoolctl import threadpool_limits

from pipelines.cohorts import metric_cohorts
from pipelines.cohorts.scopes import Scopes, visible_scopes
from pipelines.latency.latency_shares import latency_shares
from roadworthy.config.load import load
from roadworthy.stages.attribution_estimates import attribution_estimates
from roadworthy.stages.constraint_estimates import constraint_estimates
from roadworthy.stages.core_frames import Core
from roadworthy.stages.horizons import duration_horizon
from roadworthy.stages.item_facts import ItemFacts, item_facts
from roadworthy.stages.policies import policy_for
from roadworthy.stages.whole_items import of_whole_items
from roadworthy.warehouse import open_published

_COMPANIES = 5
_FRAMES = (
    "items",
    "visits",
    "handoffs",
    "readiness_checks",
    "decision_changes",
    "intake",
    "changes",
    "latency_segments",
)
"""The facts that the statements read."""
_PEOPLE = ("actor_id",)
_KEYS = ("item_id", "handoff_id")


def taken(facts: ItemFacts, times: int) -> ItemFacts:
    """The same facts so many times over."""
    frames: dict[str, Any] = {name: _repeated(getattr(facts, name), times) for name in _FRAMES}
    return replace(facts, **frames)


def _repeated(frame: pl.DataFrame, times: int) -> pl.DataFrame:
    copies = pl.DataFrame({"copy": range(times)}, schema={"copy": pl.Int32})
    company = (pl.col("copy") % _COMPANIES).cast(pl.String)
    keys = [name for name in _KEYS if name in frame.columns]
    others = [name for name in ("team", *_PEOPLE) if name in frame.columns]
    return (
        frame.join(copies, how="cross")
        .with_columns(
            *(pl.format("{}~{}", name, "copy").alias(name) for name in keys),
            *(pl.format("{}~{}", name, company).alias(name) for name in others),
        )
        .drop("copy")
    )


def _scopes(facts: ItemFacts, minimum: int) -> Scopes:
    acted = facts.items.join(facts.changes.select("item_id", "actor_id"), on="item_id", how="left")
    return visible_scopes(acted, [], minimum_group=minimum)


@click.command()
@click.argument("config", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--items", type=click.IntRange(1), default=100_000, show_default=True)
def main(*, config: Path, items: int) -> None:
    """Time the statements on so many items."""
    loaded = load(config)
    with open_published(loaded.warehouse) as warehouse:
        core = Core.read(warehouse)
    policy = policy_for(loaded.config, core.items)
    once = of_whole_items(item_facts(core, policy))
    facts = taken(once, max(1, round(items / once.items.height)))
    scopes = _scopes(facts, policy.minimum_group)
    horizon = duration_horizon(metric_cohorts.lead_time(facts.items), policy)
    before = _peak()
    with threadpool_limits(limits=1, user_api="blas"):
        shares = latency_shares(facts.latency_segments, facts.items, scopes, horizon=horizon)
        started = time.perf_counter()
        found = constraint_estimates(facts, shares, scopes, policy)["constraints"]
        ranked = time.perf_counter()
        attribution_estimates(facts, found, policy, horizon=horizon)
        told = time.perf_counter()
    click.echo(f"{facts.items.height:,} items, {len(scopes.teams)} teams, {found.height} causes")
    click.echo(f"constraint        {ranked - started:8.1f} s")
    click.echo(f"system or person  {told - ranked:8.1f} s")
    click.echo(f"peak memory       {_peak():8.2f} GB, of which the facts {before:.2f} GB")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


if __name__ == "__main__":
    main()

"""The product's own judgement of an organisation: facts, ledger, excess, rank and verdict."""

import time
from collections.abc import Iterator

import polars as pl

from benchmarks.location_figures import PRODUCT, Said
from benchmarks.location_rivals import Known
from benchmarks.location_worlds import World
from pipelines.cohorts import metric_cohorts
from pipelines.cohorts.scopes import ORGANISATION, Scopes, visible_scopes
from pipelines.latency.latency_shares import latency_shares
from roadworthy.stages.horizons import duration_horizon
from roadworthy.stages.item_facts import ItemFacts, item_facts
from roadworthy.stages.whole_items import of_whole_items


def known(one: World) -> Known:
    """The facts of an organisation; they do not depend on what is declared to be normal."""
    return Known(of_whole_items(item_facts(one.core, one.policy)), one.policy)


def judged(one: World, told: Known) -> Iterator[Said]:
    """What the product says of it under each of its policies."""
    # Imported here so that rivals can be run while the estimator is being taken apart.
    from roadworthy.stages.constraint_estimates import (  # noqa: PLC0415
        constraint_estimates,
    )

    scopes = _scopes(one, told.facts)
    shares = _shares(told, scopes)
    for name, policy in one.policies.items():
        started = time.perf_counter()
        found = constraint_estimates(told.facts, shares, scopes, policy)["constraints"]
        milliseconds = 1000 * (time.perf_counter() - started)
        method = f"{PRODUCT}, {name}" if name else PRODUCT
        yield said(found, method, milliseconds)


def said(constraints: pl.DataFrame, method: str, milliseconds: float) -> Said:
    """What a frame of constraints names first for the whole organisation."""
    ranked = constraints.filter(pl.col("scope") == ORGANISATION, pl.col("rank").is_not_null()).sort(
        "rank"
    )
    if ranked.is_empty():
        return Said(method, None, milliseconds=milliseconds)
    first = ranked.row(0, named=True)
    probability = first["probability_first"]
    return Said(
        method,
        first["cause"],
        float("nan") if probability is None else float(probability),
        first["verdict"] or "",
        frozenset(ranked.filter(pl.col("in_rank_set").fill_null(value=False))["cause"]),
        milliseconds,
    )


def _shares(told: Known, scopes: Scopes) -> pl.DataFrame:
    """The ledger, looked at as far as the product does."""
    horizon = duration_horizon(metric_cohorts.lead_time(told.facts.items), told.policy)
    return latency_shares(told.facts.latency_segments, told.facts.items, scopes, horizon=horizon)


def _scopes(one: World, facts: ItemFacts) -> Scopes:
    """The teams that may be shown: one may be compared with the others."""
    bots = one.core.actors.filter("is_bot")["actor_id"].to_list()
    acted = facts.sightings.acts.select("team", "actor_id", item_type=pl.lit("any"))
    found = visible_scopes(acted, bots, minimum_group=one.policy.minimum_group)
    return Scopes(found.teams, (), found.withheld)

"""Items handed over: who held either side, what they met of the rules, and how long they took.

One edge is looked at: that which the definition of ready guards, else the pair of roles between
which most items are handed over. Of each item the first attempt counts; what followed is part of
how long it took. Holders are those whom ``[[tenures]]`` declare for the role in the team or
project, else who handed it over, and who took it on or sent it back. An item counts once it could
be followed to the horizon, whatever became of it: open ones took that long at least, and those that
took longer are not told apart.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.cohorts import metric_cohorts
from pipelines.histories.actor_roles import BOT, UNKNOWN

READINESS = "readiness:"
SEVERAL_DECIDERS, SCOPE_CHANGED = "several_deciders", "scope_changed"
_FEWEST_MARKED = 10
"""Items that met a rule, and that did not: of fewer nothing is asked."""
_OF_ATTEMPTS = (
    *("item_id", "handoff_id", "step", "group_end", "handed_at", "team", "item_type"),
    *("from_role", "to_role", "to_stage", "verdict", "verdict_group_end"),
)
"""What is looked at of an attempt."""
_BY_THE_RECEIVER = ("accepted", "rejected")
"""Verdicts that the receiving side gives: whoever recalls or drops an item did not take it on."""
_AN_HOUR = 1 / 24


@dataclass(frozen=True, slots=True)
class FirstAttempts:
    """The items of one edge."""

    rows: pl.DataFrame
    """Columns of :mod:`pipelines.attribution.handed_over`, and one for each exposure."""
    exposures: tuple[str, ...]
    mean_days: float | None
    """Of an item, up to the horizon."""
    from_role: str | None
    to_role: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of the items beside their attempts."""

    items: pl.DataFrame
    """As :func:`pipelines.cohorts.metric_cohorts.lead_time` reads them; project, kind."""
    changes: pl.DataFrame
    """item_id, group_end, field, actor_id, actor_role."""
    checks: pl.DataFrame
    """handoff_id, rule, outcome: of readiness."""
    decision_changes: pl.DataFrame
    """item_id, decision_right, actor_role, is_bulk."""
    intake: pl.DataFrame
    """item_id, scope_edit_count."""
    seat_holders: pl.DataFrame
    """role, place (empty: everywhere), actor_id, valid_from, valid_until."""


def first_attempts(
    handoffs: pl.DataFrame, known: Evidence, *, guards: str | None, horizon: float | None
) -> FirstAttempts:
    """The items of one edge, sorted.

    Args:
        handoffs: all attempts: item_id, handoff_id, attempt, step, from_role, to_role, to_stage,
            group_end, handed_at, team, item_type, verdict, verdict_group_end (of the click).
        known: what else is known of the items.
        guards: the stage that the definition of ready guards, if there is one.
        horizon: days from the start of the clock up to which an item is followed.
    """
    edge = _edge(handoffs, known.items, guards)
    timed = _timed(known.items, horizon)
    rows = _with_holders(edge, known).join(timed, on="item_id")
    marked = [*_readiness(edge, known.checks), _several_deciders(known), _scope_changed(known)]
    for mark in marked:
        rows = rows.join(mark, on="item_id", how="left", maintain_order="left")
    names = [name for mark in marked for name in mark.columns if name != "item_id"]
    rows = _renumbered(rows.with_columns(pl.col(names).fill_null(0.0)).sort("item_id"))
    exposures = tuple(name for name in names if _is_met_by_some(rows[name]))
    roles = edge.select("from_role", "to_role").unique()
    pair = roles.row(0) if roles.height == 1 else (None, None)
    mean = rows["days"].mean() if rows.height else None
    return FirstAttempts(
        rows.select("team", "month", "sender", "receiver", "kind", "value", *exposures),
        exposures,
        float(mean) if isinstance(mean, float) else None,
        *pair,
    )


def _renumbered(rows: pl.DataFrame) -> pl.DataFrame:
    """People by the order in which they come: a pseudonym depends on a key, and no figure on it."""
    seen = pl.concat([rows["sender"], rows["receiver"]]).drop_nulls().unique(maintain_order=True)
    numbers = {person: f"{place:06}" for place, person in enumerate(seen)}
    return rows.with_columns(
        pl.col("sender", "receiver").replace_strict(numbers, return_dtype=pl.String)
    )


def _edge(handoffs: pl.DataFrame, items: pl.DataFrame, guards: str | None) -> pl.DataFrame:
    """The first attempt of each ticket on the edge."""
    tickets = items.filter(pl.col("kind") == "ticket").select("item_id", project_of_item="project")
    attempts = (
        handoffs.select(_OF_ATTEMPTS)
        .filter(pl.col("from_role") != pl.col("to_role"))
        .join(tickets, on="item_id")
    )
    if guards is not None:
        attempts = attempts.filter(pl.col("to_stage") == guards)
    else:
        pairs = attempts.group_by("from_role", "to_role").agg(items=pl.col("item_id").n_unique())
        busiest = pairs.sort("items", "from_role", "to_role", descending=[True, False, False])
        attempts = attempts.join(busiest.head(1), on=["from_role", "to_role"], how="semi")
    return attempts.sort("item_id", "step").unique("item_id", keep="first", maintain_order=True)


def _timed(items: pl.DataFrame, horizon: float | None) -> pl.DataFrame:
    """How long each item took that could be followed: item_id, days, value (their logarithm)."""
    cohort = metric_cohorts.lead_time(items)
    limit = pl.lit(horizon, pl.Float64)
    could = (pl.col("entry_days") == 0) & (pl.col("snapshot_days") >= limit)
    return (
        cohort.filter(could)
        .select(item_id="subject_id", days=pl.min_horizontal("followed_days", limit))
        .with_columns(value=pl.max_horizontal("days", pl.lit(_AN_HOUR)).log())
    )


def _with_holders(edge: pl.DataFrame, known: Evidence) -> pl.DataFrame:
    """Who held either side when the item was handed over, and when that was."""
    acts = (
        known.changes.filter(
            (pl.col("field") == "status") & (pl.col("actor_role").fill_null("") != BOT)
        )
        .select("item_id", "group_end", "actor_id")
        .unique(["item_id", "group_end"], keep="first", maintain_order=True)
    )
    taken_on = pl.when(pl.col("verdict").is_in(_BY_THE_RECEIVER)).then("verdict_group_end")
    clicks = (
        edge.join(acts.rename({"actor_id": "sender"}), on=["item_id", "group_end"], how="left")
        .with_columns(group_end=taken_on)
        .join(acts.rename({"actor_id": "receiver"}), on=["item_id", "group_end"], how="left")
        .drop("group_end", "verdict", "verdict_group_end")
    )
    for side, role in (("sender", "from_role"), ("receiver", "to_role")):
        held = _declared(clicks, known.seat_holders, role=role)
        clicks = clicks.join(held, on="item_id", how="left").with_columns(
            pl.coalesce("holder", side).alias(side)
        )
        clicks = clicks.drop("holder")
    return clicks.select(
        "item_id",
        "team",
        "sender",
        "receiver",
        month=pl.col("handed_at").dt.date().dt.truncate("1mo"),
        kind="item_type",
    )


def _declared(clicks: pl.DataFrame, holders: pl.DataFrame, *, role: str) -> pl.DataFrame:
    """Who was declared to hold the seat of a side: item_id, holder."""
    at = pl.col("handed_at")
    began = pl.col("valid_from").is_null() | (pl.col("valid_from") <= at)
    lasts = pl.col("valid_until").is_null() | (at < pl.col("valid_until"))
    everywhere = pl.col("place") == ""
    here = (pl.col("place") == pl.col("team")) | (pl.col("place") == pl.col("project_of_item"))
    return (
        clicks.select("item_id", "handed_at", "team", "project_of_item", role)
        .join(holders, left_on=role, right_on="role")
        .filter((here | everywhere) & began & lasts)
        # Who holds a seat in one place comes before who holds it everywhere.
        .sort("item_id", ~everywhere, "valid_from", "actor_id", nulls_last=False)
        .group_by("item_id", maintain_order=True)
        .agg(holder=pl.col("actor_id").last())
    )


def _readiness(edge: pl.DataFrame, checks: pl.DataFrame) -> list[pl.DataFrame]:
    """For each rule, the items that were handed over without it."""
    told = checks.select("item_id", "handoff_id", "rule", "outcome")
    judged = told.join(edge.select("item_id", "handoff_id"), on=["item_id", "handoff_id"])
    failed = (pl.col("outcome") == "fail").cast(pl.Float64)
    return [
        judged.filter(pl.col("rule") == rule).select("item_id", failed.alias(READINESS + rule))
        for rule in judged["rule"].unique().sort()
    ]


def _several_deciders(known: Evidence) -> pl.DataFrame:
    """Items of which several roles changed what one right governs."""
    voiced = known.decision_changes.filter(
        ~pl.col("is_bulk")
        & pl.col("actor_role").is_not_null()
        & ~pl.col("actor_role").is_in([BOT, UNKNOWN])
    )
    return (
        voiced.group_by("item_id", "decision_right")
        .agg(roles=pl.col("actor_role").n_unique())
        .group_by("item_id")
        .agg((pl.col("roles").max() > 1).cast(pl.Float64).alias(SEVERAL_DECIDERS))
    )


def _scope_changed(known: Evidence) -> pl.DataFrame:
    """Items whose scope was changed while they were built."""
    edits = (pl.col("scope_edit_count") > 0).cast(pl.Float64)
    return known.intake.select("item_id", edits.alias(SCOPE_CHANGED)).unique("item_id")


def _is_met_by_some(marks: pl.Series) -> bool:
    met = int(np.count_nonzero(marks.to_numpy()))
    return _FEWEST_MARKED <= met <= len(marks) - _FEWEST_MARKED

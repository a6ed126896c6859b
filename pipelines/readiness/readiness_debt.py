"""Debt of readiness: what was handed over without something, and until when it did without.

The debt of a failed rule runs from the handoff until the rule first passes, while the item is at or
after the receiving stage: it stops while the item is back before that stage, while it is done or
dropped, and at the next handoff at which the rules are checked again, whose check has a debt of its
own. A parked item owes as much as before. *Filled in late* is what first passed after the handoff
had been accepted: somebody found out what was missing while doing the work.

How long filling in takes is a curve like any other: failures of open items are censored at the
snapshot, and an item that ends without it ends the wait in another way. An edit after that end
repairs the record and fills in nothing.
"""

from typing import NamedTuple

import numpy as np
import polars as pl

from pipelines.histories.spans import days
from pipelines.readiness.readiness import READINESS_CHECKS
from pipelines.statistics.aalen_johansen import aalen_johansen

_CHECK = ["handoff_id", "rule"]


class Filling(NamedTuple):
    """What became of the failures of a rule; None where there were none."""

    late_fill_share: float | None
    """First passed after acceptance, as a share of all failures so far."""
    never_filled_share: float | None
    """One less the incidence of filling in, as far as failures were followed."""
    median_fill_days: float | None
    """Days within which half of the failures were filled in; None where fewer were."""
    debt_days: float | None
    """Days of debt per failure so far."""


def with_debt(checks: pl.DataFrame, handoffs: pl.DataFrame, visits: pl.DataFrame) -> pl.DataFrame:
    """Add debt_days and is_filled_late; null where a rule did not fail.

    Args:
        checks: what :func:`pipelines.readiness.readiness.readiness_checks` found.
        handoffs: handoff_id, item_id, step, to_rank, handed_at, verdict, verdict_at.
        visits: item_id, visit_number, stage_kind, stage_rank, entered_at, until.

    Returns:
        The columns of ``main.readiness_checks``, sorted by handoff and rule.
    """
    failed = checks.filter(pl.col("outcome") == "fail").select(*_CHECK, "passed_at")
    spans = failed.join(_checked(checks, handoffs), on="handoff_id").with_columns(
        owed_until=pl.min_horizontal("passed_at", "checked_again_at")
    )
    accepted_before = (pl.col("verdict") == "accepted") & (
        pl.col("passed_at") > pl.col("verdict_at")
    )
    late = spans.select(*_CHECK, is_filled_late=accepted_before.fill_null(value=False))
    found = late.join(_owed(spans, visits), on=_CHECK, how="left").with_columns(
        pl.col("debt_days").fill_null(0.0)
    )
    return (
        checks.drop("debt_days", "is_filled_late", strict=False)
        .join(found, on=_CHECK, how="left")
        .select(*READINESS_CHECKS)
        .sort(_CHECK)
    )


def fill_in(failures: pl.DataFrame) -> Filling:
    """What became of the failures of one rule.

    Args:
        failures: checked_at, passed_at, debt_days, is_filled_late of the checks; ended_at (end of
            the item or the snapshot) and is_ended of the items.
    """
    if failures.is_empty():
        return Filling(None, None, None, None)
    age = pl.min_horizontal("passed_at", "ended_at") - pl.col("checked_at")
    is_filled = pl.col("passed_at") <= pl.col("ended_at")
    end = pl.when(is_filled).then(1).when("is_ended").then(2).otherwise(0)
    followed = failures.select(waited=days(age), end=end)
    waited = followed["waited"].to_numpy().astype(np.float64).clip(min=0.0)
    curve = aalen_johansen(waited, followed["end"].to_numpy().astype(np.int64), end=1)
    return Filling(
        float(failures["is_filled_late"].sum()) / failures.height,
        max(0.0, 1 - curve.at(float(waited.max()))[0]) if len(curve.ages) else None,
        curve.quantile(0.5),
        float(failures["debt_days"].sum()) / failures.height,
    )


def _checked(checks: pl.DataFrame, handoffs: pl.DataFrame) -> pl.DataFrame:
    """The handoffs that were checked, each with the instant at which the item was checked again."""
    return (
        handoffs.join(checks.select("handoff_id"), on="handoff_id", how="semi")
        .sort("item_id", "step")
        .select(
            "handoff_id",
            "item_id",
            "to_rank",
            "handed_at",
            "verdict",
            "verdict_at",
            checked_again_at=pl.col("handed_at").shift(-1).over("item_id"),
        )
    )


def _owed(spans: pl.DataFrame, visits: pl.DataFrame) -> pl.DataFrame:
    """Days of debt of each failure: the part of its span in visits at or after the stage."""
    begins = pl.max_horizontal("handed_at", "entered_at")
    ends = pl.min_horizontal("owed_until", "until")
    return (
        spans.join(_places(visits), on="item_id")
        .filter((pl.col("place") >= pl.col("to_rank")) & (begins < ends))
        .group_by(_CHECK)
        .agg(debt_days=days(ends - begins).sum())
    )


def _places(visits: pl.DataFrame) -> pl.DataFrame:
    """Where in the flow an item was while it was open; a parked one stays where it was parked."""
    is_somewhere = pl.col("stage_kind").ne_missing("parked")
    place = pl.when(is_somewhere).then("stage_rank").forward_fill().over("item_id")
    is_open = ~pl.col("stage_kind").is_in(["done", "dropped"]).fill_null(value=False)
    return (
        visits.sort("item_id", "visit_number")
        .with_columns(place=place)
        .filter(is_open)
        .select("item_id", "place", "entered_at", "until")
    )

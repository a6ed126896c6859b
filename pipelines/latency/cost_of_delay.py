"""Cost of delay: what slips and rework cost, in two ledgers that are never added.

*Delay* is the net slip of releases in weeks, at the declared value of a week; releases that came
forward count against those that slipped. *Labour* is the business hours of rework in active stages,
each hour once, at the declared rate. The interval carries the chance of the releases or items and
the declared range together (:mod:`pipelines.statistics.totals`). Edge cases:

* Nothing declared: weeks and hours stand, and no money is shown.
* A release whose first or present date is unknown is left out. Moves of a date before it was first
  seen are not known, so that the slip of a release is a lower bound.
* Where every release is on the date first seen no cost is given: not seen to move is not the same
  as not moved.
* Where no release has a date, or nothing was handed over, there is nothing that could have a cost.
* Items that were handed over and never sent back count in the interval: they might have been.
* The organisation has a row in both ledgers whatever happened; another scope only where it has a
  release with a date, or anything was handed over.
"""

from collections.abc import Iterator

import polars as pl

from pipelines.cohorts.scopes import ORGANISATION, Scopes, in_each_scope
from pipelines.cohorts.subjects import only
from pipelines.policy import Costs
from pipelines.statistics.totals import Total, priced, total

_WEEK_DAYS = 7
_NONE_MOVED = "; none seen to move is not none, so no cost is told"
_NONE_DATED = "No release has a known date: there is nothing of which to tell a slip, or its cost."
_NONE_HANDED_OVER = (
    "Nothing was handed from one role to another: nothing could have been sent back."
)

COST_OF_DELAY = pl.Schema(
    {
        "scope": pl.String(),
        "ledger": pl.String(),
        "quantity": pl.Float64(),
        "quantity_low": pl.Float64(),
        "quantity_high": pl.Float64(),
        "quantity_unit": pl.String(),
        "subjects": pl.Int32(),
        "low": pl.Float64(),
        "high": pl.Float64(),
        "currency": pl.String(),
        "basis": pl.String(),
    }
)


def cost_of_delay(
    commitments: pl.DataFrame, handoffs: pl.DataFrame, scopes: Scopes, *, costs: Costs | None
) -> pl.DataFrame:
    """Fill both ledgers: the columns of ``main.cost_of_delay``, sorted.

    Args:
        commitments: subject_kind, subject, team, net_slip_days.
        handoffs: of whole items: item_id, team, item_type, release if known, verdict,
            rework_touch_once_hours.
        scopes: the groups that may be shown.
        costs: what a week and an hour are declared to be worth.
    """
    rows = [*_delay(commitments, scopes, costs), *_labour(handoffs, scopes, costs)]
    return pl.DataFrame(rows, schema=COST_OF_DELAY, orient="row").sort("scope", "ledger")


def _delay(
    commitments: pl.DataFrame, scopes: Scopes, costs: Costs | None
) -> Iterator[dict[str, object]]:
    releases = commitments.filter(
        (pl.col("subject_kind") == "release") & pl.col("net_slip_days").is_not_null()
    ).select("team", release="subject", weeks=pl.col("net_slip_days") / _WEEK_DAYS)
    value = costs.delay_per_release_week if costs else None
    for scope, part in _scopes(releases, scopes, by_type=False):
        slip, moved = total(part["weeks"].to_numpy()), int((part["weeks"] != 0).sum())
        yield {
            "scope": scope,
            "ledger": "delay",
            "quantity_unit": "weeks",
            "subjects": part.height,
            **_figures(slip, value if moved else None, costs),
            "basis": _NONE_DATED
            if part.is_empty()
            else f"Net slip of {_number(part.height, 'release')}, {moved} of them on another "
            "date than first seen, those that came forward counted against the others: "
            f"{slip.value:,.1f} weeks, {_rate(value, costs, 'week')}. A lower bound, since moves "
            f"before a date was first seen are not known{'' if moved else _NONE_MOVED}.",
        }


def _labour(
    handoffs: pl.DataFrame, scopes: Scopes, costs: Costs | None
) -> Iterator[dict[str, object]]:
    rate = costs.person_hour if costs else None
    value = (rate, rate) if rate is not None else None
    attempts = only(handoffs, "verdict", "rework_touch_once_hours")
    for scope, part in _scopes(attempts, scopes, by_type=True):
        items = _reworked(part)
        rejections, again = int(items["rejections"].sum()), int((items["rejections"] > 0).sum())
        hours = total(items["hours"].to_numpy(), least=0.0)
        yield {
            "scope": scope,
            "ledger": "labour",
            "quantity_unit": "hours",
            "subjects": again,
            **_figures(hours, None if part.is_empty() else value, costs),
            "basis": _NONE_HANDED_OVER
            if part.is_empty()
            else f"Business hours in active stages after {_number(rejections, 'rejection')} of "
            f"{_number(again, 'item')}, each hour once: {hours.value:,.1f} hours, "
            f"{_rate(value, costs, 'person-hour')}. At most that, for hours in a stage are not "
            "hours of work; meetings are not counted.",
        }


def _scopes(
    frame: pl.DataFrame, scopes: Scopes, *, by_type: bool
) -> Iterator[tuple[str, pl.DataFrame]]:
    """The rows of each scope that has any, and always those of the organisation."""
    if frame.is_empty():
        yield ORGANISATION, frame
    yield from in_each_scope(frame, scopes, by_type=by_type, by_release=True)


def _reworked(handoffs: pl.DataFrame) -> pl.DataFrame:
    """Every item that was handed over, with its rejections and hours of rework, maybe none."""
    return (
        handoffs.group_by("item_id")
        .agg(
            hours=pl.col("rework_touch_once_hours").sum(),
            rejections=(pl.col("verdict") == "rejected").sum(),
        )
        .sort("item_id")
    )


def _figures(
    quantity: Total, value: tuple[float, float] | None, costs: Costs | None
) -> dict[str, object]:
    """Quantity and cost with their intervals; no cost where no value is declared."""
    low, high = quantity.interval()
    found: dict[str, object] = {
        "quantity": quantity.value,
        "quantity_low": low,
        "quantity_high": high,
    }
    if value is not None and costs is not None:
        cheapest, dearest = priced(quantity, value)
        found |= {"low": cheapest, "high": dearest, "currency": costs.currency}
    return found


def _rate(value: tuple[float, float] | None, costs: Costs | None, unit: str) -> str:
    if value is None or costs is None:
        return f"with no value of a {unit} declared"
    low, high = value
    amount = f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"
    return f"at a declared {amount} {costs.currency} per {unit}"


def _number(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"

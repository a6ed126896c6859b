"""Invented edges: who held a seat when, and what was handed over."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import polars as pl

from pipelines.attribution.handed_over import ordered
from pipelines.attribution.seat_cells import SeatCells, seat_cells
from pipelines.attribution.within_cells import within_cells
from pipelines.statistics.estimate import Estimate

SHAPE = {
    "team": pl.String,
    "month": pl.Date,
    "sender": pl.String,
    "receiver": pl.String,
    "kind": pl.String,
    "value": pl.Float64,
}


def month(number: int) -> date:
    """The first day of a month, counted from January 2025."""
    return date(2025 + number // 12, number % 12 + 1, 1)


def rows(*told: tuple[str, int, str | None, str | None, float]) -> pl.DataFrame:
    """Items as team, month, sender, receiver and value, all of one kind."""
    return pl.DataFrame(
        [
            (team, month(number), sender, receiver, "item", value)
            for team, number, sender, receiver, value in told
        ],
        schema=SHAPE,
        orient="row",
    )


def edge(
    tenures: Mapping[str, Sequence[tuple[str, int]]],
    *,
    seed: int = 1,
    items: int = 12,
    slow: Mapping[str, float] | None = None,
    slow_team: Mapping[str, float] | None = None,
) -> pl.DataFrame:
    """Items of teams whose sender changes and whose receiver stays, with an exposure ``rule``.

    Args:
        tenures: of each team its senders and for how many months each.
        seed: of the noise.
        items: a month.
        slow: what some senders add to each item.
        slow_team: what some teams add.
    """
    dice = np.random.default_rng(seed)
    told = []
    for team, senders in tenures.items():
        who = [sender for sender, many in senders for _ in range(many)]
        for number, sender in enumerate(who):
            added = (slow or {}).get(sender, 0.0) + (slow_team or {}).get(team, 0.0)
            noise = dice.normal(added, 0.5, items)
            told += [(team, number, sender, f"receiver of {team}", value) for value in noise]
    frame = rows(*told)
    return frame.with_columns(
        kind=pl.Series(dice.choice(["feature", "fix"], len(frame))),
        rule=pl.Series(dice.integers(0, 2, len(frame)).astype(float)),
    )


def known(estimate: Estimate | None) -> tuple[float, float, float]:
    """Value, low and high of an estimate that has all three."""
    assert estimate is not None
    assert estimate.value is not None
    assert estimate.low is not None
    assert estimate.high is not None
    return estimate.value, estimate.low, estimate.high


def cells_of(frame: pl.DataFrame, exposures: Sequence[str] = ()) -> SeatCells:
    """The cells of what was handed over."""
    sorted_rows = ordered(frame, exposures)
    return seat_cells(sorted_rows, within_cells(sorted_rows, exposures))

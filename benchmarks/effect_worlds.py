"""Organisations with a change whose effect is known, richer than any estimator supposes.

Made without a look at how effects are estimated. The same seed gives the same organisation with and
without the effect, so the truth is a counterfactual: what new work of the changed teams takes when
the change is in force, against what the very same work would have taken.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zlib import crc32

import numpy as np
import polars as pl
from scipy.optimize import brentq
from scipy.special import expit, logit

from benchmarks.effect_arrivals import TYPES, Arrivals, arrivals, characters, expected, volumes
from benchmarks.effect_cells import Cell, Kind
from benchmarks.effect_lives import Lives, lives, ramp, verdicts
from benchmarks.effect_shocks import Flags, Floats, Weather, weather

BEGIN = datetime(2023, 1, 2, tzinfo=UTC)
"""A Monday."""
VERDICT_DAYS = 14.0
"""By then everybody has answered."""
_MANY = 8_000
_TAIL = 0.90
_LOGIT_OF_PROBIT = 0.346


@dataclass(frozen=True, slots=True)
class World:
    """What a tracker would show, and what is true."""

    cell: Cell
    items: pl.DataFrame
    """item_id, parent_id (null: none), team, item_type, size (null: none), entered_at, ended_at
    (null while open), end: 1 done or rejected, 2 dropped or accepted, 0 open."""
    as_of: datetime
    changed_on: date
    treated: tuple[str, ...]
    comparison: tuple[str, ...]
    """Empty: nobody to compare with."""
    kind: Kind
    washout_days: int
    horizon_days: float
    """Nine of ten items of the changed teams took no longer before, or what can be followed."""
    true_effect: float
    """On new work of the changed teams after the roll-out: the logarithm of the ratio of the
    restricted mean time to either end, or the difference of the shares that are rejected."""


def world(cell: Cell, seed: int) -> World:
    """Make one; equal seeds make equal ones, and the same one for every effect."""
    for_weather, for_arrivals, for_fates, for_truth = (
        np.random.default_rng(one)
        for one in np.random.SeedSequence([seed, _organisation(cell)]).spawn(4)
    )
    change, as_of = _days(cell)
    sky = weather(for_weather, cell, int(np.ceil(as_of / 7)))
    character = characters(for_weather, cell)
    mean = expected(cell, sky.holidays)
    begun = arrivals(for_arrivals, cell, volumes(for_arrivals, mean), character)
    later = _mature(for_truth, cell, mean, character)
    if cell.kind == "share":
        counted, lasted = verdicts(for_fates, _chances(cell, sky, begun, change)[1])
        usual, changed = _chances(cell, sky, later, change)
        horizon, truth = VERDICT_DAYS, float((changed - usual).mean())
    else:
        natural = lives(for_fates, cell, sky, begun, change)
        horizon = _horizon(cell, natural, begun, change)
        latent, truth = _latent(lives(for_truth, cell, sky, later, change), cell, horizon)
        counted, lasted = natural.lasted(latent)
    return World(
        cell,
        _told(cell, begun, begun.entered + lasted, counted=counted, as_of=as_of),
        BEGIN + timedelta(days=as_of),
        (BEGIN + timedelta(days=change)).date(),
        tuple(_name(cell, number) for number in range(cell.teams)),
        tuple(_name(cell, number) for number in range(cell.teams, cell.teams + cell.controls)),
        cell.kind,
        7 * cell.washout_weeks,
        horizon,
        truth,
    )


def _organisation(cell: Cell) -> int:
    """A number of its own, so that no two cells share their luck but the effects of one do."""
    return crc32(repr(replace(cell, name="", effect=0.0)).encode())


def _days(cell: Cell) -> tuple[float, float]:
    """The change and the snapshot, in days since the first Monday."""
    change = 7.0 * cell.weeks_before + cell.weekday
    return change, change + 7.0 * cell.weeks_after + cell.follow_up_days


def _mature(dice: np.random.Generator, cell: Cell, mean: Floats, character: Floats) -> Arrivals:
    """Far more work than there is, that begins in the changed teams once the change is in force."""
    wanted = np.zeros_like(mean)
    since = cell.weeks_before + cell.washout_weeks + (cell.weekday > 0)
    until = cell.weeks_before + cell.weeks_after
    wanted[: cell.teams, since:until] = mean[: cell.teams, since:until]
    return arrivals(dice, cell, dice.poisson(wanted * _MANY / wanted.sum()), character)


def _chances(cell: Cell, sky: Weather, begun: Arrivals, change: float) -> tuple[Floats, Floats]:
    """Of each attempt to be rejected, without the change and with it."""
    # Averaged over shocks a share is nearer to one half than its logit says: made good here.
    spread = cell.common**2 + cell.own**2 + cell.epics**2 + 0.25**2
    wider = np.sqrt(1 + _LOGIT_OF_PROBIT * spread)
    usual = wider * logit(cell.level) + sky.levels[begun.team, begun.week] + 0.7 * begun.tendency
    shift = wider * (logit(cell.level + cell.effect) - logit(cell.level))
    reached = np.where(begun.team < cell.teams, ramp(cell, begun.entered - change), 0.0)
    return expit(usual), expit(usual + shift * reached)


def _horizon(cell: Cell, natural: Lives, begun: Arrivals, change: float) -> float:
    before = (begun.team < cell.teams) & (begun.entered < change)
    usual = natural.lasted(0.0)[1][before]
    return float(min(np.ceil(np.quantile(usual, _TAIL)), cell.follow_up_days))


def _latent(later: Lives, cell: Cell, horizon: float) -> tuple[float, float]:
    """By how much each item is sped up so that the restricted mean falls by the effect."""
    usual = np.minimum(later.lasted(0.0)[1], horizon).mean()

    def apart(latent: float) -> float:
        changed = np.minimum(later.lasted(latent)[1], horizon).mean()
        return float(np.log(changed / usual))

    if cell.is_null:
        return 0.0, 0.0
    latent = float(brentq(lambda one: apart(one) - cell.effect, -5.0, 1.0, xtol=1e-4))
    return latent, apart(latent)


def _told(
    cell: Cell, begun: Arrivals, ended: Floats, *, counted: Flags, as_of: float
) -> pl.DataFrame:
    """What is seen at the snapshot."""
    is_over = ended < as_of
    epics = pl.Series(begun.epic)
    return (
        pl.DataFrame(
            {
                "item_id": [f"item-{number}" for number in range(len(ended))],
                "parent_id": pl.select(
                    pl.when(epics >= 0).then(pl.format("epic-{}", epics))
                ).to_series(),
                "team": [_name(cell, number) for number in begun.team],
                "item_type": [TYPES[number] for number in begun.type],
                "size": pl.Series(begun.size, nan_to_null=True),
                "entered_at": begun.entered,
                "ended_at": pl.Series(np.where(is_over, ended, np.nan), nan_to_null=True),
                "end": np.where(is_over, np.where(counted, 1, 2), 0),
            }
        )
        .filter(pl.col("entered_at") < as_of)
        .with_columns(_instant("entered_at"), _instant("ended_at"))
    )


def _instant(column: str) -> pl.Expr:
    microseconds = (pl.col(column) * 86_400e6).cast(pl.Int64)
    return (pl.lit(BEGIN) + pl.duration(microseconds=microseconds)).alias(column)


def _name(cell: Cell, number: int) -> str:
    return f"T{number + 1}" if number < cell.teams else f"C{number - cell.teams + 1}"

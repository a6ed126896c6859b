"""The cells of the benchmark of effects: organisations that differ from a usual one in one thing.

Each is there without an effect and with two. Durations: 0, -26 % and -39 % of the restricted mean.
Rates: from 0.40 to 0.40, to 0.25 and to 0.15.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["mean", "share"]
Shocks = Literal["ar", "arma", "average", "walk", "heavy"]
Noise = Literal["lognormal", "gamma", "weibull", "mixture"]
Reach = Literal["new", "open"]

VARIANTS = {
    "mean": {"": 0.0, " -26%": -0.30, " -39%": -0.50},
    "share": {"": 0.0, " to .25": -0.15, " to .15": -0.25},
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of organisation, and what was done to it."""

    name: str
    kind: Kind = "mean"
    effect: float = 0.0
    """On the logarithm of the restricted mean; of a rate, the difference from its usual level."""
    reach: Reach = "new"
    """Whom the change reaches: what begins after it, or everything that is open, too."""
    per_month: int = 100
    """Items a month of all changed teams together."""
    teams: int = 6
    controls: int = 6
    weeks_before: int = 26
    weeks_after: int = 26
    """From the day of the change, its roll-out included; all of them can mature."""
    washout_weeks: int = 4
    """In which the effect grows evenly to its size."""
    follow_up_days: int = 56
    """From the end of the last such week to the snapshot; work goes on to begin meanwhile."""
    weekday: int = 0
    """Of the change: 0 is a Monday."""
    shocks: Shocks = "ar"
    rho: float = 0.6
    common: float = 0.2
    """Standard deviation of the weekly shock of all teams; of a walk, of its way in 26 weeks."""
    own: float = 0.25
    """And of that of each team alone."""
    calendar: bool = False
    """Whether a bad week slows whatever is open in it, and not what began in it for good."""
    noise: Noise = "lognormal"
    epics: float = 0.5
    """Standard deviation of the fate that the items of an epic share."""
    drift: float = 0.0
    """Over the whole window, of everybody."""
    own_drift: float = 0.0
    """The same, of the changed teams alone."""
    slopes: float = 0.0
    """Standard deviation of the drifts of single teams."""
    season: float = 0.0
    """Amplitude of a yearly wave; its phase is drawn."""
    holidays: float = 0.0
    """Share of weeks in which little begins and what does lies longer."""
    mix_shift: bool = False
    """Whether the changed teams take ever smaller work."""
    bad_quarter: bool = False
    """Whether the change was made when eight weeks had been bad."""
    volume: float = 1.0
    """Factor on what begins in the changed teams from the change on."""
    uneven: bool = False
    """Whether each team has half the work of the one before it."""
    level: float = 0.40
    """Of a rate, without the change."""
    may_not_claim: bool = True
    """Whether its false positives are held to the target: not where nobody could tell."""

    @property
    def is_null(self) -> bool:
        """Whether nothing was changed in truth."""
        return self.effect == 0


def cells() -> Iterator[Cell]:
    """All of them: each organisation without an effect and then with each."""
    for cell in (*_alone(), *_compared(), *_rates()):
        for suffix, effect in VARIANTS[cell.kind].items():
            yield replace(cell, name=cell.name + suffix, effect=effect)
    yield from _open_items()


def _alone() -> Iterator[Cell]:
    """Durations, without teams to compare with."""
    for cell in (
        Cell("alone"),
        Cell("alone rho 0", rho=0.0),
        Cell("alone rho .95", rho=0.95),
        Cell("alone 30 a month", per_month=30),
        Cell("alone 400 a month", per_month=400),
        Cell("alone 3 teams", teams=3),
        Cell("alone 9+3 months", weeks_before=39, weeks_after=13),
        Cell("alone 12+6 months", weeks_before=52),
        Cell("alone 24+6 months", weeks_before=104, season=0.25),
        Cell("alone drift", drift=0.35),
        Cell("alone bad quarter", bad_quarter=True),
        Cell("alone season", season=0.25, may_not_claim=False),
        Cell("alone holidays", holidays=0.05),
        Cell("alone mix shift", mix_shift=True),
        Cell("alone ARMA, gamma", shocks="arma", noise="gamma"),
        Cell("alone walk", shocks="walk"),
        Cell("alone heavy tails", shocks="heavy", noise="mixture"),
        Cell("alone everything open", reach="open"),
    ):
        yield replace(cell, controls=0)


def _compared() -> Iterator[Cell]:
    """Durations, with teams that were not changed."""
    yield Cell("compared")
    yield Cell("compared rho 0", rho=0.0)
    yield Cell("compared rho .95", rho=0.95)
    yield Cell("compared 30 a month", per_month=30)
    yield Cell("compared 400 a month", per_month=400)
    yield Cell("compared 1+2 teams", teams=1, controls=2)
    yield Cell("compared 3+3 teams", teams=3, controls=3)
    yield Cell("compared 2+10 teams", teams=2, controls=10)
    yield Cell("compared uneven teams", uneven=True)
    yield Cell("compared 9+3 months", weeks_before=39, weeks_after=13)
    yield Cell("compared 12+6 months", weeks_before=52)
    yield Cell("compared 24+6 months", weeks_before=104, season=0.25)
    yield Cell("compared season", season=0.25)
    yield Cell("compared drift", drift=0.35, own_drift=0.1, slopes=0.1)
    yield Cell("compared bad quarter", bad_quarter=True)
    yield Cell("compared holidays", holidays=0.05)
    yield Cell("compared mix shift", mix_shift=True)
    yield Cell("compared more begins", volume=1.5)
    yield Cell("compared less begins", volume=0.7)
    yield Cell("compared midweek", weekday=2)
    yield Cell("compared ARMA, gamma", shocks="arma", noise="gamma")
    yield Cell("compared MA, Weibull", shocks="average", noise="weibull")
    yield Cell("compared walk", shocks="walk")
    yield Cell("compared heavy tails", shocks="heavy", noise="mixture")
    yield Cell("compared calendar", calendar=True)
    yield Cell("compared everything open", reach="open")


def _rates() -> Iterator[Cell]:
    """Shares of attempts that are rejected, some weeks after a gate was opened on one day."""
    usual = Cell(
        "rate",
        kind="share",
        controls=0,
        washout_weeks=0,
        follow_up_days=14,
        common=0.25,
        own=0.25,
        epics=0.4,
    )
    for many in (30, 100, 400):
        for weeks in (4, 9, 13, 26):
            yield replace(
                usual,
                name=f"rate {many} a month, {weeks} weeks",
                per_month=many,
                weeks_before=52 - weeks,
                weeks_after=weeks,
            )
    hundred = replace(usual, weeks_before=48, weeks_after=4)
    yield replace(hundred, name="rate seen at once, 4 weeks", follow_up_days=0)
    yield replace(hundred, name="rate compared, 4 weeks", controls=6)
    yield replace(hundred, name="rate bad quarter, 9 weeks", bad_quarter=True, weeks_after=9)
    yield replace(hundred, name="rate rho .95, 13 weeks", rho=0.95, weeks_after=13)
    yield replace(hundred, name="rate roll-out, 13 weeks", washout_weeks=4, weeks_after=13)


def _open_items() -> Iterator[Cell]:
    """Thirty days after a change that did nothing, in a calm company: is open work forgotten?"""
    calm = Cell(
        "open items at 30 days",
        per_month=400,
        weeks_after=3,
        washout_weeks=0,
        follow_up_days=9,
        common=0.05,
        own=0.05,
        epics=0.2,
    )
    yield replace(calm, name="open items at 30 days, alone", controls=0)
    yield replace(calm, name="open items at 30 days, compared")

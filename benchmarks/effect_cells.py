"""The cells of the benchmark of effects: organisations that differ in one thing at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["mean", "share"]
Shocks = Literal["ar", "arma", "average", "walk", "heavy"]
Noise = Literal["lognormal", "gamma", "weibull", "mixture"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of organisation, and what was done to it."""

    name: str
    kind: Kind = "mean"
    effect: float = 0.0
    """Of new work of the changed teams: on the logarithm of a duration, on the logit of a share."""
    per_month: int = 100
    """Items a month of all changed teams together."""
    teams: int = 6
    controls: int = 6
    weeks_before: int = 26
    weeks_after: int = 26
    """Mature weeks after the day of the change."""
    washout_weeks: int = 4
    """In which the effect grows to its size."""
    shocks: Shocks = "ar"
    rho: float = 0.6
    common: float = 0.2
    """Standard deviation of the shock of a week that all teams share."""
    own: float = 0.25
    """And of that of each team."""
    noise: Noise = "lognormal"
    epics: float = 0.5
    drift: float = 0.0
    """Over the whole window, of everybody."""
    own_drift: float = 0.0
    """The same, of the changed teams alone."""
    season: float = 0.0
    """Amplitude of a yearly wave."""
    mix_shift: bool = False
    """Whether the changed teams do ever more small work."""
    bad_quarter: bool = False
    """Whether they were changed because the last eight weeks were bad."""
    volume: float = 1.0
    """Factor on what begins in the changed teams from the change on."""
    uneven: bool = False
    """Whether one team is as large as all others."""
    level: float = 0.40
    """Of a share, without the change."""

    @property
    def is_null(self) -> bool:
        """Whether nothing was changed in truth."""
        return self.effect == 0


def cells() -> Iterator[Cell]:
    """All of them; those of durations with no effect, and some with one of about -26 %."""
    for cell in (*_alone(), *_compared()):
        yield cell
        if cell.name in _WITH_EFFECT:
            yield replace(cell, name=f"{cell.name} -26%", effect=-0.40)
    yield from _rates()


_WITH_EFFECT = frozenset(
    {
        "alone",
        "alone 400 a month",
        "alone 12+6 months",
        "compared",
        "compared rho .9",
        "compared 30 a month",
        "compared 400 a month",
        "compared 1+5 teams",
        "compared 9+3 months",
        "compared 24+6 months",
    }
)


def _alone() -> Iterator[Cell]:
    for cell in (
        Cell("alone"),
        Cell("alone rho .9", rho=0.9, common=0.15, own=0.2),
        Cell("alone 30 a month", per_month=30),
        Cell("alone 400 a month", per_month=400),
        Cell("alone 12+6 months", weeks_before=52),
        Cell("alone drift", drift=0.35),
        Cell("alone bad quarter", bad_quarter=True),
        Cell("alone season", season=0.25),
        Cell("alone heavy tails", shocks="heavy", noise="mixture"),
    ):
        yield replace(cell, controls=0)


def _compared() -> Iterator[Cell]:
    yield Cell("compared")
    yield Cell("compared rho .9", rho=0.9)
    yield Cell("compared rho .3", rho=0.3)
    yield Cell("compared 30 a month", per_month=30)
    yield Cell("compared 400 a month", per_month=400)
    yield Cell("compared 3+3 teams", teams=3, controls=3)
    yield Cell("compared 1+5 teams", teams=1, controls=5)
    yield Cell("compared uneven teams", teams=4, controls=4, uneven=True)
    yield Cell("compared 9+3 months", weeks_before=39, weeks_after=13)
    yield Cell("compared 24+6 months", weeks_before=104, season=0.25)
    yield Cell("compared season", season=0.25)
    yield Cell("compared drift", drift=0.35, own_drift=0.1)
    yield Cell("compared bad quarter", bad_quarter=True)
    yield Cell("compared mix shift", mix_shift=True)
    yield Cell("compared volume", volume=0.75)
    yield Cell("compared gamma, ARMA", noise="gamma", shocks="arma")
    yield Cell("compared Weibull, MA", noise="weibull", shocks="average")
    yield Cell("compared walk", shocks="walk", common=0.25, own=0.15)
    yield Cell("compared heavy tails", shocks="heavy", noise="mixture")


def _rates() -> Iterator[Cell]:
    for per_month in (30, 100, 400):
        for weeks in (4, 13):
            base = Cell(
                f"rate {per_month} a month, {weeks} weeks",
                kind="share",
                per_month=per_month,
                controls=0,
                weeks_before=52 - weeks,
                weeks_after=weeks,
                washout_weeks=0,
                common=0.25,
                own=0.35,
                epics=0.3,
            )
            yield base
            yield replace(base, name=f"{base.name} to .15", effect=-1.42)
            yield replace(base, name=f"{base.name} to .25", effect=-0.73)
    with_controls = Cell(
        "rate compared 100 a month, 4 weeks",
        kind="share",
        weeks_before=48,
        weeks_after=4,
        washout_weeks=0,
        common=0.25,
        own=0.35,
        epics=0.3,
    )
    yield with_controls
    yield replace(with_controls, name=f"{with_controls.name} to .15", effect=-1.42)

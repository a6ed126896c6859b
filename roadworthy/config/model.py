"""All that ``roadworthy.toml`` may say. The JSON Schema and ``docs/config.md`` come from here.

Every section but one source is optional. Values are taken as TOML gives them: a date is a date
and never a text that looks like one. An unknown key is refused, because a misspelt key that is
ignored is a setting silently lost.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from roadworthy.config.bounds import Amount, Day, Days, PathText
from roadworthy.config.deciding import DecisionRight, RoleHolder, Tenure
from roadworthy.config.flow import DefinitionOfReady, Stage, Team
from roadworthy.config.measuring import (
    Calendar,
    Costs,
    Measures,
    Privacy,
    RoleCalendar,
    Zone,
    rates_are_shares,
)
from roadworthy.config.retention import Retention
from roadworthy.config.section import Section
from roadworthy.config.sources import Source


class Intervention(Section):
    """A dated change to the system whose effect is to be judged."""

    name: str
    """What the report calls it."""
    kind: Literal[
        "governance",
        "coaching",
        "team_building",
        "replacement",
        "process",
        "tool",
        "reorganisation",
    ]
    """What was changed: rules, people's ways, or people."""
    on: Day
    """The day on which it began."""
    washout_days: Annotated[Days, Field(ge=0)] = 28
    """How long it took to bring it in; nothing counts meanwhile."""
    teams: list[str] = []
    """The teams it concerned; the others serve as comparison. Without it, all of them."""
    rollout: dict[str, Day] = {}
    """The day on which it came to each team, where it came to one after the other."""
    randomised: bool = False
    """Whether the teams, or the order in which it came to them, were drawn by lot."""
    primary_metric: str | None = None
    """The metric by which it is to be judged, chosen before anybody looks."""
    placebo_metric: str | None = None
    """A metric that it should not touch: if that moves as well, something else happened."""
    useful_effect: Annotated[float, Field(gt=0, lt=1)] = 0.10
    """The smallest improvement worth having, as a part of the level before."""
    cost: Amount | None = None
    """What it cost, in the currency of ``[costs]``."""


class Config(Section):
    """The whole file."""

    warehouse: PathText = "var/roadworthy.duckdb"
    """The published DuckDB file; what was fetched is kept beside it."""
    reports: PathText = "var/reports"
    """The folder into which reports are written."""
    team_pages: bool = True
    """Whether a night writes a page for each team as well, where there are several."""
    timezone: Zone = "UTC"
    """The zone of days, weeks and working hours."""
    sources: Annotated[list[Annotated[Source, Field(discriminator="kind")]], Field(min_length=1)]
    """The trackers, or what was recorded of them."""
    teams: dict[str, Team] = {}
    """Teams by name; without them, each project and repository is one."""
    stages: list[Stage] = []
    """The stages, in the order of the flow; without them they are proposed from what is seen."""
    definition_of_ready: DefinitionOfReady | None = None
    """What must be true of an item that is handed over."""
    roles: dict[str, list[str | RoleHolder]] = {}
    """Who holds each role."""
    tenures: list[Tenure] = []
    """Who holds a seat when."""
    decision_rights: dict[str, DecisionRight] = {}
    """Who decides what, by the name of the right."""
    measures: Measures = Measures()
    """The settings of the measures."""
    interventions: list[Intervention] = []
    """Changes to the system whose effect is to be judged."""
    calendar: Calendar = Calendar()
    """When people work."""
    calendars: dict[str, RoleCalendar] = {}
    """When the people of a role work, by the role, where it is at other times."""
    benchmarks: Annotated[
        dict[str, Annotated[float, Field(ge=0, le=1e6, strict=False)]],
        AfterValidator(rates_are_shares),
    ] = {}
    """What you regard as normal: days for each who waits, or shares."""
    costs: Costs | None = None
    """What delay and rework cost."""
    privacy: Privacy = Privacy()
    """How small a group may be shown."""
    retention: Retention = Retention()
    """How much of the past is kept."""

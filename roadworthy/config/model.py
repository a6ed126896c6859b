"""All that ``roadworthy.toml`` may say. The example file and the JSON Schema come from here.

Every section but one source is optional. Values are taken as TOML gives them: a date is a date
and never a text that looks like one. An unknown key is refused, because a misspelt key that is
ignored is a setting silently lost.
"""

from datetime import date
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import polars as pl
from pydantic import AfterValidator, Field, model_validator

from roadworthy.config.retention import Retention
from roadworthy.config.section import Section
from roadworthy.config.sources import Source

StageKind = Literal[
    "queue", "active", "decision", "approval", "external", "parked", "done", "dropped"
]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        message = "no such time zone; name one as in Europe/Berlin or UTC"
        raise ValueError(message) from error
    return name


def _compilable(pattern: str) -> str:
    """Tried on the engine that will use it, which knows no look-around."""
    try:
        pl.Series([""]).str.contains(pattern)
    except pl.exceptions.ComputeError as error:
        reason = str(error).strip().splitlines()[-1]
        message = f"not a regular expression that can be used (look-around cannot): {reason}"
        raise ValueError(message) from error
    return pattern


Zone = Annotated[str, AfterValidator(_known_zone)]
Pattern = Annotated[str, AfterValidator(_compilable)]
Names = Annotated[list[str], Field(min_length=1)]


class Team(Section):
    """What belongs to a team; an item belongs to the first team that claims it."""

    projects: list[str] = []
    repositories: list[str] = []
    components: list[str] = []
    labels: list[str] = []


class Stage(Section):
    """One stage of the flow; the order in the file is the order of the flow."""

    name: str
    kind: StageKind
    owner: str | None = None
    statuses: Names
    projects: list[str] = []


class Rule(Section):
    """One rule of the definition of ready: a field, and what it must hold."""

    name: str
    field: str | None = None
    required: Literal[True] | None = None
    minimum_length: Annotated[int, Field(ge=1)] | None = None
    matches: Pattern | None = None
    any_of: Names | None = None
    link_type: str | None = None
    has_attachment: Literal[True] | None = None
    item_types: list[str] = []
    since: date | None = None

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        tests = ("required", "minimum_length", "matches", "any_of", "link_type", "has_attachment")
        given = [test for test in tests if getattr(self, test) is not None]
        if len(given) != 1:
            message = f"give exactly one of {', '.join(tests)}; found {given or 'none'}"
            raise ValueError(message)
        if self.field is None and given[0] not in ("link_type", "has_attachment"):
            message = f"'{given[0]}' needs 'field': the name or id of the field it looks at"
            raise ValueError(message)
        return self


class DefinitionOfReady(Section):
    """What must be true of an item when it is handed over."""

    guards: str
    rules: Annotated[list[Rule], Field(min_length=1)]


class RoleHolder(Section):
    """Somebody who holds a role for a time."""

    who: str
    since: Annotated[date | None, Field(alias="from")] = None
    until: date | None = None


class Tenure(Section):
    """Who holds a seat when; only ever used under a pseudonym."""

    seat: str
    account: str
    since: Annotated[date, Field(alias="from")]
    until: date | None = None


class DecisionRight(Section):
    """Which role decides a set of fields, and which may override it."""

    fields: Names
    decides: str
    override: str | None = None
    request_labels: list[str] = []
    """Labels that ask for it: raised when put on, decided when a field of the right is changed."""


class Measures(Section):
    """The few settings of the measures; each has the default most organisations want."""

    contest_window_days: Annotated[int, Field(ge=1)] = 14
    debounce_minutes: Annotated[int, Field(ge=0)] = 5
    bulk_items: Annotated[int, Field(ge=2)] = 20
    # A Jira allows no blank in a label, a GitHub does.
    decision_flags: list[str] = ["Flagged", "label:blocked:decision", "label:blocked: decision"]
    external_flags: list[str] = ["label:blocked:external", "label:blocked: external"]
    bypass_exempt_types: list[str] = []
    commit_stage: str | None = None
    clock_starts: Literal["requested", "committed"] = "requested"
    target_date_field: str | None = None
    dropped_resolutions: list[str] = []


class Intervention(Section):
    """A dated change to the system whose effect is to be judged."""

    name: str
    kind: Literal[
        "governance",
        "coaching",
        "team_building",
        "replacement",
        "process",
        "tool",
        "reorganisation",
    ]
    on: date
    washout_days: Annotated[int, Field(ge=0)] = 28
    teams: list[str] = []
    rollout: dict[str, date] = {}
    """The day on which it came to each team, where it came to one after the other."""
    randomised: bool = False
    """Whether the teams, or the order in which it came to them, were drawn by lot."""
    primary_metric: str | None = None
    placebo_metric: str | None = None
    """A metric that it should not touch: if that moves as well, something else happened."""
    useful_effect: Annotated[float, Field(gt=0, lt=1)] = 0.10
    """The smallest improvement worth having, as a part of the level before."""
    cost: Annotated[float, Field(ge=0, strict=False)] | None = None


class Calendar(Section):
    """When people work: the clock of business hours."""

    workdays: Annotated[list[Weekday], Field(min_length=1)] = ["mon", "tue", "wed", "thu", "fri"]
    hours: Annotated[str, Field(pattern=r"^\d{2}:\d{2}-\d{2}:\d{2}$")] = "09:00-17:00"
    holidays: str | None = None

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        opens, closes = self.hours.split("-")
        if not ("00:00" <= opens < closes <= "24:00" and max(opens[3:], closes[3:]) < "60"):
            message = f"hours = '{self.hours}': write opening before closing, as in 09:00-17:00"
            raise ValueError(message)
        return self


def _rates_are_shares(normals: dict[str, float]) -> dict[str, float]:
    for name, normal in normals.items():
        is_rate = name.endswith("_rate") or name.startswith(("rework:", "scope_rework"))
        if is_rate and normal >= 1:
            message = f"{name} = {normal:g}: a rate lies between 0 and 1, as in {name} = 0.1"
            raise ValueError(message)
    return normals


class RoleCalendar(Calendar):
    """When the people of one role work, where they work elsewhere or at other hours."""

    timezone: Zone | None = None


class Costs(Section):
    """Declared values; without them no money is ever shown."""

    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    delay_per_release_week: (
        Annotated[
            list[Annotated[float, Field(ge=0, strict=False)]], Field(min_length=2, max_length=2)
        ]
        | None
    ) = None
    person_hour: Annotated[float, Field(ge=0, strict=False)] | None = None


class Privacy(Section):
    """How many people a group must have before anything is said of it."""

    minimum_group: Annotated[int, Field(ge=5)] = 5


class Config(Section):
    """The whole file."""

    warehouse: str = "var/roadworthy.duckdb"
    reports: str = "var/reports"
    team_pages: bool = True
    timezone: Zone = "UTC"
    sources: Annotated[list[Annotated[Source, Field(discriminator="kind")]], Field(min_length=1)]
    teams: dict[str, Team] = {}
    stages: list[Stage] = []
    definition_of_ready: DefinitionOfReady | None = None
    roles: dict[str, list[str | RoleHolder]] = {}
    tenures: list[Tenure] = []
    decision_rights: dict[str, DecisionRight] = {}
    measures: Measures = Measures()
    interventions: list[Intervention] = []
    calendar: Calendar = Calendar()
    calendars: dict[str, RoleCalendar] = {}
    benchmarks: Annotated[
        dict[str, Annotated[float, Field(ge=0, strict=False)]], AfterValidator(_rates_are_shares)
    ] = {}
    costs: Costs | None = None
    privacy: Privacy = Privacy()
    retention: Retention = Retention()

"""From the configuration to the policies the pipelines depend on."""

from collections.abc import Iterator
from datetime import date, datetime, time

import holidays
import polars as pl

from pipelines.histories.spans import begins
from pipelines.policy import (
    Costs,
    DecisionRight,
    DefinitionOfReady,
    Flag,
    Intervention,
    Measures,
    Policy,
    ReadyRule,
    ReadyTest,
    Stage,
    Team,
    WorkingHours,
)
from roadworthy.config.flow import Rule
from roadworthy.config.measuring import Calendar, RoleCalendar
from roadworthy.config.measuring import Costs as DeclaredCosts
from roadworthy.config.measuring import Measures as DeclaredMeasures
from roadworthy.config.model import Config
from roadworthy.config.sources import FilesSource

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def policy_of(config: Config, *, years: range) -> Policy:
    """The policy of a configuration, with the holidays of these years."""
    ready = config.definition_of_ready
    return Policy(
        stages=tuple(_stages(config)),
        ready=DefinitionOfReady(ready.guards, tuple(map(_rule, ready.rules))) if ready else None,
        hours=_hours(config.calendar, config.timezone, years),
        role_hours={
            role: _hours(_inherited(config.calendar, own), own.timezone or config.timezone, years)
            for role, own in config.calendars.items()
        },
        rights=tuple(
            DecisionRight(name, tuple(right.fields), right.decides, right.override)
            for name, right in config.decision_rights.items()
        ),
        flags=tuple(_flags(config)),
        benchmarks=config.benchmarks,
        costs=_costs(config.costs),
        measures=_measures(config.measures),
        teams=tuple(_teams(config)),
        role_order=tuple(config.roles),
        interventions=tuple(_in_order(config)),
        minimum_group=config.privacy.minimum_group,
        watched_since=dict(_watched_since(config)),
    )


def policy_for(config: Config, items: pl.DataFrame) -> Policy:
    """The policy of a configuration, with the holidays of the years in which the items lived."""
    instants = pl.concat([items["created_at"], items["observed_until"]]).drop_nulls()
    years = instants.dt.year()
    first, last = years.min(), years.max()
    if not isinstance(first, int) or not isinstance(last, int):
        return policy_of(config, years=range(0))
    return policy_of(config, years=range(first - 1, last + 2))


def interventions_of(config: Config) -> pl.DataFrame:
    """The declared changes: the columns of ``main.interventions``, by date."""
    costs = {one.name: one.cost for one in config.interventions}
    rows = [
        (
            one.name,
            one.kind,
            one.effective_on,
            one.washout_days,
            list(one.concerned) or None,
            one.is_randomised,
            one.primary_metric,
            one.placebo_metric,
            one.useful_effect,
            costs[one.name],
        )
        for one in _in_order(config)
    ]
    schema = pl.Schema(
        {
            "intervention": pl.String(),
            "intervention_kind": pl.String(),
            "effective_on": pl.Date(),
            "washout_days": pl.Int32(),
            "teams": pl.List(pl.String),
            "is_randomised": pl.Boolean(),
            "primary_metric": pl.String(),
            "placebo_metric": pl.String(),
            "useful_effect": pl.Float64(),
            "cost": pl.Float64(),
        }
    )
    return pl.DataFrame(rows, schema=schema, orient="row")


def _stages(config: Config) -> Iterator[Stage]:
    for rank, stage in enumerate(config.stages):
        statuses, projects = tuple(stage.statuses), tuple(stage.projects)
        yield Stage(stage.name, stage.kind, stage.owner, rank, statuses, projects)


def _measures(declared: DeclaredMeasures) -> Measures:
    return Measures(
        contest_window_days=declared.contest_window_days,
        debounce_minutes=declared.debounce_minutes,
        bulk_items=declared.bulk_items,
        bypass_exempt_types=tuple(declared.bypass_exempt_types),
        commit_stage=declared.commit_stage,
        clock_starts=declared.clock_starts,
        target_date_field=declared.target_date_field,
        dropped_resolutions=tuple(declared.dropped_resolutions),
    )


def _teams(config: Config) -> Iterator[Team]:
    for name, team in config.teams.items():
        places = (*team.projects, *team.repositories)
        yield Team(name, places, tuple(team.components), tuple(team.labels))


def _in_order(config: Config) -> list[Intervention]:
    """The declared changes by date, then by name."""
    declared = [
        Intervention(
            name=one.name,
            kind=one.kind,
            effective_on=min(one.rollout.values(), default=one.on),
            washout_days=one.washout_days,
            teams=tuple(one.teams),
            rollout=dict(one.rollout) or None,
            primary_metric=one.primary_metric,
            placebo_metric=one.placebo_metric,
            is_randomised=one.randomised,
            useful_effect=one.useful_effect,
        )
        for one in config.interventions
    ]
    return sorted(declared, key=lambda one: (one.effective_on, one.name))


def _watched_since(config: Config) -> Iterator[tuple[str, datetime]]:
    """The instants that the connectors ask from: the beginning of the day, at the organisation."""
    for source in config.sources:
        if not isinstance(source, FilesSource) and source.since is not None:
            yield source.name, begins(source.since, config.timezone)


def _flags(config: Config) -> Iterator[Flag]:
    """What says that an item waits: labels that ask for a right, then flags of either kind."""
    for name, right in config.decision_rights.items():
        for label in right.request_labels:
            yield Flag(f"label:{label}", "decision", name)
    for flag in config.measures.decision_flags:
        yield Flag(flag, "decision")
    for flag in config.measures.external_flags:
        yield Flag(flag, "external")


def _costs(declared: DeclaredCosts | None) -> Costs | None:
    if declared is None:
        return None
    week = declared.delay_per_release_week
    return Costs(declared.currency, (min(week), max(week)) if week else None, declared.person_hour)


def _rule(rule: Rule) -> ReadyRule:
    test, field = _test_and_field(rule)
    return ReadyRule(
        name=rule.name,
        field=field,
        test=test,
        length=rule.minimum_length or 0,
        pattern=rule.matches or "",
        values=tuple(rule.any_of or ()) or ((rule.link_type,) if rule.link_type else ()),
        item_types=tuple(rule.item_types),
        since=rule.since,
    )


def _test_and_field(rule: Rule) -> tuple[ReadyTest, str]:
    """The one test a rule makes, and the field it makes it on."""
    field = rule.field or ""
    if rule.has_attachment:
        return "has_attachment", "attachment"
    if rule.link_type is not None:
        return "link_type", "issuelinks"
    if rule.minimum_length is not None:
        return "minimum_length", field
    if rule.matches is not None:
        return "matches", field
    return ("any_of", field) if rule.any_of is not None else ("required", field)


def _hours(calendar: Calendar, zone: str, years: range) -> WorkingHours:
    opens, closes = calendar.hours.split("-")
    return WorkingHours(
        zone=zone,
        weekdays=frozenset(_WEEKDAYS.index(day) for day in calendar.workdays),
        opens=time.fromisoformat(opens),
        closes_minute=int(closes[:2]) * 60 + int(closes[3:]),
        holidays=frozenset(_days_off(calendar.holidays, years)),
    )


def _inherited(usual: Calendar, own: RoleCalendar) -> Calendar:
    """A role works as the organisation does in all that its own calendar does not say."""
    said = own.model_fields_set & set(Calendar.model_fields)
    return usual.model_copy(update={name: getattr(own, name) for name in said})


def _days_off(country: str | None, years: range) -> list[date]:
    if country is None:
        return []
    code, _, subdivision = country.partition("-")
    return list(holidays.country_holidays(code, subdiv=subdivision or None, years=years))

"""What no section can see alone: names that another must declare, and pairs that must fit."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from typing import Final

import holidays

from roadworthy.config.deciding import RoleHolder
from roadworthy.config.model import Config

METRICS: Final = frozenset(
    {
        "rejection_rate",
        "first_pass_yield",
        "readiness_pass_rate",
        "on_time_rate",
        "slip_rate",
        "contest_rate",
        "intake_bypass_rate",
        "lead_time_days",
        "decision_days",
        "approval_days",
        "rework_days",
    }
)
"""The metrics that have a weekly series, but for the stays: those have one for each stage."""
_OF_A_STAGE: Final = "time_in_stage_days:"
_HOLDERS: Final = ("account", "login", "email", "group", "role", "team")


def dangling_references(config: Config) -> list[str]:
    """Every reference that leads nowhere and every name given twice, one sentence each."""
    return [
        *_repeated("sources", [source.name for source in config.sources]),
        *_repeated("stages", [stage.name for stage in config.stages]),
        *_repeated("interventions", [change.name for change in config.interventions]),
        *_repeated("definition_of_ready.rules", _rule_names(config)),
        *_contested_statuses(config),
        *_stage_references(config),
        *_calendars(config),
        *_teams(config),
        *_metrics(config),
        *_holders(config),
        *_backward_spans(config),
        *_costs(config),
    ]


def _rule_names(config: Config) -> list[str]:
    ready = config.definition_of_ready
    return [rule.name for rule in ready.rules] if ready else []


def _repeated(section: str, names: Iterable[str]) -> Iterator[str]:
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{section}: the name '{name}' is given {count} times; names tell them apart"


def _contested_statuses(config: Config) -> Iterator[str]:
    """A status belongs to one stage within a project."""
    claims: dict[tuple[str, str], str] = {}
    for stage in config.stages:
        for status in stage.statuses:
            for project in stage.projects or ("every project",):
                other = claims.setdefault((status.casefold(), project), stage.name)
                if other != stage.name:
                    yield (
                        f"stages: the status '{status}' is claimed by '{other}' and "
                        f"'{stage.name}'; keep it in one of them, or limit them by projects"
                    )


def _stage_references(config: Config) -> Iterator[str]:
    names = [stage.name for stage in config.stages]
    ready = config.definition_of_ready
    if ready and ready.guards not in names:
        yield _unknown("definition_of_ready.guards", ready.guards, "stage", names)
    commit = config.measures.commit_stage
    if commit is not None and commit not in names:
        yield _unknown("measures.commit_stage", commit, "stage", names)


def _calendars(config: Config) -> Iterator[str]:
    yield from _days_off("calendar", config.calendar.holidays)
    for role, calendar in config.calendars.items():
        yield from _days_off(f"calendars.{role}", calendar.holidays)


def _days_off(place: str, country: str | None) -> Iterator[str]:
    supported = holidays.list_supported_countries()
    if country is None:
        return
    code, _, subdivision = country.partition("-")
    if code not in supported or (subdivision and subdivision not in supported[code]):
        yield (
            f"{place}.holidays = '{country}': no such calendar; write a country code as in DE, "
            "or with a region as in DE-BY"
        )


def _teams(config: Config) -> Iterator[str]:
    """Teams of an intervention can be checked only where [teams] names them all."""
    if not config.teams:
        return
    for change in config.interventions:
        named = [*(("teams", team) for team in change.teams)]
        named += [("rollout", team) for team in change.rollout]
        for key, team in named:
            if team not in config.teams:
                place = f"interventions '{change.name}'.{key}"
                yield _unknown(place, team, "team", list(config.teams))


def _metrics(config: Config) -> Iterator[str]:
    """How a stage is called may be told by the data alone; the other metrics are known."""
    for change in config.interventions:
        chosen = {"primary_metric": change.primary_metric, "placebo_metric": change.placebo_metric}
        for key, metric in chosen.items():
            if metric is not None and metric not in METRICS and not metric.startswith(_OF_A_STAGE):
                known = [*sorted(METRICS), f"{_OF_A_STAGE}<stage>"]
                yield _unknown(f"interventions '{change.name}'.{key}", metric, "metric", known)


def _holders(config: Config) -> Iterator[str]:
    """Ids of accounts have colons too: only what is nearly a kind of holder was meant to be one."""
    for role, entries in config.roles.items():
        for entry in entries:
            who = entry.who if isinstance(entry, RoleHolder) else entry
            kind, colon, name = who.partition(":")
            near = get_close_matches(kind, _HOLDERS, n=1) if colon else []
            if near and kind not in _HOLDERS:
                yield (
                    f"roles.{role} = '{who}': no such kind of holder; "
                    f"did you mean '{near[0]}:{name}'?"
                )


def _backward_spans(config: Config) -> Iterator[str]:
    for role, entries in config.roles.items():
        for one in entries:
            if isinstance(one, RoleHolder) and one.since is not None:
                yield from _backward(f"roles.{role} '{one.who}'", one.since, one.until)
    for tenure in config.tenures:
        yield from _backward(f"tenures '{tenure.seat}'", tenure.since, tenure.until)


def _backward(place: str, since: date, until: date | None) -> Iterator[str]:
    if until is not None and until < since:
        yield f"{place}: from = {since} is after until = {until}; the last day named is included"


def _costs(config: Config) -> Iterator[str]:
    week = config.costs.delay_per_release_week if config.costs else None
    if week is not None and week[0] > week[1]:
        yield f"costs.delay_per_release_week = {week}: write the lower value first"


def _unknown(place: str, value: str, what: str, known: list[str]) -> str:
    near = get_close_matches(value, known, n=1)
    remedy = f"did you mean '{near[0]}'?" if near else f"declared: {', '.join(known) or 'none'}"
    return f"{place} = '{value}': no such {what}; {remedy}"

"""Names that one section uses and another must declare."""

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

import holidays

from roadworthy.config.model import Config


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
        for team in change.teams:
            if team not in config.teams:
                place = f"interventions '{change.name}'.teams"
                yield _unknown(place, team, "team", list(config.teams))


def _unknown(place: str, value: str, what: str, known: list[str]) -> str:
    near = get_close_matches(value, known, n=1)
    remedy = f"did you mean '{near[0]}'?" if near else f"declared: {', '.join(known) or 'none'}"
    return f"{place} = '{value}': no such {what}; {remedy}"

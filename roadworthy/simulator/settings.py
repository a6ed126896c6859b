"""The configuration of the organisation: what the people there would have declared."""

import json
from collections.abc import Iterable, Iterator
from datetime import timedelta

from roadworthy.simulator.organisation import Organisation
from roadworthy.simulator.people import CEO, PEOPLE, TEAMS, Person
from roadworthy.simulator.readiness import MINIMUM_ACCEPTANCE, MINIMUM_DESCRIPTION
from roadworthy.simulator.scenario import ACCEPTANCE, DESCRIPTION, DESIGN, ESTIMATE, SCOPE
from roadworthy.simulator.workflow import STATUSES

RULES = (
    (ACCEPTANCE, f'field = "Acceptance Criteria"\nminimum_length = {MINIMUM_ACCEPTANCE}'),
    (DESCRIPTION, f'field = "description"\nminimum_length = {MINIMUM_DESCRIPTION}'),
    (DESIGN, 'field = "links"\nlink_type = "is designed by"'),
    (ESTIMATE, 'field = "Story Points"\nrequired = true'),
)


EMAIL_VARIABLE = "ROADWORTHY_DEMO_EMAIL"
JIRA_VARIABLE = "ROADWORTHY_DEMO_JIRA_TOKEN"
GITHUB_VARIABLE = "ROADWORTHY_DEMO_GITHUB_TOKEN"


def settings(organisation: Organisation, sources: Iterable[str]) -> str:
    """The text of ``roadworthy.toml`` with these tables of sources."""
    return "\n".join(
        (
            'warehouse = "var/roadworthy.duckdb"',
            'reports = "var/reports"',
            'timezone = "Europe/Berlin"',
            *sources,
            *_teams(),
            *_stages(organisation),
            *_readiness(organisation),
            *_roles(),
            *_tenures(organisation),
            *_rights(),
            *_interventions(organisation),
            *_values(),
            "",
        )
    )


def _day(organisation: Organisation, day: float) -> str:
    return (organisation.started_at + timedelta(days=day)).date().isoformat()


def _quoted(values: Iterable[str]) -> str:
    """Texts as a list of TOML, whose strings are those of JSON."""
    return json.dumps(list(values))


def recorded_sources(organisation: Organisation) -> Iterator[str]:
    """Both trackers as an archive; paths are relative to its folder."""
    as_of = f"{organisation.ends_at:%Y-%m-%dT%H:%M:%SZ}"
    for name, tracker, path in (("acme", "jira", "jira/"), ("code", "github", "github/")):
        yield f'\n[[sources]]\nkind = "files"\nname = "{name}"\npath = "{path}"'
        yield f'tracker = "{tracker}"\nas_of = {as_of}'


def served_sources(jira: str, github: str) -> Iterator[str]:
    """Both trackers at the addresses at which they answer."""
    projects = _quoted(team.key for team in TEAMS)
    yield "\n# These two answered on this machine only while the demo ran."
    yield f'[[sources]]\nkind = "jira"\nname = "acme"\nserver = "{jira}"\nprojects = {projects}'
    yield f'email_env = "{EMAIL_VARIABLE}"\ntoken_env = "{JIRA_VARIABLE}"'
    yield f'\n[[sources]]\nkind = "github"\nname = "code"\nserver = "{github}"'
    yield f'repositories = ["acme/*"]\ntoken_env = "{GITHUB_VARIABLE}"'


def _teams() -> Iterator[str]:
    yield "\n[teams]"
    for team in TEAMS:
        repositories = _quoted([team.repository])
        yield f'{team.name} = {{ projects = ["{team.key}"], repositories = {repositories} }}'


def _stages(organisation: Organisation) -> Iterator[str]:
    for status in STATUSES:
        names = [one.name for one in organisation.statuses if one.stage == status.id]
        yield f'\n[[stages]]\nname = {json.dumps(status.name)}\nkind = "{status.kind}"'
        if status.owner is not None:
            yield f'owner = "{status.owner}"'
        yield f"statuses = {_quoted(names)}"


def _readiness(organisation: Organisation) -> Iterator[str]:
    since = _day(organisation, organisation.scenario.protocol_day)
    yield '\n[definition_of_ready]\nguards = "Ready for Dev"'
    for name, test in RULES:
        yield f'\n[[definition_of_ready.rules]]\nname = "{name}"\n{test}'
        yield f"item_types = {_quoted(SCOPE[name])}\nsince = {since}"


def _accounts(people: Iterable[Person]) -> str:
    accounts = [f"account:{person.account_id}" for person in people]
    return _quoted([*accounts, *(f"login:{person.login}" for person in people)])


def _roles() -> Iterator[str]:
    yield "\n[roles]"
    for role in ("product", "engineering", "ceo", "bot"):
        yield f"{role} = {_accounts([p for p in PEOPLE if p.role == role])}"


def _tenures(organisation: Organisation) -> Iterator[str]:
    """Who leads product in each team: where a third manager came, the first one left."""
    handed_over_on = _day(organisation, organisation.scenario.days / 2)
    for team in map(organisation.scenario.led, TEAMS):
        has_successor = len(team.managers) > len(team.managers[:2])
        yield _tenure(team.key, team.managers[0], _day(organisation, 0))
        if has_successor:
            yield f"until = {handed_over_on}"
            yield _tenure(team.key, team.managers[-1], handed_over_on)


def _tenure(key: str, person: Person, since: str) -> str:
    seat = f'seat = "product:{key}"\naccount = "account:{person.account_id}"'
    return f"\n[[tenures]]\n{seat}\nfrom = {since}"


def _rights() -> Iterator[str]:
    yield "\n[decision_rights]"
    yield 'priority = { fields = ["priority"], decides = "product" }'
    yield (
        'timeline = { fields = ["duedate", "fixVersions"], decides = "engineering", '
        f'override = "{CEO.role}" }}'
    )
    yield '\n[measures]\ncommit_stage = "In Development"'


def _interventions(organisation: Organisation) -> Iterator[str]:
    scenario = organisation.scenario
    yield '\n[[interventions]]\nname = "Leadership off-site"\nkind = "coaching"'
    yield f"on = {_day(organisation, scenario.coaching_day)}\nwashout_days = 28"
    yield 'primary_metric = "rejection_rate"\ncost = 60000'
    yield '\n[[interventions]]\nname = "Product Governance Protocol"\nkind = "governance"'
    yield f"on = {_day(organisation, scenario.protocol_day)}\nwashout_days = 28"
    yield f'teams = {_quoted(scenario.treated)}\nprimary_metric = "rejection_rate"'


def _values() -> Iterator[str]:
    yield '\n[calendar]\nworkdays = ["mon", "tue", "wed", "thu", "fri"]\nhours = "09:00-17:00"'
    yield "\n[benchmarks]\ndecision_wait_days = 1"
    yield '\n[costs]\ncurrency = "USD"\ndelay_per_release_week = [20000, 60000]'
    yield "person_hour = 110\n\n[privacy]\nminimum_group = 5"

"""The text of the file: a proposal in the order in which a person reads it, evidence beside it."""

from collections.abc import Iterator

from roadworthy.counting import counted
from roadworthy.proposals.flow_text import flow, readiness
from roadworthy.proposals.proposal import Proposal, TeamProposal
from roadworthy.proposals.target import Target
from roadworthy.proposals.toml_text import array, comment, commented_out, key, named, quoted


def written(target: Target, proposal: Proposal, *, archive: str = "") -> str:
    """The text of ``roadworthy.toml``.

    Args:
        target: the tracker.
        proposal: what was found in it.
        archive: the path of an archive, as the file is to name it.
    """
    parts = [
        _opening(target, proposal),
        target.source_table(archive),
        _teams(proposal),
        flow(proposal),
        readiness(proposal),
        _roles(proposal),
        _rights(proposal),
        _measures(proposal),
        _rest(),
    ]
    return "\n\n".join(parts) + "\n"


def _opening(target: Target, proposal: Proposal) -> str:
    window = f", those changed since {target.since}" if target.has_window else ""
    told = (
        f"Proposed by 'roadworthy init' from {counted(proposal.items, 'item')}{window}, and "
        f"{counted(proposal.changes, 'change')} of them, as they were on "
        f"{proposal.snapshot_at:%Y-%m-%d}. The evidence stands beside each proposal, and what "
        "rests on little is commented out. Change what is wrong, then run 'roadworthy check' and "
        "'roadworthy nightly'. Paths are relative to this file; secrets stay in the environment."
    )
    return "\n".join(
        (
            comment(told),
            *(comment(f"Could not be seen: {named(lack)}") for lack in proposal.lacks),
            "",
            'warehouse = "var/roadworthy.duckdb"',
            'reports = "var/reports"',
            f"timezone = {quoted(proposal.zone)} # {named(proposal.zone_evidence)}",
        )
    )


def _teams(proposal: Proposal) -> str:
    lines = [
        comment("Which work is whose. Rename a team, or put several projects into one."),
        "[teams]",
        *map(_team, proposal.teams),
    ]
    return "\n".join(lines)


def _team(team: TeamProposal) -> str:
    value = f"{{ {team.place} = {array([team.name])} }}"
    return f"{key(team.name)} = {value} # {named(team.evidence)}"


def _roles(proposal: Proposal) -> str:
    lines = [
        comment(
            "Who holds which role: group:NAME, role:PROJECT ROLE, team:OWNER/SLUG, account:ID or\n"
            "login:NAME. Roles tell a rejection from a recall; without them every return is one."
        ),
        "[roles]",
        *_declared_roles(proposal),
    ]
    return "\n".join(lines)


def _declared_roles(proposal: Proposal) -> Iterator[str]:
    if proposal.groups:
        yield comment(f"Nobody in these was seen to act: {', '.join(map(named, proposal.groups))}.")
    for role in proposal.roles:
        yield comment(role.evidence)
        yield f"{key(role.name)} = {array(role.holders)}"
    if not proposal.roles:
        yield commented_out(
            'product = ["group:product-managers"]\nengineering = ["group:engineers"]'
        )


def _rights(proposal: Proposal) -> str:
    used = [f"{named(one.field)} ({counted(one.changes, 'change')})" for one in proposal.governed]
    told = f" Changed here: {', '.join(used)}." if used else ""
    fields = [one.field for one in proposal.governed]
    dates = [one for one in fields if one != "priority"] or ["duedate"]
    example = (
        "[decision_rights]\n"
        'priority = { fields = ["priority"], decides = "product" }\n'
        f'timeline = {{ fields = {array(dates)}, decides = "engineering", override = "ceo" }}'
    )
    text = f"Who decides what: a change by another role is counted as out of role.{told}"
    return "\n".join((comment(text), commented_out(example)))


def _measures(proposal: Proposal) -> str:
    return "\n".join(("[measures]", *_commit(proposal), *_given_up(proposal), *_dates(proposal)))


def _commit(proposal: Proposal) -> Iterator[str]:
    yield comment("From this stage on a date is a promise: the first in which work is being done.")
    if proposal.commit_stage is None:
        yield commented_out('commit_stage = "In Progress" # no stage of work was found')
    else:
        yield f"commit_stage = {quoted(proposal.commit_stage)}"


def _given_up(proposal: Proposal) -> Iterator[str]:
    if not proposal.given_up:
        yield commented_out('dropped_resolutions = ["Won\'t Do", "Duplicate"]')
        return
    counts = ", ".join(f"{named(name)} {count:,}" for name, count in proposal.given_up)
    yield comment(f"Resolutions that say that work was given up; items: {counts}.")
    yield f"dropped_resolutions = {array(name for name, _ in proposal.given_up)}"


def _dates(proposal: Proposal) -> Iterator[str]:
    yield comment("Besides due dates and dated releases, one field may hold the date of an item.")
    for one in proposal.dates:
        yield comment(f"{named(one.field)}: {named(one.evidence)}")
    custom = next((one.field for one in proposal.dates if one.field != "duedate"), "Target end")
    yield commented_out(f"target_date_field = {quoted(custom)}")


def _rest() -> str:
    calendar = (
        "[calendar]\n"
        'workdays = ["mon", "tue", "wed", "thu", "fri"]\n'
        'hours = "09:00-17:00"\n'
        '# holidays = "DE" # a country, or a country and its region: DE-BY'
    )
    change = commented_out(
        "[[interventions]]\n"
        'name = "What was changed"\n'
        'kind = "process" # governance coaching team_building replacement process tool '
        "reorganisation\n"
        "on = 2026-01-15\n"
        'primary_metric = "lead_time_days"'
    )
    asked = comment(
        "A dated change whose effect you want to see; teams not named are compared with."
    )
    return f"{calendar}\n\n{asked}\n{change}"

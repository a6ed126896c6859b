"""The file that is written: valid whatever the tracker calls its things, and about nobody."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from roadworthy.config.model import Config
from roadworthy.proposals.proposal import (
    DateField,
    FieldUse,
    Proposal,
    RoleProposal,
    RuleProposal,
    StageProposal,
    TeamProposal,
)
from roadworthy.proposals.target import Target
from roadworthy.proposals.validated import validated
from roadworthy.proposals.writing import written

JIRA = Target(
    "jira",
    server="https://acme.atlassian.net",
    projects=("PAY",),
    email_env="JIRA_EMAIL",
    token_env="JIRA_TOKEN",  # noqa: S106 - the name of a variable
    since=date(2026, 1, 1),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def stage(name: str, kind: str = "active", owner: str | None = None) -> StageProposal:
    return StageProposal(
        name, kind, (name,), f"of {name}", owner=owner, owner_evidence=f"by {name}"
    )


def proposal(
    names: tuple[str, ...], field: str = "Estimate", owners: tuple[str | None, ...] = (None, None)
) -> Proposal:
    """A proposal in which everything is called by these names."""
    first, second, *rest = (*names, "Todo", "Build")
    stages = (stage(first, "queue", owners[0]), stage(second, "active", owners[1]))
    return Proposal(
        items=1,
        changes=2,
        snapshot_at=datetime(2026, 3, 31, tzinfo=UTC),
        zone="Europe/Berlin",
        zone_evidence="that of the account",
        stages=(*stages, *map(stage, rest)),
        guards=second,
        rules=(RuleProposal(field, f"of {field}", 40, (field,), is_clear=True),),
        roles=(RoleProposal(first, (f"group:{first}",), f"of {first}"),),
        groups=(second,),
        teams=(TeamProposal(first, "projects", f"of {first}"),),
        governed=(FieldUse(field, 1),),
        dates=(DateField(field, "9%"),),
        commit_stage=second,
        given_up=((field, 1),),
    )


def read(target: Target, found: Proposal) -> Config:
    return validated(written(target, found, archive="exports/jira")).config


@given(
    st.lists(TEXTS, max_size=4, unique_by=lambda text: text.strip().casefold()).filter(
        lambda names: not {"todo", "build"} & {name.strip().casefold() for name in names}
    ),
    TEXTS,
)
def test_every_name_of_the_tracker_is_in_the_file_as_it_is(names: list[str], field: str) -> None:
    found = proposal(tuple(names), field, owners=("product", "engineering"))
    config = read(JIRA, found)
    assert [one.name for one in config.stages] == [one.name for one in found.stages]
    assert [one.statuses for one in config.stages] == [[one.name] for one in found.stages]
    assert config.measures.dropped_resolutions == [field]
    assert config.definition_of_ready is not None
    assert [one.field for one in config.definition_of_ready.rules] == [field]
    assert list(config.teams) == [found.stages[0].name]


def test_rules_are_comments_until_the_stages_have_owners() -> None:
    found = proposal(("Idea", "Building"))
    assert read(JIRA, found).definition_of_ready is None
    assert "Commented out until the stages have owners." in written(JIRA, found)


def test_what_is_known_of_an_owner_is_said_where_none_is_proposed() -> None:
    assert '# owner = "..." # by Idea' in written(JIRA, proposal(("Idea", "Building")))


def test_the_source_is_what_was_looked_at() -> None:
    source = read(JIRA, proposal(())).sources[0]
    assert source.model_dump(exclude_unset=True) == {
        "kind": "jira",
        "name": "acme",
        "server": "https://acme.atlassian.net",
        "projects": ["PAY"],
        "since": date(2026, 1, 1),
        "email_env": "JIRA_EMAIL",
        "token_env": "JIRA_TOKEN",
    }


def test_what_the_first_day_leaves_out_is_said_beside_it() -> None:
    [line] = [one for one in written(JIRA, proposal(())).splitlines() if "2026-01-01" in one][1:]
    assert line == (
        "since = 2026-01-01 # what changed last before it is never read: put an earlier day, or "
        "remove the line"
    )


def test_what_could_not_be_seen_is_said() -> None:
    found = replace(proposal(()), lacks=("acme: groups: not there\nhidden = true",))
    assert "\n# Could not be seen: acme: groups: not there" in written(JIRA, found)
    assert read(JIRA, found) == read(JIRA, proposal(()))


def test_an_archive_is_named_as_the_file_sees_it() -> None:
    source = read(Target("jira", archive=Path("/x/exports/jira")), proposal(())).sources[0]
    assert source.model_dump(exclude_unset=True) == {
        "kind": "files",
        "name": "jira",
        "path": "exports/jira",
        "tracker": "jira",
    }

"""From core frames to the parts of a proposal, each with its evidence in words."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from pipelines.flow import stage_evidence, stage_words
from pipelines.flow.pull_request_protocol import protocol_stages
from pipelines.histories import present_values
from pipelines.promises import date_evidence
from pipelines.readiness.readiness_proposal import readiness_proposal
from roadworthy.config.model import Config
from roadworthy.counting import counted
from roadworthy.proposals.proposal import (
    DateField,
    FieldUse,
    Proposal,
    RoleProposal,
    RuleProposal,
    StageProposal,
    TeamProposal,
)
from roadworthy.proposals.zone import is_zone
from roadworthy.stages.core_frames import Core
from roadworthy.stages.discovery import Seen, Workflow
from roadworthy.stages.item_facts import ItemFacts, item_facts
from roadworthy.stages.policies import policy_for
from roadworthy.stages.proposed_flow import commit_stage, guarded_stage, proposed_stages
from roadworthy.stages.protocols import by_protocol

_GOVERNED: Final = ("priority", "duedate", "fixVersions", "milestone")
_CLEAR_SHARE: Final = 0.75
_CLEAR_COUNT: Final = 50
_MOST_RULES: Final = 8
_MOST_DATES: Final = 5


@dataclass(frozen=True, slots=True)
class Evidence:
    """The frames that everything is proposed from."""

    core: Core
    facts: ItemFacts
    present: pl.DataFrame


def proposal_of(
    core: Core, config: Config, seen: Seen, workflow: Workflow, *, fallback_zone: str
) -> Proposal:
    """All that can be proposed from a core with at least one item."""
    facts = item_facts(core, policy_for(config, core.items))
    present = present_values.present_at(core.items, core.field_changes, core.field_values)
    evidence = Evidence(core, facts, present)
    flow = _flow(core, facts)
    told = core.statuses.drop_nulls("category")["status"]
    stages = proposed_stages(flow, workflow, categorised=frozenset(told))
    guards = guarded_stage(stages)
    roles = _roles(evidence, config)
    zone, why = _zone(seen, fallback_zone)
    return Proposal(
        items=core.items.height,
        changes=core.field_changes.height,
        snapshot_at=core.sources["snapshot_at"].max(),  # type: ignore[arg-type]  # an instant
        zone=zone,
        zone_evidence=why,
        stages=stages,
        guards=guards,
        rules=_rules(evidence, guards, stages),
        roles=roles,
        groups=_idle(seen, roles),
        teams=_teams(core),
        governed=_governed(core),
        dates=_dates(evidence),
        commit_stage=commit_stage(stages),
        given_up=_given_up(core),
        lacks=_lacks(core, seen),
    )


def _flow(core: Core, facts: ItemFacts) -> pl.DataFrame:
    found = stage_evidence.stage_evidence(facts.visits)
    for source in sorted(by_protocol(core)):
        found = stage_evidence.with_all_of_protocol(found, protocol_stages(source))
    return found


def _zone(seen: Seen, fallback: str) -> tuple[str, str]:
    if seen.zone and is_zone(seen.zone):
        return seen.zone, "that of the account at the tracker; a day ends at its midnight"
    return fallback, "that of this machine; a day ends at its midnight"


def _rules(
    evidence: Evidence, guards: str | None, stages: tuple[StageProposal, ...]
) -> tuple[RuleProposal, ...]:
    if guards is None:
        return ()
    facts = evidence.facts
    observed = next(one.observed for one in stages if one.name == guards)
    found = readiness_proposal(
        facts.visits, facts.items, facts.changes, evidence.present, guards=observed
    )
    return tuple(map(_rule, found.head(_MOST_RULES).iter_rows(named=True)))


def _rule(row: dict[str, object]) -> RuleProposal:
    share, checked, now = (float(str(row[one])) for one in ("share", "checked", "filled_now"))
    types = row["item_types"]
    return RuleProposal(
        field=str(row["field"]),
        evidence=(
            f"filled in {share:.0%} of {checked:,.0f} items when they first entered, in "
            f"{now / checked:.0%} of them today"
        ),
        minimum_length=int(str(row["minimum_length"])) if row["minimum_length"] else None,
        item_types=tuple(types) if isinstance(types, list) else (),
        is_clear=checked >= _CLEAR_COUNT and share >= _CLEAR_SHARE,
    )


def _roles(evidence: Evidence, config: Config) -> tuple[RoleProposal, ...]:
    """The roles of groups whose members were seen to act."""
    changes = evidence.facts.changes
    acted = dict(changes.group_by("actor_role").agg(pl.len()).iter_rows())
    people = dict(
        evidence.core.actor_roles.group_by("role").agg(pl.col("actor_id").n_unique()).iter_rows()
    )
    return tuple(
        RoleProposal(
            name=role,
            holders=tuple(one for one in holders if isinstance(one, str)),
            evidence=(
                f"{counted(people.get(role, 0), 'account')}, {acted[role] / changes.height:.1%} of "
                "all changes"
            ),
        )
        for role, holders in config.roles.items()
        if acted.get(role)
    )


def _idle(seen: Seen, roles: tuple[RoleProposal, ...]) -> tuple[str, ...]:
    taken = {holder for role in roles for holder in role.holders}
    return tuple(one for one in seen.groups if one not in taken)


def _teams(core: Core) -> tuple[TeamProposal, ...]:
    counts = core.items.group_by("project").agg(items=pl.len())
    return tuple(
        TeamProposal(
            name=str(row["project"]),
            # A repository is an owner's; the key of a project is one word.
            place="repositories" if "/" in str(row["project"]) else "projects",
            evidence=counted(row["items"], "item"),
        )
        for row in counts.sort(-pl.col("items").cast(pl.Int64), "project").iter_rows(named=True)
    )


def _governed(core: Core) -> tuple[FieldUse, ...]:
    counts = dict(core.field_changes.group_by("field").agg(pl.len()).iter_rows())
    return tuple(FieldUse(field, counts[field]) for field in _GOVERNED if field in counts)


def _dates(evidence: Evidence) -> tuple[DateField, ...]:
    found = date_evidence.date_evidence(
        evidence.core.items, evidence.core.field_changes, evidence.present
    )
    return tuple(
        DateField(
            field=str(row["field"]),
            evidence=f"{row['share']:.0%} of the items have one, changed {row['changes']:,} times",
        )
        for row in found.head(_MOST_DATES).iter_rows(named=True)
    )


def _lacks(core: Core, seen: Seen) -> tuple[str, ...]:
    """What neither the discovery nor the read could see, each once."""
    by_read = core.sources["lacks"].explode().drop_nulls()
    return tuple(dict.fromkeys((*seen.lacks, *by_read)))


def _given_up(core: Core) -> tuple[tuple[str, int], ...]:
    counts = core.items.drop_nulls("resolution").group_by("resolution").agg(items=pl.len())
    ordered = counts.sort(-pl.col("items").cast(pl.Int64), "resolution")
    return tuple(
        (name, count) for name, count in ordered.iter_rows() if stage_words.means_not_done(name)
    )

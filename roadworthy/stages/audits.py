"""The audit of a build: what the facts revealed, and the checks in ``sql/checks``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

import polars as pl

from connectors.files.lacks import WITHOUT_HISTORY
from pipelines.audit import EVERY_SOURCE, Finding, data_audit
from pipelines.cohorts import scopes
from pipelines.findings import completeness, instants, understanding
from pipelines.findings.declared_projects import declared_projects
from pipelines.findings.role_holders import Unanswered, role_holders
from pipelines.policy import Policy
from roadworthy.config.model import Config
from roadworthy.counting import counted
from roadworthy.sql_files import sql_files
from roadworthy.stages.core_frames import Core
from roadworthy.stages.item_facts import ItemFacts
from roadworthy.warehouse import Warehouse

_EXAMPLES = 3
_OF_WHAT_ARRIVED: Final = (
    "source_never_read",
    "source_not_configured",
    "quarantined_records",
    "repeated_records",
    "role_holders_not_found",
)


@dataclass(frozen=True, slots=True)
class RoleAnswers:
    """Which entries of ``[roles]`` nobody in the data answers to, and how many each role has."""

    unresolved: list[Unanswered]
    declared: Mapping[str, int]

    @classmethod
    def of(cls, config: Config, unresolved: list[Unanswered]) -> Self:
        """Count the entries of a configuration."""
        return cls(unresolved, {role: len(entries) for role, entries in config.roles.items()})


def findings_of(
    core: Core,
    facts: ItemFacts,
    shown: scopes.Scopes,
    policy: Policy,
    *,
    roles: RoleAnswers,
) -> list[Finding]:
    """Everything that reading and understanding the data revealed."""
    seen = facts.sightings
    return [
        *completeness.sources(core.sources, grave=WITHOUT_HISTORY),
        *completeness.without_items(core.sources, core.items),
        *completeness.histories(core.items),
        *completeness.replay(seen.replayed, seen.replay_mismatches, core.items),
        *understanding.statuses(seen.stays),
        *understanding.actors(seen.acts, policy),
        *declared_projects(facts.items, policy),
        *role_holders(roles.unresolved, roles.declared),
        *instants.instants(seen.misdated, core.items),
        *understanding.ends(facts.items, facts.lives, policy),
        *understanding.counts(
            misclicks=seen.misclicks,
            bulk_changes=int(seen.acts["bulk_changes"].sum()),
            withheld=shown,
        ),
        *understanding.not_measured(
            policy,
            has_handoffs=not facts.handoffs.is_empty(),
            has_dates=not facts.commitments.is_empty(),
        ),
    ]


def known_at_any_instant() -> list[str]:
    """Names of the findings that hold of an earlier day as well: of what arrived, and of core.

    What never came in is missing from every past; a check of ``main`` is of the figures published.
    """
    of_core = [name for name, query in sql_files("checks").items() if "main." not in query]
    return [*_OF_WHAT_ARRIVED, *of_core]


def checked(warehouse: Warehouse) -> list[Finding]:
    """Run every check; a row it returns is a row that must not exist."""
    findings: list[Finding] = []
    for name, query in sql_files("checks").items():
        rows = warehouse.frame(query)
        if rows.is_empty():
            continue
        rule = query.splitlines()[0].removeprefix("--").strip()
        examples = "; ".join(rows["detail"].sort().head(_EXAMPLES))
        findings.append(
            Finding(
                EVERY_SOURCE,
                name,
                "error",
                f"{rule} Broken {counted(rows.height, 'time')}, for example {examples}.",
                expected=0,
                found=rows.height,
            )
        )
    return findings


def audit_table(warehouse: Warehouse, findings: list[Finding]) -> pl.DataFrame:
    """All findings of a build as rows of ``main.data_audit``."""
    refused = warehouse.frame("select * from raw.quarantine")
    return data_audit([*findings, *completeness.quarantine(refused), *checked(warehouse)])

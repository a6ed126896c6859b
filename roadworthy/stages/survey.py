"""What only all items together can show, and every item is then computed with.

A build first scans all items, and then reads the histories of some at a time.
"""

from dataclasses import dataclass
from typing import Final, Self

import polars as pl

from pipelines.approvals.approval_requests import commented_sources
from pipelines.histories import bulk_edits, history, snapshot
from pipelines.policy import Policy
from pipelines.promises.commitments import commit_ranks
from pipelines.readiness.rule_readings import RuleReading, fields_of, rule_readings
from roadworthy.stages.core_frames import Core
from roadworthy.stages.stage_maps import stage_map_of

FLOW: Final = ("status", "resolution")
"""The fields whose changes are the way of an item."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What was seen on all items."""

    stage_map: pl.DataFrame
    """Every status with its stage: what is declared, and what the flow proposes."""
    commit_ranks: pl.DataFrame
    """From which rank on a flow is committed, as
    :func:`pipelines.promises.commitments.commit_ranks` finds it."""
    bulk: pl.DataFrame
    """item_id, sequence of the changes that were made in bulk."""
    readings: tuple[RuleReading, ...]
    """The rules of the definition of ready, and how their fields are read."""
    commented: frozenset[str]
    """The sources of which comments came."""

    @classmethod
    def of(cls, core: Core, policy: Policy) -> Self:
        """Look at all items.

        Args:
            core: all items; of their changes and values at least what
                :func:`roadworthy.stages.surveyed.surveyed` leaves of them.
            policy: how items are understood.
        """
        items = snapshot.items_at(core.items, core.field_changes)
        changes = history.with_group_end(snapshot.changes_at(items, core.field_changes))
        ready = policy.ready
        stages = stage_map_of(items, changes, core, policy)
        return cls(
            stage_map=stages,
            commit_ranks=commit_ranks(stages, commit_stage=policy.measures.commit_stage),
            bulk=bulk_edits.bulk_edits(changes, bulk_items=policy.measures.bulk_items),
            readings=rule_readings(ready, items, changes, core.field_values) if ready else (),
            commented=commented_sources(core.activities, items),
        )


def surveyed_fields(policy: Policy) -> list[str]:
    """The fields, in lower case, of which a survey needs every change and every value."""
    return sorted({*FLOW, *(fields_of(policy.ready) if policy.ready else ())})

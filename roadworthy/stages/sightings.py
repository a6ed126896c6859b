"""Observations from the histories: who acted in which role, and what is odd in them.

Everything here adds up: the sightings of some items and those of others are the sightings of both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import polars as pl

from pipelines.cohorts.scopes import acted_in
from pipelines.findings.instants import misdated
from pipelines.findings.understanding import stays_in_stages
from pipelines.histories import replay
from roadworthy.stages.core_frames import Core


@dataclass(frozen=True, slots=True)
class Sightings:
    """What was seen on some items."""

    acts: pl.DataFrame
    """source, team, item_type, release, is_subtask, actor_id, actor_role, changes, bulk_changes;
    a group in which nobody acted has a row without an actor."""
    misdated: pl.DataFrame
    """source, finding, changes: how many lie before the creation, or after the snapshot."""
    stays: pl.DataFrame
    """source, stage, stage_kind, is_proposed, visits, microseconds."""
    replay_mismatches: pl.DataFrame
    replayed: pl.DataFrame
    """source, field, histories, compared, agreeing."""
    misclicks: int

    @classmethod
    def together(cls, parts: Sequence[Self]) -> Self:
        """What was seen on all of them."""
        return cls(
            acts=_summed([one.acts for one in parts], counts=2),
            misdated=_summed([one.misdated for one in parts], counts=1),
            stays=_summed([one.stays for one in parts], counts=2),
            replay_mismatches=pl.concat([one.replay_mismatches for one in parts]),
            replayed=_summed([one.replayed for one in parts], counts=3),
            misclicks=sum(one.misclicks for one in parts),
        )


def sightings(
    core: Core, items: pl.DataFrame, changes: pl.DataFrame, visits: pl.DataFrame, *, misclicks: int
) -> Sightings:
    """See to some items.

    Args:
        core: as the tracker told it.
        items: these items, with their groups.
        changes: what was changed by the snapshot, with actor_role and is_bulk.
        visits: their stays in stages.
        misclicks: how many stays were merged into others.
    """
    mismatches = replay.replay_mismatches(core.field_changes, core.field_values)
    return Sightings(
        acts=acted_in(items, changes),
        misdated=misdated(core.items, core.field_changes),
        stays=stays_in_stages(visits),
        replay_mismatches=mismatches,
        replayed=replay.replay_counts(
            core.field_changes, core.field_values, mismatches, core.items
        ),
        misclicks=misclicks,
    )


def _summed(parts: Sequence[pl.DataFrame], *, counts: int) -> pl.DataFrame:
    """Rows of several frames by their keys; the last so many columns are added up."""
    keys, summed = parts[0].columns[:-counts], parts[0].columns[-counts:]
    whole = pl.concat(parts)
    return whole.group_by(keys).agg(pl.col(summed).sum()).sort(keys)

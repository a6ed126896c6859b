"""Decision rights: which roles actually decide, out of role, against one another.

Counted are changes after the commitment of the item, by people whose role is known, not in bulk.
Effective deciders say how concentrated a right is, the contest rate whether those who share it
disagree: two roles that cover for each other are two deciders without a contest. Intervals are
a bootstrap over items. Edge cases:

* Below ten counted changes, or with more than 20 % by unknown actors, nothing but counts is given.
* What changed before its source was watched counts nowhere.
* One item alone has figures and no interval.
* Every right has a row in every group in which any governed field ever changed: that nobody used
  a right is worth saying.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.cohorts.scopes import Scopes, in_each_scope
from pipelines.cohorts.subjects import light, seen
from pipelines.decisions.decision_changes import decided_once, uses
from pipelines.histories.actor_roles import BOT, MOST_UNKNOWN, UNKNOWN
from pipelines.policy import DecisionRight
from pipelines.statistics.cluster_bootstrap import cluster_sums, ratio
from pipelines.statistics.concentration import concentration, entropy_number
from pipelines.statistics.estimate import UNKNOWN as NOTHING_KNOWN
from pipelines.statistics.estimate import Estimate

DECISION_RIGHTS = pl.Schema(
    {
        "scope": pl.String(),
        "decision_right": pl.String(),
        "decides": pl.String(),
        "changes": pl.Int32(),
        "items": pl.Int32(),
        "co_deciders": pl.Float64(),
        "effective_deciders": pl.Float64(),
        "effective_low": pl.Float64(),
        "effective_high": pl.Float64(),
        "entropy_deciders": pl.Float64(),
        "out_of_role_share": pl.Float64(),
        "out_of_role_low": pl.Float64(),
        "out_of_role_high": pl.Float64(),
        "contest_rate": pl.Float64(),
        "contest_low": pl.Float64(),
        "contest_high": pl.Float64(),
        "override_share": pl.Float64(),
        "bulk_changes": pl.Int32(),
        "unknown_share": pl.Float64(),
        "verdict": pl.String(),
    }
)
FEWEST_CHANGES = 10
_ONCE = ("change_number", "changed_at", "actor_id", "watched_from", "observed_until", "entry_days")
"""What is asked of changes until it is known which were one decision."""


@dataclass(frozen=True, kw_only=True)
class Uses:
    """The changes made under one right in one group.

    ``counted`` are those by people of a known role, singly; ``bulk`` is how many were made in bulk,
    ``unknown`` the share of actors without a role among the rest, None where there is no rest.
    """

    counted: pl.DataFrame
    bulk: int
    unknown: float | None

    @property
    def is_measured(self) -> bool:
        """True where there are enough to give more than counts."""
        return self.counted.height >= FEWEST_CHANGES and (self.unknown or 0.0) <= MOST_UNKNOWN


def uses_in_each_scope(
    changes: pl.DataFrame, scopes: Scopes, *, rights: tuple[DecisionRight, ...]
) -> Iterator[tuple[str, DecisionRight, Uses]]:
    """What was changed under each right in each group: arguments as of :func:`decision_rights`."""
    watched = seen(uses(changes), entered_at="changed_at", followed_days=pl.lit(0.0))
    numbered = light(watched).with_columns(pl.col("item_id").rank("dense"))
    decided = decided_once(numbered).select(pl.exclude(_ONCE))
    for scope, inside in in_each_scope(decided, scopes, by_release=True):
        for right in rights:
            yield scope, right, _uses(inside, right)


def decision_rights(
    changes: pl.DataFrame, scopes: Scopes, *, rights: tuple[DecisionRight, ...]
) -> pl.DataFrame:
    """Estimate who decides, by group and right: the columns of ``main.decision_rights``.

    Args:
        changes: what :func:`pipelines.decisions.decision_changes.decision_changes` found, of whole
            items; with ``release`` where releases may be shown, and ``watched_from`` where a source
            was not always watched.
        scopes: the groups that may be shown.
        rights: those under which the changes were found.
    """
    parts = uses_in_each_scope(changes, scopes, rights=rights)
    rows = [{"scope": scope, **_row(uses, right)} for scope, right, uses in parts]
    return pl.DataFrame(rows, schema=DECISION_RIGHTS, orient="row").sort("scope", "decision_right")


def _uses(inside: pl.DataFrame, right: DecisionRight) -> Uses:
    made = inside.filter((pl.col("decision_right") == right.name) & pl.col("is_after_commitment"))
    singly = made.filter(~pl.col("is_bulk") & (pl.col("actor_role") != BOT))
    counted = singly.filter(pl.col("actor_role") != UNKNOWN)
    unknown = (singly.height - counted.height) / singly.height if singly.height else None
    return Uses(counted=counted, bulk=int(made["is_bulk"].sum()), unknown=unknown)


def _row(uses: Uses, right: DecisionRight) -> dict[str, object]:
    """What is known of one right in one group."""
    return {
        "decision_right": right.name,
        "decides": right.decides,
        "changes": uses.counted.height,
        "items": uses.counted["item_id"].n_unique(),
        **(_figures(uses.counted, right) if uses.is_measured else {}),
        "bulk_changes": uses.bulk,
        "unknown_share": uses.unknown,
        "verdict": "measured" if uses.is_measured else "insufficient_data",
    }


def _figures(counted: pl.DataFrame, right: DecisionRight) -> dict[str, object]:
    """What the counted changes of one right in one group amount to."""
    items = counted["item_id"].rank("dense").cast(pl.Int64).to_numpy()
    acted = _acted(counted["actor_role"], items)
    deciders = concentration(acted)
    contests = _share(counted["is_contest"], items)
    strangers = _share(counted["is_out_of_role"], items) if right.decides else NOTHING_KNOWN
    overrides = counted["is_override"].cast(pl.Float64).mean() if right.override else None
    return {
        "co_deciders": float(np.mean((acted > 0).sum(axis=1))),
        "effective_deciders": deciders.value,
        "effective_low": deciders.low,
        "effective_high": deciders.high,
        "entropy_deciders": entropy_number(acted.sum(axis=0)),
        "out_of_role_share": strangers.value,
        "out_of_role_low": strangers.low,
        "out_of_role_high": strangers.high,
        "contest_rate": contests.value,
        "contest_low": contests.low,
        "contest_high": contests.high,
        "override_share": overrides,
    }


def _acted(roles: pl.Series, items: NDArray[np.int64]) -> NDArray[np.float64]:
    """How often each role (columns) changed each item (rows)."""
    names = roles.unique().cast(pl.String).sort()
    is_role = np.column_stack([(roles == name).to_numpy() for name in names])
    return cluster_sums(is_role.astype(np.float64), items)


def _share(marked: pl.Series, items: NDArray[np.int64]) -> Estimate:
    """Share of the changes that are marked."""
    hits = marked.cast(pl.Float64).to_numpy()
    return ratio(hits, np.ones(len(hits)), items, is_share=True)

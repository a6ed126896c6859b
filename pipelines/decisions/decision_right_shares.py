"""Shares of the roles in each decision right, and where each of them stands to it.

Counted are the changes that :mod:`pipelines.decisions.decision_rights` counts; the shares of the
roles of a right sum to one. Intervals are a bootstrap over items. Edge cases:

* A right of which not enough is known has no shares at all, as it has no other figure there.
* A role without a change has no row; that it is declared to decide all the same is in
  ``decision_rights.decides``.
* Where nobody is declared to decide, nobody is out of role: all but the role that may override are
  undeclared.
"""

from collections.abc import Iterator

import numpy as np
import polars as pl

from pipelines.cohorts.scopes import Scopes
from pipelines.decisions.decision_rights import Uses, uses_in_each_scope
from pipelines.policy import DecisionRight
from pipelines.statistics.cluster_bootstrap import ratio

DECISION_RIGHT_SHARES = pl.Schema(
    {
        "scope": pl.String(),
        "decision_right": pl.String(),
        "role": pl.String(),
        "standing": pl.String(),
        "changes": pl.Int32(),
        "share": pl.Float64(),
        "share_low": pl.Float64(),
        "share_high": pl.Float64(),
    }
)


def decision_right_shares(
    changes: pl.DataFrame, scopes: Scopes, *, rights: tuple[DecisionRight, ...]
) -> pl.DataFrame:
    """Share of each role in the changes under each right: ``main.decision_right_shares``.

    Args:
        changes: as of :func:`pipelines.decisions.decision_rights.decision_rights`.
        scopes: the groups that may be shown.
        rights: those under which the changes were found.
    """
    rows = [
        {"scope": scope, "decision_right": right.name, **row}
        for scope, right, uses in uses_in_each_scope(changes, scopes, rights=rights)
        if uses.is_measured
        for row in _shares(uses, right)
    ]
    return pl.DataFrame(rows, schema=DECISION_RIGHT_SHARES, orient="row").sort(
        "scope", "decision_right", "role"
    )


def _shares(uses: Uses, right: DecisionRight) -> Iterator[dict[str, object]]:
    """A row for each role that made a change."""
    roles = uses.counted["actor_role"]
    items = uses.counted["item_id"].rank("dense").cast(pl.Int64).to_numpy()
    for role in roles.unique().cast(pl.String).sort():
        made = (roles == role).cast(pl.Float64).to_numpy()
        share = ratio(made, np.ones(len(made)), items, is_share=True)
        yield {
            "role": role,
            "standing": _standing(role, right),
            "changes": int(made.sum()),
            "share": share.value,
            "share_low": share.low,
            "share_high": share.high,
        }


def _standing(role: str, right: DecisionRight) -> str:
    if role == right.decides:
        return "decides"
    if role == right.override:
        return "overrides"
    return "out_of_role" if right.decides else "undeclared"

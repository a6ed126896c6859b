"""The cohort of the contest rate: uses of a right after commitment by people of a known role.

Bulk edits and bots decide nothing, and of an unknown actor it cannot be told whom it opposed. Where
unknown actors made more than a fifth of the uses, the rest speak for nobody:

* A group in which that is so is taken off its uses, which count in the organisation alone; so the
  group has no rate, and the others keep theirs.
* Where it is so of the organisation, as before any role is declared, there is no cohort at all.
* What came before its source was watched is neither among the known nor among the unknown.
"""

import polars as pl

from pipelines.cohorts.subjects import GROUPS, known_or_open, seen
from pipelines.histories.actor_roles import BOT, MOST_UNKNOWN, UNKNOWN


def contests(uses: pl.DataFrame) -> pl.DataFrame:
    """Uses of a right; the end that counts is opposing another role's change. Known at once.

    Args:
        uses: item_id, change_number, changed_at, actor_role, is_after_commitment, is_contest,
            is_bulk; team, item_type, release and watched_from where they are known.
    """
    is_unknown = pl.col("actor_role") == UNKNOWN
    is_told = is_unknown.mean() <= MOST_UNKNOWN
    made = _made_by_hand(uses)
    groups = [name for name in GROUPS if name in made.columns]
    told = made.with_columns(pl.when(is_told.over(name)).then(name) for name in groups)
    return known_or_open(
        told.filter(is_told & ~is_unknown),
        pl.format("{}/{}", "item_id", "change_number"),
        entered_at="changed_at",
        counts=pl.col("is_contest"),
    )


def _made_by_hand(uses: pl.DataFrame) -> pl.DataFrame:
    """Uses after commitment and while they were watched, by people and one by one."""
    by_hand = pl.col("is_after_commitment") & ~pl.col("is_bulk") & (pl.col("actor_role") != BOT)
    return seen(uses.filter(by_hand), entered_at="changed_at", followed_days=pl.lit(0.0))

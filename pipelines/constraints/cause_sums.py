"""What the items of a cell gave to each cause: sums from which the figures of any scope follow.

A cell is one team, one type of item and the week in which the clock started. A scope is some of the
cells, and a draw of the bootstrap is other weights on them; so the items are read once, however
many scopes and draws there are. They are those of a life table with the states of all causes
(:mod:`pipelines.constraints.cause_stays`), and of the attempts on the edge of each loop.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.cohorts import metric_cohorts
from pipelines.constraints.cause_stays import STATES, cause_stays, number, owned_time, queue_stays
from pipelines.statistics.life_table import LifeTable
from pipelines.statistics.state_occupation import Floats, Lives, Stays

_DECIDED = ("accepted", "rejected", "recalled")
_REST = "\0rest"
"""All types that are not shown; no tracker has a name like this."""


@dataclass(frozen=True, slots=True)
class CauseSums:
    """Sums by cell, of every cause; rows are cells."""

    causes: tuple[str, ...]
    table: LifeTable
    teams: NDArray[np.str_]
    types: NDArray[np.str_]
    weeks: NDArray[np.int64]
    """Monday on which the week of a cell began, in days since 1970."""
    sums: Floats
    """What the life table needs of each cell; three states per cause: owned, again, begun."""
    together: Floats
    """The same of all cells there are, in one row, however few these are."""
    decided: Floats
    """Attempts decided on the edge of each loop (rows, causes); 0 for other causes."""
    sent_back: Floats
    items: NDArray[np.int64]
    lives: Lives
    """The items themselves, and below their stays in all states."""
    stays: Stays
    cell_of: NDArray[np.int64]
    """Number of the cell of each item."""
    mature_before: int
    """Day, since 1970, before which items entered that could be followed to the horizon."""

    def of(self, rows: NDArray[np.bool_]) -> "CauseSums":
        """Some of the cells."""
        return replace(
            self,
            teams=self.teams[rows],
            types=self.types[rows],
            weeks=self.weeks[rows],
            sums=self.sums[rows],
            decided=self.decided[rows],
            sent_back=self.sent_back[rows],
            items=self.items[rows],
            **self._subjects_of(rows),
        )

    def _subjects_of(self, rows: NDArray[np.bool_]) -> dict[str, Any]:
        chosen = rows[self.cell_of]
        places = np.cumsum(chosen) - 1
        kept = chosen[self.stays.subjects]
        numbers = np.cumsum(rows) - 1
        return {
            "lives": self.lives.part(chosen),
            "stays": self.stays.part(kept, subjects=places),
            "cell_of": numbers[self.cell_of[chosen]],
        }

    def only(self, causes: Sequence[str]) -> "CauseSums":
        """The same cells, of some of the causes."""
        places = [self.causes.index(cause) for cause in causes]
        states = [state * len(self.causes) + place for state in range(STATES) for place in places]
        numbers = np.full(STATES * len(self.causes), -1)
        numbers[states] = np.arange(len(states))
        of_states = numbers[self.stays.states]
        return replace(
            self,
            causes=tuple(causes),
            table=replace(self.table, states=len(states)),
            sums=_of_states(self.table, self.sums, states),
            together=_of_states(self.table, self.together, states),
            decided=self.decided[:, places],
            sent_back=self.sent_back[:, places],
            stays=replace(self.stays, states=of_states).part(of_states >= 0),
        )


def _of_states(table: LifeTable, sums: Floats, states: Sequence[int]) -> Floats:
    """Rows of sums with some of the states."""
    lives, stayed = table.split(sums)
    return np.hstack([lives, stayed[:, :, states].reshape(len(stayed), -1)])


def cause_sums(
    items: pl.DataFrame,
    segments: pl.DataFrame,
    visits: pl.DataFrame,
    handoffs: pl.DataFrame,
    *,
    horizon: float,
    types: Sequence[str],
) -> CauseSums:
    """Sum the items up by cell.

    Args:
        items: as :func:`pipelines.cohorts.metric_cohorts.lead_time` reads them, with
            observed_until.
        segments: of :func:`pipelines.latency.latency_components.component_segments`.
        visits: item_id, stage, stage_kind, entered_at, until.
        handoffs: item_id, from_stage, to_stage, verdict.
        horizon: up to which age to look, in days.
        types: of items, which are told apart. All teams are, shown or not: what happened to one of
            them in a week is what clusters are made of.
    """
    # Sums of fractions depend on their order; that of the rows is nobody's business.
    cohort = metric_cohorts.lead_time(items).sort("subject_id").with_row_index("place")
    cells = _cells(cohort, types)
    numbered = cohort.select("place", item_id="subject_id")
    causes = _causes(segments, numbered)
    lives = _lives(cohort)
    table = LifeTable.over(lives, states=STATES * len(causes), horizon=horizon)
    stays = cause_stays(
        owned_time(segments, numbered, causes),
        queue_stays(visits, items, numbered, causes),
        causes,
    )
    names = cells.unique("cell").sort("cell")
    numbers = cells["cell"].to_numpy().astype(np.int64)
    decided, sent_back = _attempts(handoffs, cohort, cells, causes, len(names))
    sums = table.sums(lives, stays, numbers)
    return CauseSums(
        tuple(causes),
        table,
        names["team"].to_numpy().astype(np.str_),
        names["item_type"].to_numpy().astype(np.str_),
        names["week"].to_numpy().astype(np.int64),
        sums,
        sums.sum(axis=0, keepdims=True),
        decided,
        sent_back,
        np.bincount(numbers, minlength=len(names)).astype(np.int64),
        lives,
        stays,
        numbers,
        _mature_before(items, horizon),
    )


def _lives(cohort: pl.DataFrame) -> Lives:
    return Lives(
        cohort["followed_days"].to_numpy().astype(np.float64),
        cohort["end"].to_numpy() > 0,
        cohort["entry_days"].to_numpy().astype(np.float64),
    )


def _causes(segments: pl.DataFrame, numbered: pl.DataFrame) -> pl.Series:
    """The components that own time of these items, in order."""
    of_items = segments.select("item_id", "component").join(numbered, on="item_id", how="semi")
    return of_items["component"].unique().sort()


def _mature_before(items: pl.DataFrame, horizon: float) -> int:
    seen_until = items.select(pl.col("observed_until").max().dt.date().to_physical()).item()
    return int(seen_until) - int(np.ceil(horizon))


def _cells(cohort: pl.DataFrame, types: Sequence[str]) -> pl.DataFrame:
    """The cell of each subject: team, item_type, week, cell (a number)."""
    is_shown = pl.col("item_type").is_in(types)
    key = ["team", "item_type", "week"]
    return cohort.select(
        team=pl.col("team").fill_null(""),
        item_type=pl.when(is_shown).then("item_type").otherwise(pl.lit(_REST)),
        week=pl.col("entered_at").dt.truncate("1w").dt.date().to_physical().cast(pl.Int64),
    ).with_columns(cell=pl.struct(key).rank("dense").cast(pl.Int64) - 1)


def _attempts(
    handoffs: pl.DataFrame, cohort: pl.DataFrame, cells: pl.DataFrame, causes: pl.Series, many: int
) -> tuple[Floats, Floats]:
    """Decided attempts, and those sent back, by cell and cause."""
    numbered = pl.DataFrame({"item_id": cohort["subject_id"], "cell": cells["cell"]})
    decided = (
        handoffs.filter(pl.col("verdict").is_in(_DECIDED))
        .with_columns(component=pl.format("rework:{}->{}", "from_stage", "to_stage"))
        .filter(pl.col("component").is_in(causes.implode()))
        .join(numbered, on="item_id")
        .select("cell", cause=number(causes), back=(pl.col("verdict") == "rejected"))
    )
    place = (decided["cell"] * len(causes) + decided["cause"]).to_numpy()
    shape, size = (many, len(causes)), many * len(causes)
    every = np.bincount(place, minlength=size).reshape(shape).astype(np.float64)
    returned = decided["back"].to_numpy().astype(np.float64)
    back = np.bincount(place, returned, minlength=size).reshape(shape).astype(np.float64)
    return every, back

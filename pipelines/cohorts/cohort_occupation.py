"""Mean times of a cohort in named states, with intervals over clusters: team by week of entry."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from pipelines.cohorts.cohorts import Outcomes
from pipelines.cohorts.team_weeks import team_weeks
from pipelines.statistics.occupation_intervals import Occupation, occupation
from pipelines.statistics.state_occupation import Lives, Stays


def cohort_occupation(
    cohort: pl.DataFrame, segments: pl.DataFrame, *, states: Sequence[str], horizon: float
) -> Occupation | None:
    """Estimate the mean time in each state within a horizon.

    Args:
        cohort: subjects as in :mod:`pipelines.cohorts.cohorts`, under names or numbers; any end
            ends a stay.
        segments: subject_id, state, from_age, to_age in the unit of ``followed_days``; those of
            other subjects are left out.
        states: the names of the states, in the order of the result.
        horizon: up to which age to look; less where nobody was followed that far.

    Returns:
        None where no subject was watched from its beginning, or all are open and none was watched
        for a moment.
    """
    outcomes = Outcomes.of(cohort)
    reach = outcomes.followed_to(horizon)
    if reach is None or not len(outcomes.from_the_start()):
        return None
    return occupation(
        Lives(outcomes.followed_days, outcomes.ends > 0, outcomes.entries),
        _stays(cohort, segments, states),
        team_weeks(cohort),
        states=len(states),
        horizon=reach,
    )


def _stays(cohort: pl.DataFrame, segments: pl.DataFrame, states: Sequence[str]) -> Stays:
    places = cohort.select("subject_id").with_row_index("subject")
    named = pl.Series("state", list(states), dtype=segments.schema["state"])
    numbers = named.to_frame().with_row_index("number")
    stays = segments.join(places, on="subject_id", maintain_order="left").join(
        numbers, on="state", maintain_order="left"
    )
    subjects, chosen = (stays[name].cast(pl.Int64).to_numpy() for name in ("subject", "number"))
    since, until = (stays[name].to_numpy().astype(np.float64) for name in ("from_age", "to_age"))
    return Stays(subjects, chosen, since, until)

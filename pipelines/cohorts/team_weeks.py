"""Clusters of subjects: those of one team that entered in one week are dependent.

They share what happened to the team then; intervals draw or leave out such clusters as a whole.
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.histories.spans import DAY_US

_WEEK_US = 7 * DAY_US


def team_weeks(subjects: pl.DataFrame, *, entered_at: str = "entered_at") -> NDArray[np.int64]:
    """The cluster of each subject, in their order: a number for each team and ISO week (UTC).

    Args:
        subjects: team, and the instant at which each entered.
        entered_at: the name of that instant.
    """
    team = subjects["team"].cast(pl.String)
    names = team.drop_nulls().unique().sort()
    # Where no team is known, that is one for itself.
    number = team.cast(pl.Enum(names)).to_physical().cast(pl.Int64).fill_null(len(names))
    week = subjects[entered_at].dt.truncate("1w").to_physical() // _WEEK_US
    return (week * (len(names) + 1) + number).to_numpy()

"""Clusters of subjects: those of one team that entered in one week are dependent.

They share what happened to the team then; intervals draw or leave out such clusters as a whole.
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray


def team_weeks(subjects: pl.DataFrame, *, entered_at: str = "entered_at") -> NDArray[np.int64]:
    """The cluster of each subject, in their order: a number for each team and ISO week (UTC).

    Args:
        subjects: team, and the instant at which each entered.
        entered_at: the name of that instant.
    """
    week = pl.col(entered_at).dt.truncate("1w")
    together = pl.concat_str(week, "team", separator=" ")
    clusters = subjects.select(together.rank("dense").cast(pl.Int64)).to_series()
    return clusters.to_numpy().astype(np.int64)

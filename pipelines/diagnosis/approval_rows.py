"""Approvals in a row: each short by itself, and together a long way.

A ranking of causes holds every approval to the normal of approvals, one by one; seven of two days
each may all be normal. How many a change takes one after the other speaks for itself.
"""

from dataclasses import asdict

import polars as pl

from pipelines.diagnosis.evidence import Evidence, beyond
from pipelines.statistics.estimate import FEWEST_TOLD, share

_ROW, _MOST = 3, 0.5
"""Approvals from which on they are a row, and the part of changes above which that is usual."""


def weigh_rows(evidence: Evidence, approvals: pl.DataFrame) -> None:
    """Note whether most of what was approved took several approvals one after the other.

    Rounds with one approver are no row. What nobody approved, or what still waits for somebody, may
    have some of them ahead, and is left out.

    Args:
        evidence: of the pattern.
        approvals: approvers_obtained, approvers_in_series, is_open of ``main.approvals``.
    """
    given = approvals.filter(~pl.col("is_open"), pl.col("approvers_obtained") > 0)
    rows = given["approvers_in_series"]
    if len(rows) < FEWEST_TOLD:
        return
    long = share(float((rows >= _ROW).sum()) / len(rows), 0.0, len(rows))
    half = rows.sort()[len(rows) // 2]
    evidence.weigh(
        beyond(asdict(long), "low", "high", _MOST),
        f"half of the approved changes took {half} approvals or more, one after the other",
        f"most approved changes took fewer than {_ROW} approvals one after the other",
    )

"""How far a comparison can support a statement of cause: from A, drawn by lot, to D, a description.

The grade is that of the design and of what the diagnostics say of it, not of the result: a large
effect does not improve a poor design.
"""

from collections.abc import Collection
from typing import Literal

from pipelines.effects.bucket_sums import BucketUnit

Grade = Literal["A", "B", "C", "D"]

_HALF_A_YEAR: dict[BucketUnit, int] = {"week": 24, "month": 6}
"""Buckets before a change: 26 weeks, less the broken ones at both ends."""
_QUARTER: dict[BucketUnit, int] = {"week": 13, "month": 3}

_BREAKING = frozenset({"regression_could_explain_it", "season_could_explain_it"})
"""Without a comparison any of these may be the whole effect."""


def design_grade(
    *,
    is_randomised: bool,
    has_comparison: bool,
    before: int,
    after: int,
    unit: BucketUnit,
    caveats: Collection[str],
) -> Grade:
    """Grade a design.

    Args:
        is_randomised: whether who was changed, or when, was drawn by lot.
        has_comparison: whether there are concurrent teams that were not changed.
        before: mature buckets before the change.
        after: mature buckets after it.
        unit: length of a bucket.
        caveats: of the diagnostics.
    """
    long_before = before >= _HALF_A_YEAR[unit]
    parallel = "pre_trend" not in caveats
    if "too_few_items_in_a_bucket" in caveats:
        return "D"
    if has_comparison and is_randomised:
        return "A"
    if has_comparison and parallel and long_before and after >= _QUARTER[unit]:
        return "B"
    if not long_before or not parallel:
        return "D"
    return "C" if has_comparison or not _BREAKING.intersection(caveats) else "D"

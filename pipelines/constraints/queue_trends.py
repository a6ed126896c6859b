"""Whether a queue grows: a long queue is a delay, a growing one lacks capacity.

A queue grows if more arrive than leave. Over the last half year, the net arrivals in each block of
four weeks have a mean and a t interval; a queue grows where that lies above 0, and shrinks where it
lies below. In balance, what came in one block leaves in a later one, and the blocks say so.
"""

from datetime import datetime, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.statistics.estimate import t_margin

Floats = NDArray[np.float64]

_BLOCK = timedelta(weeks=4)
_BLOCKS = 7


def queue_trends(stays: pl.DataFrame) -> dict[str, str]:
    """Of each queue that was there for half a year, ``growing``, ``steady`` or ``shrinking``.

    The queues are called as causes are: ``queue:<stage>``.

    Args:
        stays: stage, entered_at, until, is_open, observed_until of the stays in queues. The half
            year of a queue ends when its items were last seen, whatever was seen of others since.
    """
    trends = {}
    for (stage,), part in stays.partition_by("stage", as_dict=True, maintain_order=True).items():
        as_of = part.select(pl.col("observed_until").max()).item()
        since = as_of - _BLOCKS * _BLOCK
        if not part.filter(pl.col("entered_at") <= since).is_empty():
            came = _by_block(part["entered_at"], as_of)
            left = _by_block(part.filter(~pl.col("is_open"))["until"], as_of)
            trends[f"queue:{stage}"] = _trend(came - left)
    return trends


def _by_block(instants: pl.Series, as_of: datetime) -> Floats:
    """How many there were in each of the last blocks."""
    age = (pl.lit(as_of) - pl.col("at")).dt.total_microseconds()
    length = _BLOCK // timedelta(microseconds=1)
    blocks = pl.DataFrame({"at": instants}).select((age // length).cast(pl.Int64)).to_series()
    inside = blocks.filter(blocks.is_between(0, _BLOCKS - 1)).to_numpy()
    return np.bincount(inside, minlength=_BLOCKS).astype(np.float64)


def _trend(net: Floats) -> str:
    margin = t_margin(float(net.var(ddof=1)) / _BLOCKS, _BLOCKS - 1)
    mean = float(net.mean())
    if mean > margin:
        return "growing"
    return "shrinking" if mean < -margin else "steady"

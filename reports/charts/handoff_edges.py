"""Handoffs in charts: what each is called, in which order they stand, and how many are drawn."""

from typing import Any

import polars as pl

from reports import format as words
from reports.tracker_text import readable

#: Handoffs drawn; a tracker without configured stages may have a hundred.
MOST = 10


def edge(handoff: dict[str, Any], *, limit: int = 60) -> str:
    """The name of a handoff: its two stages, each cut to half of the limit."""
    half = limit // 2
    sender, receiver = handoff["from_stage"], handoff["to_stage"]
    return f"{readable(sender, limit=half)} → {readable(receiver, limit=half)}"


def worst(rates: pl.DataFrame) -> pl.DataFrame:
    """Handoffs by attempts sent back, then by attempts: the order of charts and tables."""
    return rates.sort(
        "rejected", "attempts", "from_stage", "to_stage", descending=[True, True, False, False]
    )


def notes(rates: pl.DataFrame) -> tuple[str, ...]:
    """What a chart of the worst leaves out."""
    if rates.height <= MOST:
        return ()
    left_out = words.counted(rates.height - MOST, "handoff")
    return (f"The {MOST} handoffs with most work sent back; {left_out} more in the table.",)

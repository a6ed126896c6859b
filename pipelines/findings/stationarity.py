"""Whether the stages are in balance: whether as much leaves them as arrives."""

import polars as pl

from pipelines.audit import EVERY_SOURCE, Finding


def stationarity(stage_flow: pl.DataFrame) -> list[Finding]:
    """Stages whose work in progress grew or shrank: averages over their window are of no state.

    Args:
        stage_flow: stage, departure_ratio, is_stationary.
    """
    return [
        Finding(
            EVERY_SOURCE,
            "stage_not_stationary",
            "info",
            f"For every item that entered '{row['stage']}' in its window "
            f"{row['departure_ratio']:.2f} left it: work {_moved(row['departure_ratio'])} there, "
            "and averages over the window describe no steady state.",
            subject=row["stage"],
            share=row["departure_ratio"],
        )
        for row in stage_flow.filter(~pl.col("is_stationary")).sort("stage").iter_rows(named=True)
    ]


def _moved(ratio: float) -> str:
    return "piled up" if ratio < 1 else "was run down"

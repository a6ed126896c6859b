"""Findings of whether the stages are in balance."""

import polars as pl

from pipelines.findings.stationarity import stationarity
from tests.pipelines.frames import frame


def test_a_stage_that_fills_or_empties_is_told() -> None:
    flow = frame(
        {"stage": "Review", "departure_ratio": 1.5, "is_stationary": False},
        {"stage": "Build", "departure_ratio": 0.5, "is_stationary": False},
        {"stage": "Ready", "departure_ratio": 1.0, "is_stationary": True},
        {"stage": "Parked"},
        stage=pl.String,
        departure_ratio=pl.Float64,
        is_stationary=pl.Boolean,
    )

    filling, emptying = stationarity(flow)
    assert [(one.subject, one.severity, one.share) for one in (filling, emptying)] == [
        ("Build", "info", 0.5),
        ("Review", "info", 1.5),
    ]
    assert "0.50 left it: work piled up" in filling.detail
    assert "1.50 left it: work was run down" in emptying.detail

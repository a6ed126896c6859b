"""The chart of what would have been."""

import polars as pl

from reports.charts import counterfactual
from reports.charts.counterfactual import Comparison
from tests.reports.drawn import records
from tests.reports.factories import bucket, effect, frame, intervention

MONDAYS = ("2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26")


def shown(**changes: object) -> Comparison:
    buckets = [
        bucket("Rule", "rejection_rate", MONDAYS[0], "before"),
        bucket("Rule", "rejection_rate", MONDAYS[1], "washout"),
        bucket("Rule", "rejection_rate", MONDAYS[2], "after"),
        bucket(
            "Rule",
            "rejection_rate",
            MONDAYS[3],
            "after",
            is_mature=False,
            observed=None,
            open_items=7,
            counterfactual=None,
            counterfactual_low=None,
            counterfactual_high=None,
        ),
    ]
    return Comparison(
        effect=effect("Rule", "rejection_rate", **changes),
        buckets=frame("effect_series", buckets),
    )


def test_every_bucket_is_in_the_table_also_those_too_recent() -> None:
    rows = counterfactual.table(shown()).rows

    assert rows == (
        ("5 January 2026", "before", "40%", "", "41%", "25", "0"),
        ("12 January 2026", "being brought in", "40%", "", "41%", "25", "0"),
        ("19 January 2026", "after", "20%", "30 to 50%", "41%", "25", "0"),
        ("26 January 2026", "after", "too recent", "", "41%", "25", "7"),
    )


def test_a_share_of_fewer_than_twenty_is_not_told_and_a_length_is() -> None:
    few = {"items": 2, "observed": 0.5}
    for metric, seen in (
        ("rejection_rate", "too few to say (2)"),
        ("lead_time_days", "12 hours"),
    ):
        one = Comparison(
            effect=effect("Rule", metric),
            buckets=frame("effect_series", [bucket("Rule", metric, MONDAYS[0], "before", **few)]),
        )
        assert counterfactual.table(one).rows[0][2] == seen
        [mark] = records(counterfactual.counterfactual(one, frame("interventions", [])).to_dict())
        assert mark["tip"].startswith(f"5 January 2026: {seen}, of 2 ")


def test_the_chart_has_the_washout_the_band_and_the_comparison() -> None:
    changes = frame("interventions", [intervention("Rule", "2026-01-12")])

    spec = counterfactual.counterfactual(shown(), changes).to_dict()

    marks = [layer["mark"]["type"] for layer in spec["layer"]]
    assert marks == ["area", "area", "line", "line", "rule", "point", "rule", "text"]


def test_without_a_comparison_there_is_no_line_of_it() -> None:
    one = shown()
    alone = Comparison(
        effect=one.effect,
        buckets=one.buckets.with_columns(comparison=pl.lit(None, pl.Float64)),
    )

    spec = counterfactual.counterfactual(alone, frame("interventions", [])).to_dict()

    assert [layer["mark"]["type"] for layer in spec["layer"]].count("line") == 1


def test_the_window_ends_with_its_last_bucket() -> None:
    first, last = shown().window

    assert (first.isoformat(), last.isoformat()) == ("2026-01-05", "2026-02-02")

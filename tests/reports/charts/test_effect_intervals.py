import math
from typing import Any

import polars as pl
import pytest

from pipelines.effects.effects import RISING_IS_GOOD as RISING_IN_THE_PIPELINES
from reports.charts import effect_intervals as chart
from reports.charts.effect_rows import times_better
from reports.measures import RISING_IS_GOOD
from tests.reports import factories as f
from tests.reports.drawn import layers_on, records
from tests.reports.hostile import HUGE

UNTOLD = dict.fromkeys(("estimate", "low", "high", "ratio", "ratio_low", "ratio_high"))
CHANGES = f.frame(
    "interventions",
    [f.intervention("Rule", "2026-01-12"), f.intervention("Off-site", "2025-06-30")],
)
USUAL = f.frame(
    "intervention_effects",
    [
        f.effect("Rule", "lead_time_days", verdict="not_shown", design_grade="C"),
        f.effect("Rule", "first_pass_yield", ratio=2.0, ratio_low=1.5, ratio_high=3.0),
        f.effect("Rule", "rejection_rate"),
        f.effect("Off-site", "rejection_rate", ratio=1.25, ratio_low=0.8, ratio_high=2.0)
        | {"verdict": "not_shown", "estimate": 0.1, "low": -0.1, "high": 0.4},
    ],
)
UNJUDGED = f.frame(
    "intervention_effects",
    [
        f.effect(name, "rejection_rate", verdict="not_enough_data", estimate=None)
        for name in ("Long ago", "To come")
    ],
)


def effects(*rows: dict[str, Any]) -> pl.DataFrame:
    return f.frame("intervention_effects", list(rows))


def spec(frame: pl.DataFrame, changes: pl.DataFrame = CHANGES) -> dict[str, Any]:
    drawn: dict[str, Any] = chart.effect_intervals(frame, changes).to_dict()
    return drawn


def test_more_of_what_is_wanted_is_right_in_reports_where_it_is_in_the_estimates() -> None:
    told = {metric for metric in RISING_IS_GOOD if not metric.endswith(("_now", "_current"))}
    assert told == RISING_IN_THE_PIPELINES


def test_half_of_what_is_not_wanted_and_twice_what_is_lie_at_one_place() -> None:
    rows = {row["name"]: row for row in records(spec(USUAL))[2:]}
    less, more = rows["Handoffs sent back (declared)"], rows["Accepted at the first attempt"]
    assert less["better"] == more["better"] == 2.0
    assert (more["low"], more["high"]) == (1.5, 3.0)
    assert (less["low"], less["high"]) == (1.33333, 4.0)


def test_changes_stand_in_the_order_of_time_and_the_declared_metric_first() -> None:
    told = [(row["level"], row["name"]) for row in records(spec(USUAL))]
    assert told == [
        ("change", "Off-site"),
        ("primary", "Handoffs sent back (declared)"),
        ("change", "Rule"),
        ("primary", "Handoffs sent back (declared)"),
        ("metric", "Accepted at the first attempt"),
        ("metric", "Lead time"),
    ]


def test_verdict_and_grade_are_words_and_the_verdict_has_a_shape() -> None:
    assert [row["value"] for row in records(spec(USUAL))[3:]] == [
        "improved, B",
        "improved, B",
        "not shown, C",
    ]
    marks = [layer["mark"] for layer in spec(USUAL)["layer"] if layer["mark"]["type"] == "point"]
    shapes = [(mark["shape"], mark.get("fill")) for mark in marks]
    assert shapes[:3] == [
        ("diamond", None),
        ("circle", "var(--improved)"),
        ("circle", "var(--paper)"),
    ]


def test_marks_intervals_and_what_a_dashboard_shows_share_a_logarithmic_axis() -> None:
    drawn = spec(USUAL)
    assert layers_on(drawn, "x")[:4] == [
        ("rule", "none"),
        ("point", "naive"),
        ("rule", "low"),
        ("point", "better"),
    ]
    scale = drawn["layer"][3]["encoding"]["x"]["scale"]
    assert (scale["type"], scale["domain"]) == ("log", [0.25, 4.0])


def test_what_has_not_enough_data_says_so_in_its_place() -> None:
    frame = effects(f.effect("Rule", "lead_time_days", verdict="not_enough_data", **UNTOLD))
    row = records(spec(frame))[1]
    assert (row["place"], row["value"], row["better"]) == ("not enough data", "", None)
    assert (row["tick_top"], row["naive"]) == (None, None)


def test_a_difference_without_a_ratio_stands_in_words() -> None:
    none = dict.fromkeys(("ratio", "ratio_low", "ratio_high"))
    row = records(spec(effects(f.effect("Rule", "rejection_rate", **none))))[1]
    minus = "\N{MINUS SIGN}"
    assert row["place"] == f"{minus}20 points ({minus}30 points to {minus}10 points)"


def test_an_interval_beyond_the_axis_ends_in_an_arrow() -> None:
    frame = effects(f.effect("Rule", "rejection_rate", ratio=0.02, ratio_low=0.0, ratio_high=0.9))
    row = records(spec(frame))[1]
    assert (row["better"], row["high"], row["beyond_high"]) == (8.0, 8.0, 8.0)
    assert row["beyond_low"] is None


@pytest.mark.parametrize(
    ("ratio", "metric", "better"),
    [
        (0.5, "lead_time_days", 2.0),
        (0.5, "on_time_rate", 0.5),
        (0.0, "slip_rate", math.inf),
        (None, "slip_rate", None),
    ],
)
def test_better_is_above_one_whatever_way_the_metric_goes(
    ratio: float | None, metric: str, better: float | None
) -> None:
    assert times_better(ratio, metric) == better


def test_time_in_a_stage_is_drawn_where_it_is_shown_to_have_moved() -> None:
    frame = effects(
        f.effect("Rule", "time_in_stage_days:Ready"),
        f.effect("Rule", "time_in_stage_days:Idea", verdict="not_shown"),
    )
    assert [row["name"] for row in records(spec(frame))[1:]] == ["Time in stage Ready"]
    assert chart.notes(frame, CHANGES)[0].startswith("Not drawn: 1 metric, mostly")
    assert len(chart.table(frame).rows) == 2


def test_of_many_changes_the_latest_are_drawn() -> None:
    names = [f"Change {n}" for n in range(9)]
    changes = f.frame("interventions", [f.intervention(n, f"2026-01-0{n[-1]}") for n in names[1:]])
    frame = effects(*(f.effect(name, "rejection_rate") for name in names))
    drawn = [row["name"] for row in records(spec(frame, changes)) if row["level"] == "change"]
    assert drawn == names[-4:]
    assert chart.notes(frame, changes) == ("The 4 latest changes; 4 changes more in the table.",)


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (USUAL, "1 of 2 changes improved the metric declared for it"),
        (USUAL.tail(1), "The change is not shown to have improved the metric declared for it"),
        (USUAL[2:3], "The change improved the metric declared for it"),
        (USUAL.head(2), chart.QUESTION),
        (UNJUDGED[:1], "The change cannot be judged by the metric declared for it"),
        (UNJUDGED, "None of 2 changes can be judged by the metric declared for it"),
        (
            pl.concat([USUAL, UNJUDGED[:1]]),
            "1 of 2 changes improved the metric declared for it; 1 more cannot be judged by it",
        ),
        (
            pl.concat([USUAL.tail(1), UNJUDGED]),
            (
                "The one change that can be judged is not shown to have improved the metric "
                "declared for it; 2 more cannot be judged by it"
            ),
        ),
        (effects(), chart.QUESTION),
    ],
)
def test_the_title_counts_what_was_declared(frame: pl.DataFrame, told: str) -> None:
    assert chart.finding(frame) == told


def test_the_key_holds_the_verdicts_that_occur() -> None:
    assert [key.meaning for key in chart.keys(USUAL)] == [
        "improved",
        "not shown",
        "95% interval",
        "what a dashboard would have shown",
    ]


def test_the_table_has_every_effect_in_times_better() -> None:
    row = chart.table(USUAL).rows[1]
    assert row[1:] == (
        *("Handoffs sent back, declared", "2.00", "1.33 to 4.00", "2.38", "improved", "B"),
    )


def test_a_change_whose_name_has_no_end_is_cut() -> None:
    changes = f.frame("interventions", [f.intervention(HUGE, "2026-01-12")])
    drawn = records(spec(effects(f.effect(HUGE, "rejection_rate")), changes))
    assert len(drawn[0]["name"]) == 60


def test_without_effects_nothing_is_drawn() -> None:
    assert records(spec(effects(), CHANGES.head(0))) == []

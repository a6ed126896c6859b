from datetime import date

from reports.charts import weekly_series as chart
from reports.charts.weekly_series import Series
from reports.reading import reading
from tests.reports import factories as f
from tests.reports.drawn import records

WINDOW = (date(2026, 3, 2), date(2026, 4, 27))
WEEKS = [
    f.week("rejection_rate", "2026-03-02", 0.41, items=25),
    f.week("rejection_rate", "2026-03-09", 0.38, items=19),
    f.week("rejection_rate", "2026-03-16", 0.22, items=31),
    f.week("rejection_rate", "2026-04-20", 0.05, is_mature=False, items=40, open_items=9),
    f.week("lead_time_days", "2026-03-02", 34.0, items=8),
]
CHANGES = [f.intervention("Protocol", "2026-03-12"), f.intervention("Coaching", "2025-01-12")]


def series(metric: str = "rejection_rate") -> Series:
    return chart.series(f.frame("weekly_metrics", WEEKS), metric, WINDOW)


def test_weeks_too_recent_or_too_small_keep_their_place_and_have_no_estimate() -> None:
    drawn = chart.weekly_series(series(), f.frame("interventions", [])).to_dict()
    assert [(row["week"], row["estimate"]) for row in records(drawn)] == [
        ("2026-03-02", 0.41),
        ("2026-03-09", None),
        ("2026-03-16", 0.22),
        ("2026-04-20", None),
    ]


def test_a_week_of_one_item_without_an_interval_is_told_as_such() -> None:
    alone = f.week("lead_time_days", "2026-03-02", 34.0, items=1, low=None, high=None)
    shown = chart.series(f.frame("weekly_metrics", [alone]), "lead_time_days", WINDOW)
    drawn = chart.weekly_series(shown, f.frame("interventions", [])).to_dict()
    assert records(drawn)[0]["tip"] == "Week of 2 March 2026: 34 days, 1 work item"


def test_what_is_not_drawn_is_counted() -> None:
    assert chart.notes(series()) == (
        (
            "Not drawn: 1 week too recent to be judged and "
            "1 week with fewer than 20 attempts or no estimate."
        ),
    )


def test_the_table_keeps_every_week_with_the_reason() -> None:
    assert [row[1] for row in chart.table(series()).rows] == [
        "41%",
        "too few to say (19)",
        "22%",
        "too recent",
    ]


def test_a_length_may_rest_on_few_items_for_its_interval_says_so() -> None:
    drawn = chart.weekly_series(series("lead_time_days"), f.frame("interventions", [])).to_dict()
    assert [row["estimate"] for row in records(drawn)] == [34.0]


def test_changes_within_the_window_are_labelled_rules_and_others_are_not_drawn() -> None:
    drawn = chart.weekly_series(series(), f.frame("interventions", CHANGES)).to_dict()
    rule, label = drawn["layer"][3:]
    assert (rule["mark"]["type"], label["mark"]["type"]) == ("rule", "text")
    assert drawn["datasets"][label["data"]["name"]] == [{"day": "2026-03-12", "label": "Protocol"}]


def test_all_series_share_one_window() -> None:
    drawn = chart.weekly_series(series(), f.frame("interventions", CHANGES)).to_dict()
    domains = {tuple(layer["encoding"]["x"]["scale"]["domain"]) for layer in drawn["layer"]}
    assert domains == {("2026-03-02", "2026-04-27")}
    assert chart.shared_window(f.frame("weekly_metrics", WEEKS)) == WINDOW
    assert chart.shared_window(f.frame("weekly_metrics", [])) is None


def test_the_title_gives_the_value_over_the_whole_window() -> None:
    overall = reading(
        f.frame("metric_summaries", [f.summary("rejection_rate", 0.34)]), "rejection_rate"
    )
    assert chart.finding(series(), overall) == "Handoffs sent back: 34% over the whole window"


def test_without_such_a_value_the_title_is_the_metric() -> None:
    nothing = reading(f.frame("metric_summaries", []), "rejection_rate")
    assert chart.finding(series(), nothing) == "Handoffs sent back"

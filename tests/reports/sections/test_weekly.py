from reports.sections.weekly import weekly
from tests.reports import factories as f

WEEKS = [
    f.week(metric, "2026-03-02", 4.0)
    for metric in (
        "time_in_stage_days:Shaping",
        "lead_time_days",
        "time_in_stage_days:Ready for Dev",
        "approval_days",
    )
]


def test_series_stand_in_the_order_of_the_page_and_stages_along_the_flow() -> None:
    data = f.report_data(
        weekly_metrics=WEEKS,
        stage_durations=[f.stage("Ready for Dev", 1, "queue"), f.stage("Shaping", 0, "active")],
    )
    assert [figure.title for figure in weekly(data).figures] == [
        "Lead time",
        "Time to the last approval",
        "Time in stage Shaping",
        "Time in stage Ready for Dev",
    ]


def test_a_change_outside_the_weeks_shown_is_named_and_not_marked() -> None:
    data = f.report_data(
        weekly_metrics=WEEKS, interventions=[f.intervention("Coaching", "2024-01-15")]
    )
    assert weekly(data).lead[1] == (
        "Outside these weeks, so not marked: Coaching (15 January 2024)."
    )


def test_without_a_declared_change_the_page_says_where_to_declare_one() -> None:
    assert (
        "No change to the system is declared" in weekly(f.report_data(weekly_metrics=WEEKS)).lead[1]
    )


def test_a_metric_of_which_no_week_may_be_drawn_keeps_its_numbers() -> None:
    data = f.report_data(weekly_metrics=[f.week("rejection_rate", "2026-03-02", 0.4, items=3)])
    (figure,) = weekly(data).figures
    assert figure.spec is None
    assert figure.table.rows[0][1] == "too few to say (3)"

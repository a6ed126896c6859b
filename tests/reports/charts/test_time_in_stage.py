from reports.charts import time_in_stage as chart
from tests.reports import factories as f
from tests.reports.drawn import layers_on, records


def stages(**changes: object) -> list[dict[str, object]]:
    return [
        f.stage("Ready for Dev", 1, "queue", **changes),
        f.stage("Shaping", 0, "active", mean_days=2.0),
    ]


def test_one_row_per_stage_in_the_order_of_the_flow() -> None:
    drawn = chart.time_in_stage(f.frame("stage_durations", stages())).to_dict()
    rows = records(drawn)
    assert [row["name"] for row in rows] == ["Shaping", "Ready for Dev"]
    assert rows[1]["detail"] == "queue, 400 stays, 12 open, 30 repeat"
    assert rows[1]["value"] == "P50 4.2 d, P85 11 d"


def test_bars_are_p85_then_p50_and_the_mean_has_its_interval() -> None:
    drawn = chart.time_in_stage(f.frame("stage_durations", stages())).to_dict()
    assert layers_on(drawn, "x")[:4] == [
        ("bar", "p85"),
        ("bar", "p50"),
        ("rule", "low"),
        ("point", "mean"),
    ]
    assert drawn["layer"][0]["encoding"]["color"]["field"] == "kind"


def test_the_title_names_the_stage_in_which_most_days_were_waited() -> None:
    stays = [*stages(total_days=900.0), f.stage("Build", 2, "active", total_days=9000.0)]
    told = chart.finding(f.frame("stage_durations", stays))
    assert told == (
        "Ready for Dev is where most time is spent waiting: "
        "half of the stays last over 4.2 days, 15 in 100 over 11 days"
    )


def test_a_percentile_that_is_not_reached_is_not_made_up() -> None:
    frame = f.frame("stage_durations", stages(p50_days=None, p85_days=None))
    assert chart.finding(frame) == (
        "Ready for Dev is where most time is spent waiting: "
        "6.1 days a stay on average, and most have not ended"
    )
    row = records(chart.time_in_stage(frame).to_dict())[1]
    assert (row["p50"], row["value"]) == (None, "P50 and P85 not reached")
    assert chart.table(frame).rows[1][6:8] == ("not reached", "not reached")


def test_where_nothing_waits_the_title_names_active_work() -> None:
    told = chart.finding(f.frame("stage_durations", [f.stage("Shaping", 0, "active")]))
    assert told.startswith("Shaping holds most of the time: ")


def test_stages_with_too_few_stays_make_no_finding() -> None:
    frame = f.frame("stage_durations", [f.stage("Ready for Dev", 0, "queue", visits=19)])
    assert chart.finding(frame) == chart.QUESTION


def test_where_a_stage_of_few_stays_holds_more_the_title_says_among_which_it_compares() -> None:
    rare = f.stage("Legal", 3, "approval", visits=19, total_days=9000.0)
    told = chart.finding(f.frame("stage_durations", [*stages(), rare]))
    assert told.startswith(
        "Of the stages with stays enough to say, Ready for Dev is where most time is spent waiting"
    )
    few = chart.finding(f.frame("stage_durations", [f.stage("Shaping", 0, "active"), rare]))
    assert few.startswith("Of the stages with stays enough to say, Shaping holds most of the time")


def test_rare_work_is_no_waiting_and_takes_nothing_from_the_title() -> None:
    rare = f.stage("Research", 3, "active", visits=19, total_days=90000.0)
    told = chart.finding(f.frame("stage_durations", [*stages(), rare]))
    assert told.startswith("Ready for Dev is where most time is spent waiting: ")


def test_a_status_mapped_to_no_stage_is_shown_as_unmapped() -> None:
    frame = f.frame("stage_durations", [f.stage("Limbo", 0, None)])
    assert records(chart.time_in_stage(frame).to_dict())[0]["kind"] == "unmapped"
    assert chart.keys(frame)[0].meaning == "unmapped"


def test_thirty_statuses_are_drawn_as_twelve_and_listed_in_full() -> None:
    rows = [f.stage(f"Status {n:02}", n, "active", total_days=float(n)) for n in range(30)]
    frame = f.frame("stage_durations", rows)
    drawn = records(chart.time_in_stage(frame).to_dict())
    assert [row["name"] for row in drawn] == [f"Status {n}" for n in range(18, 30)]
    assert len(chart.table(frame).rows) == 30
    assert chart.notes(frame) == (
        "The 12 stages that hold most days in all; 18 stages more in the table.",
    )

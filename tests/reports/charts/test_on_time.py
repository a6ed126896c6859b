from reports.charts import on_time as chart
from reports.reading import Reading, reading
from tests.reports import factories as f
from tests.reports.drawn import records


def readings(**items: int) -> tuple[Reading, Reading]:
    frame = f.frame(
        "metric_summaries",
        [
            f.summary("on_time_rate", 0.38, **items),
            f.summary("on_time_rate_current", 0.71, **items),
        ],
    )
    return reading(frame, "on_time_rate"), reading(frame, "on_time_rate_current")


def test_the_first_promise_stands_above_the_last_date() -> None:
    rows = records(chart.on_time(*readings()).to_dict())
    assert [(row["name"], row["rate"]) for row in rows] == [
        ("First promise", 0.38),
        ("Last date set", 0.71),
    ]


def test_a_line_of_a_telephone_has_room_for_what_it_rests_on() -> None:
    first, _ = records(chart.on_time(*readings(items=1356, open_items=67)).to_dict())
    assert first["detail"] == "34 to 42%; of 1,356 commitments, 67 not due yet"


def test_the_title_tells_both() -> None:
    assert chart.finding(*readings()) == (
        "38% of commitments kept the first promise, 71% the last date set"
    )


def test_of_nineteen_commitments_no_rate_is_told() -> None:
    few = readings(items=19)
    assert chart.finding(*few) == chart.QUESTION
    assert [row["rate"] for row in records(chart.on_time(*few).to_dict())] == [None, None]


def test_without_commitments_there_are_no_numbers() -> None:
    nothing = reading(f.frame("metric_summaries", []), "on_time_rate")
    assert chart.table(nothing, nothing).rows == ()

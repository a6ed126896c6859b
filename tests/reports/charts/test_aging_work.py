from typing import Any

import polars as pl

from reports.charts import aging_work as chart
from reports.charts.extents import decades
from reports.table import Link, Tracker
from reports.tickets import Items
from tests.reports import factories as f
from tests.reports.drawn import layers_on, records
from tests.reports.factories import aging_item
from tests.reports.hostile import HUGE

STAGES = f.frame("stage_durations", [f.stage("Ready", 1, "queue"), f.stage("Shaping", 0, "active")])
ITEMS: Items = {"jira:acme:PAY-2": {"key": "PAY-2", "url": "https://acme.example/browse/PAY-2"}}


def work(*rows: dict[str, Any]) -> pl.DataFrame:
    return f.frame("aging_work", list(rows))


USUAL = work(
    aging_item("PAY-1", 3.0), aging_item("PAY-2", 40.0), aging_item("PAY-3", 0.5, "Shaping")
)


def spec(frame: pl.DataFrame) -> dict[str, Any]:
    drawn: dict[str, Any] = chart.aging_work(frame, STAGES, ITEMS).to_dict()
    return drawn


def dots(frame: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """The dots of each shape."""
    drawn, found = spec(frame), {}
    for layer in drawn["layer"]:
        mark = layer["mark"]
        if mark["type"] == "point":
            shape = mark["shape"] if mark["filled"] else f"hollow {mark['shape']}"
            found[shape] = drawn["datasets"][layer["data"]["name"]]
    return found


def test_stages_stand_in_the_order_of_the_flow_with_what_is_overdue() -> None:
    rows = records(spec(USUAL))
    assert [(row["name"], row["value"]) for row in rows] == [
        ("Shaping", "0 of 1 overdue"),
        ("Ready", "1 of 2 overdue"),
    ]
    assert rows[1]["detail"] == "usual: up to 11 days; oldest: PAY-2, 40 days"


def test_the_shade_reaches_to_p85_and_the_tick_stands_at_p50() -> None:
    drawn = spec(USUAL)
    assert layers_on(drawn, "x")[:2] == [("bar", "begin"), ("rule", "p50")]
    assert layers_on(drawn, "x2")[0] == ("bar", "p85")
    assert {row["begin"] for row in records(drawn)} == {0.1}
    assert [(row["p50"], row["p85"]) for row in records(drawn)] == [(4.2, 11.0)] * 2


def test_overdue_items_have_a_shape_of_their_own() -> None:
    found = dots(USUAL)
    assert [dot["tip"] for dot in found["diamond"]] == ["PAY-2: 40 days"]
    assert [dot["age"] for dot in found["circle"]] == [0.5, 3.0]


def test_where_no_usual_length_is_known_nothing_is_called_overdue() -> None:
    frame = work(aging_item("PAY-1", 400.0, p85=None))
    assert list(dots(frame)) == ["hollow circle"]
    assert records(spec(frame))[0]["value"] == "1 open"
    assert chart.finding(frame) == chart.QUESTION
    assert chart.table(frame, STAGES, ITEMS).rows[0][2] == "not known"


def test_dots_stay_in_the_strip_of_their_stage_and_always_at_the_same_place() -> None:
    frame = work(*(aging_item(f"PAY-{n:02}", 1.0) for n in range(30)))
    found = dots(frame)["circle"]
    assert len({dot["at"] for dot in found}) == 30
    assert all(37 <= dot["at"] <= 61 for dot in found)
    assert found == dots(frame.reverse())["circle"]


def test_of_a_thousand_items_forty_are_drawn_from_the_oldest_to_the_youngest() -> None:
    frame = work(*(aging_item(f"PAY-{n:04}", n / 100) for n in range(1000)))
    ages = [dot["age"] for dot in dots(frame)["circle"]]
    assert (len(ages), ages[0], ages[-1]) == (40, 9.99, 0.0)
    assert "960 items are not" in chart.notes(frame)[0]
    assert "1 item is not" in chart.notes(frame.head(41))[0]


def test_thirty_stages_are_drawn_as_twelve_and_listed_in_full() -> None:
    frame = work(*(aging_item(f"PAY-{n}", 1.0, f"Stage {n:02}") for n in range(30)))
    assert len(records(spec(frame))) == 12
    assert len(chart.table(frame, STAGES, ITEMS).rows) == 30
    assert chart.notes(frame) == (
        "The 12 stages with most open items; 18 stages more in the table.",
    )


def test_the_title_counts_what_is_overdue() -> None:
    told = "1 of 3 open items has been in its stage for longer than usual"
    assert chart.finding(USUAL) == told
    assert chart.finding(USUAL.head(1)) == (
        "No open item has been in its stage for longer than is usual there"
    )


def test_the_title_says_of_how_many_items_it_cannot_be_told() -> None:
    unknown = [aging_item(f"PAY-8{n}", 400.0, p85=None) for n in range(2)]
    some = pl.concat([USUAL, work(*unknown)])
    assert chart.finding(some) == (
        "1 of 3 open items has been in its stage for longer than usual; of 2 more it cannot be told"
    )
    assert chart.finding(pl.concat([USUAL.head(1), work(unknown[0])])) == (
        "No open item has been in its stage for longer than is usual there; of 1 it cannot be told"
    )


def test_the_table_leads_to_the_oldest_item_of_a_stage() -> None:
    rows = chart.table(USUAL, STAGES, ITEMS).rows
    address = "https://acme.example/browse/PAY-2"
    assert rows[1] == (Tracker("Ready"), "2", "1", "4.2", "11", Link("PAY-2", address), "40")


def test_the_axis_spans_whole_powers_of_ten() -> None:
    assert decades(pl.Series([0.0, 3.0]), pl.Series([420.0])) == [0.1, 1.0, 10.0, 100.0, 1000.0]
    assert decades(pl.Series([1.0])) == [1.0, 10.0]
    assert spec(USUAL)["layer"][0]["encoding"]["x"]["scale"]["type"] == "log"


def test_a_stage_whose_name_has_no_end_is_cut() -> None:
    assert len(records(spec(work(aging_item("PAY-1", 1.0, HUGE))))[0]["name"]) == 40


def test_without_open_work_nothing_is_drawn() -> None:
    assert records(spec(work())) == []
    assert chart.finding(work()) == chart.QUESTION

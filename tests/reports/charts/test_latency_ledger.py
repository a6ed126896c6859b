from typing import Any

import polars as pl
import pytest

from reports.charts import latency_ledger as chart
from reports.table import Tracker
from tests.reports import factories as f
from tests.reports.drawn import layers_on, records
from tests.reports.factories import latency_share
from tests.reports.hostile import HUGE


def parts(*rows: dict[str, Any]) -> pl.DataFrame:
    return f.frame("latency_shares", list(rows))


USUAL = parts(
    latency_share("touch:Build", 5.0),
    latency_share("queue:Ready", 4.0),
    latency_share("decision_wait:Roadmap", 8.0),
    latency_share("queue:Idea", 0.2),
    latency_share("external", 0.3),
    latency_share("rework:Shaping->Ready", 2.5),
)


def drawn(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return records(chart.latency_ledger(frame).to_dict())


def test_each_part_begins_where_the_one_before_has_ended() -> None:
    rows = [row for row in drawn(USUAL) if row["level"] == "part"]
    assert [(row["name"], row["begin"], row["end"]) for row in rows] == [
        ("Waiting for Roadmap", 0.0, 8.0),
        ("Queue: Ready", 8.0, 12.0),
        ("2 smaller parts", 12.0, 12.5),
    ]


def test_waiting_stands_against_what_is_done_over_and_against_work() -> None:
    rows = [row for row in drawn(USUAL) if row["level"] == "kind"]
    assert [(row["name"], row["value"], row["end"]) for row in rows] == [
        ("Waiting", "12 days, 62%", 12.5),
        ("Done over", "2.5 days, 12%", 15.0),
        ("Work", "5 days, 25%", 20.0),
    ]


def test_the_pieces_of_the_whole_and_the_parts_of_a_kind_sum_to_the_latency() -> None:
    rows = drawn(USUAL)
    for level in ("whole", "kind"):
        lengths = [row["end"] - row["begin"] for row in rows if row["level"] == level]
        assert sum(lengths) == pytest.approx(20.0)


def test_the_interval_of_a_part_lies_about_where_it_ends_and_a_sum_has_none() -> None:
    rows = {row["name"]: row for row in drawn(USUAL)}
    assert (rows["Queue: Ready"]["low"], rows["Queue: Ready"]["high"]) == (11.6, 12.4)
    assert rows["2 smaller parts"]["low"] is None
    assert rows["Waiting"]["low"] is None


def test_bars_run_from_begin_to_end_and_are_coloured_by_the_kind_of_time() -> None:
    spec = chart.latency_ledger(USUAL).to_dict()
    assert layers_on(spec, "x2")[1:3] == [("bar", "end"), ("rule", "high")]
    assert spec["layer"][1]["encoding"]["color"]["field"] == "kind"


def test_many_parts_of_one_kind_are_drawn_as_six_and_the_rest() -> None:
    many = parts(*(latency_share(f"queue:Stage {n:02}", 1.0) for n in range(20)))
    rows = [row for row in drawn(many) if row["level"] == "part"]
    assert len(rows) == 7
    assert (rows[-1]["name"], rows[-1]["end"]) == ("14 smaller parts", 20.0)
    assert len(chart.table(many).rows) == 20


def test_one_small_part_alone_keeps_its_name() -> None:
    frame = parts(latency_share("queue:Ready", 19.9), latency_share("queue:Idea", 0.1))
    assert [row["name"] for row in drawn(frame)][2:] == ["Queue: Ready", "Queue: Idea"]


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (USUAL, "Of 20 days an item takes, 12 are waiting"),
        (parts(latency_share("touch:Build", 20.0)), "Of 20 days an item takes, none is waiting"),
        (parts(latency_share("external", 0.5)), "Of 20 days an item takes, 12 hours is waiting"),
        (parts(), chart.QUESTION),
    ],
)
def test_the_title_says_how_much_is_waiting(frame: pl.DataFrame, told: str) -> None:
    assert chart.finding(frame) == told


def test_the_note_says_that_open_items_count_and_up_to_which_age() -> None:
    basis, together = chart.notes(USUAL)
    assert basis.startswith("Means of 400 items, 30 of them still open: open items are counted")
    assert basis.endswith(", each item up to an age of 78 days.")
    assert together.startswith("Parts of less than 2%, and those after the 6 largest of a kind, ")
    assert chart.notes(parts()) == ()


def test_the_table_has_days_interval_and_share_of_each_part() -> None:
    first = chart.table(USUAL).rows[0]
    assert first == (
        Tracker("Waiting for Roadmap"),
        "Waiting",
        "8.0",
        "7.2 to 8.8",
        "40%",
        "36 to 44%",
    )


FEW = parts(
    latency_share("touch:Build", 5.0, items=19), latency_share("queue:Ready", 15.0, items=19)
)


def test_of_fewer_than_twenty_items_days_are_told_and_no_percentages() -> None:
    told = {row["name"]: row["value"] for row in drawn(FEW)}
    assert told == {"The average item": "20 days", "": "", "Waiting": "15 days", "Work": "5 days"}
    assert chart.table(FEW).rows[0][2:] == ("15", "14 to 16", "too few to say (19)", "")
    *_, why = chart.notes(FEW)
    assert why == "Of fewer than 20 items no share of the whole is told."


def test_the_key_holds_the_kinds_that_occur() -> None:
    assert [key.meaning for key in chart.keys(USUAL)] == [
        "waiting",
        "done over",
        "work",
        "95% interval",
    ]


def test_a_stage_whose_name_has_no_end_is_cut() -> None:
    frame = parts(latency_share(f"queue:{HUGE}", 10.0), latency_share("queue:Ready", 10.0))
    assert max(len(row["name"]) for row in drawn(frame)) < 60


def test_without_parts_nothing_is_drawn() -> None:
    assert drawn(parts()) == []

from typing import Any

import polars as pl
import pytest

from reports.charts import handoff_matrix as chart
from reports.table import Tracker
from tests.reports import factories as f
from tests.reports.drawn import layers_on, records
from tests.reports.hostile import HUGE

STAGES = f.frame(
    "stage_durations",
    [f.stage("Build", 2, "active"), f.stage("Ready", 1, "queue"), f.stage("Shaping", 0, "active")],
)
USUAL = [
    f.handoff_rate("Shaping", "Ready"),
    f.handoff_rate("Ready", "Build", attempts=300, rejected=0, rejection_rate=0.0),
    f.handoff_rate("Build", "Shaping", attempts=12, rejected=3, rejection_rate=0.25),
]


def rates(*rows: dict[str, Any]) -> pl.DataFrame:
    return f.frame("handoff_rates", list(rows))


def spec(frame: pl.DataFrame) -> dict[str, Any]:
    drawn: dict[str, Any] = chart.handoff_matrix(frame, STAGES).to_dict()
    return drawn


def cells(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return [row for row in records(spec(frame)) if row["kind"] == "handoff"]


def test_stages_are_numbered_in_the_order_of_the_flow() -> None:
    rows = [row for row in records(spec(rates(*USUAL))) if row["kind"] == "sender"]
    assert [(row["name"], row["number"], row["value"]) for row in rows] == [
        ("1  Shaping", "1", "412 attempts"),
        ("2  Ready", "2", "300 attempts"),
        ("3  Build", "3", "12 attempts"),
    ]


def test_a_handoff_lies_in_the_row_of_its_sender_and_the_column_of_its_receiver() -> None:
    found = {cell["tip"].partition(":")[0]: cell for cell in cells(rates(*USUAL))}
    first, second = found["Shaping → Ready"], found["Ready → Build"]
    assert (first["column"], second["column"]) == (1.5, 2.5)
    assert first["disc_at"] < second["disc_at"]
    assert (first["attempts"], first["rejected"], first["share"]) == (412.0, 142.0, "35%")


def test_what_is_sent_back_leads_to_its_sender() -> None:
    found = cells(rates(*USUAL))
    assert [(cell["back_to"], cell["head"], cell["rate"]) for cell in found] == [
        (0.8, "back", 0.347),
        (1.8, "back", None),
        (2.2, "on", None),
    ]


def test_discs_are_of_attempts_and_of_those_sent_back_on_one_scale() -> None:
    sizes = [field for mark, field in layers_on(spec(rates(*USUAL)), "size") if mark == "circle"]
    assert sizes == ["attempts", "rejected"]
    scales = [
        layer["encoding"]["size"]["scale"]
        for layer in spec(rates(*USUAL))["layer"]
        if "size" in layer["encoding"]
    ]
    assert scales[0] == scales[1] == {"domain": [0, 412], "range": [0, 1000]}


def test_few_attempts_have_a_disc_and_no_figure() -> None:
    frame = rates(*USUAL)
    assert [cell["share"] for cell in cells(frame)] == ["35%", "0%", ""]
    assert chart.notes(frame) == ("A disc without a figure is of fewer than 20 attempts.",)


def test_a_stage_that_hands_nothing_on_has_a_low_row() -> None:
    drawn = records(spec(rates(USUAL[0])))
    [idle] = [row for row in drawn if row["kind"] == "stage"]
    assert (idle["name"], idle["value"]) == ("2  Ready", "")
    assert spec(rates(USUAL[0]))["height"] == 40 + 72 + 26


def test_no_more_stages_are_drawn_than_have_room_and_all_are_listed() -> None:
    many = [f.handoff_rate(f"S{n:02}", f"S{n + 1:02}", attempts=900 - n) for n in range(30)]
    frame = rates(*many)
    assert len([row for row in records(spec(frame)) if row["kind"] != "handoff"]) == 9
    assert len(chart.table(frame).rows) == 30
    assert chart.notes(frame) == (
        "Drawn are the most used handoffs of 9 stages; 22 handoffs more in the table.",
    )


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (
            rates(*USUAL),
            "145 of 724 attempts to hand over were sent back, 142 of them on Shaping → Ready",
        ),
        (rates(USUAL[0]), "142 of 412 attempts to hand over were sent back"),
        (
            rates({**USUAL[0], "rejected": 1}, {**USUAL[1], "rejected": 1}),
            "2 of 712 attempts to hand over were sent back, 1 of them on Shaping → Ready",
        ),
        (rates({**USUAL[0], "rejected": 1}), "1 of 412 attempts to hand over was sent back"),
        (
            rates({**USUAL[0], "rejected": 1}, USUAL[1]),
            "1 of 712 attempts to hand over was sent back, on Shaping → Ready",
        ),
        (rates(USUAL[1]), "None of 300 attempts to hand over was sent back"),
        (rates(), chart.QUESTION),
    ],
)
def test_the_title_counts_what_was_sent_back(frame: pl.DataFrame, told: str) -> None:
    assert chart.finding(frame) == told


def test_the_table_has_counts_and_the_probability_with_its_interval() -> None:
    row = chart.table(rates(*USUAL)).rows[0]
    assert row[:2] == (Tracker("Shaping → Ready"), "412")
    assert row[-2:] == ("35%", "30 to 39%")


def test_a_stage_whose_name_has_no_end_is_cut() -> None:
    drawn = records(spec(rates(f.handoff_rate(HUGE, "Ready"))))
    assert max(len(row["name"] or "") for row in drawn) <= 40


def test_without_handoffs_nothing_is_drawn() -> None:
    assert records(spec(rates())) == []

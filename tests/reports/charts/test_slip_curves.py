from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from reports.charts import slip_curves as chart
from reports.charts.slip_paths import When, ends, labelled, paths, reach_of
from reports.table import Link
from tests.reports import factories as f
from tests.reports.drawn import layers_on, records
from tests.reports.hostile import HUGE

if TYPE_CHECKING:
    from reports.tickets import Items

WHEN = When(until=date(2026, 3, 1), timezone="UTC")


def promise(subject: str, slips: int = 2, days: int = 20, **changes: Any) -> dict[str, Any]:
    """Promised for 10 January, committed ten days before."""
    known = {"slip_count": slips, "gross_slip_days": days, "committed_at": f.at("2025-12-31")}
    return f.commitment(subject, "2026-01-10", "2026-01-30", **{**known, **changes})


def move(subject: str, number: int, day: str, to: str | None, **changes: Any) -> dict[str, Any]:
    target = None if to is None else date.fromisoformat(to)
    known = {"moved_at": f.at(day), "to_on": target}
    return f.date_move(subject, number, "slip", **{**known, **changes})


COMMITMENTS = f.frame(
    "commitments", [promise("PAY-1", shipped_at=f.at("2026-01-25")), promise("PAY-2", slips=1)]
)
MOVES = f.frame(
    "date_moves",
    [
        move("PAY-1", 1, "2025-12-01", "2026-01-10", is_after_commitment=False),
        move("PAY-1", 2, "2026-01-09", "2026-01-20"),
        move("PAY-1", 3, "2026-01-20", "2026-01-30"),
        move("PAY-1", 4, "2026-02-20", "2026-04-30"),
        move("PAY-2", 1, "2026-01-12", None),
        move("PAY-2", 2, "2026-01-14", "2026-01-30"),
    ],
)


def line(number: int) -> list[tuple[int, int | None]]:
    found = paths(COMMITMENTS, MOVES, WHEN)
    return [(point["day"], point["later"]) for point in found if point["line"] == number]


def test_a_line_leads_from_the_commitment_over_every_move_to_delivery() -> None:
    assert line(0) == [(-10, 0), (-1, 10), (10, 20), (15, 20)]


def test_a_cleared_date_leaves_a_gap_and_what_is_open_goes_on_to_the_present() -> None:
    assert line(1) == [(-10, 0), (2, 0), (2, None), (4, 20), (50, 20)]


def test_of_several_moves_on_a_day_the_last_is_drawn() -> None:
    busy = [move("PAY-1", number, "2026-01-09", f"2026-01-{number:02}") for number in range(11, 31)]
    found = paths(COMMITMENTS.head(1), f.frame("date_moves", busy), WHEN)
    assert [(point["day"], point["later"]) for point in found] == [(-10, 0), (-1, 20), (15, 20)]


def test_a_line_whose_date_was_cleared_for_good_has_its_name_where_it_ends() -> None:
    moves = f.frame(
        "date_moves",
        [move("PAY-1", 1, "2026-01-09", "2026-01-20"), move("PAY-1", 2, "2026-01-15", None)],
    )
    frame = f.frame("commitments", [promise("PAY-1", shipped_at=None, current_on=None)])
    [end] = ends(paths(frame, moves, WHEN), frame)
    assert (end["label"], end["end"], end["day"], end["later"]) == ("PAY-1", "cleared", 5, 10)


def test_what_lies_long_before_the_first_move_is_not_drawn() -> None:
    early = f.frame("commitments", [promise("PAY-1", committed_at=f.at("2020-01-01"))])
    assert paths(early, MOVES, WHEN)[0]["day"] == -1 - 14


def test_lines_are_steps_and_the_named_lie_over_the_pale() -> None:
    spec = chart.slip_curves(COMMITMENTS, MOVES, WHEN).to_dict()
    drawn = [layer["mark"] for layer in spec["layer"] if layer["mark"]["type"] == "line"]
    assert [(mark["interpolate"], mark["color"]) for mark in drawn] == [
        ("step-after", "var(--promised)"),
        ("step-after", "var(--current)"),
    ]
    assert ("line", "later") in layers_on(spec, "y")
    assert len(records(spec)) == 9


def test_delivery_is_a_diamond_and_what_is_open_a_dot() -> None:
    found = ends(paths(COMMITMENTS, MOVES, WHEN), COMMITMENTS)
    assert [(end["label"], end["end"], end["day"]) for end in found] == [
        ("PAY-1", "shipped", 15),
        ("PAY-2", "open", 50),
    ]
    spec = chart.slip_curves(COMMITMENTS, MOVES, WHEN).to_dict()
    shapes = [layer["mark"].get("shape") for layer in spec["layer"]]
    assert shapes.count("diamond") == shapes.count("circle") == 1


def test_names_at_one_place_are_pushed_apart() -> None:
    points = paths(COMMITMENTS, MOVES, WHEN)
    reach = reach_of(points)
    first, second = labelled(ends(points, COMMITMENTS), reach, 340)
    line_of_text = 15 * (reach.later[1] - reach.later[0]) / 340
    assert first["later"] == second["later"] == 20
    assert first["label_at"] - second["label_at"] == pytest.approx(line_of_text)


def test_releases_are_named_first_then_those_moved_most_often() -> None:
    rows = [promise(f"PAY-{n}", slips=n) for n in range(1, 6)]
    frame = f.frame("commitments", [*rows, promise("2026.1", slips=1, subject_kind="release")])
    told = [end["label"] for end in ends(paths(frame, MOVES, WHEN), frame) if end["is_named"]]
    assert told == ["2026.1", "PAY-5", "PAY-4"]


def test_of_many_slips_few_are_named_some_pale_and_the_rest_counted() -> None:
    many = [promise(f"PAY-{n}", is_lower_bound=n < 7) for n in range(500)]
    frame = f.frame("commitments", many)
    drawn = records(chart.slip_curves(frame, MOVES, WHEN).to_dict())
    assert len({row["line"] for row in drawn}) == 43
    assert chart.notes(frame) == (
        "3 commitments are named, and 40 of 497 others that were moved later are pale lines.",
        "Of 7 commitments the moves before the first snapshot cannot be known.",
    )
    assert len(chart.table(frame, {}, "UTC").rows) == 25


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            [promise("PAY-1", slips=7), promise("PAY-2")],
            "2 promises slipped more than once, PAY-1 7 times",
        ),
        (
            [promise("PAY-1", slips=1), promise("PAY-2", slips=0)],
            "1 of 2 promises was moved later, none of them twice",
        ),
        (
            # Moved later once and cleared once, and cleared twice: each slipped two times.
            [promise("PAY-1", slips=2), promise("PAY-3", slips=2, gross_slip_days=0)],
            "2 promises slipped more than once, PAY-1 2 times",
        ),
        ([promise("PAY-2", slips=0)], "No promised date was moved later"),
        ([], chart.QUESTION),
    ],
)
def test_the_title_says_how_many_moved_more_than_once(
    rows: list[dict[str, Any]], told: str
) -> None:
    assert chart.finding(f.frame("commitments", rows)) == told


def test_the_table_leads_to_the_tracker() -> None:
    items: Items = {"jira:acme:PAY-1": {"url": "https://acme.example/browse/PAY-1"}}
    first = chart.table(COMMITMENTS, items, "UTC").rows[0]
    assert first == (
        Link("PAY-1", "https://acme.example/browse/PAY-1"),
        *("10 January 2026", "30 January 2026", "25 January 2026", "2", "20", "20", "all"),
    )


def test_a_name_without_an_end_is_cut() -> None:
    frame = f.frame("commitments", [promise(HUGE)])
    [end] = ends(paths(frame, MOVES, WHEN), frame)
    assert len(end["label"]) == 16


def test_without_slips_nothing_is_drawn() -> None:
    frame = f.frame("commitments", [promise("PAY-1", slips=0)])
    assert records(chart.slip_curves(frame, MOVES, WHEN).to_dict()) == []

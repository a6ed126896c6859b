"""What can be told apart at all."""

from datetime import date

from pipelines.attribution.identification import (
    Identification,
    Standing,
    identification,
    standing,
)
from pipelines.attribution.seat_cells import SeatCells
from pipelines.attribution.seat_months import seat_months
from pipelines.policy import Intervention
from tests.pipelines.attribution.edges import cells_of, edge, rows

APART = {
    "A": [("ann", 6), ("bob", 6)],  # replaced in July
    "B": [("cid", 12)],  # one holder for all time
    "C": [("dan", 4), ("ann", 8)],  # ann takes a second seat in May
    "D": [("eve", 10), ("fay", 2)],  # fay is too short to count
}


def stand(cells: SeatCells, *changes: date, team: str | None = None) -> Standing:
    teams = () if team is None else (team,)
    declared = [Intervention(f"On {day}", "process", day, teams=teams) for day in changes]
    return standing(seat_months(cells), cells, declared)


def people(cells: SeatCells, flags: list[bool]) -> set[str]:
    return {person for person, flag in zip(cells.people, flags, strict=True) if flag}


def test_a_seat_with_one_holder_tells_nothing_and_a_short_stay_does_not_count() -> None:
    cells = cells_of(edge(APART))
    where = stand(cells)
    assert people(cells, where.followed.tolist()) == {"ann", "bob", "dan"}
    assert people(cells, where.separable().tolist()) == {"ann", "bob", "dan"}
    assert "fay" not in people(cells, where.candidates().tolist())
    assert {"cid", "eve"} <= people(cells, where.candidates().tolist())


def test_a_person_of_two_seats_is_a_mover() -> None:
    tenures = {"A": [("ann", 12)], "B": [("bob", 6), ("ann", 6)]}
    cells = cells_of(edge(tenures))
    assert people(cells, stand(cells).movers.tolist()) == {"ann"}


def test_fifteen_items_are_needed() -> None:
    cells = cells_of(edge(APART, items=2))
    assert people(cells, stand(cells).followed.tolist()) == set()


def test_a_handover_beside_a_declared_change_is_confounded_with_it() -> None:
    cells = cells_of(edge({"A": [("ann", 6), ("bob", 6)], "B": [("cid", 12)]}))
    for change, confounded in (
        (date(2025, 7, 20), {"ann", "bob"}),
        (date(2025, 6, 1), {"ann", "bob"}),
        (date(2025, 8, 31), {"ann", "bob"}),
        (date(2025, 9, 1), set()),
        (date(2024, 7, 1), set()),
        (date(2031, 7, 1), set()),
    ):
        assert people(cells, stand(cells, change).confounded.tolist()) == confounded


def test_a_change_that_did_not_come_to_the_team_confounds_nobody_in_it() -> None:
    cells = cells_of(edge({"A": [("ann", 6), ("bob", 6)], "B": [("cid", 6), ("dan", 6)]}))
    for team, confounded in (("A", {"ann", "bob"}), ("B", {"cid", "dan"}), ("C", set())):
        where = stand(cells, date(2025, 7, 1), team=team)
        assert people(cells, where.confounded.tolist()) == confounded


def test_one_handover_clear_of_changes_is_enough() -> None:
    cells = cells_of(edge({"A": [("ann", 4), ("bob", 4), ("cid", 4)]}))
    confounded = stand(cells, date(2025, 5, 1)).confounded
    assert people(cells, confounded.tolist()) == {"ann"}


def counted(tenures: dict[str, list[tuple[str, int]]], minimum: int = 1) -> Identification:
    return identified(cells_of(edge(tenures)), minimum=minimum)


def identified(cells: SeatCells, *, minimum: int) -> Identification:
    return identification(seat_months(cells), stand(cells), cells, minimum=minimum)


def test_the_counts_of_an_organisation() -> None:
    assert counted(APART) == Identification(
        seats=8,
        replaced_seats=2,
        people=10,
        movers=1,
        followed=3,
        confounded=0,
        components=3,
        identifiable_items=0.5,
    )


def test_a_side_that_many_share_is_a_seat_and_none_of_them_a_group_of_his_own() -> None:
    shared = [
        (team, number, sender, f"{team}{one}", 2.0)
        for team, sender in (("A", "ann"), ("B", "bob"))
        for number in range(6)
        for one in range(5)
    ]
    one = identified(cells_of(rows(*shared)), minimum=1)
    assert (one.seats, one.people, one.components) == (4, 12, 2)


def test_few_people_are_not_counted_aloud() -> None:
    told = counted(APART, minimum=5)
    assert (told.people, told.movers, told.followed, told.confounded) == (10, None, None, 0)

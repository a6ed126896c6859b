"""What stays when the holder goes, and what comes along."""

import pytest

from pipelines.attribution.replacement import (
    Contrasted,
    of_person,
    of_seat,
    persistence,
    portable,
)
from pipelines.attribution.suspects import Scale, Suspects
from pipelines.statistics.estimate import Estimate
from tests.pipelines.attribution.edges import cells_of, edge

TENURES = {
    "A": [("ann", 8), ("bob", 6)],
    "B": [("cid", 5), ("ann", 9)],
    **{f"other {number}": [(f"sender {number}", 14)] for number in range(5)},
}


def suspects(
    slow: dict[str, float] | None = None, slow_team: dict[str, float] | None = None
) -> Suspects:
    frame = edge(TENURES, slow=slow, slow_team=slow_team)
    return Suspects.of(cells_of(frame), (), Scale(1.0, 1.0, 0.2))


def stays(one: Suspects, contrasted: Contrasted | None) -> Estimate | None:
    return persistence(one.model, one.cells.columns()[:, []], contrasted, spread=1.0)


def months(one: Suspects, flags: list[bool]) -> list[tuple[str, int]]:
    cells = one.cells
    return [
        (cells.teams[team], month)
        for team, month, flag in zip(cells.team.tolist(), cells.month.tolist(), flags, strict=True)
        if flag
    ]


def test_the_last_two_months_of_who_left_are_told_by_nobody() -> None:
    one = suspects()
    found = of_seat(0, one.cells, one.months, one.where)
    assert found is not None
    assert months(one, found.there.tolist()) == [("A", month) for month in range(6)]
    assert months(one, found.neither.tolist()) == [("A", 6), ("A", 7)]
    assert months(one, found.elsewhere.tolist()) == [("A", month) for month in range(8, 14)]


def test_a_seat_that_was_never_refilled_has_no_before_and_after() -> None:
    one = suspects()
    assert of_seat(2, one.cells, one.months, one.where) is None
    assert stays(one, None) is None


def test_the_months_of_a_person_are_set_against_those_of_others_in_his_seats() -> None:
    one = suspects()
    ann = of_person(one.cells.people.index("ann"), one.cells, one.months, one.where)
    assert ann is not None
    own = [("A", month) for month in range(6)] + [("B", month) for month in range(5, 14)]
    assert months(one, ann.there.tolist()) == own
    others = [("A", month) for month in range(8, 14)] + [("B", month) for month in range(3)]
    assert months(one, ann.elsewhere.tolist()) == others


def test_a_delay_of_the_seat_stays_and_one_of_the_person_leaves() -> None:
    seat, person = suspects(slow_team={"A": 1.2}), suspects(slow={"bob": 1.2})
    kept = stays(seat, of_seat(0, seat.cells, seat.months, seat.where))
    bob = person.cells.people.index("bob")
    left = stays(person, of_person(bob, person.cells, person.months, person.where))
    assert kept is not None
    assert left is not None
    assert kept.value == pytest.approx(1, abs=0.25)
    assert kept.low is not None
    assert kept.low > 0.5
    assert left.value == pytest.approx(0, abs=0.25)
    assert left.high is not None
    assert left.high < 0.5


def test_a_person_takes_his_delay_along() -> None:
    one = suspects(slow={"ann": 1.2})
    ann, bob = (one.cells.people.index(name) for name in ("ann", "bob"))
    comes = stays(one, portable(ann, one.cells, one.where))
    assert comes is not None
    assert comes.value == pytest.approx(1, abs=0.3)
    assert portable(bob, one.cells, one.where) is None


def test_nothing_is_a_multiple_of_no_excess() -> None:
    one = suspects()
    assert stays(one, of_seat(0, one.cells, one.months, one.where)) is None

"""How much goes to each class."""

import pytest

from pipelines.attribution.class_excess import in_days, of_rules, of_suspects, shown_seats
from pipelines.attribution.spike_scan import USUAL
from pipelines.attribution.suspects import Scale, Suspects
from pipelines.statistics.estimate import UNKNOWN, Estimate
from tests.pipelines.attribution.edges import cells_of, edge, known, rows

TENURES = {
    f"team {number}": [(f"early {number}", 4 + number), (f"late {number}", 10 - number)]
    for number in range(7)
}


def suspects(slow: dict[str, float]) -> Suspects:
    return Suspects.of(cells_of(edge(TENURES, slow=slow)), (), Scale(1.0, 1.0, 0.2))


def test_days_are_those_an_item_is_spared_of_what_it_takes_now() -> None:
    days = in_days(Estimate(0.6931471805599453, 0.0, None), 10.0)
    assert days is not None
    assert days.value == pytest.approx(5.0)
    assert (days.low, days.high) == (0.0, None)
    assert in_days(Estimate(1.0), None) is None
    assert in_days(UNKNOWN, 10.0) is None


def test_rules_are_told_as_they_were_fitted() -> None:
    told = of_rules(Estimate(0.3, 0.2, 0.4), is_found=True, baseline_days=None)
    assert (told.cause, told.is_found, told.posterior, told.days) == ("rule", True, None, None)


def test_the_excess_of_a_person_is_his_delay_on_the_items_he_touched() -> None:
    one = suspects({"early 4": 1.2})
    seen, p_value = one.scanned(USUAL)
    seat, person = of_suspects(one, seen, baseline_days=20.0)
    assert person.is_found
    assert p_value is not None
    assert p_value < 0.05
    value, low, high = known(person.excess)
    assert value == pytest.approx(1.2 * 8 / 98, rel=0.2)
    assert low < 1.2 * 8 / 98 < high
    assert person.days is not None
    assert known(person.persistence)[2] < 0.6
    assert person.portability is None
    assert not seat.is_found
    assert seat.excess.low == 0
    assert seat.posterior is not None
    assert seat.posterior < 0.5


def test_where_nobody_could_be_asked_about_nothing_is_told() -> None:
    shared = [
        (team, number, f"{team} {one}", None, 2.0)
        for team in ("A", "B")
        for number in range(6)
        for one in range(6)
    ]
    one = Suspects.of(cells_of(rows(*shared)), (), Scale(1.0, 1.0, 0.2))
    _, person = of_suspects(one, one.scanned(USUAL)[0], baseline_days=20.0)
    assert (person.is_found, person.posterior, person.days) == (False, None, None)


def test_one_team_alone_differs_from_no_other() -> None:
    frame = edge({"A": [("ann", 5), ("bob", 5)]})
    one = Suspects.of(cells_of(frame), (), Scale(1.0, 1.0, 0.2))
    seat, person = of_suspects(one, one.scanned(USUAL)[0], baseline_days=20.0)
    assert (seat.posterior, seat.days) == (None, None)
    assert person.days is not None
    value, low, high = known(person.days)
    assert 0 == low <= value <= high


def test_a_seat_is_shown_only_with_enough_people_in_it() -> None:
    # The receivers stay: make them change, so that a seat is not its receiver.
    frame = edge(TENURES, slow_team={"team 3": 1.2})
    halves = frame.with_columns(
        receiver=frame["receiver"] + (frame["month"].dt.month() % 2).cast(str)
    )
    one = Suspects.of(cells_of(halves), (), Scale(1.0, 1.0, 0.2))
    seen, _ = one.scanned(USUAL)
    seat, person = of_suspects(one, seen, baseline_days=None)
    assert seat.is_found
    assert seat.excess.value == pytest.approx(1.2 / 7, rel=0.3)
    assert not person.is_found
    assert shown_seats(seen.found, one, minimum=4) == (("team 3",), 0)
    assert shown_seats(seen.found, one, minimum=5) == ((), 1)

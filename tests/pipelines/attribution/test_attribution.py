"""Rule, seat or person, from items to the verdict."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.attribution.attribution import attribution
from pipelines.attribution.attribution_verdict import Attribution
from pipelines.policy import Intervention
from tests.pipelines.attribution.edges import edge, known, rows

TENURES = {
    f"team {number}": [(f"early {number}", 4 + number), (f"late {number}", 10 - number)]
    for number in range(7)
}


def changing_receivers(frame: pl.DataFrame) -> pl.DataFrame:
    """The same with two receivers of each team, who take turns."""
    turn = (frame["month"].dt.month() % 2).cast(pl.String)
    return frame.with_columns(receiver=frame["receiver"] + turn)


def judged(frame: pl.DataFrame, **told: object) -> Attribution:
    return attribution(frame, ["rule"], **told)  # type: ignore[arg-type]


def alike(one: Attribution, other: Attribution) -> None:
    """Whether two say the same, but for the last digits."""
    assert (one.verdict, one.reason, one.even_verdict) == (
        other.verdict,
        other.reason,
        other.even_verdict,
    )
    for left, right in zip(one.classes, other.classes, strict=True):
        assert left.cause == right.cause
        assert left.excess.value == pytest.approx(right.excess.value, abs=1e-9)
        assert left.posterior == pytest.approx(right.posterior, abs=1e-9)


def test_nothing_planted_is_nothing() -> None:
    said = judged(edge(TENURES))
    assert (said.verdict, said.reason, said.people, said.seats) == ("none", "usual", None, ())


def test_a_rule_is_structural_and_named() -> None:
    frame = edge(TENURES)
    said = judged(frame.with_columns(value=frame["value"] + 0.8 * frame["rule"]))
    assert (said.verdict, said.reason, said.found_rules) == ("structural", "rule", ("rule",))


def test_a_seat_is_structural() -> None:
    said = judged(changing_receivers(edge(TENURES, slow_team={"team 4": 1.2})), baseline_days=9.0)
    assert (said.verdict, said.reason) == ("structural", "seat")
    assert (said.seats, said.withheld_seats) == ((), 1)
    seat = said.classes[1]
    assert known(seat.persistence)[1] > 0.5
    assert seat.days is not None


def test_a_person_who_was_replaced_is_individual_and_not_told() -> None:
    said = judged(edge(TENURES, slow={"early 4": 1.2}))
    assert (said.verdict, said.even_verdict) == ("individual", "individual")
    assert said.people == "fewer than 5"
    assert said.p_value is not None
    assert said.p_value < 0.05


def test_a_person_and_a_rule_are_mixed() -> None:
    frame = edge(TENURES, slow={"early 4": 1.2})
    said = judged(frame.with_columns(value=frame["value"] + 0.8 * frame["rule"]))
    assert (said.verdict, said.reason) == ("mixed", "rule")


def test_a_handover_beside_a_declared_change_is_not_held_against_anybody() -> None:
    said = judged(
        edge(TENURES, slow={"early 4": 1.2}),
        changes=[Intervention("A change", "process", date(2025, 8, 1))],
    )
    assert (said.verdict, said.reason) == ("not_identifiable", "confounded")


def test_too_little_is_said_to_be_too_little() -> None:
    few = edge({"A": [("ann", 1)]}, items=9)
    assert judged(few) == Attribution("insufficient_data", "items", 9)
    four = edge({"A": [("ann", 3)], "B": [("bob", 3)]})
    assert judged(four).reason == "people"
    assert judged(edge(TENURES), minimum=50).reason == "people"
    assert judged(four, minimum=1).reason == "people"


def test_where_too_many_are_strangers_nobody_can_say_who_sits_where() -> None:
    slow = edge(TENURES, slow={"early 4": 1.2})
    assert judged(slow, unknown_share=0.2).verdict == "individual"
    told = judged(slow, unknown_share=0.21)
    assert told == Attribution("insufficient_data", "roles", len(slow))


def test_shares_are_told_without_days() -> None:
    frame = edge(TENURES, slow={"early 4": 2.0})
    sent_back = frame.with_columns(value=(frame["value"] > 0.5).cast(pl.Float64))
    said = judged(sent_back, is_binary=True, baseline_days=9.0)
    assert said.verdict == "individual"
    assert [part.days for part in said.classes] == [None] * len(said.classes)


def test_one_team_alone_and_one_month_alone_can_be_judged() -> None:
    alone = edge({"A": [(f"sender {number}", 3) for number in range(5)]}, slow={"sender 2": 1.5})
    assert judged(alone).verdict in ("none", "not_identifiable", "individual")
    once = edge({f"team {number}": [(f"sender {number}", 1)] for number in range(5)})
    assert judged(once).verdict in ("none", "not_identifiable")


def test_one_team_that_many_share_says_nothing_of_seats_and_people() -> None:
    shared = [
        ("A", number, f"sender {one}", f"receiver {one}", float(one % 3))
        for number in range(8)
        for one in range(6)
    ]
    said = judged(rows(*shared).with_columns(rule=pl.lit(0.0)))
    assert (said.verdict, said.reason) == ("insufficient_data", "seats")
    assert said.even_verdict == "insufficient_data"
    assert [one.posterior for one in said.classes] == [None, None, None]


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 1000), st.sampled_from([{}, {"early 4": 1.2}, {"late 1": -1.0}]))
def test_the_order_of_rows_changes_nothing_to_the_byte(
    seed: int, slow: Mapping[str, float]
) -> None:
    frame = edge(TENURES, seed=seed, slow=slow)
    shuffled = frame.sample(fraction=1, shuffle=True, seed=seed)
    assert repr(judged(shuffled)) == repr(judged(frame))


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 1000), st.permutations(range(21)))
def test_other_names_of_people_change_nothing(seed: int, names: list[int]) -> None:
    frame = edge(TENURES, seed=seed, slow={"early 4": 1.0})
    people = sorted({*frame["sender"], *frame["receiver"]})
    renamed = {person: f"p{name:02}" for person, name in zip(people, names, strict=True)}
    other = frame.with_columns(pl.col("sender", "receiver").replace_strict(renamed))
    alike(judged(other), judged(frame))


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 1000), st.sampled_from(["early 4", "late 1", "receiver of team 2"]))
def test_no_person_is_in_what_comes_out(seed: int, slow: str) -> None:
    said = judged(edge(TENURES, seed=seed, slow={slow: 1.5}), baseline_days=9.0)
    for person in ("early", "late", "receiver"):
        assert person not in repr(said)
        assert person not in repr(asdict(said))


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 1000), st.floats(0.5, 4.0), st.integers(2, 9))
def test_who_alone_held_one_seat_for_all_time_is_never_accused(
    seed: int, added: float, teams: int
) -> None:
    tenures = {f"team {number}": [(f"sender {number}", 12)] for number in range(teams)}
    said = judged(edge(tenures, seed=seed, slow={"sender 1": added}))
    assert said.verdict not in ("individual", "mixed")
    assert said.people is None

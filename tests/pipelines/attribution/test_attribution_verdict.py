"""What may be said."""

import numpy as np
import pytest

from pipelines.attribution.attribution_verdict import costs, insufficient, verdict
from pipelines.attribution.spike_scan import Found, Label, Scan, Why
from pipelines.attribution.within_cells import RuleEffect
from pipelines.statistics.estimate import UNKNOWN, Estimate


def seen(*found: tuple[Label, Why], none: float = 0.7) -> Scan:
    columns = tuple(Found(number, *one, 0.95) for number, one in enumerate(found))
    return Scan(columns, none, np.zeros(1), np.zeros(1), np.zeros(1))


SEAT: tuple[Label, Why] = ("seat", "told_apart")
PERSON: tuple[Label, Why] = ("person", "told_apart")
EITHER: tuple[Label, Why] = ("seat_or_person", "same_cells")


@pytest.mark.parametrize(
    ("found", "rules", "expected"),
    [
        ((), 0, ("none", "usual")),
        ((), 1, ("structural", "rule")),
        ((SEAT,), 0, ("structural", "seat")),
        ((SEAT,), 1, ("structural", "rule_and_seat")),
        ((PERSON,), 0, ("individual", "person")),
        ((PERSON,), 1, ("mixed", "rule")),
        ((PERSON, SEAT), 0, ("mixed", "seat")),
        ((EITHER,), 0, ("not_identifiable", "same_cells")),
        ((("seat_or_person", "scrambled"),), 0, ("not_identifiable", "scrambled")),
        ((EITHER,), 1, ("structural", "rule")),
        ((EITHER, PERSON), 0, ("individual", "person")),
    ],
)
def test_the_table_of_verdicts(
    found: tuple[tuple[Label, Why], ...],
    rules: int,
    expected: tuple[str, str],
) -> None:
    assert verdict(seen(*found), is_rule=rules > 0) == expected


def test_where_nobody_is_asked_about_nothing_is_not_called_usual() -> None:
    assert verdict(seen(), is_rule=False, is_asked=False) == ("insufficient_data", "seats")
    assert verdict(seen(), is_rule=True, is_asked=False) == ("structural", "rule")


def test_what_is_probably_there_is_not_called_nothing() -> None:
    assert verdict(seen(none=0.29), is_rule=False) == ("not_identifiable", "unsure")
    assert verdict(seen(none=0.31), is_rule=False) == ("none", "usual")


def rule(low: float, value: float, p_value: float) -> RuleEffect:
    estimate = Estimate(value, low, 2 * value - low)
    return RuleEffect("rule", "evaluable", 0.4, estimate, estimate, p_value)


def test_a_rule_costs_if_it_surely_does_and_enough() -> None:
    assert costs(rule(0.1, 0.5, 0.001), UNKNOWN, 0.2)
    assert not costs(rule(-0.1, 0.5, 0.001), UNKNOWN, 0.2)
    assert not costs(rule(0.1, 0.5, 0.06), UNKNOWN, 0.2)
    assert not costs(rule(0.1, 0.15, 0.001), UNKNOWN, 0.2)
    assert not costs(RuleEffect("rule", "no_variation", 1.0, UNKNOWN, UNKNOWN, None), UNKNOWN, 0.2)


def test_small_costs_of_several_rules_are_a_cause_where_they_add_up() -> None:
    little = rule(0.1, 0.15, 0.001)
    assert costs(little, Estimate(0.06, 0.02, 0.10), 0.2)
    assert not costs(little, Estimate(0.04, 0.02, 0.06), 0.2)
    assert not costs(little, Estimate(0.06, -0.01, 0.13), 0.2)
    assert not costs(rule(-0.1, 0.15, 0.001), Estimate(0.06, 0.02, 0.10), 0.2)


def too_little(
    items: int, people: int, *, minimum: int = 5, unknown_share: float = 0.0
) -> str | None:
    return insufficient(items, people, minimum=minimum, unknown_share=unknown_share)


def test_twenty_items_and_five_people_are_needed() -> None:
    assert too_little(19, 9, minimum=5) == "items"
    assert too_little(20, 4, minimum=5) == "people"
    assert too_little(20, 5, minimum=5) is None
    assert too_little(20, 5, minimum=8) == "people"


def test_no_more_than_a_fifth_may_be_strangers() -> None:
    assert too_little(20, 5, unknown_share=0.2) is None
    assert too_little(20, 5, unknown_share=0.21) == "roles"

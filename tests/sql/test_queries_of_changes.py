"""The ready-made questions about changes, on literal rows."""

from collections.abc import Iterator

import pytest

from roadworthy.warehouse import Warehouse
from tests.sql.asking import answer, holding

_EFFECTS = """
    insert into intervention_effects by name
    select
        *, 'governance' as intervention_kind, 'share' as unit, 'B' as design_grade,
        20 as buckets_before, 20 as buckets_after, 0 as buckets_immature, 200 as items_before,
        200 as items_after, ['WEB'] as comparison_teams, [] as caveats, 0.4 as naive_ratio
    from (
        values
            ('Rule', 'rejection_rate', true, 'improved', -0.2),
            ('Rule', 'slip_rate', false, 'not_shown', -0.01),
            ('Talk', 'rejection_rate', true, 'not_enough_data', null)
    ) as rows (intervention, metric, is_primary, verdict, estimate)
"""
_DECLARED = """
    insert into interventions by name
    select
        *, 'governance' as intervention_kind, 28 as washout_days, false as is_randomised,
        0.1 as useful_effect
    from (
        values ('Rule', date '2026-03-02'), ('Talk', date '2026-01-05')
    ) as rows (intervention, effective_on)
"""
_RECURRENCES = """
    insert into recurrences by name
    select *, 'coaching' as intervention_kind, 'rejection_rate' as metric
    from (
        values
            ('Talk', date '2026-01-05', 'shown_not_to_help', 1, null),
            ('Rule', date '2026-03-02', 'improved', 0, date '2026-06-01')
    ) as rows (intervention, effective_on, verdict, failures_in_a_row, relapsed_on)
"""
_VISIBLE = """
    insert into visible_effects by name
    select
        *, 'week' as bucket, 0.4 as level, 'share' as unit, 30.0 as items_per_week,
        5.5 as days_to_maturity
    from (
        values
            ('rejection_rate', 'organisation', false, 4, 0.5, null),
            ('rejection_rate', 'organisation', true, 4, 0.2, 0.5),
            ('slip_rate', 'organisation', false, 4, 0.1, 0.75)
    ) as rows (
        metric, scope, has_comparison, weeks_after, smallest_visible_effect, smallest_visible_ratio
    )
"""


@pytest.fixture
def warehouse() -> Iterator[Warehouse]:
    with holding(_EFFECTS, _DECLARED, _RECURRENCES, _VISIBLE) as held:
        yield held


def test_what_changes_did(warehouse: Warehouse) -> None:
    columns = "intervention metric verdict estimate a_dashboard_would_say"
    assert answer(warehouse, "what_changes_did", columns) == [
        ("Rule", "rejection_rate", "improved", -0.2, 0.4),
        ("Rule", "slip_rate", "not_shown", -0.01, 0.4),
    ]


def test_what_changes_were_compared_with(warehouse: Warehouse) -> None:
    columns = "intervention metric comparison_teams a_dashboard_would_say verdict"
    asked = "what_changes_were_compared_with"
    assert answer(warehouse, asked, columns) == [
        ("Rule", "rejection_rate", ["WEB"], 0.4, "improved"),
        ("Talk", "rejection_rate", ["WEB"], 0.4, "not_enough_data"),
    ]
    assert answer(warehouse, asked, "intervention metric", metric="slip_rate") == [
        ("Rule", "slip_rate")
    ]


def test_what_helped_and_what_did_not(warehouse: Warehouse) -> None:
    columns = "intervention verdict failures_in_a_row"
    assert answer(warehouse, "what_helped_and_what_did_not", columns) == [
        ("Talk", "shown_not_to_help", 1),
        ("Rule", "improved", 0),
    ]


def test_what_could_be_seen(warehouse: Warehouse) -> None:
    columns = "weeks_after smallest_alone is_possible_alone smallest_compared is_possible_compared"
    assert answer(warehouse, "what_could_be_seen", columns) == [(4, 0.5, False, 0.2, True)]


@pytest.mark.parametrize(
    ("starts_on", "washout_days", "seen_on"),
    [
        # Four weeks of entry from a Monday, and six days until the last of them are known.
        ("2026-04-06", "0", "2026-05-10"),
        # The week in which a change begins, or is brought in, belongs to neither side.
        ("2026-04-01", "0", "2026-05-10"),
        ("2026-04-07", "0", "2026-05-17"),
        ("2026-04-01", "6", "2026-05-17"),
    ],
)
def test_what_could_be_seen_by_when(
    warehouse: Warehouse, starts_on: str, washout_days: str, seen_on: str
) -> None:
    asked = {"starts_on": starts_on, "washout_days": washout_days}
    ((told,),) = answer(warehouse, "what_could_be_seen", "seen_on", **asked)
    assert told.isoformat() == seen_on


@pytest.mark.parametrize(
    ("starts_on", "seen_on"),
    [
        # All of April, and six days until the last of its items are known.
        ("2026-04-01", "2026-05-07"),
        # All of May: April was cut by the beginning of the change.
        ("2026-04-02", "2026-06-07"),
        ("2026-01-31", "2026-03-07"),
    ],
)
def test_what_could_be_seen_by_when_in_whole_months(
    warehouse: Warehouse, starts_on: str, seen_on: str
) -> None:
    warehouse.execute("update visible_effects set bucket = 'month'")
    asked = {"starts_on": starts_on, "washout_days": "0"}
    ((told,),) = answer(warehouse, "what_could_be_seen", "seen_on", **asked)
    assert told.isoformat() == seen_on

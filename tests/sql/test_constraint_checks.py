"""The check of constraints: days of the ledger, ranks by excess, and none without a normal."""

from collections.abc import Iterator

import pytest

from roadworthy.warehouse import Warehouse
from tests.sql.asking import holding
from tests.sql.rules import broken

CHECK = "constraints_agree_with_the_ledger"
_SHARES = """
    insert into latency_shares by name
    select 'organisation' as scope, *, 12.0 as latency_days, 40 as items, 4 as open_items,
        90.0 as horizon_days, split_part(component, ':', 1) as cause_kind
    from (values ('decision_wait:Roadmap', 9.0), ('touch:Build', 3.0))
        as rows (component, days_per_item)
"""
_CONSTRAINTS = """
    insert into constraints by name
    select
        'organisation' as scope, *, 0.0 as loop_days, 40 as items,
        split_part(cause, ':', 1) as cause_kind, excess_days as excess_low,
        excess_days as excess_high
    from (
        values
            (1, 'decision_wait:Roadmap', 9.0, 1.0, 'declared', 8.0, 1.0, 'constraint'),
            (null, 'touch:Build', 3.0, null, 'none', null, null, 'not_compared')
    ) as rows (
        rank, cause, days_per_item, benchmark_days, benchmark_source, excess_days,
        probability_first, verdict
    )
"""


@pytest.fixture
def warehouse() -> Iterator[Warehouse]:
    with holding(_SHARES, _CONSTRAINTS) as held:
        yield held


def test_what_agrees_is_not_told(warehouse: Warehouse) -> None:
    assert broken(warehouse, CHECK) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("days_per_item = 4.0 where cause = 'touch:Build'", "has no row, or other days"),
        ("excess_days = 5.0, excess_low = 5.0, excess_high = 5.0 where rank = 1", "not ranked by"),
        ("rank = 2 where rank = 1", "not ranked by"),
        ("verdict = 'no_benchmark' where rank = 1", "named without a normal"),
        ("benchmark_source = 'declared' where rank is null", "named without a normal"),
    ],
)
def test_what_does_not_agree_is(warehouse: Warehouse, change: str, told: str) -> None:
    warehouse.execute(f"update constraints set {change}")  # noqa: S608 - our own words
    (found,) = broken(warehouse, CHECK)
    assert told in found


def test_a_cause_of_the_ledger_without_a_row(warehouse: Warehouse) -> None:
    warehouse.execute("delete from constraints where cause = 'touch:Build'")
    assert broken(warehouse, CHECK) == ["organisation: touch:Build has no row, or other days"]

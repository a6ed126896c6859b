"""What is stored against what a source shows."""

from collections.abc import Iterator

import pytest

from connectors.protocol import Resource
from roadworthy.stages.presence import KnownKeys
from roadworthy.warehouse import Warehouse, in_memory

ISSUES = Resource("issues", key="id", cursor="updated")
STORED = """
    insert into raw.records by name
    select source, 'jira' as tracker, resource, key, '{}' as payload, '' as digest,
        now() as fetched_at, 'run 1' as run_id, 'run 1' as first_run_id,
        superseded as superseded_run_id, missing::timestamptz as missing_since
    from (values
        ('acme', 'issues', '1', null, null),
        ('acme', 'issues', '2', null, null),
        ('acme', 'issues', '3', null, '2026-03-02'),
        ('acme', 'issues', '4', 'run 1', null),
        ('acme', 'fields', '5', null, null),
        ('else', 'issues', '6', null, null)
    ) as records (source, resource, key, superseded, missing)
"""


@pytest.fixture
def known() -> Iterator[KnownKeys]:
    with in_memory() as warehouse:
        yield _filled(warehouse)


def _filled(warehouse: Warehouse) -> KnownKeys:
    warehouse.execute("create schema raw")
    warehouse.run_folder("schema/raw")
    warehouse.execute(STORED)
    return KnownKeys(warehouse, "acme", ISSUES)


def test_known_is_what_is_stored_of_a_resource_and_neither_missing_nor_superseded(
    known: KnownKeys,
) -> None:
    assert sorted(known) == ["1", "2"]
    assert len(known) == 2
    assert [key for key in ("1", "3", "4", "5", "6") if key in known] == ["1"]


@pytest.mark.parametrize(
    ("shown", "lacking", "beyond"),
    [
        ({"1", "2"}, set(), set()),
        ({"1", "2", "7"}, {"7"}, set()),
        ({"2", "3"}, {"3"}, {"1"}),
        (set(), set(), {"1", "2"}),
    ],
)
def test_what_is_shown_is_compared_with_what_is_known(
    known: KnownKeys, shown: set[str], lacking: set[str], beyond: set[str]
) -> None:
    assert known.lacking(frozenset(shown)) == lacking
    assert known.beyond(frozenset(shown)) == beyond

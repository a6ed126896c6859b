"""Whatever happened in an organisation: its tables take every row, and every check is silent."""

import re
from collections.abc import Iterator

import polars as pl
import pytest

from roadworthy.sql_files import sql_files
from roadworthy.warehouse import in_memory
from tests.pipelines.generated import Organisation, World
from tests.pipelines.laws import estimates_of, facts_of, for_any_world

#: Those of what was computed; the others are about what arrived.
CHECKS = {
    name: query
    for name, query in sql_files("checks").items()
    if not re.search(r"\b(raw|staging|core)\.", query)
}


def tables_of(organisation: Organisation) -> Iterator[tuple[str, pl.DataFrame]]:
    """The tables of main that are computed."""
    facts, estimated = facts_of(organisation), estimates_of(organisation)
    for name in sql_files("schema/main"):
        if name in estimated or hasattr(facts, name):
            yield name, estimated[name] if name in estimated else getattr(facts, name)


@pytest.mark.slow
@for_any_world
def test_the_tables_of_any_organisation_pass_every_check(world: World) -> None:
    with in_memory() as warehouse:
        warehouse.run_folder("schema/main")
        for name, rows in tables_of(world.organisation):
            declared = warehouse.frame(f"from main.{name} limit 0").columns
            warehouse.insert(f"main.{name}", rows.select(declared))
        found = {
            check: warehouse.frame(query)["detail"].to_list() for check, query in CHECKS.items()
        }

    assert {check: details for check, details in found.items() if details} == {}


def test_only_checks_of_what_arrived_are_left_out() -> None:
    assert set(sql_files("checks")) - set(CHECKS) == {
        "both_ends_of_a_link_are_items",
        "change_group_has_one_instant",
        "every_history_entry_is_a_field_change",
        "every_item_of_the_snapshot_is_a_work_item",
        "field_changes_are_numbered_without_gap",
        "records_are_stored_once",
        "visits_partition_the_life_of_an_item",
    }

"""The data dictionary: complete, the same everywhere, and without a warehouse."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roadworthy.dictionary import Column, dictionary, table_named, tables
from roadworthy.errors import ConfigError

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place

DOCS = Path(__file__).parents[2] / "docs" / "tables.md"

#: What others have built on: these tables, by these columns. More may come; none may go.
PROMISED = {
    "work_items": "item_id source kind key url title project team item_type created_at stage "
    "status is_done done_at is_dropped parent_id release",
    "visits": "item_id visit_number stage stage_kind owner_role entered_at left_at elapsed_hours "
    "business_hours is_open is_repeat",
    "handoffs": "handoff_id item_id team from_stage to_stage from_role to_role attempt handed_at "
    "verdict verdict_at verdict_hours rework_hours is_ready failed_rules is_skip",
    "readiness_checks": "handoff_id item_id rule checked_at outcome outcome_now passed_at",
    "commitments": "subject_kind subject_id team committed_at original_on current_on shipped_at "
    "slip_count gross_slip_days pull_in_days net_slip_days is_on_time is_on_time_current "
    "is_silent_miss is_lower_bound",
    "date_moves": "subject_kind subject_id moved_at from_on to_on move days days_before_due "
    "actor_role",
    "decisions": "decision_id item_id team decision_right channel requested_at decided_at "
    "business_hours decided_by_role is_reversed is_open",
    "decision_changes": "item_id team decision_right changed_at from_value to_value actor_role "
    "is_out_of_role is_contest is_override is_bulk",
    "approvals": "item_id team approvers_requested approvers_obtained depth first_requested_at "
    "first_response_hours verdict_at approval_hours changes_requested_count",
    "intake": "item_id team entered_build_at is_bypass is_early_assignment "
    "is_injected_after_commit",
    "latency_components": "item_id component cause_kind days",
    "weekly_metrics": "metric scope week_on estimate low high items open_items is_mature",
    "cost_of_delay": "scope ledger low high currency basis",
    "data_audit": "source finding severity expected found share detail",
    "intervention_effects": "intervention intervention_kind metric is_primary unit estimate low "
    "high ratio ratio_low ratio_high probability_improved verdict design_grade buckets_before "
    "buckets_after naive_ratio caveats smallest_visible_effect",
    "runs": "run_id started_at finished_at command outcome sources records requests config_hash "
    "version error",
}

#: What the end of a name says of the type.
TYPES = {"_at": "timestamp with time zone", "_on": "date", "_count": "integer"}

#: Said in the name of a number, or else in its meaning: what it is measured in.
UNIT_IN_NAME = re.compile(r"_(days|hours|weeks|share|rate|yield|ratio|lift|points|deciders)(_|$)")
UNIT_IN_MEANING = re.compile(
    r"\b(days|weeks|hours|share|rate|ratio|probability|number|currency|items|arrivals)\b| / ",
    re.IGNORECASE,
)


def test_every_table_and_column_has_a_meaning() -> None:
    silent = [
        f"{table.name}.{column.name}"
        for table in tables()
        for column in (Column("", "", table.meaning), *table.columns)
        if not column.meaning.strip()
    ]
    assert silent == []


def test_every_table_states_its_grain() -> None:
    assert [table.name for table in tables() if "One row per" not in table.meaning] == []


@pytest.mark.parametrize(("table", "promised"), PROMISED.items())
def test_what_others_have_built_on_is_there(table: str, promised: str) -> None:
    there = {column.name for column in table_named(table).columns}
    assert [column for column in promised.split() if column not in there] == []


def test_the_end_of_a_name_says_the_type() -> None:
    columns = [(table.name, column) for table in tables() for column in table.columns]
    otherwise = [
        f"{table}.{column.name}: {column.kind}"
        for table, column in columns
        for end, kind in (*TYPES.items(), ("is_", "boolean"))
        if (column.name.startswith(end) if end == "is_" else column.name.endswith(end))
        and column.kind != kind
    ]
    assert otherwise == []


def test_every_measure_says_its_unit() -> None:
    ends = re.compile("(^|_)(low|high)$")
    without = [
        f"{table.name}.{column.name}"
        for table in tables()
        for column in table.columns
        if column.kind == "double"
        and not (ends.search(column.name) and "interval" in column.meaning)
        if not UNIT_IN_NAME.search(column.name) and not UNIT_IN_MEANING.search(column.meaning)
    ]
    assert without == []


def test_a_table_of_main_is_described_by_its_comments() -> None:
    table = table_named("main.Visits")
    assert table.name == "visits"
    assert table.columns[0] == Column("item_id", "varchar", "The work item.")


def test_a_view_is_described_as_a_table_is() -> None:
    assert table_named("runs").columns[0].name == "run_id"


def test_a_misspelt_table_is_answered_with_the_nearest() -> None:
    with pytest.raises(ConfigError, match="'visit': no table is called so; did you mean 'visits'"):
        table_named("visit")


def test_the_page_in_docs_is_this_very_text() -> None:
    assert DOCS.read_text("utf-8") == dictionary(), "run: roadworthy tables > docs/tables.md"


def test_the_command_prints_it_with_neither_configuration_nor_warehouse(place: "Place") -> None:
    place.config.unlink()
    assert place.call("tables").stdout == dictionary()
    assert place.call("tables", "visits").stdout.startswith("## visits\n\nEvery stay of every work")
    assert place.call("tables", "vists").exit_code == 2

"""The SQL beside a chart."""

import duckdb
import pytest

from reports.origin import Origin

HOSTILE = ("it's", "a\u202eb", "\n;\x07", "\x1b[31m", "", "\u2066", "x' or 1=1 --")


def test_a_table_without_conditions_is_asked_as_a_whole() -> None:
    assert Origin("visits").sql == "select * from visits"


def test_each_value_is_a_condition() -> None:
    assert Origin("weekly_metrics", (("scope", "organisation"), ("metric", "slip_rate"))).sql == (
        "select * from weekly_metrics\nwhere scope = 'organisation'\n  and metric = 'slip_rate'"
    )


def test_facts_of_whole_items_are_asked_without_those_of_sub_tasks() -> None:
    assert Origin("aging_work", (("team", "PAY"),), key="item_id").sql == (
        "select * from aging_work\nwhere team = 'PAY'\n"
        "  and item_id not in (select item_id from work_items where is_subtask)"
    )


def test_a_chart_of_two_tables_asks_both() -> None:
    both = Origin("commitments", also=(Origin("date_moves", (("team", "PAY"),)),))
    assert both.questions == (
        "select * from commitments",
        "select * from date_moves\nwhere team = 'PAY'",
    )
    assert both.sql == ";\n\n".join(both.questions)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_of_any_tracker_is_found_and_nothing_acts_on_who_reads_it(value: str) -> None:
    sql = Origin("told", (("team", value),)).sql
    assert not set(sql) & set("\u202e\u2066\x07\x1b")
    with duckdb.connect() as connection:
        connection.execute("create table told as select unnest(?::varchar[]) as team", [HOSTILE])
        assert connection.execute(sql).fetchall() == [(value,)]

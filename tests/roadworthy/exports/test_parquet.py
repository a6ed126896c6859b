"""Tables as Parquet: what other engines read of them."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from roadworthy.dictionary import tables
from roadworthy.exports import parquet
from roadworthy.warehouse import in_memory
from tests.roadworthy.conftest import settled
from tests.roadworthy.exports.story import exported

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place

#: In an order that is not that of the keys; a list, a null, an instant, a day.
HANDOFFS = """
    insert into main.handoffs by name
    select 'jira:acme:1/' || number as handoff_id, 'jira:acme:1' as item_id, 'PAY' as team,
        'Shaping' as from_stage, 'Ready' as to_stage, 'product' as from_role,
        'engineering' as to_role, number as attempt,
        timestamptz '2026-03-02 10:00:00+02' as handed_at, 'undecided' as verdict,
        false as is_rework_open, case number when 2 then ['size', null] end as failed_rules,
        false as is_skip
    from (values (2), (1)) as attempts (number)
"""
MOVES = """
    insert into main.date_moves by name
    select 'item' as subject_kind, 'jira:acme:1' as subject_id, 1 as move_number, 'PAY' as team,
        timestamptz '2026-03-02 08:00:00Z' as moved_at, date '2026-04-01' as to_on, 'set' as move,
        'product' as actor_role, false as is_after_commitment, false as is_bulk
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = settled(tmp_path_factory.mktemp("tables"))
    place.publish(HANDOFFS, MOVES)
    return exported(place, "parquet")


def sql(query: str, path: str) -> list[tuple[Any, ...]]:
    with in_memory() as duckdb:
        return duckdb.frame(query, [path]).rows()


def test_every_table_and_view_is_a_folder_of_its_name(out: Path) -> None:
    assert sorted(path.parent.name for path in out.glob("*/*.parquet")) == [
        table.name for table in tables()
    ]
    assert pq.read_metadata(out / "runs/runs.parquet").num_rows == 0


def test_polars_reads_instants_in_utc_lists_and_days(out: Path) -> None:
    handoffs = pl.read_parquet(out / "handoffs/*.parquet")
    wanted = ("handoff_id", "handed_at", "verdict_at", "failed_rules")
    noon = datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert handoffs.select(wanted).rows() == [
        ("jira:acme:1/1", noon, None, None),
        ("jira:acme:1/2", noon, None, ["size", None]),
    ]
    assert handoffs.schema["handed_at"] == pl.Datetime("us", "UTC")
    moves = pl.read_parquet(out / "date_moves/*.parquet")
    assert moves.select("from_on", "to_on").rows() == [(None, date(2026, 4, 1))]


def test_pyarrow_reads_a_folder_as_a_data_set(out: Path) -> None:
    read = ds.dataset(out / "handoffs").to_table()
    assert read.column("attempt").to_pylist() == [1, 2]
    assert read.schema.field("attempt").type == pa.int32()
    assert read.schema.field("failed_rules").type.value_type == pa.string()


def test_duckdb_reads_a_folder_by_its_pattern(out: Path) -> None:
    query = "select handoff_id, handed_at, failed_rules from read_parquet(?)"
    noon = datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert sql(query, f"{out}/handoffs/*.parquet") == [
        ("jira:acme:1/1", noon, None),
        ("jira:acme:1/2", noon, ["size", None]),
    ]


def test_an_instant_is_marked_as_one_for_engines_that_know_no_arrow(out: Path) -> None:
    column = pq.ParquetFile(out / "handoffs/handoffs.parquet").schema.column(9)
    assert column.name == "handed_at"
    assert "isAdjustedToUTC=true, timeUnit=microseconds" in str(column.logical_type)


def test_comments_are_read_by_pyarrow(out: Path) -> None:
    schema = pq.read_schema(out / "handoffs/handoffs.parquet")
    assert schema.metadata[b"comment"].startswith(b"Every attempt to hand a work item")
    assert schema.field("item_id").metadata == {b"comment": b"The work item."}
    assert json.loads(schema.metadata[b"primary_key"]) == ["handoff_id"]


def test_comments_are_read_by_duckdb(out: Path) -> None:
    query = "select decode(key), decode(value) from parquet_kv_metadata(?)"
    metadata = dict(sql(query, str(out / "handoffs/handoffs.parquet")))
    assert metadata["comment"].startswith("Every attempt to hand a work item")
    assert '"item_id": "The work item."' in metadata["columns"]


def test_the_order_of_rows_is_told_to_engines_that_use_it(out: Path) -> None:
    group = pq.read_metadata(out / "date_moves/date_moves.parquet").row_group(0)
    assert [column.column_index for column in group.sorting_columns] == [0, 1, 2]


def test_what_lies_there_is_told_to_people_and_to_programs(out: Path) -> None:
    assert "- [`handoffs`](#handoffs), 2 rows: Every attempt" in (out / "README.md").read_text()
    listed = json.loads((out / "tables.json").read_text("utf-8"))["tables"]
    assert [table["name"] for table in listed] == [table.name for table in tables()]
    handoffs = next(table for table in listed if table["name"] == "handoffs")
    assert (handoffs["rows"], handoffs["primary_key"]) == (2, ["handoff_id"])
    assert (out / handoffs["path"]).exists()
    assert handoffs["columns"][1] == {
        "name": "item_id",
        "type": "varchar",
        "comment": "The work item.",
    }


def test_rows_come_in_groups_of_one_size_however_they_were_handed_over(
    place: "Place", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "_GROUP", 3)
    many = HANDOFFS.replace("(values (2), (1))", "range(10, 0, -1)").replace(
        "'undecided'", "'dropped'"
    )
    place.publish(many)
    assert place.call("export", str(place.folder / "out")).exit_code == 0
    read = pq.ParquetFile(place.folder / "out/handoffs/handoffs.parquet")
    groups = [read.metadata.row_group(number).num_rows for number in range(4)]
    assert groups == [3, 3, 3, 1]
    ids = read.read(["handoff_id"]).column(0).to_pylist()
    assert ids == sorted(f"jira:acme:1/{number}" for number in range(1, 11))

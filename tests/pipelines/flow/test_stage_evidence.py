"""What the histories tell of each stage: time, stays, and who ends them."""

from typing import Any

import polars as pl

from pipelines.flow.pull_request_protocol import protocol_stages
from pipelines.flow.stage_evidence import (
    STAGE_EVIDENCE,
    owner_of,
    stage_evidence,
    with_all_of_protocol,
)
from tests.pipelines.frames import frame

OF_PROTOCOL = protocol_stages("acme")
COLUMNS: dict[str, Any] = {
    "source": pl.String,
    "kind": pl.String,
    "item_id": pl.String,
    "visit_number": pl.Int32,
    "stage": pl.String,
    "stage_kind": pl.String,
    "owner_role": pl.String,
    "stage_rank": pl.Int32,
    "elapsed_hours": pl.Float64,
    "entered_by": pl.String,
    "is_bulk": pl.Boolean,
}


def walk(
    item: str, *stays: tuple[str, str, float, str], bulk: bool = False
) -> list[dict[str, Any]]:
    """The stays of an item: stage, kind, hours, and the role that began it."""
    return [
        {
            "source": "acme",
            "kind": "ticket",
            "item_id": item,
            "visit_number": number,
            "stage": stage,
            "stage_kind": kind,
            "stage_rank": 0,
            "elapsed_hours": hours,
            "entered_by": role,
            "is_bulk": bulk,
        }
        for number, (stage, kind, hours, role) in enumerate(stays, start=1)
    ]


def evidence(*rows: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = stage_evidence(frame(*rows, **COLUMNS))
    return {row["stage"]: row for row in found.iter_rows(named=True)}


def test_the_share_of_time_is_that_of_open_work() -> None:
    found = evidence(
        *walk("1", ("Idea", "queue", 30, "product"), ("Done", "done", 9000, "engineering")),
        *walk("2", ("Idea", "queue", 10, "product"), ("Build", "active", 60, "engineering")),
    )
    assert {stage: row["time_share"] for stage, row in found.items()} == {
        "Idea": 0.4,
        "Build": 0.6,
        "Done": 0.0,
    }


def test_the_role_that_ends_most_stays_is_found_with_its_share() -> None:
    ends = [
        walk(f"{n}", ("Idea", "queue", 1, "?"), ("Build", "active", 1, "product")) for n in "123"
    ]
    other = walk("4", ("Idea", "queue", 1, "?"), ("Build", "active", 1, "?"))
    found = evidence(*(row for rows in (*ends, other) for row in rows))["Idea"]
    assert (found["ends"], found["ending_role"], found["ending_share"]) == (4, "product", 0.75)


def test_robots_and_bulk_edits_end_nothing() -> None:
    by_bot = walk("1", ("Idea", "queue", 1, "?"), ("Build", "active", 1, "bot"))
    in_bulk = walk("2", ("Idea", "queue", 1, "?"), ("Build", "active", 1, "product"), bulk=True)
    found = evidence(*by_bot, *in_bulk)["Idea"]
    assert (found["ends"], found["ending_role"]) == (0, None)


def test_an_owner_is_proposed_only_where_one_role_clearly_ends_most_of_many_stays() -> None:
    assert owner_of("product", 10, 0.7) == "product"
    assert owner_of("product", 9, 1.0) is None
    assert owner_of("product", 100, 0.69) is None
    assert owner_of(None, 100, None) is None


def test_a_stage_in_which_any_item_was_done_is_a_done_one_whatever_the_first_was() -> None:
    given_up = walk("1", ("open", "queue", 1, "?"), ("closed", "dropped", 1, "?"))
    done = walk("2", ("open", "queue", 1, "?"), ("closed", "done", 1, "?"))
    assert evidence(*given_up, *done)["closed"]["stage_kind"] == "done"
    assert evidence(*given_up)["closed"]["stage_kind"] == "dropped"


def test_closed_issues_of_a_github_are_done_also_where_all_of_them_were_given_up() -> None:
    given_up = walk("1", ("open", "queue", 1, "?"), ("closed", "dropped", 1, "?"))
    found = with_all_of_protocol(stage_evidence(frame(*given_up, **COLUMNS)), OF_PROTOCOL)
    closed = found.filter(pl.col("stage") == "closed").sort("kind")
    assert closed.select("kind", "stage_kind", "stays").rows() == [
        ("pull_request", "dropped", 0),
        ("ticket", "done", 1),
    ]


def test_a_github_has_all_its_stages_also_those_in_which_nothing_was() -> None:
    seen = stage_evidence(frame(*walk("1", ("open", "queue", 1, "?")), **COLUMNS))
    found = with_all_of_protocol(seen, OF_PROTOCOL)
    assert found.columns == list(STAGE_EVIDENCE)
    assert found.select("kind", "stage", "stays").rows() == [
        ("pull_request", "changes requested", 0),
        ("pull_request", "draft", 0),
        ("pull_request", "review required", 0),
        ("pull_request", "approved", 0),
        ("pull_request", "merged", 0),
        ("pull_request", "closed", 0),
        ("ticket", "open", 1),
        ("ticket", "closed", 0),
    ]

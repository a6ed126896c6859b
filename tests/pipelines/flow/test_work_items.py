"""Where each item stands at the snapshot, whether it has ended, how often it was handed over."""

from typing import Any

import polars as pl

from pipelines.flow.work_items import lives, with_known_parents, work_items
from tests.pipelines.frames import INSTANT, Row, at, frame

_SNAPSHOT = at("2026-03-31")
_CREATED = at("2026-03-01")
EVENTS = pl.DataFrame(schema={"item_id": pl.String})
RELEASES = pl.DataFrame(schema={"item_id": pl.String, "release": pl.String})
_TEXTS = (
    *("item_id", "source", "kind", "key", "url", "title", "project", "team", "item_type"),
    "parent_id",
)


def items(*rows: Row) -> pl.DataFrame:
    usual = {"created_at": _CREATED, "observed_until": _SNAPSHOT, "is_subtask": False}
    return frame(
        *({"item_id": "a", **usual, **row} for row in rows),
        **dict.fromkeys(_TEXTS, pl.String),
        is_subtask=pl.Boolean,
        status_shown=pl.String,
        **dict.fromkeys(("created_at", "observed_until", "resolved_at", "clock_from"), INSTANT),
    )


def visits(*stays: tuple[str, str]) -> pl.DataFrame:
    """Stays of item ``a`` as kind of stage and instant of entry."""
    return frame(
        *(
            {
                "item_id": "a",
                "visit_number": number,
                "stage": kind.title(),
                "stage_kind": kind,
                "entered_at": at(entered),
                "observed_until": _SNAPSHOT,
            }
            for number, (kind, entered) in enumerate(stays, start=1)
        ),
        **dict.fromkeys(("item_id", "stage", "stage_kind", "status_text"), pl.String),
        visit_number=pl.Int32,
        entered_at=INSTANT,
        observed_until=INSTANT,
    )


def life(*stays: tuple[str, str], resolved: str | None = None) -> dict[str, Any]:
    item = items({"resolved_at": at(resolved) if resolved else None})
    return lives(visits(*stays), item).row(0, named=True)


def row(*stays: tuple[str, str], **item: Any) -> dict[str, Any]:
    of = items(item)
    return work_items(of, lives(visits(*stays), of), RELEASES, EVENTS, EVENTS).row(0, named=True)


def test_a_renamed_status_has_its_new_name() -> None:
    assert row(("active", "2026-03-02"), status_shown="In Arbeit")["status"] == "In Arbeit"


# --- lives -------------------------------------------------------------------------


def test_an_item_in_a_done_stage_is_done_since_it_entered_it() -> None:
    found = life(("active", "2026-03-01"), ("done", "2026-03-09"))

    assert (found["is_done"], found["done_at"]) == (True, at("2026-03-09"))


def test_an_item_that_was_reopened_is_not_done() -> None:
    found = life(("active", "2026-03-01"), ("done", "2026-03-09"), ("active", "2026-03-12"))

    assert (found["is_done"], found["done_at"], found["is_ended"]) == (False, None, False)


def test_an_item_done_again_is_done_since_the_last_time() -> None:
    found = life(("done", "2026-03-09"), ("active", "2026-03-12"), ("done", "2026-03-15"))

    assert found["done_at"] == at("2026-03-15")


def test_a_dropped_item_has_ended_and_is_not_done() -> None:
    found = life(("queue", "2026-03-01"), ("dropped", "2026-03-09"))

    assert (found["is_dropped"], found["is_done"], found["done_at"]) == (True, False, None)
    assert found["dropped_at"] == found["ended_at"] == at("2026-03-09")


def test_the_clock_of_an_open_item_runs_to_the_snapshot() -> None:
    found = life(("active", "2026-03-01"))

    assert (found["ended_at"], found["is_ended"]) == (_SNAPSHOT, False)


def test_an_item_done_since_creation_ended_when_it_was_resolved() -> None:
    assert life(("done", "2026-03-01"), resolved="2026-03-07")["done_at"] == at("2026-03-07")


def test_a_resolution_from_before_the_creation_is_no_evidence() -> None:
    assert life(("done", "2026-03-01"), resolved="2026-02-07")["done_at"] == at("2026-03-01")


def test_where_there_is_a_history_it_says_when_an_item_was_done() -> None:
    found = life(("active", "2026-03-01"), ("done", "2026-03-09"), resolved="2026-03-10")

    assert found["done_at"] == at("2026-03-09")


def test_an_item_in_a_stage_of_no_kind_is_open() -> None:
    stay = visits(("active", "2026-03-01")).with_columns(stage_kind=pl.lit(None, pl.String))

    assert lives(stay, items({})).select("is_done", "is_dropped").rows() == [(False, False)]


# --- work items --------------------------------------------------------------------


def test_lead_time_runs_from_creation_to_done() -> None:
    assert row(("active", "2026-03-01"), ("done", "2026-03-09 12:00"))["lead_time_days"] == 8.5


def test_an_open_item_has_an_age_and_no_lead_time() -> None:
    found = row(("active", "2026-03-01"))

    assert (found["lead_time_days"], found["age_days"]) == (None, 30)


def test_a_dropped_item_has_no_lead_time() -> None:
    found = row(("active", "2026-03-01"), ("dropped", "2026-03-04"))

    assert (found["lead_time_days"], found["age_days"]) == (None, 3)


def test_an_end_that_an_import_dated_before_the_creation_makes_no_negative_duration() -> None:
    found = row(("active", "2026-02-01"), ("done", "2026-02-09"))

    assert (found["lead_time_days"], found["age_days"]) == (None, 0)


def work_items_of(*rows: Row) -> pl.DataFrame:
    of = items(*rows)
    stays = pl.concat(
        visits(("active", "2026-03-01")).with_columns(item_id=pl.lit(name)) for name in ("a", "b")
    )
    releases = pl.DataFrame({"item_id": ["a"], "release": ["1.4"]})
    return work_items(of, lives(stays, of), releases, EVENTS, EVENTS)


def test_a_parent_that_is_not_here_is_not_named() -> None:
    found = work_items_of({"parent_id": "elsewhere"}, {"item_id": "b"})

    assert with_known_parents(found)["parent_id"].to_list() == [None, None]


def test_a_parent_that_is_here_is() -> None:
    found = with_known_parents(work_items_of({"parent_id": "b"}, {"item_id": "b"}))

    assert found.select("item_id", "parent_id", "release").rows() == [
        ("a", "b", "1.4"),
        ("b", None, None),
    ]


def test_attempts_and_reassignments_are_counted_item_by_item() -> None:
    of = items({}, {"item_id": "b"})
    stays = pl.concat(
        visits(("active", "2026-03-01")).with_columns(item_id=pl.lit(name)) for name in ("a", "b")
    )
    attempts, reassigned = pl.DataFrame({"item_id": ["b", "b"]}), pl.DataFrame({"item_id": ["b"]})

    found = work_items(of, lives(stays, of), RELEASES, attempts, reassigned)
    assert found.select("handoff_count", "reassignment_count").rows() == [(0, 0), (2, 1)]


def test_the_clock_runs_from_its_start_to_the_end_of_the_item() -> None:
    committed = at("2026-03-03")
    done = row(("active", "2026-03-01"), ("done", "2026-03-09"), clock_from=committed)
    dropped = row(("active", "2026-03-01"), ("dropped", "2026-03-04"), clock_from=committed)

    assert (done["clock_started_at"], done["clock_ended_at"]) == (committed, at("2026-03-09"))
    assert dropped["clock_ended_at"] == at("2026-03-04")


def test_the_clock_of_an_open_item_stands_at_the_snapshot() -> None:
    assert row(("active", "2026-03-01"), clock_from=_CREATED)["clock_ended_at"] == _SNAPSHOT


def test_what_has_no_clock_has_no_end_of_one() -> None:
    found = row(("active", "2026-03-01"), ("done", "2026-03-09"))

    assert (found["clock_started_at"], found["clock_ended_at"]) == (None, None)

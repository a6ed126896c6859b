"""Is everything there: what a source that shows nothing is told as."""

from datetime import UTC, datetime

import polars as pl

from pipelines.findings.completeness import replay, sources, unread_sources, without_items


def test_a_source_without_any_item_is_a_warning() -> None:
    sources = pl.DataFrame({"source": ["acme", "code"]})
    items = pl.DataFrame({"source": ["code", "code"]})

    (finding,) = without_items(sources, items)

    assert (finding.source, finding.finding, finding.severity) == ("acme", "no_items", "warning")
    assert "what its account may see" in finding.detail


def test_sources_with_items_are_none() -> None:
    sources = pl.DataFrame({"source": ["code"]})

    assert list(without_items(sources, pl.DataFrame({"source": ["code"]}))) == []


def test_items_without_their_history_are_a_warning_and_a_missing_side_file_is_none() -> None:
    bare = "13 of 13 issues came without changelog: their moves between statuses are unknown"
    grave = "came without"
    source = {
        "source": "archive",
        "snapshot_at": datetime(2026, 3, 2, tzinfo=UTC),
        "is_snapshot_declared": True,
        "lacks": ["no fields.json: custom fields are known by their ids", bare],
    }
    found = [
        (one.finding, one.severity, one.detail)
        for one in sources(pl.DataFrame([source]), grave=grave)
    ]

    assert found == [
        ("source_lacks", "info", "no fields.json: custom fields are known by their ids"),
        ("source_lacks", "warning", bare),
    ]


def syncs(*rows: tuple[str, int, int | None, str | None]) -> pl.DataFrame:
    """Syncs: source, day of March they began, day they stand for (null: no end), error."""

    def day(number: int | None) -> datetime | None:
        return None if number is None else datetime(2026, 3, number, 6, tzinfo=UTC)

    return pl.DataFrame(
        [
            (source, str(begun), day(begun), day(end), day(end), why)
            for source, begun, end, why in rows
        ],
        schema={
            "source": pl.String,
            "run_id": pl.String,
            "started_at": pl.Datetime("us", "UTC"),
            "finished_at": pl.Datetime("us", "UTC"),
            "snapshot_at": pl.Datetime("us", "UTC"),
            "error": pl.String,
        },
        orient="row",
    )


def test_a_source_that_was_read_to_its_end_the_last_time_is_none_of_the_unread() -> None:
    read = syncs(("acme", 2, None, "acme: 500"), ("acme", 3, 3, None))

    assert list(unread_sources(["acme"], read)) == []


def test_of_two_syncs_at_one_instant_the_one_with_an_end_was_the_second_try() -> None:
    read = syncs(("acme", 3, 3, None), ("acme", 3, None, "acme: 500"))
    retried = read.with_columns(run_id=pl.Series(["a", "b"]))

    assert list(unread_sources(["acme"], retried)) == []


def test_a_source_never_read_is_an_error_and_says_what_stands_in_its_way() -> None:
    read = syncs(("acme", 2, None, "acme: 401; renew the token"), ("code", 2, None, None))
    found = [
        (one.source, one.finding, one.severity, one.detail.partition(": ")[2])
        for one in unread_sources(["code", "new", "acme"], read)
    ]

    assert found == [
        ("acme", "source_never_read", "error", "acme: 401; renew the token."),
        ("code", "source_never_read", "error", "its last sync was stopped."),
        ("new", "source_never_read", "error", "no sync has begun with it yet."),
    ]


def test_a_source_whose_last_read_failed_is_a_warning_with_the_instant_it_stands_for() -> None:
    read = syncs(("acme", 2, 2, None), ("acme", 3, None, "acme: unreachable"))
    (one,) = unread_sources(["acme"], read)

    assert (one.source, one.finding, one.severity) == ("acme", "source_read_failed", "warning")
    assert "2026-03-02 06:00 UTC" in one.detail
    assert one.detail.endswith(": acme: unreachable.")


def test_histories_that_could_not_be_compared_are_not_told_to_agree() -> None:
    counts = pl.DataFrame(
        [
            ("acme", "parent", 32, 26, 26),
            ("acme", "status", 5, 5, 5),
            ("acme", "versions", 3, 2, 1),
        ],
        schema=["source", "field", "histories", "compared", "agreeing"],
        orient="row",
    )
    mismatches = pl.DataFrame({"item_id": ["1"], "field": ["versions"]})
    items = pl.DataFrame({"item_id": ["1"], "source": ["acme"], "key": ["PAY-1"]})

    parent, status, versions = (one.detail for one in replay(counts, mismatches, items))
    assert parent == (
        "Every history of 'parent' that could be compared ends at its present value; of 6 more no "
        "payload shows it."
    )
    assert status == "Every history of 'status' ends at its present value."
    assert versions == (
        "The history of 'versions' does not end at its present value in 1 of 2 items, for example "
        "PAY-1; core.replay_mismatches lists them all with the reason. Of 1 more no payload shows "
        "it."
    )

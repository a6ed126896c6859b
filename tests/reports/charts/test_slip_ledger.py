from reports.charts import slip_ledger as chart
from reports.table import Link
from tests.reports import factories as f
from tests.reports.drawn import layers_on, records

ITEMS: chart.Items = {
    "jira:acme:PAY-12": {
        "item_id": "jira:acme:PAY-12",
        "key": "PAY-12",
        "title": "Refunds",
        "url": "https://acme.example/browse/PAY-12",
    }
}
LEDGER = [
    f.commitment("PAY-31", "2026-02-02", "2026-02-27", shipped_at=f.at("2026-02-26", 23)),
    f.commitment("PAY-12", "2026-01-05", "2026-05-18", is_lower_bound=True),
    f.commitment("PAY-40", "2026-02-02", None),
    f.commitment("PAY-55", "2026-03-02", "2026-02-20"),
]


def test_only_dates_that_moved_later_are_drawn_furthest_first() -> None:
    drawn = chart.slip_ledger(f.frame("commitments", LEDGER), ITEMS, "Europe/Berlin").to_dict()
    rows = records(drawn)
    assert [row["name"] for row in rows] == ["PAY-12 Refunds", "PAY-31"]
    assert (rows[0]["original"], rows[0]["current"]) == ("2026-01-05", "2026-05-18")
    assert layers_on(drawn, "x")[1:5] == [
        ("rule", "original"),
        ("point", "original"),
        ("point", "current"),
        ("point", "shipped"),
    ]


def test_a_release_without_history_slipped_at_least_this_far() -> None:
    rows = records(chart.slip_ledger(f.frame("commitments", LEDGER), ITEMS, "UTC").to_dict())
    assert rows[0]["value"] == "at least 133 days"


def test_done_falls_on_the_day_of_the_declared_zone() -> None:
    frame = f.frame("commitments", LEDGER)
    berlin, utc = (
        records(chart.slip_ledger(frame, ITEMS, zone).to_dict())[1]["shipped"]
        for zone in ("Europe/Berlin", "UTC")
    )
    assert (berlin, utc) == ("2026-02-27", "2026-02-26")


def test_the_title_names_the_furthest_move() -> None:
    assert chart.finding(f.frame("commitments", LEDGER)) == (
        "PAY-12 moved furthest: 133 days, from 5 January 2026 to 18 May 2026"
    )


def test_the_table_links_to_the_tracker_where_the_address_is_known() -> None:
    rows = chart.table(f.frame("commitments", LEDGER), ITEMS, "UTC").rows
    assert rows[0][0] == Link("PAY-12", "https://acme.example/browse/PAY-12")
    assert rows[1][0] == Link("PAY-31", None)


def test_a_release_numbered_as_an_item_is_not_told_under_its_title() -> None:
    release = f.commitment("PAY-12", "2026-01-05", "2026-05-18", subject_kind="release")

    [drawn] = records(chart.slip_ledger(f.frame("commitments", [release]), ITEMS, "UTC").to_dict())
    assert drawn["name"] == "PAY-12"


def test_a_cleared_date_is_counted_where_it_cannot_be_drawn() -> None:
    assert chart.notes(f.frame("commitments", LEDGER)) == (
        "1 commitment without a date today: nobody can say how far they slipped.",
    )


def test_of_many_slips_twelve_are_drawn_and_twenty_five_listed() -> None:
    many = [f.commitment(f"PAY-{n}", "2026-01-05", f"2026-02-{n:02}") for n in range(1, 29)]
    frame = f.frame("commitments", many)
    assert len(records(chart.slip_ledger(frame, {}, "UTC").to_dict())) == 12
    assert len(chart.table(frame, {}, "UTC").rows) == 25
    assert chart.notes(frame) == ("12 of the 28 commitments that moved later.",)

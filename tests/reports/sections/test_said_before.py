"""What the page said a night and a week ago."""

from datetime import datetime
from typing import Any

from reports.sections.said_before import said_before
from reports.table import Table, Tracker
from tests.reports.factories import at, cause, facts, report_data, summary, unsure_cause

NOW = datetime.fromisoformat("2026-05-03T00:00:00+00:00")


def said(day: str, figure: str, estimate: float | None, **changes: Any) -> dict[str, Any]:
    known = {
        "snapshot_at": at(day, 0),
        "scope": "organisation",
        "figure": figure,
        "estimate": estimate,
        "items": 400,
        "config_hash": "9f2c41d07ab3",
    }
    return {**known, **changes}


def told(*rows: dict[str, Any], now: float | None = 0.35, **tables: Any) -> Table | None:
    summaries = [] if now is None else [summary("rejection_rate", now, items=400)]
    tables = {"metric_summaries": summaries, "published_figures": list(rows), **tables}
    return said_before(report_data(facts(as_of=NOW, timezone="UTC"), **tables))


def test_the_night_before_and_the_last_one_of_a_week_ago_stand_beside_today() -> None:
    table = told(
        said("2026-05-02", "rejection_rate", 0.36),
        said("2026-04-28", "rejection_rate", 0.37),
        said("2026-04-26", "rejection_rate", 0.38),
        said("2026-04-20", "rejection_rate", 0.39),
    )
    assert table is not None
    headings = [column.heading for column in table.columns]
    assert headings == ["Figure", "Now", "2 May 2026", "26 April 2026"]
    assert table.rows == (("Handoffs sent back", "35%", "36%", "38%"),)


def test_the_first_night_has_nothing_to_look_back_on() -> None:
    assert told(said("2026-05-03", "rejection_rate", 0.35)) is None


def test_of_two_builds_on_one_day_the_last_one_counts_and_today_is_the_page_itself() -> None:
    table = told(
        said("2026-05-02", "rejection_rate", 0.36, snapshot_at=at("2026-05-02", 4)),
        said("2026-05-02", "rejection_rate", 0.37, snapshot_at=at("2026-05-02", 23)),
        said("2026-05-03", "rejection_rate", 0.99),
    )
    assert table is not None
    assert table.rows == (("Handoffs sent back", "35%", "37%"),)


def test_as_of_an_instant_between_two_nights_now_is_what_the_page_says() -> None:
    table = told(said("2026-05-01", "rejection_rate", 0.36), now=0.34)
    assert table is not None
    assert table.rows == (("Handoffs sent back", "34%", "36%"),)


def test_a_night_under_another_configuration_is_not_compared() -> None:
    other = said("2026-05-02", "rejection_rate", 0.2, config_hash="another")
    table = told(other)
    assert table is not None
    assert table.rows == (("Handoffs sent back", "35%", "other rules"),)


def test_the_constraint_is_named_with_its_days() -> None:
    first = cause("decision_wait:Roadmap", excess_days=5.71)
    queue = said("2026-05-02", "constraint", 1.2, low=0.3, said="queue:Ready")
    table = told(queue, now=None, constraints=[first])
    assert table is not None
    ((_, now, before),) = table.rows
    assert now == Tracker("Waiting for Roadmap, 5.7 days")
    assert before == Tracker("Queue: Ready, 1.2 days")


def test_a_first_cause_that_may_have_cost_nothing_is_not_named_then_or_now() -> None:
    maybe = unsure_cause("decision_wait:Roadmap")
    queue = said("2026-05-02", "constraint", 0.4, low=-0.1, said="queue:Ready")
    table = told(queue, now=None, constraints=[maybe])
    assert table is not None
    assert table.rows == (("Costs most beyond normal", *["no single cause"] * 2),)


def test_too_few_are_not_told_then_either() -> None:
    few = summary("on_time_rate", 0.5, items=12)
    before = said("2026-05-02", "on_time_rate", None)
    table = told(before, metric_summaries=[few])
    assert table is not None
    assert table.rows == (("On time against the first promise", *["cannot be told"] * 2),)

"""What the published data can and cannot support, in a sentence with its figure."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from roadworthy.checking.data import data_findings
from roadworthy.checking.finding import Finding

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place

AT = datetime(2026, 4, 10, 6, tzinfo=UTC)
EMPTY_CORE = """
    create table core.field_changes (item_id varchar, field varchar, to_text varchar);
    update core.sources set kind = 'jira';
"""
WORK = """
    insert into main.work_items by name
    select 'i' || n as item_id, 'archive' as source, 'ticket' as kind, 'PAY-' || n as key,
        'PAY' as project, 'PAY' as team, false as is_subtask,
        timestamptz '2026-01-05 08:00:00Z' as created_at,
        timestamptz '2026-03-31 06:00:00Z' as observed_until, 'Idea' as stage, 'Idea' as status,
        false as is_done, false as is_dropped, 1.0 as age_days, 0 as handoff_count,
        0 as reassignment_count
    from range(4) as t(n)
"""


def found(place: "Place", *statements: str) -> dict[str, Finding]:
    place.publish(EMPTY_CORE, WORK, *statements)
    return {one.where: one for one in data_findings(place.loaded, at=AT)}


def audit(finding: str, severity: str, detail: str, expected: int = 0, count: int = 0) -> str:
    return (
        f"insert into main.data_audit values ('archive', '{finding}', '', '{severity}', "  # noqa: S608
        f"{expected}, {count}, null, '{detail}')"
    )


def test_where_nothing_is_published_one_note_says_so(place: "Place") -> None:
    [note] = data_findings(place.loaded, at=AT)
    assert (note.level, note.remedy) == ("note", "run 'roadworthy nightly', then check again")


def test_data_that_is_old_is_warned_of(place: "Place") -> None:
    fresh = found(place)["source archive"]
    assert fresh.level == "warning"
    assert fresh.what == "3 records as of 2026-03-31 06:00 UTC, 10 days old"


def test_an_unmapped_status_is_a_fault_of_the_configuration(place: "Place") -> None:
    told = found(place, audit("unmapped_status", "error", "No stage names Odd, 12.0% of time."))
    finding = told["archive unmapped_status"]
    assert (finding.level, finding.fault) == ("error", "configuration")
    assert finding.what == "No stage names Odd, 12.0% of time."


def test_lost_histories_are_a_fault_of_the_data_with_both_counts(place: "Place") -> None:
    finding = found(place, audit("histories", "error", "Lost.", 100, 60))["archive histories"]
    assert (finding.level, finding.fault) == ("error", "data")
    assert finding.what == "Lost. (60 of 100)"


def test_what_is_no_error_is_counted_and_not_listed(place: "Place") -> None:
    told = found(place, audit("no_dates", "info", "None."), audit("misclicks", "warning", "x"))
    assert told["audit"].what == "2 findings more, no error among them"


@pytest.mark.parametrize("where", ["handoffs", "due dates", "releases", "reviews"])
def test_what_cannot_be_supported_is_said(place: "Place", where: str) -> None:
    assert found(place)[where].level in ("note", "warning")


def test_releases_say_since_when_their_dates_are_known(place: "Place") -> None:
    seen = (
        "insert into core.release_dates values ('r1', 'PAY', '2026-05-01', '2026-03-01 06:00:00Z')"
    )
    assert found(place, seen)["releases"].what.startswith("1 have a date, seen since 2026-03-01")


def test_weeks_before_and_after_an_intervention_are_counted(place: "Place") -> None:
    change = '\n[[interventions]]\nname = "P"\nkind = "process"\non = 2026-03-02\n'
    with place.config.open("a", encoding="utf-8") as file:
        file.write(change)
    finding = found(place)["before and after 'P'"]
    assert (finding.level, finding.what) == ("warning", "8 weeks before it and 4 after")


def test_a_normal_of_a_stage_that_is_misspelt_is_warned_of(place: "Place") -> None:
    text = place.config.read_text(encoding="utf-8")
    normals = '[benchmarks]\nqueue_wait_days = 3\n"queue:Designs" = 1\n"queue:Design" = 2\n'
    place.config.write_text(f"{text}\n{normals}", encoding="utf-8")
    told = found(
        place,
        "insert into main.latency_components by name select 'i1' as item_id, "
        "'PAY' as team, 'queue:Design' as component, 'queue' as cause_kind, "
        "1.0 as days, 86400000000 as microseconds",
    )
    assert [where for where in told if where.startswith("benchmarks")] == [
        "benchmarks.queue:Designs"
    ]
    finding = told["benchmarks.queue:Designs"]
    assert (finding.level, finding.what) == ("warning", "no item ever met this cause")
    assert "did you mean 'queue:Design'?" in finding.remedy

from datetime import date, timedelta

from reports.sections.slips import slips
from tests.reports import factories as f


def test_commitments_slips_and_silent_misses_are_counted_in_the_lead() -> None:
    data = f.report_data(
        commitments=[
            f.commitment("PAY-1", "2026-01-05", "2026-02-05"),
            f.commitment("PAY-2", "2026-01-05", "2026-01-05", slip_count=0, is_silent_miss=True),
            f.commitment("R-1", "2026-01-05", "2026-02-05", is_lower_bound=True),
            f.commitment("PAY-3", "2026-01-05", "2026-02-05", original_on=None, net_slip_days=None),
        ]
    )
    lead = slips(data).lead
    assert lead[0] == (
        "Of 3 commitments, 2 slipped at least once and 1 passed their date in silence."
    )
    assert lead[1].startswith("For 1 of them the moves before the first snapshot cannot be known")


def test_a_part_is_not_counted_with_its_whole_and_a_release_of_its_number_is_none() -> None:
    promised = [
        f.commitment("PAY-1", "2026-01-05", "2026-02-05"),
        f.commitment("PAY-2", "2026-01-05", "2026-02-05"),
        f.commitment("PAY-2", "2026-01-05", "2026-02-05", subject_kind="release"),
    ]
    data = f.report_data(
        work_items=[f.work_item("PAY-2", "Part", is_subtask=True)],
        commitments=promised,
        date_moves=[
            f.date_move("PAY-1", 1, "slip"),
            f.date_move("PAY-2", 1, "slip"),
            f.date_move("PAY-2", 1, "slip", subject_kind="release"),
        ],
    )
    section = slips(data)
    assert section.lead[0].startswith("Of 2 commitments, 2 slipped")
    assert (
        section.figures[-1].title
        == "After the commitment, dates moved later 2 times and never earlier"
    )


def test_without_a_rate_that_can_be_told_the_page_has_no_finding_about_promises() -> None:
    data = f.report_data(metric_summaries=[f.summary("on_time_rate", 0.4, items=19)])
    assert slips(data).finding is None


def test_dates_that_were_moved_every_day_for_years_are_drawn() -> None:
    """More points than the library of the charts would draw of itself."""
    days = [date(2010, 1, 1) + timedelta(days=day) for day in range(1700)]
    promised = {"committed_at": f.at("2009-01-01")}
    commitments = [
        f.commitment(f"PAY-{number}", "2010-01-01", "2014-09-01", **promised) for number in range(3)
    ]
    moves = [
        f.date_move(one["subject"], place, "slip", moved_at=f.at(f"{day}"), to_on=day)
        for one in commitments
        for place, day in enumerate(days)
    ]
    data = f.report_data(commitments=commitments, date_moves=moves)
    curves = next(one for one in slips(data).figures if one.name == "slip-curves")
    assert curves.spec is not None

from reports.sections.handing_over import handing_over
from tests.reports import factories as f


def test_rework_that_is_not_over_is_a_lower_bound() -> None:
    data = f.report_data(
        handoffs=[
            f.handoff("PAY-1", 1, rework_hours=240.0),
            f.handoff("PAY-2", 1, rework_hours=480.0, is_rework_open=True),
            f.handoff("PAY-3", 1, rework_hours=None, verdict="accepted"),
        ]
    )
    (reworks,) = handing_over(data).folded
    assert [row[-1] for row in reworks.rows] == ["at least 20", "10"]


def test_without_handoffs_the_section_says_what_it_needs_and_has_no_finding() -> None:
    section = handing_over(f.report_data())
    assert section.finding is None
    assert "stages with an owner each" in section.lead[0]

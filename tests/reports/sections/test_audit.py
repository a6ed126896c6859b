from reports.sections.audit import audit
from tests.reports import factories as f


def test_errors_come_before_warnings_before_notes() -> None:
    data = f.report_data(
        data_audit=[
            f.audit_row("b", "info", "Good to know."),
            f.audit_row("a", "warning", "Read with care."),
            f.audit_row(
                "lost_history", "error", "One is lost.", expected=412, found=411, source="*"
            ),
        ]
    )
    section = audit(data)
    assert [table.caption for table in section.tables] == ["1 error", "1 warning", "1 note"]
    assert section.tables[0].rows[0][:2] == ("lost history", "all sources")
    assert section.tables[0].rows[0][4:6] == ("412", "411")


def test_more_findings_than_fit_are_counted() -> None:
    rows = [f.audit_row("a", "warning", "x", subject=f"s{n:03}") for n in range(61)]
    (table,) = audit(f.report_data(data_audit=rows)).tables
    assert len(table.rows) == 60
    assert table.caption == ("61 warnings, the first 60; all of them are in the table data_audit")

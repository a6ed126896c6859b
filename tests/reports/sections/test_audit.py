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


def test_what_was_read_is_counted_against_what_was_announced() -> None:
    data = f.report_data(
        sources=[
            f.source_read("acme", quarantined=2, histories_received=8990, short_items=3),
            f.source_read("code", missing=4, histories_announced=None, histories_received=None),
        ]
    )
    day = "3 May 2026, 11:00 (Europe/Berlin)"
    section = audit(data)
    assert section.tables[0].caption == "Expected against found, by source"
    assert [column.heading for column in section.tables[0].columns] == [
        "Source",
        "Records stored",
        "Quarantined",
        "Missing",
        "Histories announced",
        "Histories received",
        "Short items",
        "Requests",
        "Snapshot",
    ]
    assert section.tables[0].rows == (
        ("acme", "1,200", "2", "0", "9,000", "8,990", "3", "14", day),
        ("code", "1,200", "0", "4", "not said", "", "", "14", day),
    )
    assert len(section.lead) == 3

"""An organisation whose tracker means harm: every text somebody could have typed is an attack."""

from reports.data import ReportData
from tests.reports import factories as f

MARKUP = "</script><script>window.pwned=1</script><img src=x onerror=window.pwned=1><b>bold"
TEMPLATE = "{{ 7*7 }}{% raw %}'; window.pwned=1; //"
REVERSED = "invoice\u202egpj.exe \u2066 \u0007 \x1b[31m"
COLOUR = "var(--x) var(--ink)"
HUGE = "<i>" + "A" * 1_000_000


def hostile() -> ReportData:
    return f.report_data(
        f.facts(title=MARKUP, sources=(MARKUP, REVERSED), config_hash=MARKUP),
        stage_durations=[
            f.stage(MARKUP, 0, "queue"),
            f.stage(HUGE, 1, "<u>kind"),
            f.stage(COLOUR, 2, "active"),
        ],
        handoff_rates=[f.handoff_rate(MARKUP, HUGE, from_role=TEMPLATE, to_role=REVERSED)],
        readiness_rules=[f.rule(MARKUP, 1), f.rule(HUGE, 2)],
        metric_summaries=[
            f.summary("rejection_rate", 0.3),
            f.summary("on_time_rate", 0.4),
            *(f.summary("rejection_rate", 0.3, scope=f"team:{team}") for team in (MARKUP, HUGE)),
            f.summary("on_time_rate", 0.4, scope=f"release:{MARKUP}"),
        ],
        decision_rights=[f.decision_right(MARKUP, decides=TEMPLATE)],
        decision_right_shares=[f.decision_right_share(MARKUP, "decides", 0.6, of=MARKUP)],
        weekly_metrics=[
            f.week("rejection_rate", "2026-03-02", 0.4),
            f.week(f"time_in_stage_days:{MARKUP}", "2026-03-02", 4.0),
        ],
        interventions=[f.intervention(MARKUP, "2026-03-04"), f.intervention(HUGE, "2026-03-05")],
        commitments=[
            f.commitment("PAY-1", "2026-01-05", "2026-05-18"),
            f.commitment(MARKUP, "2026-01-05", "2026-04-18"),
            f.commitment(MARKUP, "2026-01-05", "2026-03-18", subject_kind="release", team=MARKUP),
        ],
        date_moves=[f.date_move("PAY-1", 1, "slip")],
        work_items=[
            f.work_item("PAY-1", MARKUP, url="javascript:window.pwned=1"),
            f.work_item("PAY-2", HUGE, url=REVERSED),
            f.work_item("PAY-3", TEMPLATE, url='https://acme.example/"onmouseover="window.pwned=1'),
        ],
        visits=[f.open_visit(f"PAY-{n}", MARKUP, "queue", 10.0 * n) for n in (1, 2, 3)],
        handoffs=[f.handoff(f"PAY-{n}", 1, from_stage=MARKUP) for n in (1, 2, 3)],
        data_audit=[f.audit_row(MARKUP, "error", HUGE, subject=TEMPLATE)],
    )

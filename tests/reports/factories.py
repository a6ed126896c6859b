"""Rows of the tables in `main` from a few overrides, and a small organisation written out by hand.

Columns come from `sql/schema/main` itself, so that a frame here cannot drift from its table.
"""

import re
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from reports.data import TABLES, Facts, ReportData

SCHEMA = Path(__file__).parents[2] / "sql" / "schema" / "main"

TYPES: dict[str, pl.DataType] = {
    "varchar": pl.String(),
    "varchar[]": pl.List(pl.String()),
    "integer": pl.Int32(),
    "bigint": pl.Int64(),
    "double": pl.Float64(),
    "boolean": pl.Boolean(),
    "date": pl.Date(),
    "timestamptz": pl.Datetime("us", "UTC"),
}


@cache
def columns(table: str) -> dict[str, pl.DataType]:
    """Names and types of a table's columns, as its SQL states them."""
    text = (SCHEMA / f"{table}.sql").read_text(encoding="utf-8")
    body = text[text.index("create table") : text.index("\n);")]
    return {
        name: TYPES[kind]
        for name, kind in re.findall(
            r"^    (\w+) ([a-z]+(?:\[\])?)(?=[ ,\n]|$)", body, re.MULTILINE
        )
        if kind in TYPES
    }


def frame(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows as a frame of a table; a column that no row names is null."""
    known = columns(table)
    strange = {name for row in rows for name in row} - set(known)
    assert not strange, f"main.{table} has no {strange}"
    return pl.DataFrame([{**dict.fromkeys(known), **row} for row in rows], schema=known)


def at(day: str, hour: int = 9) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


def facts(**changes: object) -> Facts:
    known: dict[str, Any] = {
        "title": "Acme: execution latency",
        "as_of": datetime(2026, 5, 3, 0, 0, tzinfo=UTC),
        "timezone": "Europe/Berlin",
        "config_hash": "9f2c41d07ab3",
        "version": "0.1.0",
        "sources": ("acme", "code"),
        "minimum_group": 5,
        "has_stages": True,
        "has_readiness": True,
    }
    return Facts(**{**known, **changes})


def stage(name: str, rank: int, kind: str | None, **changes: object) -> dict[str, Any]:
    known = {
        "scope": "organisation",
        "stage": name,
        "stage_rank": rank,
        "stage_kind": kind,
        "owner_role": "engineering",
        "visits": 400,
        "open_visits": 12,
        "repeat_visits": 30,
        "items": 370,
        "total_days": 2400.0,
        "p50_days": 4.2,
        "p85_days": 11.0,
        "mean_days": 6.1,
        "mean_low": 5.4,
        "mean_high": 6.8,
        "horizon_days": 30.0,
    }
    return {**known, **changes}


def handoff_rate(from_stage: str, to_stage: str, **changes: object) -> dict[str, Any]:
    known = {
        "scope": "organisation",
        "from_stage": from_stage,
        "to_stage": to_stage,
        "from_role": "product",
        "to_role": "engineering",
        "attempts": 412,
        "items": 290,
        "accepted": 231,
        "rejected": 142,
        "recalled": 18,
        "dropped": 12,
        "undecided": 9,
        "late_returns": 24,
        "skips": 3,
        "rejection_rate": 0.347,
        "rejection_low": 0.301,
        "rejection_high": 0.392,
        "first_pass_yield": 0.55,
        "first_pass_low": 0.49,
        "first_pass_high": 0.61,
        "rework_days": 1310.5,
        "median_verdict_days": 2.4,
        "horizon_days": 21.0,
    }
    return {**known, **changes}


def rule(name: str, number: int, **changes: object) -> dict[str, Any]:
    known = {
        "scope": "organisation",
        "rule": name,
        "rule_number": number,
        "checks": 412,
        "passes": 230,
        "fails": 160,
        "not_evaluable": 22,
        "sole_fails": 40,
        "fail_rate": 0.41,
        "fail_low": 0.36,
        "fail_high": 0.46,
        "passes_now": 371,
        "filled_later": 141,
        "rejected_when_failed": 0.58,
        "rejected_when_passed": 0.19,
    }
    return {**known, **changes}


def summary(metric: str, estimate: float | None, **changes: object) -> dict[str, Any]:
    known = {
        "metric": metric,
        "scope": "organisation",
        "estimate": estimate,
        "low": None if estimate is None else estimate * 0.9,
        "high": None if estimate is None else estimate * 1.1,
        "items": 412,
        "open_items": 9,
        "horizon_days": 21.0,
    }
    return {**known, **changes}


def week(metric: str, monday: str, estimate: float | None, **changes: object) -> dict[str, Any]:
    known = {
        "metric": metric,
        "scope": "organisation",
        "week_on": date.fromisoformat(monday),
        "estimate": estimate,
        "low": None if estimate is None else estimate * 0.7,
        "high": None if estimate is None else estimate * 1.3,
        "items": 24,
        "open_items": 0,
        "is_mature": True,
        "horizon_days": 21.0,
    }
    return {**known, **changes}


def commitment(
    subject: str, original: str, current: str | None, **changes: object
) -> dict[str, Any]:
    first = date.fromisoformat(original)
    now = None if current is None else date.fromisoformat(current)
    net = None if now is None else (now - first).days
    known = {
        "subject_kind": "item",
        "subject_id": f"jira:acme:{subject}",
        "subject": subject,
        "team": "PAY",
        "date_source": "due_date",
        "committed_at": at("2025-11-03"),
        "original_on": first,
        "current_on": now,
        "shipped_at": None,
        "slip_count": 2,
        "gross_slip_days": max(net or 0, 0),
        "pull_in_days": 0,
        "net_slip_days": net,
        "is_on_time": False,
        "is_on_time_current": True,
        "is_silent_miss": False,
        "is_lower_bound": False,
    }
    return {**known, **changes}


def date_move(subject: str, number: int, move: str, **changes: object) -> dict[str, Any]:
    known = {
        "subject_kind": "item",
        "subject_id": f"jira:acme:{subject}",
        "move_number": number,
        "team": "PAY",
        "moved_at": at("2025-12-01"),
        "from_on": date(2025, 12, 5),
        "to_on": date(2025, 12, 19),
        "move": move,
        "days": 14,
        "days_before_due": 4,
        "actor_role": "product",
        "is_after_commitment": True,
        "is_bulk": False,
    }
    return {**known, **changes}


def work_item(key: str, title: str | None, **changes: object) -> dict[str, Any]:
    known = {
        "item_id": f"jira:acme:{key}",
        "source": "acme",
        "kind": "ticket",
        "key": key,
        "url": f"https://acme.example/browse/{key}",
        "title": title,
        "project": "PAY",
        "team": "PAY",
        "item_type": "Story",
        "is_subtask": False,
        "created_at": at("2025-10-01"),
        "observed_until": at("2026-05-03"),
        "stage": "In Development",
        "stage_kind": "active",
        "status": "In Progress",
        "is_done": False,
        "is_dropped": False,
        "age_days": 214.0,
        "clock_started_at": at("2025-10-01"),
        "clock_ended_at": at("2026-05-03"),
    }
    return {**known, **changes}


def open_visit(key: str, stage_name: str, kind: str, hours: float) -> dict[str, Any]:
    return {
        "item_id": f"jira:acme:{key}",
        "visit_number": 3,
        "team": "PAY",
        "stage": stage_name,
        "stage_kind": kind,
        "owner_role": "engineering",
        "entered_at": at("2026-01-12"),
        "left_at": None,
        "elapsed_hours": hours,
        "business_hours": hours / 4,
        "is_open": True,
        "is_repeat": False,
    }


def handoff(key: str, attempt: int, **changes: object) -> dict[str, Any]:
    known = {
        "handoff_id": f"jira:acme:{key}/{attempt}",
        "item_id": f"jira:acme:{key}",
        "team": "PAY",
        "from_stage": "Shaping",
        "to_stage": "Ready for Dev",
        "from_role": "product",
        "to_role": "engineering",
        "attempt": attempt,
        "handed_at": at("2026-01-12"),
        "verdict": "rejected",
        "verdict_at": at("2026-01-14"),
        "verdict_hours": 48.0,
        "verdict_role": "engineering",
        "rework_hours": 312.0,
        "is_rework_open": False,
        "is_ready": False,
        "failed_rules": ["acceptance criteria"],
        "is_skip": False,
    }
    return {**known, **changes}


def audit_row(finding: str, severity: str, detail: str, **changes: object) -> dict[str, Any]:
    known = {"source": "acme", "finding": finding, "subject": "", "severity": severity}
    return {**known, "detail": detail, **changes}


def intervention(name: str, day: str) -> dict[str, Any]:
    return {
        "intervention": name,
        "intervention_kind": "governance",
        "effective_on": date.fromisoformat(day),
        "washout_days": 28,
        "is_randomised": False,
        "primary_metric": "rejection_rate",
        "useful_effect": 0.1,
    }


def effect(name: str, metric: str, **changes: object) -> dict[str, Any]:
    """A change that halved a share of 40 %."""
    known = {
        "intervention": name,
        "intervention_kind": "governance",
        "metric": metric,
        "is_primary": metric == "rejection_rate",
        "unit": "days" if metric.endswith("_days") else "share",
        "estimate": -0.2,
        "low": -0.3,
        "high": -0.1,
        "counterfactual_level": 0.4,
        "ratio": 0.5,
        "ratio_low": 0.25,
        "ratio_high": 0.75,
        "probability_improved": 0.999,
        "probability_useful": 0.98,
        "verdict": "improved",
        "design_grade": "B",
        "bucket": "week",
        "buckets_before": 30,
        "buckets_after": 24,
        "buckets_immature": 2,
        "items_before": 300,
        "items_after": 240,
        "teams": ["Payments"],
        "comparison_teams": ["Web"],
        "naive_ratio": 0.42,
        "smallest_visible_effect": 0.14,
        "caveats": [],
    }
    return {**known, **changes}


def bucket(name: str, metric: str, monday: str, phase: str, **changes: object) -> dict[str, Any]:
    """A week of a change: 40 % before, 20 % after, where 40 % would have been."""
    is_after = phase == "after"
    known = {
        "intervention": name,
        "metric": metric,
        "bucket_on": date.fromisoformat(monday),
        "phase": phase,
        "is_mature": True,
        "items": 25,
        "open_items": 0,
        "observed": 0.2 if is_after else 0.4,
        "observed_low": 0.1 if is_after else 0.25,
        "observed_high": 0.35 if is_after else 0.6,
        "comparison": 0.41,
        "counterfactual": 0.4 if is_after else None,
        "counterfactual_low": 0.3 if is_after else None,
        "counterfactual_high": 0.5 if is_after else None,
    }
    return {**known, **changes}


_SOURCES: dict[str, Any] = {
    "source": pl.String,
    **dict.fromkeys(("records", "quarantined", "missing"), pl.Int64),
    **dict.fromkeys(("histories_announced", "histories_received", "short_items"), pl.Int64),
    "requests": pl.Int64,
    "snapshot_at": pl.Datetime("us", "UTC"),
}


def source_read(source: str, **changes: object) -> dict[str, Any]:
    """A source of which everything was found."""
    counts = {"records": 1200, "quarantined": 0, "missing": 0, "short_items": 0, "requests": 14}
    histories = {"histories_announced": 9000, "histories_received": 9000}
    return {"source": source, **counts, **histories, "snapshot_at": at("2026-05-03"), **changes}


def report_data(
    given: Facts | None = None,
    sources: list[dict[str, Any]] | None = None,
    **tables: list[dict[str, Any]],
) -> ReportData:
    """Report data of the rows given; every table not named is empty."""
    frames = {table: frame(table, tables.get(table, [])) for table in TABLES}
    read = pl.DataFrame(sources or [], schema=_SOURCES)
    return ReportData(facts=given or facts(), sources=read, **frames)


def acme() -> ReportData:
    """A small organisation in which work bounces between shaping and development."""
    return report_data(
        stage_durations=[
            stage("Shaping", 0, "active", owner_role="product"),
            stage(
                "Ready for Dev",
                1,
                "queue",
                p50_days=7.5,
                p85_days=None,
                mean_days=12.0,
                mean_low=10.5,
                mean_high=13.4,
                open_visits=61,
            ),
            stage(
                "In Development",
                2,
                "active",
                p50_days=3.1,
                p85_days=8.0,
                mean_days=4.4,
                mean_low=4.0,
                mean_high=4.9,
            ),
        ],
        handoff_rates=[
            handoff_rate("Shaping", "Ready for Dev"),
            handoff_rate(
                "Ready for Dev",
                "In Development",
                attempts=11,
                items=11,
                accepted=7,
                rejected=4,
                recalled=0,
                dropped=0,
                undecided=0,
                late_returns=0,
                rejection_rate=0.36,
            ),
        ],
        readiness_rules=[
            rule("acceptance criteria", 1),
            rule(
                "estimate",
                2,
                passes=300,
                fails=112,
                not_evaluable=0,
                fail_rate=0.27,
                fail_low=0.23,
                fail_high=0.32,
                passes_now=402,
                filled_later=102,
            ),
        ],
        metric_summaries=[
            summary("rejection_rate", 0.347, low=0.301, high=0.392),
            summary("first_pass_yield", 0.55, low=0.49, high=0.61, items=290),
            summary("late_return_rate", 0.08, items=231, open_items=0),
            summary("readiness_pass_rate", 0.34, items=390),
            summary("readiness_pass_rate_now", 0.81, items=390),
            summary("on_time_rate", 0.38, low=0.29, high=0.47, items=118, horizon_days=None),
            summary(
                "on_time_rate_current", 0.71, low=0.62, high=0.79, items=118, horizon_days=None
            ),
            summary("slip_rate", 0.58, items=118, horizon_days=None),
            summary("silent_miss_rate", 0.11, items=18, horizon_days=None),
            summary("lead_time_days_p50", 34.0, horizon_days=None),
            summary("lead_time_days_p85", None, horizon_days=None),
        ],
        weekly_metrics=[
            week("rejection_rate", "2026-03-02", 0.41, items=25),
            week("rejection_rate", "2026-03-09", 0.38, items=19),
            week("rejection_rate", "2026-03-16", 0.22, items=31),
            week("rejection_rate", "2026-04-20", None, is_mature=False, open_items=9),
            week("lead_time_days", "2026-03-02", 34.0, items=8),
            week("lead_time_days", "2026-03-09", 31.0, items=9),
        ],
        interventions=[intervention("Product Governance Protocol", "2026-03-12")],
        commitments=[
            commitment("PAY-12", "2026-01-05", "2026-05-18"),
            commitment("PAY-31", "2026-02-02", "2026-02-27", shipped_at=at("2026-02-26")),
            commitment("PAY-40", "2026-02-02", None, slip_count=1),
            commitment("PAY-55", "2026-03-02", "2026-03-02", slip_count=0, is_silent_miss=True),
        ],
        date_moves=[
            date_move("PAY-12", 1, "slip"),
            date_move("PAY-12", 2, "slip"),
            date_move("PAY-31", 1, "pull_in", days=-3),
            date_move("PAY-40", 1, "clear", to_on=None, days=None),
            date_move("PAY-40", 2, "set", is_after_commitment=False),
        ],
        work_items=[
            work_item("PAY-12", "Refunds without a receipt"),
            work_item("PAY-31", "Partial capture"),
        ],
        visits=[
            open_visit("PAY-12", "Ready for Dev", "queue", 2640.0),
            open_visit("PAY-31", "Done", "done", 9000.0),
        ],
        handoffs=[
            handoff("PAY-12", 1),
            handoff("PAY-31", 1, rework_hours=None, verdict="accepted"),
        ],
        data_audit=[
            audit_row(
                "histories_truncated",
                "warning",
                "2 of 412 histories are shorter than the tracker says: run sync --full.",
                expected=412,
                found=410,
                share=0.995,
            ),
            audit_row(
                "unmapped_status", "info", "Status Parked is mapped to no stage.", subject="Parked"
            ),
        ],
    )


def cause(name: str, rank: int | None = 1, **changes: Any) -> dict[str, Any]:
    """A row of `main.constraints`: eight of twenty days, one of them normal if ranked."""
    ranked = {
        "rank": rank,
        "normal": 1.0,
        "benchmark_days": 1.0,
        "benchmark_source": "declared",
        "excess_days": 7.0,
        "excess_low": 6.0,
        "excess_high": 8.0,
        "share": 0.35,
        "probability_first": 0.97,
        "first_under_other_normals": 0.95,
        "in_rank_set": True,
        "verdict": "constraint",
    }
    return {
        "scope": "organisation",
        "cause": name,
        "cause_kind": name.partition(":")[0],
        "days_per_item": 8.0,
        "loop_days": 0.0,
        "benchmark_source": "none",
        "latency_days": 20.0,
        "verdict": "no_benchmark",
        "items": 400,
        **({} if rank is None else ranked),
        **changes,
    }


def unsure_cause(name: str, rank: int = 1, **changes: Any) -> dict[str, Any]:
    """One whose excess may be nothing: its interval holds 0, so no single cause can be named."""
    unsure = {
        "excess_days": 2.0,
        "excess_low": -0.5,
        "excess_high": 5.0,
        "probability_first": 0.6,
        "verdict": "one_of_several",
    }
    return cause(name, rank, **{**unsure, **changes})


def cause_class(name: str, **changes: Any) -> dict[str, Any]:
    """A row of `main.attribution`: two days, one to three; the verdict is structural."""
    return {
        "scope": "organisation",
        "cause_class": name,
        "from_role": "product",
        "to_role": "engineering",
        "excess_days": 2.0,
        "low": 1.0,
        "high": 3.0,
        "posterior": 0.1,
        "verdict": "structural",
        "reason": "rule",
        "verdict_even": "structural",
        "seat_teams": [],
        "seats_withheld": 0,
        "mean_days": 40.0,
        "items": 300,
        **changes,
    }


def latency_share(
    component: str, days: float, whole: float = 20.0, **changes: Any
) -> dict[str, Any]:
    return {
        "scope": "organisation",
        "component": component,
        "cause_kind": component.partition(":")[0],
        "days_per_item": days,
        "low": days * 0.9,
        "high": days * 1.1,
        "share": days / whole,
        "share_low": days / whole * 0.9,
        "share_high": days / whole * 1.1,
        "latency_days": whole,
        "items": 400,
        "open_items": 30,
        "horizon_days": 78.0,
        **changes,
    }


def decision_right(name: str, decides: str | None = "product", **changes: Any) -> dict[str, Any]:
    known = {
        "scope": "organisation",
        "decision_right": name,
        "decides": decides,
        "changes": 100,
        "items": 60,
        "effective_deciders": 1.9,
        "effective_low": 1.8,
        "effective_high": 2.0,
        "out_of_role_share": 0.4 if decides else None,
        "out_of_role_low": 0.3 if decides else None,
        "out_of_role_high": 0.5 if decides else None,
        "contest_rate": 0.6,
        "contest_low": 0.5,
        "contest_high": 0.7,
        "bulk_changes": 0,
        "unknown_share": 0.0,
        "verdict": "measured",
    }
    return {**known, **changes}


def decision_right_share(
    role: str, standing: str, part: float, of: str = "priority"
) -> dict[str, Any]:
    return {
        "scope": "organisation",
        "decision_right": of,
        "role": role,
        "standing": standing,
        "changes": round(part * 100),
        "share": part,
        "share_low": part - 0.05,
        "share_high": part + 0.05,
    }


def aging_item(
    key: str, age: float, stage: str = "Ready", p85: float | None = 11.0
) -> dict[str, Any]:
    return {
        "item_id": f"jira:acme:{key}",
        "team": "PAY",
        "stage": stage,
        "stage_kind": "queue",
        "age_days": age,
        "p85_days": p85,
        "is_overdue": None if p85 is None else age > p85,
    }

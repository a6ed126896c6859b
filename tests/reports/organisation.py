"""A larger organisation out of a seed: for looking at the page, and for weighing it."""

import random
from datetime import date, timedelta
from typing import Any

from reports.data import ReportData
from tests.reports import factories as f

STAGES = (
    ("Shaping", "active", "product"),
    ("Roadmap decision", "decision", "product"),
    ("Ready for Dev", "queue", "engineering"),
    ("In Development", "active", "engineering"),
    ("Waiting for supplier", "external", "engineering"),
    ("Release approval", "approval", "operations"),
    ("Blocked", "parked", None),
)

RULES = (
    "acceptance criteria",
    "estimate",
    "user story form",
    "design reviewed",
    "dependency named",
    "mock-up attached",
)

TITLES = (
    "Refunds without a receipt",
    "Partial capture for split shipments",
    "Strong customer authentication on stored cards",
    "Monthly statements as PDF, in the customer's language and with the right tax lines",
    "Chargeback evidence upload",
    "Second approver for payouts over 10,000",
    "Search that forgives typing errors",
    "Migrate ledger to double entry",
)

#: From and to stage, from and to role, attempts, rejection rate.
Edge = tuple[str, str, str, str, int, float]

FIRST_MONDAY = date(2025, 1, 6)
WEEKS = 68


def organisation(seed: int = 7) -> ReportData:
    """Five teams, sixteen months, one protocol that came after a year of coaching."""
    chance = random.Random(seed)  # noqa: S311 - looks, not secrets
    return f.report_data(
        stage_durations=_stages(chance),
        handoff_rates=_handoffs(chance),
        readiness_rules=_rules(chance),
        metric_summaries=_summaries(),
        weekly_metrics=_weeks(chance),
        latency_shares=[
            f.latency_share("decision_wait:Roadmap decision", 8.0),
            f.latency_share("queue:Ready for Dev", 5.0),
            f.latency_share("touch:In Development", 7.0),
        ],
        constraints=[f.cause("decision_wait:Roadmap decision"), f.cause("queue:Ready for Dev", 2)],
        attribution=[f.cause_class(name) for name in ("rule", "seat", "person")],
        decision_rights=[f.decision_right("priority")],
        decision_right_shares=[
            f.decision_right_share("product", "decides", 0.6),
            f.decision_right_share("engineering", "out_of_role", 0.4),
        ],
        aging_work=[
            f.aging_item(f"PAY-{number}", chance.uniform(0.2, 90.0), "Ready for Dev")
            for number in range(60)
        ],
        intervention_effects=[
            f.effect("Product Governance Protocol", metric)
            for metric in ("rejection_rate", "decision_days", "slip_rate")
        ],
        effect_series=[
            f.bucket("Product Governance Protocol", "rejection_rate", "2026-01-05", "before"),
            f.bucket("Product Governance Protocol", "rejection_rate", "2026-03-09", "after"),
        ],
        interventions=[
            f.intervention("Coaching for leads", "2025-04-14"),
            f.intervention("Product Governance Protocol", "2026-01-12"),
        ],
        commitments=_commitments(chance),
        date_moves=_moves(chance),
        work_items=_items(chance),
        visits=_visits(chance),
        handoffs=_reworks(chance),
        data_audit=_audit(),
    )


def _stages(chance: random.Random) -> list[dict[str, Any]]:
    means = (6.2, 9.8, 14.6, 5.1, 11.0, 3.4, 8.0)
    return [
        f.stage(
            name,
            rank,
            kind,
            owner_role=owner,
            visits=(visits := chance.randint(90, 1400)),
            open_visits=visits // 18,
            repeat_visits=visits // 6 if rank < 4 else visits // 40,
            items=int(visits * 0.8),
            p50_days=mean * 0.62,
            p85_days=None if kind == "parked" else mean * 1.9,
            mean_days=mean,
            mean_low=mean * 0.9,
            mean_high=mean * 1.11,
        )
        for rank, ((name, kind, owner), mean) in enumerate(zip(STAGES, means, strict=True))
    ]


def _handoffs(chance: random.Random) -> list[dict[str, Any]]:
    edges = (
        ("Shaping", "Ready for Dev", "product", "engineering", 1240, 0.34),
        ("Roadmap decision", "Ready for Dev", "product", "engineering", 610, 0.21),
        ("In Development", "Release approval", "engineering", "operations", 905, 0.09),
        ("Shaping", "In Development", "product", "engineering", 74, 0.15),
        ("Release approval", "Waiting for supplier", "operations", "supplier", 13, 0.31),
    )
    return [_handoff(chance, edge) for edge in edges]


def _handoff(chance: random.Random, edge: Edge) -> dict[str, Any]:
    sender, receiver, role, to, n, rate = edge
    rejected, recalled, dropped = int(n * rate), int(n * 0.04), int(n * 0.03)
    undecided = int(n * chance.uniform(0.01, 0.04))
    accepted = n - rejected - recalled - dropped - undecided
    spread = 1 / n**0.5
    return f.handoff_rate(
        sender,
        receiver,
        from_role=role,
        to_role=to,
        attempts=n,
        items=int(n * 0.72),
        accepted=accepted,
        rejected=rejected,
        recalled=recalled,
        dropped=dropped,
        undecided=undecided,
        late_returns=int(accepted * 0.08),
        skips=n if sender == "Shaping" and receiver == "In Development" else 0,
        rejection_rate=rate,
        rejection_low=max(rate - spread, 0),
        rejection_high=rate + spread,
        rework_days=rejected * 8.3,
    )


def _rules(chance: random.Random) -> list[dict[str, Any]]:
    rates = (0.44, 0.31, 0.18, 0.27, 0.52, 0.09)
    return [
        f.rule(
            name,
            number + 1,
            checks=1850,
            fails=(fails := int(1700 * rate)),
            passes=(passes := 1700 - fails),
            not_evaluable=150,
            sole_fails=fails // 5,
            fail_rate=rate,
            fail_low=rate - 0.03,
            fail_high=rate + 0.03,
            filled_later=(filled := int(fails * chance.uniform(0.4, 0.9))),
            passes_now=passes + filled,
            rejected_when_failed=0.2 + rate / 2,
            rejected_when_passed=0.2,
        )
        for number, (name, rate) in enumerate(zip(RULES, rates, strict=True))
    ]


def _summaries() -> list[dict[str, Any]]:
    shares = (
        ("rejection_rate", 0.262, 2842, 61, 21.0),
        ("first_pass_yield", 0.584, 2046, 48, 21.0),
        ("late_return_rate", 0.081, 1911, 0, 60.0),
        ("readiness_pass_rate", 0.338, 1700, 0, None),
        ("readiness_pass_rate_now", 0.806, 1700, 0, None),
        ("on_time_rate", 0.384, 214, 22, None),
        ("on_time_rate_current", 0.713, 214, 22, None),
        ("slip_rate", 0.581, 236, 41, None),
        ("silent_miss_rate", 0.114, 236, 41, None),
    )
    spread = 0.9
    rows = [
        f.summary(
            metric,
            estimate,
            low=estimate - spread / items**0.5,
            high=estimate + spread / items**0.5,
            items=items,
            open_items=still,
            horizon_days=horizon,
        )
        for metric, estimate, items, still, horizon in shares
    ]
    lengths = (("lead_time_days", 52.4), ("lead_time_days_p50", 38.0), ("lead_time_days_p85", 97.0))
    return rows + [
        f.summary(metric, days, items=1874, open_items=243, horizon_days=None)
        for metric, days in lengths
    ]


def _weeks(chance: random.Random) -> list[dict[str, Any]]:
    levels = {
        "rejection_rate": (0.36, 0.17, 42),
        "first_pass_yield": (0.5, 0.71, 31),
        "readiness_pass_rate": (0.24, 0.63, 26),
        "on_time_rate": (0.35, 0.5, 21),
        "lead_time_days": (58.0, 41.0, 28),
        **{
            f"time_in_stage_days:{name}": (mean, mean * 0.7, 30)
            for (name, _, _), mean in zip(STAGES[:4], (6.2, 9.8, 14.6, 5.1), strict=True)
        },
    }
    return [
        _week(chance, metric, number, before if number < 53 else after, items)
        for metric, (before, after, items) in levels.items()
        for number in range(WEEKS)
    ]


def _week(
    chance: random.Random, metric: str, number: int, level: float, items: int
) -> dict[str, Any]:
    size = max(int(chance.gauss(items, items / 6)), 1)
    value = max(level * chance.gauss(1, 0.14), 0.01)
    is_mature = number < WEEKS - (4 if metric.endswith("rate") else 8)
    is_share = metric.endswith(("rate", "yield"))
    spread, ceiling = (0.5, 1.0) if is_share else (level * 0.8, level * 9)
    return f.week(
        metric,
        (FIRST_MONDAY + timedelta(weeks=number)).isoformat(),
        value if is_mature else None,
        low=max(value - 1.96 * spread / size**0.5, 0) if is_mature else None,
        high=min(value + 1.96 * spread / size**0.5, ceiling) if is_mature else None,
        items=size,
        open_items=0 if is_mature else size // 3,
        is_mature=is_mature,
    )


def _commitments(chance: random.Random) -> list[dict[str, Any]]:
    return [_commitment(chance, number) for number in range(236)]


def _commitment(chance: random.Random, number: int) -> dict[str, Any]:
    original = date(2025, 2, 3) + timedelta(days=chance.randint(0, 420))
    slips = chance.choice((0, 0, 1, 1, 2, 3, 5))
    current = original + timedelta(days=sum(chance.randint(5, 45) for _ in range(slips)))
    is_shipped = current < date(2026, 4, 20)
    is_release = number % 12 == 0
    subject = (
        f"Payments {2025 + number // 120}.{number % 12 + 1}" if is_release else f"PAY-{number}"
    )
    return f.commitment(
        subject,
        original.isoformat(),
        current.isoformat(),
        subject_kind="release" if is_release else "item",
        subject_id=f"jira:acme:{'release-' if is_release else 'PAY-'}{number}",
        slip_count=slips,
        shipped_at=f.at((current - timedelta(days=1)).isoformat()) if is_shipped else None,
        is_silent_miss=chance.random() < 0.11,
        is_lower_bound=is_release,
    )


def _moves(chance: random.Random) -> list[dict[str, Any]]:
    kinds = chance.choices(
        ("slip", "pull_in", "clear", "retarget", "set", "correction"),
        weights=(40, 7, 4, 12, 30, 9),
        k=612,
    )
    return [
        f.date_move(f"PAY-{number}", 1, kind, is_after_commitment=chance.random() < 0.7)
        for number, kind in enumerate(kinds)
    ]


def _items(chance: random.Random) -> list[dict[str, Any]]:
    return [f.work_item(f"PAY-{number}", chance.choice(TITLES)) for number in range(400)]


def _visits(chance: random.Random) -> list[dict[str, Any]]:
    return [
        f.open_visit(f"PAY-{number}", *chance.choice(STAGES)[:2], chance.uniform(5, 5000))
        for number in range(300)
    ]


def _reworks(chance: random.Random) -> list[dict[str, Any]]:
    return [
        f.handoff(
            f"PAY-{number}",
            chance.randint(1, 5),
            rework_hours=chance.uniform(10, 2000),
            is_rework_open=chance.random() < 0.2,
        )
        for number in range(300)
    ]


def _audit() -> list[dict[str, Any]]:
    return [
        f.audit_row(
            "histories_truncated",
            "warning",
            "2 of 4,120 histories are shorter than the tracker says: run roadworthy sync --full.",
            expected=4120,
            found=4118,
            share=0.9995,
        ),
        f.audit_row(
            "unknown_actors",
            "warning",
            "9% of the changes were made by accounts with no role: name them in [roles].",
            source="*",
            share=0.09,
        ),
        f.audit_row(
            "unmapped_status",
            "info",
            "The status On hold is mapped to no stage: add it to a stage in roadworthy.toml.",
            subject="On hold",
            found=14,
        ),
        f.audit_row(
            "release_dates_start",
            "info",
            "Release dates are known from 12 January 2026 on; slips before that are lower bounds.",
        ),
    ]

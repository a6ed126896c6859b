"""Every pattern with what was found for it and against it, and what it suggests to change."""

from collections.abc import Mapping

import polars as pl

from pipelines.cohorts.scopes import ORGANISATION
from pipelines.diagnosis.evidence import Findings
from pipelines.diagnosis.patterns import PATTERNS

DIAGNOSES = pl.Schema(
    {
        "scope": pl.String(),
        "pattern": pl.String(),
        "pattern_number": pl.Int32(),
        "standing": pl.String(),
        "speaks_for": pl.List(pl.String()),
        "speaks_against": pl.List(pl.String()),
        "remedy": pl.String(),
    }
)
READ = (
    "constraints",
    "attribution",
    "attribution_rules",
    "metric_summaries",
    "decision_rights",
    "approval_steps",
    "latency_shares",
    "intervention_effects",
    "weekly_metrics",
    "approvals",
)
"""The tables that are read."""
REMEDIES: Mapping[str, str] = {
    "undefined_readiness": "write down what ready means, and hold to it where work is handed over",
    "joint_decision_right": "give the decision to one role, and name who may override it",
    "approvals_in_series": "drop approvals that find nothing; let the others stand side by side",
    "capacity_queue": "start less, or add hands where work queues up",
    "scope_churn": "fix the scope where the work is committed; what comes later is new work",
    "intake_bypass": "close the side door, or make it a door with an owner",
    "dependency": "agree with those outside on a time to answer, or need them less",
    "committees_grew": "name one who approves, and let the others be told",
    "holder_replaced_pattern_stayed": "change the rule and not the holder once more",
    "one_person": "see first what rules and seats explain; then talk, in confidence",
}


def diagnoses(tables: Mapping[str, pl.DataFrame], *, zone: str) -> pl.DataFrame:
    """The rows of ``main.diagnoses``, in the order of the patterns.

    Args:
        tables: those of :data:`READ`, by name.
        zone: of the organisation, whose weeks are meant.
    """
    findings = Findings({name: tables[name] for name in READ}, zone)
    rows = []
    for number, (name, look) in enumerate(PATTERNS.items(), start=1):
        evidence = look(findings)
        rows.append(
            (
                ORGANISATION,
                name,
                number,
                evidence.standing(),
                evidence.speaks_for,
                evidence.against,
                REMEDIES[name],
            )
        )
    return pl.DataFrame(rows, schema=DIAGNOSES, orient="row")

"""Findings: what a reader must know before trusting the numbers, one row each.

An *error* means that numbers are wrong or incomplete, a *warning* that they are to be read with
care, an *info* that it is good to know. A finding says in one sentence what it is and, where
something can be done about it, what.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import polars as pl

DATA_AUDIT = pl.Schema(
    {
        "source": pl.String,
        "finding": pl.String,
        "subject": pl.String,
        "severity": pl.String,
        "expected": pl.Int64,
        "found": pl.Int64,
        "share": pl.Float64,
        "detail": pl.String,
    }
)
_SEVERITY = {"error": 0, "warning": 1, "info": 2}
EVERY_SOURCE = "*"


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of ``main.data_audit``."""

    source: str
    finding: str
    severity: Literal["error", "warning", "info"]
    detail: str
    subject: str = ""
    expected: int | None = None
    found: int | None = None
    share: float | None = None


def counted(count: int, thing: str, things: str | None = None) -> str:
    """``1 item``, ``1,204 items``; ``things`` where another letter than an s makes the plural."""
    return f"{count:,} {thing if count == 1 else things or f'{thing}s'}"


def data_audit(findings: Iterable[Finding]) -> pl.DataFrame:
    """The columns of ``main.data_audit``, the gravest first."""
    rows = [
        (
            one.source,
            one.finding,
            one.subject,
            one.severity,
            one.expected,
            one.found,
            one.share,
            one.detail,
        )
        for one in findings
    ]
    frame = pl.DataFrame(rows, schema=DATA_AUDIT, orient="row")
    gravity = pl.col("severity").replace_strict(_SEVERITY, return_dtype=pl.Int8)
    return frame.sort(gravity, "source", "finding", "subject")

"""The figures a chief executive asks for first, in plain words."""

from dataclasses import dataclass

from reports.data import ReportData
from reports.reading import Reading, reading


@dataclass(frozen=True, kw_only=True)
class Headline:
    """One question and the two or three readings that answer it."""

    question: str
    remark: str
    readings: tuple[Reading, ...]


_GUARDED = "These figures count the handoffs that the definition of ready guards."
"""Said where one is declared: further down the page tells of all handoffs."""

_QUESTIONS = (
    (
        "Is work accepted when it is handed over?",
        "An attempt is sent back when somebody other than the sender returns it.",
        ("rejection_rate", "first_pass_yield", "late_return_rate"),
    ),
    (
        "Was it ready when it was handed over?",
        "Readiness is judged on the item as it stood then; the second figure is hindsight.",
        ("readiness_pass_rate", "readiness_pass_rate_now"),
    ),
    (
        "Are promises kept?",
        "Only the first promise counts as on time; the last date is what moving it makes of it.",
        ("on_time_rate", "on_time_rate_current"),
    ),
    (
        "How often does a date slip?",
        "In silence means: the date passed, the work was open, and nobody had moved it.",
        ("slip_rate", "silent_miss_rate"),
    ),
    (
        "How long does work take?",
        "In calendar days until done; open work counts, and dropped work is never done.",
        ("lead_time_days_p50", "lead_time_days_p85"),
    ),
)


def headlines(data: ReportData) -> tuple[Headline, ...]:
    """Every question, also those that nothing answers yet."""
    summaries = data.in_scope(data.metric_summaries)
    is_guarded = data.facts.has_readiness
    return tuple(
        Headline(
            question=question,
            remark=f"{remark} {_GUARDED}" if is_guarded and "rejection_rate" in metrics else remark,
            readings=tuple(reading(summaries, metric) for metric in metrics),
        )
        for question, remark, metrics in _QUESTIONS
    )

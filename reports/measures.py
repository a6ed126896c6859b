"""What each metric is called in plain words, of what it is a share or a length, and what it needs.

A metric this module has never heard of is still shown: its name tells its unit.
"""

from dataclasses import dataclass
from typing import Literal

from reports.tracker_text import readable

_STAGE_PREFIX = "time_in_stage_days:"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """The words for one metric.

    `subjects` are what it counts; `still_open` completes "9 of them ..."; `needs` completes
    "not measured: it needs ...".
    """

    metric: str
    words: str
    unit: Literal["share", "days"]
    subjects: str
    still_open: str
    needs: str

    @property
    def subject(self) -> str:
        """What one of the subjects is called."""
        return " ".join(word.removesuffix("s") for word in self.subjects.split())


_EDGES = "stages with an owner each ([[stages]] in roadworthy.toml) and work handed between them"
_RULES = "a [definition_of_ready] in roadworthy.toml and work that enters the stage it guards"
_DATES = "due dates, target dates or release dates in the tracker"
_RIGHTS = "[decision_rights] in roadworthy.toml and fields of them that change"
_ASKED = "stages, flags or reviews in which somebody is asked for a verdict"
_ENDS = "work that was finished"

_KNOWN = {
    measure.metric: measure
    for measure in (
        Measure(
            metric="rejection_rate",
            words="handoffs sent back",
            unit="share",
            subjects="attempts",
            still_open="still undecided",
            needs=_EDGES,
        ),
        Measure(
            metric="first_pass_yield",
            words="accepted at the first attempt",
            unit="share",
            subjects="first attempts",
            still_open="still undecided",
            needs=_EDGES,
        ),
        Measure(
            metric="late_return_rate",
            words="came back after acceptance",
            unit="share",
            subjects="accepted attempts",
            still_open="still under way",
            needs=_EDGES,
        ),
        Measure(
            metric="readiness_pass_rate",
            words="ready when handed over",
            unit="share",
            subjects="handoffs checked",
            still_open="not evaluable",
            needs=_RULES,
        ),
        Measure(
            metric="readiness_pass_rate_now",
            words="ready on the values of today",
            unit="share",
            subjects="handoffs checked",
            still_open="not evaluable",
            needs=_RULES,
        ),
        Measure(
            metric="on_time_rate",
            words="on time against the first promise",
            unit="share",
            subjects="commitments",
            still_open="not due yet",
            needs=_DATES,
        ),
        Measure(
            metric="on_time_rate_current",
            words="on time against the last date",
            unit="share",
            subjects="commitments",
            still_open="whose last date is not over or was cleared",
            needs=_DATES,
        ),
        Measure(
            metric="slip_rate",
            words="slipped at least once",
            unit="share",
            subjects="commitments",
            still_open="may still slip",
            needs=_DATES,
        ),
        Measure(
            metric="silent_miss_rate",
            words="passed their date in silence",
            unit="share",
            subjects="commitments",
            still_open="not due yet",
            needs=_DATES,
        ),
        Measure(
            metric="lead_time_days",
            words="lead time",
            unit="days",
            subjects="work items",
            still_open="still open",
            needs=_ENDS,
        ),
        Measure(
            metric="lead_time_days_p50",
            words="half are done within",
            unit="days",
            subjects="work items",
            still_open="still open",
            needs=_ENDS,
        ),
        Measure(
            metric="lead_time_days_p85",
            words="85 in 100 are done within",
            unit="days",
            subjects="work items",
            still_open="still open",
            needs=_ENDS,
        ),
        Measure(
            metric="contest_rate",
            words="decisions opposed by another role",
            unit="share",
            subjects="decisions",
            still_open="still open",
            needs=_RIGHTS,
        ),
        Measure(
            metric="intake_bypass_rate",
            words="built without passing intake",
            unit="share",
            subjects="items built",
            still_open="still open",
            needs=_EDGES,
        ),
        Measure(
            metric="decision_days",
            words="time to a decision",
            unit="days",
            subjects="requests",
            still_open="still undecided",
            needs=_ASKED,
        ),
        Measure(
            metric="approval_days",
            words="time to the last approval",
            unit="days",
            subjects="changes",
            still_open="still waiting",
            needs=_ASKED,
        ),
        Measure(
            metric="rework_days",
            words="rework after a rejection",
            unit="days",
            subjects="rejections",
            still_open="still being repaired",
            needs=_EDGES,
        ),
    )
}

_ORDER = tuple(_KNOWN)

#: Metrics of which more is better; of every other, less.
RISING_IS_GOOD = frozenset(
    (
        "first_pass_yield",
        "on_time_rate",
        "on_time_rate_current",
        "readiness_pass_rate",
        "readiness_pass_rate_now",
    )
)


def measure(metric: str) -> Measure:
    """The words for a metric; for an unknown one, those that its name gives away."""
    if metric in _KNOWN:
        return _KNOWN[metric]
    is_stage = metric.startswith(_STAGE_PREFIX)
    stage = readable(metric.removeprefix(_STAGE_PREFIX), limit=60)
    plain = metric.removesuffix("_days").replace("_", " ")
    return Measure(
        metric=metric,
        words=f"time in stage {stage}" if is_stage else plain,
        unit="days" if is_stage or metric.endswith("_days") else "share",
        subjects="stays" if is_stage else "subjects",
        still_open="still open",
        needs="more of the history",
    )


def reading_order(metric: str, stages: list[str]) -> tuple[int, int, str]:
    """Sort key: the metrics of the page in its order, others by name, stages along the flow."""
    if metric in _KNOWN:
        return (0, _ORDER.index(metric), metric)
    stage = metric.removeprefix(_STAGE_PREFIX)
    if stage == metric:
        return (1, 0, metric)
    return (2, stages.index(stage) if stage in stages else len(stages), metric)

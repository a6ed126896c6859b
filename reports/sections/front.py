"""The first screen: verdict, where the days go, the last change, how fresh, how far to trust."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from reports import format as words
from reports.causes import beyond, cause_in_words, first_cause
from reports.data import ORGANISATION, TEAM, ReportData
from reports.reading import reading
from reports.sections import audit
from reports.sections.changes import has_come, last_judged
from reports.sections.verdict import verdict
from reports.tracker_text import readable
from reports.verdicts import GRADES, VERDICTS, change_in_words


@dataclass(frozen=True, kw_only=True)
class Card:
    """One answer of the first screen: a question, the answer, what it rests on, where it is told.

    `is_told` is false where the answer is that there is none.
    """

    question: str
    answer: str
    basis: str
    section: str
    is_told: bool = True


_KINDS = {"ticket": ("ticket", "tickets"), "pull_request": ("pull request", "pull requests")}
_UNTOLD = "Neither a constraint nor a difference between people can be told from these data yet."


def headline(data: ReportData) -> str:
    """The sentence that a reader takes along who reads no other."""
    sentence = verdict(data)
    return f"{sentence}." if sentence else _UNTOLD


def scale(data: ReportData) -> str:
    """Of what the days of the verdict are an average; empty where there is none."""
    shares = data.in_scope(data.latency_shares)
    if shares.is_empty():
        return ""
    row = shares.row(0, named=True)
    # An item without a clock, as one that was never promised where that starts it, has no days.
    timed = data.work_items.filter(~pl.col("is_subtask"), pl.col("clock_started_at").is_not_null())
    counted = words.counted(row["items"], *_called(timed["kind"]))
    dropped = words.counted(timed.filter("is_dropped").height, "item was", "items were")
    horizon = words.days(row["horizon_days"])
    still_open = words.whole(row["open_items"]) if row["open_items"] else "none"
    return (
        f"Days are means over {counted} of the whole time watched, each followed for "
        f"{horizon} at most; {still_open} {'are' if row['open_items'] > 1 else 'is'} open, and "
        f"{dropped} dropped."
    )


def _called(kinds: pl.Series) -> tuple[str, str]:
    """What one item of these kinds is called, and what many are."""
    present = [names for kind, names in _KINDS.items() if kind in kinds]
    if len(present) == 1:
        return present[0]
    return "item", words.listed([many for _, many in present] or ["items"])


def moved(data: ReportData) -> str:
    """The change that is shown to have moved the first cause; empty where none is.

    The verdict is about the whole time watched: what has been mended since is said here.
    """
    first = first_cause(data.in_scope(data.constraints))
    if first is None:
        return ""
    _, _, stage = first["cause"].partition(":")
    effects = data.intervention_effects.filter(
        pl.col("metric") == f"time_in_stage_days:{stage}",
        pl.col("verdict").is_in(["improved", "worsened"]),
        pl.col("teams").list.len() > 0,
    )
    concerned = [
        effect
        for effect in effects.sort("intervention").iter_rows(named=True)
        if data.facts.scope in (ORGANISATION, *(f"{TEAM}{team}" for team in effect["teams"]))
    ]
    return " ".join(_moved(effect) for effect in concerned)


def _moved(effect: dict[str, Any]) -> str:
    teams = words.listed([readable(team, limit=40) for team in effect["teams"]])
    return f"With {_named(effect)}, in {teams}: {words.lowered(change_in_words(effect))}."


def cards(data: ReportData) -> tuple[Card, ...]:
    """What stands under the verdict."""
    return (_constraint(data), _last_change(data), _freshness(data), _trust(data))


def _constraint(data: ReportData) -> Card:
    question, section = "Where the days go", "time"
    row = first_cause(data.in_scope(data.constraints))
    if row is None:
        return _without_constraint(data, question, section)
    interval = words.signed_interval(row["excess_low"], row["excess_high"])
    sure = words.share(row["probability_first"])
    return Card(
        question=question,
        answer=f"{words.signed(row['excess_days'])} of {words.days(row['latency_days'])}",
        basis=(
            f"{cause_in_words(row['cause'])}, beyond {beyond(row)}; 95% "
            f"interval {interval}; first in {sure} of all draws of the weeks; "
            f"{_items(data, row['items'])}."
        ),
        section=section,
    )


def _without_constraint(data: ReportData, question: str, section: str) -> Card:
    """How long work takes, where no first cause can be named."""
    took = reading(data.in_scope(data.metric_summaries), "lead_time_days_p50")
    return Card(
        question=question,
        answer=took.value,
        basis=f"Half of the work is done in that time. {took.basis}"
        if took.is_told
        else took.basis,
        section=section,
        is_told=took.is_told,
    )


def _items(data: ReportData, items: int) -> str:
    shares = data.in_scope(data.latency_shares)
    still_open = shares["open_items"].max() if shares.height else None
    counted = words.counted(items, "item")
    return counted if still_open is None else f"{counted}, {words.whole(int(str(still_open)))} open"


def _last_change(data: ReportData) -> Card:
    question, section = "The last change", "changes"
    last = last_judged(data)
    if last is None:
        answer, basis = _no_change_yet(data)
        return Card(question=question, answer=answer, basis=basis, section=section, is_told=False)
    return Card(
        question=question,
        answer=words.sentence(VERDICTS[last["verdict"]]),
        basis=f"{_named(last)}. {change_in_words(last)}{_graded(last)}.",
        section=section,
        is_told=last["verdict"] not in ("not_enough_data", "not_shown"),
    )


def _no_change_yet(data: ReportData) -> tuple[str, str]:
    """Why there is no last change: none was declared, or what was declared is still to come."""
    to_come = data.interventions.filter(~has_come(data)).sort("effective_on", "intervention")
    if to_come.is_empty():
        told = "What is changed is declared under [[interventions]] before it is judged."
        return "None declared", told
    first = to_come.row(0, named=True)
    day = words.calendar_day(first["effective_on"])
    return "Still to come", f"{_named(first)} is dated {day}, after the end of these data."


def _named(effect: dict[str, Any]) -> str:
    return readable(effect["intervention"], limit=60)


def _graded(effect: dict[str, Any]) -> str:
    if effect["estimate"] is None:
        return ""
    return f"; grade {effect['design_grade']}, {GRADES[effect['design_grade']]}"


def _freshness(data: ReportData) -> Card:
    """The snapshot, and which sources lag behind it."""
    zone = data.facts.timezone
    today = words.day_in_zone(data.facts.as_of, zone)
    lagging = [
        f"{readable(row['source'], limit=40)} {words.local_day(row['snapshot_at'], zone)}"
        for row in data.sources.sort("source").iter_rows(named=True)
        if words.day_in_zone(row["snapshot_at"], zone) < today
    ]
    read = words.counted(data.sources.height, "source")
    told = f"Older: {words.listed(lagging)}." if lagging else f"{words.sentence(read)} read whole."
    if never := _sources_with(data, "source_never_read"):
        told = f"Never read: {words.listed(never)}. {told}"
    if failed := _sources_with(data, "source_read_failed"):
        told = f"The last read of {words.listed(failed)} failed. {told}"
    return Card(
        question="How fresh it is",
        answer=words.local_day(data.facts.as_of, zone),
        basis=f"{told} What came later is not in here.",
        section="audit",
    )


def _sources_with(data: ReportData, finding: str) -> list[str]:
    """The sources of which the audit says this."""
    told = data.data_audit.filter(pl.col("finding") == finding).sort("source")
    return [readable(source, limit=40) for source in told["source"]]


def _trust(data: ReportData) -> Card:
    if data.sources.is_empty():
        return Card(
            question="May I trust it?",
            answer="Nothing was read yet",
            basis="So nothing was audited.",
            section="audit",
            is_told=False,
        )
    found = audit.counts(data.data_audit)
    told = [
        words.counted(found[severity], *audit.SEVERITIES[severity])
        for severity in ("error", "warning")
    ]
    return Card(
        question="May I trust it?",
        answer=words.sentence(", ".join(told)),
        basis=audit.trust(data.data_audit),
        section="audit",
    )

"""What each declared change did: a part for each, and an overview against all metrics."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import polars as pl

from reports import format as words
from reports.charts import counterfactual, effect_intervals
from reports.charts.counterfactual import Comparison
from reports.data import ReportData
from reports.figure import Figure, figure
from reports.measures import measure, reading_order
from reports.origin import Origin
from reports.section import Section
from reports.table import Table, figures, named
from reports.tracker_text import readable
from reports.verdicts import (
    GRADES,
    VERDICTS,
    caveats,
    change_in_words,
    dashboard,
    effect_cell,
    level,
    lost_again,
    visible,
)

_OF_STAGES = "time_in_stage_days:"
_NONE = (
    "No change to the system is declared ([[interventions]] in roadworthy.toml), so none is judged."
)


def changes(data: ReportData) -> Section:
    """The part of the page about before and after; of the whole organisation on every page."""
    effects = data.intervention_effects
    if effects.is_empty():
        return Section(key="changes", heading="What each change did", lead=(_NONE,))
    judged = _in_order(data)
    return Section(
        key="changes",
        heading="What each change did",
        lead=tuple(_lead(data, effects)),
        finding=_finding(last_judged(data)),
        figures=(
            _overview(data, effects),
            *(_figure(data, effect, number) for number, effect in enumerate(judged, start=1)),
        ),
        tables=(_failures(data),) if len(data.recurrences) else (),
        folded=(_all(data), *_early(data)),
    )


def _in_order(data: ReportData) -> list[dict[str, Any]]:
    """For each change the effect to show: by its primary metric, else by the first one judged."""
    shown = []
    for change in data.interventions.sort("effective_on", "intervention")["intervention"]:
        of_change = data.intervention_effects.filter(pl.col("intervention") == change)
        rows = sorted(
            of_change.iter_rows(named=True),
            key=lambda row: (
                not row["is_primary"],
                row["estimate"] is None,
                reading_order(row["metric"], []),
            ),
        )
        shown += rows[:1]
    return shown


def last_judged(data: ReportData) -> dict[str, Any] | None:
    """The effect by which the latest change is judged that had come; None where none had."""
    come = set(data.interventions.filter(has_come(data))["intervention"])
    judged = [effect for effect in _in_order(data) if effect["intervention"] in come]
    return judged[-1] if judged else None


def has_come(data: ReportData) -> pl.Expr:
    """Whether a declared change had come into force when the data end."""
    return pl.col("effective_on") <= words.day_in_zone(data.facts.as_of, data.facts.timezone)


def _lead(data: ReportData, effects: pl.DataFrame) -> Iterator[str]:
    tested = effects.filter(pl.col("estimate").is_not_null()).height
    changed = data.interventions.height
    yield (
        f"{words.sentence(words.counted(changed, 'change'))} against "
        f"{words.counted(effects['metric'].n_unique(), 'metric')}: "
        f"{words.counted(tested, 'effect')} "
        "could be estimated. Each change is judged by the one metric declared for it; of the "
        "others that are said to have moved, about one in ten may have done so by chance."
    )
    yield (
        "Grades say how far a comparison carries a statement of cause: "
        f"{'; '.join(f'{grade} {meaning}' for grade, meaning in GRADES.items())}."
    )


def _finding(last: dict[str, Any] | None) -> str | None:
    """The latest change in one sentence."""
    if last is None:
        return None
    return f"{readable(last['intervention'], limit=60)}: {change_in_words(last)}"


def _figure(data: ReportData, effect: dict[str, Any], number: int) -> Figure:
    buckets = data.effect_series.filter(
        (pl.col("intervention") == effect["intervention"]) & (pl.col("metric") == effect["metric"])
    )
    shown = Comparison(effect=effect, buckets=buckets)
    name = readable(effect["intervention"], limit=60)
    if buckets.is_empty():
        return Figure(
            name=f"counterfactual-{number}",
            title=f"{name}: {change_in_words(effect)}",
            paragraph=caveats(effect),
            spec=None,
            keys=(),
            table=Table(
                caption=name, columns=named("Verdict"), rows=((VERDICTS[effect["verdict"]],),)
            ),
            notes=(),
        )
    drawn = figure(
        counterfactual,
        title=f"{name}: {counterfactual.finding(shown)}",
        chart=counterfactual.counterfactual(shown, data.interventions),
        table=counterfactual.table(shown),
        origin=Origin(
            "effect_series",
            (("intervention", effect["intervention"]), ("metric", effect["metric"])),
        ),
        keys=counterfactual.KEYS,
        notes=tuple(_notes(effect)),
    )
    is_seen = buckets["observed"].count() > 0
    return replace(
        drawn,
        spec=drawn.spec if is_seen else None,
        name=f"{drawn.name}-{number}",
        paragraph=drawn.paragraph if number == 1 else "",
    )


def _notes(effect: dict[str, Any]) -> Iterator[str]:
    """Effect, grade, comparison, caveats, and what a dashboard would have said."""
    if effect["estimate"] is not None:
        yield f"Effect: {effect_cell(effect)} ({GRADES[effect['design_grade']]}). {level(effect)}"
    compared = [readable(team, limit=40) for team in effect["comparison_teams"]]
    if compared:
        yield f"Compared with {words.listed(compared)}."
    unit = effect["bucket"] or "week"
    yield (
        f"It rests on {words.counted(effect['buckets_before'], unit)} before the change and "
        f"{words.counted(effect['buckets_after'], unit)} after it; "
        f"{words.counted(effect['buckets_immature'], unit)} too recent to be judged."
    )
    yield from (text for text in (caveats(effect), visible(effect), dashboard(effect)) if text)


def _overview(data: ReportData, effects: pl.DataFrame) -> Figure:
    """All changes against all metrics."""
    return figure(
        effect_intervals,
        title=effect_intervals.finding(effects),
        chart=effect_intervals.effect_intervals(effects, data.interventions),
        table=effect_intervals.table(effects),
        origin=Origin("intervention_effects", also=(Origin("interventions"),)),
        keys=effect_intervals.keys(effects),
        notes=effect_intervals.notes(effects, data.interventions),
    )


def _failures(data: ReportData) -> Table:
    """Each change by its declared metric, whether it held, and how many in a row did not help."""
    return Table(
        caption="By the declared metric: what helped, what held, what was shown not to",
        columns=named(
            *("Change", "Kind", "In force", "Verdict", "Half lost again"),
            "Shown not to help, in a row",
        ),
        rows=tuple(
            (
                readable(row["intervention"], limit=60),
                row["intervention_kind"].replace("_", " "),
                words.calendar_day(row["effective_on"]),
                VERDICTS[row["verdict"]],
                lost_again(row),
                words.whole(row["failures_in_a_row"]),
            )
            for row in data.recurrences.iter_rows(named=True)
        ),
    )


def _all(data: ReportData) -> Table:
    """Every effect with its probability and its caveats."""
    rows = data.intervention_effects.iter_rows(named=True)
    return Table(
        caption="Every effect, with what speaks against it",
        columns=(
            *named("Change", "Metric", "Effect", "Caveats"),
            *figures("Probability improved", "False discovery rate"),
        ),
        rows=tuple(
            (
                readable(row["intervention"], limit=60),
                words.sentence(measure(row["metric"]).words),
                effect_cell(row),
                caveats(row) or "none",
                _share(row["probability_improved"]),
                _share(row["false_discovery_rate"]),
            )
            for row in rows
        ),
    )


def _early(data: ReportData) -> Iterator[Table]:
    """What can be said of durations before anything is mature, labelled as early."""
    if data.early_signals.is_empty():
        return
    yield Table(
        caption="Early signals, and no verdicts: the pace at which work of every age ends since",
        columns=(
            *named("Change", "Metric"),
            *figures("Days after", "Ratio", "95% interval", "Probability improved"),
        ),
        rows=tuple(
            (
                readable(row["intervention"], limit=60),
                words.sentence(measure(row["metric"]).words),
                words.whole(row["days_after"]),
                f"{row['ratio']:.2f}",
                f"{row['ratio_low']:.2f} to {row['ratio_high']:.2f}",
                _share(row["probability_improved"]),
            )
            for row in data.early_signals.iter_rows(named=True)
        ),
    )


def _share(part: float | None) -> str:
    return "" if part is None else words.share(part)

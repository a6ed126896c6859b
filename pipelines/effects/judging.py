"""Judge one change by one metric.

The order of the work is that of the questions: who against whom (:mod:`pipelines.effects.designs`),
which buckets, which effect, what speaks against it, how far the design carries, what may be said.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from pipelines.effects.bucket_sums import BUCKET_DAYS, BucketUnit, next_bucket
from pipelines.effects.contrasts import Contrast, contrast
from pipelines.effects.design_grades import design_grade
from pipelines.effects.designs import Design, Teams, cohorts, designs
from pipelines.effects.diagnostics import Diagnostic, not_evaluable, of_belief
from pipelines.effects.effects import combined, effect, is_compared, what_is_missing
from pipelines.effects.explanations import season
from pipelines.effects.judged import Judged
from pipelines.effects.metric_sums import FEW, MetricSums
from pipelines.effects.step_fits import Fitted, fitted
from pipelines.effects.team_diagnostics import across_teams
from pipelines.effects.time_diagnostics import in_time
from pipelines.effects.verdicts import verdict
from pipelines.effects.volumes import volumes
from pipelines.policy import Intervention
from pipelines.statistics.step_model import COARSE

_INSEPARABLE = 0.8
"""Correlation of two steps from which on they are not told apart."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every metric."""

    changes: tuple[Intervention, ...]
    teams: Teams
    zone: str

    def beside(self, change: Intervention, ahead: date) -> list[Intervention]:
        """A change, and what of the others came before a day of which nothing is known yet.

        Of those it will concern, and of those it will not, all that is told was before it.
        """
        others = [one.before(ahead) for one in self.changes if one.name != change.name]
        return [change, *(one for one in others if one is not None)]


def judged(
    change: Intervention, sums: MetricSums, placebo: MetricSums | None, question: Question
) -> Judged:
    """Judge one change by one metric.

    Args:
        change: one of those of the question.
        sums: of the metric.
        placebo: of the metric that the change should have left alone, if it names one.
        question: all changes, and the teams.
    """
    if not sums.can_be_told():
        return Judged(change, sums.metric, "not_enough_data", "D", ("no_items",))
    contrasts = list(_contrasts(change, sums, question))
    lacks = [what_is_missing(one) for one in contrasts]
    usable = [
        _compared(one, sums) for one, missing in zip(contrasts, lacks, strict=True) if not missing
    ]
    if not usable:
        missing = dict.fromkeys(name for one in lacks for name in one)
        caveats = tuple(missing) or (_why_nobody(change, sums, question),)
        return Judged(change, sums.metric, "not_enough_data", "D", caveats, tuple(contrasts))
    return _of_usable(change, sums, placebo, usable, shown=question.teams.shown)


def _contrasts(change: Intervention, sums: MetricSums, question: Question) -> Iterator[Contrast]:
    """The contrasts of a change whose teams have anything of the metric.

    A change of which no bucket tells yet is as if it were not declared, but to itself. So is the
    part of a roll-out.
    """
    teams = question.teams.among(sums.teams())
    unit = _unit(change, teams, sums)
    last_on = sums.by(unit).last_known_on()
    ahead = date.max if last_on is None else next_bucket(last_on, unit)
    changes = question.beside(change, ahead)
    for design in designs(
        change, changes, teams, bucket_days=BUCKET_DAYS[unit], last_known_on=last_on
    ):
        if design.concerned:
            yield contrast(sums.by(unit), design)


def _unit(change: Intervention, teams: Teams, sums: MetricSums) -> BucketUnit:
    """Months where the weeks of any who are judged by themselves have hardly anything."""
    units = {sums.unit(concerned) for _, concerned in cohorts(change, teams) if concerned}
    return "month" if "month" in units else "week"


def _why_nobody(change: Intervention, sums: MetricSums, question: Question) -> str:
    """Why no team is concerned: those that a change names have nothing, or are too small."""
    have_items = question.teams.among(sums.teams()).everyone
    return "no_items" if set(change.concerned).isdisjoint(have_items) else "no_team_may_be_shown"


def _compared(one: Contrast, sums: MetricSums) -> Contrast:
    """The contrast, without a comparison that tells too little of the time before or after."""
    if one.comparison is None or is_compared(one):
        return one
    return contrast(sums.by(one.unit), replace(one.design, comparison=()))


def _of_usable(
    change: Intervention,
    sums: MetricSums,
    placebo: MetricSums | None,
    contrasts: Sequence[Contrast],
    *,
    shown: Collection[str],
) -> Judged:
    """Judge by contrasts that hold enough: one, or one for each cohort of a roll-out."""
    fits = tuple(fitted(one) for one in contrasts)
    combined_effect = combined(
        [
            (effect(one, fit), float(one.concerned.subjects.sum()))
            for one, fit in zip(contrasts, fits, strict=True)
        ]
    )
    first = contrasts[0]
    unit_sums = sums.by(first.unit)
    diagnostics = (
        *in_time(first, fits[0], combined_effect, sums.metric.name),
        *across_teams(unit_sums, first, combined_effect, shown=shown),
        *_untouched(first, sums, placebo),
    )
    # Of a roll-out the last teams may have nobody to compare with, where the first ones have.
    alone = [one for one in contrasts[1:] if one.comparison is None]
    seasons = [season(one, combined_effect) for one in alone]
    raised = [one.caveat for one in (*diagnostics, *seasons) if one.caveat is not None]
    caveats = tuple(dict.fromkeys((*_of_design(change, contrasts, fits), *raised)))
    grade = design_grade(
        is_randomised=change.is_randomised,
        has_comparison=all(one.comparison is not None for one in contrasts),
        before=int(first.mature("before").sum()),
        after=int(first.mature("after").sum()),
        unit=first.unit,
        caveats=caveats,
    )
    return Judged(
        change,
        sums.metric,
        verdict(sums.metric.name, combined_effect, grade, useful=change.useful_effect),
        grade,
        ("description_not_evidence", *caveats) if grade == "D" else caveats,
        tuple(contrasts),
        fits,
        combined_effect,
        diagnostics,
    )


def _of_design(
    change: Intervention, contrasts: Sequence[Contrast], fits: Sequence[Fitted]
) -> Iterator[str]:
    """The caveats that the design itself brings."""
    for one, found in zip(contrasts, fits, strict=True):
        judged_step = one.design.steps[0]
        yield from (f"bundled_with:{name}" for name in judged_step.names if name != change.name)
        steps = found.fit.means.shape[1]
        if found.is_confounded or any(
            abs(found.fit.correlation(0, other)) > _INSEPARABLE for other in range(1, steps)
        ):
            yield "effects_cannot_be_separated"
        if one.comparison is None:
            yield "no_comparison_teams"
        if one.unit == "month":
            yield "too_few_items_for_weeks"
        told = one.mature("before") | one.mature("after")
        if float(np.median(one.concerned.subjects[told])) < FEW:
            yield "too_few_items_in_a_bucket"


def _untouched(one: Contrast, sums: MetricSums, placebo: MetricSums | None) -> Iterator[Diagnostic]:
    """What a change should have left alone: how much begins, and its declared placebo metric."""
    yield _moved("entry_volume", volumes(sums, one))
    if placebo is None or placebo.metric == sums.metric or not placebo.can_be_told():
        return
    design = _among(one.design, placebo.teams())
    if design.concerned:
        yield _moved("placebo_metric", contrast(placebo.by(one.unit), design))


def _moved(name: str, one: Contrast) -> Diagnostic:
    if what_is_missing(one):
        return not_evaluable(name)
    return of_belief(name, fitted(one, grid=COARSE).fit.step(0), caveat=f"{name}_moved")


def _among(design: Design, teams: Collection[str]) -> Design:
    return replace(
        design,
        concerned=tuple(team for team in design.concerned if team in teams),
        comparison=tuple(team for team in design.comparison if team in teams),
    )

"""One change against one metric: what is believed, how it was found, and what may be said."""

from dataclasses import dataclass

from pipelines.cohorts.cohorts import Metric
from pipelines.effects.contrasts import Contrast
from pipelines.effects.design_grades import Grade
from pipelines.effects.diagnostics import Diagnostic
from pipelines.effects.effects import Effect
from pipelines.effects.step_fits import Fitted
from pipelines.effects.verdicts import Verdict
from pipelines.policy import Intervention


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict, with everything that was found on the way to it."""

    change: Intervention
    metric: Metric
    verdict: Verdict
    grade: Grade
    caveats: tuple[str, ...]
    contrasts: tuple[Contrast, ...] = ()
    """One per day of its roll-out; those that could be fitted, unless none could."""
    fits: tuple[Fitted, ...] = ()
    """Of the contrasts, in their order; none where nothing could be fitted."""
    effect: Effect | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    naive: float | None = None
    """The ratio a dashboard would show."""
    rate: float | None = None
    """False discovery rate at which it would still be a discovery; None for the primary metric."""

    @property
    def is_primary(self) -> bool:
        """Whether this is the metric by which the change wants to be judged."""
        return self.metric.name == self.change.primary_metric

"""``docs/gallery.md``: the pictures of the report, the question each answers, how to read it.

Questions and paragraphs are those that the page prints; the pictures are taken of the page itself.
"""

from dataclasses import dataclass
from types import ModuleType
from typing import Final

from reports.charts import (
    aging_work,
    cause_classes,
    counterfactual,
    date_moves,
    decision_rights,
    effect_intervals,
    excess_days,
    handoff_matrix,
    latency_ledger,
    on_time,
    readiness_failures,
    readiness_hindsight,
    rejection_rates,
    slip_curves,
    team_multiples,
    time_in_stage,
    weekly_series,
)
from reports.figure import paragraph

FIRST_SCREEN: Final = "report.png"
"""The picture of the first screen, which the README has, too."""

_HEADER: Final = f"""\
# Gallery

The report of the demo, part by part, in the order in which it is told. [The report](report.md)
says how to read it in four minutes or in an hour; `make demo` makes one on which every number can
be touched.

## What is the matter, in a minute?

![The first screen of the report]({FIRST_SCREEN})

The verdict in one sentence, and what a change has already moved of it. Below it the step that
would bring most, where the days go, what the last change did, how fresh it is, and whether the
data may be trusted. Read the sentence; then the last two, before you repeat it to anybody.
"""
_FOOTER: Final = """\
## What to do next, and who

![What to do next](gallery/next.png)

Each step names the rule that makes work wait, what it costs, and who may change it. It is as good
as the verdict above it.

## May I trust this?

![What was expected and found of every source](gallery/audit.png)

What was expected and what was found, source by source. An error means that a number is wrong or
incomplete; a warning that it has to be read with care. Where nothing stands out here, the rest of
the page may be quoted.
"""

#: In the order of the page, each with what its picture is of, where that is not its name.
_CHARTS: Final[tuple[tuple[ModuleType, str], ...]] = (
    (latency_ledger, ""),
    (excess_days, ""),
    (time_in_stage, ""),
    (aging_work, ""),
    (handoff_matrix, ""),
    (rejection_rates, ""),
    (readiness_failures, ""),
    (readiness_hindsight, ""),
    (on_time, ""),
    (slip_curves, ""),
    (date_moves, ""),
    (decision_rights, ""),
    (effect_intervals, ""),
    (counterfactual, "counterfactual-2"),
    (cause_classes, ""),
    (team_multiples, ""),
    (weekly_series, "weekly-series-01-rejection-rate"),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the gallery: of what on the page, and in which file of the documents."""

    selector: str
    file: str


def pictures() -> list[Picture]:
    """All pictures but that of the first screen."""
    charts = [
        Picture(f".plate:has(#{shown or _name(module)})", _file(module))
        for module, shown in _CHARTS
    ]
    return [
        *charts,
        Picture("section#next", "gallery/next.png"),
        Picture("section#audit", "gallery/audit.png"),
    ]


def page() -> str:
    """The whole page."""
    return "\n".join([_HEADER, *(_section(module) for module, _shown in _CHARTS), _FOOTER])


def _section(module: ModuleType) -> str:
    question = module.QUESTION
    return f"## {question}\n\n![{question}]({_file(module)})\n\n{paragraph(module)}\n"


def _file(module: ModuleType) -> str:
    return f"gallery/{_name(module)}.png"


def _name(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2].replace("_", "-")

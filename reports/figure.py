"""A chart with all that makes it readable: finding, paragraph, key, numbers, what is left out."""

import inspect
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Literal

import altair as alt

from reports.origin import Origin
from reports.table import Table

Shape = Literal["bar", "pale", "box", "dot", "ring", "diamond", "hollow", "line", "band", "dash"]


@dataclass(frozen=True)
class Key:
    """One entry of a chart's key: a shape in a colour of the theme, and what it stands for."""

    shape: Shape
    colour: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One chart of the page. `spec` is null where there is nothing to draw; `notes` say why.

    `origin` is null only where nothing was asked of the warehouse.
    """

    name: str
    title: str
    paragraph: str
    spec: dict[str, Any] | None
    keys: tuple[Key, ...]
    table: Table
    origin: Origin | None = None
    notes: tuple[str, ...] = ()
    is_small: bool = False


def figure(
    module: ModuleType,
    *,
    title: str,
    chart: alt.LayerChart,
    table: Table,
    origin: Origin,
    keys: tuple[Key, ...] = (),
    notes: tuple[str, ...] = (),
) -> Figure:
    """The figure of a chart module: its docstring is the paragraph under the chart."""
    return Figure(
        name=module.__name__.rpartition(".")[2].replace("_", "-"),
        title=title,
        paragraph=paragraph(module),
        spec=_spec(chart) if table.rows else None,
        keys=keys,
        table=table,
        origin=origin,
        notes=notes,
    )


def _spec(chart: alt.LayerChart) -> dict[str, Any]:
    """The chart as it is told to a page.

    Its modules keep what they draw to what a page can bear; the library would refuse more than
    5,000 rows, and with them the whole report.
    """
    with alt.data_transformers.disable_max_rows():
        spec: dict[str, Any] = chart.to_dict()
    return spec


def paragraph(module: ModuleType) -> str:
    """The docstring of a chart module on one line; ValueError where Python was told to drop it."""
    text = inspect.getdoc(module)
    if text is None:
        raise ValueError(
            f"{module.__name__} has no docstring, which is the paragraph under its chart: "
            "run Python without -OO"
        )
    return " ".join(text.split())

"""Every colour and font of the page and its charts.

Charts name colours by meaning (`var(--queue)`), so that the browser resolves them: one drawing
serves light, dark and paper. The hues follow Okabe and Ito, darkened or lightened until each
stands out from its background at a ratio of three to one or better.
"""

import re
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

import altair as alt
import polars as pl
from polars import selectors as cs

#: The reader's own interface font; nothing is downloaded.
FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'

#: Meaning -> colour on light, colour on dark.
PALETTE: dict[str, tuple[str, str]] = {
    # The page.
    "paper": ("#ffffff", "#14171b"),
    "surface": ("#f5f6f4", "#1d2126"),
    "ink": ("#1b1f23", "#eceeec"),
    "muted": ("#5a636b", "#a3adb5"),
    "line": ("#dfe2df", "#333a41"),
    "accent": ("#00618f", "#6fbcea"),
    # Kinds of stage.
    "queue": ("#b87a00", "#e6a519"),
    "active": ("#0072b2", "#4da3dc"),
    "decision": ("#b2568c", "#d98fba"),
    "approval": ("#c85200", "#f0824a"),
    "external": ("#008566", "#2bb58c"),
    "parked": ("#7b848c", "#87919a"),
    "unmapped": ("#8c8577", "#9b9384"),
    # Kinds of time.
    "waiting": ("#b87a00", "#e6a519"),
    "working": ("#0072b2", "#4da3dc"),
    "rework": ("#c85200", "#f0824a"),
    # Standing of a role to a decision right.
    "decides": ("#0072b2", "#4da3dc"),
    "overrides": ("#b2568c", "#d98fba"),
    "out_of_role": ("#c85200", "#f0824a"),
    "undeclared": ("#7b848c", "#87919a"),
    # What becomes of a handoff or a check.
    "accepted": ("#0072b2", "#4da3dc"),
    "rejected": ("#c85200", "#f0824a"),
    "recalled": ("#b87a00", "#e6a519"),
    "dropped": ("#7b848c", "#87919a"),
    "undecided": ("#7b848c", "#87919a"),
    "returned": ("#1b1f23", "#eceeec"),
    # Promises.
    "promised": ("#7b848c", "#a3adb5"),
    "current": ("#c85200", "#f0824a"),
    "shipped": ("#008566", "#2bb58c"),
    # Verdicts on a change.
    "improved": ("#008566", "#2bb58c"),
    "worsened": ("#c85200", "#f0824a"),
    "shown_not_to_help": ("#b87a00", "#e6a519"),
    "not_shown": ("#7b848c", "#87919a"),
    # Estimates.
    "estimate": ("#0072b2", "#4da3dc"),
    "hindsight": ("#b2568c", "#d98fba"),
    "intervention": ("#b2568c", "#d98fba"),
}

STAGE_KINDS = ("queue", "active", "decision", "approval", "external", "parked")

_FIGURES = 6
_MEANING = re.compile(r"var\(--([a-z_]+)\)")

#: Meanings that only the page uses; every other one is a mark in some chart.
PAGE_ONLY = frozenset({"paper", "surface", "ink", "muted", "line", "accent"})


def colour(meaning: str) -> str:
    """The CSS colour of a meaning; KeyError for one that the palette does not have."""
    if meaning not in PALETTE:
        raise KeyError(meaning)
    return f"var(--{meaning})"


def stylesheet() -> str:
    """The palette as CSS: light by default, dark where the reader prefers it, light on paper."""
    light, dark = _declarations(0), _declarations(1)
    keys = "".join(f".key-{name}{{--key:var(--{name})}}" for name in PALETTE)
    return (
        f":root{{color-scheme:light dark;--font:{FONT};{light}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        f"@media print{{:root{{color-scheme:light;{light}}}}}{keys}"
    )


def on_paper(drawing: ET.Element) -> None:
    """Put the light colours in the place of their meanings, for where no page gives them one.

    In attributes alone: what a tracker calls ``var(--ink)`` keeps its name.
    """
    for element in drawing.iter():
        for name, value in element.attrib.items():
            element.set(name, _MEANING.sub(lambda found: PALETTE[found[1]][0], value))


def framed(
    layers: Sequence[alt.Chart], *, data: pl.DataFrame, height: int, description: str
) -> alt.LayerChart:
    """Layers over one frame, as wide as their container, with the house's font and axes.

    `height` is in pixels; `description` is what a screen reader says of the whole chart. Fractions
    are cut to six figures, more than a chart can show: the name of the data is made of them, and
    two nights that differ in the tenth have one page.
    """
    told = data.with_columns(cs.float().round_sig_figs(_FIGURES))
    chart: alt.LayerChart = (
        alt.LayerChart(data=told, layer=list(layers))
        .properties(
            width="container",
            height=height,
            autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
            description=description,
        )
        .configure(**_config())
    )
    return chart


def _declarations(mode: int) -> str:
    return "".join(f"--{name}:{colours[mode]};" for name, colours in PALETTE.items())


def _config() -> dict[str, Any]:
    axis = {
        "labelColor": colour("muted"),
        "titleColor": colour("muted"),
        "gridColor": colour("line"),
        "domain": False,
        "ticks": False,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelPadding": 6,
        "titlePadding": 8,
    }
    return {
        "font": FONT,
        "background": "transparent",
        "padding": {"left": 1, "right": 1, "top": 4, "bottom": 5},
        "view": {"stroke": None},
        "axis": axis,
        "text": {"color": colour("ink"), "fontSize": 13},
    }

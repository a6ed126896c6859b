"""A chart as a picture for slides: its finding, key and drawing, on white, with its source.

The page has title and key beside the drawing, as text; a picture must carry them in itself.
"""

import textwrap
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import vl_convert

from reports import theme
from reports.figure import Figure, Key
from reports.static_chart import MEASURED_WITH, static_chart

WIDTH = 960
"""Pixels; a PNG has twice as many, for screens that show them."""
_MARGIN = 32
_TITLE, _TITLE_LINE, _LETTERS = 26, 34, 66
_SMALL, _KEY_LINE = 15, 28
_LETTER = 7.6
"""Pixels of a letter of the key, on average."""
_SVG = "http://www.w3.org/2000/svg"


@dataclass(frozen=True)
class Slide:
    """A picture by the name of its chart."""

    name: str
    svg: str

    def png(self) -> bytes:
        """The same picture in pixels."""
        picture: bytes = vl_convert.svg_to_png(self.svg, scale=2)
        return picture


def slide(figure: Figure, source: str) -> Slide | None:
    """The picture of a figure; None where it has nothing to draw.

    Args:
        figure: of the page.
        source: what stands under the drawing: where it comes from, and of when.
    """
    if figure.spec is None:
        return None
    title = textwrap.wrap(figure.title, _LETTERS)
    keys = list(_rows_of(figure.keys))
    drawing = ET.fromstring(static_chart(figure.spec, WIDTH - 2 * _MARGIN))  # noqa: S314 - ours
    *_, wide, high = (float(one) for one in drawing.attrib["viewBox"].split())
    head = _MARGIN + len(title) * _TITLE_LINE
    top = head + len(keys) * _KEY_LINE + _KEY_LINE / 2
    total = top + high + _KEY_LINE + _MARGIN
    picture = ET.Element(
        "svg",
        {
            "xmlns": _SVG,
            "viewBox": f"0 0 {WIDTH} {total:.0f}",
            "width": str(WIDTH),
            "height": f"{total:.0f}",
            "font-family": f"{MEASURED_WITH}, Arial, Helvetica",
        },
    )
    ET.SubElement(picture, "title").text = figure.title
    ET.SubElement(picture, "rect", {"width": "100%", "height": "100%", "fill": "var(--paper)"})
    for number, line in enumerate(title, start=1):
        at = _MARGIN + number * _TITLE_LINE - 10
        _write(picture, line, _MARGIN, at, size=_TITLE, ink="ink", bold=True)
    for number, row in enumerate(keys):
        _key(picture, row, head + number * _KEY_LINE + _KEY_LINE / 2)
    placed = {"x": str(_MARGIN), "y": f"{top:.0f}", "width": f"{wide:.0f}", "height": f"{high:.0f}"}
    drawing.attrib.update(placed)
    picture.append(drawing)
    _write(picture, source, _MARGIN, total - _MARGIN + 8, size=_SMALL - 2, ink="muted")
    theme.on_paper(picture)
    return Slide(figure.name, ET.tostring(picture, encoding="unicode"))


def _rows_of(keys: tuple[Key, ...]) -> list[list[tuple[float, Key]]]:
    """The entries of a key in rows, each with its place from the left."""
    rows: list[list[tuple[float, Key]]] = []
    at = float(WIDTH)
    for key in keys:
        wide = 30 + len(key.meaning) * _LETTER
        if at + wide > WIDTH - _MARGIN:
            rows.append([])
            at = _MARGIN
        rows[-1].append((at, key))
        at += wide + 16
    return rows


def _key(picture: ET.Element, row: list[tuple[float, Key]], middle: float) -> None:
    for at, key in row:
        picture.append(_mark(key, at, middle))
        _write(picture, key.meaning, at + 26, middle + 5, size=_SMALL, ink="muted")


def _mark(key: Key, x: float, y: float) -> ET.Element:
    """The shape of an entry, as the style sheet of the page draws it."""
    colour = theme.colour(key.colour)
    around = {"fill": "none", "stroke": colour, "stroke-width": "2"}
    inked = {"fill": colour}
    if key.shape in ("dot", "ring"):
        how = around if key.shape == "ring" else inked
        return ET.Element("circle", {"cx": f"{x + 8}", "cy": f"{y}", "r": "5.5", **how})
    if key.shape in ("diamond", "hollow"):
        how = around if key.shape == "hollow" else inked
        square = {"x": f"{x + 3.5}", "y": f"{y - 4.5}", "width": "9", "height": "9"}
        return ET.Element("rect", {**square, "transform": f"rotate(45 {x + 8} {y})", **how})
    if key.shape == "dash":
        dashed = {"stroke": colour, "stroke-width": "2", "stroke-dasharray": "4 3"}
        ends = {"x1": f"{x}", "x2": f"{x + 17}", "y1": f"{y}", "y2": f"{y}"}
        return ET.Element("line", {**ends, **dashed})
    high = 3.0 if key.shape == "line" else 11.0
    how = around if key.shape == "box" else inked
    faint = {"pale": "0.4", "band": "0.25"}.get(key.shape, "1")
    box = {"x": f"{x}", "y": f"{y - high / 2}", "width": "17", "height": f"{high}"}
    return ET.Element("rect", {**box, "opacity": faint, **how})


def _write(
    picture: ET.Element, text: str, x: float, y: float, *, size: int, ink: str, bold: bool = False
) -> None:
    attributes = {"x": f"{x:.0f}", "y": f"{y:.0f}", "font-size": str(size)}
    weight = {"font-weight": "bold"} if bold else {}
    written = ET.SubElement(picture, "text", {**attributes, **weight, "fill": theme.colour(ink)})
    written.text = text

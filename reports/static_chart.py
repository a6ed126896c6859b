"""Charts drawn while the page is made: what paper shows, and every reader without scripts.

A mail program on a telephone runs no script. So each chart is in the page twice as a drawing, wide
and narrow, and the live one only takes their place.
"""

import re
from typing import Any
from xml.etree import ElementTree as ET

import vl_convert

#: Comes with the renderer, so that the same text is as wide on every machine.
MEASURED_WITH = "Liberation Sans"

#: What a drawing is made of; whatever else the renderer may emit one day is left out.
_ATTRIBUTES = frozenset(
    [
        "d",
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "dx",
        "dy",
        "width",
        "height",
        "transform",
        "fill",
        "fill-opacity",
        "stroke",
        "stroke-width",
        "stroke-dasharray",
        "stroke-opacity",
        "stroke-linecap",
        "stroke-miterlimit",
        "opacity",
        "text-anchor",
        "font-size",
        "font-weight",
        "font-style",
    ]
)
_ELEMENTS = frozenset(("g", "path", "line", "rect", "text", "tspan"))

#: A tenth of a pixel is finer than any screen shows here.
_GEOMETRY = frozenset(("d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height"))
_NUMBER = re.compile(r"-?\d+\.\d+")

_DEFAULTS = frozenset((("opacity", "1"), ("stroke-width", "1"), ("fill-opacity", "1")))


def static_chart(spec: dict[str, Any], width: int) -> str:
    """The chart as SVG of a width in pixels, described as one picture, without any address."""
    config = {**spec["config"], "font": MEASURED_WITH}
    drawing = vl_convert.vegalite_to_svg(
        {**spec, "width": width, "config": config}, allowed_base_urls=[]
    )
    root = ET.fromstring(drawing)  # noqa: S314 - written by the renderer a line above
    box, description = root.attrib["viewBox"], spec["description"]
    picture = ET.Element("svg", {"viewBox": box, "role": "img", "aria-label": description})
    picture.extend(_drawn(root))
    return ET.tostring(picture, encoding="unicode", short_empty_elements=True)


def _drawn(element: ET.Element) -> list[ET.Element]:
    """What the children of an element draw; groups that only wrap others are unwrapped."""
    drawn: list[ET.Element] = []
    for child in element:
        if _name(child) == "g" and not child.attrib.keys() & _ATTRIBUTES:
            drawn.extend(_drawn(child))
        elif _name(child) in _ELEMENTS and not _is_invisible(child):
            drawn.append(_copy(child))
    return drawn


def _copy(element: ET.Element) -> ET.Element:
    """The element without namespace, with the attributes of a drawing alone."""
    attributes = {
        name: _NUMBER.sub(_rounded, value) if name in _GEOMETRY else value
        for name, value in element.attrib.items()
        if name in _ATTRIBUTES and (name, value) not in _DEFAULTS
    }
    copy = ET.Element(_name(element), attributes)
    copy.text = element.text
    copy.extend(_drawn(element))
    return copy


def _is_invisible(element: ET.Element) -> bool:
    paints = element.attrib.keys() & {"fill", "stroke"}
    return element.attrib.get("d") == "" or (_name(element) == "path" and not paints)


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}".removesuffix(".0")


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]

from typing import Any
from xml.etree import ElementTree as ET

from reports.charts.time_in_stage import time_in_stage
from reports.static_chart import static_chart
from tests.reports import factories as f

STAGES = [f.stage("Ready <b>for</b> Dev", 0, "queue")]


def spec() -> dict[str, Any]:
    return time_in_stage(f.frame("stage_durations", STAGES)).to_dict()


def parsed(width: int) -> ET.Element:
    return ET.fromstring(static_chart(spec(), width))  # noqa: S314 - drawn by us a moment ago


def test_the_drawing_is_one_described_picture_of_the_width_asked_for() -> None:
    picture = parsed(340)
    assert picture.attrib["viewBox"].startswith("0 0 340 ")
    assert picture.attrib["role"] == "img"
    assert picture.attrib["aria-label"] == spec()["description"]


def test_colours_stay_meanings_so_that_one_drawing_serves_light_and_dark() -> None:
    assert 'fill="var(--queue)"' in static_chart(spec(), 340)


def test_text_of_the_tracker_stays_text() -> None:
    drawing = static_chart(spec(), 760)
    assert "Ready &lt;b&gt;for&lt;/b&gt; Dev" in drawing
    assert "<b>" not in drawing


def test_a_drawing_holds_shapes_and_text_alone() -> None:
    elements = list(parsed(760).iter())
    assert {element.tag for element in elements} <= {"svg", "g", "path", "line", "rect", "text"}
    assert not {"style", "href", "id", "class"} & {name for e in elements for name in e.attrib}


def test_the_same_chart_is_drawn_in_the_same_bytes() -> None:
    assert static_chart(spec(), 340) == static_chart(spec(), 340)

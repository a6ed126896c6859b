"""A chart as a picture for slides."""

import re
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from reports.figure import Figure, Key
from reports.page import Page
from reports.sections.time_lost import time_lost
from reports.slide import Slide, slide
from tests.reports import factories as f
from tests.reports.hostile import hostile

PNG = b"\x89PNG\r\n\x1a\n"
SHAPES = ("bar", "pale", "box", "dot", "ring", "diamond", "hollow", "line", "band", "dash")


@cache
def stages() -> Figure:
    (found,) = [one for one in time_lost(f.acme()).figures if one.name == "time-in-stage"]
    return found


def drawn(figure: Figure) -> Slide:
    made = slide(figure, "Roadworthy, as of today")
    assert made is not None
    return made


@cache
def as_it_is() -> Slide:
    return drawn(stages())


@cache
def without_keys() -> int:
    return len(list(read(drawn(replace(stages(), keys=()))).iter()))


def read(made: Slide) -> ET.Element:
    return ET.fromstring(made.svg)  # noqa: S314 - made by us a moment ago


def texts(made: Slide) -> list[str]:
    return [one.text or "" for one in read(made).iter() if one.tag.endswith("text")]


def test_a_picture_has_its_finding_its_key_and_its_source() -> None:
    written = " ".join(texts(as_it_is()))
    assert stages().title in written
    assert all(key.meaning in written for key in stages().keys)
    assert written.endswith("Roadworthy, as of today")


def test_its_colours_stand_in_it_for_no_page_gives_them_a_meaning() -> None:
    assert "var(" not in as_it_is().svg


def test_it_asks_nothing_of_any_server() -> None:
    addresses = re.findall(r'(?:href|src|url)\W*=?\W*[^"]*', as_it_is().svg)
    assert addresses == []


def test_it_is_a_picture_in_pixels_too() -> None:
    assert as_it_is().png().startswith(PNG)


def test_a_long_finding_takes_more_lines_and_more_height() -> None:
    short = read(drawn(replace(stages(), title="Short")))
    long = read(drawn(replace(stages(), title="A finding in many words " * 8)))
    assert float(long.attrib["height"]) > float(short.attrib["height"]) + 60


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_a_key_is_drawn(shape: str) -> None:
    keys = (Key(shape, "queue", "a wait"),)  # type: ignore[arg-type] # any of the shapes
    with_key = read(drawn(replace(stages(), keys=keys)))
    assert len(list(with_key.iter())) == 2 + without_keys()


def test_what_has_nothing_to_draw_is_no_picture() -> None:
    assert slide(replace(stages(), spec=None), "") is None


def test_every_chart_of_the_page_is_a_picture_under_a_name_of_its_own() -> None:
    names = [one.name for one in Page(f.acme()).slides()]
    assert len(names) == len(set(names)) == 10
    assert all(re.fullmatch("[a-z0-9-]+", name) for name in names)


def test_a_stage_that_is_called_like_a_colour_keeps_its_name() -> None:
    (stages_of_harm,) = [one for one in Page(hostile()).slides() if one.name == "time-in-stage"]
    assert "var(--x) var(--ink)" in texts(stages_of_harm)


def test_the_text_of_a_tracker_stays_text() -> None:
    for one in Page(hostile()).slides():
        root = read(one)
        assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
            *("svg", "g", "path", "line", "rect", "text", "tspan", "circle", "title"),
        }

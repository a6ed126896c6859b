import re
from importlib.resources import files

import pytest

from reports import theme

LIGHT, DARK = 0, 1


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", [LIGHT, DARK])
@pytest.mark.parametrize("meaning", sorted(set(theme.PALETTE) - theme.PAGE_ONLY))
def test_every_mark_stands_out_from_its_background(meaning: str, mode: int) -> None:
    paper = theme.PALETTE["paper"][mode]
    assert contrast(theme.PALETTE[meaning][mode], paper) >= 3


@pytest.mark.parametrize("mode", [LIGHT, DARK])
@pytest.mark.parametrize("meaning", ["ink", "muted", "accent"])
def test_every_text_can_be_read(meaning: str, mode: int) -> None:
    assert contrast(theme.PALETTE[meaning][mode], theme.PALETTE["paper"][mode]) >= 4.5


def test_no_two_kinds_of_stage_share_a_colour() -> None:
    for mode in (LIGHT, DARK):
        colours = [theme.PALETTE[kind][mode] for kind in theme.STAGE_KINDS]
        assert len(set(colours)) == len(theme.STAGE_KINDS)


def test_paper_is_always_light() -> None:
    paper = theme.stylesheet().partition("@media print{")[2]
    assert f"--paper:{theme.PALETTE['paper'][LIGHT]};" in paper
    assert theme.PALETTE["paper"][DARK] not in paper


def test_a_colour_without_a_meaning_is_refused() -> None:
    with pytest.raises(KeyError, match="puce"):
        theme.colour("puce")


def test_colours_and_fonts_stand_nowhere_but_in_the_theme() -> None:
    sources = [
        path
        for folder in ("", "charts", "sections")
        for path in files("reports").joinpath(folder).iterdir()
        if path.name.endswith((".py", ".css", ".j2")) and path.name != "theme.py"
    ]
    assert len(sources) > 20
    for source in sources:
        text = source.read_text(encoding="utf-8")
        assert not re.search(r"#[0-9a-fA-F]{6}\b|sans-serif|rgb\(", text), source.name

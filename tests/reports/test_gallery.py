"""The gallery has a picture of every chart of the page, and weighs little."""

import pkgutil
from importlib import import_module
from pathlib import Path

from reports import charts, gallery

DOCS = Path(__file__).parent.parent.parent / "docs"
HEAVIEST = 1_500_000
PNG = b"\x89PNG\r\n"


def test_every_chart_of_the_page_has_its_picture() -> None:
    names = [f"reports.charts.{one.name}" for one in pkgutil.iter_modules(charts.__path__)]
    asked = [getattr(import_module(name), "QUESTION", None) for name in names]
    page = gallery.page()
    assert [one for one in asked if one is not None and f"\n## {one}\n" not in page] == []


def test_pictures_are_there_and_weigh_little_together() -> None:
    first = DOCS / gallery.FIRST_SCREEN
    files = {first, *(DOCS / one.file for one in gallery.pictures())}
    assert files == {first, *(DOCS / "gallery").iterdir()}
    assert all(file.read_bytes().startswith(PNG) for file in files)
    assert sum(file.stat().st_size for file in files) < HEAVIEST

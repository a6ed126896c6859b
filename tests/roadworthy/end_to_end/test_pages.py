"""All pages of a night, and that what each chart shows can be asked again in SQL."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reports.page import Page
from roadworthy.config import Loaded
from roadworthy.stages.build import BuildResult
from roadworthy.stages.pages import INDEX, pages, written
from roadworthy.stages.published import Published
from roadworthy.warehouse import Warehouse

from .conftest import Silence

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("end_to_end")]


@pytest.fixture(scope="module")
def folder(built: tuple[Loaded, BuildResult]) -> Path:
    earlier = built[0].reports / "roadworthy-2025-12-31.html"
    earlier.parent.mkdir(parents=True, exist_ok=True)
    earlier.write_text("An earlier night.", encoding="utf-8")
    return pages(built[0], Silence()).parent


def test_the_index_leads_to_every_page_and_to_earlier_nights(folder: Path) -> None:
    led_to = re.findall('href="([^"]*html)"', (folder / INDEX).read_text(encoding="utf-8"))
    assert led_to == [
        "roadworthy-2026-01-05.html",
        *("team-Data.html", "team-Operations.html", "team-Payments.html", "team-Web.html"),
        "roadworthy-2025-12-31.html",
    ]
    assert all((folder / name).is_file() for name in led_to)


def test_without_pages_of_teams_the_index_leads_to_the_organisation(
    built: tuple[Loaded, BuildResult], tmp_path: Path
) -> None:
    config = built[0].config.model_copy(update={"reports": "pages", "team_pages": False})
    alone = replace(built[0], config=config, path=tmp_path / "roadworthy.toml")
    warehouse = replace(Published.read(built[0]), loaded=alone)
    assert warehouse.teams
    folder = written(warehouse, Silence()).parent
    assert sorted(path.name for path in folder.iterdir()) == [INDEX, "roadworthy-2026-01-05.html"]


def test_the_page_of_a_team_names_the_items_of_no_other(folder: Path) -> None:
    page = (folder / "team-Payments.html").read_text(encoding="utf-8")
    keys = set(re.findall(r">((?:DATA|OPS|PAY|WEB)-\d+)<", page))
    assert keys
    assert {key.partition("-")[0] for key in keys} == {"PAY"}


@pytest.mark.parametrize("team", [None, "Payments"])
def test_the_sql_of_every_chart_gives_its_rows_again(
    built: tuple[Loaded, BuildResult], warehouse: Warehouse, team: str | None
) -> None:
    for figure in Page(Published.read(built[0]).data(team)).figures():
        if not figure.table.rows:
            continue
        assert figure.origin is not None, figure.name
        rows = [warehouse.frame(_of_main(sql)).height for sql in figure.origin.questions]
        # A chart is drawn of the rows of its first table, or of the largest of them.
        assert all(rows), figure.name
        assert max(rows) >= len(figure.table.rows), figure.name


def _of_main(sql: str) -> str:
    return sql.replace("from ", "from main.", 1)

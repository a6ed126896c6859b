"""A wheel and a source archive hold what git tracks, and whatever differs is named."""

import io
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from releasing.contents import faults

TRACKED = {
    ".ci/run",
    "README.md",
    "reports/page.css",
    "roadworthy/__init__.py",
    "sql/marts/runs.sql",
    "tests/test_house.py",
}
WHEEL = {"reports/page.css", "roadworthy/__init__.py", "roadworthy/sql/marts/runs.sql"}
SOURCE = (TRACKED - {".ci/run"}) | {"PKG-INFO"}


def built(folder: Path, wheel: Iterable[str], source: Iterable[str]) -> Path:
    with zipfile.ZipFile(folder / "roadworthy-1.0.0-py3-none-any.whl", "w") as opened:
        for name in (*wheel, "roadworthy-1.0.0.dist-info/METADATA"):
            opened.writestr(name, "")
    with tarfile.open(folder / "roadworthy-1.0.0.tar.gz", "w:gz") as archive:
        for name in source:
            archive.addfile(tarfile.TarInfo(f"roadworthy-1.0.0/{name}"), io.BytesIO())
    return folder


def test_what_git_tracks_and_nothing_else_is_right(tmp_path: Path) -> None:
    assert faults(built(tmp_path, WHEEL, SOURCE), TRACKED) == []


def test_a_query_a_style_sheet_and_a_test_in_the_wrong_place_are_named(tmp_path: Path) -> None:
    wheel = WHEEL - {"roadworthy/sql/marts/runs.sql", "reports/page.css"} | {"tests/test_house.py"}
    found = [fault.split(": ")[1] for fault in faults(built(tmp_path, wheel, SOURCE), TRACKED)]
    assert found == [
        "reports/page.css is missing; see to 'tool.hatch.build' in pyproject.toml",
        "roadworthy/sql/marts/runs.sql is missing; see to 'tool.hatch.build' in pyproject.toml",
        "tests/test_house.py is in it, and git does not track it; remove it or exclude it",
    ]


def test_what_lies_about_gets_into_no_source_archive(tmp_path: Path) -> None:
    (fault,) = faults(built(tmp_path, WHEEL, SOURCE | {"data/issues.json"}), TRACKED)
    assert fault.startswith("roadworthy-1.0.0.tar.gz: data/issues.json is in it, and git does not")

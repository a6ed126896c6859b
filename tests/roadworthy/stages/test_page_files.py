"""What pages are called, and how they are put in place."""

import re
from datetime import date
from pathlib import Path

import pytest

from roadworthy.errors import ConfigError
from roadworthy.stages.page_files import (
    as_of_then,
    forget_teams,
    kept,
    nights,
    team_files,
    write_whole,
)

DAY = date(2026, 5, 3)


def test_a_plain_team_has_a_plain_name() -> None:
    assert team_files(["PAY", "Payments"]) == {
        "PAY": "team-PAY.html",
        "Payments": "team-Payments.html",
    }


def test_no_two_teams_share_a_file_on_any_system() -> None:
    teams = ["Web", "WEB", "A/B", "A-B", "A B", "..", "\u652f\u6255" * 80, "x" * 300, ""]
    files = list(team_files(teams).values())
    assert len({name.casefold() for name in files}) == len(teams)
    assert all(re.fullmatch(r"team-[A-Za-z0-9-]{1,60}\.html", name) for name in files)


def test_the_name_of_a_team_does_not_hang_on_their_order() -> None:
    teams = ["Web", "WEB", "A/B"]
    assert team_files(teams) == team_files(teams[::-1])


def test_what_is_computed_for_an_earlier_day_is_never_called_like_what_was_said_then() -> None:
    assert as_of_then(DAY, None) == "as-of-2026-05-03-organisation.html"
    assert as_of_then(DAY, "team-PAY.html") == "as-of-2026-05-03-team-PAY.html"
    assert kept(DAY) == "roadworthy-2026-05-03.html"


def test_nights_are_told_by_their_day_and_nothing_else_is_one(tmp_path: Path) -> None:
    for name in (kept(DAY), "roadworthy-2026-13-45.html", "as-of-2026-05-02.html", "notes.html"):
        (tmp_path / name).touch()
    assert nights(tmp_path) == {DAY: kept(DAY)}


def test_the_page_of_a_team_that_is_no_more_goes_and_no_file_of_anybody_else(
    tmp_path: Path,
) -> None:
    for name in ("team-PAY.html", "team-Web.html", "team-outing.html"):
        (tmp_path / name).touch()
    index = tmp_path / "index.html"
    index.write_text('<a href="team-PAY.html"><a href="team-Web.html"><a href="x.html">', "utf-8")
    forget_teams(index, ["team-PAY.html"])
    assert sorted(one.name for one in tmp_path.glob("team-*")) == [
        "team-PAY.html",
        "team-outing.html",
    ]


def test_a_place_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="cannot be written"):
        write_whole(tmp_path / "file" / "page.html", "page")

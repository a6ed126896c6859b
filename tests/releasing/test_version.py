"""The version that the program says, and the changelog that goes with it."""

import re
from pathlib import Path

from packaging.version import Version

from roadworthy import __version__

CHANGELOG = (Path(__file__).parent.parent.parent / "CHANGELOG.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"^## (.+)$", CHANGELOG, re.MULTILINE)
RELEASED = [re.fullmatch(r"(\d+\.\d+\.\d+) \(\d{4}-\d{2}-\d{2}\)", title) for title in SECTIONS]


def test_what_is_not_released_yet_says_so_in_its_version_and_in_the_changelog() -> None:
    assert Version(__version__).is_devrelease == (SECTIONS[0] == "Unreleased")


def test_a_release_has_a_section_with_its_version_and_day() -> None:
    newest = next((title[1] for title in RELEASED if title), "0.0.0")
    if SECTIONS[0] == "Unreleased":
        assert Version(newest) < Version(__version__)
    else:
        assert newest == __version__


def test_every_section_is_a_release_but_the_first_which_may_be_to_come() -> None:
    assert all(RELEASED[1:])
    assert RELEASED[0] or SECTIONS[0] == "Unreleased"

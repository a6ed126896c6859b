"""The zone of this machine."""

from pathlib import Path

import pytest

from roadworthy.proposals.zone import machine_zone


def linked(folder: Path, zone: str) -> Path:
    """A link as the system has it, to a zone that need not be there."""
    place = folder / "zoneinfo" / zone
    place.parent.mkdir(parents=True)
    place.touch()
    link = folder / "localtime"
    link.symlink_to(place)
    return link


@pytest.mark.parametrize(
    ("zone", "found"),
    [("Europe/Berlin", "Europe/Berlin"), ("Etc/UTC", "UTC"), ("Nowhere/Town", "UTC")],
)
def test_the_link_of_the_system_names_the_zone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str, found: str
) -> None:
    monkeypatch.delenv("TZ", raising=False)
    assert machine_zone(linked(tmp_path, zone)) == found


def test_the_variable_comes_before_the_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", ":America/New_York")
    assert machine_zone(linked(tmp_path, "Europe/Berlin")) == "America/New_York"

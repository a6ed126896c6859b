"""Folders that can be written to, and files that those can read who should."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadworthy.disk import claim, private, put_in_place
from roadworthy.errors import ConfigError


def test_a_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    claim(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


def test_what_cannot_be_made_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="file/below: cannot be made: Not a directory"):
        claim(tmp_path / "file" / "below")


def test_a_folder_that_only_others_may_write_to_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever runs the tests may be allowed everything; the answer of the system is given here.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(ConfigError, match="cannot be written to; see to its permissions"):
        claim(tmp_path)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.fixture
def _usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_usual_umask")
def test_a_file_that_is_replaced_keeps_who_may_read_it_and_a_new_one_is_as_any_file(
    tmp_path: Path,
) -> None:
    kept, new = tmp_path / "kept.html", tmp_path / "new.html"
    kept.write_text("old")
    kept.chmod(0o640)
    for path in (kept, new):
        put_in_place(path, b"content")
    assert (mode(kept), mode(new)) == (0o640, 0o644)
    assert kept.read_bytes() == new.read_bytes() == b"content"


def test_nothing_is_written_through_a_link_that_somebody_laid(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("untouched")
    for name in ("report.html", f".report.html.{os.getpid()}"):
        (tmp_path / name).symlink_to(victim)
    put_in_place(tmp_path / "report.html", b"content")
    assert victim.read_text() == "untouched"
    assert not (tmp_path / "report.html").is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.html", "victim"]


@pytest.mark.usefixtures("_usual_umask")
def test_what_is_private_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    with private():
        (tmp_path / "inside").touch()
    (tmp_path / "outside").touch()
    assert (mode(tmp_path / "inside"), mode(tmp_path / "outside")) == (0o600, 0o644)

"""Folders that can be written to."""

import os
from pathlib import Path

import pytest

from roadworthy.disk import claim
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

"""Pseudonyms: the same person the same, another person another, and a key that is one."""

import errno
import os
from pathlib import Path

import polars as pl
import pytest

from roadworthy.errors import RoadworthyError
from roadworthy.people import Pseudonyms, aliases, load_pseudonyms

KEY = Pseudonyms(b"k" * 32)


def accounts(*rows: tuple[str, list[str], list[str]]) -> pl.DataFrame:
    names = ("account", "logins", "display_names")
    frame = pl.DataFrame(rows, schema=names, orient="row")
    return frame.with_columns(source=pl.lit("acme"))


def owner_of(alias: str, frame: pl.DataFrame) -> str | None:
    """Whose alias it is, by account; None where it is nobody's."""
    found = aliases(frame, KEY).filter(pl.col("alias") == alias)["actor_id"].to_list()
    by_id = {KEY.of("acme", account): account for account in frame["account"]}
    return by_id[found[0]] if found else None


def test_an_account_id_means_that_account_whoever_uses_it_as_a_login() -> None:
    renamed = accounts(("jsmith", ["john.new"], ["John"]), ("JIRAUSER1", ["jsmith"], ["Jane"]))

    assert owner_of("jsmith", renamed) == "jsmith"
    assert owner_of("john.new", renamed) == "jsmith"


def test_a_name_that_two_accounts_share_is_nobodys() -> None:
    namesakes = accounts(("one", ["a"], ["Kim Lee"]), ("two", ["b"], ["Kim Lee"]))

    assert owner_of("Kim Lee", namesakes) is None
    assert owner_of("a", namesakes) == "one"


def test_the_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    first = load_pseudonyms(tmp_path / "roadworthy.duckdb")

    assert load_pseudonyms(tmp_path / "roadworthy.duckdb") == first
    assert (tmp_path / "roadworthy.key").stat().st_mode & 0o777 == 0o600


def test_a_key_that_could_not_be_written_leaves_nothing_behind_and_is_made_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a container every run has the same process id, and with it the same name aside."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            load_pseudonyms(tmp_path / "roadworthy.duckdb")
    assert list(tmp_path.iterdir()) == []
    load_pseudonyms(tmp_path / "roadworthy.duckdb")
    assert [path.name for path in tmp_path.iterdir()] == ["roadworthy.key"]


@pytest.mark.parametrize("content", ["", "abcd", "no key at all"])
def test_what_is_no_key_is_refused_and_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / "roadworthy.key"
    path.write_text(content)

    with pytest.raises(RoadworthyError, match="not a key"):
        load_pseudonyms(tmp_path / "roadworthy.duckdb")
    assert path.read_text() == content


def test_a_folder_in_the_place_of_the_key_is_no_key_either(tmp_path: Path) -> None:
    (tmp_path / "roadworthy.key").mkdir()

    with pytest.raises(RoadworthyError, match="not a key"):
        load_pseudonyms(tmp_path / "roadworthy.duckdb")


def test_a_key_of_somebody_else_is_said_to_be_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied")

    # Whoever runs the tests may be allowed everything; the answer of the system is given here.
    monkeypatch.setattr(Path, "read_text", refused)
    told = "roadworthy.key: cannot be read: Permission denied; see to its permissions"
    with pytest.raises(RoadworthyError, match=told):
        load_pseudonyms(tmp_path / "roadworthy.duckdb")

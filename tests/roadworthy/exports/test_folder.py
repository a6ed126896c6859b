"""The folder of an export: whole or not there, and nobody's work is ever removed."""

import fcntl
import os
from pathlib import Path

import pytest

from roadworthy.errors import ConfigError, LockedError
from roadworthy.exports.folder import whole


def exported(target: Path, *names: str) -> None:
    with whole(target) as folder:
        for name in names:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(name, encoding="utf-8")


def names_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def fails_halfway(target: Path) -> None:
    with whole(target) as folder:
        (folder / "half").write_text("half", encoding="utf-8")
        raise ZeroDivisionError


def test_a_new_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    exported(tmp_path / "a/b", "visits/visits.parquet")
    assert names_in(tmp_path / "a/b") == [".roadworthy-export", "visits", "visits/visits.parquet"]
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    exported(tmp_path / "out", "x")
    assert names_in(tmp_path / "out") == [".roadworthy-export", "x"]


def test_an_earlier_export_is_replaced_whole(tmp_path: Path) -> None:
    exported(tmp_path / "out", "a", "b/b")
    exported(tmp_path / "out", "c")
    assert names_in(tmp_path / "out") == [".roadworthy-export", "c"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_of_somebodys_work_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("ten years", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"holds what is no export, such as thesis.tex; name a"):
        exported(tmp_path, "x")
    assert names_in(tmp_path) == ["thesis.tex"]


@pytest.mark.parametrize("added", ["notebook.ipynb", "visits/mine.parquet"])
def test_an_export_to_which_somebody_added_is_refused(tmp_path: Path, added: str) -> None:
    exported(tmp_path / "out", "visits/visits.parquet")
    (tmp_path / "out" / added).write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigError, match=f"such as {added}"):
        exported(tmp_path / "out", "x")
    assert (tmp_path / "out" / added).read_text("utf-8") == "mine"


def test_an_empty_folder_of_somebody_is_kept_too(tmp_path: Path) -> None:
    exported(tmp_path / "out", "x")
    (tmp_path / "out/mine").mkdir()
    with pytest.raises(ConfigError, match="such as mine"):
        exported(tmp_path / "out", "x")


def test_what_somebody_puts_there_meanwhile_is_kept(tmp_path: Path) -> None:
    def meanwhile() -> None:
        with whole(tmp_path / "out"):
            (tmp_path / "out").mkdir()
            (tmp_path / "out/mine").write_text("mine", encoding="utf-8")

    with pytest.raises(ConfigError, match="such as mine"):
        meanwhile()
    assert names_in(tmp_path) == ["out", "out/mine"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(ConfigError, match="is a file; name a folder"):
        exported(tmp_path / "out", "x")
    with pytest.raises(ConfigError, match="cannot be written: Not a directory"):
        exported(tmp_path / "out/inside", "x")


def test_a_link_leads_to_the_folder_that_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "out")
    exported(tmp_path / "link", "a")
    exported(tmp_path / "link", "b")
    assert (tmp_path / "link").is_symlink()
    assert names_in(tmp_path / "out") == [".roadworthy-export", "b"]


def test_what_fails_halfway_leaves_the_earlier_export_and_nothing_else(tmp_path: Path) -> None:
    exported(tmp_path / "out", "whole")
    with pytest.raises(ZeroDivisionError):
        fails_halfway(tmp_path / "out")
    assert names_in(tmp_path) == ["out", "out/.roadworthy-export", "out/whole"]


def test_what_a_killed_export_left_is_cleared_away(tmp_path: Path) -> None:
    half = tmp_path / ".out.exporting" / "half"
    half.mkdir(parents=True)
    (half.parent / ".roadworthy-export").touch()
    exported(tmp_path / "out", "x")
    (tmp_path / "out").rename(tmp_path / ".out.replaced")
    exported(tmp_path / "out", "x")
    assert names_in(tmp_path) == ["out", "out/.roadworthy-export", "out/x"]


@pytest.mark.parametrize("beside", [".out.exporting", ".out.replaced"])
def test_a_folder_of_somebodys_beside_it_is_never_removed(tmp_path: Path, beside: str) -> None:
    precious = tmp_path / beside / "precious"
    precious.parent.mkdir()
    precious.write_text("work", encoding="utf-8")
    with pytest.raises(ConfigError, match="holds what"):
        exported(tmp_path / "out", "x")
    assert precious.read_text(encoding="utf-8") == "work"


def test_two_exports_to_one_folder_do_not_mix(tmp_path: Path) -> None:
    (tmp_path / ".out.exporting").mkdir()
    descriptor = os.open(tmp_path / ".out.exporting", os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    with pytest.raises(LockedError, match="another export is at work"):
        exported(tmp_path / "out", "x")
    os.close(descriptor)
    exported(tmp_path / "out", "x")


def test_a_mount_cannot_be_swapped() -> None:
    with pytest.raises(
        ConfigError, match="/proc: is a mount point, which nothing can replace; name"
    ):
        exported(Path("/proc"), "x")

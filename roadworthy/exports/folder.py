"""A folder that is whole or not there: written beside its place, then put there with a rename.

A mark in it lists its files. By that mark an earlier export is told from a folder of somebody's
work, and nothing that stands in no list is ever removed.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from roadworthy.disk import sync_to_disk
from roadworthy.errors import ConfigError, LockedError

_MARK = ".roadworthy-export"


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """Give a folder to write in; it takes the place of the target if the block ends well.

    Raises:
        ConfigError: the target holds what no export put there, or cannot be written.
        LockedError: another export to it is at work.
    """
    target = target.resolve()
    try:
        _refuse_what_is_not_ours(target)
        with _alone_in(target.with_name(f".{target.name}.exporting")) as fresh:
            yield fresh
            _refuse_what_is_not_ours(target)
            _finish(fresh)
            _swap(fresh, target)
    except OSError as error:
        raise ConfigError(f"{target}: cannot be written: {error.strerror or error}") from error


@contextmanager
def _alone_in(fresh: Path) -> Iterator[Path]:
    """Make the folder, empty of what a killed export left, and remove it where the block fails."""
    _make(fresh)
    descriptor = os.open(fresh, os.O_RDONLY)
    try:
        # The system drops the lock with the process, however that ends.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise LockedError(f"{fresh}: another export is at work; wait until it has ended") from error
    try:
        _empty(fresh)
        (fresh / _MARK).touch()
        yield fresh
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    finally:
        os.close(descriptor)


def _make(fresh: Path) -> None:
    """Make the folder; what a killed export left in it bears the mark."""
    fresh.mkdir(parents=True, exist_ok=True)
    if any(fresh.iterdir()) and not (fresh / _MARK).exists():
        raise ConfigError(f"{fresh}: holds what no export put there; move it away")


def _refuse_what_is_not_ours(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise ConfigError(f"{target}: is a file; name a folder for the export")
    if target.is_mount():
        raise ConfigError(
            f"{target}: is a mount point, which nothing can replace; name a folder inside it"
        )
    if target.is_dir() and (others := _files(target) - _listed(target)):
        raise ConfigError(
            f"{target}: holds what is no export, such as {min(others)}; name a new folder"
        )


def _files(folder: Path) -> set[str]:
    """Everything in a folder by its path in it, folders that hold nothing too."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir() or not any(path.iterdir())
    }


def _listed(folder: Path) -> set[str]:
    mark = folder / _MARK
    return {_MARK, *mark.read_text(encoding="utf-8").splitlines()} if mark.is_file() else set()


def _finish(fresh: Path) -> None:
    """List the files, and have all of it on disk before any of it is in place."""
    (fresh / _MARK).write_text("".join(f"{name}\n" for name in sorted(_files(fresh))), "utf-8")
    for path in (*fresh.rglob("*"), fresh):
        sync_to_disk(path)


def _swap(fresh: Path, target: Path) -> None:
    """Put the finished folder in its place; between two renames there is none, never half a one."""
    earlier = target.with_name(f".{target.name}.replaced")
    _refuse_what_is_not_ours(earlier)
    shutil.rmtree(earlier, ignore_errors=True)
    if target.exists():
        target.rename(earlier)
    try:
        fresh.rename(target)
    except OSError:
        if earlier.exists():
            earlier.rename(target)
        raise
    sync_to_disk(target.parent)
    shutil.rmtree(earlier, ignore_errors=True)


def _empty(folder: Path) -> None:
    """Remove all but the mark, which a killed export must leave to be told as one."""
    for path in folder.iterdir():
        if path.name == _MARK:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()

"""Which files an archive consists of, in the order in which they are read."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from connectors.excerpts import visible
from connectors.protocol import ConnectorError

BY_LINE: Final = frozenset({".ndjson", ".jsonl"})
READABLE: Final = BY_LINE | {".json"}


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """One file of an archive, as it was when the archive was listed."""

    path: Path
    source: str
    """The source's name, for messages."""
    place: str
    """Path below the archive's root, with ``/`` and printable characters only."""
    size: int
    """Bytes."""
    modified: int
    """Nanoseconds since 1970; with the size, it tells a file that changed while it was read."""

    @property
    def is_packed(self) -> bool:
        """Whether the name says gzip."""
        return self.path.suffix.casefold() == ".gz"

    @property
    def suffix(self) -> str:
        """The suffix that tells the form: ``.json``, ``.ndjson``, ``.jsonl``, or another."""
        return Path(_unpacked(self.path)).suffix

    @property
    def stem(self) -> str:
        """The name in lower case, without suffixes: ``versions-pay`` of ``versions-PAY.json``."""
        return Path(_unpacked(self.path)).stem


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies in an archive."""

    files: tuple[ArchiveFile, ...]
    """To be read, in this order."""
    unread: tuple[str, ...]
    """Places of what lies there too and is of no known form."""


def list_archive(root: Path, source: str) -> Listing:
    """List the files of a folder, at any depth, or the one file that a path names.

    Hidden files and READMEs are passed over. Links to folders are not followed: a ``latest``
    beside its target would only repeat everything. A link to a file is, within the archive: one
    that leads out of it would have whoever packed it choose which of our files are quoted.

    Raises:
        ConnectorError: nothing there, nothing readable there, or no permission.
    """
    try:
        found = sorted(_entries(root), key=lambda entry: entry.relative_to(root).as_posix())
        files = tuple(_file(path, root, source) for path in found if _is_readable(path, root))
    except OSError as error:
        raise ConnectorError(
            f"{source}: {visible(str(root))} cannot be listed ({error.strerror}); "
            "correct `path` or the permissions and run again"
        ) from error
    if not files:
        raise ConnectorError(
            f"{source}: {visible(str(root))} holds nothing to read; `path` must name a .json, "
            ".ndjson or .jsonl file (each may be .gz), or a folder with such files"
        )
    unread = tuple(_place(path, root) for path in found if not _is_readable(path, root))
    return Listing(files=files, unread=unread)


def _entries(root: Path) -> Iterator[Path]:
    if not root.is_dir():
        root.stat()  # says what is wrong where nothing is there
        yield root
        return
    for folder, folders, names in os.walk(root, onerror=_raise):
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(folder) / name for name in names + links if not _is_silent(name))


def _raise(error: OSError) -> None:
    raise error


def _is_silent(name: str) -> bool:
    return name.startswith(".") or name.casefold().startswith("readme")


def _is_readable(path: Path, root: Path) -> bool:
    if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        return False
    return path.is_file() and Path(_unpacked(path)).suffix in READABLE


def _file(path: Path, root: Path, source: str) -> ArchiveFile:
    facts = path.stat()
    return ArchiveFile(path, source, _place(path, root), facts.st_size, facts.st_mtime_ns)


def _place(path: Path, root: Path) -> str:
    return visible(path.name if path == root else path.relative_to(root).as_posix())


def _unpacked(path: Path) -> str:
    return path.name.casefold().removesuffix(".gz")

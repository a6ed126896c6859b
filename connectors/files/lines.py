"""The lines of a file, plain or gzip, streamed: no more is held than the line at hand."""

import gzip
import os
import zlib
from collections.abc import Generator, Iterator
from typing import IO, Final

from connectors.files.listing import ArchiveFile
from connectors.protocol import ConnectorError

MOST_HELD: Final = 1 << 29
"""Bytes of a line, or of a file that is one text: a few kilobytes of gzip unpack to any number."""
TOO_LONG: Final = (
    f"longer than the {MOST_HELD >> 20} MB that are held at once; "
    "write it as NDJSON, an item a line"
)
_CHUNK: Final = 1 << 16
_SHOWN: Final = 1 << 10
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


class BrokenFileError(Exception):
    """The file cannot be unpacked beyond here."""

    def __init__(self, fault: str, rest: bytes) -> None:
        """Take the reason, and what was unpacked after the last whole line."""
        super().__init__(fault)
        self.fault = fault
        self.rest = rest


def lines(file: ArchiveFile) -> Generator[bytes, None, None]:
    """Yield the lines of a file without their line feeds, and without a byte order mark.

    Raises:
        BrokenFileError: no gzip, damaged or cut off; the lines already yielded stand.
        ConnectorError: the file is no longer the one that was listed.
    """
    line: list[bytes] = []
    held = 0
    try:
        for chunk in _chunks(file):
            end, *starts = chunk.split(b"\n")
            line.append(end)
            held += len(end)
            for start in starts:
                yield b"".join(line)
                line, held = [start], len(start)
            if held > MOST_HELD:
                raise BrokenFileError(TOO_LONG, b"".join(line)[:_SHOWN])
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise BrokenFileError(_fault(error, is_begun=bool(line)), b"".join(line)) from error
    if any(line):
        yield b"".join(line)


def _chunks(file: ArchiveFile) -> Iterator[bytes]:
    with file.path.open("rb") as stored:
        _expect_unchanged(file, stored)
        stream = gzip.GzipFile(fileobj=stored) if file.is_packed else stored
        # One read at a time hands out all that comes before a break, and only then the error.
        chunk = stream.read1(_CHUNK).removeprefix(_BYTE_ORDER_MARK)
        while chunk:
            yield chunk
            chunk = stream.read1(_CHUNK)


def _expect_unchanged(file: ArchiveFile, stored: IO[bytes]) -> None:
    facts = os.fstat(stored.fileno())
    if (facts.st_size, facts.st_mtime_ns) != (file.size, file.modified):
        raise ConnectorError(
            f"{file.source}: {file.place} changed while the archive was being read; run again "
            "once whoever writes it has finished"
        )


def _fault(error: Exception, *, is_begun: bool) -> str:
    match error:
        case EOFError():
            return "the gzip data is cut off here"
        case gzip.BadGzipFile() if not is_begun:
            return "no gzip data, though the name ends in .gz"
        case _:
            return f"the gzip data is damaged here: {error}"

"""Files in, the texts of their documents out, each with its place.

A file holds one document per line, or is one JSON text: a document, an array of documents, or a
page as a tracker answers it. Which of the two a ``.json`` is, its first line tells. Nothing that
stood in a file is passed over: what cannot be read arrives as well, with its fault.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from connectors.decoding import UnusableError, decode
from connectors.files.lines import MOST_HELD, TOO_LONG, BrokenFileError, lines
from connectors.files.listing import BY_LINE, ArchiveFile
from connectors.files.scanning import PAGE_LISTS, BrokenTextError, slices
from connectors.protocol import ConnectorError


@dataclass(frozen=True, slots=True)
class Arrival:
    """The text of one document, or of something that should have been one."""

    place: str
    """``issues.ndjson.gz:12`` (line, from 1), ``page.json[12]`` (from 0), or the file."""
    text: str
    """Bytes that are no UTF-8 stand in it as Python's ``surrogateescape`` has them."""
    fault: str | None = None
    """Why the text cannot be a document; None: it may be one."""


def read(file: ArchiveFile) -> Iterator[Arrival]:
    """Yield what stands in a file, in its order.

    Raises:
        ConnectorError: the file cannot be opened or read, or is no longer the one listed.
    """
    try:
        yield from _by_line(file) if _is_by_line(file) else _whole(file)
    except OSError as error:
        raise ConnectorError(
            f"{file.source}: {file.place} cannot be read ({error.strerror}); see to its "
            "permissions and its disk, and run again"
        ) from error


def _is_by_line(file: ArchiveFile) -> bool:
    if file.suffix in BY_LINE:
        return True
    with closing(lines(file)) as stored:
        full = (line for line in stored if line.strip())
        try:
            return _is_document(next(full, b"")) and next(full, None) is not None
        except BrokenFileError:
            return False  # met again, and told, when the file is read


def _is_document(line: bytes) -> bool:
    if not line.lstrip().startswith(b"{"):
        return False
    try:
        value = decode(_text(line))
    except UnusableError:
        return False
    return isinstance(value, dict) and not PAGE_LISTS & value.keys()


def _by_line(file: ArchiveFile) -> Iterator[Arrival]:
    number, is_empty = 0, True
    try:
        for number, line in enumerate(lines(file), start=1):
            if line.strip():
                is_empty = False
                yield Arrival(f"{file.place}:{number}", _text(line))
    except BrokenFileError as error:
        yield from _break(file, number + 1, error)
        return
    if is_empty:
        yield _empty(file)


def _break(file: ArchiveFile, number: int, error: BrokenFileError) -> Iterator[Arrival]:
    rest = error.rest
    if _is_document(rest):  # the last line needs no line feed to be whole
        yield Arrival(f"{file.place}:{number}", _text(rest))
        number, rest = number + 1, b""
    yield Arrival(f"{file.place}:{number}", _text(rest), error.fault)


def _whole(file: ArchiveFile) -> Iterator[Arrival]:
    text, fault = _content(file)
    if not text.strip() and fault is None:
        yield _empty(file)
        return
    count, at = 0, len(text)
    try:
        for piece in slices(text):
            is_item = piece.is_item or count > 0
            yield Arrival(f"{file.place}[{count}]" if is_item else file.place, piece.text)
            count += 1
    except BrokenTextError as error:
        at, fault = error.at, fault or error.fault
    if fault is not None:
        place = f"{file.place}[{count}]" if count else file.place
        yield Arrival(place, text[at:], fault)


def _content(file: ArchiveFile) -> tuple[str, str | None]:
    """The text of a file as far as it goes, and the fault that ended it, if one did."""
    read_so_far: list[bytes] = []
    held, fault = 0, None
    try:
        for line in lines(file):
            read_so_far.append(line)
            held += len(line) + 1
            if held > MOST_HELD:
                return "", TOO_LONG
    except BrokenFileError as error:
        read_so_far.append(error.rest)
        fault = error.fault
    return _text(b"\n".join(read_so_far)), fault


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")


def _empty(file: ArchiveFile) -> Arrival:
    return Arrival(file.place, "", "the file is empty")

"""Files of an archive: whatever stands in them arrives, as a record or with its reason."""

import gzip
import json
from typing import Final, Literal

from connectors.excerpts import LONGEST
from connectors.files import FilesConnector
from connectors.protocol import ConnectorError, Page
from fuzz.choices import Choices
from fuzz.scratch import scratch_folder

LOOKS_AT: Final = ("connectors.files", "connectors.decoding", "connectors.excerpts")

_TRACKERS: Final[tuple[Literal["jira", "github"], ...]] = ("jira", "github")
_NAMES: Final = (
    *("issues.ndjson", "issues.json", "issues.jsonl", "pulls.json", "versions.json", "teams.json"),
    *("issues.ndjson.gz", "issues.json.gz", "fields.json.GZ"),
)
_ISSUE: Final = (
    b'{"id": "1", "key": "PAY-1", "fields": {"created": "2024-03-01T09:00:00.000+0100",'
    b'"status": {"id": "1"}}, "changelog": {"histories": []}}'
)
_PULL: Final = (
    b'{"number": 1, "url": "https://api.github.com/repos/acme/web/pulls/1", "merged_at": null,'
    b'"created_at": "2024-03-01T09:00:00Z", "timeline": [{"event": "closed"}]}'
)
_FOLDER: Final = scratch_folder()


def seeds() -> tuple[bytes, ...]:
    """One of each form: a line each, a list, a page, a packed one, one that breaks off."""
    return (
        b"\x00\x00\x00" + _ISSUE + b"\n" + _ISSUE,
        b"\x00\x01\x00[" + _ISSUE + b"," + _ISSUE + b"]",
        b'\x00\x01\x00{"startAt": 0, "issues": [' + _ISSUE + b'], "total": 1}',
        b"\x01\x03\x00[" + _PULL + b"]",
        b"\x00\x06\x01" + _ISSUE + b"\n" + _ISSUE,
        b"\x00\x06\x00" + gzip.compress(_ISSUE, mtime=0)[:-9],
        b"\x00\x01\x00[" + _ISSUE + b', {"id": "\\ud83d", "x": [[[1e999]]]}',
    )


def one(data: bytes) -> None:
    """Read an archive of one file."""
    choices = Choices(data)
    tracker, name = choices.one_of(_TRACKERS), choices.one_of(_NAMES)
    is_packed = choices.number(2) == 1
    content = choices.rest()
    path = _FOLDER / name
    path.write_bytes(gzip.compress(content, 1) if is_packed else content)
    connector = FilesConnector(path, tracker=tracker, name="fuzzed", as_of=None)
    try:
        pages = [page for one in connector.resources for page in connector.fetch(one, None)]
        connector.snapshot()
    except ConnectorError:
        pages = []
        assert not path.exists(), "a file that is there can be read"
    finally:
        path.unlink(missing_ok=True)
    assert _arrivals(pages) or _may_hold_nothing(content), "something was lost without a word"
    _judge(pages)


def _arrivals(pages: list[Page]) -> int:
    return sum(len(page.records) + len(page.quarantined) for page in pages)


def _may_hold_nothing(content: bytes) -> bool:
    """Whether it may be lists and pages that have nothing in them."""
    return content.removeprefix(b"\xef\xbb\xbf").strip(b" \t\r\n")[:1] in {b"[", b"{"}


def _judge(pages: list[Page]) -> None:
    records = [record for page in pages for record in page.records]
    aside = [one for page in pages for one in page.quarantined]
    for record in records:
        assert record.key.strip()
        stored = json.dumps(record.payload, allow_nan=False).encode("ascii")
        assert json.loads(stored) == record.payload
        record.key.encode()
    for one in aside:
        assert one.reason
        assert len(one.excerpt) <= LONGEST
        for told in (one.place, one.reason, one.excerpt):
            assert told.isprintable(), told

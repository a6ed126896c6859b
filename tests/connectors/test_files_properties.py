"""What holds for any lines and any bytes."""

import gzip
import json
import tempfile
import zlib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from connectors.files import FilesConnector
from connectors.protocol import Page

Json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
INSTANTS = st.sampled_from(["2024-03-01T09:00:00.000+0000", "2024-03-02T09:00:00Z", 1709280000000])


@st.composite
def issues(draw: st.DrawFn) -> bytes:
    """Few ids, so that many come twice."""
    payload = {
        "id": draw(st.integers(0, 9)),
        "key": "P-1",
        "fields": {"created": draw(INSTANTS), "updated": draw(INSTANTS), "status": {}},
        "extra": draw(Json),
    }
    return json.dumps(payload).encode()


LINES = issues() | Json.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=40)


def _pages(name: str, content: bytes) -> list[Page]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        connector = FilesConnector(path, tracker="jira", name="archive", as_of=None)
        return [
            page for resource in connector.resources for page in connector.fetch(resource, None)
        ]


def _things(pages: list[Page]) -> int:
    return sum(len(page.records) + len(page.quarantined) for page in pages)


@given(st.lists(LINES, min_size=1))
def test_every_line_is_a_record_or_quarantined(lines: list[bytes]) -> None:
    content = b"\n".join(lines)
    full = [line for line in content.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip()]
    pages = _pages("a.ndjson.gz", gzip.compress(content))
    assert _things(pages) == max(len(full), 1)  # an empty file is one thing too
    keys = [record.key for page in pages for record in page.records]
    assert sorted(set(keys)) == sorted(keys)


@given(st.lists(issues() | Json.map(lambda value: json.dumps(value).encode()), max_size=8))
def test_every_document_of_an_array_is_a_record_or_quarantined(documents: list[bytes]) -> None:
    pages = _pages("a.json", b"[" + b",".join(documents) + b"]")
    assert _things(pages) == len(documents)


@given(st.lists(st.text("abcdefgh", max_size=60), min_size=1, max_size=8), st.data())
def test_a_file_cut_anywhere_keeps_what_stands_before_the_cut(
    texts: list[str], data: st.DataObject
) -> None:
    documents = [json.dumps({"id": number, "x": text}) for number, text in enumerate(texts)]
    packed = gzip.compress("\n".join(documents).encode())
    cut = packed[: data.draw(st.integers(2, len(packed) - 1))]
    unpacked = zlib.decompressobj(wbits=31).decompress(cut).decode()
    whole = [line for line in unpacked.split("\n") if line in documents]
    told = [one for page in _pages("a.ndjson.gz", cut) for one in page.quarantined]
    assert [one.excerpt for one in told[:-1]] == whole
    assert told[-1].place == f"a.ndjson.gz:{len(whole) + 1}"
    assert told[-1].reason == "the gzip data is cut off here"


@given(st.sampled_from(["a.json", "a.ndjson", "a.json.gz", "a.jsonl.gz"]), st.binary())
def test_no_bytes_are_too_strange_to_be_told_of(name: str, content: bytes) -> None:
    pages = _pages(name, content)
    for page in pages:
        for one in page.quarantined:
            assert (one.place + one.reason + one.excerpt).isprintable()


@given(st.lists(issues(), max_size=8), st.binary(max_size=20))
def test_pages_can_always_be_written_as_strict_utf8_json(
    documents: list[bytes], rest: bytes
) -> None:
    for page in _pages("a.json", b"[" + b",".join(documents) + rest):
        for record in page.records:
            json.dumps(record.payload, ensure_ascii=False, allow_nan=False).encode()


@given(st.permutations(range(6)))
def test_which_copy_counts_by_its_instant_does_not_depend_on_the_order(order: list[int]) -> None:
    copies = [
        {
            "id": "1",
            "key": "P-1",
            "fields": {"created": "2024-03-01T09:00:00Z", "updated": at, "status": {}},
        }
        for at in [f"2024-03-0{day}T09:00:00Z" for day in range(1, 7)]
    ]
    lines = [json.dumps(copies[number]).encode() for number in order]
    (page,) = _pages("a.ndjson", b"\n".join(lines))
    assert [record.cursor for record in page.records] == ["2024-03-06T09:00:00Z"]
    assert len(page.quarantined) == 5

"""What is no usable record: literal bytes in, place and reason and excerpt out."""

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from connectors.protocol import Quarantined

if TYPE_CHECKING:
    from tests.connectors.conftest import Archive

GOOD = b'{"id":"1","key":"P-1","fields":{"created":"2024-03-01T09:00:00Z","status":{}}}'

# The faults of text, whoever wrote it.
LINES = [
    (b'{"id":', "not JSON at character 7: Expecting value", '{"id":'),
    (b"{'id':1}", "not JSON at character 2: Expecting property name enclosed in double quotes",
     "{'id':1}"),
    (b'{"id":1} {}', "not JSON at character 10: Extra data", '{"id":1} {}'),
    (b'{"id":"\x01"}', "not JSON at character 8: Invalid control character at", r'{"id":"\x01"}'),
    (b'{"id":"\xff\xfe"}', "not UTF-8 at character 8", r'{"id":"\xff\xfe"}'),
    (b'{"id":NaN}', "not JSON: NaN is no JSON number", '{"id":NaN}'),
    (b'{"id":-Infinity}', "not JSON: -Infinity is no JSON number", '{"id":-Infinity}'),
    (b'{"id":1e999}', "not storable: it holds a number too large for a double", '{"id":1e999}'),
    (b'{"id":' + b"7" * 5000 + b"}",
     "not storable: it holds a number of several thousand digits", '{"id":' + "7" * 194),
    (b"[" * 100_000, "nested more than 200 levels deep", "[" * 200),
    (b'{"id":' + b"[" * 200 + b"]" * 200 + b"}",
     "nested more than 200 levels deep", '{"id":' + "[" * 194),
    (b"[" + GOOD + b"]", "not an object", "[" + GOOD.decode() + "]"),
    (b"null", "not an object", "null"),
    (b'"text"', "not an object", '"text"'),
]  # fmt: skip

ISSUES: list[tuple[dict[str, object], str]] = [
    ({"id": None}, "`id` is missing, or neither a number nor text"),
    ({"id": True}, "`id` is missing, or neither a number nor text"),
    ({"id": 1.5}, "`id` is missing, or neither a number nor text"),
    ({"id": " "}, "`id` is missing, or neither a number nor text"),
    ({"key": " "}, "`key` is empty"),
    ({"key": 7}, "`key` is a whole number, not text"),
    ({"fields": None}, "`fields` is null, not an object"),
    ({"fields": []}, "`fields` is a list, not an object"),
    ({"fields": {"status": {}}}, "`fields.created` is missing"),
    ({"fields": {"created": None, "status": {}}}, "`fields.created` is missing"),
    ({"fields": {"created": "2024-03-01T09:00:00", "status": {}}},
     "`fields.created` is no instant with an offset"),
    ({"fields": {"created": "2024-02-31T09:00:00Z", "status": {}}},
     "`fields.created` is no instant with an offset"),
    ({"fields": {"created": False, "status": {}}},
     "`fields.created` is no instant with an offset"),
    ({"fields": {"created": "2024-03-01T09:00:00Z"}}, "`fields.status` is missing"),
    ({"fields": {"created": "2024-03-01T09:00:00Z", "status": "Open"}},
     "`fields.status` is text, not an object"),
    ({"fields": {"created": "2024-03-01T09:00:00Z", "status": {}, "updated": "soon"}},
     "`fields.updated` is no instant with an offset"),
    ({"changelog": []}, "`changelog` is a list, not an object"),
    ({"changelog": {}}, "`changelog` has neither `histories` nor `values`"),
    ({"changelog": {"histories": None}}, "`changelog.histories` is null, not a list"),
    ({"changelog": {"values": "[]"}}, "`changelog.values` is text, not a list"),
]  # fmt: skip

PULLS: list[tuple[dict[str, object], str]] = [
    ({"number": "7"}, "`number` is text, not a whole number"),
    ({"number": True}, "`number` is true or false, not a whole number"),
    ({"number": 7.5}, "`number` is a fraction, not a whole number"),
    ({"created_at": None}, "`created_at` is missing"),
    ({"created_at": "yesterday"}, "`created_at` is no instant with an offset"),
    ({"updated_at": [1]}, "`updated_at` is no instant with an offset"),
    ({"user": "ada"}, "`user` is text, not an object"),
    ({"timeline": {}}, "`timeline.nodes` is missing"),
    ({"reviews": 3}, "`reviews` is a whole number, not a list"),
    ({"url": "https://example.org/?q=1"},
     "no `url`, `repository_url` or `html_url` names its repository"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "reason", "excerpt"), LINES)
def test_a_line_that_is_no_document_costs_itself_alone(
    archive: "Archive", line: bytes, reason: str, excerpt: str
) -> None:
    archive.put("a/issues.ndjson.gz", line + b"\n" + GOOD + b"\n")
    assert archive.kept() == [("issues", "1")]
    assert archive.quarantined() == [Quarantined("issues", "a/issues.ndjson.gz:1", reason, excerpt)]


@pytest.mark.parametrize(("members", "reason"), ISSUES)
def test_an_issue_must_have(archive: "Archive", members: dict[str, object], reason: str) -> None:
    text = json.dumps(archive.issue(1) | members)
    archive.put("issues.json", f"[{text}]")
    assert archive.records() == []
    assert archive.quarantined() == [Quarantined("issues", "issues.json[0]", reason, text[:200])]


@pytest.mark.parametrize(("members", "reason"), PULLS)
def test_a_pull_request_must_have(
    archive: "Archive", members: dict[str, object], reason: str
) -> None:
    text = json.dumps(archive.pull(1) | members)
    archive.put("pulls.json", f"[{text}]")
    assert archive.records("github") == []
    assert archive.quarantined("github") == [
        Quarantined("pulls", "pulls.json[0]", reason, text[:200])
    ]


def test_a_side_file_entry_must_have_an_id_and_a_name(archive: "Archive") -> None:
    archive.put("versions.json", '[{"id":"1"},{"name":"1.0"},{"id":"2","name":"2.0"}]')
    assert archive.kept() == [("versions", "2")]
    no_id = "`id` is missing, or neither a number nor text"
    assert archive.quarantined() == [
        Quarantined("versions", "versions.json[0]", "`name` is missing", '{"id":"1"}'),
        Quarantined("versions", "versions.json[1]", no_id, '{"name":"1.0"}'),
    ]


def test_what_cannot_be_decoded_is_of_the_kind_that_the_file_is_named_for(
    archive: "Archive",
) -> None:
    for name in ("export.ndjson", "milestones-web.ndjson", "pulls.ndjson"):
        archive.put(name, "{\n")
    assert [(one.resource, one.place) for one in archive.quarantined("github")] == [
        ("pulls", "pulls.ndjson:1"),
        ("issues", "export.ndjson:1"),
        ("milestones", "milestones-web.ndjson:1"),
    ]


@pytest.mark.parametrize("name", ["a.json", "a.ndjson", "a.json.gz", "a.ndjson.gz"])
@pytest.mark.parametrize("content", [b"", b"\n \r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told(archive: "Archive", name: str, content: bytes) -> None:
    archive.put(name, content, raw=not content)
    assert archive.quarantined() == [Quarantined("issues", name, "the file is empty", "")]


def test_a_gzip_file_that_is_none_is_told(archive: "Archive") -> None:
    archive.put("a.ndjson.gz", GOOD, raw=True)
    archive.put("b.json.gz", GOOD, raw=True)
    fault = "no gzip data, though the name ends in .gz"
    assert archive.quarantined() == [
        Quarantined("issues", "a.ndjson.gz:1", fault, ""),
        Quarantined("issues", "b.json.gz", fault, ""),
    ]


def test_a_gzip_file_that_was_cut_off_keeps_the_records_before_the_break(
    archive: "Archive",
) -> None:
    whole = b"".join(
        json.dumps(archive.issue(number, summary="x" * number)).encode() + b"\n"
        for number in range(1, 2001)
    )
    packed = gzip.compress(whole)
    archive.put("issues.ndjson.gz", packed[: len(packed) // 2], raw=True)
    keys = [int(key) for _, key in archive.kept()]
    (one,) = archive.quarantined()
    assert keys == list(range(1, len(keys) + 1))
    assert len(keys) > 500
    assert one.place == f"issues.ndjson.gz:{len(keys) + 1}"
    assert one.reason == "the gzip data is cut off here"
    assert f'{{"id": "{len(keys) + 1}"'.startswith(one.excerpt[:7])


@pytest.mark.parametrize("name", ["issues.ndjson.gz", "issues.json.gz"])
@pytest.mark.parametrize("end", [b"", b"\n"])
def test_a_gzip_file_cut_off_in_its_checksum_loses_nothing_but_says_so(
    archive: "Archive", name: str, end: bytes
) -> None:
    archive.put(name, gzip.compress(GOOD + end)[:-4], raw=True)
    assert archive.kept() == [("issues", "1")]
    assert [one.reason for one in archive.quarantined()] == ["the gzip data is cut off here"]


def test_two_faults_of_one_file_stand_at_two_places(archive: "Archive") -> None:
    archive.put("issues.json.gz", gzip.compress(b'{"id":"1"}')[:-4], raw=True)
    assert [(one.place, one.reason) for one in archive.quarantined()] == [
        ("issues.json.gz", "`key` is missing"),
        ("issues.json.gz[1]", "the gzip data is cut off here"),
    ]


def test_damaged_gzip_data_is_told(archive: "Archive") -> None:
    packed = bytearray(gzip.compress(GOOD + b"\n"))
    packed[-8] ^= 0xFF
    archive.put("issues.ndjson.gz", bytes(packed), raw=True)
    assert archive.kept() == [("issues", "1")]
    (one,) = archive.quarantined()
    assert one.place == "issues.ndjson.gz:2"
    assert one.reason.startswith("the gzip data is damaged here: CRC check failed")


def test_an_array_that_breaks_off_keeps_the_records_before_the_break(archive: "Archive") -> None:
    archive.put("issues.json", b"[" + GOOD + b', {"id":"2", "ke')
    assert archive.kept() == [("issues", "1")]
    assert archive.quarantined() == [
        Quarantined(
            "issues",
            "issues.json[1]",
            "not JSON at character 93: Unterminated string starting at",
            '{"id":"2", "ke',
        )
    ]


def test_an_array_with_one_bad_document_keeps_the_others(archive: "Archive") -> None:
    other = GOOD.replace(b'"1"', b'"2"')
    archive.put("issues.json", b"[" + b',{"id":NaN},{"id":"\xff"},'.join((GOOD, other)) + b"]")
    assert archive.kept() == [("issues", "1"), ("issues", "2")]
    assert archive.quarantined() == [
        Quarantined("issues", "issues.json[1]", "not JSON: NaN is no JSON number", '{"id":NaN}'),
        Quarantined("issues", "issues.json[2]", "not UTF-8 at character 8", r'{"id":"\xff"}'),
    ]


def test_a_page_that_lost_its_end_says_so(archive: "Archive") -> None:
    archive.put("page.json", b'{"issues":[' + GOOD + b'],"total":')
    assert archive.kept() == [("issues", "1")]
    assert [(one.place, one.reason) for one in archive.quarantined()] == [
        ("page.json[1]", "not JSON at character 100: Expecting value")
    ]


def test_a_file_in_another_encoding_is_told_once(archive: "Archive") -> None:
    archive.put("issues.json", GOOD.decode().encode("utf-16"))
    (one,) = archive.quarantined()
    assert (one.place, one.reason) == ("issues.json", "not UTF-8 at character 1")


def test_an_excerpt_shows_no_address_and_no_control_character(archive: "Archive") -> None:
    line = (
        '{"emailAddress":"ada.l+x@example.org","self":"https://a.io/user?username=ada%40b.io",'
        '"x":"bob\\u0040c.io","note":"<eve@d.io>\u202e\u2028\u001b[31m\x7f'
    )
    archive.put("issues.ndjson", line)
    (one,) = archive.quarantined()
    assert one.excerpt == (
        '{"emailAddress":"(e-mail)","self":"https://a.io/user?username=(e-mail)",'
        '"x":"(e-mail)","note":"<(e-mail)>\\u202e\\u2028\\x1b[31m\\x7f'
    )


def test_an_excerpt_does_not_end_in_half_an_address(archive: "Archive") -> None:
    archive.put("issues.ndjson", '"' + "x " * 97 + "ada.lovelace@example.org")
    (one,) = archive.quarantined()
    assert one.excerpt == '"' + "x " * 97 + "(e-ma"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("issues.ndjson.gz", "issues.ndjson.gz:2"),
        ("issues.json.gz", "issues.json.gz"),
        ("issues.json", "issues.json"),
    ],
)
def test_a_line_without_end_is_told_and_not_held(
    archive: "Archive", monkeypatch: pytest.MonkeyPatch, name: str, place: str
) -> None:
    for module in ("lines", "reading"):
        monkeypatch.setattr(f"connectors.files.{module}.MOST_HELD", 1 << 20)
    bomb = b" " * (8 << 20) if name.endswith("ndjson.gz") else b"\n" * (2 << 20)
    archive.put(name, json.dumps(archive.issue(1)).encode() + b"\n" + bomb)
    (one,) = archive.quarantined()
    assert (one.place, len(one.excerpt) <= 200) == (place, True)
    assert "that are held at once; write it as NDJSON, an item a line" in one.reason

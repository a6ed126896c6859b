"""Every form in which recorded payloads may lie in a file."""

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.connectors.conftest import Archive

ONE = '{"id":"1","key":"P-1","fields":{"created":"2024-03-01T09:00:00Z","status":{}}}'
TWO = '{"id":"2","key":"P-2","fields":{"created":"2024-03-01T09:00:00Z","status":{}}}'
BOTH = [("issues", "1"), ("issues", "2")]

FORMS = {
    "an array": f"[{ONE},{TWO}]",
    "an array over several lines": f"[\n  {ONE},\n  {TWO}\n]\n",
    "a search page": f'{{"expand":"names","total":2,"issues":[{ONE},{TWO}]}}',
    "a search page that goes on": f'{{"issues":[{ONE},{TWO}],"total":2,"names":{{"a":[1]}}}}',
    "a page of values": f'{{"isLast":true,"values":[{ONE},{TWO}]}}',
    "pages after one another": f'{{"issues":[{ONE}]}}\n{{"issues":[{TWO}]}}',
    "arrays after one another": f"[{ONE}][{TWO}]",
    "one document per line": f"{ONE}\n{TWO}\n",
    "a byte order mark before it all": f"\ufeff[{ONE},{TWO}]",
}


@pytest.mark.parametrize("suffix", [".json", ".json.gz", ".JSON"])
@pytest.mark.parametrize("form", FORMS)
def test_a_json_file_may_hold(archive: "Archive", form: str, suffix: str) -> None:
    archive.put(f"export{suffix}", FORMS[form])
    assert archive.kept() == BOTH
    assert archive.quarantined() == []


@pytest.mark.parametrize("suffix", [".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz"])
@pytest.mark.parametrize(
    "content",
    [f"{ONE}\n{TWO}\n", f"{ONE}\n{TWO}", f"{ONE}\r\n{TWO}\r\n", f"\ufeff{ONE}\n\n \n{TWO}\n\n"],
)
def test_lines_may_end_and_be_spaced_as_they_like(
    archive: "Archive", content: str, suffix: str
) -> None:
    archive.put(f"export{suffix}", content)
    assert archive.kept() == BOTH
    assert archive.quarantined() == []


@pytest.mark.parametrize("content", [ONE, json.dumps(json.loads(ONE), indent=2)])
def test_a_json_file_may_be_one_document(archive: "Archive", content: str) -> None:
    archive.put("PAY-1.json", content)
    assert archive.kept() == [("issues", "1")]


def test_the_path_may_be_one_file_and_its_neighbours_are_left_alone(archive: "Archive") -> None:
    archive.put("one.json", ONE)
    archive.put("two.json", TWO)
    connector = archive.connector(path="two.json")
    (page,) = connector.fetch(connector.resources[0], None)
    assert [record.key for record in page.records] == ["2"]


def test_an_empty_result_is_no_fault(archive: "Archive") -> None:
    archive.put("issues.json", '{"total":0,"issues":[]}')
    archive.put("versions.json", "[]")
    assert (archive.records(), archive.quarantined()) == ([], [])


def test_a_payload_is_handed_on_as_it_stood(archive: "Archive") -> None:
    archive.put(
        "issues.ndjson",
        '{"id":1,"key":"P-1","fields":{"created":1709280000000,'
        '"updated":1709283600000,"status":{},"customfield_1":[null,0.5,{"é":"\\u0000"}]},'
        '"changelog":{"histories":[17,{"created":"never"}]}}',
    )
    (record,) = archive.records()
    assert record.payload == {
        "id": 1,
        "key": "P-1",
        "fields": {
            "created": 1709280000000,
            "updated": 1709283600000,
            "status": {},
            "customfield_1": [None, 0.5, {"é": "\x00"}],
        },
        "changelog": {"histories": [17, {"created": "never"}]},
    }
    assert (record.key, record.cursor) == ("1", "1709283600000")


def test_side_files_are_known_by_name_wherever_they_lie(archive: "Archive") -> None:
    archive.put("fields.json", '[{"id":"customfield_1","name":"Sprint"}]')
    archive.put("pay/versions.json.gz", '[{"id":"10","name":"1.0"}]')
    archive.put("versions-WEB.json", '{"values":[{"id":"11","name":"2.0"}]}')
    archive.put("web/Statuses.ndjson", '{"id":"1","name":"Open"}\n')
    assert archive.kept() == [
        ("fields", "customfield_1"),
        ("versions", "10"),
        ("versions", "11"),
        ("statuses", "1"),
    ]


def test_a_pull_request_is_told_from_an_issue_by_its_members(archive: "Archive") -> None:
    listed = {"number": 3, "created_at": "2024-03-01T09:00:00Z", "user": None}
    in_issues = listed | {"html_url": "https://git.acme.io/acme/web/issues/3"}
    as_issue = listed | {"repository_url": "https://git.acme.io/api/v3/repos/acme/web"}
    as_issue |= {"number": 4, "pull_request": {"merged_at": None}}
    as_pull = as_issue | {"head": {}, "base": {"repo": {"full_name": "acme/web"}}}
    archive.put("export.json", json.dumps([in_issues, as_issue, as_pull]))
    archive.put("milestones.json", '[{"id":9,"title":"1.0","due_on":"2024-05-01T07:00:00Z"}]')
    assert archive.kept("github") == [
        ("pulls", "acme/web#4"),
        ("issues", "acme/web#3"),
        ("issues", "acme/web#4"),
        ("milestones", "9"),
    ]


def test_files_are_read_in_the_order_of_their_paths(archive: "Archive") -> None:
    for number, name in enumerate(["b/1.json", "a.ndjson", "B.json", "a/z.json.gz"], start=1):
        archive.put(name, json.dumps(archive.issue(number)))
    assert [key for _, key in archive.kept()] == ["3", "2", "4", "1"]


def test_pages_hold_five_hundred_and_are_read_one_at_a_time(archive: "Archive") -> None:
    lines = [json.dumps(archive.issue(number)) for number in range(1, 1202)]
    archive.put("issues.ndjson.gz", "\n".join(lines))
    connector = archive.connector()
    pages = connector.fetch(connector.resources[0], None)
    assert [len(page.records) for page in pages] == [500, 500, 201]

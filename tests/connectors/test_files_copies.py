"""A thing that stands in an archive more than once: one copy counts, the others are told."""

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.connectors.conftest import Archive

EARLIER = "2024-03-02T23:30:00.000-0500"  # 04:30 UTC on the 3rd, though it sorts before LATER
LATER = "2024-03-03T05:00:00.000+0000"


def _kept_and_told(archive: "Archive") -> tuple[list[str], list[tuple[str, str]]]:
    kept = [record.payload.get("mark", "") for record in archive.records()]
    return kept, [(one.place, one.reason) for one in archive.quarantined()]


def _lines(*payloads: object) -> str:
    return "".join(f"{json.dumps(payload)}\n" for payload in payloads)


def test_the_copy_with_the_later_instant_counts_wherever_it_stands(archive: "Archive") -> None:
    late = archive.issue(7, updated=LATER) | {"mark": "late"}
    early = archive.issue(7, updated=EARLIER) | {"mark": "early"}
    archive.put("a.ndjson", _lines(late, archive.issue(8) | {"mark": "other"}))
    archive.put("b/c.ndjson.gz", _lines(early))
    assert _kept_and_told(archive) == (
        ["late", "other"],
        [("b/c.ndjson.gz:1", "older copy of 7, which is kept from a.ndjson:1")],
    )


def test_a_copy_without_an_instant_is_older_than_any_with_one(archive: "Archive") -> None:
    dated = archive.issue(7, updated=EARLIER) | {"mark": "dated"}
    undated = archive.issue(7, updated=None) | {"mark": "undated"}
    archive.put("a.ndjson", _lines(undated, dated, undated))
    assert _kept_and_told(archive) == (
        ["dated"],
        [
            ("a.ndjson:1", "older copy of 7, which is kept from a.ndjson:2"),
            ("a.ndjson:3", "older copy of 7, which is kept from a.ndjson:2"),
        ],
    )


def test_of_equal_copies_the_last_is_kept(archive: "Archive") -> None:
    turned = dict(reversed(archive.issue(7).items()))
    archive.put("a.json", json.dumps([archive.issue(7), turned, archive.issue(7)]))
    assert archive.kept() == [("issues", "7")]
    assert [(one.place, one.reason) for one in archive.quarantined()] == [
        ("a.json[0]", "repeated copy of 7, which is kept from a.json[2]"),
        ("a.json[1]", "repeated copy of 7, which is kept from a.json[2]"),
    ]


def test_of_two_copies_as_late_the_one_with_more_history_counts(archive: "Archive") -> None:
    with_history = archive.issue(7) | {"changelog": {"histories": [{}]}, "mark": "with"}
    emptied = archive.issue(7) | {"mark": "emptied"}
    without = archive.issue(7) | {"changelog": None, "mark": "without"}
    archive.put("a.ndjson", _lines(with_history, emptied, without))
    assert _kept_and_told(archive) == (
        ["with"],
        [
            ("a.ndjson:2", "shorter copy of 7, which is kept from a.ndjson:1"),
            ("a.ndjson:3", "shorter copy of 7, which is kept from a.ndjson:1"),
        ],
    )


def test_two_versions_of_one_id_that_nothing_dates_are_told_as_differing(
    archive: "Archive",
) -> None:
    archive.put("01/versions.json", '[{"id":"1","name":"1.0","releaseDate":"2024-05-01"}]')
    archive.put("02/versions.json", '[{"id":1,"name":"1.0","releaseDate":"2024-06-01"}]')
    assert [record.payload["releaseDate"] for record in archive.records()] == ["2024-06-01"]
    assert [(one.place, one.reason) for one in archive.quarantined()] == [
        ("01/versions.json[0]", "differing copy of 1, which is kept from 02/versions.json[0]")
    ]


def test_a_malformed_copy_does_not_push_out_a_sound_one(archive: "Archive") -> None:
    broken = archive.issue(7, updated=LATER, status="Open")
    archive.put("a.ndjson", _lines(archive.issue(7, updated=EARLIER), broken))
    assert archive.kept() == [("issues", "7")]
    assert [(one.place, one.reason) for one in archive.quarantined()] == [
        ("a.ndjson:2", "`fields.status` is text, not an object")
    ]


def test_one_number_in_two_repositories_is_two_things(archive: "Archive") -> None:
    elsewhere = archive.pull(1, url="https://api.github.com/repos/acme/api/pulls/1")
    archive.put("pulls.ndjson", _lines(archive.pull(1), elsewhere))
    assert archive.kept("github") == [("pulls", "acme/web#1"), ("pulls", "acme/api#1")]


def test_the_later_copy_of_a_milestone_counts(archive: "Archive") -> None:
    late = {"id": 1, "title": "1.0", "due_on": "2024-06-01T07:00:00Z", "updated_at": LATER}
    early = late | {"due_on": "2024-05-01T07:00:00Z", "updated_at": EARLIER}
    archive.put("milestones.json", json.dumps([late, early]))
    assert [record.payload["due_on"] for record in archive.records("github")] == [late["due_on"]]

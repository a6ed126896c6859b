"""Which files are read, what their names may be, and what is said where none can be."""

import json
import os
from typing import TYPE_CHECKING

import pytest

from connectors.protocol import ConnectorError

if TYPE_CHECKING:
    from tests.connectors.conftest import Archive


def _unread(archive: "Archive") -> str:
    return archive.connector().snapshot().lacks[-1]


def test_hidden_files_and_readmes_are_passed_over_in_silence(archive: "Archive") -> None:
    archive.put("issues.json", json.dumps([archive.issue(1)]))
    for name in (".DS_Store", ".git/config.json", "README.md", "ReadMe.json", "a/._issues.json"):
        archive.put(name, "[1]")
    assert archive.kept() == [("issues", "1")]
    assert archive.quarantined() == []
    assert _unread(archive).startswith("no statuses.json")


def test_files_of_other_forms_are_named_and_many_are_counted(archive: "Archive") -> None:
    archive.put("issues.json", "[]")
    for name in ("a.csv", "b/c.xml", "d.json.zip", "e", "f.gz", "g.txt", "h.json~"):
        archive.put(name, "", raw=True)
    assert _unread(archive) == (
        "not read, being of no known form or elsewhere: a.csv, b/c.xml, d.json.zip, e, f.gz, 2 more"
    )


def test_a_link_to_a_folder_is_not_followed_and_a_pipe_is_not_opened(archive: "Archive") -> None:
    archive.put("2024-03-01/issues.json", json.dumps([archive.issue(1)]))
    (archive.root / "latest").symlink_to("2024-03-01")
    (archive.root / "loop").symlink_to(".")
    os.mkfifo(archive.root / "pipe.json")
    assert archive.kept() == [("issues", "1")]
    assert archive.quarantined() == []
    assert (
        _unread(archive) == "not read, being of no known form or elsewhere: latest, loop, pipe.json"
    )


def test_a_dangling_link_is_named(archive: "Archive") -> None:
    archive.put("issues.json", "[]")
    (archive.root / "more.json").symlink_to("nowhere.json")
    assert _unread(archive) == "not read, being of no known form or elsewhere: more.json"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        (b"'; drop table raw.records;--.json", "'; drop table raw.records;--.json"),
        (b"<script>alert(1)<%2fscript>.json", "<script>alert(1)<%2fscript>.json"),
        (b"two\nlines.json", r"two\nlines.json"),
        (b"\x1b[31mred.json", r"\x1b[31mred.json"),
        (b"caf\xe9.json", r"caf\xe9.json"),
        ("café ☕.json".encode(), "café ☕.json"),
        (b"--help.json", "--help.json"),
        (b"a" * 250 + b".json", "a" * 250 + ".json"),
    ],
)
def test_a_place_can_be_printed_and_stored_whatever_the_file_is_called(
    archive: "Archive", name: bytes, place: str
) -> None:
    path = os.path.join(os.fsencode(archive.root), name)  # noqa: PTH118 - a name that is no text
    with open(path, "wb") as file:  # noqa: PTH123 - the same
        file.write(b"{")
    (one,) = archive.quarantined()
    assert one.place == place
    assert one.place.encode().decode().isprintable()


def test_a_path_that_leads_nowhere_says_so(archive: "Archive") -> None:
    connector = archive.connector(path="missing")
    with pytest.raises(
        ConnectorError,
        match=r"^archive: \S+/missing cannot be listed \(No such file or directory\); "
        "correct `path` or the permissions and run again$",
    ):
        next(connector.fetch(connector.resources[0], None))


@pytest.mark.parametrize("path", ["", "notes.txt"])
def test_a_path_with_nothing_to_read_says_what_would_be(archive: "Archive", path: str) -> None:
    archive.put("notes.txt", "")
    with pytest.raises(ConnectorError, match="holds nothing to read; `path` must name a "):
        archive.connector(path=path).snapshot()


def test_a_folder_that_cannot_be_listed_is_not_passed_over(archive: "Archive") -> None:
    archive.put("issues.json", "[]")
    deep = os.open(archive.root, os.O_DIRECTORY)
    for _ in range(20):  # beyond the longest path that the system takes
        os.mkdir("d" * 250, dir_fd=deep)
        inner = os.open("d" * 250, os.O_DIRECTORY, dir_fd=deep)
        os.close(deep)
        deep = inner
    os.close(deep)
    with pytest.raises(ConnectorError, match=r"cannot be listed \(File name too long\)"):
        archive.connector().snapshot()


def test_a_file_that_changes_between_the_passes_is_not_read_on(archive: "Archive") -> None:
    path = archive.put("issues.json", json.dumps([archive.issue(1)]))
    connector = archive.connector()
    connector.snapshot()
    path.write_text("[]")
    with pytest.raises(ConnectorError, match=r"^archive: issues.json changed while"):
        next(connector.fetch(connector.resources[0], None))


def test_a_file_that_vanishes_between_the_passes_is_told(archive: "Archive") -> None:
    path = archive.put("issues.json", json.dumps([archive.issue(1)]))
    connector = archive.connector()
    connector.snapshot()
    path.unlink()
    with pytest.raises(ConnectorError, match=r"issues.json cannot be read \(No such file"):
        next(connector.fetch(connector.resources[0], None))


def test_a_link_that_leads_out_of_the_archive_is_not_followed(archive: "Archive") -> None:
    secret = archive.root.parent / "secrets.env"
    secret.write_text("JIRA_TOKEN=canary")
    archive.put("2024/issues.json", json.dumps([archive.issue(1)]))
    (archive.root / "issues.json").symlink_to(secret)
    (archive.root / "more.json").symlink_to("../secrets.env")
    (archive.root / "again.json").symlink_to("2024/issues.json")
    assert archive.kept() == [("issues", "1")]
    assert [one.place for one in archive.quarantined()] == ["2024/issues.json[0]"]
    assert _unread(archive) == (
        "not read, being of no known form or elsewhere: issues.json, more.json"
    )


def test_an_archive_may_itself_be_a_link(archive: "Archive") -> None:
    archive.put("2024/issues.json", json.dumps([archive.issue(1)]))
    (archive.root / "latest").symlink_to("2024")
    connector = archive.connector(path="latest")
    pages = connector.fetch(connector.resources[0], None)
    assert [record.key for page in pages for record in page.records] == ["1"]

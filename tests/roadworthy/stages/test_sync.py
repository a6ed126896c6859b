"""Which sources a sync reads, and which it refuses before it reads any."""

import json
from typing import TYPE_CHECKING

import pytest

from roadworthy.errors import ConfigError
from roadworthy.people import key_path
from roadworthy.stages.build import build
from roadworthy.stages.sync import sync
from roadworthy.warehouse import landing_path

if TYPE_CHECKING:
    from roadworthy.runs import Run
    from tests.roadworthy.conftest import Place, Silence

ISSUE = {
    "id": "1",
    "key": "PAY-1",
    "fields": {
        "created": "2026-03-02T09:00:00.000+0000",
        "updated": "2026-03-02T09:00:00.000+0000",
        "status": {"id": "1", "name": "Idea"},
    },
    "changelog": {"histories": [], "total": 0},
}


def recorded_at(place: "Place", instant: str) -> None:
    archive = place.folder / "archive"
    archive.mkdir()
    (archive / "issues.json").write_text(json.dumps([ISSUE]), encoding="utf-8")
    text = place.config.read_text(encoding="utf-8")
    place.config.write_text(f"{text}as_of = {instant}\n", encoding="utf-8")


def test_an_archive_recorded_after_now_is_refused_before_anything_is_read(
    place: "Place", silence: "Silence", run: "Run"
) -> None:
    recorded_at(place, "2099-01-01T00:00:00Z")
    said = (
        r"roadworthy.toml: source 'archive': as_of = 2099-01-01 00:00 UTC is still to come; write "
        "when it was recorded, or leave it out for the latest instant found in it"
    )
    with pytest.raises(ConfigError, match=said):
        sync(place.loaded, run, silence)
    assert not landing_path(place.warehouse).exists()


def test_the_clock_of_another_machine_may_be_a_little_ahead(
    place: "Place", silence: "Silence", run: "Run"
) -> None:
    recorded_at(place, "2026-03-31T12:30:00Z")
    assert sync(place.loaded, run, silence).records == 1


LOST = "roadworthy.key: the key of the pseudonyms was gone, so a new one was made"


def notes(silence: "Silence") -> list[str]:
    return [one for one in silence.told if one.startswith("noted") and "pseudonyms" in one]


def test_a_first_sync_makes_the_key_without_a_word(
    place: "Place", silence: "Silence", run: "Run"
) -> None:
    recorded_at(place, "2026-03-31T12:30:00Z")
    sync(place.loaded, run, silence)
    sync(place.loaded, run, silence)
    assert notes(silence) == []


def test_a_sync_that_has_to_make_the_key_anew_says_so_and_what_to_do(
    place: "Place", silence: "Silence", run: "Run"
) -> None:
    recorded_at(place, "2026-03-31T12:30:00Z")
    sync(place.loaded, run, silence)
    key_path(place.warehouse).unlink()
    sync(place.loaded, run, silence)
    sync(place.loaded, run, silence)
    (told,) = notes(silence)
    assert LOST in told
    assert "if there is a copy of the old one, put it back" in told
    assert place.landed("select count(*) from raw.records") == (1,)


def test_a_build_that_has_to_make_the_key_anew_says_so(
    place: "Place", silence: "Silence", run: "Run"
) -> None:
    recorded_at(place, "2026-03-31T12:30:00Z")
    sync(place.loaded, run, silence)
    key_path(place.warehouse).unlink()
    build(place.loaded, run, silence)
    (told,) = notes(silence)
    assert LOST in told

"""A configuration that is another one from night to night, over the same landing file."""

import json
from typing import TYPE_CHECKING

import pytest

from roadworthy.warehouse import open_published
from tests.roadworthy.test_nightly import issue

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place

pytestmark = pytest.mark.slow

SOURCE = """
[[sources]]
kind = "files"
name = "{name}"
path = "{path}"
tracker = "jira"
as_of = 2026-03-31T23:00:00Z
"""


def night(place: "Place", *sources: tuple[str, str], timezone: str = "UTC") -> str:
    """Run one with these sources, each with the folder it reads; returns the name of its report."""
    for _, path in sources:
        (place.folder / path).mkdir(exist_ok=True)
        written = json.dumps(issue(histories=1))
        (place.folder / path / "issues.ndjson").write_text(written, encoding="utf-8")
    declared = "".join(SOURCE.format(name=name, path=path) for name, path in sources)
    place.config.write_text(f'timezone = "{timezone}"\n{declared}', encoding="utf-8")
    result = place.call("nightly")
    assert result.exit_code == 0, result.stderr
    return result.stdout.strip().rsplit("/", maxsplit=1)[1]


def told(place: "Place") -> tuple[list[object], list[object]]:
    """The sources of the items, and those that the audit calls no longer configured."""
    with open_published(place.warehouse) as published:
        items = published.frame("select source from work_items order by source")["source"]
        audit = (
            "select source from data_audit where finding = 'source_not_configured' order by source"
        )
        return items.to_list(), published.frame(audit)["source"].to_list()


def test_sources_that_come_go_and_are_renamed_and_another_zone(place: "Place") -> None:
    assert night(place, ("pay", "one")) == "roadworthy-2026-03-31.html"
    assert told(place) == (["pay"], [])
    night(place, ("pay", "one"), ("web", "two"))
    assert told(place) == (["pay", "web"], [])
    renamed = night(place, ("pay", "one"), ("shop", "two"), timezone="Europe/Berlin")
    assert renamed == "roadworthy-2026-04-01.html"
    assert told(place) == (["pay", "shop"], ["web"])
    night(place, ("shop", "two"))
    assert told(place) == (["shop"], ["pay", "web"])
    night(place, ("pay", "one"), ("shop", "two"))
    assert told(place) == (["pay", "shop"], ["web"])

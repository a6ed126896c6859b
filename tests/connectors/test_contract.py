"""What every connector promises, whatever it reads."""

import json
from collections import Counter
from typing import TYPE_CHECKING

from connectors.protocol import Connector, Page

if TYPE_CHECKING:
    from tests.connectors.conftest import Contender


def _pages(connector: Connector) -> list[Page]:
    return [page for resource in connector.resources for page in connector.fetch(resource, None)]


def test_every_page_is_of_the_declared_resource_that_was_asked_for(contender: "Contender") -> None:
    connector = contender.connect()
    for resource in connector.resources:
        for page in connector.fetch(resource, None):
            assert page.resource == resource
            assert {thing.resource for thing in page.records + page.quarantined} == {resource.name}


def test_resources_are_named_once(contender: "Contender") -> None:
    names = [resource.name for resource in contender.connect().resources]
    assert sorted(set(names)) == sorted(names)


def test_no_key_comes_twice_within_a_resource(contender: "Contender") -> None:
    pages = _pages(contender.connect())
    keys = Counter((record.resource, record.key) for page in pages for record in page.records)
    assert [key for key, count in keys.items() if count > 1] == []


def test_no_place_is_quarantined_twice_within_a_resource(contender: "Contender") -> None:
    pages = _pages(contender.connect())
    places = Counter((one.resource, one.place) for page in pages for one in page.quarantined)
    assert [place for place, count in places.items() if count > 1] == []


def test_what_arrived_is_a_record_or_quarantined_and_nothing_else(contender: "Contender") -> None:
    things: Counter[str] = Counter()
    for page in _pages(contender.connect()):
        things[page.resource.name] += len(page.records) + len(page.quarantined)
    assert dict(things) == contender.things


def test_pages_are_small_and_none_is_empty(contender: "Contender") -> None:
    sizes = [len(page.records) + len(page.quarantined) for page in _pages(contender.connect())]
    assert min(sizes) >= 1
    assert max(sizes) <= 500


def test_payloads_can_be_written_as_strict_utf8_json(contender: "Contender") -> None:
    for page in _pages(contender.connect()):
        for record in page.records:
            text = json.dumps(record.payload, ensure_ascii=False, allow_nan=False)
            assert json.loads(text.encode()) == record.payload


def test_fetching_twice_yields_the_same_pages(contender: "Contender") -> None:
    connector = contender.connect()
    assert _pages(connector) == _pages(connector) == _pages(contender.connect())


def test_a_reader_may_stop_after_any_page(contender: "Contender") -> None:
    connector = contender.connect()
    first = next(iter(connector.fetch(connector.resources[0], None)))
    assert first == _pages(contender.connect())[0]


def test_the_snapshot_stands_for_an_instant_with_an_offset(contender: "Contender") -> None:
    connector = contender.connect()
    _pages(connector)
    taken_at = connector.snapshot().taken_at
    if taken_at is None:  # the end of the sync, which no connector knows
        assert connector.is_incremental
    else:
        assert taken_at.utcoffset() is not None


def test_reasons_and_excerpts_are_printable_and_short(contender: "Contender") -> None:
    for page in _pages(contender.connect()):
        for one in page.quarantined:
            assert (one.place + one.reason + one.excerpt).isprintable()
            assert one.reason
            assert len(one.excerpt) <= 200

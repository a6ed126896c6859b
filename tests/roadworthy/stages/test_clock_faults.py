"""A clock that went back: what was dated later than now, and what a tracker says of now."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from connectors.protocol import Page, Record, Resource
from roadworthy.errors import RoadworthyError
from roadworthy.people import load_pseudonyms
from roadworthy.runs import Run
from roadworthy.stages.clock_faults import agree_on_the_time
from roadworthy.stages.landing import Envelope, land
from roadworthy.warehouse import Warehouse, open_landing

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place, Silence

VERSIONS = Resource("versions", "id", keeps_versions=True)
ISSUES = Resource("issues", "id", cursor="updated")
MARCH = datetime(2026, 3, 2, 4, tzinfo=UTC)
AHEAD = datetime(2030, 1, 1, 4, tzinfo=UTC)
CHANGED = "2026-03-01T09:00:00.000+0000"


def run_at(at: datetime) -> Run:
    return Run.begin("nightly", lambda: at)


def night(place: "Place", landing: Warehouse, at: datetime, release: str) -> Run:
    """A sync of a Jira that shows one issue, and one version with a date."""
    run = run_at(at)
    envelope = Envelope("acme", "jira", run.run_id, at)
    keys = load_pseudonyms(place.warehouse)
    version = Record("versions", "1", None, {"id": "1", "releaseDate": release})
    land(landing, Page(VERSIONS, (version,)), envelope, keys)
    land(landing, Page(ISSUES, (Record("issues", "7", CHANGED, {"id": "7"}),)), envelope, keys)
    landing.execute(
        "insert into raw.syncs values "
        "('acme', ?, 'jira', 'jira', $2, $2, $2, true, 2, 0, 1, [], null)",
        [run.run_id, at],
    )
    return run


def seen(landing: Warehouse) -> list[tuple[object, ...]]:
    """Every date of the version, and the instants between which it was seen."""
    return landing.frame(
        """
        select payload ->> '$.releaseDate', opened.snapshot_at, closed.snapshot_at
        from raw.records
        inner join raw.syncs as opened on opened.run_id = first_run_id
        left join raw.syncs as closed on closed.run_id = superseded_run_id
        where resource = 'versions' order by all
        """
    ).rows()


def test_what_was_dated_by_a_clock_ahead_comes_just_before_now(
    place: "Place", silence: "Silence"
) -> None:
    now = run_at(MARCH + timedelta(days=2))
    with open_landing(place.warehouse) as landing:
        night(place, landing, MARCH, "2026-05-01")
        night(place, landing, AHEAD, "2026-06-01")
        agree_on_the_time(landing, now, silence)
        night(place, landing, now.started_at, "2026-07-01")
        just_before = now.started_at - timedelta(microseconds=1)
        assert seen(landing) == [
            ("2026-05-01", MARCH, just_before),
            ("2026-06-01", just_before, now.started_at),
            ("2026-07-01", now.started_at, None),
        ]
        last = landing.frame("from raw.syncs order by started_at desc limit 1")
        assert last["snapshot_at"].item() == now.started_at
    assert len(silence.told) == 1
    assert "dated up to 2030-01-01 04:00 UTC, which is later than now" in silence.told[0]


def test_a_clock_behind_what_a_tracker_has_shown_reads_nothing(
    place: "Place", silence: "Silence"
) -> None:
    with open_landing(place.warehouse) as landing:
        night(place, landing, MARCH, "2026-05-01")
        before = landing.frame("from raw.syncs").rows()
        said = "clock of this machine says 1970-01-01 00:00 UTC.* changes of 2026-03-01 09:00 UTC"
        with pytest.raises(RoadworthyError, match=said):
            agree_on_the_time(landing, run_at(datetime(1970, 1, 1, tzinfo=UTC)), silence)
        assert landing.frame("from raw.syncs").rows() == before
    assert silence.told == []


def test_a_clock_that_goes_on_changes_nothing(place: "Place", silence: "Silence") -> None:
    with open_landing(place.warehouse) as landing:
        night(place, landing, MARCH, "2026-05-01")
        before = landing.frame("from raw.syncs").rows()
        agree_on_the_time(landing, run_at(MARCH), silence)
        agree_on_the_time(landing, run_at(MARCH + timedelta(days=1)), silence)
        assert landing.frame("from raw.syncs").rows() == before
    assert silence.told == []


def test_a_sync_without_an_end_gets_none(place: "Place", silence: "Silence") -> None:
    with open_landing(place.warehouse) as landing:
        night(place, landing, AHEAD, "2026-05-01")
        landing.execute("update raw.syncs set finished_at = null, snapshot_at = null")
        agree_on_the_time(landing, run_at(MARCH), silence)
        row = landing.frame(
            "select started_at < ?, finished_at, snapshot_at from raw.syncs", [MARCH.isoformat()]
        )
        assert row.rows() == [(True, None, None)]


def test_an_archive_keeps_the_instant_it_was_taken_at(place: "Place", silence: "Silence") -> None:
    with open_landing(place.warehouse) as landing:
        landing.execute(
            "insert into raw.syncs values "
            "('old', 'r', 'jira', 'files', $1, $1, $1, true, 2, 0, 1, [], null)",
            [AHEAD],
        )
        agree_on_the_time(landing, run_at(MARCH), silence)
        instants = landing.frame(
            "select snapshot_at = ?, started_at < ? from raw.syncs",
            [AHEAD.isoformat(), MARCH.isoformat()],
        )
        assert instants.rows() == [(True, True)]

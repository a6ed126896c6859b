"""What years of nights leave, and what goes."""

from typing import TYPE_CHECKING

from roadworthy.config.load import config_hash
from roadworthy.stages.retention import clear_away
from roadworthy.warehouse import open_landing

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place, Silence

PAGES = [
    "roadworthy-2026-03-01.html",
    "roadworthy-2026-03-02.html",
    "roadworthy-2026-03-03.html",
    "roadworthy-2026-03-04.html",
    "as-of-2025-01-01-organisation.html",
    "team-Payments.html",
    "roadworthy-2025-13-45.html",
    "for-the-board.html",
    "index.html",
]
RUN = """
    insert into raw.runs
    select 'r' || i, timestamptz '2026-01-01 04:00:00Z' + interval (i) day, null, 'nightly',
        'done', ['acme'], 0, 0, 'h', '0.1.0', null
    from range(1, 21) as numbers (i);
    insert into raw.syncs
    select 'acme', run_id, 'jira', 'jira', started_at, started_at, started_at, true, 0, 0, 0, [],
        null
    from raw.runs;
    insert into raw.syncs
    select 'code', run_id, 'github', 'github', started_at, started_at, started_at, true, 0, 0, 0,
        [], null
    from raw.runs where run_id = 'r2';
    insert into raw.records values
        ('acme', 'jira', 'versions', '1', null, '{}', 'a', '2026-01-01', 'r4', 'r3', 'r5', null),
        ('acme', 'jira', 'versions', '1', null, '{}', 'b', '2026-01-01', 'r20', 'r5', null, null);
"""


def keep(place: "Place", reports: int, runs: int = 10) -> None:
    with place.config.open("a", encoding="utf-8") as config:
        config.write(f"\n[retention]\nreports = {reports}\nruns = {runs}\n")


def test_the_oldest_pages_of_nights_go_and_what_a_person_made_stays(
    place: "Place", silence: "Silence"
) -> None:
    keep(place, reports=2)
    place.loaded.reports.mkdir(parents=True)
    for name in PAGES:
        (place.loaded.reports / name).touch()
    clear_away(place.loaded, silence)
    assert {path.name for path in place.loaded.reports.iterdir()} == set(PAGES[2:])
    assert silence.told == [
        "noted: no longer kept ([retention]): 2 reports up to roadworthy-2026-03-02.html"
    ]


def test_old_runs_go_and_the_syncs_that_a_history_is_read_from_stay(
    place: "Place", silence: "Silence"
) -> None:
    keep(place, reports=2)
    with open_landing(place.warehouse) as landing:
        landing.execute(RUN)
    clear_away(place.loaded, silence)
    with open_landing(place.warehouse) as landing:
        runs = landing.frame("select run_id from raw.runs order by started_at")["run_id"]
        assert list(runs) == [f"r{number}" for number in range(11, 21)]
        syncs = landing.frame(
            "select source, run_id from raw.syncs where run_id not in (select run_id from raw.runs)"
            " order by all"
        )
        # r3 opened a date, r4 saw it last, r5 saw another; code was read to its end by r2 last.
        assert syncs.rows() == [("acme", "r3"), ("acme", "r4"), ("acme", "r5"), ("code", "r2")]
        assert landing.frame("from raw.records").height == 2
    assert silence.told == ["noted: no longer kept ([retention]): the record of 10 runs"]


def test_where_little_is_there_nothing_goes_and_nothing_is_said(
    place: "Place", silence: "Silence"
) -> None:
    clear_away(place.loaded, silence)
    assert silence.told == []


def test_how_much_is_kept_is_no_other_rule_of_measuring(place: "Place") -> None:
    before = config_hash(place.loaded.config)
    keep(place, reports=7)
    assert config_hash(place.loaded.config) == before

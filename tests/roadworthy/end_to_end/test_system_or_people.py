"""The demo comes out as its story tells it, and one in which it was a person comes out as that."""

from collections.abc import Iterator

import pytest

from roadworthy.config import Loaded
from roadworthy.config.load import load
from roadworthy.simulator.archive import write_archive
from roadworthy.simulator.life import simulate
from roadworthy.simulator.people import PEOPLE, TEAMS
from roadworthy.simulator.scenario import Scenario
from roadworthy.stages.build import BuildResult
from roadworthy.warehouse import Warehouse, open_published

from .conftest import ENDS_AT, run_all, write_report

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("end_to_end")]

WHO = {
    text
    for person in PEOPLE
    for text in (person.name, person.account_id, person.login, person.email)
    if person.role != "bot"
}


def shown(warehouse: Warehouse, pattern: str) -> str:
    found = warehouse.frame("select standing from main.diagnoses where pattern = ?", [pattern])
    return str(found.item())


def named(text: str) -> set[str]:
    return {one for one in (*WHO, "person:") if one in text}


def test_it_is_the_system_and_not_the_people(warehouse: Warehouse) -> None:
    found = warehouse.frame("select distinct verdict, reason from main.attribution")
    assert found.rows() == [("structural", "rule")]
    people = warehouse.frame("from main.attribution where cause_class = 'person'")
    assert people["high"].item() < 1.0


def test_the_rules_that_nobody_wrote_cost_days_and_the_one_that_nobody_needs_does_not(
    warehouse: Warehouse,
) -> None:
    rules = dict(warehouse.frame("select rule, is_cause from main.attribution_rules").iter_rows())
    assert [rules[one] for one in ("acceptance criteria", "description")] == [True, True]
    assert rules["several_deciders"]
    assert [rules[one] for one in ("estimate", "scope_changed")] == [False, False]


def test_the_constraint_is_the_decision_that_two_hold(warehouse: Warehouse) -> None:
    (first,) = warehouse.frame(
        "from main.constraints where scope = 'organisation' and verdict = 'constraint'"
    ).to_dicts()
    assert (first["cause"], first["rank"]) == ("decision_wait:Roadmap Decision", 1)
    assert first["benchmark_source"] == "declared"
    assert first["excess_low"] > 4.0


def test_the_story_is_told_and_no_other(warehouse: Warehouse) -> None:
    assert shown(warehouse, "undefined_readiness") == "shown"
    assert shown(warehouse, "joint_decision_right") == "shown"
    for other in ("capacity_queue", "scope_churn", "one_person"):
        assert shown(warehouse, other) == "not_shown", other


def test_no_table_and_no_report_names_anybody(
    warehouse: Warehouse, built: tuple[Loaded, BuildResult]
) -> None:
    tables = warehouse.frame(
        "select table_name from information_schema.tables where table_schema = 'main'"
    )["table_name"]
    for table in tables:
        text = warehouse.frame(f"from main.{table}").write_ndjson()
        assert named(text) == set(), table
    assert named(write_report(built[0]).read_text(encoding="utf-8")) == set()


@pytest.fixture(scope="module")
def one_person(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Loaded, Warehouse]]:
    """All follow the protocol; wherever one leads, items take four times as long to be decided."""
    folder = tmp_path_factory.mktemp("one-person")
    slow = TEAMS[0].managers[0]
    scenario = Scenario(pace={slow.name: 4.0}, followed_by={"Operations": slow}).well_governed()
    write_archive(simulate(7, ends_at=ENDS_AT, scenario=scenario), folder)
    loaded = load(folder / "roadworthy.toml")
    run_all(loaded)
    with open_published(loaded.warehouse) as opened:
        yield loaded, opened


@pytest.mark.slow
def test_where_it_is_one_person_it_comes_out_as_that_and_nobody_is_named(
    one_person: tuple[Loaded, Warehouse],
) -> None:
    loaded, warehouse = one_person
    (row,) = warehouse.frame("from main.attribution where cause_class = 'person'").to_dicts()
    assert (row["verdict"], row["reason"], row["people"]) == (
        "individual",
        "person",
        "fewer than 5",
    )
    assert row["low"] > 1.0
    assert row["scrambled_p_value"] < 0.05
    assert shown(warehouse, "one_person") == "shown"
    assert shown(warehouse, "undefined_readiness") != "shown"
    page = write_report(loaded).read_text(encoding="utf-8")
    assert "An individual part is there" in page
    assert named(page) == set()

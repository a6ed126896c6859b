"""Exports of a whole organisation: nothing lost, nobody in them, and what other tools make of them.

``ROADWORTHY_PM4PY`` names a Python that has pm4py; with it pm4py reads the logs too.
"""

import json
import os
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from roadworthy.config import Loaded
from roadworthy.dictionary import tables
from roadworthy.exports import FORMATS, export
from roadworthy.stages.build import BuildResult
from roadworthy.warehouse import Warehouse, in_memory
from tests.roadworthy.end_to_end.conftest import Silence

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("end_to_end")]

XES = "{http://www.xes-standard.org/}"
PM4PY = """
import json, sys, pm4py
ocel = pm4py.read_ocel2(sys.argv[1] + "/events.ocel.json")
log = pm4py.read_xes(sys.argv[1] + "/events.xes")
told = {"events": len(ocel.events), "objects": len(ocel.objects)}
for kind in ("ticket", "pull_request"):
    flat = pm4py.ocel_flattening(ocel, kind)
    entered = flat[flat["concept:name"].str.startswith("entered ")]
    stays = log[log["stage"].notna() & (log["lifecycle:transition"] == "start")]
    cases = stays[stays["case:kind"] == kind]
    told[kind] = [
        sorted([a.removeprefix("entered "), b.removeprefix("entered "), count]
            for (a, b), count in pm4py.discover_dfg(rows)[0].items())
        for rows in (entered, cases)
    ]
json.dump(told, open(sys.argv[1] + ".told", "w"))
"""


@pytest.fixture(scope="module")
def out(built: tuple[Loaded, BuildResult], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports") / "out"
    export(built[0].warehouse, folder, FORMATS, Silence())
    return folder


def follows(warehouse: Warehouse) -> dict[str, Counter[tuple[str, str]]]:
    """How often a stage followed another, by kind of item, in SQL."""
    counted: dict[str, Counter[tuple[str, str]]] = {"ticket": Counter(), "pull_request": Counter()}
    query = """
        select kind, here, next, count(*) from (
            select
                item_id,
                stage as here,
                lead(stage) over (partition by item_id order by visit_number) as next
            from main.visits
        ) inner join main.work_items using (item_id)
        where next is not null group by kind, here, next
    """
    for kind, here, following, count in warehouse.frame(query).rows():
        counted[kind][here, following] = count
    return counted


def ocel_in(folder: Path) -> dict[str, list[dict[str, Any]]]:
    log: dict[str, list[dict[str, Any]]] = json.loads((folder / "events.ocel.json").read_text())
    return log


def test_every_row_of_every_table_comes_back(out: Path, built: tuple[Loaded, BuildResult]) -> None:
    with in_memory() as memory:
        memory.execute(f"attach '{built[0].warehouse}' as it (read_only)")
        for table in tables():
            here, there = f"it.main.{table.name}", f"'{out}/{table.name}/*.parquet'"
            for one, other in ((here, there), (there, here)):
                lost = memory.frame(f"select count(*) from (from {one} except all from {other})")  # noqa: S608
                assert lost.item() == 0, table.name


def test_cases_go_from_stage_to_stage_as_the_visits_do(out: Path, warehouse: Warehouse) -> None:
    found: dict[str, Counter[tuple[str, str]]] = {"ticket": Counter(), "pull_request": Counter()}
    for case in ET.parse(out / "events.xes").getroot().iter(f"{XES}trace"):  # noqa: S314 - our own
        kind = next(one.attrib["value"] for one in case if one.attrib.get("key") == "kind")
        events = [
            {one.attrib["key"]: one.attrib["value"] for one in event}
            for event in case.iter(f"{XES}event")
        ]
        assert [event["time:timestamp"] for event in events] == sorted(
            event["time:timestamp"] for event in events
        )
        stays = [
            event["concept:name"]
            for event in events
            if "visit_number" in event and event["lifecycle:transition"] == "start"
        ]
        found[kind].update(pairwise(stays))
    assert found == follows(warehouse)


def test_everything_that_is_named_in_the_ocel_is_there_once(out: Path) -> None:
    log = ocel_in(out)
    objects = {one["id"] for one in log["objects"]}
    ids = [one["id"] for one in log["objects"] + log["events"]]
    assert len(ids) == len(set(ids))
    related = {
        of["objectId"] for one in log["objects"] + log["events"] for of in one["relationships"]
    }
    assert related <= objects


def test_every_row_with_an_instant_is_an_event(out: Path, warehouse: Warehouse) -> None:
    found = Counter(event["type"].partition(" ")[0] for event in ocel_in(out)["events"])
    counts = warehouse.frame(
        """
        select
            (select count(*) from main.visits) as entered,
            (select count(*) from main.visits where not is_open) as left,
            (select count(*) from main.handoffs) as handed,
            (select count(*) from main.handoffs where verdict <> 'undecided') as handoff,
            (select count(*) from main.decision_changes) as changed
        """
    ).row(0, named=True)
    assert {kind: found[kind] for kind in counts} == counts


def test_nobody_is_in_an_export_not_even_under_a_pseudonym(out: Path, warehouse: Warehouse) -> None:
    people = warehouse.frame("select actor_id from core.actors").to_series().to_list()
    assert people
    for name in ("events.ocel.json", "events.xes"):
        text = (out / name).read_text("utf-8")
        assert [person for person in people if person in text] == []


@pytest.mark.slow
@pytest.mark.skipif(
    "ROADWORTHY_PM4PY" not in os.environ, reason="ROADWORTHY_PM4PY names no Python with pm4py"
)
def test_pm4py_counts_what_sql_counts(out: Path, warehouse: Warehouse) -> None:
    subprocess.run([os.environ["ROADWORTHY_PM4PY"], "-c", PM4PY, str(out)], check=True, timeout=600)
    told = json.loads(Path(f"{out}.told").read_text("utf-8"))
    log = ocel_in(out)
    assert (told["events"], told["objects"]) == (len(log["events"]), len(log["objects"]))
    for kind, counted in follows(warehouse).items():
        wanted = sorted([here, following, count] for (here, following), count in counted.items())
        assert told[kind] == [wanted, wanted]

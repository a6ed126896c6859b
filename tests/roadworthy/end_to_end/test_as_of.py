"""A report as of an earlier day says what was known on that day."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from reports.sections.recent import recent
from roadworthy.config import Loaded
from roadworthy.stages.build import BuildResult
from roadworthy.stages.core_frames import Core
from roadworthy.stages.item_facts import item_facts
from roadworthy.stages.policies import policy_for
from roadworthy.stages.published import Published
from roadworthy.warehouse import Warehouse

from .conftest import write_report

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("end_to_end")]

EARLIER = datetime(2025, 3, 3, 12, tzinfo=UTC)


def test_no_fact_is_later_than_the_day_asked_for(
    built: tuple[Loaded, BuildResult], warehouse: Warehouse
) -> None:
    core = Core.read(warehouse).as_of(EARLIER)
    facts = item_facts(core, policy_for(built[0].config, core.items))
    assert facts.items["created_at"].max() <= EARLIER  # type: ignore[operator]
    assert facts.visits["entered_at"].max() <= EARLIER  # type: ignore[operator]
    assert facts.handoffs["verdict_at"].max() <= EARLIER  # type: ignore[operator]
    open_now = warehouse.frame("from main.visits")["is_open"].sum()
    assert 0 < facts.visits["is_open"].sum() < open_now


def test_visits_ended_by_then_are_the_same_as_in_the_whole(
    built: tuple[Loaded, BuildResult], warehouse: Warehouse
) -> None:
    core = Core.read(warehouse).as_of(EARLIER)
    then = item_facts(core, policy_for(built[0].config, core.items)).visits
    whole = warehouse.frame("from main.visits")
    keys = ["item_id", "visit_number", "stage", "entered_at", "left_at"]
    # A stay that ended within the debounce before that day may yet turn out to be a mis-click.
    ended = then.filter(pl.col("left_at") < datetime(2025, 3, 3, 11, 50, tzinfo=UTC))
    assert ended.join(whole, on=keys, how="anti").height == 0


def test_the_report_of_an_earlier_day_is_named_after_it(
    built: tuple[Loaded, BuildResult],
) -> None:
    page = write_report(built[0], as_of=EARLIER)
    # Never the name of a page that a night left: that one says what was said then.
    assert page.name == "as-of-2025-03-03-organisation.html"
    text = page.read_text(encoding="utf-8")
    assert "<svg" in text
    # The warehouse would answer with the numbers of today.
    assert "<summary>The SQL</summary>" not in text


def test_a_day_of_any_zone_may_be_asked_for(built: tuple[Loaded, BuildResult]) -> None:
    in_berlin = EARLIER.astimezone(ZoneInfo("Europe/Berlin"))
    data = Published.read(built[0], in_berlin).data("Payments")
    assert data.facts.as_of == EARLIER
    assert any(one.last_week for one in recent(data))
    assert data.sources["snapshot_at"].max() == EARLIER
    # Nothing is amiss where something came later.
    assert data.data_audit.filter(pl.col("finding").str.ends_with("_after_snapshot")).is_empty()

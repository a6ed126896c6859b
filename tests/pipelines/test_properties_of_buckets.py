"""Facts of some items at a time are the facts of all: whatever is cut where, nothing is lost."""

from dataclasses import replace

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from roadworthy.stages.core_frames import OF_ITEMS, Core
from roadworthy.stages.item_facts import together, told_later
from roadworthy.stages.own_facts import own_facts
from roadworthy.stages.survey import Survey
from tests.pipelines.generated import core_of
from tests.pipelines.generated_policy import POLICY
from tests.pipelines.laws import Frames, facts_of, frames_of, worlds

_WORLDS, _ITEMS = 3, 9

pytestmark = pytest.mark.xdist_group("generated organisations")


def only(core: Core, ids: list[str]) -> Core:
    """The core with no other items."""
    of_ids = pl.col("item_id").is_in(ids)
    return replace(core, **{name: getattr(core, name).filter(of_ids) for name in OF_ITEMS})


def in_buckets(core: Core, size: int) -> Frames:
    """The facts of so many items at a time."""
    survey, ids = Survey.of(core, POLICY), sorted(core.items["item_id"])
    buckets = [ids[first : first + size] for first in range(0, len(ids), size)] or [[]]
    parts = [told_later(own_facts(only(core, one), survey, POLICY)) for one in buckets]
    return frames_of(together(parts, core, survey))


def test_facts_of_some_items_at_a_time_are_the_facts_of_all() -> None:
    for world in worlds()[:_WORLDS]:
        whole = frames_of(facts_of(world.organisation))
        parts = in_buckets(core_of(world.organisation), _ITEMS)
        for name in whole.keys() - {"changes", "present"}:
            # Polars divides a column by a number through its reciprocal, but where it has one row.
            assert_frame_equal(parts[name], whole[name], rel_tol=1e-15, abs_tol=0)

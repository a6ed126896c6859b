"""A night killed at any instant: nothing is damaged, nothing counted twice, the next completes it.

``benchmarks/kills.py`` does the same at two hundred instants.
"""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from roadworthy.demo import serving
from roadworthy.simulator import Scenario, simulate
from tests.roadworthy.end_to_end.conftest import ENDS_AT
from tests.roadworthy.killed_nights import Nights, Reader, a_day_passes, instants

DAY_ONE, DAY_TWO = ENDS_AT + timedelta(hours=1), ENDS_AT + timedelta(days=1)


@pytest.mark.slow
@pytest.mark.parametrize("begins", ["empty", "after a day in which much changed"])
def test_after_one_more_night_all_is_as_if_nothing_had_happened(
    begins: str, tmp_path: Path
) -> None:
    organisation = simulate(7, ends_at=ENDS_AT, scenario=Scenario(days=90))
    with serving(organisation, tmp_path) as trackers:
        # A page is written in one step, whosever it is; one of them a night is enough here.
        text = trackers.config.read_text(encoding="utf-8")
        trackers.config.write_text(f"team_pages = false\n{text}", encoding="utf-8")
        night = Nights(trackers.config, DAY_ONE)
        night.whole()
        kept = None
        if begins != "empty":
            kept = shutil.copytree(night.warehouse.parent, tmp_path / "kept")
            a_day_passes(trackers, ENDS_AT + timedelta(hours=5))
            night = Nights(trackers.config, DAY_TWO)
        length = night.whole()
        expected = night.stored(), night.published()
        reader = Reader(night.warehouse)
        with reader.at_work():
            for instant in instants(11, 4, length):
                while True:
                    with reader.away:
                        night.begin_anew(kept)
                    if night.killed(instant):
                        break
                    instant /= 2  # noqa: PLW2901 - it came too late: this night was a faster one
                night.whole()
                assert (night.stored(), night.published()) == expected
    assert reader.readings > 0
    assert reader.errors == []

"""A night killed at any instant: nothing is damaged, nothing counted twice, the next completes it.

``benchmarks/kills.py`` does the same at two hundred instants.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from roadworthy.demo import serving
from roadworthy.simulator import Scenario, simulate
from tests.roadworthy.end_to_end.conftest import ENDS_AT
from tests.roadworthy.killed_nights import Nights, Reader, instants

AT = (ENDS_AT + timedelta(hours=1)).isoformat()


@pytest.mark.slow
@pytest.mark.parametrize("begins_empty", [True, False])
def test_after_one_more_night_all_is_as_if_nothing_had_happened(
    begins_empty: bool,  # noqa: FBT001 - a case
    tmp_path: Path,
) -> None:
    organisation = simulate(7, ends_at=ENDS_AT, scenario=Scenario(days=90))
    with serving(organisation, tmp_path) as config:
        nights = Nights(config, AT)
        nights.whole()
        length = nights.whole()
        expected = nights.stored(), nights.published()
        reader = Reader(nights.warehouse)
        with reader.at_work():
            for instant in instants(11, 4, length):
                if begins_empty:
                    with reader.away:
                        nights.begin_anew()
                nights.killed(instant)
        nights.whole()
        assert (nights.stored(), nights.published()) == expected
    assert reader.errors == []

"""Exports that several tests look at, each made once."""

from pathlib import Path

import pytest

from tests.roadworthy.conftest import settled
from tests.roadworthy.exports.story import EVERYTHING, exported


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with logs of both kinds."""
    place = settled(tmp_path_factory.mktemp("told"))
    place.publish(*EVERYTHING)
    return exported(place, "ocel", "xes", "xes.gz")

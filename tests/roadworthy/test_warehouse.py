"""The file readers open: what is wrong with it is said as it is."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roadworthy.errors import LockedError, RoadworthyError
from roadworthy.warehouse import Warehouse, open_landing, open_published

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place


def test_a_damaged_file_is_no_locked_one_even_in_a_folder_called_block(tmp_path: Path) -> None:
    path = tmp_path / "block" / "roadworthy.duckdb"
    path.parent.mkdir()
    path.write_bytes(b"garbage" * 1000)

    with pytest.raises(RoadworthyError, match="cannot be opened") as caught, open_published(path):
        pass
    assert not isinstance(caught.value, LockedError)


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fails_halfway(landing: Warehouse) -> None:
        with landing.transaction():
            landing.execute("insert into raw.cursors values ('a', 'b', 'c', 'd')")
            raise ZeroDivisionError

    with open_landing(tmp_path / "roadworthy.duckdb") as landing:
        with pytest.raises(ZeroDivisionError):
            fails_halfway(landing)
        assert landing.frame("from raw.cursors").is_empty()


def test_tools_that_bring_an_older_duckdb_can_read_what_is_published(place: "Place") -> None:
    place.publish()
    # Behind the checksum and the word DUCK stands the version of the format: 1.4 reads up to 67.
    version = int.from_bytes(place.warehouse.read_bytes()[12:20], "little")
    assert version <= 67

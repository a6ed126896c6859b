"""The program of the documents: it lives when their company does, whatever the machine says."""

import json
from pathlib import Path

from tests.documents import worlds
from tests.documents.console import answers


def test_it_is_the_time_of_the_company_and_goes_on_from_one_command_to_the_next(
    tmp_path: Path,
) -> None:
    environment = worlds.at_their_time(worlds.environment(), tmp_path)
    asked = ["roadworthy status --log json"] * 2
    said = [one.said for one in answers(asked, tmp_path, environment, seconds=60)]
    assert [json.loads(one)["at"] for one in said] == ["2026-06-30T04:00:00Z"] * 2
    assert (tmp_path / "looks").stat().st_size == len(asked)

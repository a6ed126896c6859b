"""What the data can say of declared changes."""

from datetime import date
from typing import Any

from roadworthy.checking.before_and_after import change_findings
from roadworthy.checking.finding import Finding
from roadworthy.config.model import Intervention

LAST = date(2026, 3, 31)
TEAMS = {
    "PAY": (date(2026, 1, 5), LAST),
    "WEB": (date(2025, 1, 6), LAST),
    "OPS": (date(2020, 1, 6), LAST),
}


def found(**more: Any) -> dict[str, Finding]:
    change = Intervention.model_validate(
        {"name": "P", "kind": "process", "on": date(2026, 3, 2), **more}
    )
    return {one.where: one for one in change_findings([change], TEAMS)}


def test_a_team_that_no_item_has_is_told_with_the_one_that_was_meant() -> None:
    told = found(teams=["PYA"])
    assert list(told) == ["interventions 'P'"]
    finding = told["interventions 'P'"]
    assert (finding.level, finding.what) == (
        "warning",
        "no item is of team 'PYA', which it names: it has no effect there that could be seen",
    )
    assert finding.remedy == "did you mean 'PAY'? Otherwise name teams that items have"


def test_weeks_are_those_of_the_teams_that_a_change_names() -> None:
    told = found(rollout={"PAY": date(2026, 3, 2), "WEB": date(2026, 3, 9)})
    assert {where: one.what for where, one in told.items()} == {
        "before and after 'P'": "60 weeks before it and 4 after"
    }


def test_a_change_that_names_no_team_is_of_all() -> None:
    assert found()["before and after 'P'"].what == "321 weeks before it and 4 after"


def test_where_there_are_no_items_nothing_is_said_of_a_change() -> None:
    change = Intervention.model_validate({"name": "P", "kind": "process", "on": LAST})
    assert list(change_findings([change], {})) == []
    assert [one.level for one in change_findings([], {})] == ["note"]

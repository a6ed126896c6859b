"""Projects that are declared and have no item."""

import polars as pl

from pipelines.findings.declared_projects import declared_projects
from pipelines.policy import Policy, Stage, Team

ITEMS = pl.DataFrame({"project": ["PAY", "acme/web", None]})


def test_a_project_that_no_item_is_of_is_told_with_every_place_that_names_it() -> None:
    left = Stage("Ready", "queue", None, 0, ("Ready",), ("FORMER",))
    teams = (Team("Payments", ("OLD", "PAY")), Team("Web", ("acme/web",)), Team("Cards", ("OLD",)))
    policy = Policy(stages=(left,), teams=teams)

    [told] = declared_projects(ITEMS, policy)

    assert (told.finding, told.severity, told.subject) == ("project_not_found", "warning", "OLD")
    assert "'OLD', named in [teams] Payments and [teams] Cards: name it" in told.detail


def test_nothing_is_said_where_every_project_has_items_or_none_is_named() -> None:
    assert list(declared_projects(ITEMS, Policy(teams=(Team("Payments", ("PAY",)),)))) == []
    assert list(declared_projects(ITEMS.head(0), Policy())) == []

"""The team of an item: the first that claims it, else its project."""

from typing import Any

import polars as pl

from pipelines.histories.teams import with_teams
from pipelines.policy import Team
from tests.pipelines.frames import frame


def team_of(*teams: Team, **item: Any) -> str:
    items = frame(
        {"project": "WEB", "components": [], "labels": [], **item},
        project=pl.String,
        components=pl.List(pl.String),
        labels=pl.List(pl.String),
    )
    return str(with_teams(items, teams)["team"][0])


PAYMENTS = Team("Payments", projects=("PAY",), components=("checkout",), labels=("money",))
WEBSITE = Team("Website", projects=("WEB", "acme/web"))


def test_a_project_claims_its_items() -> None:
    assert team_of(PAYMENTS, WEBSITE, project="PAY") == "Payments"


def test_a_repository_is_claimed_like_a_project() -> None:
    assert team_of(WEBSITE, project="acme/web") == "Website"


def test_a_component_claims_an_item_of_any_project() -> None:
    assert team_of(PAYMENTS, components=["search", "checkout"]) == "Payments"


def test_a_label_claims_an_item_of_any_project() -> None:
    assert team_of(PAYMENTS, labels=["money"]) == "Payments"


def test_of_two_claims_the_one_declared_first_holds() -> None:
    assert team_of(PAYMENTS, WEBSITE, labels=["money"]) == "Payments"
    assert team_of(WEBSITE, PAYMENTS, labels=["money"]) == "Website"


def test_an_item_nobody_claims_belongs_to_its_project() -> None:
    assert team_of(PAYMENTS, project="OPS") == "OPS"
    assert team_of(project="OPS") == "OPS"

"""From the words of the file to the policies the measures depend on."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from pipelines.policy import Costs, DecisionRight, Flag
from roadworthy.config.model import Config
from roadworthy.stages.policies import policy_of

SOURCE = {"kind": "files", "name": "acme", "path": "-", "tracker": "jira"}


def config(**sections: Any) -> Config:
    return Config.model_validate({"sources": [SOURCE], **sections})


def test_a_role_works_as_the_organisation_does_where_its_calendar_says_nothing_else() -> None:
    policy = policy_of(
        config(
            timezone="Europe/Berlin",
            calendar={"workdays": ["mon", "tue"], "hours": "08:00-16:00"},
            calendars={"engineering": {"timezone": "Asia/Kolkata", "hours": "10:00-18:30"}},
        ),
        years=range(0),
    )

    theirs = policy.role_hours["engineering"]
    assert (theirs.zone, theirs.opens, theirs.closes_minute) == ("Asia/Kolkata", time(10), 1110)
    assert theirs.weekdays == policy.hours.weekdays == frozenset({0, 1})


def test_a_role_has_the_days_off_of_its_own_country() -> None:
    policy = policy_of(
        config(calendar={"holidays": "DE"}, calendars={"engineering": {"holidays": "IN"}}),
        years=range(2026, 2027),
    )

    assert policy.hours.holidays != policy.role_hours["engineering"].holidays != frozenset()


def test_labels_that_ask_for_a_right_come_before_the_flags_of_the_measures() -> None:
    right = {"fields": ["priority"], "decides": "product", "request_labels": ["needs priority"]}
    policy = policy_of(config(decision_rights={"priority": right}), years=range(0))

    assert policy.rights == (DecisionRight("priority", ("priority",), "product"),)
    assert policy.flags == (
        Flag("label:needs priority", "decision", "priority"),
        Flag("Flagged", "decision"),
        *(Flag(f"label:blocked:{gap}decision", "decision") for gap in ("", " ")),
        *(Flag(f"label:blocked:{gap}external", "external") for gap in ("", " ")),
    )


@pytest.mark.parametrize(
    ("declared", "costs"),
    [
        (None, None),
        ({"currency": "EUR"}, Costs("EUR")),
        (
            {"currency": "EUR", "delay_per_release_week": [60_000, 20_000], "person_hour": 110},
            Costs("EUR", (20_000, 60_000), 110),
        ),
    ],
)
def test_values_are_those_declared_and_a_range_begins_with_the_less(
    declared: dict[str, Any] | None, costs: Costs | None
) -> None:
    assert policy_of(config(costs=declared), years=range(0)).costs == costs


def test_a_source_is_watched_from_the_first_instant_of_its_day_where_the_organisation_is() -> None:
    live = {"kind": "jira", "server": "https://acme.example", "token_env": "JIRA_TOKEN"}
    since = {**live, "name": "since", "projects": ["PAY"], "since": date(2026, 3, 30)}
    always = {**live, "name": "always", "projects": ["WEB"]}
    declared = Config.model_validate(
        {"sources": [SOURCE, since, always], "timezone": "Europe/Berlin"}
    )

    # Two hours before UTC, since the day before was the first of summer time.
    watched = policy_of(declared, years=range(0)).watched_since
    assert watched == {"since": datetime(2026, 3, 29, 22, tzinfo=UTC)}

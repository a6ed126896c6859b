"""Groups and teams as each sync saw them, and who has an account for being in one."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from connectors.jira import payloads
from connectors.protocol import Page
from roadworthy.config.model import Config
from roadworthy.stages.landing import Envelope, land
from roadworthy.stages.roles import Everybody, actor_roles
from tests.sql.conforming import KEY, Landing, nothing_landed

if TYPE_CHECKING:
    from tests.sql.conforming import Payload, Rows

FEB, MAR = (datetime(2026, month, 1, 6, tzinfo=UTC) for month in (2, 3))


def person(account: str, **members: object) -> "Payload":
    """A user of Jira."""
    return {"accountId": account, "displayName": f"Name of {account}", **members}


def group(name: str, *accounts: str, **members: object) -> "Payload":
    """A group of Jira with these members."""
    people = [person(account) for account in accounts]
    return {"id": f"group:{name}", "name": name, "members": people, **members}


def stays(landing: Landing) -> "Rows":
    """Account, from and until, after the syncs of January, February and March."""
    for run, month in (("run1", 1), ("run2", 2), ("run3", 3)):
        landing.sync(run, f"2026-{month:02}-01")
    return landing.rows(
        "select account, seen_from, seen_until from staging.group_members"
        " order by group_id, account, seen_from nulls first"
    )


def test_the_first_members_were_there_always_and_later_ones_since_seen(
    jira_landing: Landing,
) -> None:
    jira_landing.record("groups", group("owners", "ann", "bob"), superseded_run_id="run2")
    jira_landing.record("groups", group("owners", "bob", "cat"), run="run2")
    assert stays(jira_landing) == [("ann", None, FEB), ("bob", None, None), ("cat", FEB, None)]


def test_whoever_left_and_came_back_was_away(jira_landing: Landing) -> None:
    jira_landing.record("groups", group("owners", "ann"), superseded_run_id="run2")
    jira_landing.record("groups", group("owners"), run="run2", superseded_run_id="run3")
    jira_landing.record("groups", group("owners", "ann"), run="run3")
    assert stays(jira_landing) == [("ann", None, FEB), ("ann", MAR, None), (None, FEB, MAR)]


def test_a_group_that_is_shown_no_more_keeps_the_members_last_seen(
    jira_landing: Landing,
) -> None:
    jira_landing.record("groups", group("owners", "ann"), missing_since="2026-03-01T06:00:00Z")
    assert stays(jira_landing) == [("ann", None, None)]


def test_a_project_role_names_somebody_once_per_project(jira_landing: Landing) -> None:
    role = {"id": "role:Leads", "name": "Leads", "members": [person("ann"), person("ann")]}
    jira_landing.record("groups", role)
    assert stays(jira_landing) == [("ann", None, None)]


def test_a_member_with_no_more_than_a_login_is_the_account_known_by_it(
    jira_landing: Landing,
) -> None:
    """A Data Center names the holder of a project role by login, and an issue by key."""
    ann = {"key": "JIRAUSER10100", "name": "Ann.A", "displayName": "Ann"}
    jira_landing.record("issues", {"id": "1", "fields": {"assignee": ann}})
    people = [{"name": "ann.a", "displayName": "Ann"}, {"name": "bob", "displayName": "Bob"}]
    jira_landing.record("groups", {"id": "role:Leads", "name": "Leads", "members": people})
    assert stays(jira_landing) == [("JIRAUSER10100", None, None), ("bob", None, None)]
    assert jira_landing.rows(
        "select account, logins from staging.jira_accounts order by account"
    ) == [("JIRAUSER10100", ["Ann.A"]), ("bob", ["bob"])]


def test_a_team_is_named_by_organisation_and_slug(github_landing: Landing) -> None:
    members = [{"login": "cat", "id": 3, "type": "User"}]
    github_landing.record("teams", {"id": "acme/core", "slug": "core", "members": members})
    assert stays(github_landing) == [("3", None, None)]
    assert github_landing.rows("select group_id from staging.group_members") == [
        ("team:acme/core",)
    ]
    assert github_landing.rows("select account, logins from staging.github_accounts") == [
        ("3", ["cat"])
    ]


def test_whoever_is_only_in_a_group_has_an_account(jira_landing: Landing) -> None:
    robot = person("bot", accountType="app")
    known = person("ann", name="ann.a", emailAddress="0123456789abcdef0123")
    jira_landing.record("groups", {"id": "group:x", "name": "x", "members": [known, robot]})
    assert jira_landing.rows(
        "select account, logins, addresses, is_bot from staging.jira_accounts order by account"
    ) == [("ann", ["ann.a"], ["0123456789abcdef0123"], False), ("bot", [], [], True)]


def test_an_address_in_the_configuration_finds_the_account_it_was_landed_with() -> None:
    ann = person("ann", emailAddress="Ann@Acme.example")
    record = payloads.record(payloads.GROUPS, {"id": "group:x", "name": "x", "members": [ann]})
    envelope = Envelope("acme", "jira", "run1", FEB)
    with nothing_landed() as warehouse:
        landing = Landing(warehouse, "jira")
        land(warehouse, Page(payloads.GROUPS, (record,)), envelope, KEY)
        landing.stage("groups")
        landing.sync("run1", "2026-02-01")
        accounts = warehouse.frame("from staging.jira_accounts")
        everybody = Everybody(accounts, warehouse.frame("from staging.group_members"))
    source = {"kind": "files", "name": "acme", "path": "-", "tracker": "jira"}
    roles = {"product": ["ann@acme.example"], "owner": ["group:X"]}
    config = Config.model_validate({"sources": [source], "roles": roles})
    held, unanswered = actor_roles(everybody, config, KEY)
    assert unanswered == []
    assert held.rows() == [
        (KEY.of("acme", "ann"), "owner", None, None),
        (KEY.of("acme", "ann"), "product", None, None),
    ]


def test_whoever_was_only_ever_assigned_has_an_account(jira_landing: "Landing") -> None:
    """Not as a second account of somebody whom a history names by login."""
    gone = {
        "field": "assignee",
        "from": "eve",
        "fromString": "Eve",
        "to": "ben.b",
        "toString": "Ben",
    }
    asked = {"field": "reporter", "from": "JIRAUSER2", "fromString": "Ben B.", "to": "zoe"}
    other = {"field": "Sprint", "fieldtype": "custom", "from": "12", "to": "13"}
    history = {"id": "1", "created": "2026-01-01T09:00:00Z", "items": [gone, asked, other]}
    ben = {"key": "JIRAUSER2", "name": "Ben.B", "displayName": "Ben"}
    jira_landing.record(
        "issues",
        {"id": "1", "fields": {"assignee": ben}, "changelog": {"histories": [history]}},
    )
    assert jira_landing.rows(
        "select account, logins, display_names from staging.jira_accounts order by account"
    ) == [("JIRAUSER2", ["Ben.B"], ["Ben", "Ben B."]), ("eve", [], ["Eve"]), ("zoe", [], [])]

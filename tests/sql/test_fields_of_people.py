"""Fields that users made for people: who is in one is nobody in core, described or not."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.sql.conforming import KEY

if TYPE_CHECKING:
    from tests.sql.conforming import Landing

ANN = {"accountId": "ann", "displayName": "Ann Archer"}
BEN = {"accountId": "ben", "displayName": "Ben Baker"}


def change(field: str, to: str | None, text: str, **more: Any) -> dict[str, Any]:
    """A field of the users that was empty and got a value."""
    before = {"from": None, "fromString": ""}
    return {"field": field, "fieldtype": "custom", **before, "to": to, "toString": text, **more}


def landed(landing: "Landing", *changes: dict[str, Any], **fields: Any) -> None:
    """One issue that Ann changed, a minute between the changes."""
    histories = [
        {
            "id": str(place),
            "created": f"2026-01-01T09:{place:02}:00.000+0000",
            "author": ANN,
            "items": [one],
        }
        for place, one in enumerate(changes)
    ]
    landing.sync("run1", "2026-02-01")
    landing.record("issues", {"id": "1", "fields": fields, "changelog": {"histories": histories}})


def shown(landing: "Landing") -> list[tuple[str | None, str | None]]:
    """What core has of the values after each change: id and text."""
    landing.core("field_changes")
    return landing.rows("select to_id, to_text from core.field_changes order by sequence")


def one(account: str) -> tuple[str, str]:
    """One known person, as id and as text."""
    return (KEY.of("acme", account), KEY.of("acme", account))


NOBODY = ("?", "?")


def test_who_holds_a_known_person_holds_people(jira_landing: "Landing") -> None:
    landed(
        jira_landing,
        change("Tech Lead", "eve", "Eve Else"),
        change("Tech Lead", "ann", "Ann Archer"),
        change("Severity", "10100", "High"),
    )
    assert shown(jira_landing) == [NOBODY, one("ann"), ("10100", "High")]


@pytest.mark.parametrize(
    ("account", "text"),
    [
        ("ann, eve", "Ann Archer, Eve Else"),
        ("[ann, eve]", "Ann Archer, Eve Else"),
        ("[eve(eve), ann(ann)]", "somebody"),
        (None, "Ben Baker, Ann Archer"),
        (None, "Archer, Cleo, Baker, Dan"),
    ],
)
def test_a_list_of_people_is_nobody_in_particular(
    jira_landing: "Landing", account: str | None, text: str
) -> None:
    cleo, dan = (
        {"accountId": name, "displayName": name} for name in ("Archer, Cleo", "Baker, Dan")
    )
    comments = {"comments": [{"author": cleo}, {"author": dan}]}
    landed(jira_landing, change("Team Members", account, text), assignee=BEN, comment=comments)
    assert shown(jira_landing) == [(account and "?", "?")]


def test_a_field_that_shows_a_person_in_any_issue_holds_people(jira_landing: "Landing") -> None:
    eve = {"name": "eve", "key": "JIRAUSER7", "displayName": "Eve Else"}
    landed(
        jira_landing,
        change("Lead", "zoe", "Zoe Zander", fieldId="customfield_1"),
        change("Lead", "JIRAUSER7", "Eve Else", fieldId="customfield_1"),
        change("Lead", "yan", "Yan Young"),
        customfield_1=[eve],
    )
    assert shown(jira_landing) == [NOBODY, one("JIRAUSER7"), NOBODY]
    assert jira_landing.rows("select logins from staging.jira_accounts where account <> 'ann'") == [
        (["eve"],)
    ]


def test_a_person_who_is_only_shown_in_a_field_of_people_is_known(jira_landing: "Landing") -> None:
    """The payload says who it is, the history which field: without ids only the name joins both."""
    landed(
        jira_landing,
        change("Tech Lead", "zoe", "Zoe Zander"),
        change("Tech Lead", "ben", "Ben Baker"),
        customfield_1=BEN,
    )
    assert shown(jira_landing) == [NOBODY, one("ben")]


@pytest.mark.parametrize(
    "account",
    ["5b10a2844c20165700ede21a", "JIRAUSER10100", "557058:f58131cb-b67d-43c7-b30d-6b58d40bd077"],
)
def test_an_id_as_only_accounts_have_tells_people(jira_landing: "Landing", account: str) -> None:
    landed(
        jira_landing,
        change("Lead", f"[{account}]", "Eve Else"),
        change("Build", "1067", "5b10a2844c20165700ede21a"),
    )
    assert shown(jira_landing) == [NOBODY, ("1067", "5b10a2844c20165700ede21a")]


@pytest.mark.parametrize("schema", [{"type": "option"}, {"type": "array", "items": "option"}])
def test_a_field_described_as_a_choice_stays_one(
    jira_landing: "Landing", schema: dict[str, str]
) -> None:
    """A team may be called as an account is: only that value is masked."""
    jira_landing.record("fields", {"id": "customfield_1", "name": "Team", "schema": schema})
    landed(
        jira_landing,
        change("Team", "10100", "Ann Archer", fieldId="customfield_1"),
        change("Team", "10101", "Payments", fieldId="customfield_1"),
    )
    assert shown(jira_landing) == [one("ann"), ("10101", "Payments")]


def test_people_inside_a_value_of_an_app_are_nobody(jira_landing: "Landing") -> None:
    """What approvals of a service desk and other apps keep is an object of their own."""
    jira_landing.record("fields", {"id": "customfield_1", "name": "Approvals", "schema": {}})
    jira_landing.record("fields", {"id": "customfield_2", "name": "Build", "schema": {}})
    approval = {"approvers": [{"approver": ANN, "approverDecision": "approved"}]}
    landed(jira_landing, customfield_1=[approval], customfield_2={"state": "green"})
    jira_landing.core("field_values")
    assert jira_landing.rows(
        "select value_text from core.field_values"
        " where starts_with(field_id, 'customfield') order by field_id"
    ) == [("?",), ('{"state":"green"}',)]


OPTIONS = {"type": "array", "items": "option"}


def test_a_list_of_names_in_a_field_described_as_a_choice_is_nobody_in_particular(
    jira_landing: "Landing",
) -> None:
    jira_landing.record("fields", {"id": "customfield_1", "name": "Guides", "schema": OPTIONS})
    landed(
        jira_landing,
        change("Guides", "[1, 2]", "Ann Archer, Ben Baker", fieldId="customfield_1"),
        change("Guides", "[1, 3]", "Ann Archer;Ben Baker", fieldId="customfield_1"),
        change("Guides", "[4, 5]", "Payments, Search", fieldId="customfield_1"),
        change("Guides", "[4, 6]", "Payments, Ann Archer is away", fieldId="customfield_1"),
        assignee=BEN,
    )
    assert [text for _, text in shown(jira_landing)] == [
        *("?", "?"),
        *("Payments, Search", "Payments, Ann Archer is away"),
    ]


def test_a_name_that_several_share_is_masked_in_a_choice_as_well(jira_landing: "Landing") -> None:
    jira_landing.record("fields", {"id": "customfield_1", "name": "Guides", "schema": OPTIONS})
    namesake = {"accountId": "ann-2", "displayName": "Ann Archer"}
    landed(
        jira_landing,
        change("Guides", "1", "Ann Archer", fieldId="customfield_1"),
        change("Guides", "2", "Payments", fieldId="customfield_1"),
        assignee=namesake,
    )
    assert [text for _, text in shown(jira_landing)] == ["?", "Payments"]


def test_present_values_that_are_names_are_masked_in_any_field_of_the_users(
    jira_landing: "Landing",
) -> None:
    """What was chosen when the issue was created is in no history."""
    for number, schema in enumerate((OPTIONS, {"type": "option"}, {"type": "string"})):
        name = f"Field {number}"
        jira_landing.record(
            "fields", {"id": f"customfield_{number}", "name": name, "schema": schema}
        )
    landed(
        jira_landing,
        assignee=ANN,
        reporter=BEN,
        summary="Ann Archer",
        customfield_0=[{"id": "1", "value": "Ann Archer"}, {"id": "2", "value": "Payments"}],
        customfield_1={"id": "3", "value": "Ben Baker"},
        customfield_2="Ann Archer, Ben Baker",
    )
    jira_landing.core("field_values")
    assert jira_landing.rows(
        "select value_id, value_text from core.field_values"
        " where starts_with(field_id, 'customfield') order by field_id, position"
    ) == [
        *(("1", KEY.of("acme", "ann")), ("2", "Payments")),
        ("3", KEY.of("acme", "ben")),
        (None, "?"),
    ]


@pytest.mark.parametrize("schema", [{"type": "any"}, {"type": "string"}, {"type": "user"}])
def test_a_described_field_that_holds_people_is_masked_whole(
    jira_landing: "Landing", schema: dict[str, str]
) -> None:
    jira_landing.record("fields", {"id": "customfield_1", "name": "Lead", "schema": schema})
    landed(
        jira_landing,
        change("Lead", None, "Ann Archer"),
        change("Lead", None, "Eve Else", fieldId="customfield_1"),
    )
    assert [text for _, text in shown(jira_landing)] == [KEY.of("acme", "ann"), "?"]


def test_a_text_that_mentions_somebody_stays_a_text(jira_landing: "Landing") -> None:
    text = "Ann Archer, please have a look at the third line"
    landed(jira_landing, change("Notes", None, text))
    assert shown(jira_landing) == [(None, text)]


def test_a_field_of_texts_of_which_one_is_a_name_stays_a_field_of_texts(
    jira_landing: "Landing",
) -> None:
    """An account may be called QA; what has to be fulfilled is still to be read."""
    tester = {"accountId": "qa-1", "displayName": "QA"}
    texts = ("QA", "Given a cart When it is paid", "Totals are right", "Signed off, by law")
    landed(
        jira_landing,
        *(change("Acceptance Criteria", None, text) for text in texts),
        assignee=tester,
    )
    assert [text for _, text in shown(jira_landing)] == [KEY.of("acme", "qa-1"), *texts[1:]]


def test_a_long_text_is_counted_among_the_texts_that_name_nobody(jira_landing: "Landing") -> None:
    long = ["Given a cart When it is paid. " * 40, "Totals are right to the cent. " * 40]
    landed(
        jira_landing,
        change("Acceptance Criteria", None, "QA"),
        *(change("Acceptance Criteria", None, text) for text in long),
        assignee={"accountId": "qa-1", "displayName": "QA"},
    )
    assert [text for _, text in shown(jira_landing)] == [KEY.of("acme", "qa-1"), *long]


def test_a_number_tells_nobody(jira_landing: "Landing") -> None:
    """An employee may have the number of a sprint as login."""
    robot = {"key": "412", "name": "412", "displayName": "Robot"}
    landed(
        jira_landing,
        change("Sprint", "411, 412", "Sprint 8, Sprint 9"),
        change("Sprint", "413", "Sprint 10"),
        assignee=robot,
    )
    assert shown(jira_landing) == [("411, 412", "Sprint 8, Sprint 9"), ("413", "Sprint 10")]


def test_present_values_of_a_field_of_people_are_masked(jira_landing: "Landing") -> None:
    fields = {"customfield_1": "Lead", "customfield_2": "Guide", "customfield_3": "Notes"}
    for field, name in fields.items():
        schema = {"type": "user" if name == "Lead" else "string"}
        jira_landing.record("fields", {"id": field, "name": name, "schema": schema})
    landed(
        jira_landing,
        change("Guide", None, "Ann Archer"),
        customfield_1={"key": "JIRAUSER7", "name": "eve", "displayName": "Eve Else"},
        customfield_2="Zoe Zander",
        customfield_3="Ask Zoe",
    )
    jira_landing.core("field_values")
    assert jira_landing.rows(
        "select value_id, value_text from core.field_values"
        " where starts_with(field_id, 'customfield') order by field_id"
    ) == [one("JIRAUSER7"), (None, "?"), (None, "Ask Zoe")]

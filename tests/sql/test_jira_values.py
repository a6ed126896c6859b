"""What the fields of a Jira issue hold, as its payload shows it and as its histories tell it."""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.sql.conforming import Landing, Rows

MENTION = {"type": "mention", "attrs": {"id": "5f0c", "text": "@Ann Archer"}}
PICKED = {"id": "1", "value": "Payments", "child": {"id": "2", "value": "Cards, foreign"}}


def block(kind: str, *content: dict[str, Any]) -> dict[str, Any]:
    """A part of a rich text that holds others."""
    return {"type": kind, "content": list(content)}


def words(text: str) -> dict[str, Any]:
    """Words in one style."""
    return {"type": "text", "text": text}


def document(*blocks: dict[str, Any]) -> dict[str, Any]:
    """A rich text."""
    return {"version": 1, **block("doc", *blocks)}


def shown(landing: "Landing", **fields: Any) -> "Rows":
    """Field, id and text of the values that core has of an issue with these fields."""
    landing.sync("run1", "2026-02-01")
    landing.record("issues", {"id": "1", "key": "PAY-1", "fields": fields})
    landing.core("field_values")
    return landing.rows(
        "select field, value_id, value_text from core.field_values"
        " where field <> 'key' order by field, position"
    )


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (document(), None),
        ({"type": "doc", "version": 1}, None),
        (document({"type": "paragraph"}, {"type": "rule"}), None),
        (document(block("paragraph", words("As a "), words("payer"))), "As a payer"),
        (document(block("paragraph", words("a"), {"type": "hardBreak"}, words("b"))), "a\nb"),
        (
            document(
                block("heading", words("Done when")),
                block("bulletList", block("listItem", block("paragraph", words("it is paid")))),
            ),
            "Done when\nit is paid",
        ),
        (
            document(block("paragraph", words("Ask "), MENTION)),
            "Ask [~person]",
        ),
        (
            document(
                block("paragraph", {"type": "inlineCard", "attrs": {"url": "https://x.example"}})
            ),
            "https://x.example",
        ),
    ],
)
def test_of_a_rich_text_the_words_count(
    jira_landing: "Landing", text: dict[str, Any], plain: str | None
) -> None:
    jira_landing.record("fields", {"id": "customfield_1", "name": "Criteria"})
    assert shown(jira_landing, description=text, customfield_1=text) == [
        ("Criteria", None, plain),
        ("description", None, plain),
    ]


def test_a_choice_in_two_steps_is_two_values(jira_landing: "Landing") -> None:
    jira_landing.record("fields", {"id": "customfield_1", "name": "Area"})
    assert shown(jira_landing, customfield_1=PICKED) == [
        ("Area", "1", "Payments"),
        ("Area", "2", "Cards, foreign"),
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (
            "Parent values: Payments(1)Level 1 values: Cards (foreign)(2)",
            ("1,2", "Payments,Cards (foreign)"),
        ),
        ("Parent values: Payments(1)", ("1", "Payments")),
        ("Parent values: none of ours", ("Parent values: none of ours",) * 2),
    ],
)
def test_a_history_tells_a_choice_in_two_steps_as_the_issue_does(
    jira_landing: "Landing", written: str, value: tuple[str, str]
) -> None:
    change = {"field": "Area", "fieldtype": "custom", "from": None, "fromString": ""}
    history = {"id": "7", "created": "2026-01-01T09:00:00.000+0000"}
    items = [{**change, "to": written, "toString": written}]
    jira_landing.sync("run1", "2026-02-01")
    jira_landing.record(
        "issues",
        {"id": "1", "fields": {}, "changelog": {"histories": [{**history, "items": items}]}},
    )
    jira_landing.core("field_changes")
    assert jira_landing.rows("select to_id, to_text from core.field_changes") == [value]


@pytest.mark.parametrize(
    "sprint",
    [
        {"id": 41, "name": "Sprint 1", "state": "active"},
        "com.atlassian.greenhopper.service.sprint.Sprint@1a[id=41,name=Sprint 1,startDate=<null>]",
    ],
)
def test_a_sprint_is_its_number_and_its_name(jira_landing: "Landing", sprint: object) -> None:
    jira_landing.record("fields", {"id": "customfield_1", "name": "Sprint"})
    assert shown(jira_landing, customfield_1=[sprint]) == [("Sprint", "41", "Sprint 1")]


def described(landing: "Landing", history: dict[str, Any], **fields: Any) -> None:
    """An issue whose custom field was filled in with one click."""
    change = {"fieldtype": "custom", "from": None, "fromString": None, "to": None, "toString": "x"}
    entry = {
        "id": "7",
        "created": "2026-01-01T09:00:00.000+0000",
        "items": [{**change, **history}],
    }
    landing.record(
        "issues", {"id": "2", "key": "PAY-2", "fields": fields, "changelog": {"histories": [entry]}}
    )


def test_without_a_list_of_fields_a_history_tells_what_they_are_called(
    jira_landing: "Landing",
) -> None:
    jira_landing.sync("run0", "2026-01-01")
    described(jira_landing, {"field": "Criteria", "fieldId": "customfield_1"})
    assert shown(jira_landing, customfield_1="given", customfield_2="by id") == [
        ("Criteria", None, "given"),
        ("customfield_2", None, "by id"),
    ]


def test_a_value_whose_history_may_go_by_another_name_is_unknown(jira_landing: "Landing") -> None:
    jira_landing.sync("run0", "2026-01-01")
    described(jira_landing, {"field": "Criteria"})
    assert shown(jira_landing, customfield_1="given") == []


def test_a_list_of_fields_knows_better_than_a_history(jira_landing: "Landing") -> None:
    jira_landing.sync("run0", "2026-01-01")
    jira_landing.record("fields", {"id": "customfield_1", "name": "Criteria of acceptance"})
    described(jira_landing, {"field": "Criteria", "fieldId": "customfield_1"})
    assert shown(jira_landing, customfield_1="given") == [("Criteria of acceptance", None, "given")]


@pytest.mark.parametrize(
    ("fields", "parent"),
    [
        ({"customfield_1": "PAY-1"}, "jira:acme:1"),
        ({"customfield_1": "PAY-1", "parent": {"id": "3", "key": "PAY-3"}}, "jira:acme:3"),
        ({"customfield_1": "WEB-1"}, None),
        ({"customfield_1": None}, None),
    ],
)
def test_an_epic_link_is_a_parent(
    jira_landing: "Landing", fields: dict[str, Any], parent: str | None
) -> None:
    jira_landing.sync("run1", "2026-02-01")
    jira_landing.record("fields", {"id": "customfield_1", "name": "Epic Link"})
    made = {"created": "2026-01-01T09:00:00.000+0000"}
    jira_landing.record("issues", {"id": "1", "key": "PAY-1", "fields": made})
    jira_landing.record("issues", {"id": "2", "key": "PAY-2", "fields": {**made, **fields}})
    for table in ("field_values", "items"):
        jira_landing.core(table)
    assert jira_landing.rows("select parent_id from core.items order by item_id") == [
        (None,),
        (parent,),
    ]


def test_several_links_to_one_issue_are_told_apart(jira_landing: "Landing") -> None:
    link = {"type": {"inward": "is blocked by", "outward": "blocks"}}
    links = [{**link, "inwardIssue": {"key": "PAY-2"}}, {**link, "outwardIssue": {"key": "PAY-2"}}]
    texts = ["This issue is blocked by PAY-2", "This issue blocks PAY-2"]
    assert shown(jira_landing, issuelinks=links) == [("issuelinks", None, text) for text in texts]
    made = {"field": "Link", "fieldtype": "jira", "from": None, "fromString": None, "to": "PAY-2"}
    history = {
        "id": "7",
        "created": "2026-01-01T09:00:00.000+0000",
        "items": [{**made, "toString": text} for text in texts],
    }
    issue = {"id": "2", "key": "PAY-1", "fields": {}, "changelog": {"histories": [history]}}
    jira_landing.record("issues", issue)
    jira_landing.core("field_changes")
    assert jira_landing.rows("select to_id, to_text from core.field_changes order by ordinal") == [
        (None, text) for text in texts
    ]

"""Texts of a tracker in core: who is named in one by account or address is named no more."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from roadworthy.warehouse import Warehouse
    from tests.sql.conforming import Landing


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Nobody is named here", "Nobody is named here"),
        ("Ask [~ada] or [~accountid:5f0c]", "Ask [~person] or [~person]"),
        ("Mail ada.b+x@mail.example.org, or me@x.de", "Mail (address), or (address)"),
        ("Mail jörg.o'neil@müller.example now", "Mail (address) now"),
        ("[~ada] of ada@acme.example", "[~person] of (address)"),
        ("ada@home and @team", "ada@home and @team"),
        ("[x] ~tilde", "[x] ~tilde"),
        ("", ""),
        (None, None),
    ],
)
def test_accounts_and_addresses_are_masked(
    conformed: "Warehouse", text: str | None, left: str | None
) -> None:
    assert conformed.frame("select core.masked_text(?::varchar)", [text]).item() == left


def test_an_address_is_masked_wherever_core_shows_it(jira_landing: "Landing") -> None:
    jira_landing.sync("run1", "2026-01-01")
    fields = {
        "summary": "Mail for cleo@acme.example",
        "created": "2025-12-01T09:00:00.000+0000",
        "labels": ["urgent", "ada@acme.example"],
        "components": [{"id": "1", "name": "Mail to ben@acme.example"}],
    }
    jira_landing.record("issues", {"id": "1", "key": "PAY-1", "fields": fields})
    for table in ("field_values", "items"):
        jira_landing.core(table)

    shown = jira_landing.rows("select title, labels, components from core.items")
    assert shown == [("Mail for (address)", ["urgent", "(address)"], ["Mail to (address)"])]
    values = jira_landing.rows(
        "select value_text from core.field_values"
        " where field in ('labels', 'components', 'summary') order by field, position"
    )
    assert [value for (value,) in values] == [
        *("Mail to (address)", "urgent", "(address)"),
        "Mail for (address)",
    ]

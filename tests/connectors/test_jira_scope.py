"""The bounds of a search as JQL, and the cursor that is good only under them."""

from datetime import UTC, datetime

import pytest

from connectors.jira.scope import Cursor, Scope, milliseconds, quoted

DAY = datetime(2024, 11, 29, 8, 31, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("scope", "whole"),
    [
        (Scope(("PAY", "WEB"), None, None), 'project in ("PAY", "WEB")'),
        (Scope(("PAY",), None, DAY), 'project in ("PAY") AND updated >= 1732869091000'),
        (Scope((), "type = Bug OR x = 1", None), "(type = Bug OR x = 1)"),
    ],
)
def test_bounds_are_written_in_jql_with_instants_in_milliseconds(scope: Scope, whole: str) -> None:
    assert scope.whole == whole


def test_a_search_without_a_beginning_names_none() -> None:
    scope = Scope(("PAY",), None, None)
    assert scope.updated_from(0) == 'project in ("PAY")'
    assert scope.updated_from(7) == 'project in ("PAY") AND updated >= 7'


def test_a_name_cannot_leave_its_quotes() -> None:
    assert quoted('A" OR project = "B\\') == '"A\\" OR project = \\"B\\\\"'


def test_a_cursor_is_kept_as_text_and_read_again() -> None:
    scope = Scope(("PAY",), None, None)
    cursor = Cursor.of(None, scope, "https://a").after(5000, ["PAY", "OPS"]).after(4000, [])
    again = Cursor.of(cursor.text, scope, "https://a")
    assert (again, again.updated, again.projects) == (cursor, 5000, frozenset({"PAY", "OPS"}))


def test_under_other_bounds_it_is_the_beginning() -> None:
    text = Cursor.of(None, Scope(("PAY",), None, None), "https://a").after(5000, []).text
    other = Scope(("PAY", "WEB"), None, DAY)
    assert Cursor.of(text, other, "https://a").updated == milliseconds(DAY)


def test_at_another_server_it_is_the_beginning() -> None:
    scope = Scope(("PAY",), None, None)
    text = Cursor.of(None, scope, "https://a").after(5000, []).text
    assert Cursor.of(text, scope, "https://b").updated == 0
    assert Cursor.of(text, scope, "https://a").updated == 5000


def test_milliseconds_are_whole() -> None:
    assert milliseconds(datetime(1970, 1, 1, 0, 0, 1, 999_999, tzinfo=UTC)) == 1999

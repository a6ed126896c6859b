"""The query language, as far as it is simulated."""

import pytest

from roadworthy.simulator.serving.jql import (
    Comparison,
    JqlError,
    Junction,
    Order,
    Query,
    Value,
    parse,
)


def test_conditions_bind_as_in_jira_and_the_order_comes_last() -> None:
    query = parse('project in (A, "B c") AND id = 7 OR type != Bug ORDER BY updated DESC, key')
    in_projects = Comparison("project", "in", (Value("A", False), Value("B c", True)))
    by_id = Comparison("id", "in", (Value("7", False),))
    no_bug = Comparison("type", "not in", (Value("Bug", False),))
    both = Junction(is_all=True, parts=(in_projects, by_id))
    assert query == Query(
        Junction(is_all=False, parts=(both, no_bug)), (Order("updated", True), Order("key", False))
    )


def test_parentheses_bind_first() -> None:
    query = parse("id = 1 and (id = 2 or id = 3)")
    one, two, three = (Comparison("id", "in", (Value(text, False),)) for text in "123")
    either = Junction(is_all=False, parts=(two, three))
    assert query == Query(Junction(is_all=True, parts=(one, either)), ())


def test_words_of_the_language_may_stand_in_quotes_as_values() -> None:
    assert parse("project = 'and'").where == Comparison("project", "in", (Value("and", True),))


def test_an_empty_query_or_a_mere_order_is_unbounded() -> None:
    assert parse("") == Query(None, ())
    assert parse("order by key asc") == Query(None, (Order("key", False),))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("project", "Expecting operator but got the end of the query"),
        ("project = ", "Expecting a value but got the end of the query"),
        ("project in A", r"Expecting '\(' but got 'A'"),
        ("project = A B", "but got 'B'"),
        ("(project = A", r"Expecting '\)' but got the end"),
        ("status was Done", "Expecting operator but got 'was'"),
        ("assignee = currentUser()", r"but got '\('"),
        ("updated >= -5d order key", "Expecting 'by' but got 'key'"),
        ('summary = "open', "reserved"),
    ],
)
def test_what_is_wrong_or_not_simulated_is_refused(text: str, message: str) -> None:
    with pytest.raises(JqlError, match=message):
        parse(text)

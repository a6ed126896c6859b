"""Which issues a query finds, and in which order.

Simplified: known are the fields project, id, key (issue, issuekey), issuetype (type), created and
updated, and of an ORDER BY all of these but the type. Who may not see a project or an issue is
told, as by Jira, that it does not exist.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from roadworthy.simulator.serving.jira_rows import Row
from roadworthy.simulator.serving.jql import Clause, Comparison, JqlError, Junction, Order, Value

Test: TypeAlias = Callable[[Row], bool]
Place: TypeAlias = tuple[int, ...]
Found: TypeAlias = list[tuple[Place, Row]]
"""What a query finds, each issue behind its place in the order."""

_ALIASES: Final = {"issue": "key", "issuekey": "key", "type": "issuetype"}
_DATE_FORMS: Final = ("%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%d", "%Y/%m/%d")
_MANY: Final = frozenset({"in", "not in"})


@dataclass(frozen=True)
class Visible:
    """All that an account may find, and the zone in which its dates are read."""

    rows: Mapping[int, Row]
    projects: Mapping[str, frozenset[str]]
    """For each key the names under which the project can be asked for, in lower case."""
    keys: Mapping[str, int]
    """The id behind every key, those included that issues had before they moved."""
    zone: ZoneInfo


def found(visible: Visible, where: Clause | None, order: tuple[Order, ...]) -> Found:
    """The issues that meet a condition, sorted; without an order the latest come first.

    Raises:
        JqlError: a field, project or issue does not exist, or a date is none.
    """
    test = _test(visible, where) if where is not None else _always
    terms = [*order, Order("id", is_descending=True)]
    place = _placing(terms, sorted(visible.projects))
    rows: Iterable[Row] = filter(test, visible.rows.values())
    return sorted(((place(row), row) for row in rows), key=itemgetter(0))


def _always(_: Row) -> bool:
    return True


def _test(visible: Visible, clause: Clause) -> Test:
    if isinstance(clause, Comparison):
        return _comparing(visible, clause)
    tests = [_test(visible, part) for part in clause.parts]
    return _joined(clause, tests)


def _joined(junction: Junction, tests: list[Test]) -> Test:
    if junction.is_all:
        return lambda row: all(test(row) for test in tests)
    return lambda row: any(test(row) for test in tests)


def _comparing(visible: Visible, asked: Comparison) -> Test:
    name = _ALIASES.get(asked.field, asked.field)
    match name:
        case "created" | "updated":
            return _by_instant(name, asked, visible.zone)
        case "project":
            return _negated(asked, _in_projects(visible, asked.values))
        case "id" | "key":
            return _negated(asked, _among_issues(visible, asked))
        case "issuetype":
            kinds = {value.text.lower() for value in asked.values}
            return _negated(asked, lambda row: not kinds.isdisjoint(row.kind))
    raise JqlError(
        f"Field '{asked.field}' does not exist or you do not have permission to view it."
    )


def _negated(asked: Comparison, test: Test) -> Test:
    if asked.operator not in _MANY:
        raise JqlError(
            f"The operator '{asked.operator}' is not supported by the '{asked.field}' field."
        )
    return test if asked.operator == "in" else lambda row: not test(row)


def _by_instant(name: str, asked: Comparison, zone: ZoneInfo) -> Test:
    instants = frozenset(_instant(name, value, zone) for value in asked.values)
    first = min(instants)
    match asked.operator:
        case ">=":
            return lambda row: bool(getattr(row, name) >= first)
        case ">":
            return lambda row: bool(getattr(row, name) > first)
        case "<=":
            return lambda row: bool(getattr(row, name) <= first)
        case "<":
            return lambda row: bool(getattr(row, name) < first)
    return _negated(asked, lambda row: getattr(row, name) in instants)


def _instant(name: str, value: Value, zone: ZoneInfo) -> int:
    """Milliseconds where given bare, else local time of the account, to the minute at best."""
    if value.text.isdigit() and not value.is_quoted:
        return int(value.text)
    for form in _DATE_FORMS:
        try:
            local = datetime.strptime(value.text, form).replace(tzinfo=zone)
        except ValueError:
            continue
        return int(local.timestamp() * 1000)
    raise JqlError(
        f"Date value '{value.text}' for field '{name}' is invalid. Valid formats include: "
        "'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format "
        "e.g. '-5d', '4w 2d'."
    )


def _in_projects(visible: Visible, values: tuple[Value, ...]) -> Test:
    keys: set[str] = set()
    for value in values:
        matching = {k for k, names in visible.projects.items() if value.text.lower() in names}
        if not matching:
            raise JqlError(f"The value '{value.text}' does not exist for the field 'project'.")
        keys |= matching
    return lambda row: row.project in keys


def _among_issues(visible: Visible, asked: Comparison) -> Test:
    wanted = frozenset(_issue(visible, asked.field, value.text) for value in asked.values)
    return lambda row: row.id in wanted


def _issue(visible: Visible, name: str, text: str) -> int:
    issue = int(text) if text.isdigit() else visible.keys.get(text.upper(), -1)
    if issue in visible.rows:
        return issue
    if text.isdigit():
        raise JqlError(f"A value with ID '{text}' does not exist for the field '{name}'.")
    raise JqlError(f"An issue with key '{text}' does not exist for field '{name}'.")


def _placing(terms: list[Order], projects: list[str]) -> Callable[[Row], Place]:
    """Where a row stands: numbers only, turned round where the order descends."""
    ranks = {key: rank for rank, key in enumerate(projects)}
    parts = [_part(term, ranks) for term in terms]
    return lambda row: tuple(number for part in parts for number in part(row))


def _part(term: Order, ranks: Mapping[str, int]) -> Callable[[Row], Place]:
    sign = -1 if term.is_descending else 1
    match _ALIASES.get(term.field, term.field):
        case "id":
            return lambda row: (sign * row.id,)
        case "key":
            return lambda row: (sign * ranks[row.project], sign * row.number)
        case "project":
            return lambda row: (sign * ranks[row.project],)
        case "created":
            return lambda row: (sign * row.created,)
        case "updated":
            return lambda row: (sign * row.updated,)
    raise JqlError(f"Not able to sort using field '{term.field}'.")

"""What GraphQL tells of boards: their fields, their items, and the value of each."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from roadworthy.simulator.github_timeline import Json, node_id
from roadworthy.simulator.serving.github_accounts import number_of
from roadworthy.simulator.serving.github_boards import (
    FIELD_KINDS,
    FIELD_TYPES,
    VALUE_KINDS,
    Board,
    BoardItem,
    Iteration,
    Value,
)
from roadworthy.simulator.serving.github_events import Resolver
from roadworthy.simulator.serving.github_paging import connection
from roadworthy.simulator.serving.github_state import FOUNDED, Item, Thing
from roadworthy.simulator.serving.github_viewing import Info, owner_of

Placed: TypeAlias = tuple[Board, BoardItem]


def field_of(board: Board, name: str) -> Thing:
    """A field of a board."""
    value = board.fields[name]
    data_type = FIELD_TYPES[type(value)]
    payload: Json = {
        "node_id": board.field_node_id(name),
        "name": name,
        "data_type": data_type,
        "created_at": FOUNDED,
        "updated_at": FOUNDED,
        "project": board,
        "options": [],
    }
    if isinstance(value, Iteration):
        payload["configuration"] = _configuration(board, name, value)
    if isinstance(value, str):
        payload["options"] = [
            {"id": _key(option), "name": option, "color": "GRAY"}
            for option in sorted({str(i.values[name]) for i in board.items if name in i.values})
        ]
    return Thing(FIELD_KINDS[data_type], payload)


def _configuration(board: Board, name: str, shown: Iteration) -> Json:
    """The iterations that items are planned for; GitHub tells the past ones apart, we do not."""
    all_of_them = {i.values[name] for i in board.items if name in i.values}
    iterations = sorted(
        (i for i in all_of_them if isinstance(i, Iteration)), key=lambda i: i.starts_on
    )
    return {
        "duration": shown.days,
        "startDay": 1,
        "completedIterations": [],
        "iterations": [
            {
                "id": _key(i.title),
                "title": i.title,
                "startDate": i.starts_on.isoformat(),
                "duration": i.days,
            }
            for i in iterations
        ],
    }


def value_of(placed: Placed, name: str) -> Thing:
    """The value that an item has in a field."""
    board, item = placed
    value = item.values[name]
    key = node_id("PVTFV", number_of(f"{board.item_node_id(item)}/{name}"))
    payload: Json = {
        "node_id": key,
        "created_at": FOUNDED,
        "updated_at": item.updated_at,
        "item": placed,
        "field": field_of(board, name),
        **_told(value),
    }
    return Thing(VALUE_KINDS[FIELD_TYPES[type(value)]], payload)


def _told(value: Value) -> Json:
    match value:
        case Iteration():
            return {
                "title": value.title,
                "iteration_id": _key(value.title),
                "start_date": value.starts_on.isoformat(),
                "duration": value.days,
            }
        case str():
            return {"name": value, "option_id": _key(value)}
        case float():
            return {"number": value}
        case _:
            return {"date": value.isoformat()}


def _key(name: str) -> str:
    """The id of an option or of an iteration: eight hexadecimal digits."""
    return f"{number_of(name):08x}"


def _fields(source: Board, _info: Info, **asked: Any) -> Json:  # noqa: ANN401
    return connection([field_of(source, name) for name in source.fields], asked)


def _field(source: Board, _info: Info, *, name: str) -> Thing | None:
    return field_of(source, name) if name in source.fields else None


def _items(source: Board, info: Info, **asked: Any) -> Json:  # noqa: ANN401
    """The items that the viewer may see; others are there for nobody but those who may."""
    sees = info.context.access.sees
    return connection([(source, i) for i in source.items if sees(i.repository)], asked)


def _values(source: Placed, _info: Info, **asked: Any) -> Json:  # noqa: ANN401
    return connection([value_of(source, name) for name in source[1].values], asked)


def _value(source: Placed, _info: Info, *, name: str) -> Thing | None:
    return value_of(source, name) if name in source[1].values else None


def _content(source: Placed, info: Info) -> Item | None:
    item: Item | None = info.context.referred(f"{source[1].repository}#{source[1].number}")
    return item


def _kind(source: Placed, info: Info) -> str:
    content = _content(source, info)
    if content is None:
        return "REDACTED"
    return "PULL_REQUEST" if content.kind == "PullRequest" else "ISSUE"


_BOARD: Final[Mapping[str, Resolver]] = {
    "fields": _fields,
    "field": _field,
    "items": _items,
    "owner": lambda board, info: owner_of(info.context, board.owner),
}
_ITEM: Final[Mapping[str, Resolver]] = {
    "id": lambda placed, _info: placed[0].item_node_id(placed[1]),
    "fullDatabaseId": lambda placed, _info: str(number_of(placed[0].item_node_id(placed[1]))),
    "content": _content,
    "createdAt": lambda _placed, _info: FOUNDED,
    "updatedAt": lambda placed, _info: placed[1].updated_at,
    "isArchived": lambda placed, _info: placed[1].is_archived,
    "project": lambda placed, _info: placed[0],
    "type": _kind,
    "fieldValues": _values,
    "fieldValueByName": _value,
}
RESOLVERS: Final[Mapping[str, Mapping[str, Resolver]]] = MappingProxyType(
    {"ProjectV2": _BOARD, "ProjectV2Item": _ITEM}
)

"""Members of a payload that must be there, or of a kind: the record is quarantined where not."""

from typing import Any

from connectors.decoding import UnusableError
from connectors.instants import instant
from connectors.protocol import Payload, Record, Resource


def required(payload: Payload, name: str, kind: type, within: str = "") -> Any:  # noqa: ANN401 - JSON
    """The member of a payload, once it is known to be of the kind wanted."""
    if name not in payload:
        raise UnusableError(f"`{within}{name}` is missing")
    return _checked(payload[name], f"{within}{name}", kind)


def optional(payload: Payload, name: str, kind: type, within: str = "") -> Any:  # noqa: ANN401 - JSON
    """The same, or None where the member is absent or null."""
    value = payload.get(name)
    return None if value is None else _checked(value, f"{within}{name}", kind)


def required_instant(payload: Payload, name: str, within: str = "") -> str:
    """An instant as the tracker wrote it, once it is known to be one."""
    if (text := optional_instant(payload, name, within)) is None:
        raise UnusableError(f"`{within}{name}` is missing")
    return text


def optional_instant(payload: Payload, name: str, within: str = "") -> str | None:
    """The same, or None where the member is absent or null."""
    value = payload.get(name)
    if value is None:
        return None
    if instant(value) is None:
        raise UnusableError(f"`{within}{name}` is no instant with an offset")
    return str(value)


def identity(payload: Payload) -> str:
    """The tracker's own id, which is a number or text, as text."""
    value = payload.get("id")
    if isinstance(value, bool) or not isinstance(value, int | str) or not str(value).strip():
        raise UnusableError("`id` is missing, or neither a number nor text")
    return str(value)


def named(resource: Resource, payload: Payload, label: str) -> Record:
    """Envelope of a side file's entry, which must have an id and a name, and nothing more."""
    required(payload, label, str)
    return Record(
        resource=resource.name,
        key=identity(payload),
        cursor=optional_instant(payload, "updated_at"),
        payload=payload,
    )


def _checked(value: object, path: str, kind: type) -> object:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise UnusableError(f"`{path}` is {_kind(type(value))}, not {_kind(kind)}")
    return value


def _kind(kind: type) -> str:
    names = {
        bool: "true or false",
        dict: "an object",
        list: "a list",
        str: "text",
        int: "a whole number",
        float: "a fraction",
    }
    return names.get(kind, "null")

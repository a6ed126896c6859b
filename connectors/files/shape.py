"""What a tracker's payloads look like from outside, as data and small functions.

A :class:`Shape` holds all that this connector must know of a tracker in order to tell records
apart; what the payloads mean is nobody's business here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from connectors.files.decoding import UnusableError
from connectors.files.instants import instant
from connectors.protocol import Payload, Record, Resource


@dataclass(frozen=True, slots=True)
class Shape:
    """How the payloads of one tracker are recognised."""

    resources: tuple[Resource, ...]
    """All of them, in the order in which they are read."""
    side_files: Mapping[str, Resource]
    """Resources that have a file of their own, by the name of that file."""
    main: Callable[[object, str], Resource]
    """Resource of a value outside the side files; the file's stem decides where it cannot."""
    record: Callable[[Resource, Payload], Record]
    """The payload in its envelope; raises UnusableError where the payload is malformed."""
    instants: Callable[[Payload], Iterator[object]]
    """Everything in a payload that shows the archive to be no older, parseable or not."""
    history_length: Callable[[Payload], int | None]
    """Entries of the history that came with the payload; None: none came."""
    lacking: Mapping[str, str]
    """What is unknown where a resource has no record or no file, in the audit's words."""
    lacking_history: Mapping[str, str]
    """What is unknown of a resource's records that came without history."""

    def side_file(self, stem: str) -> Resource | None:
        """Resource of a file named like a side file: ``versions``, or ``versions-<anything>``."""
        return self.side_files.get(stem.partition("-")[0])

    def resource_of(self, value: object, stem: str) -> Resource:
        """Resource of a value (None: undecodable) that stood in a file of this name."""
        return self.side_file(stem) or self.main(value, stem)


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

"""What a tracker's payloads look like from outside, as data and small functions.

A :class:`Shape` holds all that this connector must know of a tracker in order to tell records
apart; what the payloads mean is nobody's business here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

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
    """What a resource's records came without, and what is unknown of them then."""

    def side_file(self, stem: str) -> Resource | None:
        """Resource of a file named like a side file: ``versions``, or ``versions-<anything>``."""
        return self.side_files.get(stem.partition("-")[0])

    def resource_of(self, value: object, stem: str) -> Resource:
        """Resource of a value (None: undecodable) that stood in a file of this name."""
        return self.side_file(stem) or self.main(value, stem)

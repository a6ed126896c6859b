"""The first of two passes over an archive: what is in it, held as keys and instants only.

The second pass needs to know, before it hands out the first record, which copy counts where a thing
stands in the archive more than once.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Self

from connectors.excerpts import visible
from connectors.files.judging import judged
from connectors.files.listing import ArchiveFile, Listing
from connectors.files.shape import Shape
from connectors.instants import instant
from connectors.protocol import Record

_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_NO_HISTORY: Final = -1  # less than an empty one


@dataclass(frozen=True, slots=True)
class Copy:
    """One of possibly several copies of a thing, as far as it takes to choose between them."""

    place: str
    changed_at: datetime
    """When the tracker last changed it; the beginning of time where the payload does not say."""
    history_length: int
    """Entries of the history that came along; negative where none came."""
    digest: int
    """Equal for equal payloads; good within one process."""

    @classmethod
    def of(cls, record: Record, place: str, shape: Shape) -> Self:
        """The record as a copy."""
        length = shape.history_length(record.payload)
        return cls(
            place=place,
            changed_at=instant(record.cursor) or _NEVER,
            history_length=_NO_HISTORY if length is None else length,
            digest=hash(json.dumps(record.payload, sort_keys=True)),
        )

    @property
    def has_history(self) -> bool:
        """Whether a history came along, be it an empty one."""
        return self.history_length != _NO_HISTORY

    @property
    def standing(self) -> tuple[datetime, int]:
        """The later copy counts, of two as late the one with more history, else the last read."""
        return self.changed_at, self.history_length

    def reason_against(self, kept: Self, key: str) -> str:
        """Why this copy is set aside for the one that is kept."""
        if self.changed_at < kept.changed_at:
            kind = "older"
        elif self.digest == kept.digest:
            kind = "repeated"
        elif self.history_length < kept.history_length:
            kind = "shorter"
        else:
            kind = "differing"
        return f"{kind} copy of {visible(key)}, which is kept from {kept.place}"


@dataclass(slots=True)
class Survey:
    """What an archive holds; filled by :func:`surveyed` and only read afterwards."""

    homes: dict[str, list[ArchiveFile]] = field(default_factory=dict)
    """By resource, the files in which something of it stands, usable or not."""
    kept: dict[tuple[str, str], Copy] = field(default_factory=dict)
    """By resource and key, the copy that counts."""
    latest: datetime | None = None
    """The last instant of which the records speak."""


def surveyed(listing: Listing, shape: Shape) -> Survey:
    """Read an archive through once.

    Raises:
        ConnectorError: a file of it cannot be read, or changes meanwhile.
    """
    survey = Survey()
    for file in listing.files:
        for arrival, outcome in judged(file, shape):
            homes = survey.homes.setdefault(outcome.resource, [])
            if file not in homes[-1:]:
                homes.append(file)
            if isinstance(outcome, Record):
                _note(survey, outcome, arrival.place, shape)
    return survey


def _note(survey: Survey, record: Record, place: str, shape: Shape) -> None:
    copy = Copy.of(record, place, shape)
    kept = survey.kept.setdefault((record.resource, record.key), copy)
    if kept.standing <= copy.standing:
        survey.kept[record.resource, record.key] = copy
    instants = (instant(value) for value in shape.instants(record.payload))
    survey.latest = max(filter(None, (survey.latest, *instants)), default=None)

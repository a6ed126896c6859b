"""The life of one pull request in a few words: Ada opens it, Ben and Cat review, on days of March.

Every word is the rows that ``core.field_changes`` has of such an event; a day of March 2026 is nine
in the morning, and events come in the order in which they are written.
"""

from typing import Any

import polars as pl

from pipelines.approvals.people import People
from pipelines.histories.history import with_group_end
from tests.pipelines.frames import INSTANT, Row, at, frame

ITEM = "github:code:acme/web#7"
_TEXTS = ("item_id", "change_group", "field", "from_id", "from_text", "to_id", "to_text")

Event = tuple[Row, ...]


def march(day: int, time: str = "09:00") -> Any:
    """A moment of March 2026; the second is a Monday."""
    return at(f"2026-03-{day:02} {time}")


def status(day: int, after: str, before: str = "review required") -> Event:
    """What an event makes of the status of the pull request."""
    return (_row(day, "status", from_text=before, to_text=after, actor_id="ada"),)


def opened(day: int = 2) -> Event:
    """Opened, ready for review."""
    return status(day, "review required", "draft")


def ready(day: int) -> Event:
    """Marked as ready."""
    moved = _row(day, "draft", from_text="true", to_text="false", actor_id="ada")
    return (moved, *opened(day))


def asked(day: int, who: str) -> Event:
    """A review is requested."""
    return (_row(day, "review_request", to_id=who, to_text=who, is_member=True),)


def removed(day: int, who: str) -> Event:
    """A request is taken back."""
    return (_row(day, "review_request", from_id=who, from_text=who, is_member=True),)


def review(
    day: int, who: str | None, state: str, *, number: int | None = None, **more: Any
) -> Event:
    """A review of the number of its day, unless it says another; it leaves the status alone."""
    name = str(number or day)
    told = {"change_group": f"review:{name}", "to_id": name, "to_text": state, "actor_id": who}
    return (_row(day, "review", **told, **more),)


def dismissed(day: int, number: int, state: str = "approved") -> Event:
    """The review of a number is dismissed."""
    name = str(number)
    return (_row(day, "review", from_id=name, from_text=state, to_id=name, to_text="dismissed"),)


def pushed(day: int) -> Event:
    """A push that answers a request for changes."""
    return status(day, "review required", "changes requested")


def people(*declared: Row, bots: tuple[str, ...] = ()) -> People:
    """Who is a bot, and who is declared to have which role: legal counts before security."""
    days = dict.fromkeys(("valid_from", "valid_until"), INSTANT)
    roles = frame(*declared, actor_id=pl.String, role=pl.String, **days)
    actors = frame(
        *({"actor_id": who, "is_bot": who in bots} for who in ("ada", "ben", "cat", *bots)),
        actor_id=pl.String,
        is_bot=pl.Boolean,
    )
    return People(actors, roles, ("legal", "security"))


def changes(*events: Event, item_id: str = ITEM) -> pl.DataFrame:
    """The changes of a pull request with these events."""
    rows = [(number, row) for number, event in enumerate(events) for row in event]
    numbered = (
        {"item_id": item_id, "change_group": str(group), **row, "sequence": place}
        for place, (group, row) in enumerate(rows, start=1)
    )
    return with_group_end(
        frame(
            *numbered,
            **dict.fromkeys((*_TEXTS, "actor_id", "actor_role"), pl.String),
            is_member=pl.Boolean,
            sequence=pl.Int32,
            changed_at=INSTANT,
        )
    )


def _row(day: int, field: str, **members: Any) -> Row:
    role = "author" if members.get("actor_id", "ada") == "ada" else "reviewer"
    usual = {"field": field, "is_member": False, "actor_id": "ada", "actor_role": role}
    return {**usual, "changed_at": march(day), **members}

"""Who decides what: holders of roles, of seats, and the rights of roles."""

from typing import Annotated

from pydantic import Field

from roadworthy.config.bounds import Day
from roadworthy.config.flow import Names
from roadworthy.config.section import Section


class RoleHolder(Section):
    """Somebody who holds a role for a time."""

    who: str
    """As without dates: ``account:``, ``login:``, ``email:``, ``group:``, ``role:``, ``team:``."""
    since: Annotated[Day | None, Field(alias="from")] = None
    """The first day; without it, always."""
    until: Day | None = None
    """The last day; without it, still."""


class Tenure(Section):
    """Who holds a seat when; only ever used under a pseudonym."""

    seat: str
    """A role, or a role in a project, as in ``product:PAY``."""
    account: str
    """The account that holds it."""
    since: Annotated[Day, Field(alias="from")]
    """The first day."""
    until: Day | None = None
    """The last day; without it, still."""


class DecisionRight(Section):
    """Which role decides a set of fields, and which may override it."""

    fields: Names
    """The fields whose changes are its decisions."""
    decides: str
    """The role that decides."""
    override: str | None = None
    """A role that may change it after all, without acting out of role."""
    request_labels: list[str] = []
    """Labels that ask for it: raised when put on, decided when a field of the right is changed."""

"""The calendars of the roles: whose working hours count depends on who is to act.

The time an engineer in Pune is asked for is that of Pune. A role without a calendar of its own, and
no role at all, have that of the organisation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from pipelines.histories.business_time import BusinessTime, business_time
from pipelines.policy import Policy


@dataclass(frozen=True, slots=True)
class Calendars:
    """One function of worked time for the organisation, and one for each role with its own."""

    usual: BusinessTime
    of_roles: Mapping[str, BusinessTime]

    def hours_between(self, starts: pl.Series, ends: pl.Series, roles: pl.Series) -> pl.Series:
        """Business hours from one instant to another, each on the calendar of its role.

        Element by element; null where an instant is.
        """
        hours = self.usual.hours_between(starts, ends)
        for role, worked in sorted(self.of_roles.items()):
            is_theirs = (roles == role).fill_null(value=False)
            if is_theirs.any():
                hours = worked.hours_between(starts, ends).zip_with(is_theirs, hours)
        return hours

    def of(self, role: str | None) -> BusinessTime:
        """The function of a role."""
        return self.of_roles.get(role, self.usual) if role is not None else self.usual


def calendars(policy: Policy, first: date, last: date) -> Calendars:
    """Build them for a range of days, both included."""
    return Calendars(
        business_time(policy.hours, first, last),
        {role: business_time(hours, first, last) for role, hours in policy.role_hours.items()},
    )

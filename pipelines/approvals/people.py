"""Who is asked: people and not bots, each in the role they were declared to have at that moment.

Whoever has no declared role when asked is a *reviewer*, whatever they are declared to be later or
were seen to do on other items; so the requests of one person are of one step, answered or not.
"""

from dataclasses import dataclass

import polars as pl

from pipelines.histories.actor_roles import BOT, UNKNOWN, with_actor_roles

ANYONE = "anyone"
TEAM = "team:"
REVIEWER = "reviewer"
_NO_ROLE = (BOT, UNKNOWN, "author")


@dataclass(frozen=True, slots=True)
class People:
    """What is known of who acts."""

    actors: pl.DataFrame
    """actor_id, is_bot."""
    roles: pl.DataFrame
    """actor_id, role, valid_from, valid_until (null: without bound)."""
    role_order: tuple[str, ...]
    """Roles in the order of their declaration."""

    @property
    def bots(self) -> pl.Series:
        """Actors that are no people."""
        return self.actors.filter("is_bot")["actor_id"]


def with_asked_roles(requests: pl.DataFrame, people: People) -> pl.DataFrame:
    """Add ``asked_role`` and ``step`` to requests for a review.

    Of a team, and where anybody is asked, the role is the one seen on the verdict.

    Args:
        requests: item_id, reviewer (a pseudonym, ``team:<slug>`` or ``anyone``), requested_at,
            decided_by_role.
        people: their declared roles.
    """
    reviewer = pl.col("reviewer")
    is_named = ~reviewer.str.starts_with(TEAM) & (reviewer != ANYONE)
    role = pl.when(is_named).then(_declared(requests, people)).otherwise("decided_by_role")
    asked_role = pl.when(~role.is_in(_NO_ROLE)).then(role).otherwise(pl.lit(REVIEWER))
    return requests.with_columns(
        asked_role=asked_role,
        step=pl.when(is_named).then(asked_role).otherwise(reviewer.str.strip_prefix(TEAM)),
    )


def _declared(requests: pl.DataFrame, people: People) -> pl.Series:
    """The declared role of each reviewer when asked, in the order of the requests."""
    asked = requests.with_row_index("sequence").select(
        "item_id", "sequence", changed_at="requested_at", actor_id="reviewer"
    )
    nobody = pl.DataFrame(schema={"item_id": pl.String(), "author_id": pl.String()})
    return with_actor_roles(
        asked,
        actors=people.actors.select("actor_id", "is_bot"),
        actor_roles=people.roles.select("actor_id", "role", "valid_from", "valid_until"),
        authors=nobody,
        role_order=people.role_order,
    )["actor_role"]

"""Facts of items: those each has of its own, and those of several items together."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

import polars as pl

from pipelines.flow import work_items
from pipelines.histories import history
from pipelines.histories.calendars import Calendars
from pipelines.policy import Policy
from roadworthy.stages.core_frames import Core
from roadworthy.stages.groups import in_groups
from roadworthy.stages.histories import calendars_of
from roadworthy.stages.mapped_frames import joined
from roadworthy.stages.own_facts import OwnFacts, own_facts
from roadworthy.stages.promise_facts import promises_of_releases
from roadworthy.stages.scope_facts import FIELDS, scope_facts
from roadworthy.stages.sightings import Sightings
from roadworthy.stages.survey import Survey

_TOLD: Final = FIELDS | {"priority"}
"""The fields, in lower case, that facts of several items and estimates look at."""
_SHOWN_ONLY: Final = ("title", "url", "components", "labels")
"""What is told of an item and no estimate looks at."""

#: Characters: names and lists of them are shorter, descriptions are not.
_LONG: Final = 400
_BEGINNING: Final = 40


@dataclass(frozen=True, slots=True)
class ItemFacts(OwnFacts):
    """What is known of all items; dates and promises are those of releases, too."""

    intake: pl.DataFrame
    scope_injection: pl.DataFrame
    forecast_drift: pl.DataFrame
    seat_holders: pl.DataFrame
    """Who held a seat when, as declared."""
    calendars: Calendars


def item_facts(core: Core, policy: Policy) -> ItemFacts:
    """Compute the facts of all items of a core at once."""
    survey = Survey.of(core, policy)
    return together([own_facts(core, survey, policy)], core, survey)


def together(parts: Sequence[OwnFacts], core: Core, survey: Survey) -> ItemFacts:
    """The facts of all items.

    Args:
        parts: the facts that items have of their own, in the order of the items. Of their changes
            and values at least those of :func:`told_later`.
        core: its frames that are not of single items.
        survey: what all items together told.
    """
    own = _joined(parts)
    released = promises_of_releases(core, own["visits"], own["policy"])
    scoped = scope_facts(OwnFacts(**own), released, core, survey)
    return ItemFacts(
        **{
            **own,
            "work_items": work_items.with_known_parents(own["work_items"]),
            "date_moves": _below(own["date_moves"], released.date_moves),
            "commitments": _below(own["commitments"], released.commitments),
        },
        intake=in_groups(scoped.intake, own["items"]),
        scope_injection=scoped.scope_injection,
        forecast_drift=scoped.forecast_drift,
        seat_holders=core.seat_holders,
        calendars=calendars_of(own["items"], own["policy"]),
    )


def told_later(own: OwnFacts) -> OwnFacts:
    """The same facts, with no more changes and values than what comes after looks at."""
    changes, present = (history.of_fields(one, _TOLD) for one in (own.changes, own.present))
    return replace(
        own,
        changes=changes.with_columns(_short("from_text"), _short("to_text")),
        present=present.with_columns(_short("value_text")),
    )


def for_estimates(facts: ItemFacts) -> ItemFacts:
    """The same facts, with no more than estimates look at.

    Who chooses some of the items copies all that is told of them.
    """
    moves = facts.changes.select("item_id", "field", "group_end", "actor_id", "actor_role")
    priority = pl.col("field").str.to_lowercase() == "priority"
    return replace(
        facts,
        items=facts.items.drop(_SHOWN_ONLY),
        changes=moves.filter(pl.col("field") == "status"),
        present=facts.present.select("item_id", "field").filter(priority),
    )


def _short(column: str) -> pl.Expr:
    """A long text as its beginning and its hash: all that is asked of it is whether it changed."""
    text = pl.col(column).str.strip_chars()
    told = text.str.slice(0, _BEGINNING) + text.hash().cast(pl.String)
    return pl.when(text.str.len_chars() > _LONG).then(told).otherwise(column).alias(column)


def _joined(parts: Sequence[OwnFacts]) -> dict[str, Any]:
    """The frames of all parts, one below the other: each is in the order of the items."""
    first = parts[0]
    named = {one.name: getattr(first, one.name) for one in fields(OwnFacts)}
    frames = {
        name: joined([getattr(part, name) for part in parts])
        for name, one in named.items()
        if isinstance(one, pl.DataFrame)
    }
    seen = Sightings.together([part.sightings for part in parts])
    return {**frames, "policy": first.policy, "sightings": seen}


def _below(of_items: pl.DataFrame, of_releases: pl.DataFrame) -> pl.DataFrame:
    """Items stand before releases, as the words do; a release has no groups of an item."""
    common = [name for name in of_items.columns if name in of_releases.columns]
    return pl.concat([of_items, of_releases.select(common)], how="diagonal")

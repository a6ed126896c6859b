"""Decision changes: every change of a field that a decision right governs, and by which role.

One row per field and click, however many steps it took: a release swapped for another is one
change. What an item was created with is none. Edge cases:

* A field that two rights claim is governed by the one declared first.
* Only changes later than the commitment of the item are after it, not those that made it.
* A bulk edit is listed and is nobody's decision: it, a bot and an unknown actor are never out of
  role.
* ``Rank`` is governed by no right: every item dragged in a list writes one.
"""

from dataclasses import replace
from datetime import timedelta

import polars as pl

from pipelines.cohorts.subjects import only
from pipelines.decisions.clicks import after_creation, clicks
from pipelines.decisions.opposition import with_contests
from pipelines.histories.actor_roles import BOT, UNKNOWN
from pipelines.histories.field_names import SCOPE_FIELDS, tracker_names, usual_name
from pipelines.policy import DecisionRight

_USUAL_RIGHTS = (
    DecisionRight("priority", ("priority",)),
    DecisionRight("timeline", ("duedate", "fixVersions", "milestone")),
    DecisionRight("scope", SCOPE_FIELDS),
)
_RANKS = ("rank", "rank (obsolete)", "global rank")
_LONGEST_VALUE = 200
_PSEUDONYM = r"person:[0-9a-f]+"
_JUDGED = ("is_after_commitment", "is_out_of_role", "is_contest", "is_override", "is_bulk")
_OF_A_USE = (
    "change_number",
    "decision_right",
    "changed_at",
    "actor_id",
    "actor_role",
    *_JUDGED,
)
_PUBLIC = (
    "item_id",
    "change_number",
    "team",
    "item_type",
    "decision_right",
    "field",
    "changed_at",
    "from_value",
    "to_value",
    "actor_role",
    *_JUDGED,
)


def governed_rights(
    rights: tuple[DecisionRight, ...], target_date_field: str | None
) -> tuple[DecisionRight, ...]:
    """The declared rights, and the usual ones for what none of them governs.

    The usual ones are priority, timeline and scope. Each has those of its fields that no declared
    right claims, and is left out where there are none. A declared right of its name has them beside
    its own; else nobody is declared to decide them.

    Args:
        rights: as declared, in that order.
        target_date_field: the field that holds a date where no due date is used.
    """
    claimed = {field for right in rights for field in _fields(right)}
    places = {right.name.lower(): place for place, right in enumerate(rights)}
    governed = [*rights]
    for right in _USUAL_RIGHTS:
        own = [*right.fields]
        if right.name == "timeline" and target_date_field:
            own.append(usual_name(target_date_field))
        left = tuple(field for field in dict.fromkeys(own) if field.lower() not in claimed)
        place = places.get(right.name)
        if place is not None:
            declared = governed[place]
            governed[place] = replace(declared, fields=(*declared.fields, *left))
        elif left:
            governed.append(DecisionRight(right.name, left))
    return tuple(governed)


def decision_changes(
    items: pl.DataFrame,
    changes: pl.DataFrame,
    since: pl.DataFrame,
    *,
    rights: tuple[DecisionRight, ...],
    window: timedelta,
) -> pl.DataFrame:
    """Find the changes of governed fields and tell whose they were, and against whom.

    Args:
        items: item_id, team, item_type, created_at.
        changes: item_id, sequence, group_end, field, field_id, is_member, from_id, from_text,
            to_id, to_text, actor_id, actor_role, is_bulk, changed_at.
        since: item_id, committed_at, reached_at (null: never); an item is committed from the
            first, else from the second on.
        rights: what :func:`governed_rights` made of those declared.
        window: until how long after a change it can be contested.

    Returns:
        The columns of ``main.decision_changes``; ``group_end``, the sequence at which the click has
        taken effect, and ``actor_id``, which no table has; sorted by item and number.
    """
    number = _right_number(rights)
    governed = after_creation(changes, items).filter(number.is_not_null())
    decided = with_contests(clicks(governed), window=window).with_columns(right_number=number)
    committed = since.select("item_id", since=pl.coalesce("committed_at", "reached_at"))
    return (
        decided.join(_declared(rights), on="right_number")
        .join(items.select("item_id", "team", "item_type"), on="item_id")
        .join(committed, on="item_id", how="left")
        .sort("item_id", "sequence")
        .with_columns(
            change_number=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("item_id"),
            from_value=_shown("from_value"),
            to_value=_shown("to_value"),
            is_after_commitment=(pl.col("changed_at") > pl.col("since")).fill_null(value=False),
            is_out_of_role=_is_out_of_role(),
            # Null where the right declares no override.
            is_override=pl.col("override") == pl.col("actor_role"),
        )
        .select(*_PUBLIC, "group_end", "actor_id")
    )


def uses(changes: pl.DataFrame) -> pl.DataFrame:
    """The columns that are looked at where a change is a use of a right: no texts, no values."""
    return only(changes, *_OF_A_USE)


def decided_once(changes: pl.DataFrame) -> pl.DataFrame:
    """One row per click and right: who moves a date and the release with it decides once.

    Two people of one role who do so at one instant are two. A click is a contest where any of its
    fields is, and in bulk where all of them are; it keeps the place of the first of them.

    Args:
        changes: what :func:`decision_changes` found, and whatever was joined to it.
    """
    click = ["item_id", "decision_right", "changed_at", "actor_id", "actor_role"]
    marks = ["is_contest", "is_bulk", "is_out_of_role"]
    return (
        changes.sort("item_id", "change_number")
        .group_by(click, maintain_order=True)
        .agg(
            pl.exclude(*click, *marks).first(),
            pl.col("is_contest").any(),
            pl.col("is_bulk").all(),
            # Null of a field that was changed in bulk.
            pl.col("is_out_of_role").drop_nulls().first(),
        )
        .select(changes.columns)
    )


def _fields(right: DecisionRight) -> list[str]:
    """The fields a right claims, in lower case."""
    return [name.lower() for name in tracker_names(right.fields)]


def _right_number(rights: tuple[DecisionRight, ...]) -> pl.Expr:
    """The place of the first right that claims the field; null where none does."""
    first: dict[str, int] = {}
    for number, right in enumerate(rights):
        for field in _fields(right):
            first.setdefault(field, number)
    names = [pl.col(column).str.to_lowercase() for column in ("field", "field_id")]
    claims = [name.replace_strict(first, default=None, return_dtype=pl.Int32) for name in names]
    return pl.when(~names[0].is_in(_RANKS)).then(pl.min_horizontal(claims))


def _shown(column: str) -> pl.Expr:
    """A value as readers see it: the beginning of it, and nobody in it, not even by pseudonym."""
    return pl.col(column).str.replace_all(_PSEUDONYM, "(person)").str.slice(0, _LONGEST_VALUE)


def _declared(rights: tuple[DecisionRight, ...]) -> pl.DataFrame:
    rows = [(number, one.name, one.decides, one.override) for number, one in enumerate(rights)]
    types = {"right_number": pl.Int32, "decision_right": pl.String}
    types |= {"decides": pl.String, "override": pl.String}
    return pl.DataFrame(rows, schema=types, orient="row")


def _is_out_of_role() -> pl.Expr:
    """Made by somebody other than who decides or may override; null where that cannot be said."""
    role, decides = pl.col("actor_role"), pl.col("decides")
    can_be_said = decides.is_not_null() & ~role.is_in([BOT, UNKNOWN]) & ~pl.col("is_bulk")
    return pl.when(can_be_said).then((role != decides) & role.ne_missing(pl.col("override")))

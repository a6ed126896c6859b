"""Requests that are raised flags: a field or a label that says an item waits for a decision.

The request is made when the flag is raised. It is answered when the flag is lifted or, where the
flag asks for a declared right, when a person first changes a field of that right; lifted without
such a change, that one was taken back.
Edge cases:

* Dropped while raised, the item was dropped; done while raised, the request was withdrawn, for
  nobody waits any more; raised when the item is already over, nobody is asked.
* Lifted in bulk or by a bot is withdrawn: a clean-up is no verdict.
* Lifted with the click that finished the item is a verdict; with the one that dropped it, none.
* A field changed in the click that raised the flag is what the flag asks about, not the answer.
* A verdict is reversed when a flag of the same right is raised again, or when the field that had
  answered it is set back to what it was before.
"""

from datetime import timedelta

import polars as pl

from pipelines.decisions.clicks import clicks
from pipelines.decisions.verdicts import is_human, with_reversals
from pipelines.histories import history, neighbours
from pipelines.histories.actor_roles import BOT
from pipelines.histories.field_names import tracker_names
from pipelines.policy import DecisionRight

_NONE = pl.lit(None, pl.String)
_OF_FIELD = ("item_id", "decision_right", "field")
_RIGHTS = pl.Schema({"decision_right": pl.String(), "asked_role": pl.String()})


def flag_verdicts(
    flagged: pl.DataFrame,
    items: pl.DataFrame,
    changes: pl.DataFrame,
    *,
    rights: tuple[DecisionRight, ...],
    window: timedelta,
) -> pl.DataFrame:
    """Find the requests made by flags, and what became of them.

    Args:
        flagged: the columns of :data:`pipelines.histories.flags.FLAG_INTERVALS`.
        items: item_id, ended_at (end of its life or the snapshot), is_ended, is_dropped.
        changes: with ``group_end``, ``actor_role`` and ``is_bulk``.
        rights: the declared rights, with the fields they govern.
        window: how long a verdict must hold.

    Returns:
        The columns of :data:`pipelines.decisions.verdicts.VERDICTS`, sorted by item and instant.
    """
    holders = pl.DataFrame([(one.name, one.decides) for one in rights], _RIGHTS, orient="row")
    answers = _answers(changes, rights)
    asked = flagged.filter(pl.col("waits_for") == "decision")
    requests = (
        asked.join(items.select("item_id", "ended_at", "is_ended", "is_dropped"), on="item_id")
        .rename({"ended_at": "life_ends_at"})
        .filter(~pl.col("is_ended") | (pl.col("raised_at") < pl.col("life_ends_at")))
        .sort("item_id", "raised_end", "flag")
        .with_row_index("place")
        .join(holders, on="decision_right", how="left")
    )
    answered = _answered(
        requests.join(_first_answers(requests, answers), on="place", how="left"),
        [right.name for right in rights],
    )
    events = pl.concat([_raised_again(answered, asked), _set_back(answered, answers)])
    return with_reversals(answered, events, window=window)


def _answers(changes: pl.DataFrame, rights: tuple[DecisionRight, ...]) -> pl.DataFrame:
    """What persons did, click by click and one by one, to the fields of each right.

    A right that shares a field with another is answered by it too.
    """
    by_hand = changes.filter(is_human("actor_role", "is_bulk"))
    made = (
        (right.name, history.of_field(by_hand, field))
        for right in rights
        for field in tracker_names(right.fields)
    )
    parts = [
        clicks(rows).with_columns(decision_right=pl.lit(name))
        for name, rows in made
        if not rows.is_empty()
    ]
    found = (
        pl.concat(parts) if parts else clicks(by_hand.clear()).with_columns(decision_right=_NONE)
    )
    return found.select(
        *("item_id", "decision_right", "field", "is_set", "removed", "added"),
        end="group_end",
        at="changed_at",
        by="actor_role",
    )


def _first_answers(requests: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """The first change of a governed field after each flag was raised."""
    asked = requests.select("place", "item_id", "decision_right", from_end="raised_end")
    of_right = answers.select("item_id", "decision_right", "end", "at", "by")
    return _first_after(asked, of_right, by=["item_id", "decision_right"]).select(
        "place", answer_end="end", answer_at="at", answer_by="by"
    )


def _first_after(asked: pl.DataFrame, events: pl.DataFrame, *, by: list[str]) -> pl.DataFrame:
    """Requests (with ``from_end``) beside the first event (with ``end``) after it, if any is."""
    ended = asked.drop_nulls("from_end")
    return neighbours.first_after(ended, "from_end", events, "end", by=by).drop_nulls("end")


def _answered(requests: pl.DataFrame, rights: list[str]) -> pl.DataFrame:
    """Requests with what ended them first: the life of the item, a field, or the lifting.

    What asks for a right is answered by its fields: lifted without that, it was taken back.
    """
    by_field = (pl.col("answer_end") <= pl.col("lifted_end")).fill_null(
        pl.col("answer_end").is_not_null()
    )
    first = {
        f"verdict_{name}": pl.when(by_field).then(f"answer_{name}").otherwise(f"lifted_{name}")
        for name in ("at", "end", "by")
    }
    ended = pl.when("is_ended").then("life_ends_at")
    answered_or_lifted = requests.with_columns(
        **first,
        is_taken_back=~by_field
        & (
            pl.col("is_lifted_in_bulk").fill_null(value=False)
            | pl.col("lifted_by").eq_missing(BOT)
            | pl.col("decision_right").is_in(rights)
        ),
    )
    return answered_or_lifted.with_columns(outcome=_outcome()).with_columns(
        channel=pl.lit("flag"),
        question="decision_right",
        requested_at="raised_at",
        ended_at=pl.when(pl.col("outcome") != "open").then(pl.min_horizontal("verdict_at", ended)),
        decided_by_role=pl.when(pl.col("outcome") == "decided").then("verdict_by"),
    )


def _outcome() -> pl.Expr:
    life, verdict = pl.col("life_ends_at"), pl.col("verdict_at")
    is_dropped = pl.col("is_dropped") & (life <= verdict).fill_null(value=True)
    is_done = pl.col("is_ended") & (life < verdict).fill_null(value=True)
    return (
        pl.when(is_dropped)
        .then(pl.lit("dropped"))
        .when(is_done)
        .then(pl.lit("withdrawn"))
        .when(verdict.is_null())
        .then(pl.lit("open"))
        .when("is_taken_back")
        .then(pl.lit("withdrawn"))
        .otherwise(pl.lit("decided"))
    )


def _raised_again(requests: pl.DataFrame, asked: pl.DataFrame) -> pl.DataFrame:
    """The first flag of the same right that a person raised after the verdict."""
    again = asked.filter(is_human("raised_by", "is_raised_in_bulk")).select(
        "item_id", "decision_right", at="raised_at", end="raised_end"
    )
    answered = requests.select("place", "item_id", "decision_right", from_end="verdict_end")
    return _first_after(answered, again, by=["item_id", "decision_right"]).select("place", "at")


def _set_back(requests: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """The first change that undoes the one that had answered a request.

    It brings a value back to what it was, or takes out of a set what had come and puts in again
    what had gone.
    """
    given = requests.select("place", "item_id", "decision_right", end="verdict_end").join(
        answers.drop("at", "by"), on=["item_id", "decision_right", "end"]
    )
    single = pl.lit("")
    undone = given.rename({"end": "from_end"}).with_columns(
        back_to=_key("removed"), without=pl.when("is_set").then(_key("added")).otherwise(single)
    )
    keys = [*_OF_FIELD, "back_to", "without"]
    undoing = [
        answers.with_columns(back_to=_key("added"), without=without).select(*keys, "end", "at")
        for without in (single, _key("removed"))
    ]
    return _first_after(undone, pl.concat(undoing), by=keys).select("place", "at")


def _key(column: str) -> pl.Expr:
    """A list of values as one text that no other list has."""
    quoted = pl.format("{}:{}", pl.element().str.len_chars(), pl.element())
    return pl.col(column).list.eval(quoted).list.join("") + ";"

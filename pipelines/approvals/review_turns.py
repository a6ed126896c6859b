"""Whose review was asked for from when to when, and what ended that: the turns of the reviewers.

A reviewer is asked by a request, by a push that answers the changes they requested, and by the
dismissal of their verdict; the turn ends with their next verdict or the removal of the request.
GitHub removes the request of whoever submits a review and tells no event of it. Edge cases:

* Asked again while still asked: one turn, from the first time.
* A team is answered by the first verdict of somebody who is not asked by name at that moment.
* Anybody is asked until the first verdict, or until somebody is asked explicitly, who takes the
  question over.
* What is asked of a bot is nobody's turn.
"""

from collections.abc import Collection

import polars as pl

from pipelines.approvals.people import ANYONE, TEAM
from pipelines.approvals.review_windows import statuses

_VERDICT = ("decider", "decided_by_role", "change_group", "verdict", "review_id")
_ORDER = ("item_id", "reviewer", "sequence")


def review_turns(
    changes: pl.DataFrame, given: pl.DataFrame, *, bots: Collection[str]
) -> pl.DataFrame:
    """Find the turns of every person and team asked, and of anybody until somebody was.

    Args:
        changes: as :func:`pipelines.approvals.given_reviews.given_reviews` takes them.
        given: what it found.
        bots: actors that are no people.

    Returns:
        item_id, reviewer (a pseudonym, ``team:<slug>`` or ``anyone``), asked_by (what began it:
        request, push, dismissal or ready), asked_from and answered_from (sequences), asked_at and
        answered_at (instants), named_from and named_at (sequence and instant of its first explicit
        request, null where there is none), spoke (sequence of the verdict that is asked for again,
        null where none is), and of a verdict that ended it decider, decided_by_role, change_group,
        verdict and review_id. The end is null where there is none; a removal, and for anybody an
        explicit request, ends without a verdict.
    """
    requests = _requests(changes, bots)
    of_people = pl.concat(
        [
            requests.filter(~pl.col("reviewer").str.starts_with(TEAM)),
            _asked_again(changes, given),
            _answers(given.with_columns(reviewer="decider")),
        ],
        how="diagonal",
    )
    free = _unasked(of_people)
    of_teams = requests.filter(pl.col("reviewer").str.starts_with(TEAM))
    teams = of_teams.select("item_id", "reviewer").unique()
    return pl.concat(
        [
            _turns(of_people),
            _turns(pl.concat([of_teams, _answers(free.join(teams, on="item_id"))], how="diagonal")),
            _turns(_of_anyone(changes, given, requests)),
        ]
    ).sort("item_id", "reviewer", "asked_from")


def _requests(changes: pl.DataFrame, bots: Collection[str]) -> pl.DataFrame:
    """Requests made and removed, as events of the one who is asked."""
    moves = changes.filter(pl.col("field") == "review_request")
    sides = [
        moves.select(
            "item_id",
            "sequence",
            "changed_at",
            reviewer=pl.coalesce(f"{side}_id", f"{side}_text"),
            is_asked=pl.lit(side == "to"),
            asked_by=pl.lit("request"),
            spoke=pl.lit(None, pl.Int32),
        ).drop_nulls("reviewer")
        for side in ("to", "from")
    ]
    return pl.concat(sides).filter(~pl.col("reviewer").is_in(list(bots)))


def _asked_again(changes: pl.DataFrame, given: pl.DataFrame) -> pl.DataFrame:
    """Pushes that answered a request for changes, and dismissals of the verdict that stood."""
    stood_until = pl.min_horizontal("next_verdict", "dismissed_sequence")
    back = (
        statuses(changes)
        .filter(pl.col("status") == "review required")
        .select("item_id", at_sequence="sequence", at="changed_at")
    )
    pushed = (
        given.filter(pl.col("verdict") == "changes_requested")
        .join(back, on="item_id")
        .filter(
            (pl.col("at_sequence") > pl.col("sequence"))
            & (stood_until.is_null() | (pl.col("at_sequence") < stood_until))
        )
        .select(
            "item_id",
            sequence="at_sequence",
            changed_at="at",
            spoke="sequence",
            reviewer="decider",
            is_asked=pl.lit(value=True),
            asked_by=pl.lit("push"),
        )
    )
    taken_back = given.filter(
        pl.col("dismissed_sequence") < pl.col("next_verdict").fill_null(2**31 - 1)
    ).select(
        "item_id",
        sequence="dismissed_sequence",
        changed_at="dismissed_at",
        spoke="sequence",
        reviewer="decider",
        is_asked=pl.lit(value=True),
        asked_by=pl.lit("dismissal"),
    )
    return pl.concat([pushed, taken_back])


def _answers(given: pl.DataFrame) -> pl.DataFrame:
    """Verdicts as events of the ``reviewer`` named beside them."""
    return given.select(
        "item_id", "sequence", "changed_at", "reviewer", *_VERDICT, is_asked=pl.lit(value=False)
    )


def _unasked(of_people: pl.DataFrame) -> pl.DataFrame:
    """The verdicts of people who were not asked by name when they gave them."""
    was_asked = pl.col("is_asked").shift(1).over("item_id", "reviewer").fill_null(value=False)
    return (
        of_people.sort(_ORDER)
        .filter(pl.col("verdict").is_not_null() & ~was_asked)
        .select("item_id", "sequence", "changed_at", *_VERDICT)
    )


def _of_anyone(changes: pl.DataFrame, given: pl.DataFrame, requests: pl.DataFrame) -> pl.DataFrame:
    """Anybody is asked from the beginning to the first verdict or the first explicit request."""
    pulls = statuses(changes).select("item_id").unique()
    asked = pulls.select(
        "item_id",
        sequence=pl.lit(0, pl.Int32),
        spoke=pl.lit(None, pl.Int32),
        reviewer=pl.lit(ANYONE),
        is_asked=pl.lit(value=True),
        asked_by=pl.lit("ready"),
    )
    taken_over = requests.filter("is_asked").select(
        "item_id",
        "sequence",
        "changed_at",
        reviewer=pl.lit(ANYONE),
        is_asked=pl.lit(value=False),
    )
    answers = _answers(given.with_columns(reviewer=pl.lit(ANYONE)))
    return pl.concat([asked, taken_over, answers], how="diagonal")


def _turns(events: pl.DataFrame) -> pl.DataFrame:
    """From the first event that asks to the next that does not."""
    after = {name: pl.col(name).shift(-1).over("item_id", "reviewer") for name in _VERDICT}
    is_named = pl.col("asked_by") == "request"
    return (
        events.sort(_ORDER)
        .with_columns(_run=pl.struct("item_id", "reviewer", "is_asked").rle_id())
        .with_columns(
            named_from=pl.col("sequence").filter(is_named).first().over("_run"),
            named_at=pl.col("changed_at").filter(is_named).first().over("_run"),
        )
        .unique("_run", keep="first", maintain_order=True)
        .with_columns(
            answered_from=pl.col("sequence").shift(-1).over("item_id", "reviewer"),
            answered_at=pl.col("changed_at").shift(-1).over("item_id", "reviewer"),
            **after,
        )
        .filter("is_asked")
        .select(
            "item_id",
            "reviewer",
            "asked_by",
            "spoke",
            "answered_from",
            "answered_at",
            "named_from",
            "named_at",
            *_VERDICT,
            asked_from="sequence",
            asked_at="changed_at",
        )
    )

"""Requests for the review of a pull request, as intervals.

A request is a turn of a reviewer cut to the windows in which the pull request was ready: the clock
never runs in draft. It ends *approved* or *changes_requested*, *withdrawn* (the request was
removed, the pull request closed or taken back to draft) or *superseded* (merged without it; for
*anyone* also when somebody is asked explicitly). What was asked for at an instant does not depend
on what came later. Edge cases:

* Back in draft and ready again, or closed and opened again, while still asked: a request each.
* A verdict that answers nothing was waited for by nobody: it is listed as a request of no length,
  ``asked_by`` nobody, because it counts as a verdict. A wait inferred from a verdict would exist
  only for people who reviewed, and those who never did would have none.
* Opened with somebody asked in the same instant, nobody else ever was.
* A team that only somebody asked by name had answered when it was merged was answered by them.
"""

import polars as pl

from pipelines.approvals.given_reviews import given_reviews
from pipelines.approvals.people import ANYONE, TEAM, People, with_asked_roles
from pipelines.approvals.review_turns import review_turns
from pipelines.approvals.review_windows import review_windows

NOBODY = "nobody"
_NEVER = 2**31 - 1
_ASKED_IN_ORDER = ("requested_at", "since", "asked_from", "spoke")
_OF_A_VERDICT = ("decider", "decided_by_role", "change_group", "review_id")

REVIEW_REQUESTS = pl.Schema(
    {
        "item_id": pl.String(),
        "place": pl.Int32(),
        "step": pl.String(),
        "requested_at": pl.Datetime("us", "UTC"),
        "ended_at": pl.Datetime("us", "UTC"),
        "verdict": pl.String(),
        "asked_role": pl.String(),
        "decided_by_role": pl.String(),
        "reviewer": pl.String(),
        "decider": pl.String(),
        "asked_by": pl.String(),
        "named_at": pl.Datetime("us", "UTC"),
        "change_group": pl.String(),
        "review_id": pl.String(),
        "dismissed_at": pl.Datetime("us", "UTC"),
        "is_taken_over": pl.Boolean(),
    }
)
"""``place``: the order in which the requests of an item were made, by instant and then by the
change that asked; ``asked_by``: what asked first: request, push, dismissal, ready or nobody;
``named_at``: when they were first asked explicitly, if they were before it ended; ``decider``: who
gave the verdict; ``is_taken_over``: *anyone* was asked until somebody was asked by name."""


def review_requests(items: pl.DataFrame, changes: pl.DataFrame, people: People) -> pl.DataFrame:
    """Find every request for a review.

    Args:
        items: item_id, kind, author_id.
        changes: item_id, change_group, sequence, field, from_id, from_text, to_id, to_text,
            actor_id, actor_role, changed_at.
        people: who is a bot, and who is declared to have which role.

    Returns:
        The columns of ``REVIEW_REQUESTS``, sorted by item and place.
    """
    pulls = items.filter(pl.col("kind") == "pull_request").select("item_id", "author_id")
    events = changes.join(pulls, on="item_id", how="semi")
    given = given_reviews(events, pulls)
    windows = review_windows(events)
    turns = review_turns(events, given, bots=people.bots)
    asked = _with_settled_teams(_cut_to(windows, turns), given)
    requests = pl.concat([asked, _unasked(given, asked)], how="diagonal")
    dismissed = given.select("item_id", "review_id", "dismissed_at")
    return (
        requests.join(dismissed, on=["item_id", "review_id"], how="left")
        .pipe(with_asked_roles, people)
        .sort("item_id", *_ASKED_IN_ORDER)
        .with_columns(place=pl.int_range(pl.len()).over("item_id"))
        .select(REVIEW_REQUESTS.names())
        .cast(REVIEW_REQUESTS)
    )


def _cut_to(windows: pl.DataFrame, turns: pl.DataFrame) -> pl.DataFrame:
    """The part of each turn in each window, and what ended it."""
    until = pl.min_horizontal("answered_from", "ready_until")
    is_answered = (pl.col("answered_from") == pl.col("until")).fill_null(value=False)
    is_decided = is_answered & pl.col("verdict").is_not_null()
    is_taken_over = is_answered & ~is_decided & (pl.col("reviewer") == ANYONE)
    is_named = (pl.col("named_from") < pl.col("until").fill_null(_NEVER)).fill_null(value=False)
    return (
        turns.join(windows, on="item_id")
        .with_columns(since=pl.max_horizontal("asked_from", "ready_from"), until=until)
        .filter(pl.col("until").is_null() | (pl.col("since") < pl.col("until")))
        .select(
            "item_id",
            "reviewer",
            "asked_by",
            "asked_from",
            "spoke",
            "since",
            "until",
            *(pl.when(is_decided).then(name).alias(name) for name in _OF_A_VERDICT),
            requested_at=pl.when(pl.col("asked_from") >= pl.col("ready_from"))
            .then("asked_at")
            .otherwise("ready_at"),
            ended_at=pl.when(is_answered).then("answered_at").otherwise("unready_at"),
            named_at=pl.when(is_named).then("named_at"),
            is_taken_over=is_taken_over,
            verdict=_outcome(
                is_decided=is_decided,
                is_superseded=is_taken_over | (~is_answered & (pl.col("unready_by") == "merged")),
            ),
        )
        .filter(~pl.col("is_taken_over") | (pl.col("requested_at") < pl.col("ended_at")))
    )


def _outcome(*, is_decided: pl.Expr, is_superseded: pl.Expr) -> pl.Expr:
    """The verdict of a request, or what became of it without one."""
    return (
        pl.when(is_decided)
        .then("verdict")
        .when(pl.col("until").is_null())
        .then(pl.lit("open"))
        .when(is_superseded)
        .then(pl.lit("superseded"))
        .otherwise(pl.lit("withdrawn"))
    )


def _with_settled_teams(asked: pl.DataFrame, given: pl.DataFrame) -> pl.DataFrame:
    """Give a team that was merged over the first verdict of those asked by name, if any."""
    merged_over = (pl.col("verdict") == "superseded") & pl.col("reviewer").str.starts_with(TEAM)
    numbered = asked.with_row_index("_row")
    first = (
        numbered.filter(merged_over)
        .select("_row", "item_id", "since", "until")
        .join(given, on="item_id")
        .filter(pl.col("sequence").is_between("since", "until"))
        .sort("_row", "sequence")
        .unique("_row", keep="first", maintain_order=True)
        .rename({"changed_at": "ended_at"})
    )
    answers = first.select("_row", *_OF_A_VERDICT, "verdict", "ended_at")
    return numbered.update(answers, on="_row").drop("_row")


def _unasked(given: pl.DataFrame, asked: pl.DataFrame) -> pl.DataFrame:
    """The verdicts that answered nothing, each of no length."""
    return given.join(
        asked.drop_nulls("review_id"), on=["item_id", "review_id"], how="anti"
    ).select(
        "item_id",
        *_OF_A_VERDICT,
        "verdict",
        reviewer="decider",
        ended_at="changed_at",
        asked_from="sequence",
        since="sequence",
        requested_at="changed_at",
        asked_by=pl.lit(NOBODY),
        is_taken_over=pl.lit(value=False),
    )
